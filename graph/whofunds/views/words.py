"""Bounds and dates in words, and texts made fit to be shown."""

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

LANGUAGES = ("en", "fr", "zh")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_UNITS = ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))
_LONGEST = 200
_LONGEST_ADDRESS = 2000
# Lone surrogates can't be written as UTF-8; control characters and directional overrides would
# let a name redraw the text around it.
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)


def clean(value: object) -> str:
    """A text as a page may show it: one line, at most 200 characters; null is empty."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    text = str(value)
    if not (text.isascii() and text.isprintable()):
        text = _CONTROLS.sub(" ", _OVERRIDES.sub("", _SURROGATES.sub("\ufffd", text)))
    text = text.strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def address(value: object) -> str:
    """An http(s) address, or empty."""
    text = str(value or "")
    if len(text) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        return ""
    return _SURROGATES.sub("", text)


def number(value: object) -> float | int | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else value


def _figure(value: float) -> str:
    for unit, name in _UNITS:
        if value >= unit:
            return f"{value / unit:.2f}".rstrip("0").rstrip(".") + name
    return f"{value:g}"


def money(low: object, high: object, stated: object, qualifier: object, currency: object) -> str:
    """A sum's bounds in words: "over $1bn", "CNY 200m to under 1bn", "undisclosed"."""
    low, high, stated = number(low), number(high), number(stated)
    code = clean(currency)
    if low is None and high is None:
        return f"about {_sum(stated, code)}" if stated is not None else "undisclosed"
    if high is None:
        return f"over {_sum(low, code)}"
    if low is None:
        return f"up to {_sum(high, code)}"
    if low == high:
        return ("about " if qualifier == "about" else "") + _sum(low, code)
    # An upper end of 999,999,999 is "under 1bn" said in whole units.
    under = high % 10 == 9 and (high + 1) % 1000 == 0
    top = f"under {_figure(high + 1)}" if under else _figure(high)
    ends = f"{_sum(low, code, bare=True)} to {top}"
    return ends if code else f"{ends} (currency not stated)"


def _sum(value: float | None, code: str, *, bare: bool = False) -> str:
    figure = _figure(value or 0)
    if code:
        return f"{_SIGNS[code]}{figure}" if code in _SIGNS else f"{code} {figure}"
    return figure if bare else f"{figure} (currency not stated)"


def when(first: object, last: object, precision: object) -> str:
    """An interval of days by its precision: "5 Oct 2023", "Oct 2023", "Q3 2023", "2023"."""
    start, end = _day(first), _day(last)
    if start is None or end is None:
        return "date unknown"
    match precision:
        case "day" if start == end:
            return f"{start.day} {start:%b %Y}"
        case "month" if (start.year, start.month) == (end.year, end.month):
            return f"{start:%b %Y}"
        case "quarter" if _same_year(start, end) and end.month - start.month == 2:
            return f"Q{end.month // 3} {start.year}"
        case "half" if _same_year(start, end) and end.month - start.month == 5:
            return f"H{end.month // 6} {start.year}"
        case "year" if _same_year(start, end) and (start.month, end.month) == (1, 12):
            return str(start.year)
    if _same_year(start, end):
        return f"{start:%b}–{end:%b %Y}" if start.month != end.month else f"{start:%b %Y}"
    return f"{start:%b %Y}–{end:%b %Y}"


def _same_year(start: date, end: date) -> bool:
    return start.year == end.year


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def iso(value: object) -> str | None:
    """A day as YYYY-MM-DD, or None where it isn't one."""
    day = _day(value)
    return day.isoformat() if day else None


def share(part: float, whole: float) -> str:
    """A share in words, in percent: "0 %", "under 1 %", "14 %"."""
    if not whole or not part:
        return "0\u00a0%"
    percent = 100 * part / whole
    if percent < 1:
        return "under 1\u00a0%"
    return "over 99\u00a0%" if 99 < percent < 100 else f"{percent:.0f}\u00a0%"


def count(n: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 round", "1,204 rounds"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def texts(values: Any) -> Sequence[str]:
    """The cleaned, distinct, non-empty texts of a list; anything else is an empty list."""
    if not isinstance(values, list | tuple):
        return []
    return list(dict.fromkeys(t for t in map(clean, values) if t))


# A stand-in until the table of texts is here.
TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "headline.rounds": "{n} closed rounds",
        "headline.companies": "{n} companies",
        "headline.investors": "{n} named investors",
        "headline.as-of": "as of {day}",
        "trust.coverage": "{held} of at least {counted} rounds that reports count are held",
        "trust.cheques": "{share} of participations have a published cheque",
        "trust.money": "{share} of the money known ({sum}) has a published cheque",
        "trust.unknown": "{share} are of unknown kind",
        "trust.unnamed": "{n} rounds without a named investor",
        "trust.disputed": "{n} disputed",
        "trust.talks": "left out: {n} rounds in talks or planned",
        "trust.undated": "{n} undated (shown while all years are)",
        "investor.none": "No named investor",
        "city.none": "City unknown",
        "name.none": "(no name)",
    }
}


def t(_language: str, key: str, **values: object) -> str:
    """A text in a language."""
    from whofunds import schema

    kind = schema.KINDS.get(key.removeprefix("kind."))
    return kind or TEXTS["en"].get(key, key).format(**values)
