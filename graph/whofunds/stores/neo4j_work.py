"""What the Neo4j store does within a transaction, and the statements of its own nodes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j

from whofunds import schema
from whofunds.stores import statements
from whofunds.stores.base import UnitRows

ROWS = 5_000
SCHEMA = [
    *schema.constraints(),
    *(
        f"CREATE CONSTRAINT {label.lower()}_{key} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for label, key in (("Record", "key"), ("Unit", "id"), ("Load", "id"), ("Meta", "id"))
    ),
    "CREATE INDEX record_source IF NOT EXISTS FOR (n:Record) ON (n.source, n.key)",
    # Holds the marked units alone: of several properties an index takes those that have all.
    "CREATE INDEX unit_dirty IF NOT EXISTS FOR (n:Unit) ON (n.kind, n.id, n.dirty)",
    "CALL db.awaitIndexes(300)",
]
# First in each transaction that changes records: it makes writers wait for each other.
REVISE = (
    "MATCH (m:Meta {id: 'whofunds'}) SET m.revision = m.revision + 1 RETURN m.revision AS revision"
)
MARK = (
    "UNWIND $rows AS row MERGE (u:Unit {id: row.unit}) "
    "ON CREATE SET u.kind = row.kind, u.hash = '' SET u.dirty = $revision"
)
UNLINK = (
    "UNWIND $rows AS k MATCH (r:Record {key: k})-[a:ABOUT]->(u:Unit) "
    "SET u.dirty = $revision DELETE a"
)


def runner(tx: neo4j.ManagedTransaction) -> statements.Run:
    """What the statements of both stores are run by."""

    def run(cypher: str, params: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
        result = tx.run(cypher, dict(params))
        return result.data(), result.consume().counters.relationships_created

    return run


def execute(tx: neo4j.ManagedTransaction, cypher: str) -> None:
    """Run one statement."""
    tx.run(cypher).consume()


def write_stubs(tx: neo4j.ManagedTransaction, rows: Mapping[str, UnitRows]) -> None:
    """Write the units' own nodes."""
    statements.write_stubs(runner(tx), rows)


def each(
    tx: neo4j.ManagedTransaction, cypher: str, rows: Sequence[Any], revision: int | None = None
) -> None:
    """Run a statement over `$rows`, some thousand at a time."""
    for batch in statements.batches(rows, ROWS):
        tx.run(cypher, rows=batch, revision=revision).consume()


def units(units: Iterable[str]) -> list[dict[str, str]]:
    """Units as rows of MARK; sorted, so that two writers lock them in one order."""
    return [{"unit": unit, "kind": unit.partition(":")[0]} for unit in sorted(units)]


def replace(
    tx: neo4j.ManagedTransaction,
    rows: Mapping[str, UnitRows],
    marks: list[dict[str, Any]],
    held: set[str],
) -> None:
    """Write units' rows, and note on each unit what is held now."""
    each(
        tx,
        "UNWIND $rows AS row MERGE (u:Unit {id: row.unit}) "
        "ON CREATE SET u.kind = row.kind SET u.hash = row.hash",
        marks,
    )
    statements.write_units(runner(tx), rows, held)
    # Records that another load put since `dirty` was asked leave the unit marked.
    each(
        tx,
        "UNWIND $rows AS row MATCH (u:Unit {id: row.unit}) "
        "WHERE row.seen IS NULL OR u.dirty <= row.seen REMOVE u.dirty",
        marks,
    )
    each(
        tx,
        "UNWIND $rows AS x MATCH (u:Unit {id: x}) "
        "WHERE u.dirty IS NULL AND NOT (u)<-[:ABOUT]-() DELETE u",
        [mark["unit"] for mark in marks if not mark["hash"]],
    )
