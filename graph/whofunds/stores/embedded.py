"""The embedded store: a folder with the records in SQLite and the graph in one kglite file.

The graph file is a conclusion from the records and is never trusted beyond its stamp: where the
file is not the one that the records were last projected to, all is projected again.
"""

import hashlib
import sqlite3
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn, cast

from filelock import FileLock, Timeout

from whofunds.errors import CypherError, NoStore, QueryTimeout, StoreError
from whofunds.model import StoredRecord
from whofunds.stores import statements
from whofunds.stores.base import EndMissing, Load, Result, Store, UnitRows, Version
from whofunds.stores.embedded_values import Converter
from whofunds.stores.records import Records

if TYPE_CHECKING:
    from kglite import KnowledgeGraph, ResultView


class EmbeddedStore(Store):
    """One writer at a time; readers see the graph as it was last finished, and never wait."""

    runs_any_cypher = False

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.address = str(folder)
        self.derived = folder / "derived"
        self._file = folder / "graph.kgl"
        self._read_only = read_only
        self._graph: KnowledgeGraph | None = None
        self._changed = False
        self._seen: str | int | None = None
        self._closers: list[Callable[[], None]] = []
        database = folder / "records.sqlite"
        if read_only and not database.is_file():
            raise NoStore(
                f"{folder} is not a store of whofunds; make it with `whofunds load ai-funding`"
            )
        try:
            if not read_only:
                self._closers.append(_lock(folder).release)
                for half in folder.glob("graph.kgl.tmp.*"):  # of a writer that was killed
                    half.unlink()
            self._records = Records(database, read_only=read_only)
            self._closers.append(self._records.close)
            if not read_only and self._records.meta("graph") != self._stamp():
                self._records.distrust()
                self._graph, self._changed = _empty_graph(), True
                if not self._records.dirty_count():
                    self.finish()
        except BaseException:
            self.close()
            raise

    # records

    def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        return self._records.hashes(keys)

    def put_records(
        self, records: Sequence[StoredRecord], dirty: Iterable[str], load: int = 0
    ) -> None:
        self._writable()
        self._records.put(records, dirty, load)

    def delete_records(self, keys: Sequence[str], dirty: Iterable[str], load: int = 0) -> None:
        self._writable()
        self._records.delete(keys, dirty, load)

    def all_records(self, load: int | None = None, kind: str = "") -> Iterator[list[StoredRecord]]:
        return self._records.all(load, kind)

    def versions(self, *, past: bool = False) -> Iterator[list[Version]]:
        return self._records.versions(past)

    def put_past(self, versions: Sequence[Version]) -> None:
        self._writable()
        self._records.put_past(versions)

    def keys(self, source: str) -> Iterator[list[tuple[str, str]]]:
        return self._records.keys(source)

    def records(
        self, units: Sequence[str], kinds: Sequence[str] = (), most: int | None = None
    ) -> dict[str, list[StoredRecord]]:
        return self._records.about(units, kinds, most)

    def dependents(self, units: Sequence[str]) -> set[str]:
        return self._records.dependents(units)

    def declared(self, units: Sequence[str]) -> set[str]:
        return self._records.declared(units)

    # graph

    def dirty(self, kind: str, limit: int, after: str = "") -> list[str]:
        return self._records.dirty(kind, limit, after)

    def dirty_count(self) -> int:
        return self._records.dirty_count()

    def unfinished(self) -> bool:
        return self._records.unfinished()

    def unit_hashes(self, units: Iterable[str]) -> dict[str, str]:
        return self._records.unit_hashes(units)

    def replace(self, rows: Mapping[str, UnitRows]) -> int:
        self._writable()
        held = self._records.unit_hashes(rows)
        hashes = {unit: statements.digest(of_unit) for unit, of_unit in rows.items()}
        # Rows that are empty are always written: a stub may be there without a hash.
        write = {u: r for u, r in rows.items() if not hashes[u] or held.get(u) != hashes[u]}
        changed = sum(held.get(unit, "") != hashes[unit] for unit in rows)
        try:
            incomplete = statements.write_units(self._run, write, held)
            self._records.projected(hashes, incomplete)
        except EndMissing as error:  # with one writer, no other rows will do
            self._forget()
            raise StoreError(str(error)) from None
        except BaseException:
            self._forget()
            raise
        return changed

    def put_nodes(self, rows: Mapping[str, UnitRows]) -> None:
        self._writable()
        held = self._records.unit_hashes(rows)
        try:
            statements.write_stubs(self._run, {u: r for u, r in rows.items() if u not in held})
        except BaseException:
            self._forget()
            raise

    def finish(self) -> None:
        self._writable()
        try:
            # A killed process leaves the old file or the new one, whole: kglite renames it into
            # place. The records name it only afterwards.
            if self._changed:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    self._opened().save(str(self._file))
            self._records.publish(self._stamp())
            self._changed = False
        except (_kglite().KgError, sqlite3.Error, OSError, ValueError) as error:
            self.close()
            raise StoreError(
                f"{self._file} can't be saved: {_line(error)}; make room, then load again"
            ) from None

    def _stamp(self) -> str:
        if not self._file.is_file():
            return "none"
        with self._file.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()[:32]

    def _forget(self) -> None:
        """Go back to the graph as saved; what was not finished is still to be projected."""
        self._graph, self._changed = None, False
        self._records.reset_work()

    def _opened(self) -> "KnowledgeGraph":
        if self._graph is None:
            self._seen = self._records.meta("graph")
            if not self._file.is_file() and self._records.meta("graph") == "none":
                self._graph = _empty_graph()
                return self._graph
            kglite = _kglite()
            try:
                self._graph = kglite.load(str(self._file))
            except (kglite.KgError, OSError, ValueError) as error:
                raise StoreError(
                    f"{self._file} can't be read: {_line(error)}; "
                    "delete it and load again, the records are kept"
                ) from None
        return self._graph

    def _run(self, cypher: str, params: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int]:
        self._changed = True
        return _run(self._opened(), cypher, params)

    # reading

    def revision(self) -> str:
        return self._records.revision()

    def behind(self) -> bool:
        if not self._read_only or self._graph is None:
            return False
        # A store of what was known may have been taken away since.
        return self._seen != self._records.meta("graph") or not self._file.is_file()

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
        try:
            found = self._read(text, values, timeout, limit)
        except (_kglite().KgError, ValueError, TypeError, OverflowError) as error:
            _refused(error, timeout)
        columns = tuple(found.columns)
        raw = [tuple(row[column] for column in columns) for row in found.to_list()]
        total = (found.diagnostics or {}).get("total_rows") or 0
        rows = Converter(self._ids).rows(raw)
        return Result(columns, rows, cut=total > len(rows))

    def _read(
        self, cypher: str, values: dict[str, Any], timeout: float | None, limit: int | None = None
    ) -> "ResultView":
        cursor = self._opened().session().cursor()
        cursor.read_only(True)
        found = cursor.cypher(
            cypher,
            params=values,
            timeout_ms=max(1, round(timeout * 1000)) if timeout else 0,
            row_limit=limit,
            disable_optimizer=True,
        )
        return cast("ResultView", found)

    def _ids(self, internal: set[int]) -> dict[int, str]:
        found = self._read(
            "MATCH (n) WHERE elementId(n) IN $ids RETURN elementId(n) AS e, n.id AS id",
            {"ids": [str(number) for number in internal]},
            None,
        )
        return {int(row["e"]): row["id"] for row in found.to_list()}

    # loads

    def put_load(self, load: Load) -> int:
        self._writable()
        return self._records.put_load(load)

    def delete_loads(self, source: str) -> None:
        self._writable()
        self._records.delete_loads(source)

    def loads(self, *, gone: bool = False) -> list[Load]:
        return self._records.loads(gone=gone)

    def record_counts(self) -> dict[str, int]:
        return self._records.counts()

    def close(self) -> None:
        self._graph = None
        while self._closers:
            self._closers.pop()()

    def _writable(self) -> None:
        if self._read_only:
            raise StoreError(f"{self.address} was opened for reading; open it without read_only")


