"""How calendars are written in English, Chinese, French and German, and by spreadsheets."""

import re
from dataclasses import dataclass

from whofunds.numerals import DIGITS, plain, section
from whofunds.spans import Span, of_day, of_month, of_months, of_part, of_year
from whofunds.wording import UNDISCLOSED, bare

_MONTHS = (
    "january jan janvier janv januar jän jänner",
    "february feb février févr fév februar",
    "march mar mars märz mär mrz",
    "april apr avril avr",
    "may mai",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug août",
    "september sept sep septembre",
    "october oct octobre oktober okt",
    "november nov novembre",
    "december dec décembre déc dezember dez",
)
_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu|thurs?|fri|sat|sun"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag"
    "|freitag|samstag|sonnabend|sonntag"
)
_FILLER = "of the de du le la der des den am im in on dated at um à a year jahr en"
_RELATIVE = (
    "today yesterday tomorrow last next this ago now recently week aujourd'hui hier demain dernier"
    " dernière prochain heute gestern morgen letzte letzten letzter nächste vor"
)
_THIRDS = (
    "early début beginning start anfang debut 初 年初",
    "mid middle mi mitte 中 年中",
    "late end fin ende year-end 底 末 年底 年末 尾",
)
_ORDINALS = (
    "first 1st premier 1er erstes erste ersten i 一",
    "second 2nd deuxième 2e 2ème second zweites zweite zweiten ii 二",
    "third 3rd troisième 3e 3ème drittes dritte dritten iii 三",
    "fourth 4th quatrième 4e 4ème viertes vierte vierten iv 四",
)
_QUARTER = "quarter|qtr|trimestre|quartal"
_HALF = "half|semestre|halbjahr"


def _table(groups: tuple[str, ...]) -> dict[str, int]:
    return {v: i for i, g in enumerate(groups, 1) for w in g.split() for v in (w, bare(w))}


_MONTH, _THIRD, _ORDINAL = _table(_MONTHS), _table(_THIRDS), _table(_ORDINALS)
_MISSING = {re.sub(r"[\s,.]", "", p) for p in UNDISCLOSED.replace("\n", ",").split(",")}
_MISSING |= {bare(p) for p in _MISSING} | {
    "missing",
    "nat",
    "undated",
    "nodate",
    "sansdate",
    "blank",
}
_MARKS = re.compile(r"[-/?.]*")

_ZONES = "z|utc|gmt|cet|cest|est|edt|pst|pdt|cst|bst|ist|jst|hkt|sgt|mez|mesz"
_TIME = re.compile(
    r"(?:(?<=[0-9])t(?=[0-9])|上午|下午|凌晨|晚上|中午|早上|(?<![0-9:]))"
    r"(?:(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?(?![0-9:])"
    r"(?: ?uhr(?![a-z])| ?[ap]\.?m\.?(?![a-z]))?"
    r"|(?P<h>[0-9]{1,2})(?:h(?P<m>[0-9]{2})(?![0-9a-z])|(?:\.[0-9]{2})? ?uhr(?![a-z])"
    r"| ?[ap]\.?m\.?(?![a-z])|(?<=à [0-9]{2})h(?![0-9a-z])))"
    rf"(?: ?(?:{_ZONES})(?![a-z])"
    r"| ?(?:utc|gmt)?[+-](?:0[0-9]|1[0-4])(?::?[0-9]{2})?(?![0-9/.-]))?"
)
_CHINESE_TIME = re.compile(
    r"(?:上午|下午|凌晨|晚上|中午|早上)?[0-9]{1,2}[时点](?:[0-9]{1,2}分(?:[0-9]{1,2}秒)?)?|[上下]午$"
)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
_LATIN_WEEKDAY = re.compile(rf"(?<![a-zà-ÿ])(?:{_WEEKDAYS})(?![a-zà-ÿ'])\.?,?")
_LEADING = re.compile("(?:on|dated|le|du|am|vom|den) ")
_ZONE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:z|[+-](?:0[0-9]|1[0-4]):[0-9]{2})")

