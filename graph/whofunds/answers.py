"""What a question gives back: rows with what they mean, and how fresh the facts are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whofunds.catalog import Column
from whofunds.stores.base import Load


@dataclass(frozen=True)
class Answer:
    """Rows of a query: iterates as dicts; `facts_as_of` is the newest report's date.

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

    def __getitem__(self, index: int) -> dict[str, Any]:
        return dict(zip(self.names, self.values[index], strict=True))

    def __str__(self) -> str:
        from whofunds.output import table

        return table(self)


@dataclass(frozen=True)
class Status:
    """What a store is and holds; `counts` are of graph and records, `unfinished` of units."""

    address: str
    held: dict[str, Any]
    records: dict[str, int]
    loads: list[Load]
    unfinished: int
