"""Text to money: a first version, plain figures only; the rest follows."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

Qualifier = Literal["exact", "about", "at_least", "at_most", "range", "undisclosed"]
Number = int | float
_WORDS: dict[str, Qualifier] = {
    "": "exact",
    "exact": "exact",
    "about": "about",
    "over": "at_least",
    "at_least": "at_least",
    "nearly": "at_most",
    "up to": "at_most",
    "at_most": "at_most",
    "range": "range",
    "undisclosed": "undisclosed",
}


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as it was printed: bounds in whole units of its currency, None where open."""

    min: int | float | None
    max: int | float | None
    stated: int | float | None
    currency: str
    qualifier: Qualifier
    text: str

    @classmethod
    def of(cls, figure: str, currency: str, qualifier: str = "exact") -> "Money":
        """The sum of a table that keeps figure, currency and qualifier in columns."""
        if qualifier not in _WORDS:
            raise ValueError(f"unknown qualifier '{qualifier}'")
        word = _WORDS[qualifier]
        text = " ".join(p for p in (figure, currency) if p)
        if not figure or word == "undisclosed":
            return cls(None, None, None, "", "undisclosed", text)
        low, dots, high = figure.partition("..")
        if dots:
            return cls(_number(low), _number(high), None, currency, "range", text)
        n = _number(figure)
        return cls(
            None if word == "at_most" else n,
            None if word == "at_least" else n,
            n,
            currency,
            word,
            text,
        )


def _number(text: str) -> Number:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not value.is_finite() or value < 0:
        raise ValueError("a negative sum" if value < 0 else "not a number")
    return int(value) if value == value.to_integral_value() else float(value)


def parse_money(text: str) -> Money:
    """Read a sum; ValueError says why it can't be read."""
    figure, _, currency = text.strip().partition(" ")
    return Money.of(figure, currency)
