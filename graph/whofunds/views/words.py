"""Bounds and dates in words, in the languages of the interface, and texts made fit to be shown.

`texts.csv` holds every text of the pages; `texts.js` says the same in the page as this does here.
"""

import csv
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr", "zh")
Said = tuple[str, Mapping[str, Any]]
"""The key of a text of the interface, and its values."""
_SERIES = re.compile(r"(pre-)?[A-Z][0-9]*\+*(-ext)?")
_LONGEST = 200
_LARGEST = 1e300
_LONGEST_ADDRESS = 2000
# Lone surrogates can't be written as UTF-8; control characters and directional overrides would
# let a name redraw the text around it.
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")  # any of these
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)


def clean(value: object) -> str:
    """A text as a page may show it: one line, at most 200 characters; null is empty."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    text = str(value)
    if not (text.isascii() and text.isprintable()) and _UNFIT.search(text):
        text = _CONTROLS.sub(" ", _OVERRIDES.sub("", _SURROGATES.sub("\ufffd", text)))
    text = text.strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def cleaned(said: Any) -> Any:
    """A text, or the key and values of one of the table, with all names fit to be shown."""
    if isinstance(said, int):
        return said
    if isinstance(said, tuple | list):
        return [said[0], {k: cleaned(v) for k, v in said[1].items()}]
    return clean(said)


def address(value: object) -> str:
    """An http(s) address, or empty."""
    text = str(value or "")
    if len(text) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        return ""
    return _SURROGATES.sub("", text)


def number(value: object) -> float | int | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not abs(value) < _LARGEST:
        return None
    return int(value) if float(value).is_integer() else value


@cache
def interface() -> dict[str, dict[str, str]]:
    """The texts of the interface, {language: {key: text}}."""
    table = Path(__file__).with_name("texts.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}


def t(language: str, key: str, /, **values: Any) -> str:
    """A text of the interface with its {placeholders} filled; `n` chooses singular or plural.

    A value is a text, a number (grouped, but for a `year`), a share as [part, whole], or another
    text as [key, values]. Raises KeyError for a key, language or value that isn't there.
    """
    forms = interface()[language][key].split("|")
    form = forms[-1 if _many(language, values.get("n")) else 0]
    return re.sub(r"\{(\w+)\}", lambda match: _filled(language, match[1], values), form)


def _many(language: str, n: object) -> bool:
    if not isinstance(n, int | float):
        return True
    return n >= 2 if language == "fr" else n != 1


def _filled(language: str, name: str, values: Mapping[str, Any]) -> str:
    match values[name]:
        case None:
            raise KeyError(name)
        case int() | float() as value if name != "year":
            return grouped(value, language)
        case [str() as key, inner]:
            return t(language, key, **inner)
        case [part, whole]:
            return share(part, whole, language)
        case value:
            return str(value)


def word(language: str, field: str, value: str) -> str:
    """What a field's value is called, as in "kind", "vc"; itself where the table has no word."""
    return interface()[language].get(f"{field}.{value}", value)


def stage(language: str, value: str) -> str:
    """A round's stage, as in "A", "pre-A" or "seed"; one without a stage is a "round"."""
    if _SERIES.fullmatch(value):
        return t(language, "stage.series", stage=value)
    return word(language, "stage", value or "none")


def listed(language: str, items: Sequence[str], how: str = "comma") -> str:
    """Texts in a row, with the marks of `list.comma`, `list.semicolon` or `list.sentence`."""
    if len(items) < 2:
        return "".join(items)
    return t(language, f"list.{how}", first=items[0], rest=listed(language, items[1:], how))


def grouped(value: float, language: str = "en") -> str:
    """A number with its thousands apart and at most two decimals: "1,204", "4.68"."""
    if isinstance(value, int) or value.is_integer():
        whole, rest = abs(int(value)), 0
    else:
        whole, rest = divmod(math.floor(abs(value) * 100 + 0.5), 100)
    text = f"{whole:,}".replace(",", t(language, "number.group"))
    if rest:
        text += t(language, "number.point") + f"{rest:02}".rstrip("0")
    return f"-{text}" if value < 0 else text


@cache
def _units(language: str) -> Sequence[tuple[float, float, str]]:
    """The units of sums, greatest first: from which value on, how much, and its name."""
    units, below = [], 1.0
    for unit in interface()[language]["money.units"].split("|"):
        power, _, name = unit.partition(":")
        size = float(10 ** int(power))
        # What would round to 1,000 of the unit below is one of this.
        units.append((size - 0.005 * below, size, name))
        below = size
    return units[::-1]


