"""kglite's values to ours."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from whofunds.stores.base import Node, Path, Relationship


class Converter:
    """Converts the rows of a result.

    A relationship knows its ends by internal numbers alone; `ids` looks them up, all at once.
    """

    def __init__(self, ids: Callable[[set[int]], dict[int, str]]) -> None:
        self._lookup = ids
        self._ids: dict[int, str] = {}
        self._ends: set[int] = set()

    def rows(self, raw: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        columns = list(zip(*raw, strict=True))
        rich = [i for i, values in enumerate(columns) if not _plain(values)]
        if not rich:
            return raw
        for i in rich:
            self._collect(columns[i])
        if unknown := self._ends - self._ids.keys():
            self._ids |= self._lookup(unknown)
        for i in rich:
            columns[i] = tuple(map(self._convert, columns[i]))
        return list(zip(*columns, strict=True))

    def _collect(self, value: object) -> None:
        if isinstance(value, list | tuple):
            for item in value:
                self._collect(item)
        elif isinstance(value, dict):
            if _is_node(value):
                self._ids[value["id"]] = value["properties"]["id"]
            elif _is_relationship(value):
                self._ends |= {value["start"], value["end"]}
            else:
                for item in value.values():
                    self._collect(item)

    def _convert(self, value: object) -> object:
        if isinstance(value, list):
            return [self._convert(item) for item in value]
        if not isinstance(value, dict):
            return value
        if _is_node(value):
            return self._node(value)
        if _is_relationship(value):
            return self._relationship(value)
        if _is_path(value):
            return Path(
                tuple(map(self._node, value["nodes"])),
                tuple(map(self._relationship, value["relationships"])),
            )
        return {key: self._convert(item) for key, item in value.items()}

    def _node(self, value: dict[str, Any]) -> Node:
        # kglite adds the name as `title` and the label as `type`.
        properties = {k: v for k, v in value["properties"].items() if k not in ("title", "type")}
        return Node(properties["id"], value["labels"][0], properties)

    def _relationship(self, value: dict[str, Any]) -> Relationship:
        start, end = self._ids[value["start"]], self._ids[value["end"]]
        return Relationship(value["type"], start, end, value["properties"])


def _plain(values: tuple[Any, ...]) -> bool:
    """Whether a column holds nothing to convert: scalars, and lists of them."""
    types = set(map(type, values))
    if list in types:
        types.remove(list)
        types |= set(map(type, chain.from_iterable(v for v in values if isinstance(v, list))))
    return types.isdisjoint((dict, list, tuple))


def _is_node(value: dict[str, Any]) -> bool:
    return value.keys() == {"id", "labels", "properties"} and isinstance(value["id"], int)


def _is_relationship(value: dict[str, Any]) -> bool:
    return value.keys() == {"id", "start", "end", "type", "properties"} and isinstance(
        value["start"], int
    )


def _is_path(value: dict[str, Any]) -> bool:
    return (
        value.keys() == {"nodes", "relationships"}
        and isinstance(value["nodes"], list)
        and bool(value["nodes"])
        and all(isinstance(node, dict) and _is_node(node) for node in value["nodes"])
    )
