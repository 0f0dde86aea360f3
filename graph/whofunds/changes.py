"""Which answers differ between two graphs, row by row, and which reports that is due to. Pure."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from whofunds.catalog import Column
from whofunds.model import StoredRecord

Rows = Sequence[Mapping[str, Any]]


class Causes:
    """What changed among the records, and what it is about."""

    def __init__(self, records: Iterable[StoredRecord]) -> None:
        self._about: dict[str, set[str]] = {}
        self.all: set[str] = set()
        for record in records:
            body = record.fields
            cause = body.get("report") or body.get("url") or record.key
            self.all.add(cause)
            for unit in record.units:
                self._about.setdefault(unit.partition(":")[2], set()).add(cause)

    def of(self, rows: Rows) -> list[str]:
        """The reports (or a record's key where it has none) that a change in some rows is due to.

        First those that the rows name; else those about what the rows name; else all that changed.
        """
        named = {url for row in rows for url in row.get("reports") or ()}
        values = {v for row in rows for v in _texts(row)}
        about = {cause for v in values for cause in self._about.get(v, ())}
        return sorted(named & self.all or about or self.all)


COLUMNS = (
    Column("answer", "the query whose answer changed"),
    Column("row", "the row, by its leading columns"),
    Column("column", "the column; empty where the row came or went", table="filled"),
    Column("before", "its value then"),
    Column("after", "its value now"),
    Column("reports", "the reports, or the decisions, that this is due to"),
)


def changes(
    names: Iterable[str],
    before: Callable[[str], Iterable[Mapping[str, Any]]],
    after: Callable[[str], Iterable[Mapping[str, Any]]],
    causes: Causes,
) -> Iterator[tuple[Any, ...]]:
    """What changed in the answers of some queries, as rows of COLUMNS."""
    for name in names:
        for row in _changes([*before(name)], [*after(name)], causes):
            yield (name, *row)


def _changes(before: Rows, after: Rows, causes: Causes) -> Iterator[tuple[Any, ...]]:
    columns = list(before[0] if before else after[0] if after else ())
    keys = _keys(columns, before, after)
    old = {_key(row, keys): row for row in before}
    new = {_key(row, keys): row for row in after}
    for key in sorted(old.keys() | new.keys()):
        was, is_ = old.get(key), new.get(key)
        shown = " · ".join(str(v) for v in json.loads(key) if v not in (None, ""))
        if was is None or is_ is None:
            word = "is there" if is_ else "was there"
            because = causes.of([row for row in (was, is_) if row])
            yield shown, "", None if is_ else word, word if is_ else None, because
            continue
        for column in columns:
            if column != "reports" and _plain(was[column]) != _plain(is_[column]):
                yield shown, column, was[column], is_[column], causes.of([was, is_])


def _keys(columns: Sequence[str], *answers: Rows) -> Sequence[str]:
    """The columns that tell rows apart: the first that does alone, else as many as it takes."""
    named = [c for c in columns if all(isinstance(r[c], str) for rows in answers for r in rows)]
    tried = [[c] for c in named] + [columns[:size] for size in range(2, len(columns))]
    for some in tried:
        if all(len({_key(r, some) for r in rows}) == len(rows) for rows in answers):
            return some
    return columns


def _key(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return json.dumps([_plain(row[c]) for c in columns], ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    for value in row.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (v for v in value if isinstance(v, str))
