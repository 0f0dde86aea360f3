"""What a column of sums leaves open: its currency, its unit, its decimal sign."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from whofunds.cells import LARGE
from whofunds.hints import marks, scaled
from whofunds.money import Money, parse_money
from whofunds.numerals import plain

SMALL = 10_000
"""A bare figure below this is unlikely to be whole units of a round."""

_SPLIT = re.compile(r"(?<![0-9.,])[0-9]{1,3}([.,])[0-9]{3}(?![0-9.,])")
_COMMA = re.compile(r",[0-9]{1,2}(?![0-9,])|\.[0-9]{3}[.,]|(?<![0-9])0,[0-9]")
_DOT = re.compile(r"\.[0-9]{1,2}(?![0-9.])|,[0-9]{2,3}[.,]|(?<![0-9])0\.[0-9]|,[0-9]{2},")


@dataclass
class Sums:
    """How the cells of a column of sums were read; `bare`, `small` and `split` are the doubts.

    `bare` cells name no currency, or one by a sign of several; `small` have no unit and are small;
    `large` have no unit and are too large for the header's; `split` are thousands or decimals;
    `zero` are 0.
    """

    read: list[tuple[str, Money]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    zero: list[str] = field(default_factory=list)
    decimal: str = ""


def read(
    texts: Sequence[str], currency: Callable[[int], str], unit: str = "", decimal: str = ""
) -> Sums:
    """Read the cells; `currency` says what column or header say of the cell of this number."""
    found = Sums(decimal=decimal)
    commas = [t for t in texts if _COMMA.search(t)]
    dots = [t for t in texts if _DOT.search(t)]
    split = [t for t in texts if _SPLIT.search(t)]
    if not decimal:
        if commas and not dots:
            found.decimal = ","
        elif dots and not commas:
            found.decimal = "."
        elif commas and dots:
            found.split = [*commas[:2], *dots[:1]]
        elif split and (unit or any("." in t for t in split) or not _thousands(split)):
            found.split = split
    for i, text in enumerate(texts):
        if _zero(text):
            found.zero.append(text)
            continue
        code = currency(i)
        hint = code if len(code) == 3 else ""
        try:
            money = parse_money(text, currency=hint, unit=unit, decimal=found.decimal)
        except ValueError as error:
            reason = str(error)
            if reason == "neither a currency nor a unit" and not unit:
                found.small.append(text)
                if not hint:
                    found.bare.append(text)
            else:
                found.failed.append((text, reason))
            continue
        found.read.append((text, money))
        if money.qualifier == "undisclosed":
            continue
        if not hint and not any(len(m) == 3 or m == "元" for m in marks(text)):
            found.bare.append(text)
        largest = max(money.min or 0, money.max or 0)
        if not scaled(plain(text)):
            if not unit and largest < SMALL:
                found.small.append(text)
            elif unit and largest >= LARGE:
                found.large.append(text)
    return found


def _thousands(split: Sequence[str]) -> bool:
    """Whether commas before three digits can only be thousands: no figure has them otherwise."""
    return all("," in text for text in split)


def _zero(text: str) -> bool:
    digits = re.sub("[^0-9]", "", text)
    return bool(digits) and not digits.strip("0") and not re.search("[1-9]", text)
