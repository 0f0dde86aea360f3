"""What a firm's name is made of, and how two names stand to each other.

A name is read as a core (what is the firm's own), with words around it that say what it does, where
and in which number. "Acme Capital China Fund II" has the core "acme". How two names stand to each
other is one word of `RELATIONS`; that of a name to itself with other words around it tells a part
from a whole.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from whofunds.names import fold, spellings, words
from whofunds.namewords import (
    FORMS,
    GOVERNMENT,
    HARD,
    NUMBERS,
    PLAIN,
    REGIONS,
    SOFT,
    WIDE,
)

RELATIONS = (
    "equal",  # the same once folded
    "variant",  # the same core, and the same said of it
    "derived",  # the second's core, with more said of it
    "origin",  # the other way round
    "kin",  # the same core, each with something else said of it
    "series",  # the same, with another number
    "inside",  # begins with the second's core and goes on in words of its own
    "around",  # the other way round
    "acronym",  # one is made of the other's initials
    "near",  # a slip of typing apart
    "shares",  # one's core stands in the other, not at its head
    "elsewhere",  # the same core, of another place
    "alike",  # look or sound alike, and are not the same
    "cousins",  # begin alike, and each goes on in its own way
    "",  # nothing
)
"""From the strongest to the weakest."""
RANK = {relation: rank for rank, relation in enumerate(RELATIONS)}
TURNED = {"derived": "origin", "origin": "derived", "inside": "around", "around": "inside"}

_HAN = re.compile("[\u3400-\u9fff]+")
_PIECES = re.compile("[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_NOTE = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_HAN_WORDS = sorted(
    (w for kind in (FORMS, SOFT, HARD, PLAIN, GOVERNMENT, NUMBERS) for w in kind if _HAN.match(w)),
    key=len,
    reverse=True,
)
_LEGAL_LETTERS = "lcigh"


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart.

    `core` are the words of its own, `said` the classes of those around it, `places` where it says
    to be (`region` the places after the core, which name a part), `numbers` its number in a series.
    `weak` names have no words of their own. `bare` is `folded` without a note in brackets.
    """

    folded: str
    bare: str
    core: tuple[str, ...]
    said: frozenset[str]
    places: frozenset[str]
    region: frozenset[str]
    numbers: frozenset[str]
    weak: bool
    government: bool
    han: bool
    noted: bool
    initials: str
    sounds: frozenset[str]

    @property
    def joined(self) -> str:
        """The core as one word."""
        return "".join(self.core)

    @property
    def short(self) -> str:
        """How Chinese shortens two words of two signs: the first sign of each."""
        whole = self.folded
        known = self.han and len(self.joined) == 2 and len(whole) == 4 and whole[:2] == self.joined
        return whole[0] + whole[2] if known else ""

    @property
    def around(self) -> frozenset[str]:
        """All that is said around the core."""
        return self.said | self.region | self.numbers


class Reader:
    """Takes names apart; `cities` are names of cities, beside the regions that all know."""

    def __init__(self, cities: Iterable[tuple[str, str]] = ()) -> None:
        self._places: dict[tuple[str, ...], str] = {(w,): p for w, p in REGIONS.items()}
        for name, id_ in cities:
            if found := words(fold(name) if _HAN.search(name) else name):
                self._places.setdefault(found, id_)
        self._han_places = sorted(
            (k[0] for k in self._places if len(k) == 1 and _HAN.fullmatch(k[0])), key=len
        )[::-1]
        self._longest = max(map(len, self._places))
        self.read = lru_cache(maxsize=1_000_000)(self._read)

    def _read(self, name: str) -> tuple[Parts, ...]:
        """A name, and what stands in brackets behind it where that is a name too."""
        notes = [n.strip() for n in _NOTE.findall(name)]
        remarks = [n for n in notes if n.islower()]  # "(as listed)" is no name
        outer = _NOTE.sub(" ", name).strip()
        if not notes or not outer:
            return (self._parts(name, name, noted=False),)
        inner = [self._parts(n, n, noted=True) for n in notes if n and n not in remarks]
        legal = all(p.weak and not p.places for p in inner)
        placed = [p for p in inner if p.weak and p.places]
        if (legal or placed) and not remarks:
            # "(Group)", "(Suzhou)": a word of the name that somebody put in brackets.
            return (self._parts(name, _NOTE.sub(r" \1 ", name), noted=False),)
        return (self._parts(name, outer, noted=True), *(p for p in inner if not p.weak))

    def _parts(self, name: str, text: str, *, noted: bool) -> Parts:
        tokens: list[str] = []
        for word in words(re.sub("['’]s\\b", "", text)):
            for piece in _PIECES.findall(word):
                tokens += self._han_words(fold(piece)) if _HAN.match(piece) else [piece]
        core: list[str] = []
        said, places, region, numbers = set[str](), set[str](), set[str](), set[str]()
        plain: list[str] = []
        government, i = False, 0
        while i < len(tokens):
            word = tokens[i]
            spans = range(min(self._longest, len(tokens) - i), 0, -1)
            place = next((n for n in spans if tuple(tokens[i : i + n]) in self._places), 0)
            if place:
                where = self._places[tuple(tokens[i : i + place])]
                places.add(where)
                if core or plain:
                    region.add(where)
                i += place
                continue
            i += 1
            if word in FORMS:
                continue
            number = word in NUMBERS if word != "i" else i == len(tokens)
            if i > 1 and (number or word.isdecimal()):
                numbers.add(NUMBERS.get(word, word))
            elif word in GOVERNMENT:
                government = True
                plain.append("government")
            elif word in SOFT or word in HARD:
                said.add(SOFT.get(word) or HARD[word])
            elif word in PLAIN:
                plain.append(PLAIN[word])
                said.add(PLAIN[word])
            else:
                core.append(word)
        weak = not core
        if weak:
            core = list(dict.fromkeys(plain)) or sorted(said)
            said -= set(core)
        joined = "".join(core)
        han = bool(_HAN.search(joined))
        sounds = frozenset(spellings(joined)) if han else frozenset((joined,))
        latin = [t for t in words(text) if t.isascii() and t not in FORMS]
        folded = fold(name)
        return Parts(
            folded,
            fold(text) if noted else folded,
            tuple(core),
            frozenset(said),
            frozenset(places),
            frozenset(region),
            frozenset(numbers),
            weak,
            government,
            han or bool(_HAN.search(folded)),
            noted,
            "".join(t[0] for t in latin) if len(latin) > 1 else "",
            sounds,
        )

    def _han_words(self, run: str) -> list[str]:
        """A run of Chinese: places at its ends, known words at its tail, and the rest whole."""
        head: list[str] = []
        tail: list[str] = []
        stripped = True
        while stripped and run:
            stripped = False
            for word in self._han_places if not head else ():
                if run.startswith(word) and len(run) > len(word):
                    rest = run[len(word) :].removeprefix("市").removeprefix("省")
                    if rest:
                        head.append(word)
                        run, stripped = rest, True
                        break
            for word in (*_HAN_WORDS, *self._han_places):
                if run.endswith(word) and (len(run) > len(word) or tail or head):
                    tail.insert(0, word)
                    run, stripped = run[: -len(word)], True
                    break
        return [*head, *([run] if run else ()), *tail]


