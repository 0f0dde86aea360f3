"""The header of a canned query: what it asks, takes and gives, checked against the statement.

The header is the run of `//` lines at the top; without the slashes it is TOML:

    // title = "Rounds of a company"
    // question = "Which rounds did a company have?"
    // tags = ["company", "rounds"]
    // related = ["companies/all-rounds"]
    // examples = ["whofunds query companies/rounds company=智谱"]
    // params.company = {type = "startup", help = "the company, by id or any name"}
    // params.as_of = {type = "date", default = "9999-12-31", help = "known to have happened by"}
    // columns.round = {meaning = "round"}
    // columns.amount = {meaning = "amount", unit = "USD"}

Header and statement must agree, and the statement keep to the dialect that both stores run.
"""

import math
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from whofunds import schema
from whofunds.cypher import Statement, Unbalanced
from whofunds.dialect import faults
from whofunds.errors import UsageError

ENTITIES = ("startup", "investor", "city", "entity")
HELD = ("cohort", "country")
"""Types of words that are right where the store holds them; empty stands for all."""
EXPECTED = {
    "text": "a text",
    "integer": "a whole number",
    "number": "a number",
    "date": "a day, month, quarter or year, such as 2024-06-30 or 2024-06",
    "currency": f"one of {', '.join(schema.CURRENCIES)}",
    "cohort": "a cohort of companies, such as llm-2023",
    "country": "the ISO code of a country, such as CN",
    "kind": f"one of {', '.join(schema.KINDS)}",
    "startup": "a company's id or name",
    "investor": "an investor's id or name",
    "city": "a city's id or name",
    "entity": "a company's, investor's or city's id or name",
}
_KEYS = {"title", "question", "tags", "related", "examples", "params", "columns"}
_PARAMETER_KEYS = {"type", "default", "help"}
_COLUMN_KEYS = {"meaning", "unit", "table"}
_IN_TABLE = ("always", "filled", "never")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be given; `type` is a key of EXPECTED, `default` None where required."""

    name: str
    type: str
    required: bool
    default: str | int | float | None
    help: str


@dataclass(frozen=True, slots=True)
class Column:
    """What a query gives; `unit` is empty for what has none.

    `table` says when a table for people shows it: always, where any row has it filled (not empty,
    not 0), or never; JSON and CSV always hold it.
    """

    name: str
    meaning: str = ""
    unit: str = ""
    table: str = "always"


@dataclass(frozen=True, slots=True)
class Query:
    """A checked query; `name` is its path in its folder, `cypher` the statement alone.

    `related` are names of other queries, `examples` command lines that ask this one.
    """

    name: str
    title: str
    question: str
    tags: tuple[str, ...]
    params: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    path: Path
    related: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def converted(type_: str, value: object) -> str | int | float:
    """A value of a type that needs no look-up. Raises ValueError."""
    text = str(value).strip()
    match type_:
        case "text" if isinstance(value, str):
            return value
        case "cohort" | "country" if isinstance(value, str):
            return text
        case "currency" if text.upper() in schema.CURRENCIES:
            return text.upper()
        case "kind" if (kind := _kind(text)) is not None:
            return kind
        case "date" if isinstance(value, (str, date)):
            return last_day(text[:10] if isinstance(value, date) else text)
        case "integer" | "number" if not isinstance(value, bool):
            number = float(text)
            if not math.isfinite(number) or abs(number) > _LARGEST:
                raise ValueError(text)
            if number.is_integer():
                return int(text) if re.fullmatch(r"[+-]?\d+", text) else int(number)
            if type_ == "number":
                return number
    raise ValueError(text)


def _kind(text: str) -> str | None:
    return next((k for k, n in schema.KINDS.items() if text.lower() in (k, n.lower())), None)


def last_day(text: str) -> str:
    """The last day (ISO) of a day, month, quarter, half or year. Raises ValueError."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        from whofunds.dates import parse_date

        return parse_date(text).last.isoformat()


