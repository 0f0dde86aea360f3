"""Check what a loader yields: each record becomes a stored record, or rejects that say why not."""

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError

from whofunds.model import (
    RECORDS,
    Link,
    Participant,
    Record,
    Reject,
    Round,
    StoredRecord,
    checked,
    inconsistencies,
    stored,
)
from whofunds.tables import Cell

SHOWN = 200
_PARTS = ("participants", "ids")  # of which one that is wrong is left out, and the record stays
_RECENT = 100_000
COLUMNS = ("file", "line", "column", "value", "reason", "outcome")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A value that was not taken; `outcome` is `rejected`, or `kept` where it only looks wrong."""

    file: str
    line: int | None
    column: str
    value: str
    reason: str
    outcome: str = "rejected"

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.file, self.line) if p)
        column = f" {self.column}" if self.column else ""
        return f"{place}{column} {self.value!r}: {self.reason} ({self.outcome})"


class Rejects:
    """The rejects of a load: counted, the first few kept, all written to a CSV file.

    Cells that a spreadsheet would run as a formula are written with a leading apostrophe.
    """

    def __init__(self, path: Path | None = None, keep: int = 10) -> None:
        self.path, self._keep = path, keep
        self.first: list[Rejected] = []
        self.count = 0
        self.kept = 0
        self._file: TextIO | None = None

    def add(self, reject: Rejected) -> None:
        """Count and write one."""
        self.count += reject.outcome == "rejected"
        self.kept += reject.outcome == "kept"
        if len(self.first) < self._keep:
            self.first.append(reject)
        if self.path:
            if self._file is None:
                self._file = self.path.open("w", encoding="utf-8", newline="")
                csv.writer(self._file).writerow(COLUMNS)
            values = [getattr(reject, c) for c in COLUMNS]
            csv.writer(self._file).writerow([neutral(v) for v in values])

    def close(self) -> None:
        """Close the file, if one was begun."""
        if self._file:
            self._file.close()


def neutral(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value


class Checker:
    """Turns a loader's records into stored records; keeps on disk what one load has seen.

    `reject` is called with each value that was not taken. `blind` holds the kinds of records of
    which one was rejected without its key being known.
    """

    def __init__(self, source: str, reject: Callable[[Rejected], None]) -> None:
        self.source, self.reject = source, reject
        self.blind: set[str] = set()
        self._named: set[str] = set()  # of those in the table, the ones named lately
        # An empty name is a temporary file that SQLite deletes on close.
        self._seen = sqlite3.connect("")
        self._seen.executescript(
            "CREATE TABLE seen (key TEXT PRIMARY KEY, hash TEXT) WITHOUT ROWID;"
            "CREATE TABLE spared (key TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE named (unit TEXT PRIMARY KEY, file, line, column, value) WITHOUT ROWID;"
        )

    def close(self) -> None:
        """Forget what was seen."""
        self._seen.close()

    def check(self, record: object) -> StoredRecord | None:
        """The stored record; None where it was rejected or the same was seen before."""
        if isinstance(record, Reject):
            self._say(record.value, "", record.reason)
            if getattr(record.value, "fault", ""):  # a damaged row, of whatever it is
                self.blind |= RECORDS.keys()
            return None
        kind = getattr(record, "kind", None)
        if not is_dataclass(record) or kind not in RECORDS:
            self._say(repr(record), "", "the loader yielded something that is not a record")
            return None
        values = _values(record)
        done = self._taken(kind, record, values)  # type: ignore[arg-type]
        if done is None:
            self._spare(kind, values)
            return None
        return done if self._first(done, values) else None

    def _taken(self, kind: str, record: Record, values: dict[str, Any]) -> StoredRecord | None:
        if faulty := _faulty(values.values()):
            for cell in faulty:
                self._say(cell, cell.column, cell.fault)
            return None
        body = self._validated(kind, values)
        if body is None:
            return None
        if wrong := list(inconsistencies(kind, body)):
            for name, reason in wrong:
                self._say(*_culprit(values[name], name, reason, values), reason)
            return None
        if kind in ("startup", "investor", "city") and _like_markup(body["name"]):
            self._say(values["name"], "name", "looks like markup; it is shown as text", "kept")
        self._remember(record, values)
        return stored(self.source, kind, body)

    def _spare(self, kind: str, values: dict[str, Any]) -> None:
        """Note whose record was rejected, so that an earlier one of it isn't taken for gone."""
        name = values.get("id") or values.get("url")
        if isinstance(name, str) and name.strip() and not getattr(name, "fault", ""):
            key = f"{self.source}:{kind}:{name.strip()}".encode("utf-8", "replace").decode()
            self._seen.execute("INSERT OR IGNORE INTO spared VALUES (?)", (key,))
        else:
            self.blind.add(kind)

    def unseen(self, keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of some stored records (key, kind) that the load certainly didn't bring."""
        sql = "SELECT 1 FROM seen WHERE key = ?1 UNION ALL SELECT 1 FROM spared WHERE key = ?1"
        return [
            (key, kind)
            for key, kind in keys
            if kind not in self.blind and not self._seen.execute(sql, (key,)).fetchone()
        ]

    def dangling(self, declared: Callable[[list[str]], set[str]]) -> Iterator[Rejected]:
        """Entities, and accounts that hold others, which this load named and nobody declares.

        `declared` tells which of some units (`kind:id`) have a record in the store.
        """
        query = "SELECT unit, file, line, column, value FROM named ORDER BY unit"
        cursor = self._seen.execute(query)
        while rows := cursor.fetchmany(1000):
            known = declared([row[0] for row in rows])
            for unit, file, line, column, value in rows:
                if unit not in known and not self._saw(unit):
                    kind, _, id_ = unit.partition(":")
                    what = "account" if kind == "round" else kind
                    reason = f"no {what} {id_!r} is known, so that part is left out of the graph"
                    yield Rejected(file, line, column, value, f"{reason}; load its record too")

    def _saw(self, unit: str) -> bool:
        key = f"{self.source}:{unit}"
        return bool(self._seen.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone())

    def _validated(self, kind: str, values: dict[str, Any]) -> dict[str, Any] | None:
        try:
            return checked(kind, values)
        except ValidationError as failure:
            errors = failure.errors(include_url=False)
        bad = {(str(e["loc"][0]), e["loc"][1]) for e in errors if len(e["loc"]) > 1}
        for error in errors:
            field = next((str(p) for p in reversed(error["loc"]) if isinstance(p, str)), kind)
            culprit = _culprit(error["input"], field, error["msg"], values)
            self._say(*culprit, error["msg"].removeprefix("Value error, "))
        if bad and all(e["loc"][0] in _PARTS and len(e["loc"]) > 1 for e in errors):
            good = {
                name: [p for i, p in enumerate(values[name]) if (name, i) not in bad]
                for name, _ in bad
            }
            return self._validated(kind, {**values, **good})
        return None

    def _first(self, record: StoredRecord, values: dict[str, Any]) -> bool:
        insert = "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING"
        if self._seen.execute(insert, (record.key, record.hash)).rowcount:
            return True
        row = self._seen.execute("SELECT hash FROM seen WHERE key = ?", (record.key,)).fetchone()
        if row[0] != record.hash:
            named = values.get("id") or values.get("url") or record.key
            reason = f"a second {record.kind} of this key, with other contents; the first stays"
            cell = named if isinstance(named, Cell) else next(_cells(values), named)
            self._say(named, getattr(cell, "column", "id"), reason, place=cell)
        return False

    def _remember(self, record: Record, values: dict[str, Any]) -> None:
        for unit, value in _references(record, values):
            if unit in self._named:
                continue
            if len(self._named) == _RECENT:
                self._named.clear()
            self._named.add(unit)
            cell = value if isinstance(value, Cell) else next(_cells(values), None)
            place = (cell.file, cell.line, cell.column) if cell else ("", None, "")
            self._seen.execute(
                "INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?, ?)",
                (unit, place[0] or self.source, *place[1:], str(value)),
            )

    def _say(
        self,
        value: object,
        column: str,
        reason: str,
        outcome: str = "rejected",
        place: object = None,
    ) -> None:
        cell = place if isinstance(place, Cell) else value
        file, line = (cell.file, cell.line) if isinstance(cell, Cell) else (self.source, None)
        column = cell.column if isinstance(cell, Cell) else column
        text = str(value)
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text):,} characters)"
        shown = shown.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
        self.reject(Rejected(file, line, column, shown, reason, outcome))