def relation(x: Parts, y: Parts) -> str:
    """How a name stands to another: one of RELATIONS."""
    if x.folded == y.folded and x.noted == y.noted:
        return "equal"
    if _one_core(x, y):
        return _around(x, y)
    if x.weak or y.weak:
        return _acronym(x, y)
    apart = _apart(x, y)
    if _begins(x, y):
        return "elsewhere" if apart else "inside"
    if _begins(y, x):
        return "elsewhere" if apart else "around"
    return _acronym(x, y) or _slip(x, y) or _loose(x, y)


def _one_core(x: Parts, y: Parts) -> bool:
    if x.weak != y.weak:
        return False
    if x.weak:
        nested = x.places <= y.places or y.places <= x.places
        return x.core == y.core and nested and bool(x.places and y.places)
    return x.joined == y.joined if x.han == y.han else not x.sounds.isdisjoint(y.sounds)


def _around(x: Parts, y: Parts) -> str:
    if _apart(x, y):
        return "elsewhere"
    mine, others = x.around, y.around
    if mine == others:
        return "variant"
    if x.numbers and y.numbers and x.numbers != y.numbers:
        return "series"
    if mine > others:
        return "derived"
    return "origin" if mine < others else "kin"


def _apart(x: Parts, y: Parts) -> bool:
    """Whether both say where they are, and say different places."""
    mine, others = x.places - WIDE, y.places - WIDE
    return bool(mine and others) and mine.isdisjoint(others) and not _nested(mine, others)


def _nested(mine: frozenset[str], others: frozenset[str]) -> bool:
    """A country may hold the other's city: only places of one size are apart."""

    def size(p: str) -> str:
        return "country" if len(p) == 2 and p.isupper() else "city"

    return {size(p) for p in mine} != {size(p) for p in others}


def _begins(x: Parts, y: Parts) -> bool:
    """Whether x begins with y's core and goes on."""
    if len(x.core) > len(y.core):
        return x.core[: len(y.core)] == y.core and len(y.joined) >= 2
    one, head = len(x.core) == len(y.core) == 1 and x.han and y.han, y.joined
    return one and len(head) >= 2 and x.joined != head and x.joined.startswith(head)


def _acronym(x: Parts, y: Parts) -> str:
    for short, long in ((x, y), (y, x)):
        word = short.core[0] if len(short.core) == 1 else ""
        if (
            not short.han
            and 3 <= len(word) <= 6
            and len(long.initials) > 1
            and (
                word == long.initials or (word[:-1] == long.initials and word[-1] in _LEGAL_LETTERS)
            )
        ):
            return "acronym"
        if short.han and long.short and long.short == short.joined[:2]:
            return "acronym"
    return ""


def _slip(x: Parts, y: Parts) -> str:
    from rapidfuzz.distance import OSA

    a, b = x.joined, y.joined
    if x.han != y.han:
        return ""
    if x.han:
        return "alike" if not x.sounds.isdisjoint(y.sounds) else ""
    if min(len(a), len(b)) < 5 or a[0] != b[0] or OSA.distance(a, b, score_cutoff=1) > 1:
        return ""
    if any(c.isdigit() for c in a + b):
        return "alike"
    slipped = sorted(a) == sorted(b) or (len(a) != len(b) and min(len(a), len(b)) >= 7)
    return "near" if slipped else "alike"


def _loose(x: Parts, y: Parts) -> str:
    short, long = sorted((x.joined, y.joined), key=len)
    if x.han and y.han and len(short) >= 2 and short in long:
        return "shares"
    if x.han or y.han:
        return _shortened(x, y) or _shortened(y, x)
    mine, others = set(x.core), set(y.core)
    if mine == others or mine < others or others < mine:
        return "shares"
    if x.core[0] == y.core[0] and len(x.core[0]) >= 2:
        return "cousins"
    return ""


def _shortened(x: Parts, y: Parts) -> str:
    """Whether a Chinese name is made of characters of a longer one, in their order."""
    if not (x.han and y.han) or not 2 <= len(x.folded) <= 6 or len(y.folded) < 2 * len(x.folded):
        return ""
    rest = iter(y.folded)
    return "shares" if all(c in rest for c in x.folded) else ""
