"""From the tokens of a text to the bounds of a sum."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from whofunds import currencies, numerals
from whofunds.numerals import Quantity
from whofunds.wording import ABOUT, LEAST, MOST, Token, tokens

_BRACKET = re.compile(r"\(([^()]*)\)")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[-/.](?:0?[1-9]|1[0-2])(?:[-/.][0-9]{1,2})?"
    r"|[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{2}|(?:19|20)[0-9]{2})"
    r"|(?:19|20)[0-9]{2} ?[-/] ?(?:19|20)?[0-9]{2}|(?:0?[1-9]|1[0-2])[-/.](?:19|20)[0-9]{2}"
    r"|(?:19[0-9]{2}|20[0-9]{2}|2100)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))?"
)
_FALSE_FRIENDS = {"billion", "billions", "trillion", "trillions"}
_YEAR = re.compile(r"19[0-9]{2}|20[0-9]{2}|2100")
_MARKS = re.compile(r"-+|\?+|/")
_MARK = re.compile(
    "|".join(
        [
            *map(re.escape, sorted(currencies.SIGNS, key=len, reverse=True)),
            *(f"(?<![a-z]){re.escape(n)}(?![a-z])" for n in currencies.NAMES),
        ]
    )
)


@dataclass(slots=True)
class Reading:
    """What a text says: bounds, the figure that was printed, currency and qualifier."""

    low: Decimal | None
    high: Decimal | None
    stated: Decimal | None
    currency: str
    qualifier: str


@dataclass(slots=True)
class _Side:
    """A sum as far as it is read: one end of a range, or all of it."""

    figure: str = ""
    quantity: Quantity | None = None
    scales: list[int] = field(default_factory=list)
    rough: bool = False

    def begin(self, token: Token) -> None:
        """Take the token of a number."""
        if self.begun:
            raise ValueError("two numbers")
        if token.kind == "figure":
            self.figure = token.text
        elif token.kind == "chinese":
            self.quantity = numerals.chinese(str(token.value))
        elif isinstance(token.value, tuple):
            low, high = token.value
            self.quantity = Quantity(Decimal(low), Decimal(high - 1), "vague")
        else:
            n = Decimal(str(token.value))
            self.quantity = Quantity(n, n)
            self.rough = token.kind == "round"

    @property
    def has_unit(self) -> bool:
        q = self.quantity
        return bool(self.scales) or (q is not None and (q.unit != 1 or q.form != "one"))

    @property
    def begun(self) -> bool:
        return bool(self.figure or self.quantity)

    def scale(self, token: Token) -> None:
        assert isinstance(token.value, int)
        if not self.begun:
            raise ValueError(f"a unit without a number: '{token.text}'")
        if self.scales and not (
            (len(self.scales) == 1 and (self.scales[0] in (10**3, 10**5) and token.value >= 10**6))
            or (
                (self.scales == [10**2] and token.value > 10**2)
                and (self.scales[0] != 10**5 or token.value == 10**7)
            )
        ):
            raise ValueError(f"two units in a row: '{token.text}'")
        self.scales.append(token.value)

    def value(self, *, lent: bool, comma: bool, continental: bool) -> Quantity:
        """The quantity; `lent` says that the other end of the range has the unit."""
        unit = Decimal(1)
        for scale in self.scales:
            unit *= scale
        if self.quantity is None:
            scaled = bool(self.scales) or lent
            n = numerals.figure(self.figure, scaled=scaled, comma=comma, continental=continental)
            return Quantity(n * unit, n * unit, "one", unit)
        q = self.quantity
        if not self.scales:
            if q.form == "vague" and q.low < 10:
                raise ValueError("a vague count without a unit")
            return q
        if q.form == "vague":
            return Quantity(q.low * unit, (q.high + 1) * unit - 1, "vague", Decimal(0))
        if q.form != "one" or q.unit != 1:
            raise ValueError("two units in a row")
        return Quantity(q.low * unit, q.high * unit, "one", unit)


def read(text: str) -> Reading:
    """Read a sum that `plain` evened out; ValueError says why it can't be read."""
    text = re.sub("(?<=[0-9])[+](?=[百千万亿兆])", "多", text.removeprefix("'").strip('" '))
    if not text:
        return Reading(None, None, None, "", "undisclosed")
    text = text.replace("好几", "几")
    if text[-1:] in ".;,。" and not text[-2:-1].isdigit():
        text = text.rstrip(".;,。 ")
    if _MARKS.fullmatch(text):
        return Reading(None, None, None, "", "undisclosed")
    if _DATE.fullmatch(text):
        raise ValueError("may be a date, not a sum")
    if text.startswith("="):
        raise ValueError("a spreadsheet's formula, not its value")
    text, converted = _unbracket(text)
    reading = _Assembly(list(tokens(text))).reading()
    if converted and reading.qualifier == "undisclosed":
        raise ValueError("undisclosed, and a figure")
    return reading


