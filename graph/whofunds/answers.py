"""What a question gives back: rows with what they mean, and how fresh the facts are."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, overload

from whofunds.catalog import Column
from whofunds.errors import UsageError
from whofunds.stores.base import Load


@dataclass(frozen=True, repr=False)
class Answer:
    """Rows of a query: iterates as dicts, prints as a table, shows as HTML in a notebook.

    `answer[0]` is a row, `answer[:5]` an answer of the first five.

    `facts_as_of` is the newest report's date.

    `currency` is the one that sums were converted to, where the query converts.
    `cut` says that a row limit left some out, `unfinished` that a load was not finished, so that
    parts of the graph are missing or old. `known_by` is the day by whose reports alone it answers,
    and `left_out` then counts what was left out, as its report has no date. `note` is what else is
    to be said of all rows.
    """

    title: str
    columns: tuple[Column, ...]
    values: list[tuple[Any, ...]]
    facts_as_of: str
    cut: bool = False
    unfinished: bool = False
    currency: str = ""
    known_by: str = ""
    left_out: int = 0
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(c.name for c in self.columns)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.names, row, strict=True)) for row in self.values)

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> "Answer": ...

    def __getitem__(self, index: int | slice) -> "dict[str, Any] | Answer":
        if isinstance(index, slice):
            return replace(self, values=self.values[index])
        return dict(zip(self.names, self.values[index], strict=True))

    def __str__(self) -> str:
        from whofunds.output import table

        return table(self)

    def __repr__(self) -> str:
        rows = "1 row" if len(self) == 1 else f"{len(self):,} rows"
        return f"<Answer {self.title!r}: {rows}, facts as of {self.facts_as_of or 'unknown'}>"

    def _repr_html_(self) -> str:
        from whofunds.markup import notebook

        return notebook(self)

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame: dates as ISO texts, what is empty as missing.

        Raises UsageError where pandas is not installed.
        """
        frame = _library("pandas").DataFrame(self._plain(), columns=list(self.names))
        return frame.convert_dtypes()

    def to_polars(self) -> Any:
        """The rows as a polars DataFrame, as `to_pandas` has them.

        Raises UsageError where polars is not installed.
        """
        polars = _library("polars")
        rows = self._plain()
        return polars.DataFrame(
            {name: [row[i] for row in rows] for i, name in enumerate(self.names)}, strict=False
        )

    def _plain(self) -> list[list[Any]]:
        from whofunds.output import plain

        return [[plain(value) for value in row] for row in self.values]


@dataclass(frozen=True)
class Status:
    """What a store is and holds; `counts` are of graph and records, `unfinished` of units."""

    address: str
    held: dict[str, Any]
    records: dict[str, int]
    loads: list[Load]
    unfinished: int


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(
            f"{name} is not installed here; run: pip install {name}, then ask again"
        ) from None
