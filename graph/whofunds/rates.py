"""Exchange rates: the European Central Bank's euro reference rates (CurrencyConverter's copy).

A day takes that day's rate, else the last one published within seven days before; a longer span
takes the mean of the days in it. What has no rate is None, never a guess.
"""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from whofunds.dates import Span

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

SOURCE = "ECB euro reference rates"
LATE = 7


def rate(currency: str, to: str, span: Span) -> tuple[float, date] | None:
    """How many `to` a unit of `currency` was worth, and the day (the last of a mean's days)."""
    if currency == to:
        return 1.0, span.first
    if span.precision == "day":
        return _day(currency, to, span.first)
    return _mean(currency, to, span.first, span.last)


@cache
def _day(currency: str, to: str, day: date) -> tuple[float, date] | None:
    for back in range(LATE + 1):
        if (found := _published(currency, to, day - timedelta(days=back))) is not None:
            return found, day - timedelta(days=back)
    return None


@cache
def _mean(currency: str, to: str, first: date, last: date) -> tuple[float, date] | None:
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    found = [(value, day) for day in days if (value := _published(currency, to, day)) is not None]
    return (sum(v for v, _ in found) / len(found), found[-1][1]) if found else None


@cache
def _published(currency: str, to: str, day: date) -> float | None:
    from currency_converter import RateNotFoundError

    try:
        return float(_converter().convert(1, currency, to, date=day))
    except (RateNotFoundError, ValueError):
        return None


@cache
def _converter() -> "CurrencyConverter":
    from currency_converter import CurrencyConverter

    return CurrencyConverter()
