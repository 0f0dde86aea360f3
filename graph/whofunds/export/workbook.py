"""An XLSX workbook for those who work in a spreadsheet: a sheet for each sort of fact.

A text is always a text: no cell runs as a formula or is turned into a number or a date. A text that
is longer than a cell can hold goes on in the sheet `long texts`, and more rows than a sheet can
hold in a second sheet (`rounds 2`).
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whofunds import schema
from whofunds.export.pages import Read, starting
from whofunds.export.register import Register
from whofunds.projecting import Tell
from whofunds.stores.base import Load, Node, Store

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""What a sheet holds beside its header."""
LONGEST = 16_000
"""Of a cell's 32,767 characters, as some letters and most emoji count as two."""
# From here on a spreadsheet's numbers lose digits.
_EXACT = 10**15
_LONG = "long texts"
_OF_ROUND = ("company", "company_name", "status", "instrument", "stage", "announced")
# Per sheet: what it tells of a node or relationship beside their own properties, and whose.
_SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "companies": (("id", "name"), ("Startup",)),
    "investors": (("id", "name", "kinds"), ("Investor",)),
    "cities": (("id", "name"), ("City",)),
    "rounds": (("id", "name", "company", "company_name", "reports"), ("FundingRound",)),
    "participations": (
        ("investor", "investor_name", "round", *_OF_ROUND),
        ("INVESTED_IN",),
    ),
    "accounts": (("report", "round", "company", "company_name"), ("STATES",)),
    "totals": (("report", "company", "company_name"), ("STATES_TOTAL",)),
    "links": (
        ("type", "of", "source", "source_name", "target", "target_name"),
        ("IS_A", "PART_OF", "ACTS_FOR", "BASED_IN"),
    ),
    "conditions": (("investor", "investor_name", "company", "company_name"), ("SET_CONDITION",)),
    "reports": (("id", "name"), ("Report",)),
    "sources": (tuple(Load.__slots__), ()),
    _LONG: (("sheet", "row", "column", "part", "text"), ()),
}
_SHEET_OF = {of: sheet for sheet, (_, whose) in _SHEETS.items() for of in whose}


def write(
    target: Path, store: Store, read: Read, _tell: Tell | None, most_rows: int = MOST_ROWS
) -> None:
    """Write all that `read` gives, and the store's loads as `sources`."""
    from xlsxwriter import Workbook

    # Found out now, as the library only writes the file when all is read.
    target.open("ab").close()
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with Workbook(str(target), options) as book:
        sheets = {name: _Sheet(book, name, most_rows) for name in _SHEETS}
        with closing(Register(read())) as register:
            for sheet, row in _rows(read, register):
                sheets[sheet].add(row, sheets[_LONG])
        for load in store.loads(gone=True):
            sheets["sources"].add(asdict(load), sheets[_LONG])


class _Sheet:
    """A sheet that is written row by row, and goes on in another when it is full."""

    def __init__(self, book: "Workbook", name: str, most_rows: int) -> None:
        first, whose = _SHEETS[name]
        of = [schema.LABELS.get(w) or schema.TYPES[w] for w in whose]
        self.columns = tuple(dict.fromkeys((*first, *(p for o in of for p in o.properties))))
        self.name, self._book, self._most, self._number = name, book, most_rows, 1
        self._sheet = self._begun(name)

    def _begun(self, name: str) -> "Worksheet":
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True})
        for number, column in enumerate(self.columns):
            sheet.write_string(0, number, column, bold)
        self._row = 0
        return sheet

    def add(self, row: dict[str, Any], long: "_Sheet") -> None:
        """Add a row; what has no value stays empty."""
        if self._row == self._most:
            self._number += 1
            self._sheet = self._begun(f"{self.name} {self._number}")
        self._row += 1
        for number, column in enumerate(self.columns):
            value = row.get(column)
            if isinstance(value, bool):
                self._sheet.write_boolean(self._row, number, value)
            elif isinstance(value, (int, float)) and abs(value) < _EXACT:
                self._sheet.write_number(self._row, number, value)
            elif value is not None:
                text = "; ".join(value) if isinstance(value, list) else str(value)
                self._sheet.write_string(self._row, number, self._cut(text, column, long))

    def _cut(self, text: str, column: str, long: "_Sheet") -> str:
        if len(text) <= LONGEST:
            return text
        place = {"sheet": self._sheet.get_name(), "row": self._row + 1, "column": column}
        for part, start in enumerate(range(0, len(text), LONGEST), 1):
            long.add({**place, "part": part, "text": text[start : start + LONGEST]}, long)
        return f"{text[:LONGEST]} … (whole in the sheet {_LONG!r})"


def _rows(read: Read, register: Register) -> Iterator[tuple[str, dict[str, Any]]]:
    for label, page in read():
        for node, relationships in page:
            edges = [(end.partition(":")[2], values) for end, values in starting(relationships)]
            if label in _SHEET_OF:
                kinds = dict.fromkeys(end for end, values in edges if values["type"] == "IS_A")
                more: dict[str, Any] = {"kinds": list(kinds)} if label == "Investor" else {}
                if label == "FundingRound":
                    more = register.round(node.id) | {"reports": register.reports(node.id)}
                yield _SHEET_OF[label], more | node.properties | {"id": node.id}
            for end, values in edges:
                if values["type"] in _SHEET_OF:
                    ends = _ends(values["type"], label, node, end, register)
                    yield _SHEET_OF[values["type"]], {**values, **ends}


def _ends(type_: str, label: str, node: Node, end: str, register: Register) -> dict[str, Any]:
    """What the sheet of a relationship tells of its ends."""
    name = node.properties.get("name")
    match type_:
        case "INVESTED_IN":
            return {
                **register.round(end), "investor": node.id, "investor_name": name, "round": end
            }  # fmt: skip
        case "STATES":
            found = register.round(end)
            company = {name: found.get(name) for name in ("company", "company_name")}
            return {"report": node.id, "round": end, **company}
        case "STATES_TOTAL" | "SET_CONDITION":
            first = (
                {"report": node.id}
                if type_ == "STATES_TOTAL"
                else {"investor": node.id, "investor_name": name}
            )
            return {**first, "company": end, "company_name": register.name("Startup", end)}
    target = register.name(schema.TYPES[type_].end, end)
    words = {"source": node.id, "source_name": name, "target": end, "target_name": target}
    return {"type": type_.lower().replace("_", "-"), "of": label, **words}