def _kglite() -> ModuleType:
    import kglite

    kglite.set_query_warning_policy("silent")
    return kglite


def _empty_graph() -> "KnowledgeGraph":
    graph: KnowledgeGraph = _kglite().KnowledgeGraph()
    statements.write_sources(partial(_run, graph))
    return graph


def _run(
    graph: "KnowledgeGraph", cypher: str, params: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], int]:
    found = graph.cypher(cypher, params=dict(params), timeout_ms=0, disable_optimizer=True)
    stats = graph.last_mutation_stats if " CREATE " in cypher else None
    return cast("ResultView", found).to_list(), stats["relationships_created"] if stats else 0


def _lock(folder: Path) -> FileLock:
    try:
        if folder.is_dir() and not (folder / "records.sqlite").exists():
            strangers = [entry.name for entry in folder.iterdir() if entry.name != "lock"]
            if strangers:
                raise StoreError(
                    f"{folder} holds other files ({sorted(strangers)[0]}) and no store; "
                    "name a new folder with --store FOLDER"
                )
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(
            f"{folder} is in use by another load; wait for it, or name another store with --store"
        ) from None
    except OSError as error:
        raise StoreError(
            f"{folder} can't be used as a store: {error.strerror or error}; "
            "name another folder with --store FOLDER"
        ) from None
    return lock


def _refused(error: Exception, timeout: float | None) -> NoReturn:
    kglite = _kglite()
    if isinstance(error, kglite.CypherTimeoutError):
        raise QueryTimeout(
            f"the query was stopped after {timeout or 0:g} s; narrow it, or allow it more time"
        ) from None
    if isinstance(error, kglite.ReadOnlyError):
        raise CypherError(
            "the statement writes, and a query only reads; facts come in by `whofunds load`"
        ) from None
    raise CypherError(f"the store refuses the query: {_line(error)}") from None


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0].strip() or type(error).__name__
