"""Spans of days: what is known of a date, with its precision."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "quarter", "half", "year"]

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of a date: the first and last day that it can be, both included."""

    first: date
    last: date
    precision: Precision

    def __str__(self) -> str:
        """As people write it: 2024, 2024-05, 2024-05-31, else its first and last month."""
        first, last = self.first.isoformat(), self.last.isoformat()
        if self.precision == "day":
            return first
        if (first[4:], last[4:]) == ("-01-01", "-12-31"):
            return first[:4]
        return first[:7] if first[:7] == last[:7] else f"{first[:7]}..{last[:7]}"


def _checked(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is outside {FIRST_YEAR}-{LAST_YEAR}")
    return year


def of_day(year: int, month: int, day: int) -> Span:
    """A day; ValueError where it doesn't exist."""
    try:
        found = date(_checked(year), month, day)
    except ValueError as error:
        if "outside" in str(error):
            raise
        raise ValueError(f"no such day: {year}-{month}-{day}") from None
    return Span(found, found, "day")


def of_months(year: int, first: int, last: int, precision: Precision, last_year: int = 0) -> Span:
    """From a month to another, both included."""
    end = last_year or year
    for month in (first, last):
        if not 1 <= month <= 12:
            raise ValueError(f"no such month: {month}")
    if (_checked(year), first) > (_checked(end), last):
        raise ValueError("the range runs backwards")
    last_day = calendar.monthrange(end, last)[1]
    return Span(date(year, first, 1), date(end, last, last_day), precision)


def of_month(year: int, month: int) -> Span:
    return of_months(year, month, month, "month")


def of_part(year: int, part: int, parts: int) -> Span:
    """The part-th of 4 quarters, 3 thirds (precision year) or 2 halves."""
    if not 1 <= part <= parts:
        raise ValueError(f"no such part of a year: {part} of {parts}")
    months = 12 // parts
    precision: Precision = "quarter" if parts == 4 else "half" if parts == 2 else "year"
    return of_months(year, months * (part - 1) + 1, months * part, precision)


def of_year(year: int) -> Span:
    return of_months(year, 1, 12, "year")
