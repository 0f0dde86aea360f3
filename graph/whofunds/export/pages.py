"""What is exported: pages of nodes, each with the relationships that start at it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from whofunds import schema
from whofunds.stores.base import Node, Relationship

Pages = Iterator[tuple[str, list[tuple[Node, list[Relationship]]]]]
"""(label, nodes with their relationships), all of one label before the next."""
Read = Callable[[], Pages]
"""Reads all that is held, from the beginning."""

# What XML 1.0 forbids, or a parser turns into something else.
_LOST = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def filled(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `names` that have a value."""
    return {name: value for name in names if (value := values.get(name)) is not None}


def starting(relationships: Iterable[Relationship]) -> list[tuple[str, dict[str, Any]]]:
    """A node's relationships as (`LABEL:ID` of the end, properties with the type), in an order
    that is the same on every store, also among those that share both ends."""
    # A database may hold relationships of others at our nodes.
    ours = [r for r in relationships if r.type in schema.TYPES]
    edges = [
        (
            f"{schema.TYPES[r.type].end}:{r.end}",
            {"type": r.type, **filled(schema.TYPES[r.type].properties, r.properties)},
        )
        for r in ours
    ]
    return sorted(edges, key=lambda e: (e[1]["type"], e[0], json.dumps(e[1], sort_keys=True)))


def encoded(value: Any) -> str:
    """A value as these formats hold it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) or not (text := str(value)) or text[0] in '["' or _LOST.search(text):
        # Only what must be is escaped, so that names can be read.
        text = json.dumps(value, ensure_ascii=False)
        return json.dumps(value) if _LOST.search(text) else text
    return text
