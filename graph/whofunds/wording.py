"""The words around a sum in English, Chinese, French and German, and the tokens they become."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize

from whofunds.currencies import NAMES, SIGNS
from whofunds.numerals import CHINESE, DIGITS, FIGURE, WORDS

ABOUT, LEAST, MOST = "about", "at_least", "at_most"


def _phrases(text: str) -> list[str]:
    """Phrases from lines of `a, b, c`; each also without its accents."""
    found = [p.strip() for p in text.replace("\n", ",").split(",") if p.strip()]
    return [*found, *(bare(p) for p in found if len(p) > 1)]


def bare(text: str) -> str:
    """Latin text without accents."""
    if text.isascii():
        return text
    return "".join(c for c in normalize("NFD", text) if not combining(c))


BEFORE = {
    ABOUT: """
        about, around, roughly, some, approximately, approx., approx, circa, ca., ca, c., est.,
        est, estimated, an estimated, estimated at, just about, ~, ≈, ±, 约, 大约, 大概, 约为,
        约莫, environ, autour de, aux alentours de, à peu près, quelque, rund, etwa, zirka,
        ungefähr, 约合, in the region of, in the neighbourhood of, autour d'""",
    LEAST: """
        over, more than, at least, north of, in excess of, upwards of, upward of, above,
        exceeding, exceeds, greater than, no less than, not less than, not under,
        no fewer than, a minimum of, minimum of, minimum, just over, well over, slightly over,
        slightly more than, just above, well above, a little over, a little more than,
        far more than, >, ≥, >=, min., 超, 超过, 超出, 逾, 过, 上, 破, 高于, 大于, 多于,
        不少于, 不低于, 至少, 最少, 突破, 累计超, 累计超过, plus de, plus d', un peu plus de,
        un peu plus d', bien plus de, au moins,
        supérieur à, supérieure à, au-delà de, pas moins de, au minimum, über, ueber, mehr als,
        mindestens, wenigstens, gut, etwas mehr als, nicht weniger als, deutlich mehr als,
        deutlich über, knapp über, leicht über""",
    MOST: """
        nearly, almost, just under, up to, as much as, less than, under, below, no more than,
        not more than, at most, a maximum of, maximum of, maximum, close to, just shy of,
        shy of, just below, slightly under, slightly less than, slightly below, a little under,
        a little less than, not exceeding, approaching, max., <, ≤, <=, 近, 将近, 接近,
        不到, 不足, 不超过, 不超, 不高于, 不多于, 至多, 最多, 最高, 最高可达, 最高达, 最多可达,
        少于, 低于, 小于, près de, près d', presque, jusqu'à, moins de, moins d', un peu moins de,
        un peu moins d', au plus, au maximum, pas plus de, inférieur à, inférieure à,
        knapp, fast, beinahe, nahezu, annähernd, bis zu, unter, weniger als, etwas weniger als,
        höchstens, maximal, nicht mehr als, knapp unter""",
}
AFTER = {
    ABOUT: """
        左右, 上下, or so, or thereabouts, environ, approx., approx, approximately, est., est,
        estimated""",
    LEAST: """
        +, plus, -plus, or more, or above, and above, and up, and more, at least, minimum,
        以上, 超, 及以上, 或以上, 多, 余, 有余, ou plus, au moins, au minimum, oder mehr,
        mindestens""",
    MOST: """
        or less, or under, or below, at most, maximum, 以内, 之内, 以下, 及以下, ou moins,
        au plus, au maximum, oder weniger, höchstens, maximal""",
}
CONTINENTAL = set(
    _phrases("""
        environ, autour de, aux alentours de, à peu près, rund, etwa, zirka, ungefähr, plus de,
        un peu plus de, bien plus de, au moins, supérieur à, supérieure à, au-delà de,
        pas moins de, über, ueber, mehr als, mindestens, wenigstens, gut, etwas mehr als,
        plus d', moins d', près d', autour d', un peu plus d', un peu moins d',
        près de, presque, jusqu'à, moins de, un peu moins de, knapp, fast, beinahe, nahezu,
        bis zu, unter, weniger als, höchstens, d'euros, d'euro, d', de, milliard, milliards,
        millionen, milliarde, milliarden, billionen, mille, tausend, hundert, insgesamt, von,
        entre, zwischen, bis, à, dollars américains, levée, montant, dollar américain, summe,
        betrag, in höhe von, un, une, ein, eine, einen, einem, einer""")
)
"""Phrases that only a French or German text has, where a comma may be a decimal."""

