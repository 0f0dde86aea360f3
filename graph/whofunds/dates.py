"""Text to dates: the first and last day of what is known, or the reason why a text is no date.

Nothing is guessed: what can be read in two ways is an error, unless `order` says how the column
writes its dates.
"""

import re
from typing import Literal

from whofunds.spans import Precision, Span, of_day, of_month, of_year

__all__ = ["Order", "Precision", "Span", "parse_date"]

Order = Literal["dmy", "mdy"]

_LONGEST = 100
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_date(text: str, order: Order | None = None) -> Span:
    """Read a date in English, Chinese, French or German; ValueError says why it can't be read.

    `order` is a statement about the column: how dates are written that have no year in front.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        if day:
            return of_day(int(year), int(month), int(day))
        return of_month(int(year), int(month)) if month else of_year(int(year))
    if len(text) > _LONGEST:
        raise ValueError("a long text, not a date")
    from whofunds import calendars

    return calendars.read(text, order)