_Y = "([0-9]{4}|[零一二三四五六七八九]{4}|[0-9]{2}(?=年)|[零一二三四五六七八九]{2}(?=年))年?"
_N = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_TO = "(?:-|~|至|到)"
_CHINESE_YEAR = re.compile(f"{_Y}(.*)")
_CHINESE_DAY = re.compile(f"{_N}月{_N}[日号]?")
_CHINESE_MONTH = re.compile(f"{_N}月份?")
_CHINESE_MONTHS = re.compile(f"{_N}月?{_TO}{_N}月")
_CHINESE_QUARTER = re.compile(r"第?([1-4一二三四])季度?|q([1-4])")
_CHINESE_HALF = re.compile("([上下])半年|h([12])")
_CHINESE_THIRD = re.compile("年?([初中底末尾])")

_SEP = r"[-/. ]+"
_THREE = re.compile(rf"([0-9]+){_SEP}([0-9]+){_SEP}([0-9]+)[. ]*")
_TWO = re.compile(rf"([0-9]+){_SEP}([0-9]+)[. ]*")
_MONTHS_IN_FIGURES = re.compile(
    r"([0-9]{4})[-/.]([0-9]{1,2}) ?(?:-|~|/|to|bis|à|au) ?([0-9]{4})[-/.]([0-9]{1,2})"
)
_YEAR = re.compile(r"('?[0-9]{2}|[0-9]{4})")
_PART_FIRST = re.compile(
    rf"(?:(?P<q>[qt])(?P<n1>[0-9])|(?P<n2>[0-9])q|(?P<h>[hs])(?P<n3>[0-9])|(?P<n4>[0-9])h"
    rf"|(?P<o>[a-zà-ÿ0-9]+)\.?[ -](?:(?P<qw>{_QUARTER})|(?:{_HALF})))"
)


def read(text: str, order: str | None = None) -> Span:
    """Read a date that is not plain ISO, `order` dmy or mdy; ValueError says why it can't be."""
    even = plain(text).removeprefix("'").strip('" ')
    if _MARKS.fullmatch(even) or re.sub(r"[\s,.]", "", even) in _MISSING:
        raise ValueError("missing")
    if match := _ZONE.fullmatch(even):
        even = match[1]
    if part := _part(even):
        return part
    even = _dateless(even)
    if even.isdecimal() and even.isascii():
        return _lone(even)
    if re.search("[年月日号季]|半年", even) or re.fullmatch(f"{_Y}[初中底末]?", even):
        return _chinese(even)
    if match := _THREE.fullmatch(even):
        return _three(match[1], match[2], match[3], order)
    if match := _TWO.fullmatch(even):
        return _two(match[1], match[2])
    if match := _MONTHS_IN_FIGURES.fullmatch(even):
        year, month, to_year, to_month = map(int, match.groups())
        return of_months(year, month, to_month, "month", to_year)
    return _Words(even).span(order)


def _dateless(text: str) -> str:
    """The text without time of day, zone, weekday and brackets."""
    if match := _TIME.search(text):
        hour, minute = match["hour"] or match["h"], match["minute"] or match["m"] or "0"
        clock = int(hour) * 60 + int(minute)
        if int(minute) > 59 or clock > 24 * 60 or int(match["second"] or 0) > 60:
            raise ValueError("no such time of day")
        text = f"{text[: match.start()]} {text[match.end() :]}"
    if "年" in text:
        text = _CHINESE_TIME.sub("", text)
    text = _LEADING.sub("", _LATIN_WEEKDAY.sub("", _WEEKDAY.sub("", text)).strip(" ,"))
    return re.sub(r"\(\s*\)", " ", text).strip(" ,;、")


def _lone(text: str) -> Span:
    if len(text) == 4:
        return of_year(int(text))
    if len(text) in (6, 8):
        raise ValueError("a missing separator, or no date")
    if len(text) in (10, 13):
        raise ValueError("a timestamp, not a date")
    raise ValueError("a serial number, not a date" if len(text) == 5 else "not a date")


def _year(text: str) -> int:
    year = int(text.removeprefix("'"))
    return year if len(text) >= 4 else year + (2000 if year < 50 else 1900)