SCALES = {
    **dict.fromkeys(("hundred", "cent", "cents", "hundert"), 10**2),
    **dict.fromkeys(("thousand", "thousands", "mille", "tausend"), 10**3),
    **dict.fromkeys(("million", "millions", "millionen", "-million"), 10**6),
    **dict.fromkeys(("billion", "billions", "-billion"), 10**9),
    **dict.fromkeys(("milliard", "milliards", "milliarde", "milliarden"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "-trillion", "billionen"), 10**12),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 10**5),
    **dict.fromkeys(("crore", "crores"), 10**7),
}
LETTERS = {
    **dict.fromkeys(("k", "tsd"), 10**3),
    **dict.fromkeys(("m", "mm", "mn", "mln", "mio"), 10**6),
    **dict.fromkeys(("b", "bn", "bln", "md", "mds", "mrd", "mrds"), 10**9),
    **dict.fromkeys(("tn", "trn"), 10**12),
    **dict.fromkeys(("cr", "crs"), 10**7),
}
_CONTINENTAL_LETTERS = {"tsd", "mio", "md", "mds", "mrd", "mrds"}
_LETTER = re.compile(
    rf"([ -]?)({'|'.join(sorted(LETTERS, key=len, reverse=True))})"
    r"(?:(?![a-z0-9à-ÿ'])|(?=usd|eur|cny|rmb|gbp|inr|hkd|sek|chf|jpy))\.?"
)

VAGUE = {
    (2, 10): "several, a few, few, plusieurs, quelques, einige, mehrere",
    (20, 100): """
        tens of, several tens of, dizaines de, des dizaines de, plusieurs dizaines de,
        quelques dizaines de""",
    (200, 1000): """
        hundreds of, several hundred, a few hundred, several hundreds of, centaines de,
        des centaines de, plusieurs centaines de, quelques centaines de, mehrere hundert,
        einige hundert, hunderte, hunderte von""",
    (2000, 10000): """
        thousands of, several thousand, a few thousand, milliers de, des milliers de,
        plusieurs milliers de, quelques milliers de, mehrere tausend, einige tausend""",
    (1, 10): "single-digit, einstelliger, einstellige, einstelligen, einstelliges",
    (10, 100): "double-digit, two-digit, zweistelliger, zweistellige, zweistelligen",
    (100, 1000): "triple-digit, three-digit, dreistelliger, dreistellige, dreistelligen",
}
ROUND = {
    10: "une dizaine de",
    12: "une douzaine de",
    15: "une quinzaine de",
    20: "une vingtaine de",
    30: "une trentaine de",
    40: "une quarantaine de",
    50: "une cinquantaine de",
    60: "une soixantaine de",
    100: "une centaine de",
    1000: "un millier de",
}
"""French numerals that are rough by themselves."""

FILLER = """
        total, totaling, totalling, in total, a total of, total of, raised, raises, raising,
        raise, secured, secures, funding, financing, investment, round, amount, sum, figure,
        capital, of, in, the, worth, fresh, new, equity, cash, totale, au total, un total de,
        montant, un montant de, levée, levée de fonds, fonds, de, des, du, la, le, d',
        financement, tour de table, in höhe von, von, insgesamt, gesamt, betrag, summe,
        finanzierung, an, cumulative, cumulatively, aggregate, :, 累计, 合计, 总计, 共计, 总共, 共,
        总额, 总金额, 金额, 融资, 融资额, 融资金额, 融资总额,
        累计融资, 投资, 投资额, 投资总额, 获, 获得, 获投, 完成, 完成了, 募资, 募集, 筹集, 达,
        达到, 为, 的, 资金, 整, 本轮, 本次, 规模, 之间, 具体, 数额, 具体金额,
        具体数额, 具体融资金额, terms, terms of the deal, financial terms, size, in höhe, höhe,
        somme, une somme de, des, dans"""
OPEN = "between, somewhere between, from, entre, zwischen, 介于, 在, 从, 由"
TO = "to, -, ~, 至, 到, à, bis"
AND = "and, et, und, 和, 与"
OTHER = """
        or, /, =, 折合, 合, 即, equivalent to, or about, ie, i.e., soit, ou, oder, umgerechnet,
        或, 、, 相当于"""
