"""How a delimited text is laid out: its delimiter, and in which record its header stands."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from whofunds.errors import InputError
from whofunds.tables import folded

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}
FIRST = 100
_FIGURE = re.compile(r"[-+$€£¥]?\s?\d[\d.,/:\s-]*%?")


@dataclass(frozen=True)
class Layout:
    """`header` is the number of records above the header."""

    delimiter: str
    header: int


def layout_of(label: str, text: str, whole: bool, delimiter: str, words: Sequence[str]) -> Layout:
    """The layout of a text of which this is the beginning, or the `whole`.

    Raises InputError where two delimiters fit, or no line is a header.
    """
    if delimiter:
        return Layout(delimiter, header_of(label, records(text, delimiter, whole), words))
    found: list[tuple[float, int, int, str]] = []
    wrong: InputError | None = None
    for sign in DELIMITERS:
        table = [r for r in records(text, sign, whole) if any(r)]
        width, share = _width(table)
        if width < 2 or share < 0.5:
            continue
        try:
            at = header_of(label, records(text, sign, whole), words)
        except InputError as error:
            wrong = wrong or error
            continue
        found.append((-round(share, 1), at, -width, sign))
    if not found:
        if wrong:
            raise wrong
        return Layout(",", header_of(label, records(text, ",", whole), words))
    found.sort()
    if len(found) > 1 and found[0][:2] == found[1][:2] and found[0][0] == -1:
        one, other = (DELIMITERS[f[3]] for f in found[:2])
        raise InputError(f"{label}: {one} or {other} may part its cells; say which with delimiter=")
    return Layout(found[0][3], found[0][1])


def records(text: str, delimiter: str, whole: bool) -> list[list[str]]:
    """The first records of a text, blank ones included."""
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            found.append(record)
            if len(found) == FIRST:
                return found
    except csv.Error:
        return found
    return found if whole else found[:-1] or found


def header_of(label: str, table: Sequence[Sequence[str]], words: Sequence[str]) -> int:
    """The number of the header's record: the one with all of some words, else the first full one.

    Raises InputError where it lacks the words, or holds figures where names should stand.
    """
    if words:
        wanted = {folded(w) for w in words}
        for at, record in enumerate(table):
            if wanted <= {folded(c) for c in record}:
                return at
        first = next((r for r in table if any(r)), [])
        raise InputError(
            f"{label}: no line of the first {FIRST} has the columns {', '.join(words)}; "
            f"the first has {', '.join(c for c in first if c)[:200] or 'nothing'}; check the file"
        )
    width, _ = _width([r for r in table if any(r)])
    for at, record in enumerate(table):
        filled = [c.strip() for c in record if c.strip()]
        if filled and len(filled) >= 0.6 * width:
            if len(filled) > 1 and (figure := next(filter(_FIGURE.fullmatch, filled), "")):
                raise InputError(
                    f"{label}: record {at + 1} should be the header, but holds {figure!r}; "
                    "name some of the header's columns with header="
                )
            return at
    return next((at for at, record in enumerate(table) if any(record)), 0)


def _width(table: Sequence[Sequence[str]]) -> tuple[int, float]:
    """The commonest number of cells, and the share of records that have it."""
    if not table:
        return 0, 0.0
    width, times = max(Counter(map(len, table)).items(), key=lambda found: (found[1], found[0]))
    return width, times / len(table)
