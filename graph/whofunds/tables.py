"""Tables as loaders read them: rows whose cells know where they stand."""

import builtins
from collections.abc import Iterator, Mapping, Sequence


class Cell(str):
    """A cell's text, with the place it came from; `fault` says why it can't be used."""

    __slots__ = ("_place",)
    _place: tuple[str, int, str, str]

    def __new__(cls, text: str, file: str, line: int, column: str, fault: str = "") -> "Cell":
        cell = super().__new__(cls, text)
        cell._place = (file, line, column, fault)
        return cell

    def put(self, text: str) -> "Cell":
        """Another text in this cell's place, so that a reject can name it."""
        return Cell(text, *self._place)

    @property
    def file(self) -> str:
        """The name of the file."""
        return self._place[0]

    @property
    def line(self) -> int:
        """The line, or the number of the item, in the file."""
        return self._place[1]

    @property
    def column(self) -> str:
        """The column as the file's header has it."""
        return self._place[2]

    @property
    def fault(self) -> str:
        """Why it can't be used; empty where it can."""
        return self._place[3]

    def __iter__(self) -> Iterator[str]:
        """The characters; of a cell that can't be used the cell, so that no loop passes it over."""
        return iter((self,)) if self.fault else super().__iter__()

    def __reduce__(self) -> tuple[type["Cell"], tuple[str, str, int, str, str]]:
        return Cell, (str(self), *self._place)


class Columns(dict[str, int]):
    """Where each column stands in a row, by its name in any case and spacing; else -1.

    Of columns that share a name the second is "Name (2)".
    """

    def __init__(self, header: Sequence[str]) -> None:
        self.names: list[str] = []
        self._folded: dict[str, int] = {}
        for at, printed in enumerate(header):
            name, times = " ".join(printed.split()), 1
            while folded(numbered := f"{name} ({times})" if times > 1 else name) in self._folded:
                times += 1
            self.names.append(numbered)
            self._folded[folded(numbered)] = at
        super().__init__({name: at for at, name in enumerate(self.names)})

    def __missing__(self, column: str) -> int:
        at = self._folded.get(folded(column), -1)
        self[column] = at
        return at


def folded(name: str) -> str:
    """A column's name as it is compared."""
    return "".join(name.casefold().split())


class Row(Mapping[str, str]):
    """A row by column name, in any case and spacing. A missing column's cell is rejected on use.

    `fault` says why the row can't be used; empty where it can.
    """

    __slots__ = ("cells", "columns", "fault", "file", "line")

    def __init__(
        self, columns: Columns, values: Sequence[str], file: str, line: int, fault: str = ""
    ) -> None:
        self.columns, self.cells = columns, values
        self.file, self.line, self.fault = file, line, fault

    def __getitem__(self, column: str) -> Cell:
        at = self.columns[column]
        if 0 <= at < len(self.cells):
            name = self.columns.names[at]
            return Cell(self.cells[at], self.file, self.line, name, self.fault)
        return Cell("", self.file, self.line, column, self.fault or "the column is missing")

    def get(self, column: str, default: str = "") -> str:  # type: ignore[override]
        """The cell, or `default` where the table has no such column."""
        found = column in self
        return self[column] if found else default

    def first(self, *columns: str) -> Cell:
        """The cell of the first of these columns that there is; an empty one where none is."""
        found = next((self[c] for c in columns if c in self), None)
        return Cell("", self.file, self.line, columns[0]) if found is None else found

    def list(self, column: str, separator: str = "|") -> tuple[Cell, ...]:
        """A cell that holds a list, split; empty parts are left out."""
        cell = self[column]
        parts = cell.split(separator) if not cell.fault else [str(cell)]
        return tuple(cell.put(p) for p in parts if p.strip() or cell.fault)

    def rows(self, column: str) -> "tuple[Row, ...]":
        """The objects of a list, as rows; a table's cells hold none, so a row that is rejected."""
        fault = self[column].fault or "a table's cell holds no rows"
        return (Row(self.columns, (), self.file, self.line, fault),)

    def __contains__(self, column: object) -> bool:
        return isinstance(column, str) and 0 <= self.columns[column] < len(self.cells)

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.names[: len(self.cells)])

    def __len__(self) -> int:
        return min(len(self.cells), len(self.columns.names))


class Item(Row):
    """An object of a JSON file as a row. `row["item.label"]` follows dots; an exact key is first.

    Numbers are cells with their text, true and false are words, null is empty.
    """

    __slots__ = ("object",)

    def __init__(self, object_: object, file: str, line: int, fault: str = "") -> None:
        super().__init__(_NONE, (), file, line, fault)
        self.object = object_
        if not fault and not isinstance(object_, dict):
            self.fault = "not an object with named values"

    def __getitem__(self, column: str) -> Cell:
        value = self._find(column)
        text, fault = "", self.fault
        if not fault and value is _ABSENT:
            fault = "there is no such key"
        elif not fault and isinstance(value, (dict, list)):
            way = ("an object", "rows") if isinstance(value, dict) else ("a list", "list")
            fault = f"{way[0]}, not one value; read it with row.{way[1]}({column!r})"
        elif value is not _ABSENT and not fault:
            text = _text(value)
        return Cell(text, self.file, self.line, column, fault)

    def list(self, column: str, separator: str = "|") -> tuple[Cell, ...]:
        """The values of a list, or the parts of a text; none where the key is absent."""
        value = self._find(column)
        if self.fault or isinstance(value, dict):
            return (self[column],)
        if value is _ABSENT or value is None:
            return ()
        if not isinstance(value, builtins.list):
            return super().list(column, separator)
        fault = "an object or a list where a value is expected"
        cells = (
            Cell("", self.file, self.line, column, fault)
            if isinstance(part, (dict, builtins.list))
            else Cell(_text(part), self.file, self.line, column)
            for part in value
        )
        return tuple(cell for cell in cells if cell.strip() or cell.fault)

    def rows(self, column: str) -> tuple[Row, ...]:
        """The objects of a list, or a single one, as rows; none where the key is absent."""
        value = self._find(column)
        if self.fault:
            return (Item({}, self.file, self.line, self.fault),)
        if value is _ABSENT or value is None:
            return ()
        objects = value if isinstance(value, builtins.list) else [value]
        return tuple(Item(one, self.file, self.line) for one in objects)

    def _find(self, column: str) -> object:
        value = self.object
        if isinstance(value, dict) and column in value:
            return value[column]
        for part in column.split("."):
            if not isinstance(value, dict) or part not in value:
                return _ABSENT
            value = value[part]
        return value

    def __contains__(self, column: object) -> bool:
        return isinstance(column, str) and self._find(column) is not _ABSENT

    def __iter__(self) -> Iterator[str]:
        return iter(self.object if isinstance(self.object, dict) else ())

    def __len__(self) -> int:
        return len(self.object) if isinstance(self.object, dict) else 0


_NONE = Columns(())
_ABSENT = object()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
