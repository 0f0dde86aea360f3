"""Tables as loaders read them: rows whose cells know where they stand."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

_LONGEST_CELL = 16 * 1024 * 1024


class Cell(str):
    """A cell's text, with the place it came from; `fault` says why it can't be used."""

    file: str
    line: int
    column: str
    fault: str

    def __new__(cls, text: str, file: str, line: int, column: str, fault: str = "") -> "Cell":
        cell = super().__new__(cls, text)
        cell.file, cell.line, cell.column, cell.fault = file, line, column, fault
        return cell


class Row(Mapping[str, str]):
    """A row by column name. A column that the table lacks gives a cell that is rejected on use."""

    __slots__ = ("_cells", "_fault", "file", "line")

    def __init__(self, cells: dict[str, str], file: str, line: int, fault: str = "") -> None:
        self._cells, self.file, self.line, self._fault = cells, file, line, fault

    def __getitem__(self, column: str) -> Cell:
        if column in self._cells:
            return Cell(self._cells[column], self.file, self.line, column, self._fault)
        return Cell("", self.file, self.line, column, self._fault or "the column is missing")

    def get(self, column: str, default: str = "") -> str:  # type: ignore[override]
        """The cell, or `default` where the table has no such column."""
        return self[column] if column in self._cells else default

    def list(self, column: str, separator: str = "|") -> tuple[Cell, ...]:
        """A cell that holds a list, split; empty parts are left out."""
        cell = self[column]
        parts = cell.split(separator) if not cell.fault else [str(cell)]
        return tuple(
            Cell(p, self.file, self.line, column, cell.fault)
            for p in parts
            if p.strip() or cell.fault
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def read_csv(path: str | Path) -> Iterator[Row]:
    """Rows of a UTF-8 CSV file with a header line, one at a time.

    What is damaged (an empty file, a row of the wrong length, bytes that are not UTF-8) comes as a
    row whose cells are rejected on use, so that the rest is read.
    """
    path = Path(path)
    name = path.name
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, None)
            if not header:
                yield Row({}, name, 1, "the file is empty")
                return
            if twice := next((c for c in header if header.count(c) > 1), None):
                yield Row({}, name, 1, f"two columns are called {twice!r}")
                return
            try:
                for values in reader:
                    if not values:
                        continue
                    fault = ""
                    if len(values) != len(header):
                        fault = f"{len(values)} cells where the header has {len(header)}"
                    yield Row(dict(zip(header, values, strict=False)), name, reader.line_num, fault)
            except csv.Error as error:
                yield Row(dict.fromkeys(header, ""), name, reader.line_num, f"not CSV: {error}")
    finally:
        csv.field_size_limit(limit)
