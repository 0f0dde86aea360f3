"""What the Neo4j store does within a transaction, and the statements of its own nodes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j

from whofunds import schema
from whofunds.model import StoredRecord
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
    "CREATE INDEX past_key IF NOT EXISTS FOR (n:Past) ON (n.key)",
    "CREATE INDEX record_source IF NOT EXISTS FOR (n:Record) ON (n.source, n.key)",
    # Holds the marked units alone: of several properties an index takes those that have all.
    "CREATE INDEX unit_dirty IF NOT EXISTS FOR (n:Unit) ON (n.kind, n.id, n.dirty)",
    "CALL db.awaitIndexes(300)",
]
# First in each transaction that changes records: it makes writers wait for each other.
REVISE = (
    "MATCH (m:Meta {id: 'whofunds'}) SET m.revision = m.revision + 1 RETURN m.revision AS revision"
)
# First in each transaction that changes the graph, for the same reason: what it reads stays so.
STATE = (
    "MATCH (m:Meta {id: 'whofunds'}) SET m.format = m.format WITH m "
    "UNWIND $rows AS x MATCH (u:Unit {id: x}) "
    "RETURN collect([x, u.hash, u.dirty]) AS units"
)
MARK = (
    "UNWIND $rows AS row MERGE (u:Unit {id: row.unit}) "
    "ON CREATE SET u.kind = row.kind, u.hash = '' SET u.dirty = $revision"
)
# What a record was before load `$revision` replaces or deletes it.
KEEP = (
    "UNWIND $rows AS k MATCH (r:Record {key: k}) WHERE r.load <> $revision "
    "CREATE (p:Past) SET p = properties(r), p.until = $revision"
)
_FIELDS = "x.key AS key, x.source AS source, x.kind AS kind, x.body AS body, x.hash AS hash"
_SOME = "x.key > $last AND ($kind = '' OR x.kind = $kind)"
ALL = f"MATCH (x:Record) WHERE {_SOME} RETURN {_FIELDS} ORDER BY key LIMIT $n"
ALL_AFTER = (
    f"CALL () {{ MATCH (x:Record) WHERE {_SOME} AND x.load <= $load "
    f"RETURN {_FIELDS} ORDER BY key LIMIT $n UNION ALL "
    f"MATCH (x:Past) WHERE {_SOME} AND x.load <= $load AND x.until > $load "
    f"RETURN {_FIELDS} ORDER BY key LIMIT $n }} "
    "RETURN key, source, kind, body, hash ORDER BY key LIMIT $n"
)
ALL_LOADED = (
    f"MATCH (x:Record) WHERE {_SOME} "
    f"RETURN {_FIELDS}, x.load AS load, null AS until ORDER BY key LIMIT $n"
)
ALL_PAST = (
    "MATCH (x:Past) WHERE x.key >= $last AND (x.key > $last OR x.until > $until) "
    f"RETURN {_FIELDS}, x.load AS load, x.until AS until ORDER BY key, until LIMIT $n"
)
PUT_PAST = "UNWIND $rows AS row MERGE (p:Past {key: row.key, until: row.until}) SET p += row"
UNLINK = (
    "UNWIND $rows AS k MATCH (r:Record {key: k})-[a:ABOUT]->(u:Unit) "
    "SET u.dirty = $revision DELETE a"
)


def record(of: StoredRecord) -> dict[str, Any]:
    """A record's own fields as a row."""
    return {f: getattr(of, f) for f in ("key", "source", "kind", "body", "hash")}


def runner(tx: neo4j.ManagedTransaction) -> statements.Run:
    """What the statements of both stores are run by."""

    def run(cypher: str, params: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
        result = tx.run(cypher, dict(params))
        return result.data(), result.consume().counters.relationships_created

    return run


def execute(tx: neo4j.ManagedTransaction, cypher: str) -> None:
    """Run one statement."""
    tx.run(cypher).consume()


def each(
    tx: neo4j.ManagedTransaction, cypher: str, rows: Sequence[Any], revision: int | None = None
) -> None:
    """Run a statement over `$rows`, some thousand at a time."""
    for batch in statements.batches(rows, ROWS):
        tx.run(cypher, rows=batch, revision=revision).consume()


def units(units: Iterable[str]) -> list[dict[str, str]]:
    """Units as rows of MARK; sorted, so that two writers lock them in one order."""
    return [{"unit": unit, "kind": unit.partition(":")[0]} for unit in sorted(units)]


def write_stubs(
    tx: neo4j.ManagedTransaction, rows: Mapping[str, UnitRows], seen: Mapping[str, int]
) -> None:
    """Write the own nodes of units that the graph does not hold."""
    held, done = _state(tx, rows, seen)
    new = {unit: of_unit for unit, of_unit in rows.items() if unit not in held.keys() | done}
    statements.write_stubs(runner(tx), new)


def replace(
    tx: neo4j.ManagedTransaction,
    rows: Mapping[str, UnitRows],
    hashes: Mapping[str, str],
    seen: Mapping[str, int],
) -> int:
    """Write units' rows, and note on each unit what is held now; returns how many changed."""
    held, done = _state(tx, rows, seen)
    mine = [unit for unit in rows if unit not in done]
    # Rows that are empty are always written: a stub may be there without a hash.
    write = {u: rows[u] for u in mine if not hashes[u] or held.get(u) != hashes[u]}
    incomplete = statements.write_units(runner(tx), write, held)
    notes = [
        {**row, "hash": hashes[row["unit"]], "seen": seen.get(row["unit"])} for row in units(mine)
    ]
    each(
        tx,
        # Records that another load put since `dirty` was asked leave the unit marked.
        "UNWIND $rows AS row MERGE (u:Unit {id: row.unit}) "
        "ON CREATE SET u.kind = row.kind SET u.hash = row.hash, u.dirty = "
        "CASE WHEN row.seen IS NULL OR u.dirty <= row.seen THEN null ELSE u.dirty END",
        notes,
    )
    each(
        tx,
        "UNWIND $rows AS x MATCH (u:Unit {id: x}) "
        "WHERE u.dirty IS NULL AND NOT (u)<-[:ABOUT]-() DELETE u",
        [unit for unit in mine if not hashes[unit]],
    )
    each(
        tx,
        f"MATCH (m:Meta {{id: 'whofunds'}}) UNWIND $rows AS x MATCH (u:Unit {{id: x}}) "
        f"SET u.hash = '{statements.INCOMPLETE}', u.dirty = coalesce(u.dirty, m.revision)",
        sorted(incomplete),
    )
    return sum(held.get(unit, "") != hashes[unit] for unit in mine)


def _state(
    tx: neo4j.ManagedTransaction, asked: Iterable[str], seen: Mapping[str, int]
) -> tuple[dict[str, str], set[str]]:
    """The hashes of the units that the graph holds; and those that another writer projected.

    The latter were seen marked and are no longer, so what the other wrote is as new as ours.
    """
    asked = list(asked)
    found = [
        unit
        for some in statements.batches(asked, ROWS)
        for unit in tx.run(STATE, rows=some).single(strict=True)["units"]
    ]
    held = {unit: hash_ for unit, hash_, _ in found if hash_}
    marked = {unit for unit, _, dirty in found if dirty is not None}
    return held, {unit for unit in asked if unit in seen and unit not in marked}
