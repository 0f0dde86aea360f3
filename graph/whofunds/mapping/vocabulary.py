"""What headers are called, in six languages (`columns.csv`), and what a header says by itself."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whofunds.currencies import COMMON, NAMES, SIGNS
from whofunds.hints import UNITS
from whofunds.wording import bare

ROLES = {
    "company": "name of the company that is funded",
    "alias": "another name of the company",
    "company_id": "the table's own id of the company",
    "domain": "the company's web site",
    "country": "the company's country",
    "city": "the company's seat",
    "founded": "when the company was founded",
    "round_id": "the table's own id of the round",
    "date": "when the round was announced",
    "stage": "stage or type of the round",
    "status": "whether the round is closed",
    "amount": "the round's amount",
    "currency": "currency of the amount",
    "valuation": "valuation of the company at the round",
    "valuation_currency": "currency of the valuation",
    "total": "what the company raised altogether, never added to rounds",
    "investors": "who paid; a name or a list",
    "lead_investors": "who led; a name or a list",
    "investor_id": "the table's own id of the one investor in the row",
    "investor_country": "country of the one investor in the row",
    "investor_kind": "the table's type of the one investor in the row",
    "lead": "whether the one investor in the row led",
    "cheque": "what the one investor in the row paid itself",
    "link": "address of the report",
    "title": "title of the report",
    "publisher": "publisher of the report",
    "published": "date of the report",
    "note": "a note",
}
"""What a column may be; a column that is none of these is left out."""

MONEY = ("amount", "valuation", "total", "cheque")
DATES = ("date", "founded", "published")

_FREE = frozenset(
    """company startup org organization organisation funding round rounds deal transaction financing
    the of in name names s code full list event de la le du des l d der die das del el y und et
    uuids""".split()  # noqa: SIM905
)
_BESIDE = {"series", "serie", "seed", "equity", "angel", "non", "pre", "convertible"}
_FREE_CJK = ("公司", "企业", "项目", "名称", "本轮", "融资", "投资", "事件", "的")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý])|(?<=[A-Z])(?=[A-Z][a-z])")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_TENFOLD = tuple(
    (re.compile(rf"\b(?:{many})[ -]*(?:{unit})\b", re.IGNORECASE), sign)
    for many, unit, sign in (
        ("hundreds? of|hundred|100", "millions?|mn?", "亿"),
        ("tens? of|ten|10", "millions?|mn?", "千万"),
        ("hundreds? of|hundred|100", "thousands?|k", "lakh"),
        ("tens? of|ten|10", "thousands?|k", "万"),
    )
)
"""Units of more than one word: the last word alone would be ten or a hundred times too small."""
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")


@dataclass(frozen=True)
class Header:
    """A header, evened out: its words, and the currency and unit that it states."""

    text: str
    words: tuple[str, ...]
    currency: str = ""
    unit: str = ""

    @property
    def joined(self) -> str:
        """The words run together."""
        return "".join(self.words)


@dataclass(frozen=True)
class Match:
    """A role that a header may mean: `score` 3 all of it, 2 in a weak word, 1 in part."""

    role: str
    score: int
    covered: int
    order: int


@dataclass(frozen=True)
class _Phrase:
    role: str
    weak: bool
    words: tuple[str, ...]
    order: int

    @property
    def joined(self) -> str:
        return "".join(self.words)


def header(text: str) -> Header:
    """A header's words without currency and unit, and these."""
    currency = unit = ""
    for phrase, sign in _TENFOLD:
        text = phrase.sub(sign, text)
    for inside in _BRACKET.findall(text):
        if found := measure(inside):
            currency, unit = found
            text = text.replace(inside, " ", 1)
            break
    pieces = text.split()
    for n in (3, 2, 1):
        if not (currency or unit) and len(pieces) > n and (found := measure(" ".join(pieces[-n:]))):
            (currency, unit), text = found, " ".join(pieces[:-n])
    words = tuple(_words(text))
    for n in (3, 2, 1):
        if currency or unit or len(words) <= n:
            continue
        found = measure(" ".join(words[-n:]))
        if found and (found[0] or len(words[-1]) > 2):
            (currency, unit), words = found, words[:-n]
    if not (currency or unit) and words and _CJK.search(words[-1]):
        for at in range(1, len(words[-1])):
            if found := measure(words[-1][at:]):
                (currency, unit), words = found, (*words[:-1], words[-1][:at])
                break
    if words and words[-1] == "in" and (currency or unit):
        words = words[:-1]
    return Header(text, words, currency, unit)


def measure(text: str) -> tuple[str, str] | None:
    """Currency (a code, or a weak sign) and unit that a text states, if it states nothing else."""
    even = unicodedata.normalize("NFKC", text).lower().strip(" .:,")
    currency = unit = ""
    at = 0
    while at < len(even):
        match = _measures().match(even, at)
        if not match:
            return None
        if match["currency"]:
            mark = NAMES.get(match["currency"]) or SIGNS.get(match["currency"])
            code = mark or match["currency"].upper()
            if len(code) > 1 and len(currency) > 1 and code != currency:
                return None
            currency = max(currency, code, key=len)
        elif match["unit"]:
            if unit:
                return None
            unit = match["unit"]
        at = match.end()
    return (currency, unit) if currency or unit else None


