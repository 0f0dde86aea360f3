"""Countries as tables write them, to their ISO 3166 codes of two letters."""

import gettext
import re
import unicodedata
from functools import cache

_LANGUAGES = ("zh_CN", "zh_TW", "fr", "de", "es", "ja")
_SHORT = {
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "greatbritain": "GB",
    "us": "US",
    "unitedstatesofamerica": "US",
    "usa": "US",
    "uae": "AE",
    "korea": "KR",
    "southkorea": "KR",
    "russia": "RU",
    "prc": "CN",
    "mainlandchina": "CN",
    "中国大陆": "CN",
    "hongkongsar": "HK",
    "中国香港": "HK",
    "中国台湾": "TW",
    "turkey": "TR",
    "czechrepublic": "CZ",
    "theunitedstates": "US",
    "thenetherlands": "NL",
    "アメリカ": "US",
    "etatsunisdamerique": "US",
    "vereinigtestaatenvonamerika": "US",
    "grossbritannien": "GB",
    "eeuu": "US",
}


def country_code(text: str) -> str:
    """CN for China, CHN, 中国 or Chine; empty where the text names no country that is known."""
    return _codes().get(_fold(text), "")


def _fold(text: str) -> str:
    even = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_\u0300-\u036f]+", "", even)


@cache
def _codes() -> dict[str, str]:
    import pycountry

    readers = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language]).gettext
        for language in _LANGUAGES
    ]
    found: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2
        names = [code, country.alpha_3, country.name]
        names += [n for k in ("common_name", "official_name") if (n := getattr(country, k, ""))]
        names += [read(name) for name in names[2:] for read in readers]
        for name in names:
            found.setdefault(_fold(name), code)
    return found | _SHORT
