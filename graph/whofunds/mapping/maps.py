"""A map: what each column of a table is, as TOML: a line a column, `?` where a question waits."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from whofunds.errors import InputError, UsageError
from whofunds.hints import currency_of, unit_of
from whofunds.mapping.mapped import Mapped
from whofunds.mapping.vocabulary import ROLES
from whofunds.readers import read_table
from whofunds.tables import Row

OPEN = "?"
ROWS = {
    "rounds": "one round a row",
    "participations": "one investor of a round a row",
}
_OF_ROUNDS = {"amount", "stage", "date", "round_id", "cheque"}
_OF_COMPANIES = {"company", "alias", "company_id", "domain", "country", "city", "founded", "total"}
_OF_COMPANIES |= {"link", "title", "publisher", "published"}
_CHOICES = {
    "order": ("dmy", "mdy"),
    "decimal": (",", "."),
    "zero": ("undisclosed", "rejected"),
    "basis": ("post", "pre"),
}

_READERS: dict[str, Callable[[str], object]] = {"currency": currency_of, "unit": unit_of}


@dataclass
class Column:
    """What one column is, and how its cells are read; empty words say nothing.

    `separator`: one, or several, between names. `order`: dmy or mdy. `currency`, `unit`,
    `decimal`: what holds for a sum where its cell doesn't say it. `zero`: what a 0 is, undisclosed
    or rejected. `basis`: of a valuation, post or pre. `fallback`: read where the other column of
    this role is empty.
    """

    header: str
    role: str = field(default="", metadata={"key": "is"})
    separator: str | list[str] = ""
    order: str = ""
    currency: str = ""
    unit: str = ""
    decimal: str = ""
    zero: str = ""
    basis: str = ""
    fallback: bool = False

    def options(self) -> dict[str, Any]:
        """What is said beside the role."""
        kept = (f.name for f in fields(self) if f.name not in ("header", "role"))
        return {name: value for name in kept if (value := getattr(self, name))}


_OPTIONS = {f.name for f in fields(Column)} - {"header", "role"}


@dataclass
class Map:
    """What the columns of a table are, as `whofunds map` proposes and somebody has looked at.

    `source` begins the ids that the table doesn't give itself; `rows` is one of ROWS.
    """

    source: str
    rows: str = "rounds"
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    columns: list[Column] = field(default_factory=list)

    def of(self, role: str) -> list[Column]:
        """The columns of a role, those to fall back on behind."""
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in sorted(self.columns, key=lambda c: c.fallback):
            found.setdefault(column.role, []).append(column)
        return found

    @cached_property
    def nothing(self) -> Column:
        """The column that stands for a role that no column has."""
        return Column("")

    @property
    def has_rounds(self) -> bool:
        """Whether a column tells of a round; where none does, companies alone are loaded."""
        return any(c.role in (*_OF_ROUNDS, OPEN) for c in self.columns)

    def loads(self, role: str) -> bool:
        """Whether a column of this role has a place in what is loaded."""
        return bool(role) and (self.has_rounds or role in _OF_COMPANIES)

    @property
    def reading(self) -> dict[str, str]:
        """What `read_table` has to be told of the file."""
        return {k: v for k in ("sheet", "encoding", "delimiter") if (v := getattr(self, k))}

    def read(self, path: str | Path) -> Iterator[Row]:
        """The rows of a table, read as the map says."""
        how = self.reading
        return read_table(
            path,
            encoding=how.get("encoding", ""),
            delimiter=how.get("delimiter", ""),
            sheet=how.get("sheet", ""),
        )

    def row(self, row: Row) -> Mapped:
        """A row of the table, by role. Raises InputError where it lacks a column of the map."""
        absent = [c.header for c in self.columns if c.role and c.header not in row]
        if absent and not row.fault:
            raise InputError(
                f"{row.file}: no column {absent[0]!r}, which the map names; there are "
                f"{', '.join(row)}. Change the map, or make one with `whofunds map`"
            )
        return Mapped(self, row)


def read_map(path: str | Path, *, check: bool = True, **answers: str) -> Map:
    """The map in a TOML file, checked. `answers` (order, currency, unit, decimal) fill open places.

    Without `check` what is open stays open.

    Raises InputError where it isn't a map, UsageError with the question where one is still open.
    """
    path = Path(path)
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save the map as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML, {error}; mend that line") from None
    unknown = set(body) - {"source", "rows", "sheet", "encoding", "delimiter", "columns"}
    if unknown:
        raise InputError(f"{path}: {min(unknown)!r} is no word of a map; take it out")
    columns = body.pop("columns", {})
    if not isinstance(columns, dict) or not columns:
        raise InputError(f"{path}: no [columns]; write one with `whofunds map FILE --write {path}`")
    if wrong := [k for k, v in body.items() if not isinstance(v, str)]:
        raise InputError(f"{path}: {wrong[0]} is not a text; put it between quotes")
    found = Map(**{"source": path.stem, **body})
    if found.rows not in (*ROWS, OPEN):
        raise InputError(f"{path}: rows is {found.rows!r}; use one of {', '.join(ROWS)}")
    found.columns = [_column(path, *item) for item in columns.items()]
    for name, value in answers.items():
        waiting = [c for c in found.columns if getattr(c, name) == OPEN]
        if value and not waiting:
            raise UsageError(f"{path}: no column waits for {name}={value}; change the map itself")
        for column in waiting if value else ():
            setattr(column, name, value)
    for column in found.columns:
        _check(path, column)
    if not check:
        return found
    if question := next(_questions(found), ""):
        raise UsageError(f"{path}: {question}")
    if not found.of("company"):
        raise InputError(f'{path}: no column is the company; write is = "company" for one')
    return found


def _column(path: Path, header: str, said: object) -> Column:
    body: Mapping[str, Any] = {"is": said} if isinstance(said, str) else cast(Any, said)
    where = f"{path}: column {header!r}"
    if not isinstance(said, (str, dict)) or "is" not in body:
        raise InputError(f'{where}: write "{header}" = "amount", or {{is = "amount", ...}}')
    if unknown := set(body) - _OPTIONS - {"is"}:
        raise InputError(f"{where}: {min(unknown)!r} is none of is, {', '.join(sorted(_OPTIONS))}")
    return Column(header, **{"role" if k == "is" else k: v for k, v in body.items()})


def _check(path: Path, column: Column) -> None:
    where = f"{path}: column {column.header!r}"
    if column.role not in (*ROLES, "", OPEN):
        raise InputError(f"{where}: is = {column.role!r} is none of {', '.join(ROLES)}, or empty")
    for name, value in column.options().items():
        wanted = {"fallback": bool, "separator": str | list}.get(name, str)
        if not isinstance(value, wanted):
            raise InputError(f"{where}: {name} = {value!r} is of the wrong type; put it in quotes")
        if value == OPEN:
            continue
        if name in _CHOICES and value not in _CHOICES[name]:
            raise InputError(f"{where}: {name} = {value!r}; use {' or '.join(_CHOICES[name])}")
        try:
            if name in _READERS:
                _READERS[name](str(value))
        except ValueError as error:
            raise InputError(f"{where}: {error}; mend {name}") from None


ASKED = {
    "is": "what is it",
    "order": "does the day or the month come first",
    "currency": "which currency is it in",
    "unit": "what are its figures counted in",
    "decimal": "is the comma or the dot the decimal sign",
    "separator": "what stands between the names of a list",
    "zero": "what does 0 mean",
    "basis": "is it before or after the round's money",
}
_ANSWERS = {
    "is": 'write what it is, as is = "amount", or is = "" to leave it out',
    "order": 'write order = "dmy" or order = "mdy", or give --set order=dmy',
    "currency": 'write currency = "USD" or another code, or give --set currency=USD',
    "unit": 'write unit = "m", "k", "bn" or "亿", unit = "" for whole units, or give --set unit=m',
    "decimal": 'write decimal = "," or decimal = ".", or give --set decimal=.',
    "separator": 'write separator = ", " or separator = "" for one name a cell',
    "zero": 'write zero = "undisclosed" or zero = "rejected"',
    "basis": 'write basis = "post" or basis = "pre"',
}


def _questions(found: Map) -> Iterator[str]:
    if found.rows == OPEN:
        words = "; ".join(f'"{word}" ({meaning})' for word, meaning in ROWS.items())
        yield f"what is a row? write rows = {words}"
    for column in found.columns:
        said = {"is": column.role, **(column.options() if found.loads(column.role) else {})}
        for name, value in said.items():
            if value == OPEN:
                yield f"column {column.header!r}: {ASKED[name]}? {_ANSWERS[name]}"