@cache
def _measures() -> re.Pattern[str]:
    codes = {code.lower() for code in COMMON} | {"rmb"}
    latin = sorted({*NAMES, *codes}, key=len, reverse=True)
    signs = sorted(SIGNS, key=len, reverse=True)
    units = sorted((*UNITS, "mio.", "mrd."), key=len, reverse=True)
    ends = (re.escape(n) + ("(?![a-z])" if n[-1].isalpha() else "") for n in latin)
    currency = "|".join([*ends, *map(re.escape, signs)])
    unit = "|".join(re.escape(u) + ("(?![a-z])" if u[-1].isascii() else "") for u in units)
    glued = "|".join(rf"{u}(?=(?:{'|'.join(codes)})(?![a-z]))" for u in ("m", "mm", "bn", "k"))
    before = "|".join(rf"{c}(?=(?:mm?|bn?|k)(?![a-z]))" for c in sorted(codes))
    return re.compile(
        rf"(?P<currency>{before}|{currency})|(?P<unit>{glued}|{unit})"
        r"|(?:in|of|en|de|单位|：|:|unit|\s|[/.,-])"
    )


def matches(found: Header) -> list[Match]:
    """The roles that a header may mean, the likeliest first; `out` where it says none."""
    hits = [m for phrase in _phrases() if (m := _match(found, phrase))]
    best = max((m.covered for m in hits), default=0)
    exact = [m for m in hits if m.score > 1]
    kept = exact or [m for m in hits if m.covered == best]
    if not exact and (
        not _never().isdisjoint(found.words) or any(w in found.joined for w in _never_cjk())
    ):
        return [Match("out", 3, len(found.joined), 0)]
    kept.sort(key=lambda m: (-m.score, m.order))
    unique = {m.role: m for m in reversed(kept)}
    return sorted(unique.values(), key=lambda m: (-m.score, m.order))


def meanings(text: str) -> dict[str, str]:
    """What the word of a stage or a state says: `{"instrument": "debt", "listing": "post-ipo"}`.

    A form of money counts inside other words too ("Conventional Debt"), but not beside a stage.
    """
    words = _words(text)
    known = _cell_words()
    if found := known.get("".join(words)):
        return found
    if not _BESIDE.isdisjoint(words):
        return {}
    inside = (known.get(word, {}).get("instrument") for word in words)
    return next(({"instrument": form} for form in inside if form), {})


def unfinished(text: str) -> str:
    """The status of money that isn't there, where words in a text say so: `B (in talks)`."""
    words = _words(text)
    for status, phrase in _unfinished():
        n = len(phrase)
        if any(tuple(words[i : i + n]) == phrase for i in range(len(words) - n + 1)):
            return status
        at = "".join(words).find(phrase[0]) if _CJK.search(phrase[0]) else -1
        if at == 0 or (at > 0 and len(phrase[0]) > 1):
            return status
    return ""


def _match(found: Header, phrase: _Phrase) -> Match | None:
    joined = found.joined
    if phrase.joined == joined:
        return Match(phrase.role, 2 if phrase.weak else 3, len(joined), phrase.order)
    if _CJK.search(phrase.joined):
        if phrase.joined not in joined:
            return None
        rest = joined.replace(phrase.joined, "", 1)
        for free in _FREE_CJK:
            rest = rest.replace(free, "")
    else:
        n = len(phrase.words)
        starts = [
            i for i in range(len(found.words) - n + 1) if found.words[i : i + n] == phrase.words
        ]
        if not starts:
            return None
        left = (*found.words[: starts[0]], *found.words[starts[0] + n :])
        rest = "".join(w for w in left if w not in _FREE)
    if not rest and not phrase.weak:
        return Match(
            phrase.role, 3 if phrase.role != "out" else 2, len(phrase.joined), phrase.order
        )
    return Match(phrase.role, 1, len(phrase.joined), phrase.order)


def _words(text: str) -> list[str]:
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    return [w for w in re.split(r"[\W_]+", bare(text.lower())) if w]


def _rows() -> Iterator[tuple[str, bool, list[str]]]:
    with (Path(__file__).parent / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["role"], row["strength"] == "weak", row["words"].split("|")


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(role, weak, tuple(_words(text)), order)
        for role, weak, texts in _rows()
        if role in ROLES or role == "out"
        for order, text in enumerate(texts)
    )


@cache
def _unfinished() -> tuple[tuple[str, tuple[str, ...]], ...]:
    states = [(r.partition(":"), ws) for r, _, ws in _rows()]
    return tuple(
        (status, tuple(_words(text)))
        for (what, _, status), texts in states
        if what == "status" and status not in ("", "closed")
        for text in texts
    )


@cache
def _never() -> frozenset[str]:
    return frozenset(w for role, _, ws in _rows() if role == "never" for w in ws if w.isascii())


@cache
def _never_cjk() -> frozenset[str]:
    return frozenset(w for role, _, ws in _rows() if role == "never" for w in ws if not w.isascii())


@cache
def _cell_words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for role, _, texts in _rows():
        what, colon, value = role.partition(":")
        for text in texts if colon else ():
            found.setdefault("".join(_words(text)), {}).setdefault(what, value)
    return found