CLASS = "级, 级别, 量级"
UNDISCLOSED = """
        undisclosed, not disclosed, non disclosed, non-disclosed, nondisclosed, n/a, na, n.a.,
        n.a, n/d, #n/a, nan, none, null, unknown, unspecified, not specified, not available,
        not public, not announced, not reported, not known, not stated, unannounced,
        confidential, tbd, tba, to be announced, to be disclosed, undeclared, unrevealed,
        not revealed, not given, unavailable, not yet disclosed, was not disclosed,
        were not disclosed, did not disclose, declined to disclose, none disclosed,
        not applicable, tenu secret, non renseigné, non renseignée, nicht genannte, 没有透露,
        没有披露, 未对外披露, 未对外公布, 未予披露, 拒绝透露, 不便透露, 无, 無, 非开示, 非公表,
        未披露, 未透露, 未公开, 未公布, 不详, 未知, 保密,
        暂未披露, 暂未公开, 暂未透露, 尚未披露, 尚未公布, 待披露, 未公开披露, 暂无, 未详,
        数额未知, 金额未知, 金额不详, 具体金额未披露, 具体未披露, 未明, 非公开, 非公開,
        non communiqué, non communiquée, non divulgué, non divulguée, nc, n.c., n.c, inconnu,
        inconnue, non précisé, non précisée, non dévoilé, non dévoilée, non révélé,
        confidentiel, nd, n.d., non publié, non rendu public, non disponible, nicht bekannt,
        unbekannt, keine angabe, keine angaben, k.a, k.a., k. a,
        k. a., nicht veröffentlicht,
        nicht offengelegt, vertraulich, nicht genannt, ungenannt, nicht mitgeteilt,
        nicht bekanntgegeben, nicht verfügbar, nicht öffentlich, unbekannte, nicht angegeben,
        ungenannte, unbekannter, ungenannter"""
