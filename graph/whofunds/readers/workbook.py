"""Sheets of XLSX, XLS and ODS files as rows. The only user of calamine."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from whofunds.errors import InputError
from whofunds.readers.layout import FIRST, header_of
from whofunds.readers.members import Member, refuse_bomb
from whofunds.readers.reading import log
from whofunds.readers.rows import Record, table_rows
from whofunds.tables import Columns, Row, folded


def workbook_rows(
    member: Member, sheet: str, required: bool, words: Sequence[str]
) -> Iterator[Row]:
    """Rows of a sheet: the one of that name, or the only one that is a table.

    Raises InputError where it isn't there (if `required`), or several could be meant.
    """
    with member.opened() as file:
        data = file.read()
    _sound(member, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found, at = _chosen(member, book, sheet, required, words)
        top = found.start[0] if found.start else 0
        records = _filled(found)
        header = next(r for i, r in enumerate(records) if i == at)
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(f"{member.label}: {error}; save it anew as XLSX, or as CSV") from None
    columns = Columns([_text(v) for v in header])
    log.info(
        "%s: sheet %r, header in line %d, %d columns",
        *(member.label, found.name, top + at + 1, len(columns.names)),
    )

    def numbered() -> Iterator[Record]:
        for line, values in enumerate(records, top + at + 2):
            yield line, [_text(v) for v in values]

    yield from table_rows(columns, numbered(), member.label)


def _sound(member: Member, data: bytes) -> None:
    """Refuse a workbook that would unpack to far more than it is, or than it says."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            packed, unpacked = (
                sum(i.compress_size for i in infos),
                sum(i.file_size for i in infos),
            )
            refuse_bomb(member.label, packed, unpacked)
            if broken := archive.testzip():
                raise InputError(
                    f"{member.label}: its part {broken} is not what it is said to be; get it anew"
                )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise InputError(f"{member.label}: {error}; get it anew") from None


def _chosen(
    member: Member, book: CalamineWorkbook, sheet: str, required: bool, words: Sequence[str]
) -> tuple[CalamineSheet, int]:
    """A sheet, and the number of the record that is its header."""
    names = book.sheet_names
    wanted = [n for n in names if folded(n) == folded(sheet)] if sheet else []
    if required and not wanted:
        raise InputError(f"{member.label} has no sheet {sheet!r}; it has {', '.join(names)}")
    found: list[tuple[CalamineSheet, int]] = []
    wrong: InputError | None = None
    for name in wanted or names:
        opened = book.get_sheet_by_name(name)
        top = _top(opened)
        if not any(any(record) for record in top):
            continue
        try:
            found.append((opened, header_of(f"{member.label}, sheet {name!r}", top, words)))
        except InputError as error:
            wrong = wrong or error
    if not found:
        raise wrong or InputError(f"{member.label}: the workbook is empty; check the file")
    tables = [f for f in found if f[0].height > f[1] + 1 and f[0].width > 1] or found
    if len(tables) > 1:
        held = ", ".join(s.name for s, _ in tables)
        raise InputError(f"{member.label} has the sheets {held}; say which with sheet=")
    return tables[0]


def _top(sheet: CalamineSheet) -> list[list[str]]:
    return [
        [_text(v) for v in values]
        for values, _ in zip(sheet.iter_rows(), range(FIRST), strict=False)
    ]


def _filled(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Records, the value of merged cells in each cell that they cover."""
    top, left = sheet.start or (0, 0)
    covering: dict[int, list[tuple[int, int, int]]] = {}
    for (first, begin), (last, end) in sheet.merged_cell_ranges or ():
        for line in range(first - top, last - top + 1):
            covering.setdefault(line, []).append((first - top, begin - left, end - left))
    held: dict[tuple[int, int], Any] = {}
    for line, values in enumerate(sheet.iter_rows()):
        for first, begin, end in covering.get(line, ()):
            if line == first:
                held[first, begin] = values[begin]
            values[begin : end + 1] = [held[first, begin]] * (end + 1 - begin)
        yield values


def _text(value: object) -> str:
    """A cell as text: dates as ISO, whole numbers without a fraction."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value) if isinstance(value, (int, timedelta)) else ""