def _n(text: str) -> int:
    return int(text) if text.isdecimal() else section(text)


def _chinese(text: str) -> Span:
    even = text.replace(" ", "").replace(",", "")
    match = _CHINESE_YEAR.fullmatch(even)
    if not match:
        if re.match("今|去|前|明|本|上个?月|昨|近|日前", even):
            raise ValueError("a relative date")
        if re.match(f"{_N}月", even):
            raise ValueError("no year")
        raise ValueError(f"not understood: '{text}'")
    digits, rest = match.groups()
    marked = even[len(digits) : len(digits) + 1] == "年"
    number = "".join(str(DIGITS.get(c, c)) for c in digits)
    if len(number) == 2 and not marked:
        raise ValueError("no year")
    year = _year(number)
    if not rest:
        return of_year(year)
    if match := _CHINESE_DAY.fullmatch(rest):
        return of_day(year, _n(match[1]), _n(match[2]))
    if match := _CHINESE_MONTH.fullmatch(rest):
        return of_month(year, _n(match[1]))
    if match := _CHINESE_MONTHS.fullmatch(rest):
        return of_months(year, _n(match[1]), _n(match[2]), "month")
    if match := re.fullmatch(f"{_N}月{_TO}{_Y}{_N}月", rest):
        end = "".join(str(DIGITS.get(c, c)) for c in match[2])
        return of_months(year, _n(match[1]), _n(match[3]), "month", _year(end))
    if match := _CHINESE_QUARTER.fullmatch(rest):
        part = match[1] or match[2]
        return of_part(year, int(DIGITS.get(part, part)), 4)
    if match := _CHINESE_HALF.fullmatch(rest):
        return of_part(year, 1 if match[1] == "上" or match[2] == "1" else 2, 2)
    if match := _CHINESE_THIRD.fullmatch(rest):
        return of_part(year, _THIRD[match[1]], 3)
    raise ValueError(f"not understood: '{text}'")


def _three(a: str, b: str, c: str, order: str | None) -> Span:
    if len(a) == 4 and len(b) <= 2 and len(c) <= 2:
        return of_day(int(a), int(b), int(c))
    if len(a) > 2 or len(b) > 2 or len(c) not in (2, 4):
        raise ValueError("not a date")
    if len(c) == 2 and not order:
        raise ValueError("ambiguous: a year of two digits")
    year = _year(c)
    if order:
        day, month = (a, b) if order == "dmy" else (b, a)
        return of_day(year, int(month), int(day))
    found = []
    for day, month in ((a, b), (b, a)):
        try:
            found.append(of_day(year, int(month), int(day)))
        except ValueError as error:
            reason = error
    if not found:
        raise reason
    if len(found) == 2 and found[0] != found[1]:
        raise ValueError(f"ambiguous: {found[0].first} or {found[1].first}")
    return found[0]


def _two(a: str, b: str) -> Span:
    if len(a) == 4 and len(b) <= 2:
        return of_month(int(a), int(b))
    if len(b) == 4 and len(a) <= 2:
        return of_month(int(b), int(a))
    if len(a) == len(b) == 4 and int(a) <= int(b) <= 2100:
        raise ValueError("a range of years")
    raise ValueError("no year" if max(len(a), len(b)) <= 2 else "not a date")


def _part(text: str) -> Span | None:
    """A quarter, half or third of a year in Latin letters; None where it is none."""
    even = " ".join(w for w in re.split(r"[ ,]+", text) if w not in _FILLER.split())
    if match := re.fullmatch(rf"{_PART_FIRST.pattern}[-/ ,.]*{_YEAR.pattern}", even):
        year = match[match.re.groups]
    elif match := re.fullmatch(rf"([0-9]{{4}})[-/ ,.]*{_PART_FIRST.pattern}", even):
        year = match[1]
    else:
        if match := re.fullmatch(r"([a-zà-ÿ]+(?:-end)?)[ -]*([0-9]{4})", even):
            third = _THIRD.get(match[1])
            return of_part(int(match[2]), third, 3) if third else None
        return None
    if match["o"] and match["o"] not in _ORDINAL and not match["o"].isdecimal():
        return None
    number = match["n1"] or match["n2"] or match["n3"] or match["n4"] or match["o"]
    part = _ORDINAL.get(number) or int(number)
    quarters = match["q"] or match["n2"] or match["qw"]
    return of_part(_year(year), part, 4 if quarters else 2)


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    ordinal: bool
    apostrophe: bool

    @property
    def can_be_year(self) -> bool:
        return not self.ordinal and len(self.text) in (2, 4)

    @property
    def can_be_day(self) -> bool:
        return not self.apostrophe and len(self.text) <= 2 and 1 <= int(self.text) <= 31


