"""How Chinese names sound: their pinyin, and whether Latin letters can be pinyin."""

import re
import unicodedata
from functools import cache
from itertools import product

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_RUNS = re.compile("[\u3400-\u9fff\uf900-\ufaff]+|[^\u3400-\u9fff\uf900-\ufaff]+")
_SOUNDS = {
    **{"长": ("chang", "zhang"), "行": ("hang", "xing"), "重": ("chong", "zhong")},
    **{"乐": ("le", "yue"), "单": ("dan", "shan"), "厦": ("xia", "sha"), "朝": ("chao", "zhao")},
    **{"柏": ("bai", "bo"), "盛": ("sheng", "cheng"), "晟": ("sheng", "cheng")},
    **{"蔚": ("wei", "yu"), "曾": ("zeng", "ceng"), "藏": ("cang", "zang"), "都": ("du", "dou")},
    **{"朴": ("pu", "po"), "沈": ("shen", "chen"), "贾": ("jia", "gu")},
}
_MOST_SOUNDS = 8
_MARKS = re.compile("[\u0300-\u0307\u0309-\u036f]")
_SYLLABLE = re.compile("[aoe]|[a-z]+[aeiouv][a-z]*|[aeo][a-z]+")
_TONED = re.compile("([a-zü]+?)[1-5]")


def sounds(text: str) -> list[str]:
    """The usual pinyin of each character, without tones; what isn't Chinese stands for itself."""
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for run in _RUNS.findall(text):
        found += lazy_pinyin(run) if HAN.match(run) else run
    return found


def readings(text: str) -> set[str]:
    """The pinyin of a text; the few characters that names read in two ways give both."""
    options: list[tuple[str, ...]] = []
    for c, sound in zip(text, sounds(text), strict=True):
        options.append((sound, *(s for s in _SOUNDS.get(c, ()) if s != sound)))
        if sound.endswith("v"):
            options[-1] = (sound, sound[:-1] + "u")
    size = 1
    for i, of_one in enumerate(options):
        size *= len(of_one)
        if size > _MOST_SOUNDS:
            options[i:] = [(o[0],) for o in options[i:]]
            break
    return {"".join(parts) for parts in product(*options)}


def is_pinyin(text: str, *, joined: bool = False) -> bool:
    """Whether folded Latin letters can be two or more syllables of pinyin.

    `joined`: as they are written in one word, where none but the first begins with a vowel.
    """
    known = _syllables()
    ends = {i for i in range(1, len(text)) if text[:i] in known}
    for start in range(1, len(text)):
        if start in ends and not (joined and text[start] in "aeo"):
            ends |= {i for i in range(start + 1, start + 7) if text[start:i] in known}
    return len(text) in ends


def without_tones(text: str) -> str:
    """Pinyin whose tones are numbers, without them; any other text as it is."""
    found = text.casefold().split()
    joined = "".join(found)
    if not found or not re.fullmatch("(?:[a-zü]+[1-5])+", joined):
        return text
    bare = _TONED.findall(joined)
    return " ".join(bare) if all(s.replace("ü", "v") in _syllables() for s in bare) else text


@cache
def _syllables() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT

    written = {s for several in PINYIN_DICT.values() for s in several.split(",")}
    plain = {_MARKS.sub("", unicodedata.normalize("NFD", s)) for s in written}
    found = {unicodedata.normalize("NFC", s).replace("ü", "v") for s in plain}
    found |= {s.replace("v", "u") for s in found}
    return frozenset(s for s in found if _SYLLABLE.fullmatch(s))
