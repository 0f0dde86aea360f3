"""Tables of any form as rows."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from whofunds.errors import InputError
from whofunds.readers.encodings import HEAD, begin, encoding_of
from whofunds.readers.layout import DELIMITERS, layout_of
from whofunds.readers.members import BREAKS, TABLES, Member, absent, named
from whofunds.readers.reading import broke_off, log
from whofunds.tables import Columns, Row

LONGEST_CELL = 16 * 1024 * 1024
_NOTES = 20
_TOTAL = re.compile(
    r"(?:grand ?)?totals?|sum|summe|gesamt(?:summe)?|总计|合计|共计|總計|合計", re.IGNORECASE
)
_SUBTOTAL = re.compile(r"sub-? ?totals?|zwischensumme|sous-total|小计|小計", re.IGNORECASE)
_COUNT = re.compile(r"\s*(?:[(（][^()（）]*[0-9][^()（）]*[)）])?\s*[:：]?\s*$")
_JSON = re.compile(r'\s*(?:\[\s*)?\{\s*"')
_END = "\ufdd0"
"""A line after the last (no character of any text), that stands alone unless a quote is open."""
Record = tuple[int, Sequence[str]]
"""The line in which a record begins, and its cells."""


def read_table(
    path: str | Path,
    name: str = "",
    *,
    encoding: str = "",
    delimiter: str = "",
    header: Sequence[str] = (),
    sheet: str = "",
    optional: bool = False,
) -> Iterator[Row]:
    """Rows of a CSV, TSV or XLSX file (also XLS, ODS, .gz), one at a time.

    `path` may be a folder or a ZIP: `name` picks its member, whatever the folder, ending and case;
    of several (quarterly sets) all are read in order. Encoding, delimiter and header line are found
    and logged, unless they are given: `header` names columns that the header line must have.
    `optional`: no rows where nothing bears the name, instead of InputError.

    What is damaged comes as a row whose cells are rejected on use, so that the rest is read. Raises
    InputError where the file can't be opened, or is laid out in two ways that both make sense.
    """
    path = Path(path)
    found = named(path, name, TABLES)
    if not found and not optional:
        raise InputError(absent(path, name, TABLES))
    if not found:
        log.info("%s: nothing is called %r", path.name, name)
    for member in found:
        if _is_workbook(member):
            from whofunds.readers.workbook import workbook_rows

            yield from workbook_rows(member, sheet or name, bool(sheet), header)
        else:
            yield from _delimited(member, encoding, delimiter, header)


def read_csv(path: str | Path) -> Iterator[Row]:
    """Rows of a UTF-8 CSV file with a header in its first line, one at a time; nothing is guessed.

    What is damaged (an empty file, a row of the wrong length, bytes that are not UTF-8) comes as a
    row whose cells are rejected on use, so that the rest is read.
    """
    path = Path(path)
    yield from _parsed(Member(path, "", 0), "utf-8-sig", ",", 0, strict=True)


def _is_workbook(member: Member) -> bool:
    return begin(member).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _delimited(
    member: Member, encoding: str, delimiter: str, header: Sequence[str]
) -> Iterator[Row]:
    try:
        encoding, head = encoding_of(member, encoding)
    except BREAKS as error:
        fault = broke_off(member.label, 1, error)
        yield Row(Columns(()), (), member.label, 1, fault)
        return
    if _JSON.match(head):
        raise InputError(
            f"{member.label} is JSON, not a table; read it with read_json in a loader of your own, "
            "or save it as CSV"
        )
    layout = layout_of(member.label, head, len(head) < HEAD // 4, delimiter, header)
    yield from _parsed(member, encoding, layout.delimiter, layout.header)


def _parsed(
    member: Member, encoding: str, delimiter: str, above: int, *, strict: bool = False
) -> Iterator[Row]:
    csv.field_size_limit(max(LONGEST_CELL, csv.field_size_limit()))
    label, line = member.label, 1
    columns = Columns(())
    with member.opened() as raw:
        text = io.TextIOWrapper(raw, encoding, "surrogateescape", newline="")
        reader = csv.reader(_lines(text), delimiter=delimiter)
        try:
            first = next(islice(reader, above, None), None)
            if not first or first == [_END]:
                yield Row(columns, (), label, 1, "the file is empty")
                return
            columns, line = Columns(first), reader.line_num
            twice = next((c for c in first if first.count(c) > 1), None)
            if strict and twice is not None:
                yield Row(columns, (), label, 1, f"two columns are called {twice!r}")
                return
            if not strict:
                log.info(
                    "%s: %s, %s, header in line %d, %d columns",
                    *(label, encoding, DELIMITERS.get(delimiter, delimiter), line),
                    len(columns.names),
                )

            def numbered() -> Iterator[Record]:
                nonlocal line
                for values in reader:
                    if values and values[-1].endswith(_END):
                        if values != [_END]:
                            raise csv.Error("a quote that opens here is never closed")
                        return
                    yield line + 1, values
                    line = reader.line_num

            yield from table_rows(columns, numbered(), label, lambda: reader.line_num)
        except (csv.Error, *BREAKS) as error:
            reason = f"not CSV: {error}" if isinstance(error, csv.Error) else error
            fault = broke_off(label, line + 1, reason)
            yield Row(columns, [""] * len(columns.names), label, line + 1, fault)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines, none longer than a cell may be."""
    for line in iter(partial(text.readline, LONGEST_CELL), ""):
        if len(line) == LONGEST_CELL:
            raise csv.Error(f"a line of more than {LONGEST_CELL:,} characters")
        yield line
    yield _END


def table_rows(
    columns: Columns,
    records: Iterable[Record],
    label: str,
    last: Callable[[], int] | None = None,
) -> Iterator[Row]:
    """Rows of records; blank ones are left out, and a last one that only sums up is no row.

    Below the last may stand notes, of one cell each, which are none either.
    """
    width = len(columns.names)
    held: list[Row] = []
    for line, values in records:
        if not any(values):
            continue
        note = 0 < len(held) < _NOTES and not any(v.strip() for v in values[1:])
        if not note:
            yield from held
            held = []
        fault = ""
        if len(values) != width and (len(values) < width or any(values[width:])):
            fault = f"{len(values)} cells where the header has {width}"
            if last and last() > line:
                fault += f"; it runs to line {last()}, so a quote may not be closed"
        row = Row(columns, values, label, line, fault)
        if note or _sums_up(values, _TOTAL):
            held.append(row)
            continue
        if _sums_up(values, _SUBTOTAL):
            row.fault = "a total of the rows above, not a row of its own"
        yield row
    for n, row in enumerate(held):
        row.fault = (
            "a note below the table" if n else "a total of the rows above, not a row of its own"
        )
        yield row


def _sums_up(values: Sequence[str], words: re.Pattern[str]) -> bool:
    begins = words.match(values[0].strip()) if len(values[0]) <= 40 else None
    if not begins or not _COUNT.match(values[0].strip(), begins.end()):
        return False
    return all(not v.strip() or any(c.isdigit() for c in v) for v in values[1:])
