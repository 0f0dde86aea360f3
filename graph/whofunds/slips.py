"""Slips of typing between two names, and which of them leave no doubt about the name that is meant.

A slip in a long word can be forgiven; one in a short word, or one that makes another word of the
language, another Chinese name or another number, can't: so do the names of different firms differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from whofunds.names import COMMON
from whofunds.pinyin import HAN, is_pinyin, sounds

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NEVER = 99
LEAST = 5
"""Letters of a word in which any slip is forgiven."""
SOME_SUPPORT, SUPPORT = 3, 5
"""Letters of other words that are right and so tell that a name is meant."""
TOGETHER = 3
"""Letters that a word must have more, for each slip, where two are in it."""

LONG_PINYIN = 13
"""Letters of pinyin, mostly four syllables, in which n for ng is forgiven."""

_VOWELS = frozenset("aeiou")
_BREATHED = frozenset("bcdgkprstz")
_SOUNDS = (("ph", "f"), ("tz", "z"), ("ck", "k"), ("c", "k"), ("c", "s"), ("s", "z"), ("i", "y"))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {c: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, c in enumerate(row)}
# Characters that are mistaken for each other by their looks.
_LOOKS = (
    "未末 己已巳 人入 日曰 天夭夫 土士 干千于 大太犬 王玉 目自 历厉 侯候 师帅 今令 免兔 "
    "风凤 鸟乌 戊戌戍 折拆 洒酒 治冶 拨拔 崇祟 贝见 由甲申 午牛 刀力 爪瓜 孑子 冒昌 "
    "微徽 盈盆 兰芒 晴睛 栗粟 侍待 准淮 竞竟 徒徙 络洛 拢扰 丛从 技枝"
)
_NUMERALS = frozenset("零一二三四五六七八九十百千两")
FEW_CHARACTERS, SOME_CHARACTERS, MANY_CHARACTERS = 4, 6, 8
"""Of a Chinese name in which one mistaken, two swapped, one missed or two mistaken are forgiven."""


@dataclass(frozen=True, slots=True)
class Slip:
    """swapped, missed, extra, other or sound: how many letters became how many, and where."""

    kind: str
    ours: int
    typed: int
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a name, what was typed for it, and the slips between them.

    `later`: it is not the name's first; `right`: letters of the name's other telling words.
    """

    word: str
    seen: str
    slips: list[Slip]
    later: bool
    right: int


def slips(ours: str, typed: str, most: int = 2) -> Iterator[tuple[Slip, ...]]:
    """The ways in which `typed` can have come from `ours` by at most that many slips."""
    yield from _ways(ours, typed, 0, 0, most)


def neighbours(typed: str) -> set[str]:
    """The texts from which `typed` comes by one slip of one letter behind the first."""
    found = set()
    for i in range(1, len(typed) + 1):
        head, tail = typed[:i], typed[i:]
        found.add(head + tail[1:])
        found.add(head + tail[1:2] + tail[:1] + tail[2:])
        found.update(head + c + tail for c in LETTERS)
        found.update(head + c + tail[1:] for c in LETTERS)
    return found - {typed}


def forgiven(ours: tuple[str, ...], typed: tuple[str, ...]) -> int:
    """How many slips part the words of a name and those of a text; 0 where that leaves a doubt.

    Both are folded words; where a text has no spaces, the name is taken without them, too.
    """
    a, b = "".join(ours), "".join(typed)
    if len(typed) == 1 and COMMON.isdisjoint(ours):
        ours = (a,)
    if HAN.search(a) or HAN.search(b):
        return _characters(a, b)
    # Side by side, two slips are another way to write it.
    ways = [w for w in slips(a, b) if w and all(x.ours + x.was < y.ours for x, y in pairwise(w))]
    right = (len(w) for w in ways if all(_light(h, len(w) == 1) for h in _hits(w, ours, b)))
    return min(right, default=0)


