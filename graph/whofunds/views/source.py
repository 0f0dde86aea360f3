"""Rows as columns: what an answer or dicts hold, a list a column, each distinct value made once."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

Rows = Any
"""An `Answer`, or a sequence of rows."""
Values = Sequence[Any]
Columns = dict[str, Values]


class Source:
    """Columns of rows, made when they are asked for: `source[name]` has a value a row."""

    def __init__(self, n: int, column: Callable[[str], Values]) -> None:
        self.n, self._column, self._held = n, column, Columns()

    def __getitem__(self, name: str) -> Values:
        if name not in self._held:
            self._held[name] = self._column(name)
        return self._held[name]

    def at(self, places: Values) -> "Source":
        """The rows at these places."""

        def column(name: str) -> Values:
            values = self[name]
            return [values[i] for i in places]

        return Source(len(places), column)

    def each(self, name: str, made: Callable[[Any], Any]) -> list[Any]:
        """`made` of each value of a column."""
        return each_of(self[name], made)

    def lists(self, name: str) -> list[tuple[Any, ...]]:
        """A column of lists, as tuples; what is no list is empty."""
        values = self[name]
        if set(map(type, values)) <= {list, tuple}:
            return list(map(tuple, values))
        return [tuple(v) if isinstance(v, list | tuple) else () for v in values]

    def ids(self, name: str) -> list[str]:
        """A column of ids; what is null is empty."""
        return ["" if v is None else str(v) for v in self[name]]


class _Rows(Source):
    """The columns of rows that are Mappings."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        def column(name: str) -> Values:
            try:
                return list(map(itemgetter(name), rows))
            except KeyError:
                return [row.get(name) for row in rows]

        super().__init__(len(rows), column)
        self._rows = rows

    def at(self, places: Values) -> Source:
        return _Rows([self._rows[i] for i in places])


def source_of(rows: Rows) -> Source:
    """The columns of an answer or of rows."""
    if isinstance(names := getattr(rows, "names", None), tuple):
        place = {name: i for i, name in enumerate(names)}

        def column(name: str) -> Values:
            return list(map(itemgetter(place[name]), rows.values)) if name in place else [None] * n

        n = len(rows)
        return Source(n, column)
    return _Rows(rows)


def each_of(values: Values, made: Callable[[Any], Any]) -> list[Any]:
    """`made` of each value, called once for each distinct one."""
    try:
        found = {value: made(value) for value in set(values)}
    except TypeError:  # a list, where none should be
        return [made(value) for value in values]
    return [found[value] for value in values]


def numbered(ids: list[str]) -> tuple[list[int], list[int]]:
    """The number of each, in order of first appearance, and the places of these."""
    first = dict(zip(reversed(ids), range(len(ids) - 1, -1, -1), strict=True))
    places = sorted(first.values())
    number = {ids[place]: i for i, place in enumerate(places)}
    return [number[i] for i in ids], places
