"""Figures as people write them: separators, scientific notation, words, Chinese numerals.

Everything here reads text that `plain` has evened out, and raises ValueError where two readings
are possible.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("~∼〜˜", "~"),
        **dict.fromkeys("‘’‚‛ʼ´`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("【[〔", "("),
        **dict.fromkeys("】]〕", ")"),
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"),
        **dict(
            zip(
                "億萬兩幣圓圆過餘幾數約級達將點個歐鎊韓臺於間計總額資輪種開號壹贰貳叁參肆伍陆陸柒捌玖拾佰仟〇與為後獲內說實現戰",
                "亿万两币元元过余几数约级达将点个欧镑韩台于间计总额资轮种开号一二二三三四五六六七八九十百千零与为后获内说实现战",
                strict=True,
            )
        ),
    }
)
_ODD = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")
_CJK = "[\u3040-\u30ff\u3400-\u9fff]"
_GAP = re.compile(f"(?<={_CJK}) | (?={_CJK})")


def plain(text: str) -> str:
    """One form for widths, case, dashes, quotes, brackets, spaces and traditional numerals."""
    if not text.isascii():
        for c in text:
            if ord(c) > 0xA0 and unicodedata.decomposition(c).startswith(_ODD):
                raise ValueError(f"a sign that is no plain figure: '{c}'")
        text = unicodedata.normalize("NFKC", text).translate(_PLAIN)
        return _GAP.sub("", " ".join(text.lower().split()))
    return " ".join(text.lower().translate(_PLAIN).split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit: bounds, and how sure they are.

    `form`: one (a figure), least (a figure and more), vague (between the bounds), bare (a unit
    that no figure precedes). `unit` is what a figure beside it in a range may borrow (1: none,
    0: it may not), `small` a hundred or thousand inside that unit that only one digit borrows.
    """

    low: Decimal
    high: Decimal
    form: str = "one"
    unit: Decimal = Decimal(1)
    small: int = 1


FIGURE = re.compile(
    r"(?:[0-9]+(?:[.,'][0-9]+| [0-9]{3}(?![0-9]))*|\.[0-9]+)(?:e[+-]?[0-9]+(?![0-9a-z]))?"
)
_PLAIN_FIGURE = re.compile(r"0|[1-9][0-9]*")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)?\.[0-9]+")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]{1,2}")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}(?:,[0-9]{1,2})?|\.[0-9]{3},[0-9]{1,2})")
_SPACES = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]{1,2})?")
_QUOTES = re.compile(r"[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:[.,][0-9]{1,2})?")
_COMMA_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*),[0-9]{1,2}|0,[0-9]{3,}")


def figure(text: str, *, scaled: bool, comma: bool = False, continental: bool = False) -> Decimal:
    """The value of a figure in Latin digits.

    `scaled`: a unit such as million follows; `comma`: a decimal comma is possible; `continental`:
    the text is French or German, where comma and dot may have changed places.
    """
    if _PLAIN_FIGURE.fullmatch(text):
        return Decimal(text)
    if _SCIENTIFIC.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _DECIMAL.fullmatch(text):
        whole, _, part = text.partition(".")
        if len(part) == 3 and 0 < len(whole) < 4 and whole != "0" and (continental or not scaled):
            raise ValueError(f"ambiguous: '{text}' may be thousands or a decimal")
        return Decimal(text)
    if _COMMAS.fullmatch(text) or _INDIAN.fullmatch(text):
        if continental and "." not in text and text.count(",") == 1:
            raise ValueError(f"ambiguous: '{text}' may be thousands or a decimal")
        return Decimal(text.replace(",", ""))
    if comma and _COMMA_DECIMAL.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _DOTS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _SPACES.fullmatch(text) or _QUOTES.fullmatch(text):
        return Decimal(text.replace(" ", "").replace("'", "").replace(",", "."))
    raise ValueError(f"a malformed number: '{text}'")


DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"": 1, "十": 10, "百": 100, "千": 1000}
_BIG = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "兆": 10**12}
_D, _B = "[一二三四五六七八九两]", "(万亿|[万亿兆])"
_RUN = "零一二三四五六七八九两十百千万亿兆"
_REST = f"(?:[{_RUN}数几多余点个0-9]|(?<=[0-9])[.,](?=[0-9]))*"
CHINESE = re.compile(
    f"(?:[0-9](?:[0-9]|[.,](?=[0-9]))*)?(?:[{_RUN}数几]|(?<=[0-9])[多余个]){_REST}"
)
_VAGUE = re.compile(f"[数几]([十百千]?){_B}?")
_SOME = re.compile(f"({_D}?十|[1-9]0)[数几]{_B}?")
_PAIR = re.compile(f"((?:{_D}?十)?)({_D})({_D})([十百千]?){_B}?")
_BARE = re.compile(f"([百千]?){_B}?")
_UNIT = re.compile(f"([0-9.,]+)([十百千]?){_B}?")
_SMALL = re.compile(f"{_D}([十百千]){_B}")
_SECTION = re.compile(f"(?:({_D})千)?(?:(零)?({_D})百)?(?:(零)?({_D}?)十)?(?:(零)?({_D}))?")
_POINT = re.compile("([零一二三四五六七八九两十百]+)点([零一二三四五六七八九]+)")
_ARABIC = re.compile("([0-9.,]+)([十百千]?)")


def section(text: str) -> int:
    """A Chinese numeral below ten thousand."""
    match = _SECTION.fullmatch(text)
    if not match or not text:
        raise ValueError(f"a malformed number: '{text}'")
    kilo, gap1, hecto, gap2, deca, gap3, one = match.groups()
    ten = deca is not None
    skipped = (
        (hecto and gap1)
        or (ten and bool(gap2) != bool(kilo and not hecto))
        or (one and bool(gap3) != bool((kilo or hecto) and not ten))
    )
    if skipped:
        raise ValueError(f"a malformed number: '{text}'")
    value = 1000 * DIGITS[kilo or "零"] + 100 * DIGITS[hecto or "零"] + DIGITS[one or "零"]
    return value + (10 * DIGITS[deca or "一"] if ten else 0)


def _count(text: str) -> Decimal:
    """The figure before 万 or 亿."""
    if match := _ARABIC.fullmatch(text):
        return figure(match[1], scaled=True) * _TENS[match[2]]
    if match := _POINT.fullmatch(text):
        part = "".join(str(DIGITS[c]) for c in match[2])
        return Decimal(f"{section(match[1]) if match[1] != '零' else 0}.{part}")
    return Decimal(section(text))


