"""What a text becomes as a sum or a date: a line for whoever writes a loader."""

from typing import Any, Literal

from whofunds.dates import parse_date
from whofunds.money import Money, parse_money


def money_line(text: str) -> dict[str, Any]:
    """`text` with min, max, currency, qualifier, and the reason where it can't be read."""
    try:
        found, error = parse_money(text), None
    except ValueError as failure:
        found, error = Money(None, None, None, "", "undisclosed", text), str(failure)
    return {
        "text": text,
        "min": found.min,
        "max": found.max,
        "currency": found.currency or None,
        "qualifier": None if error else found.qualifier,
        "error": error,
    }


def date_line(text: str, order: Literal["dmy", "mdy"] | None = None) -> dict[str, Any]:
    """`text` with first and last day (ISO), precision, and the reason where it can't be read."""
    try:
        found, error = parse_date(text, order), None
    except ValueError as failure:
        found, error = None, str(failure)
    return {
        "text": text,
        "first": found.first.isoformat() if found else None,
        "last": found.last.isoformat() if found else None,
        "precision": found.precision if found else None,
        "error": error,
    }
