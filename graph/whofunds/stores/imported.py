"""What is left to do in a database that `neo4j-admin database import` filled.

The importer makes no constraints, and has no word for an empty list: EMPTY stands in its place.
Until both are mended the node `(:Meta)` holds in MARK what to mend.
"""

from collections.abc import Iterable, Iterator

from whofunds import schema
from whofunds.stores.neo4j_work import SCHEMA

MARK = "imported"
EMPTY = "\ufdd1"
_ROWS = 10_000


def mark(emptied: Iterable[str]) -> list[str]:
    """The value of MARK where these properties (`LABEL.name`, `TYPE.name`) hold empty lists."""
    return ["constraints", *sorted(emptied)]


def statements(marked: Iterable[str]) -> Iterator[str]:
    """What mends it, each to be run in a transaction of its own; running them twice is as once."""
    yield from SCHEMA
    for what in sorted(marked):
        of, _, name = what.partition(".")
        if of in schema.LABELS and name in schema.LABELS[of].properties:
            pattern = f"(x:{of})"
        elif of in schema.TYPES and name in schema.TYPES[of].properties:
            pattern = f"()-[x:{of}]->()"
        else:
            continue
        yield (
            f"MATCH {pattern} WHERE x.{name} = ['\\u{ord(EMPTY):04X}'] "
            f"CALL (x) {{ SET x.{name} = [] }} IN TRANSACTIONS OF {_ROWS} ROWS"
        )
    yield f"MATCH (m:Meta {{id: 'whofunds'}}) REMOVE m.{MARK}"