def compact(value: float, currency: str, language: str = "en", *, bare: bool = False) -> str:
    """A sum in its greatest unit: "$1.5bn", "CNY 200m"; `bare` leaves the currency out.

    An empty currency is one that isn't stated.
    """
    figure = _figure(value, language)
    return figure if bare else _in_currency(figure, currency, language)


def _figure(value: float, language: str) -> str:
    for least, size, name in _units(language):
        if value >= least:
            return grouped(math.floor(float(value) * 100 / size + 0.5) / 100, language) + name
    return grouped(value, language)


def _in_currency(figure: str, code: str, language: str) -> str:
    if not code:
        return t(language, "money.no-currency", sum=figure)
    if f"currency.{code}" in interface()[language]:
        return t(language, f"currency.{code}", sum=figure)
    return t(language, "money.currency", sum=figure, code=code)


def money(
    low: object,
    high: object,
    stated: object,
    qualifier: object,
    currency: object,
    language: str = "en",
) -> str:
    """A sum's bounds in words: "over $1bn", "CNY 200m to under 1bn", "undisclosed"."""
    low, high, stated = number(low), number(high), number(stated)
    code = clean(currency)

    def said(how: str, value: float) -> str:
        return t(language, f"money.{how}", sum=compact(value, code, language))

    if low is None and high is None:
        return t(language, "money.undisclosed") if stated is None else said("about", stated)
    if high is None:
        return said("over", low or 0)
    # An upper end of 999,999,999 is "under 1bn" said in whole units.
    under = high % 10 == 9 and (high + 1) % 1000 == 0
    if low is None:
        return said("under", high + 1) if under else said("up-to", high)
    if low == high:
        return said("about", low) if qualifier == "about" else compact(low, code, language)
    top = _figure(high + 1 if under else high, language)
    if under:
        top = t(language, "money.under", sum=top)
    if top == _figure(low, language):
        return said("about", low)
    ends = t(language, "money.range", low=_figure(low, language), high=top)
    return _in_currency(ends, code, language)


def when(first: object, last: object, precision: object, language: str = "en") -> str:
    """An interval of days by its precision: "5 Oct 2023", "Oct 2023", "Q3 2023", "2023"."""
    start, end = _day(first), _day(last)
    if start is None or end is None:
        return t(language, "date.unknown")
    year, same_year = start.year, start.year == end.year
    months = end.month - start.month + 1 if same_year else 0

    def month(day: date) -> str:
        return t(language, f"month.{day.month}")

    def in_year(day: date) -> str:
        return t(language, "date.month", month=month(day), year=day.year)

    match precision:
        case "day" if start == end and start.day == 1:
            return t(language, "date.first", month=month(start), year=year)
        case "day" if start == end:
            return t(language, "date.day", day=start.day, month=month(start), year=year)
        case "quarter" if months == 3 and end.month % 3 == 0:
            return t(language, f"date.quarter-{end.month // 3}", year=year)
        case "half" if months == 6 and end.month % 6 == 0:
            return t(language, f"date.half-{end.month // 6}", year=year)
        case "year" if months == 12:
            return t(language, "date.year", year=year)
    if (start.month, year) == (end.month, end.year):
        return in_year(start)
    if same_year:
        ends = {"from": month(start), "until": month(end)}
        return t(language, "date.months", **ends, year=year)
    return t(language, "date.span", **{"from": in_year(start), "until": in_year(end)})


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def iso(value: object) -> str | None:
    """A day as YYYY-MM-DD, or None where it isn't one."""
    day = _day(value)
    return day.isoformat() if day else None


def share(part: float, whole: float, language: str = "en") -> str:
    """A share in words, in percent: "0 %", "under 1 %", "14 %"."""
    percent = 100 * part / whole if whole else 0
    if 0 < percent < 1:
        return t(language, "share.under")
    if 99 < percent < 100:
        return t(language, "share.over")
    return t(language, "share.exactly", n=math.floor(percent + 0.5))


def count(n: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 round", "1,204 rounds"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def texts(values: Any) -> Sequence[str]:
    """The cleaned, distinct, non-empty texts of a list; anything else is an empty list."""
    if not isinstance(values, list | tuple):
        return []
    return list(dict.fromkeys(t for t in map(clean, values) if t))
