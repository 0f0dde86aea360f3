"""The Neo4j store: records and graph side by side in one database, so any machine can load.

    (:Record {key, source, kind, body, hash})-[:ABOUT]->(:Unit {id, kind, hash, dirty})
    (:Load {id, source, path, at, ...})   (:Meta {id: 'whofunds', format, revision})

A unit that is to be projected holds in `dirty` the revision that marked it.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import neo4j
from platformdirs import user_cache_path

from whofunds.errors import NoStore, StoreError
from whofunds.model import StoredRecord
from whofunds.stores import imported, statements
from whofunds.stores import neo4j_work as work
from whofunds.stores.base import Load, Result, Store, UnitRows, Version
from whofunds.stores.neo4j_connection import Connection
from whofunds.stores.neo4j_values import Converter

_ABOUT = (
    "UNWIND $units AS x MATCH (u:Unit {id: x}) CALL (u) { MATCH (u)<-[:ABOUT]-(r:Record) WHICH } "
    "RETURN x AS unit, r.key AS key, r.source AS source, r.kind AS kind, r.body AS body, "
    "r.hash AS hash, [(r)-[:ABOUT]->(o:Unit) | o.id] AS units"
)


class Neo4jStore(Store):
    """Any number of machines may read and load; a transaction holds whole units."""

    def __init__(
        self,
        uri: str,
        username: str,
        password: str,
        database: str | None = None,
        *,
        into_existing: bool = False,
        read_only: bool = False,
    ) -> None:
        self.address = uri
        place = hashlib.blake2b(f"{uri} {database or ''}".encode(), digest_size=8).hexdigest()
        self.derived = user_cache_path("whofunds", appauthor=False) / place
        self._seen: dict[str, int] = {}
        self._changed = False
        self._db = Connection(uri, username, password, database, read_only=read_only)
        try:
            self._open(into_existing)
        except BaseException:
            self._db.close()
            raise

    def _open(self, into_existing: bool) -> None:
        meta = self._db.rows(
            "MATCH (m:Meta {id: 'whofunds'}) RETURN m.format AS format, "
            f"m['{imported.MARK}'] AS imported"
        )
        if meta and meta[0]["format"] != statements.FORMAT:
            raise StoreError(
                f"{self.address} was loaded by another version of whofunds (format "
                f"{meta[0]['format']}, this one reads {statements.FORMAT}); "
                "load into an empty database"
            )
        if meta:
            self._mend(meta[0]["imported"] or [])
            return
        if self._db.read_only:
            raise NoStore(
                f"{self.address} holds no facts of whofunds; load some with "
                f"`whofunds load ai-funding --store {self.address}`"
            )
        if not into_existing and self._db.rows("MATCH (n) RETURN 1 AS one LIMIT 1"):
            raise StoreError(
                f"{self.address} holds nodes that whofunds did not write; use an empty "
                "database, or add --into-existing to load beside them"
            )
        for statement in work.SCHEMA:
            self._db.write(partial(work.execute, cypher=statement))

        def found(tx: neo4j.ManagedTransaction) -> None:
            statements.write_sources(work.runner(tx))
            # From the clock, so that a store made anew never counts the same again.
            tx.run(
                "MERGE (m:Meta {id: 'whofunds'}) ON CREATE SET m.format = $f, m.revision = $r",
                f=statements.FORMAT,
                r=time.time_ns() // 1_000_000,
            ).consume()

        self._db.write(found)

    def _mend(self, marked: list[str]) -> None:
        if marked and self._db.read_only:
            raise StoreError(
                f"{self.address} was filled by neo4j-admin and is not ready: run finish.cypher, "
                "which stands beside the files that were imported (cypher-shell -f finish.cypher); "
                "`whofunds load` does the same"
            )
        for statement in imported.statements(marked) if marked else ():
            self._db.alone(statement)

    # records

    def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        rows = self._db.rows(
            "UNWIND $keys AS k MATCH (r:Record {key: k}) RETURN r.key AS key, r.hash AS hash",
            keys=list(keys),
        )
        return {row["key"]: row["hash"] for row in rows}

    def put_records(
        self, records: Sequence[StoredRecord], dirty: Iterable[str], load: int = 0
    ) -> None:
        latest = {r.key: r for r in records}
        rows = [work.record(r) | {"load": load} for r in latest.values()]
        links = [{"key": r.key, "unit": unit} for r in latest.values() for unit in r.units]
        units = set(dirty).union(link["unit"] for link in links)

        def run(tx: neo4j.ManagedTransaction) -> None:
            revision = tx.run(work.REVISE).single(strict=True)["revision"]
            work.each(tx, work.KEEP, list(latest), load)
            work.each(tx, work.UNLINK, list(latest), revision)
            work.each(tx, "UNWIND $rows AS row MERGE (r:Record {key: row.key}) SET r += row", rows)
            work.each(tx, work.MARK, work.units(units), revision)
            work.each(
                tx,
                "UNWIND $rows AS row MATCH (r:Record {key: row.key}) "
                "MATCH (u:Unit {id: row.unit}) CREATE (r)-[:ABOUT]->(u)",
                links,
            )

        self._db.write(run)

    def delete_records(self, keys: Sequence[str], dirty: Iterable[str], load: int = 0) -> None:
        units = work.units(dirty)

        def run(tx: neo4j.ManagedTransaction) -> None:
            revision = tx.run(work.REVISE).single(strict=True)["revision"]
            work.each(tx, work.KEEP, list(keys), load)
            work.each(tx, work.UNLINK, list(keys), revision)
            work.each(tx, "UNWIND $rows AS k MATCH (r:Record {key: k}) DELETE r", list(keys))
            work.each(tx, work.MARK, units, revision)

        self._db.write(run)

    def keys(self, source: str) -> Iterator[list[tuple[str, str]]]:
        last = ""
        while rows := self._db.rows(
            "MATCH (r:Record) WHERE r.source = $source AND r.key > $last "
            "RETURN r.key AS key, r.kind AS kind ORDER BY key LIMIT $n",
            source=source,
            last=last,
            n=work.ROWS,
        ):
            yield [(row["key"], row["kind"]) for row in rows]
            last = rows[-1]["key"]

    def records(
        self, units: Sequence[str], kinds: Sequence[str] = (), most: int | None = None
    ) -> dict[str, list[StoredRecord]]:
        found: dict[str, list[StoredRecord]] = {unit: [] for unit in units}
        which = ("WHERE r.kind IN $kinds " if kinds else "") + "RETURN r"
        which += " ORDER BY r.key LIMIT $most" if most is not None else ""
        cypher = _ABOUT.replace("WHICH", which)
        for row in self._db.rows(cypher, units=list(found), kinds=list(kinds), most=most):
            row["units"] = tuple(sorted(row["units"]))
            found[row.pop("unit")].append(StoredRecord(**row))
        for of_unit in found.values():
            of_unit.sort(key=lambda record: record.key)
        return found

    def all_records(self, load: int | None = None, kind: str = "") -> Iterator[list[StoredRecord]]:
        cypher, last = work.ALL if load is None else work.ALL_AFTER, ""
        while rows := self._db.rows(cypher, last=last, load=load, kind=kind, n=work.ROWS):
            yield [StoredRecord(**row, units=()) for row in rows]
            last = rows[-1]["key"]

    def versions(self, *, past: bool = False) -> Iterator[list[Version]]:
        cypher, last, until = work.ALL_PAST if past else work.ALL_LOADED, "", 0
        while rows := self._db.rows(cypher, last=last, until=until, kind="", n=work.ROWS):
            last, until = rows[-1]["key"], rows[-1]["until"]
            numbers = [(row.pop("load"), row.pop("until")) for row in rows]
            yield [
                Version(StoredRecord(**row, units=()), *of)
                for row, of in zip(rows, numbers, strict=True)
            ]

    def put_past(self, versions: Sequence[Version]) -> None:
        rows = [work.record(v.record) | {"load": v.load, "until": v.until} for v in versions]

        def run(tx: neo4j.ManagedTransaction) -> None:
            work.execute(tx, work.REVISE)
            work.each(tx, work.PUT_PAST, rows)

        self._db.write(run)

    def dependents(self, units: Sequence[str]) -> set[str]:
        rows = self._db.rows(
            "UNWIND $units AS x MATCH (:Unit {id: x})<-[:ABOUT]-(r:Record) WITH DISTINCT r "
            "MATCH (r)-[:ABOUT]->(o:Unit) RETURN DISTINCT o.id AS unit",
            units=list(units),
        )
        return {row["unit"] for row in rows}

    def declared(self, units: Sequence[str]) -> set[str]:
        rows = self._db.rows(
            "UNWIND $units AS x MATCH (u:Unit {id: x})<-[:ABOUT]-(r:Record) "
            "WHERE r.kind = u.kind RETURN DISTINCT u.id AS unit",
            units=list(units),
        )
        return {row["unit"] for row in rows}

    # graph

    def dirty(self, kind: str, limit: int, after: str = "") -> list[str]:
        rows = self._db.rows(
            "MATCH (u:Unit) WHERE u.kind = $kind AND u.id > $after AND u.dirty IS NOT NULL "
            "RETURN u.id AS unit, u.dirty AS dirty ORDER BY unit LIMIT $limit",
            kind=kind,
            after=after,
            limit=limit,
        )
        self._seen |= {row["unit"]: row["dirty"] for row in rows}
        return [row["unit"] for row in rows]

    def dirty_count(self) -> int:
        rows = self._db.rows(
            "UNWIND $kinds AS kind MATCH (u:Unit) WHERE u.kind = kind AND u.id > '' "
            "AND u.dirty IS NOT NULL RETURN count(*) AS n",
            kinds=[*statements.UNIT_LABELS, *statements.MARKS],
        )
        return int(rows[0]["n"])

    def unfinished(self) -> bool:
        return bool(
            self._db.rows(
                "UNWIND $kinds AS kind MATCH (u:Unit) WHERE u.kind = kind AND u.id > '' "
                "AND u.dirty IS NOT NULL RETURN 1 AS one LIMIT 1 UNION ALL "
                "MATCH (l:Load) WITH l.source AS source, max(l.id) AS last "
                "MATCH (l:Load {id: last}) WHERE NOT l.state IN ['done', 'gone'] "
                "RETURN 1 AS one LIMIT 1",
                kinds=[*statements.UNIT_LABELS, *statements.MARKS],
            )
        )

    def unit_hashes(self, units: Iterable[str]) -> dict[str, str]:
        rows = self._db.rows(
            "UNWIND $units AS x MATCH (u:Unit {id: x}) WHERE u.hash <> '' "
            "RETURN u.id AS unit, u.hash AS hash",
            units=list(units),
        )
        return {row["unit"]: row["hash"] for row in rows}

    def replace(self, rows: Mapping[str, UnitRows]) -> int:
        hashes = {unit: statements.digest(of_unit) for unit, of_unit in rows.items()}
        changed = 0
        for batch in statements.whole_units(rows, work.ROWS):
            write = partial(work.replace, rows=batch, hashes=hashes, seen=self._seen)
            changed += self._db.write(write)
            self._changed = self._changed or changed > 0
            for unit in batch:
                self._seen.pop(unit, None)
        return changed

    def put_nodes(self, rows: Mapping[str, UnitRows]) -> None:
        for batch in statements.whole_units(rows, work.ROWS):
            self._db.write(partial(work.write_stubs, rows=batch, seen=self._seen))

    def finish(self) -> None:
        """Each unit is visible as soon as it is written; only the revision is left to do."""
        if self._changed:
            self._db.write(partial(work.execute, cypher=work.REVISE))
            self._changed = False

    # reading

    def revision(self) -> str:
        return str(self._db.rows("MATCH (m:Meta {id: 'whofunds'}) RETURN m.revision AS n")[0]["n"])

    def query(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Result:
        values = dict(params or {})
        text = statements.readable(cypher, values)

        def run(tx: neo4j.ManagedTransaction) -> Result:
            result = tx.run(text, values)
            columns = tuple(result.keys())
            raw = result.fetch(limit + 1) if limit is not None else list(result)
            cut = limit is not None and len(raw) > limit
            rows = [tuple(record.values()) for record in raw[:limit]]
            result.consume()
            return Result(columns, Converter(tx).rows(rows), cut)

        return self._db.query(run, timeout)

    # loads

    def put_load(self, load: Load) -> int:
        fields = {name: getattr(load, name) for name in Load.__slots__ if name != "id"}
        (row,) = self._db.write(
            lambda tx: tx.run(
                "MATCH (m:Meta {id: 'whofunds'}) "
                "WITH m, coalesce(m.loads, 0) AS last "
                "SET m.loads = CASE WHEN $id = 0 THEN last + 1 WHEN $id > last THEN $id "
                "ELSE last END "
                "WITH CASE WHEN $id = 0 THEN m.loads ELSE $id END AS id "
                "MERGE (l:Load {id: id}) SET l += $fields RETURN l.id AS id",
                id=load.id,
                fields=fields,
            ).data()
        )
        return int(row["id"])

    def delete_loads(self, source: str) -> None:
        self._db.write(
            lambda tx: tx.run(
                "MATCH (l:Load {source: $source}) SET l.state = 'gone'", source=source
            ).consume()
        )

    def loads(self, *, gone: bool = False) -> list[Load]:
        rows = self._db.rows(
            "MATCH (l:Load) WHERE $gone OR l.state <> 'gone' "
            "RETURN properties(l) AS load ORDER BY l.id",
            gone=gone,
        )
        return [Load(**row["load"]) for row in rows]

    def record_counts(self) -> dict[str, int]:
        rows = self._db.rows("MATCH (r:Record) RETURN r.kind AS kind, count(*) AS n ORDER BY kind")
        return {row["kind"]: row["n"] for row in rows}

    def close(self) -> None:
        self._db.close()