def _ways(ours: str, typed: str, i: int, j: int, most: int) -> Iterator[tuple[Slip, ...]]:
    while i < len(ours) and j < len(typed) and ours[i] == typed[j]:
        i, j = i + 1, j + 1
    if i == len(ours) and j == len(typed):
        yield ()
    elif most and abs((len(ours) - i) - (len(typed) - j)) <= most:
        for slip in _next(ours, typed, i, j):
            k, m = slip.ours + slip.was, slip.typed + slip.now
            yield from ((slip, *more) for more in _ways(ours, typed, k, m, most - 1))


def _next(ours: str, typed: str, i: int, j: int) -> Iterator[Slip]:
    a, b = ours[i:], typed[j:]
    if len(a) > 1 and a[:2] == b[1::-1]:
        yield Slip("swapped", i, j, 2, 2)
    for pair in _SOUNDS:
        for one, other in (pair, pair[::-1]):
            if a.startswith(one) and b.startswith(other):
                yield Slip("sound", i, j, len(one), len(other))
    if a:
        yield Slip("missed", i, j, 1, 0)
    if b:
        yield Slip("extra", i, j, 0, 1)
    if a and b:
        yield Slip("other", i, j, 1, 1)


def _hits(way: tuple[Slip, ...], ours: tuple[str, ...], text: str) -> Iterator[Hit]:
    start, shift, whole = 0, 0, sum(map(len, ours))
    for n, word in enumerate(ours):
        end, begin = start + len(word), start + shift
        # A letter too many between two words is the first's if that ends in it.
        here = [
            s
            for s in way
            if start < s.ours < end
            or (s.ours == start and not (start and _again(s, text)))
            or (s.ours == end and (end == whole or _again(s, text)))
        ]
        shift += sum(s.now - s.was for s in here)
        if here:
            right = sum(len(w) for i, w in enumerate(ours) if i != n and w not in COMMON)
            moved = [replace(s, ours=s.ours - start, typed=s.typed - begin) for s in here]
            yield Hit(word, text[begin : end + shift], moved, n > 0, right)
        start = end


def _again(slip: Slip, text: str) -> bool:
    return slip.kind == "extra" and text[slip.typed] == text[slip.typed - 1]


def _light(hit: Hit, alone: bool) -> bool:
    """Whether the slips in a word are no sign of another one; `alone`: the name has no more."""
    size, common = len(hit.word), hit.word in COMMON and hit.right > 0
    if hit.seen + "s" == hit.word or (common and hit.word + "s" == hit.seen):
        return hit.later and size >= LEAST
    # What the rest of a name tells counts as letters of this word.
    bonus = (hit.right >= SUPPORT) + (hit.right >= 2 * SUPPORT - 1) if alone else 0
    needs = [_need(slip, hit.word, hit.seen) for slip in hit.slips]
    if common:
        light = len(needs) == 1 and needs[0] < NEVER and hit.seen not in COMMON
        return light and size + bonus >= LEAST
    size += bonus - TOGETHER * (len(hit.slips) - 1)
    for slip, need in zip(hit.slips, needs, strict=True):
        if need > size + (need == LEAST and alone and not bonus and hit.right >= SOME_SUPPORT):
            return False
        # Such letters differ between the languages that write a name, too.
        if slip.kind == "sound" and slip.was != slip.now and hit.right < SUPPORT:
            return False
    if is_pinyin(hit.word) and is_pinyin(hit.seen, joined=True):
        return all(
            s.kind == "swapped" or _silent(s, hit.word, hit.seen) or _nasal(s, hit.word, hit.seen)
            for s in hit.slips
        )
    kinds = {slip.kind for slip in hit.slips}
    if kinds == {"sound"} and hit.right >= SUPPORT:
        return True
    if is_word(hit.seen):
        return False
    ended = hit.slips[-1].ours + hit.slips[-1].was == len(hit.word)
    short = 3 if ended or "other" in kinds else 4
    return max(needs) == LEAST or not is_compound(hit.seen, short)


