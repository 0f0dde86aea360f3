"""What the column of a sum says of its cells: the currency, the unit and the decimal sign.

A cell's own words come first: `US$5m` in a column of thousand euros is five million dollars.
"""

import re

from whofunds.currencies import CODES, DOLLAR, NAMES, SIGNS, YEN, settle
from whofunds.numerals import plain
from whofunds.wording import LETTERS, SCALES, tokens

UNITS = {
    **{word: value for word, value in SCALES.items() if value >= 1000 and word[0] != "-"},
    **LETTERS,
    "millones": 10**6,
    "miles": 10**3,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
}
"""Words for what a figure is counted in."""

_LATIN = {10**3: "k", 10**5: " lakh", 10**6: "m", 10**7: " crore", 10**9: "bn", 10**12: "tn"}
_NUMBERS = ("figure", "word", "chinese", "vague", "round")
_LAST_DIGIT = re.compile(r"[0-9](?=[^0-9]*$)")
_SWAPPED = str.maketrans(",.", ".,")
_SIGN = re.compile(r"(?<![^\W\d_])[,.](?=[0-9])")
"""A sign in a figure; the dot of `Mio.` and the comma before `-` are none."""
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")


def currency_of(text: str) -> str:
    """The ISO 4217 code that a cell of a currency column stands for; ValueError where unclear."""
    word = text.strip()
    if word.upper() in CODES:
        return word.upper()
    even = plain(word)
    mark: str = NAMES.get(even) or SIGNS.get(even) or SIGNS.get(word, "")
    if mark in (DOLLAR, YEN):
        raise ValueError(f"'{word}' is the sign of several currencies")
    code: str = settle({mark}) if mark else ""
    if code:
        return code
    inside = {code for code in _CODE.findall(word) if code in CODES}
    if len(inside) == 1:
        return str(inside.pop())
    raise ValueError(f"unknown currency '{word}'")


def unit_of(text: str) -> int:
    """What a unit's word counts in: 1,000,000 for m, Mio or 百万; ValueError if it is none."""
    word = plain(text).rstrip(".")
    if not word:
        return 1
    if word not in UNITS:
        raise ValueError(f"unknown unit '{text}'; use k, m, bn, 万, 亿, lakh or crore")
    return UNITS[word]


def completed(text: str, currency: str = "", unit: str = "", decimal: str = "") -> str:
    """The text of a sum with what its column says of it put in where it doesn't say it itself."""
    even = plain(text)
    if decimal == ",":
        even = _SIGN.sub(lambda sign: sign[0].translate(_SWAPPED), even)
    found = list(tokens(even))
    if not any(token.kind in _NUMBERS for token in found):
        return text
    factor = unit_of(unit)
    if factor > 1 and not scaled(even):
        word = _LATIN.get(factor) or next(u for u, n in UNITS.items() if n == factor)
        even = _LAST_DIGIT.sub(lambda digit: digit[0] + word, even)
    if currency and not any(t.kind == "mark" and len(str(t.value)) == 3 for t in found):
        even = f"{even} {currency_of(currency)}"
    return even


def scaled(even: str) -> bool:
    """Whether a plain text has a unit of its own."""
    return any(
        t.kind in ("scale", "vague", "round", "word")
        or (t.kind == "chinese" and not t.text.isdecimal())
        or (t.kind == "chinese" and str(t.value) != t.text)
        for t in tokens(even)
    )


def marks(text: str) -> set[str]:
    """The currencies that a text of a sum names: codes, or the weak signs `$`, `元` and `¥`."""
    return {str(t.value) for t in tokens(plain(text)) if t.kind == "mark"}