def _numeral(text: str) -> Decimal:
    """A whole numeral: counts of 兆, 亿, 万 and the rest, each smaller than the unit before."""
    for sign, big in (("兆", 10**12), ("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(sign)
        if not found:
            continue
        if sign != "万" and ("亿" in head or "兆" in head):
            break
        value = _numeral(head) if "万" in head and sign == "亿" else _count(head)
        if not tail:
            return value * big
        if value != int(value) or (sign != "万" and not tail.endswith(("万", "亿"))):
            break
        if sign == "万" and not re.fullmatch(f"[1-9][0-9]{{3}}|.*[十百千].*|零{_D}", tail):
            break
        if sign == "亿" and tail.endswith("亿"):
            break
        if tail.startswith("零") and len(tail) > 1:
            tail = tail[1:]
        rest = _numeral(tail)
        if rest >= big:
            break
        return value * big + rest
    else:
        return _count(text)
    raise ValueError(f"a malformed number: '{text}'")


def chinese(text: str) -> Quantity:
    """A run that CHINESE matched: 1亿2000万, 数千万, 十几亿, 两三百万, 10余亿, a bare 亿."""
    run = re.sub("(?<=[0-9一二三四五六七八九两数几])个(?=[百千万亿])", "", text)
    if "个" in run:
        raise ValueError("a count, not a sum")
    if match := _VAGUE.fullmatch(run):
        if not (match[1] or match[2]):
            raise ValueError("a vague count without a unit")
        unit = Decimal(_TENS[match[1]] * _BIG[match[2] or ""])
        return Quantity(2 * unit, 10 * unit - 1, "vague", Decimal(0))
    if match := _SOME.fullmatch(run):
        tens = int(match[1]) if match[1].isdigit() else section(match[1])
        unit = Decimal(_BIG[match[2] or ""])
        return Quantity((tens + 1) * unit, (tens + 10) * unit - 1, "vague", Decimal(0))
    if (match := _PAIR.fullmatch(run)) and (match[4] or match[5]):
        first, second = DIGITS[match[2]], DIGITS[match[3]]
        if second != first + 1:
            raise ValueError(f"ambiguous: '{match[2]}{match[3]}' in a row")
        ten = section(match[1]) if match[1] else 0
        if ten and match[4]:
            raise ValueError(f"a malformed number: '{text}'")
        unit = Decimal(_TENS[match[4]] * _BIG[match[5] or ""])
        return Quantity((ten + first) * unit, (ten + second) * unit, "vague", Decimal(0))
    if match := _BARE.fullmatch(run):
        unit = Decimal(_TENS[match[1]] * _BIG[match[2] or ""])
        return Quantity(unit, unit, "bare", unit)
    form = "one"
    if len(re.findall("[多余]", run)) == 1 and re.search("[多余](?:$|[百千万亿兆])", run):
        run, form = re.sub("[多余]", "", run), "least"
        if run.endswith("有"):
            run = run[:-1]
    value = _numeral(run)
    unit, small = Decimal(0), 1
    if match := _UNIT.fullmatch(run):
        unit = Decimal(_TENS[match[2]] * _BIG[match[3] or ""])
    elif match := _SMALL.fullmatch(run):
        unit, small = Decimal(_BIG[match[2]]), _TENS[match[1]]
    elif len(re.findall("[万亿兆]", run.replace("万亿", "亿"))) < 2 and re.search(f"{_B}$", run):
        unit = Decimal(_BIG[re.search(f"{_B}$", run)[1]])  # type: ignore[index]
    elif not re.search("[万亿兆]", run):
        unit = Decimal(1)
    return Quantity(value, value, form, unit, small)


_ENGLISH = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_FRENCH = """
    un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
    dix-sept dix-huit dix-neuf"""
_GERMAN = """
    ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
    sechzehn siebzehn achtzehn neunzehn"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FRENCH_TENS = "vingt trente quarante cinquante soixante"
_GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"


def _written() -> Iterator[tuple[str, int]]:
    english, french, german = (names.split() for names in (_ENGLISH, _FRENCH, _GERMAN))
    # "un" and "ein" alone are articles.
    for words, start in ((english, 1), (french[1:], 2), (german[1:], 2)):
        yield from ((word, n) for n, word in enumerate(words, start))
    for names in (_ENGLISH_TENS, _FRENCH_TENS, _GERMAN_TENS):
        yield from ((word, 10 * n) for n, word in enumerate(names.split(), 2))
    yield from (("quatre-vingt", 80), ("quatre-vingts", 80))
    for n, tens in [*enumerate(_FRENCH_TENS.split(), 2), (8, "quatre-vingt")]:
        below = french if n in (6, 8) else french[:9]
        yield from ((f"{tens}-{word}", 10 * n + m) for m, word in enumerate(below, 1))
    for m, word in enumerate(german[:9], 1):
        yield f"{word}hundert", 100 * m
        for n, tens in enumerate(_GERMAN_TENS.split(), 2):
            yield f"{word}und{tens}", 10 * n + m


WORDS = dict(_written())
"""Numerals that are written out."""
