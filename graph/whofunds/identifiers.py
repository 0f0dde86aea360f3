"""Identifiers, "scheme:value", by which sources name one entity alike.

Each is brought to one form, so that two that mean the same are equal: `domain:zhipuai.cn` of any
address of that site, `cik:123` of 0000000123. Schemes that aren't known here stay as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

STRICT = frozenset(("cik", "isin", "lei", "wikidata"))
"""Schemes that give an entity one value: two that differ are of two entities."""
SHARED_HOSTS = frozenset(
    (
        *("linkedin.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "youtube.com"),
        *("t.me", "telegram.me", "discord.gg", "discord.com", "reddit.com", "tiktok.com"),
        *("weibo.com", "weixin.qq.com", "zhihu.com", "bilibili.com", "douyin.com", "36kr.com"),
        *("github.com", "github.io", "gitlab.com", "gitee.com", "huggingface.co"),
        *("medium.com", "substack.com", "wordpress.com", "blogspot.com", "tumblr.com"),
        *("notion.site", "notion.so", "wixsite.com", "webflow.io", "weebly.com", "squarespace.com"),
        *("carrd.co", "framer.website", "vercel.app", "netlify.app", "herokuapp.com", "linktr.ee"),
        *("sites.google.com", "docs.google.com", "play.google.com", "apps.apple.com", "bit.ly"),
        *("crunchbase.com", "pitchbook.com", "dealroom.co", "angel.co", "wellfound.com"),
        *("ycombinator.com", "producthunt.com", "wikipedia.org", "wikidata.org", "baike.baidu.com"),
        *("qichacha.com", "qcc.com", "tianyancha.com", "sec.gov", "myshopify.com"),
    )
)
"""Hosts where many have a page: an address there, or under it, tells nobody apart."""

_SCHEME = re.compile(r"[a-z][a-z0-9-]*")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


def identifier(text: str) -> str:
    """An identifier in its one form; empty where there is nothing after the scheme.

    Raises ValueError, with the reason, for one that can't be right.
    """
    scheme, colon, value = (part.strip() for part in text.partition(":"))
    scheme = scheme.lower()
    if not colon or not _SCHEME.fullmatch(scheme):
        raise ValueError("not of the form scheme:value, as in domain:example.org")
    if any(unicodedata.category(c) == "Cc" for c in value):
        raise ValueError("a control character")
    if value and scheme in _FORMS:
        value = _FORMS[scheme](value)
    return f"{scheme}:{value}" if value else ""


def identifiers(body: Mapping[str, Any]) -> set[str]:
    """All identifiers of an entity's checked record: what it states, and its id, if that is one."""
    found = set(body.get("ids", ()))
    if scheme_of(body["id"]) in _FORMS:
        with suppress(ValueError):
            found.add(identifier(body["id"]))
    return found - {""}


def scheme_of(text: str) -> str:
    """The scheme of an identifier or of an id; empty where it has none."""
    return text.partition(":")[0] if ":" in text else ""


def tells(text: str) -> bool:
    """Whether only one entity can be meant: false of a page on a host that many share."""
    scheme, _, value = text.partition(":")
    return scheme != "domain" or not any(
        value == host or value.endswith(f".{host}") for host in SHARED_HOSTS
    )


def against(a: Iterable[str], b: Iterable[str]) -> tuple[str, str] | None:
    """Two identifiers, of a strict scheme, by which two entities can't be one."""
    ours, theirs = _strict(a), _strict(b)
    for scheme in sorted(ours.keys() & theirs.keys()):
        if not ours[scheme] & theirs[scheme]:
            return min(ours[scheme]), min(theirs[scheme])
    return None


def _strict(all_: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in all_:
        if (scheme := scheme_of(one)) in STRICT:
            found.setdefault(scheme, set()).add(one)
    return found


def _domain(value: str) -> str:
    address = value if _ADDRESS.match(value) else f"//{value.removeprefix('//')}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    labels = [_label(label) for label in host.rstrip(".").split(".")]
    if labels[0] == "www" and len(labels) > 2:
        labels = labels[1:]
    right = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1][0].isdigit()
    if not right or "@" in parts.netloc or parts.scheme not in ("", "http", "https"):
        raise ValueError("not a domain or a web address")
    return ".".join(labels)


def _label(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return text if text.isascii() else "xn--" + text.encode("punycode").decode()


def _cik(value: str) -> str:
    digits = value.lstrip("0")
    if not (digits.isascii() and digits.isdecimal() and len(value) <= 10):
        raise ValueError("a CIK is a number of up to 10 digits")
    return digits


def _lei(value: str) -> str:
    code = value.upper()
    if not re.fullmatch("[0-9A-Z]{18}[0-9]{2}", code):
        raise ValueError("an LEI has 18 letters or digits, then 2 digits")
    if int("".join(str(int(c, 36)) for c in code)) % 97 != 1:
        raise ValueError("not an LEI: its check digits are wrong")
    return code


def _isin(value: str) -> str:
    code = value.upper()
    if not re.fullmatch("[A-Z]{2}[0-9A-Z]{9}[0-9]", code):
        raise ValueError("an ISIN has 2 letters, 9 letters or digits, then a digit")
    digits = [int(d) for c in code for d in str(int(c, 36))]
    doubled = [d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits[::-1])]
    if sum(doubled) % 10:
        raise ValueError("not an ISIN: its check digit is wrong")
    return code


def _wikidata(value: str) -> str:
    found = re.fullmatch(
        r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?([Qq][1-9][0-9]*)", value
    )
    if not found:
        raise ValueError("a Wikidata item is Q and a number")
    return found[1].upper()


def _crunchbase(value: str) -> str:
    path = re.sub(r"(?i)^(?:https?://)?(?:www\.)?crunchbase\.com/", "", value).strip("/").lower()
    path = re.sub(r"^(?:organization|company|financial-organization)/|[?#].*$", "", path)
    if not re.fullmatch(r"(?:person/)?[^\s/]+", path):
        raise ValueError("a Crunchbase permalink has no spaces or further slashes")
    return path


def _stock(value: str) -> str:
    exchange, _, code = (part.strip().upper() for part in value.partition(":"))
    if not re.fullmatch("[A-Z]+", exchange) or not re.fullmatch("[0-9A-Z.-]+", code):
        raise ValueError("a stock is EXCHANGE:CODE, as in stock:HK:02513")
    return f"{exchange}:{code.zfill(5) if exchange == 'HK' else code}"


_FORMS: dict[str, Callable[[str], str]] = {
    "cik": _cik,
    "crunchbase": _crunchbase,
    "domain": _domain,
    "isin": _isin,
    "lei": _lei,
    "stock": _stock,
    "wikidata": _wikidata,
}