def _unbracket(text: str) -> tuple[str, bool]:
    """The text with what brackets add inline and conversions left out, and whether any was."""
    if "(" not in text:
        return text, False
    outside = _MARK.sub("", _BRACKET.sub("", text))
    if not re.search("[0-9a-z\u3400-\u9fff]", outside):
        if re.search("[0-9\u3400-\u9fff]", text) and not re.search("[未不非]", text):
            raise ValueError("in brackets: a negative sum, or a note")
        return re.sub("[()]", " ", text), False
    converted = False

    def inline(match: re.Match[str]) -> str:
        nonlocal converted
        inner = match[1].strip()
        if match.start() and re.search("[0-9]", inner) and _MARK.search(inner):
            converted = True
            return " "
        found = [t for t in tokens(inner) if t.kind not in ("filler", "other")]
        kinds = {t.kind for t in found}
        if kinds <= {"stage"}:
            return " "
        unit = re.fullmatch("[百千]?(?:万亿|[万亿])(?:元|美元)?", inner)
        if unit or kinds <= {"mark", "scale", "before", "after", "either"}:
            return f" {' '.join(t.text for t in found)} "
        raise ValueError(f"not understood: '({inner})'")

    return re.sub(" (?=[万亿百千])", "", " ".join(_BRACKET.sub(inline, text).split())), converted