# As these are in a body: they need not be checked for each participant.
_PARTICIPANT = {f.name: f.default for f in fields(Participant) if f.default is not MISSING}


def _values(record: object) -> dict[str, Any]:
    values = dict(vars(record))
    if isinstance(record, Round):
        values["participants"] = [
            {k: v for k, v in vars(p).items() if v is not _PARTICIPANT.get(k, MISSING)}
            if is_dataclass(p)
            else p
            for p in record.participants
        ]
    return values


def _faulty(values: Iterable[object]) -> list[Cell]:
    """The cells that can't be used."""
    found: list[Cell] = []
    for value in values:
        if isinstance(value, Cell):
            if value.fault:
                found.append(value)
        elif value and isinstance(value, (list, tuple)):
            found += _faulty(value)
        elif isinstance(value, dict):
            found += _faulty(value.values())
    return found


def _cells(value: object) -> Iterator[Cell]:
    if isinstance(value, Cell):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _cells(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _cells(item)


def _culprit(value: object, field: str, message: str, values: dict[str, Any]) -> tuple[object, str]:
    """The cell that an error is about, as well as it can be told; else any cell of the record."""
    cells = list(_cells(value))
    named = [c for c in cells if c and repr(str(c)) in message]
    if cells:
        cell = (named or cells)[0]
        return cell, cell.column
    place = next(_cells(values), None)
    if place is not None and not isinstance(value, (dict, list)):
        return Cell(str(value or ""), place.file, place.line, field), field
    return str(value), field


def _references(record: Record, values: dict[str, Any]) -> Iterator[tuple[str, object]]:
    match record.kind:
        case "round":
            yield f"startup:{str(values['company']).strip()}", values["company"]
            for p in values["participants"]:
                yield f"investor:{str(p['investor']).strip()}", p["investor"]
            if str(values["inside"]).strip():
                yield f"round:{str(values['inside']).strip()}", values["inside"]
        case "total":
            yield f"startup:{str(values['company']).strip()}", values["company"]
        case "condition":
            yield f"startup:{str(values['company']).strip()}", values["company"]
            yield f"investor:{str(values['investor']).strip()}", values["investor"]
        case "link" if isinstance(record, Link):
            yield f"{record.of}:{str(record.source).strip()}", record.source
            target = {"part-of": "investor", "seat": "city", "acts-for": "city"}.get(record.type)
            if target:
                yield f"{target}:{str(record.target).strip()}", record.target


def _like_markup(text: str) -> bool:
    return "<" in text and ">" in text
