"""Text to dates: a first version, ISO dates only; the rest follows."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "quarter", "half", "year"]


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of a date: the first and last day that it can be."""

    first: date
    last: date
    precision: Precision


def parse_date(text: str, order: Literal["dmy", "mdy"] | None = None) -> Span:
    """Read a date; ValueError says why it can't be read."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text.strip())
    if not match:
        raise ValueError("not a date")
    year, month, day = (int(g) if g else None for g in match.groups())
    assert year
    if day and month:
        d = date(year, month, day)
        return Span(d, d, "day")
    if month:
        last = calendar.monthrange(year, month)[1]
        return Span(date(year, month, 1), date(year, month, last), "month")
    return Span(date(year, 1, 1), date(year, 12, 31), "year")
