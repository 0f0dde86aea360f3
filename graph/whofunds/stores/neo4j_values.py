"""Neo4j's values to ours."""

from typing import Any

import neo4j
from neo4j import graph, time

from whofunds.stores.base import Node, Path, Relationship


class Converter:
    """Converts the rows of a result within its transaction.

    A relationship knows its ends by internal ids alone, which are looked up all at once.
    """

    def __init__(self, tx: neo4j.ManagedTransaction) -> None:
        self._tx = tx
        self._ids: dict[str, str] = {}
        self._ends: set[str] = set()

    def rows(self, raw: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        self._collect(raw)
        if unknown := sorted(self._ends - self._ids.keys()):
            found = self._tx.run(
                "UNWIND $ends AS e MATCH (n) WHERE elementId(n) = e RETURN e, n.id AS id",
                ends=unknown,
            )
            self._ids |= {e: _id(id_, e) for e, id_ in found}
        return [tuple(map(self._convert, row)) for row in raw]

    def _collect(self, value: object) -> None:
        match value:
            case graph.Node():
                self._ids[value.element_id] = _id(value.get("id"), value.element_id)
            case graph.Relationship():
                for end in value.nodes:
                    if end is not None:
                        self._ends.add(end.element_id)
            case graph.Path():
                self._collect([*value.nodes, *value.relationships])
            case list() | tuple():
                for item in value:
                    self._collect(item)
            case dict():
                for item in value.values():
                    self._collect(item)

    def _convert(self, value: object) -> object:
        match value:
            case graph.Node():
                return self._node(value)
            case graph.Relationship():
                return self._relationship(value)
            case graph.Path():
                return Path(
                    tuple(map(self._node, value.nodes)),
                    tuple(map(self._relationship, value.relationships)),
                )
            case list():
                return [self._convert(item) for item in value]
            case dict():
                return {key: self._convert(item) for key, item in value.items()}
            case time.Date() | time.DateTime() | time.Time():
                return value.to_native()
            case time.Duration():
                return {"months": value.months, "days": value.days, "seconds": value.seconds}
        return value

    def _node(self, value: graph.Node) -> Node:
        label = min(value.labels, default="")
        return Node(self._ids[value.element_id], label, self._properties(value))

    def _relationship(self, value: graph.Relationship) -> Relationship:
        # Not `if node`: a node of which only the internal id came along has no length.
        start, end = ("" if node is None else self._ids[node.element_id] for node in value.nodes)
        return Relationship(value.type, start, end, self._properties(value))

    def _properties(self, value: graph.Entity) -> dict[str, Any]:
        return {key: self._convert(item) for key, item in value.items()}


def _id(own: object, internal: str) -> str:
    """A node's own id; nodes of others may have none, or a number."""
    return internal if own is None else str(own)
