"""The fields of records: what a cell may hold, and what it becomes when it is checked.

Each type takes what a table gives, texts as they are printed, and refuses with a short reason what
it can't read; it never guesses.
"""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetPydanticSchema

from whofunds import schema
from whofunds.dates import Span, parse_date
from whofunds.identifiers import identifier
from whofunds.money import Money, parse_money

LONGEST_TEXT = 20_000
LONGEST_ID = 1_000
_SURROGATE = re.compile("[\ud800-\udfff]")


def _text(value: object) -> object:
    """Refuse what no store keeps and no page should show; strip the ends."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"{len(value):,} characters, at most {LONGEST_TEXT:,}")
    if "\x00" in value:
        raise ValueError("a NUL byte")
    if not value.isascii() and _SURROGATE.search(value):
        raise ValueError("bytes that are not UTF-8")
    text = value.strip()
    if text[:1] == "=":
        raise ValueError("a spreadsheet's formula, not its value")
    return text


def _named(value: str) -> str:
    if not any(map(str.isalnum, value)):
        raise ValueError("a name without a letter or digit")
    return value


def _span(value: object) -> object:
    value = _text(value)
    return (parse_date(value) if value else None) if isinstance(value, str) else value


def _money(value: object) -> object:
    if isinstance(value, tuple) and len(value) in (2, 3) and all(isinstance(v, str) for v in value):
        figure, currency, *qualifier = (str(_text(v)) for v in value)
        return Money.of(figure, currency, *qualifier)
    value = _text(value)
    return (parse_money(value) if value else None) if isinstance(value, str) else value


def _address(value: str) -> str:
    """A web address, or where else it stands ("deals.xlsx, row d1"); never another scheme."""
    scheme = re.match(r"[a-zA-Z][\w+.-]*(?=:)", value)
    if scheme and scheme[0].lower() not in ("http", "https"):
        raise ValueError("not an http(s) address")
    return value


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    word = str(_text(value)).lower()
    if word not in _FLAGS:
        raise ValueError("neither true nor false")
    return _FLAGS[word]


_FLAGS = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


def _names(value: object) -> object:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError("a list of names is wanted")
    return tuple(n for n in value if not isinstance(n, str) or n.strip())


def _identifiers(value: object) -> object:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError("a list of identifiers is wanted")
    return tuple(value)


def _identifier(value: object) -> object:
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, str) for v in value):
        value = f"{value[0]}:{value[1]}"
    value = _text(value)
    if not isinstance(value, str):
        raise ValueError("not of the form scheme:value")
    return identifier(value) if value else ""


def _each_once(value: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(sorted({one for one in value if one}))


def _number(low: float, high: float, whole: bool = False) -> Any:
    """A number within bounds, both included; empty is None, 0 is 0."""

    def check(value: object) -> object:
        if value is None or (isinstance(value, str) and not _text(value)):
            return None
        try:
            number = float(str(value))
        except ValueError:
            raise ValueError("not a number") from None
        if not math.isfinite(number) or not low <= number <= high:
            raise ValueError(f"not from {low:,g} to {high:,g}")
        if whole and number != int(number):
            raise ValueError("not a whole number")
        return int(number) if whole else number

    return BeforeValidator(check)


def many(item: Any) -> Any:
    """A sequence that pydantic checks as a tuple, which it does natively."""
    return GetPydanticSchema(lambda _, handler: handler(tuple[item, ...]))


Text = Annotated[str, BeforeValidator(_text)]
Alias = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_named)]
Id = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=LONGEST_ID)]
Names = Annotated[Sequence[Alias], many(Alias), BeforeValidator(_names)]
Identifier = Annotated[
    str | tuple[str, str], BeforeValidator(_identifier), Field(max_length=LONGEST_ID)
]
Identifiers = Annotated[
    Sequence[Identifier],
    many(Identifier),
    BeforeValidator(_identifiers),
    AfterValidator(_each_once),
]
"""Texts "scheme:value", or pairs of the two; one with an empty value is none."""
Address = Annotated[
    str, BeforeValidator(_text), AfterValidator(_address), Field(max_length=LONGEST_ID)
]
Source = Annotated[Address, Field(min_length=1)]
Flag = Annotated[bool | str, BeforeValidator(_flag)]
Count = Annotated[int | str | None, _number(0, 10_000, whole=True)]
Latitude = Annotated[float | str | None, _number(-90, 90)]
Longitude = Annotated[float | str | None, _number(-180, 180)]
Percent = Annotated[float | str | None, _number(0, 100)]
Date = Annotated[Span | str | None, BeforeValidator(_span)]
"""A day, month, quarter, half or year, as text or as a Span."""
Amount = Annotated[Money | str | tuple[str, ...] | None, BeforeValidator(_money)]
"""A sum: a text, or (figure, currency[, qualifier]); empty or None is undisclosed."""


def _doubts(fields: Sequence[str]) -> tuple[str, ...]:
    unknown = [f for f in fields if f not in schema.DISPUTABLE]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(schema.DISPUTABLE)}")
    return tuple(fields)


def choice(words: tuple[str, ...], *, required: bool = False) -> Any:
    """A word of the field's; empty means the first, unless one is required."""

    def check(value: object) -> object:
        value = _text(value) or ("" if required else words[0])
        if value not in words:
            raise ValueError(f"one of {', '.join(w or 'nothing' for w in words)}")
        return value

    return BeforeValidator(check)


Doubts = Annotated[
    Sequence[str],
    many(str),
    Field(max_length=len(schema.DISPUTABLE)),
    AfterValidator(_doubts),
]