BAD = {
    "a percentage, not a sum": """
        %, ‰, percent, per cent, pct, percentage, 百分之, 个百分点, prozent, pour cent, bps""",
    "a multiple, not a sum": "×, times, fold, 倍, fois, fach, -fold",
    "a count, not a sum": """
        shares, share, people, employees, persons, users, customers, investors, companies,
        rounds, deals, units, stocks, jobs, tokens, parameters, gpus, 股, 人, 名, 家, 位, 用户,
        员工, 件, 台, 笔, 轮融资, actions, personnes, salariés, employés, utilisateurs, aktien,
        mitarbeiter, personen, nutzer, kunden, anteile""",
    "a date, not a sum": """
        january, february, march, april, may, june, july, august, september, october, november,
        december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, 年, 月, 日, 号,
        季度, q1, q2, q3, q4, h1, h2, years, year, months, month, days, weeks, hours, janvier,
        février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre,
        januar, februar, märz, juni, juli, oktober, dezember, jahre, ans""",
    "a price of one share, not a sum": "per share, a share, 每股, par action, je aktie, pro aktie",
    "a spreadsheet's error": "#value!, #ref!, #div/0!, #name?, #num!, #null!",
}
_STAGE = re.compile(
    r"(?:pre-?)?[a-h][1-9]?\+*轮|(?:天使|种子|战略|首)轮?|pre-?series [a-h](?![a-z])"
    r"|series (?:pre-?)?(?:[a-h][1-9]?(?![a-z0-9])\+*|seed)"
    r"|(?:(?:pre-)?seed|angel|ipo)(?![a-z])"
    r"|(?:pre-)?[a-h]\+* ?(?:round|runde)(?![a-z])|bridge(?![a-z])|pre-?[a-h]\+*(?![a-z])"
)
_FIGURES = re.compile(
    r"(?:([0-9]+|[a-z]+)[ -]figures?|à ([0-9]+|[a-z]+) chiffres|([a-zü]+?)stellige[rnsm]?)"
    r"(?![a-zà-ÿ])|([三四五六七八九3-9])位数"
)
_GERMAN_SUM = re.compile(r"(million|milliard)en-?(?:betrag|summe|höhe)")
_HALF = re.compile(
    r"(?:half an?|half-|half|a half|eine halbe|un demi-|un demi) ?(?=million|billion|milliarde?)"
)
_WORDS = {v: n for w, n in WORDS.items() for v in (w, bare(w))}
_WORD = re.compile(
    "(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?"
    f"({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![a-zà-ÿ])"
)
_TIMES = re.compile("x(?![a-z])")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text about money: what kind, what it stands for, as it was written."""

    kind: str
    value: object
    text: str
    continental: bool = False


def _entries() -> Iterator[tuple[str, str, object]]:
    """(phrase, kind, value), a later one replacing an earlier of the same phrase."""
    for kind, text in (
        ("filler", FILLER),
        ("open", OPEN),
        ("to", TO),
        ("and", AND),
        ("other", OTHER),
        ("class", CLASS),
        ("none", UNDISCLOSED),
        ("one", "a, an, one, un, une, ein, eine, einen, einem, einer"),
    ):
        yield from ((p, kind, None) for p in _phrases(text))
    yield ",", "other", None
    for reason, text in BAD.items():
        yield from ((p, "bad", reason) for p in _phrases(text))
    for value, text in AFTER.items():
        yield from ((p, "after", value) for p in _phrases(text))
    both = {p for text in AFTER.values() for p in _phrases(text)}
    for value, text in BEFORE.items():
        yield from ((p, "either" if p in both else "before", value) for p in _phrases(text))
    for bounds, text in VAGUE.items():
        yield from ((p, "vague", bounds) for p in _phrases(text))
    for n, text in ROUND.items():
        yield from ((p, "round", n) for p in _phrases(text))
    yield from ((p, "scale", n) for p, n in SCALES.items())
    for table in (NAMES, SIGNS):
        yield from ((v, "mark", code) for p, code in table.items() for v in {p, bare(p)})


@cache
def _lexicon() -> tuple[dict[str, tuple[str, object]], re.Pattern[str]]:
    table: dict[str, tuple[str, object]] = {}
    for phrase, kind, value in _entries():
        table[phrase] = (kind, value)
    by_length = sorted(table, key=len, reverse=True)

    def edged(phrase: str) -> str:
        edge = r"(?![a-zà-ÿ])" if phrase[-1].isalpha() and phrase[-1] < "\u0250" else ""
        return re.escape(phrase) + edge

    return table, re.compile("|".join(edged(p) for p in by_length))


def tokens(text: str) -> Iterable[Token]:
    """The tokens of a plain text; ValueError names what no convention covers."""
    table, lexicon = _lexicon()
    at = 0
    after_figure = False
    found: list[Token] = []
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token, at = _token(text, at, after_figure, table, lexicon)
        after_figure = token.kind in ("figure", "word") or (after_figure and token.text in "+-plus")
        found.append(token)
        if after_figure and (match := _LETTER.match(text, at)):
            letters = match[2]
            euro = text.startswith("€", match.end())
            found.append(
                Token("scale", LETTERS[letters], letters, euro or letters in _CONTINENTAL_LETTERS)
            )
            at, after_figure = match.end(), False
    return found


def _token(
    text: str,
    at: int,
    after_figure: bool,
    table: dict[str, tuple[str, object]],
    lexicon: re.Pattern[str],
) -> tuple[Token, int]:
    if after_figure and (match := _TIMES.match(text, at)):
        return Token("bad", "a multiple, not a sum", match[0]), match.end()
    if match := _STAGE.match(text, at):
        return Token("stage", None, match[0]), match.end()
    if match := _FIGURES.match(text, at):
        count = next(g for g in match.groups() if g)
        n = int(count) if count.isdecimal() else DIGITS.get(count) or _WORDS.get(count, 0)
        if 3 <= n <= 12:
            return Token("vague", (10 ** (n - 1), 10**n), match[0]), match.end()
    if match := _HALF.match(text, at):
        return Token("word", "0.5", match[0]), match.end()
    if match := _GERMAN_SUM.match(text, at):
        return Token(
            "scale", 10**6 if match[1] == "million" else 10**9, match[0], True
        ), match.end()
    if match := lexicon.match(text, at):
        chinese = CHINESE.match(text, at)
        if not chinese or len(chinese[0]) < len(match[0]) or text.startswith("百分之", at):
            kind, value = table[match[0]]
            return Token(kind, value, match[0], match[0] in CONTINENTAL), match.end()
    if match := CHINESE.match(text, at):
        return Token("chinese", match[0], match[0]), match.end()
    if match := FIGURE.match(text, at):
        end = match.end()
        if run := CHINESE.match(text, end):
            return Token("chinese", match[0].replace(" ", "") + run[0], match[0]), run.end()
        return Token("figure", match[0], match[0]), end
    if match := _WORD.match(text, at):
        tens, word = match.groups()
        return Token(
            "word", str(_WORDS[word] + (_WORDS[tens] if tens else 0)), match[0]
        ), match.end()
    raise ValueError(f"not understood: '{text[at : at + 30]}'")