class Reader:
    """Checks one file; an error names file and line: the first of the header, else all others."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        self._name, self._path, self._lines = name, path, text.splitlines()
        self._text = text
        ends = (i for i, line in enumerate(self._lines) if not line.startswith("//"))
        self._end = next(ends, len(self._lines))

    def query(self) -> Query:
        header = self._header()
        for key in ("title", "question"):
            if not isinstance(header.get(key), str) or not header[key].strip():
                self._fail(1, f"no {key}", f'add // {key} = "..."')
        tags, related, examples = (
            self._texts(header, key) for key in ("tags", "related", "examples")
        )
        params = tuple(self._parameter(n, v) for n, v in self._tables(header, "params"))
        columns = tuple(self._column(n, v) for n, v in self._tables(header, "columns"))
        cypher = "\n".join(self._lines[self._end :]).strip()
        self._check(params, columns)
        for example in examples:
            self._example(example, {p.name: p for p in params})
        title, question = header["title"].strip(), header["question"].strip()
        return Query(
            self._name,
            title,
            question,
            tags,
            params,
            columns,
            cypher,
            self._path,
            related,
            examples,
        )

    def _header(self) -> dict[str, Any]:
        try:
            header = tomllib.loads("\n".join(line[2:] for line in self._lines[: self._end]))
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            line = int(at[1]) if at else max(self._end, 1)
            self._fail(line, f"the header is not TOML: {error}", "write // key = value")
        for key in header.keys() - _KEYS:
            self._fail(self._line(key), f"unknown key {key!r}", f"use {', '.join(sorted(_KEYS))}")
        return header

    def _texts(self, header: dict[str, Any], key: str) -> tuple[str, ...]:
        texts = header.get(key, [])
        if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
            self._fail(self._line(key), f"{key} are not texts", f'write // {key} = ["a", "b"]')
        return tuple(texts)

    def _example(self, text: str, params: dict[str, Parameter]) -> None:
        """Refuse a command line that would not ask this query, or not as it has to be asked."""
        line, start = self._line("examples"), f"whofunds query {self._name}"
        try:
            words = shlex.split(text)
        except ValueError:
            self._fail(line, f"{text!r} has a quote without its end", "add it")
        if words[:3] != start.split():
            self._fail(line, f"{text!r} does not ask this query", f"begin with {start}")
        given = dict(w.split("=", 1) for w in words[3:] if "=" in w and not w.startswith("-"))
        for name, value in given.items():
            if name == "known_by":
                continue
            if name not in params:
                self._fail(line, f"{text!r} gives {name}, no parameter", f"use {', '.join(params)}")
            try:
                if params[name].type not in ENTITIES:
                    converted(params[name].type, value)
            except ValueError:
                wrong = f"{text!r} gives {name}={value}"
                self._fail(line, wrong, f"give {EXPECTED[params[name].type]}")
        for name, parameter in params.items():
            if parameter.required and name not in given:
                self._fail(line, f"{text!r} lacks {name}", f"add {name}=...")

    def _tables(self, header: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        tables = header.get(key, {})
        if not isinstance(tables, dict):
            self._fail(self._line(key), f"{key} is no table", f"write // {key}.name = {{...}}")
        allowed = _PARAMETER_KEYS if key == "params" else _COLUMN_KEYS
        for name, table in tables.items():
            line = self._line(f"{key}.{name}")
            if not isinstance(table, dict):
                self._fail(line, f"{key}.{name} is no table", f"write // {key}.{name} = {{...}}")
            for unknown in table.keys() - allowed:
                self._fail(line, f"unknown key {unknown!r}", f"use {', '.join(sorted(allowed))}")
            yield name, table

    def _parameter(self, name: str, table: dict[str, Any]) -> Parameter:
        line, type_ = self._line(f"params.{name}"), table.get("type")
        if type_ not in EXPECTED:
            self._fail(line, f"{name} has type {type_!r}", f"use one of {', '.join(EXPECTED)}")
        text = self._words(line, name, "help", table)
        if "default" not in table:
            return Parameter(name, type_, True, None, text)
        if type_ in ENTITIES:
            self._fail(line, f"{name} has a default", "leave it out, or write two queries")
        try:
            return Parameter(name, type_, False, converted(type_, table["default"]), text)
        except ValueError:
            wrong = f"the default of {name} is {table['default']!r}"
            self._fail(line, wrong, f"give {EXPECTED[type_]}")

    def _column(self, name: str, table: dict[str, Any]) -> Column:
        line = self._line(f"columns.{name}")
        meaning = self._words(line, name, "meaning", table)
        unit = self._words(line, name, "unit", {"unit": "", **table})
        shown = self._words(line, name, "table", {"table": "always", **table})
        if shown not in _IN_TABLE:
            self._fail(line, f"no {shown!r} for table", f"use {', '.join(_IN_TABLE)}")
        return Column(name, meaning, unit, shown)

    def _words(self, line: int, name: str, key: str, table: dict[str, Any]) -> str:
        text = table.get(key)
        if not isinstance(text, str):
            self._fail(line, f"{name} has no {key}", f'add {key} = "..."')
        return text

    def _check(self, params: tuple[Parameter, ...], columns: tuple[Column, ...]) -> None:
        try:
            unlike = sorted(self._unlike(Statement(self._text), params, columns))
        except Unbalanced:
            unlike = []
        wrong = [*faults(self._text), *(f"line {line}: {what}" for line, what in unlike)]
        if wrong:
            raise UsageError("\n".join(f"{self._path}:{w.removeprefix('line ')}" for w in wrong))

    def _unlike(
        self, found: Statement, params: tuple[Parameter, ...], columns: tuple[Column, ...]
    ) -> Iterator[tuple[int, str]]:
        """Where header and statement don't agree."""
        declared = {p.name for p in params}
        for name in found.parameters - declared:
            line = self._line(f"${name}", header=False)
            yield line, f"${name} is not in the header; add // params.{name} = {{...}}"
        for name in declared - found.parameters:
            line = self._line(f"params.{name}")
            yield line, f"${name} is never used; use it, or take it out of the header"
        gives = found.columns
        if all(gives) and gives != [c.name for c in columns]:
            line = self._line("RETURN", header=False, last=True)
            yield line, f"the header has other columns; declare {', '.join(gives)}, in this order"

    def _line(self, text: str, header: bool = True, last: bool = False) -> int:
        """The number of the first (or last) line that has `text`; 1 where none has."""
        start, end = (0, self._end) if header else (self._end, len(self._lines))
        found = [i + 1 for i in range(start, end) if text in self._lines[i]]
        return (found[-1] if last else found[0]) if found else 1

    def _fail(self, line: int, what: str, step: str) -> NoReturn:
        raise UsageError(f"{self._path}:{line}: {what}; {step}")