class _Assembly:
    """Tokens put together, left to right, to one sum or one range."""

    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.sides = [_Side()]
        self.marks: set[str] = set()
        self.qualifiers: set[str] = set()
        self.kinds = {token.kind for token in found}
        self.comma = False
        self.continental = False

    def reading(self) -> Reading:
        for i, token in enumerate(self.found):
            if not self._take(i, token):
                break
        currency = currencies.settle(self.marks)
        sides = self.sides
        if "none" in self.kinds:
            if sides[0].begun or self.qualifiers:
                raise ValueError("undisclosed, and a figure")
            return Reading(None, None, None, "", "undisclosed")
        if not sides[-1].begun:
            raise ValueError("a stage, not a sum" if "stage" in self.kinds else "no number")
        if "stage" in self.kinds and not (self.marks or any(s.has_unit for s in sides)):
            raise ValueError("a stage, not a sum")
        if not self.marks and not any(s.has_unit for s in sides):
            if any(_YEAR.fullmatch(s.figure) for s in sides):
                raise ValueError("may be a date, not a sum")
            if len(sides[-1].figure) < (4 if len(sides) > 1 else 1):
                raise ValueError("neither a currency nor a unit")
        self.comma |= self.continental
        if self.continental and any(t.text in _FALSE_FRIENDS for t in self.found):
            raise ValueError("ambiguous: billion or trillion in a French or German text")
        if len(sides) > 1:
            low, high = self._range()
            return Reading(low, high, None, currency, "range")
        return self._single(currency)

    def _take(self, i: int, token: Token) -> bool:
        """Take one token in; False where the sum has ended and a conversion follows."""
        side = self.sides[-1]
        self.continental |= token.continental
        match token.kind:
            case "bad":
                raise ValueError(str(token.value))
            case "mark":
                self.comma |= side.begun and token.value == "EUR"
                self.marks.add(str(token.value))
            case "before" | "after" | "either":
                if side.begun and token.text == "~":
                    self._turn(i, token)
                    return True
                if side.begun and token.kind == "before" and token.value == ABOUT:
                    return self._conversion(i)
                if side.begun == (token.kind == "before") and token.kind != "either":
                    raise ValueError(f"not understood: '{token.text}' in this place")
                self.qualifiers.add(str(token.value))
            case "one" if side.begun:
                raise ValueError(f"not understood: '{token.text}' in this place")
            case "one":
                if self._next(i) == "scale" or (token.text == "one" and self._next(i) == "to"):
                    side.begin(Token("word", 1, token.text))
            case "vague" if side.begun and token.value == (2000, 10000):
                side.scale(Token("scale", 1000, token.text))
            case "figure" | "word" | "chinese" | "vague" | "round":
                side.begin(token)
            case "scale":
                if token.text in ("cent", "cents") and self._next(i) != "scale":
                    raise ValueError(f"not understood: '{token.text}' in this place")
                side.scale(token)
            case "to" | "and":
                self._turn(i, token)
            case "class":
                if not side.begun:
                    raise ValueError("no number")
            case "other":
                if side.begun:
                    return self._conversion(i)
                raise ValueError(f"not understood: '{token.text}' in this place")
        return True

    def _next(self, i: int) -> str:
        return self.found[i + 1].kind if i + 1 < len(self.found) else ""

    def _turn(self, i: int, token: Token) -> None:
        """From the lower end of a range to the upper."""
        if token.kind == "and" and "open" not in self.kinds:
            raise ValueError(f"not understood: '{token.text}'")
        if not self.sides[-1].begun:
            negative = token.text == "-" and self._next(i) in ("figure", "mark", "chinese", "word")
            raise ValueError(
                "a negative sum" if negative else f"not understood: '{token.text}' in this place"
            )
        if len(self.sides) == 2:
            raise ValueError("more than two ends of a range")
        if LEAST in self.qualifiers or MOST in self.qualifiers:
            raise ValueError("a qualifier inside a range")
        self.sides.append(_Side())

    def _conversion(self, i: int) -> bool:
        """False if what follows is the same sum in another currency, else ValueError."""
        rest = self.found[i:]
        others = {str(t.value) for t in rest if t.kind == "mark"}
        numbers = [t for t in rest if t.kind in ("figure", "chinese", "word", "vague")]
        if any(t.kind == "bad" for t in rest):
            raise ValueError("not understood: more than a sum")
        first, second = currencies.settle(self.marks), currencies.settle(others)
        if not (numbers and first and second and first != second):
            raise ValueError("not understood: more than one sum")
        self.kinds = {t.kind for t in self.found[:i]}
        return False

    def _single(self, currency: str) -> Reading:
        side, qualifiers = self.sides[0], self.qualifiers
        q = side.value(lent=False, comma=self.comma, continental=self.continental)
        if side.rough or (q.form in ("least", "vague") and ABOUT in qualifiers):
            qualifiers = qualifiers - {ABOUT} if q.form != "one" else qualifiers | {ABOUT}
        if not (self.marks or side.figure or q.high >= 1000):
            raise ValueError("neither a currency nor a unit")
        if q.form == "least":
            qualifiers = qualifiers | {LEAST}
        if len(qualifiers) > 1:
            raise ValueError(f"two qualifiers: {' and '.join(sorted(qualifiers))}")
        qualifier = next(iter(qualifiers), "exact")
        if q.form == "vague":
            if qualifier == MOST:
                raise ValueError("a vague number with an upper end")
            if qualifier == LEAST:
                return Reading(q.low, None, None, currency, LEAST)
            return Reading(q.low, q.high, None, currency, "range")
        if "class" in self.kinds:
            if qualifier != "exact" or q.low.normalize().as_tuple().digits != (1,) or q.low < 10**3:
                raise ValueError("a class word that fits no power of ten")
            return Reading(q.low, 10 * q.low - 1, None, currency, "range")
        if q.form == "bare" and qualifier not in (LEAST, MOST):
            raise ValueError("a unit without a number")
        low = None if qualifier == MOST else q.low
        high = None if qualifier == LEAST else q.high
        return Reading(low, high, q.low, currency, qualifier)

    def _range(self) -> tuple[Decimal, Decimal]:
        if self.qualifiers - {ABOUT}:
            raise ValueError("a qualifier on a range")
        if "class" in self.kinds:
            raise ValueError("a class word on a range")
        left, right = (
            side.value(lent=other.has_unit, comma=self.comma, continental=self.continental)
            for side, other in (self.sides, reversed(self.sides))
        )
        if left.form != "one" or right.form != "one":
            raise ValueError("an end of the range is vague")
        low, high = left.low, right.high
        if right.unit != 1 and left.unit == 1:
            small = right.small if low < 10 else 1
            if not right.unit or small == 10:
                raise ValueError("ambiguous: the unit of the lower end")
            lent = low * right.unit * small
            low = low if low >= 10**4 and lent > high >= low else lent
        elif left.unit != 1 and right.unit == 1:
            if not left.unit or left.small != 1 or high >= 10**3:
                raise ValueError("ambiguous: the unit of the upper end")
            high *= left.unit
        if low > high:
            raise ValueError("the range runs backwards")
        return low, high
