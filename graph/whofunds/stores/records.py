"""The records of an embedded store, in SQLite: the ground, safe whenever the process is killed.

What the graph file says of each unit (`unit.hash`) and what is still to be projected
(`unit.dirty`) change on disk only when the graph file does. Until then a writer's progress
stands in the temporary table `work`, which a killed process takes with it.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whofunds.errors import NoStore, StoreError
from whofunds.model import StoredRecord
from whofunds.stores.base import Load, Version
from whofunds.stores.statements import FORMAT, INCOMPLETE

_TABLES = """
CREATE TABLE record (key TEXT PRIMARY KEY, source TEXT NOT NULL, kind TEXT NOT NULL,
                     body TEXT NOT NULL, hash TEXT NOT NULL, load INTEGER NOT NULL);
CREATE INDEX record_source ON record (source, key);
CREATE TABLE past (key TEXT, source TEXT, kind TEXT, body TEXT, hash TEXT, load INTEGER,
                   until INTEGER);
CREATE INDEX past_key ON past (key);
CREATE TABLE ref (unit TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (unit, key)) WITHOUT ROWID;
CREATE INDEX ref_key ON ref (key);
CREATE TABLE unit (unit TEXT PRIMARY KEY, kind TEXT NOT NULL, hash TEXT NOT NULL,
                   dirty INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX unit_dirty ON unit (kind, unit) WHERE dirty;
CREATE TABLE load (id INTEGER PRIMARY KEY, source TEXT, path TEXT, at TEXT, new INTEGER,
                   changed INTEGER, unchanged INTEGER, rejected INTEGER, state TEXT);
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
_WORK = """
DROP TABLE IF EXISTS temp.work;
CREATE TABLE temp.work (unit TEXT PRIMARY KEY, kind TEXT NOT NULL, hash TEXT NOT NULL,
                        dirty INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX temp.work_dirty ON work (kind, unit) WHERE dirty;
INSERT INTO work SELECT unit, kind, hash, 1 FROM main.unit WHERE dirty;
"""


class Records:
    """The record side of an embedded store; see `Store` for what each method promises."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._units = "main.unit" if read_only else "temp.work"
        mode = "ro" if read_only else "rwc"
        if read_only and not os.access(path.parent, os.W_OK):
            mode += "&immutable=1"  # else SQLite wants to put its index of the log beside it
        try:
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=30,
            )
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {error}; check the folder and its permissions") from None
        try:
            if not read_only:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
            self._check(path, create=not read_only)
            if not read_only:
                self.reset_work()
        except sqlite3.Error as error:
            self._db.close()
            raise StoreError(
                f"{path}: {error}; if it is not a store of whofunds, name another folder"
            ) from None
        except BaseException:
            self._db.close()
            raise

    def _check(self, path: Path, *, create: bool) -> None:
        tables = {row[0] for row in self._db.execute("SELECT name FROM sqlite_schema")}
        if not tables and create:
            with self.transaction():
                for statement in _TABLES.split(";"):
                    self._db.execute(statement)
                self.set_meta("format", FORMAT)
        if not tables and not create:
            raise NoStore(f"{path.parent} holds no facts yet; load some with `whofunds load`")
        found = self.meta("format") if not tables or "meta" in tables else None
        if found != FORMAT:
            raise StoreError(
                f"{path.parent} was made by another version of whofunds (format {found}, "
                f"this one reads {FORMAT}); load the facts into a new store with --store FOLDER"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def meta(self, key: str) -> str | int | None:
        """A value of `meta`, or None."""
        sql = "SELECT value FROM meta WHERE key = ?"
        return next((value for (value,) in self._db.execute(sql, (key,))), None)

    def set_meta(self, key: str, value: str | int) -> None:
        """Set a value of `meta`, in the caller's transaction."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def _rows(self, sql: str, items: Iterable[str], *more: object) -> Iterator[tuple[Any, ...]]:
        """Rows of a statement whose first parameter is a list, as json_each reads it."""
        yield from self._db.execute(sql, (json.dumps(list(items)), *more))

    # records

    def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        return dict(
            self._rows(
                "SELECT r.key, r.hash FROM json_each(?) AS k JOIN record AS r ON r.key = k.value",
                keys,
            )
        )

    def put(self, records: Sequence[StoredRecord], dirty: Iterable[str], load: int) -> None:
        latest = {record.key: record for record in records}
        with self.transaction():
            self._revise()
            touched = self._unlink(latest, load) | set(dirty)
            self._db.executemany(
                "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?)",
                ((r.key, r.source, r.kind, r.body, r.hash, load) for r in latest.values()),
            )
            links = [(unit, r.key) for r in latest.values() for unit in r.units]
            self._db.executemany("INSERT INTO ref VALUES (?, ?)", links)
            self._mark(touched.union(unit for unit, _ in links))

    def delete(self, keys: Sequence[str], dirty: Iterable[str], load: int) -> None:
        with self.transaction():
            self._revise()
            touched = self._unlink(keys, load) | set(dirty)
            self._db.executemany("DELETE FROM record WHERE key = ?", ((k,) for k in keys))
            self._mark(touched)

    def _revise(self) -> None:
        self.set_meta("revision", int(self.meta("revision") or 0) + 1)

    def revision(self) -> str:
        """Another word after whatever changes the records, or the graph as it was last saved."""
        return f"{self.meta('graph') or 'none'}-{self.meta('revision') or 0}"

    def _unlink(self, keys: Iterable[str], load: int) -> set[str]:
        """Records that go keep what they were; returns the units that they named."""
        keys = list(keys)
        self._db.executemany(
            "INSERT INTO past SELECT *, ? FROM record WHERE key = ? AND load <> ?",
            ((load, key, load) for key in keys),
        )
        sql = "SELECT unit FROM json_each(?) AS k JOIN ref ON ref.key = k.value"
        units = {unit for (unit,) in self._rows(sql, keys)}
        self._db.executemany("DELETE FROM ref WHERE key = ?", ((k,) for k in keys))
        return units

    def _mark(self, units: Iterable[str]) -> None:
        marks = [(unit, unit.partition(":")[0]) for unit in sorted(units)]
        self._db.executemany(
            "INSERT INTO main.unit VALUES (?, ?, '', 1) ON CONFLICT DO UPDATE SET dirty = 1", marks
        )
        self._db.executemany(
            "INSERT INTO temp.work SELECT unit, kind, hash, 1 FROM main.unit WHERE unit = ? "
            "ON CONFLICT DO UPDATE SET dirty = 1",
            ((unit,) for unit, _ in marks),
        )

    def keys(self, source: str) -> Iterator[list[tuple[str, str]]]:
        last = ""
        while batch := self._db.execute(
            "SELECT key, kind FROM record WHERE source = ? AND key > ? ORDER BY key LIMIT 5000",
            (source, last),
        ).fetchall():
            yield batch
            last = batch[-1][0]

    def all(self, load: int | None, kind: str) -> Iterator[list[StoredRecord]]:
        sql = (
            "SELECT key, source, kind, body, hash FROM {} "
            "WHERE key > :last AND (:kind = '' OR kind = :kind)"
        )
        now, last = sql.format("record"), ""
        if load is not None:
            then = sql.format("past") + " AND load <= :load AND until > :load"
            now = f"{now} AND load <= :load UNION ALL {then}"
        while rows := self._db.execute(
            f"{now} ORDER BY key LIMIT 2000", {"last": last, "load": load, "kind": kind}
        ).fetchall():
            yield [StoredRecord(k, s, of, body, (), h) for k, s, of, body, h in rows]
            last = rows[-1][0]

    def versions(self, past: bool) -> Iterator[list[Version]]:
        sql = (
            "SELECT key, source, kind, body, hash, load, until FROM past "
            "WHERE key >= :key AND (key, until) > (:key, :until) ORDER BY key, until LIMIT 2000"
            if past
            else "SELECT key, source, kind, body, hash, load, NULL FROM record "
            "WHERE key > :key ORDER BY key LIMIT 2000"
        )
        last = {"key": "", "until": 0}
        while rows := self._db.execute(sql, last).fetchall():
            yield [Version(StoredRecord(k, s, i, b, (), h), *of) for k, s, i, b, h, *of in rows]
            last = {"key": rows[-1][0], "until": rows[-1][6]}

    def put_past(self, versions: Sequence[Version]) -> None:
        rows = [
            (r.key, r.source, r.kind, r.body, r.hash, v.load, v.until)
            for v in versions
            for r in (v.record,)
        ]
        with self.transaction():
            self._revise()
            self._db.executemany(
                "INSERT INTO past SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE "
                "NOT EXISTS (SELECT 1 FROM past WHERE key = ?1 AND until = ?7)",
                rows,
            )

    def about(
        self, units: Sequence[str], kinds: Sequence[str], most: int | None
    ) -> dict[str, list[StoredRecord]]:
        found: dict[str, list[StoredRecord]] = {unit: [] for unit in units}
        rows = self._rows(
            "SELECT u.value, record.key, source, kind, body, hash, "
            "(SELECT json_group_array(o.unit) FROM ref AS o "
            "WHERE o.key = record.key) FROM json_each(?) AS u CROSS JOIN record "
            "WHERE record.key IN (SELECT ref.key FROM ref CROSS JOIN record AS r "
            "ON r.key = ref.key WHERE ref.unit = u.value AND (? OR r.kind IN "
            "(SELECT value FROM json_each(?))) ORDER BY ref.key LIMIT ?) "
            "ORDER BY u.key, record.key",
            found,
            not kinds,
            json.dumps(list(kinds)),
            -1 if most is None else most,
        )
        for unit, key, source, kind, body, hash_, others in rows:
            named = tuple(sorted(json.loads(others)))
            found[unit].append(StoredRecord(key, source, kind, body, named, hash_))
        return found

    def dependents(self, units: Sequence[str]) -> set[str]:
        sql = (
            "SELECT DISTINCT o.unit FROM json_each(?) AS u JOIN ref ON ref.unit = u.value "
            "JOIN ref AS o ON o.key = ref.key"
        )
        return {unit for (unit,) in self._rows(sql, units)}

    def declared(self, units: Sequence[str]) -> set[str]:
        sql = (
            "SELECT DISTINCT ref.unit FROM json_each(?) AS u JOIN ref ON ref.unit = u.value "
            "JOIN record ON record.key = ref.key "
            "WHERE record.kind = substr(ref.unit, 1, instr(ref.unit, ':') - 1)"
        )
        return {unit for (unit,) in self._rows(sql, units)}

    def counts(self) -> dict[str, int]:
        return dict(
            self._db.execute("SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind")
        )

    # units

    def dirty(self, kind: str, limit: int, after: str) -> list[str]:
        sql = (
            f"SELECT unit FROM {self._units} WHERE dirty AND kind = ? AND unit > ? "
            "ORDER BY unit LIMIT ?"
        )
        return [unit for (unit,) in self._db.execute(sql, (kind, after, limit))]

    def dirty_count(self) -> int:
        row = self._db.execute(f"SELECT count(*) FROM {self._units} WHERE dirty").fetchone()
        return int(row[0])

    def unfinished(self) -> bool:
        sql = (
            f"SELECT EXISTS (SELECT 1 FROM {self._units} WHERE dirty) OR EXISTS ("
            "SELECT 1 FROM load WHERE state NOT IN ('done', 'gone') "
            "AND id IN (SELECT max(id) FROM load GROUP BY source))"
        )
        return bool(self._db.execute(sql).fetchone()[0])

    def unit_hashes(self, units: Iterable[str]) -> dict[str, str]:
        """The hashes of the units that the graph holds."""
        sql = (
            "SELECT u.value, coalesce(now.hash, unit.hash) AS held FROM json_each(?) AS u "
            f"LEFT JOIN {self._units} AS now ON now.unit = u.value "
            "LEFT JOIN main.unit ON unit.unit = u.value WHERE held <> ''"
        )
        return dict(self._rows(sql, units))

    def projected(self, hashes: dict[str, str], incomplete: Iterable[str]) -> None:
        """Note in `work` that the graph holds these units with these hashes, others in part."""
        notes = [(unit, unit.partition(":")[0], hash_, 0) for unit, hash_ in hashes.items()]
        notes += [(unit, unit.partition(":")[0], INCOMPLETE, 1) for unit in incomplete]
        with self.transaction():
            self._db.executemany("INSERT OR REPLACE INTO temp.work VALUES (?, ?, ?, ?)", notes)

    def reset_work(self) -> None:
        """Forget what was projected since the graph was saved."""
        self._db.executescript(_WORK)

    def publish(self, stamp: str) -> None:
        """The graph was saved: what `work` says of units is so on disk."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO main.unit SELECT * FROM temp.work")
            self._db.execute("DELETE FROM main.unit WHERE hash = '' AND NOT dirty")
            self._db.execute("DELETE FROM temp.work WHERE NOT dirty")
            self.set_meta("graph", stamp)

    def distrust(self) -> None:
        """Whatever the graph holds, all units are to be projected."""
        with self.transaction():
            self._db.execute("UPDATE main.unit SET dirty = 1, hash = ''")
            self.set_meta("graph", "none")
        self.reset_work()

    # loads

    def put_load(self, load: Load) -> int:
        with self.transaction():
            id_ = load.id or int(self.meta("loads") or 0) + 1
            self.set_meta("loads", max(id_, int(self.meta("loads") or 0)))
            self._db.execute(
                "INSERT OR REPLACE INTO load VALUES (:id, :source, :path, :at, :new, :changed, "
                ":unchanged, :rejected, :state)",
                {**{name: getattr(load, name) for name in Load.__slots__}, "id": id_},
            )
        return id_

    def delete_loads(self, source: str) -> None:
        self._db.execute("UPDATE load SET state = 'gone' WHERE source = ?", (source,))

    def loads(self, *, gone: bool) -> list[Load]:
        sql = "SELECT * FROM load WHERE ? OR state <> 'gone' ORDER BY id"
        return [Load(*row) for row in self._db.execute(sql, (gone,))]

    def close(self) -> None:
        self._db.close()