def _need(slip: Slip, word: str, seen: str) -> int:
    """How many letters a word must have for a slip to be forgiven; NEVER for some."""
    i, was = slip.ours, word[slip.ours : slip.ours + slip.was]
    now = seen[slip.typed : slip.typed + slip.now]
    if i == 0 or not all(c in LETTERS for c in was + now):
        return NEVER
    end = i + slip.was == len(word)
    if slip.kind == "swapped" or _silent(slip, word, seen):
        return LEAST
    if slip.kind == "sound":
        return LEAST if slip.was != slip.now else LEAST + 1
    doubled = (was or now) == word[i - 1]
    if slip.kind == "missed":
        sides = {word[i - 1], *word[i + 1 : i + 2]}
        between = was not in _VOWELS and not end and sides <= _VOWELS
        return LEAST if doubled else (8 if between else 6) + 2 * end
    if slip.kind == "extra":
        return (LEAST + end) if doubled else NEVER if end else 7
    return (6 if {was, now} <= _VOWELS else 7 if _near(was, now) else 9) + 3 * end


def _silent(slip: Slip, word: str, seen: str) -> bool:
    """An h that is not heard, behind a consonant; in pinyin the first syllable's is."""
    one = word[slip.ours : slip.ours + slip.was] + seen[slip.typed : slip.typed + slip.now]
    unheard = one == "h" and word[slip.ours - 1] in _BREATHED
    return unheard and (slip.ours > 2 or not is_pinyin(word))


def _nasal(slip: Slip, word: str, seen: str) -> bool:
    """The g of a final ng, which many don't hear, in the pinyin of a long name."""
    one = word[slip.ours : slip.ours + slip.was] + seen[slip.typed : slip.typed + slip.now]
    return one == "g" and word[slip.ours - 1] == "n" and len(word) >= LONG_PINYIN


def _near(a: str, b: str) -> bool:
    """Whether two letters are beside each other on a keyboard."""
    (x, y), (v, w) = _PLACES[a], _PLACES[b]
    return abs(y - w) <= 1 and abs(x - v) <= 1


def is_word(text: str) -> bool:
    """Whether a text is an English word, or a name that dictionaries have."""
    return text in _dictionary()


def is_compound(text: str, least: int) -> bool:
    """Whether a text is two words in one, each of so many letters."""
    cuts = range(least, len(text) - least + 1)
    return any(is_word(text[:i]) and is_word(text[i:]) for i in cuts)


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())


def _characters(a: str, b: str) -> int:
    """The same for names in Chinese characters."""
    if len(a) != len(b):
        return _character_more(a, b)
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if not wrong or not all(HAN.match(a[i]) and HAN.match(b[i]) for i in wrong):
        return 0
    i = wrong[0]
    if wrong == [i, i + 1] and a[i : i + 2] == b[i + 1] + b[i]:
        return int(len(a) >= SOME_CHARACTERS)
    if len(a) < (FEW_CHARACTERS if len(wrong) == 1 else MANY_CHARACTERS) or len(wrong) > 2:
        return 0
    heard, told = sounds(a), sounds(b)
    alike = (heard[i] == told[i] or _look_alike(a[i], b[i]) for i in wrong)
    return len(wrong) if all(alike) else 0


def _look_alike(a: str, b: str) -> bool:
    return any(a in group and b in group for group in _LOOKS.split())


def _character_more(a: str, b: str) -> int:
    """The same where a character is there twice, or one in the midst of a long name was missed."""
    long, short = (a, b) if len(a) > len(b) else (b, a)
    i = next((i for i, (x, y) in enumerate(zip(long, short, strict=False)) if x != y), len(short))
    if long[:i] + long[i + 1 :] != short or not HAN.match(long[i]):
        return 0
    if long is b:
        return int(i > 0 and long[i] == long[i - 1] and len(a) >= FEW_CHARACTERS)
    midst = 1 < i < len(a) - 2 and len(a) >= MANY_CHARACTERS
    return int(midst and long[i] not in _NUMERALS)
