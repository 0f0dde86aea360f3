"""Rows of one table at hand for another, kept on disk so that memory stays flat."""

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from typing import Any

from whofunds.tables import Columns, Item, Row

_AT_ONCE = 5_000


def joined(rows: Iterable[Row], by: str) -> "Joined":
    """All of `rows`, to be taken by the text of their column `by`."""
    return Joined(rows, by)


class Joined:
    """Rows by a key. They stand in a temporary file that goes with this object."""

    def __init__(self, rows: Iterable[Row], by: str) -> None:
        # An empty name is a temporary file that SQLite deletes on close.
        self._db = sqlite3.connect("", isolation_level=None)
        self._end = weakref.finalize(self, self._db.close)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE TABLE held (id INTEGER PRIMARY KEY, key BLOB, columns INTEGER, file INTEGER,"
            " line INTEGER, fault TEXT, value TEXT);"
            "CREATE TABLE taken (key BLOB PRIMARY KEY) WITHOUT ROWID;"
        )
        self._columns: list[Columns] = []
        self._files: list[str] = []
        batch: list[tuple[Any, ...]] = []
        for row in rows:
            batch.append(self._packed(row, by))
            if len(batch) == _AT_ONCE:
                self._put(batch)
        self._put(batch)
        self._db.execute("CREATE INDEX by_key ON held (key)")

    def take(self, key: str) -> list[Row]:
        """The rows with this key, in their order; they are not in `rest` then."""
        found = self._db.execute(
            "SELECT columns, file, line, fault, value FROM held WHERE key = ? ORDER BY id",
            (_bytes(key),),
        ).fetchall()
        if found:
            self._db.execute("INSERT OR IGNORE INTO taken VALUES (?)", (_bytes(key),))
        return [self._row(*values) for values in found]

    def rest(self) -> Iterator[Row]:
        """The rows that were never taken, those without a key or damaged among them."""
        for values in self._db.execute(
            "SELECT columns, file, line, fault, value FROM held "
            "WHERE key IS NULL OR key NOT IN (SELECT key FROM taken) ORDER BY id"
        ):
            yield self._row(*values)

    def close(self) -> None:
        """Take the temporary file away."""
        self._end()

    def _packed(self, row: Row, by: str) -> tuple[Any, ...]:
        cell = row[by]
        key = _bytes(cell) if cell.strip() and not cell.fault else None
        if not self._files or self._files[-1] != row.file:
            self._files.append(row.file)
        if isinstance(row, Item):
            columns, value = -1, json.dumps(row.object, default=str)
        else:
            if not self._columns or self._columns[-1] is not row.columns:
                self._columns.append(row.columns)
            columns, value = len(self._columns) - 1, json.dumps(row.cells)
        return key, columns, len(self._files) - 1, row.line, row.fault, value

    def _put(self, batch: list[tuple[Any, ...]]) -> None:
        self._db.executemany("INSERT INTO held VALUES (NULL, ?, ?, ?, ?, ?, ?)", batch)
        batch.clear()

    def _row(self, columns: int, file: int, line: int, fault: str, value: str) -> Row:
        name, held = self._files[file], json.loads(value)
        if columns < 0:
            return Item(held, name, line, fault)
        return Row(self._columns[columns], held, name, line, fault)


def _bytes(key: str) -> bytes:
    return key.strip().encode("utf-8", "surrogatepass")
