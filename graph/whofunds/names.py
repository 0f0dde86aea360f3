"""Folded names: the form in which spellings of one name meet.

Case, accents, widths, punctuation, spaces, legal suffixes and simplified or traditional script
don't count. `spellings` adds pinyin, so that a Chinese name is found by its sound.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from whofunds.pinyin import HAN, readings

_WORD = re.compile(r"[^\W_]+")
_SILENT = dict.fromkeys(map(ord, "'’‘ʼ´`\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "+": " plus ",
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_JOINING = frozenset(("and", "und", "et"))

_SUFFIXES = frozenset(
    (
        *("inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc"),
        *("llp", "lp", "lllp", "plc", "pllc", "pte", "pvt", "pty", "bhd", "sdn"),
        *("gmbh", "ggmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "haftungsbeschränkt"),
        *("ev", "eg", "se"),
        *("sa", "sas", "sasu", "sarl", "eurl", "snc", "sca", "scs", "srl", "spa", "sl", "slu"),
        *("nv", "bv", "ab", "as", "asa", "aps", "oy", "oyj", "kk", "gk", "ltda", "ltée", "ltee"),
        *("jsc", "pjsc", "ojsc", "ooo", "oao", "zao", "pao", "ооо", "оао", "зао", "пао"),
        *("pbc", "lda", "spzoo", "sro", "doo", "kft", "zrt", "nyrt", "ood", "eood", "sicav"),
    )
)
_LONG = frozenset(("privatelimited", "privateltd", "publiclimited", "jointstock"))
_PREFIXES = frozenset(("ооо", "оао", "зао", "пао", "ooo"))
_HAN_SUFFIX = re.compile(
    "(?:股份有限公司|有限责任公司|无限责任公司|有限公司|股份公司|责任公司|合伙企业|有限合伙"
    "|普通合伙|特殊普通合伙|公司|株式会社|有限会社|合同会社|주식회사|유한회사)$"
)
_HAN_PREFIX = re.compile("^(?:株式会社|有限会社|合同会社|주식회사)")

COMMON = frozenset(
    (
        *("capital", "capitals", "venture", "ventures", "partner", "partners", "fund", "funds"),
        *("invest", "investment", "investments", "investor", "investors", "equity", "asset"),
        *("assets", "finance", "financial", "securities", "bank", "holding", "holdings", "group"),
        *("management", "industry", "industrial", "industries", "development", "innovation"),
        *("technology", "technologies", "technical", "science", "research", "systems", "labs"),
        *("intelligence", "intelligent", "artificial", "robotics", "education", "foundation"),
        *("university", "government", "municipal", "national", "state", "authority", "global"),
        *("international", "platform", "platforms", "network", "solutions"),
        *("services", "enterprise", "enterprises", "media", "energy", "health", "digital"),
    )
)
"""Words that tell little: a slip in one is forgiven where the rest of a name is right."""

_TRADES = (
    *(field + "科技" for field in ("", "智能", "人工智能", "网络", "信息", "数字")),
    *(field + "技术" for field in ("", "智能", "人工智能", "网络", "信息", "数字")),
)
_GROUPS = ("集团", "控股", "集团控股")
_LEAST_CORE = 3
"""Characters of a Chinese name that is told from its seat and trade; fewer are many firms'."""
_PLACES = frozenset(
    (
        *("中国", "北京", "上海", "天津", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江"),
        *("江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南"),
        *("四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆"),
        *(
            "香港",
            "澳门",
            "石家庄",
            "太原",
            "沈阳",
            "长春",
            "哈尔滨",
            "南京",
            "杭州",
            "合肥",
            "福州",
        ),
        *("南昌", "济南", "郑州", "武汉", "长沙", "广州", "海口", "成都", "贵阳", "昆明"),
        *(
            "西安",
            "兰州",
            "西宁",
            "呼和浩特",
            "南宁",
            "拉萨",
            "银川",
            "乌鲁木齐",
            "深圳",
            "大连",
            "青岛",
        ),
        *("宁波", "厦门", "苏州", "无锡", "常州", "南通", "嘉兴", "绍兴", "温州", "珠海", "佛山"),
        *("东莞", "中山", "惠州", "泉州", "烟台", "洛阳", "宜昌", "株洲", "绵阳", "芜湖"),
    )
)
"""Provinces, their capitals and the great cities, as they stand before a Chinese firm's name."""


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name without its legal form; a name that is nothing else keeps it."""
    return tuple(_without_form(_words(name)))


def fold(name: str) -> str:
    """The words of a name run together: equal for spellings that differ in form alone."""
    return _without_han_form(_simplified("".join(words(name))))


def cores(form: str) -> set[str]:
    """What a Chinese firm may be called for short: a folded name without its seat or its trade."""
    found, waiting = set[str](), [form]
    while waiting:
        one = waiting.pop()
        shorter = [one.removesuffix(trade) for trade in _TRADES]
        for n in (2, 3, 4):
            if one[:n] in _PLACES:
                shorter.append(one[n:].removeprefix("市").removeprefix("省"))
            if one[-n:] in _PLACES:
                shorter.append(one[:-n])
        new = {s for s in shorter if len(s) >= _LEAST_CORE and s != one}
        new |= {s for g in _GROUPS if len(s := one.removesuffix(g)) > 1 and s != one}
        new -= found
        found |= new
        waiting += new
    return found


def spellings(name: str) -> set[str]:
    """Every folded form under which a name may be looked up: itself, German ue for ü, pinyin."""
    folded = fold(name)
    forms = {folded}
    if not name.isascii():
        composed = unicodedata.normalize("NFC", name).casefold()
        if any(c in composed for c in "äöü"):
            forms.add(fold(composed.translate(_UMLAUTS)))
        if HAN.search(folded):
            forms |= readings(folded)
    forms.discard("")
    return forms


def _words(name: str) -> list[str]:
    text = name.casefold()
    if not text.isascii():
        text = _unaccented(unicodedata.normalize("NFKC", text).casefold())
    found = _WORD.findall(text.translate(_SILENT).translate(_LETTERS))
    if len(found) > 2:
        return [found[0], *(w for w in found[1:-1] if w not in _JOINING), found[-1]]
    return found


def _unaccented(text: str) -> str:
    """Latin, Greek and Cyrillic letters without marks; other scripts mean something by theirs."""
    marked = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", re.sub("(?<=[a-z\u00df-\u052f])[\u0300-\u036f]+", "", marked)
    )


def _without_form(found: list[str]) -> list[str]:
    """Drop legal forms from the ends, as long as something else is left."""
    whole = found
    while len(found) > 1:
        for n in range(min(5, len(found)), 0, -1):
            tail = found[-n:]
            joined = "".join(tail)
            if joined in _LONG or (joined in _SUFFIXES and (n == 1 or max(map(len, tail)) <= 2)):
                found = found[:-n]
                break
        else:
            break
    if len(found) > 1 and found[0] in _PREFIXES:
        found = found[1:]
    if len(found) == 1 and found[0] in _SUFFIXES:
        return whole
    return found or whole


def _without_han_form(joined: str) -> str:
    while not joined.isascii():
        shorter = _HAN_SUFFIX.sub("", _HAN_PREFIX.sub("", joined) or joined)
        if not shorter or shorter == joined:
            break
        joined = shorter
    return joined


def _simplified(text: str) -> str:
    return _simplifier()(text) if not text.isascii() and HAN.search(text) else text


@cache
def _simplifier() -> Callable[[str], str]:
    from opencc import OpenCC

    return OpenCC("t2s").convert
