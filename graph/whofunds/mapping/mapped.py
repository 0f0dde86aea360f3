"""A row of a table by what its columns are."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from whofunds.cells import (
    cell_country,
    cell_date,
    cell_leads,
    cell_money,
    cell_names,
    faulty,
    is_nobody,
)
from whofunds.dates import Order, Span
from whofunds.hints import currency_of, scaled
from whofunds.mapping.words import cell_stage, cell_status
from whofunds.money import Money
from whofunds.numerals import plain
from whofunds.tables import Cell, Row

if TYPE_CHECKING:
    from whofunds.mapping.maps import Column, Map

TINY = 1_000
"""A round, a valuation or a total of less is a figure whose unit wasn't written."""
_FLAGS = {
    **dict.fromkeys(("", "false", "f", "no", "n", "0", "否", "non", "nein"), False),
    **dict.fromkeys(("true", "t", "yes", "y", "1", "是", "oui", "ja", "lead", "x"), True),
}


class Mapped:
    """A row by role: each cell as what its column is.

    A role that no column has is empty, and so is a cell that says nothing ("n/a", "undisclosed").
    """

    def __init__(self, map_: "Map", row: Row) -> None:
        self._map, self._row = map_, row
        self._seen: dict[str, tuple[Column, Cell]] = {}

    def __getitem__(self, role: str) -> Cell:
        return self._found(role)[1]

    @property
    def file(self) -> str:
        """The file in which the row stands."""
        return self._row.file

    @property
    def fault(self) -> str:
        """Why the row can't be used; empty where it can."""
        return self._row.fault

    def country(self, role: str = "country") -> Cell:
        """The country's code, or what is printed where that names no country we know."""
        return cell_country(self[role])

    def date(self, role: str = "date") -> Span | Cell | None:
        """The date, None where there is none."""
        column, cell = self._found(role)
        return cell_date(cell, cast(Order, column.order) or None)

    def money(self, role: str = "amount") -> Money | Cell | None:
        """The sum, None where it isn't disclosed."""
        column, cell = self._found(role)
        if not cell.strip() and not cell.fault:
            return None
        if column.zero == "undisclosed" and not cell.strip(" 0.,$€£¥-"):
            return None
        currency = self._currency(role, column)
        if isinstance(currency, Cell):
            return currency
        money = cell_money(cell, currency, column.unit, column.decimal)
        if isinstance(money, Cell) or column.unit or role == "cheque" or scaled(plain(cell)):
            return money
        largest = max(money.min or 0, money.max or 0)
        if 0 < largest < TINY:
            reason = f"{largest:,} in whole units is too small; write its unit in the cell"
            return faulty(cell, reason)
        return money

    def names(self, role: str) -> tuple[Cell, ...]:
        """The names in the cells of a role."""
        return self._each(role, cell_names)

    def leads(self) -> tuple[Cell, ...]:
        """The names of who led, from their own column or marked among the investors."""
        return (*self.names("lead_investors"), *self._each("investors", cell_leads))

    def _each(self, role: str, read: Callable[..., tuple[Cell, ...]]) -> tuple[Cell, ...]:
        found: dict[str, Cell] = {}
        for column in self._map.of(role):
            for name in read(self._row[column.header], column.separator):
                found.setdefault(name, name)
        return tuple(found.values())

    def led(self) -> bool | Cell:
        """Whether the cell says that the investor led."""
        cell = self["lead"]
        word = cell.strip().lower()
        if cell.fault or word in _FLAGS:
            return cell if cell.fault else _FLAGS[word]
        return faulty(cell, "neither yes nor no")

    def basis(self) -> str:
        """Of the valuation: post, pre, or empty."""
        return self._found("valuation")[0].basis

    def stage(self) -> dict[str, Cell | str]:
        """Stage, instrument and listing of the round, as far as its column says them."""
        return cell_stage(self["stage"])

    def status(self, stage: str = "") -> Cell | str:
        """The round's status, which words of its stage tell where no column does."""
        return cell_status(self["status"], stage)

    def _found(self, role: str) -> "tuple[Column, Cell]":
        if role not in self._seen:
            self._seen[role] = self._find(role)
        return self._seen[role]

    def _find(self, role: str) -> "tuple[Column, Cell]":
        empty = self._map.nothing, Cell("", self._row.file, self._row.line, role)
        for column in self._map.of(role):
            cell = self._row[column.header]
            if cell.fault or not is_nobody(cell):
                return column, cell
        return empty

    def _currency(self, role: str, column: "Column") -> str | Cell:
        """The currency of a column of the table, else the one that the map states."""
        roles = ("valuation_currency", "currency") if role == "valuation" else ("currency",)
        for cell in (self[r] for r in roles if not column.currency and self._map.of(r)):
            if cell.strip() or cell.fault:
                try:
                    return cell if cell.fault else currency_of(cell)
                except ValueError as error:
                    return faulty(cell, str(error))
        return column.currency
