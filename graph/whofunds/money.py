"""Text to money: bounds, currency and qualifier, or the reason why a text is no sum.

Nothing is guessed: what can be read in two ways is an error.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal, cast

from whofunds import currencies
from whofunds.numerals import plain

Qualifier = Literal["exact", "about", "at_least", "at_most", "range", "undisclosed"]

_LIMIT = Decimal(10) ** 16
_LEAST = Decimal("0.01")
_LONGEST = 300
_WORDS: dict[str, Qualifier] = {
    **dict.fromkeys(("", "exact"), "exact"),
    **dict.fromkeys(("about", "around", "approximately", "circa"), "about"),
    **dict.fromkeys(("at_least", "over", "more than", "at least"), "at_least"),
    **dict.fromkeys(("at_most", "nearly", "almost", "up to", "at most", "under"), "at_most"),
    "range": "range",
    "undisclosed": "undisclosed",
}
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?|\.[0-9]+")
_QUICK = re.compile(
    r"([$€£]|[A-Z]{3} ?)?"
    r"([1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+|(?:0|[1-9][0-9]{0,8})\.[0-9]{1,2})"
    r"(?: ?(k|K|M|m|bn|B|b|million|billion))?(?: ([A-Z]{3}))?"
)
_QUICK_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "": ""}
_QUICK_SCALES = {
    **dict.fromkeys(("k", "K"), 1_000),
    **dict.fromkeys(("M", "m", "million"), 1_000_000),
    **dict.fromkeys(("bn", "B", "b", "billion"), 1_000_000_000),
}


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as it was printed.

    `min` and `max` bound it in whole units of `currency`, None where there is no bound; `stated`
    is the figure that was printed (None for a range or a vague numeral); `currency` is an ISO 4217
    code, or empty where the text doesn't settle it.
    """

    min: int | float | None
    max: int | float | None
    stated: int | float | None
    currency: str
    qualifier: Qualifier
    text: str

    @classmethod
    def of(cls, figure: str, currency: str, qualifier: str = "exact") -> "Money":
        """The sum of a table that keeps figure, currency and qualifier in columns.

        `figure` is a number, `LOW..HIGH`, or empty for undisclosed; `currency` an ISO 4217 code or
        empty; `qualifier` one of schema.QUALIFIERS, or over, nearly, about, up to.
        """
        figure, code, word = figure.strip(), currency.strip().upper(), qualifier.strip().lower()
        if word not in _WORDS:
            raise ValueError(f"unknown qualifier '{qualifier}'")
        if code and code not in currencies.CODES:
            raise ValueError(f"unknown currency '{currency}'")
        kind = _WORDS[word]
        text = " ".join(p for p in (word if kind != "exact" else "", figure, code) if p)
        if not figure:
            return cls(None, None, None, "", "undisclosed", text)
        if kind == "undisclosed":
            raise ValueError("undisclosed, and a figure")
        low, dots, high = figure.partition("..")
        if dots:
            if kind not in ("exact", "range"):
                raise ValueError("a qualifier on a range")
            return _money(_plain_figure(low), _plain_figure(high), None, code, "range", text)
        if kind == "range":
            raise ValueError("a range has two ends: LOW..HIGH")
        n = _plain_figure(figure)
        least = None if kind == "at_most" else n
        return _money(least, None if kind == "at_least" else n, n, code, kind, text)


def _plain_figure(text: str) -> Decimal:
    text = text.strip()
    if text.startswith(("-", "−")):
        raise ValueError("a negative sum")
    if not _FIGURE.fullmatch(text):
        raise ValueError(f"not a plain number: '{text}'")
    return Decimal(text)


def _number(value: Decimal | None) -> int | float | None:
    """Whole numbers as int, others as float."""
    if value is None:
        return None
    if value == 0:
        raise ValueError("zero: leave it empty where it is undisclosed")
    if value < _LEAST:
        raise ValueError("smaller than any sum")
    if value >= _LIMIT:
        raise ValueError("larger than any sum")
    whole = int(value)
    return whole if whole == value else float(value)


def _money(
    low: Decimal | None,
    high: Decimal | None,
    stated: Decimal | None,
    currency: str,
    qualifier: Qualifier,
    text: str,
) -> Money:
    if low is not None and high is not None and low > high:
        raise ValueError("the range runs backwards")
    return Money(_number(low), _number(high), _number(stated), currency, qualifier, text)


def parse_money(text: str, *, currency: str = "", unit: str = "", decimal: str = "") -> Money:
    """Read a sum in English, Chinese, French or German; ValueError says why it can't be read.

    `currency` (a code), `unit` (`m`, `bn`, `亿` ...) and `decimal` (`,` or `.`) are statements
    about the column: what holds where the text itself doesn't say it.
    """
    printed = text.strip()
    if currency or unit or decimal:
        if len(printed) > _LONGEST:
            raise ValueError("a long text, not a sum")
        from whofunds import hints

        return replace(parse_money(hints.completed(printed, currency, unit, decimal)), text=printed)
    if (match := _QUICK.fullmatch(printed)) and (quick := _quick(match, printed)):
        return quick
    if len(printed) > _LONGEST:
        raise ValueError("a long text, not a sum")
    from whofunds import sums

    try:
        r = sums.read(plain(printed))
        return _money(r.low, r.high, r.stated, r.currency, cast(Qualifier, r.qualifier), printed)
    except InvalidOperation:
        raise ValueError("a malformed number") from None


def _quick(match: re.Match[str], printed: str) -> Money | None:
    """The plainest texts without the full reader; None where that should decide."""
    sign, figure, scale, code = match.groups()
    before = _QUICK_SIGNS.get(sign) if sign and len(sign) == 1 else (sign or "").strip()
    currency = code or before or ""
    if (code and before) or (currency and currency not in currencies.CODES):
        return None
    factor = _QUICK_SCALES[scale] if scale else 1
    if not currency and factor == 1 and ("." in figure or len(figure) in (4, 8)):
        return None
    if "." in figure:
        exact = Decimal(figure) * factor
        n: int | float | None = _number(exact)
    else:
        n = int(figure.replace(",", "")) * factor
        if n >= _LIMIT:
            return None
    return Money(n, n, n, currency, "exact", printed)