_TOKEN = re.compile(
    r"(?P<apostrophe>')?(?P<number>[0-9]+)(?P<ordinal>st|nd|rd|th|er)?(?![0-9a-zà-ÿ'])"
    r"|(?P<word>[a-zà-ÿ]+(?:'[a-zà-ÿ]+)?)\.?(?![0-9a-zà-ÿ])|(?P<sep>[-/~–]|to(?![a-z]))|[ .,]+"
)


class _Words:
    """A date with the name of a month, or two of them."""

    def __init__(self, text: str) -> None:
        self.numbers: list[_Number] = []
        self.months: list[int] = []
        self.kinds = ""
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match:
                raise ValueError(f"not understood: '{text[at : at + 30]}'")
            at = match.end()
            self._take(match)

    def _take(self, match: re.Match[str]) -> None:
        if number := match["number"]:
            self.numbers.append(_Number(number, bool(match["ordinal"]), bool(match["apostrophe"])))
            self.kinds += "n"
        elif word := match["word"]:
            if word in _MONTH:
                self.months.append(_MONTH[word])
                self.kinds += "m"
            elif word in ("to", "bis", "through", "until", "au", "à"):
                self.kinds += "-"
            elif word in _RELATIVE.split():
                raise ValueError("a relative date")
            elif word not in _FILLER.split():
                raise ValueError(f"not understood: '{word}'")
        elif match["sep"]:
            self.kinds += "-"

    def span(self, order: str | None) -> Span:
        kinds, numbers, months = self.kinds, self.numbers, self.months
        plain_kinds = kinds.replace("-", "")
        if plain_kinds in ("mn", "nm") and len(numbers) == 1:
            return self._month_and_number(numbers[0])
        if plain_kinds in ("nmn", "mnn"):
            return self._day(order)
        if re.fullmatch("m-+mn", kinds) or re.fullmatch("m-+m-+n", kinds):
            return self._months(numbers[0], numbers[0])
        if re.fullmatch("mn-+mn", kinds):
            return self._months(numbers[0], numbers[1])
        if not numbers or not months:
            raise ValueError("no year" if months or numbers else "not a date")
        raise ValueError("not one date")

    def _month_and_number(self, number: _Number) -> Span:
        if len(number.text) == 4:
            return of_month(int(number.text), self.months[0])
        if len(number.text) == 2 and not number.ordinal:
            raise ValueError("ambiguous: a month with two digits")
        raise ValueError("no year")

    def _months(self, first: _Number, last: _Number) -> Span:
        if len(first.text) != 4 or len(last.text) != 4:
            raise ValueError("no year")
        return of_months(int(first.text), self.months[0], self.months[1], "month", int(last.text))

    def _day(self, order: str | None) -> Span:
        a, b = self.numbers
        found = [
            (day, year)
            for day, year in ((a, b), (b, a))
            if day.can_be_day and year.can_be_year and len(day.text) <= 2
        ]
        if not found:
            raise ValueError("not a date")
        day, year = found[0]
        together = re.fullmatch("n-m-n|nmn|m-n-n", self.kinds) or year.apostrophe
        if len(year.text) == 2 and not together:
            raise ValueError("ambiguous: two days, or a year of two digits")
        if len(found) == 2 and not order:
            raise ValueError("ambiguous: a year of two digits")
        return of_day(_year(year.text), self.months[0], int(day.text))
