"""Currencies: ISO 4217 codes, and the signs and names that stand for them.

A weak sign says less than a code: `$`, `元` and `¥` mean a currency only where nothing stronger
stands beside them, and `¥` alone means none.
"""

_IN_USE = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
    KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
    MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU
    UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"""
_ENDED = """
    ATS BEF BYR CSD CUC CYP CZK DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE ROL
    SIT SKK SLL STD TRL VEF XEU YUM ZMK ZWL"""
_PLAIN = """
    USD EUR GBP CNY JPY HKD SGD INR KRW TWD CAD AUD NZD CHF SEK NOK DKK ILS BRL RUB PLN CZK HUF MYR
    IDR THB VND PHP ZAR AED SAR MXN"""

CODES = frozenset(f"{_IN_USE} {_ENDED}".split())
"""Codes in use, and some that the euro or a redenomination ended."""

COMMON = frozenset(_PLAIN.split())
"""Codes that are no word of another meaning, so that their case doesn't matter in a text."""

DOLLAR, YUAN, YEN = "$", "元", "¥"

SIGNS = {
    "$": DOLLAR,
    "¥": YEN,
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₪": "ILS",
    "₫": "VND",
    "฿": "THB",
    "₱": "PHP",
    "₦": "NGN",
    "₺": "TRY",
    "円": "JPY",
    "元": YUAN,
    "人民币": "CNY",
    "元人民币": "CNY",
    "人民币元": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "港纸": "HKD",
    "日元": "JPY",
    "日币": "JPY",
    "日本円": "JPY",
    "米ドル": "USD",
    "ドル": "USD",
    "欧元": "EUR",
    "ユーロ": "EUR",
    "英镑": "GBP",
    "韩元": "KRW",
    "韩币": "KRW",
    "新台币": "TWD",
    "台币": "TWD",
    "加元": "CAD",
    "加拿大元": "CAD",
    "澳元": "AUD",
    "澳大利亚元": "AUD",
    "新元": "SGD",
    "新加坡元": "SGD",
    "新加坡币": "SGD",
    "瑞士法郎": "CHF",
    "瑞郎": "CHF",
    "印度卢比": "INR",
    "卢布": "RUB",
}
"""Signs and Chinese or Japanese names: they may touch their neighbours."""

_DOLLARS = {
    "USD": ("us", "u.s.", "u.s", "usa", "american"),
    "CAD": ("ca", "cdn", "c", "can", "canadian"),
    "AUD": ("au", "a", "aus", "australian"),
    "HKD": ("hk", "hong kong"),
    "SGD": ("s", "sg", "singapore"),
    "TWD": ("nt", "tw", "new taiwan", "taiwan"),
    "NZD": ("nz", "new zealand"),
}
NAMES = {
    "dollar": DOLLAR,
    "dollars": DOLLAR,
    "us-dollar": "USD",
    "us-dollars": "USD",
    "us dollars us": "USD",
    "dollar américain": "USD",
    "dollars américains": "USD",
    "dollars us": "USD",
    "dollars canadiens": "CAD",
    "rmb": "CNY",
    "rmb¥": "CNY",
    "cn¥": "CNY",
    "jp¥": "JPY",
    "yuan": "CNY",
    "yuans": "CNY",
    "chinese yuan": "CNY",
    "yuan rmb": "CNY",
    "renminbi": "CNY",
    "yen": "JPY",
    "yens": "JPY",
    "japanese yen": "JPY",
    "euro": "EUR",
    "euros": "EUR",
    "d'euros": "EUR",
    "d'euro": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "pounds sterling": "GBP",
    "sterling": "GBP",
    "livres sterling": "GBP",
    "pfund": "GBP",
    "british pounds": "GBP",
    "won": "KRW",
    "korean won": "KRW",
    "rs": "INR",
    "rs.": "INR",
    "rupee": "INR",
    "rupees": "INR",
    "indian rupees": "INR",
    "swiss francs": "CHF",
    "francs suisses": "CHF",
    "schweizer franken": "CHF",
    "franken": "CHF",
    "r$": "BRL",
    "ca $": "CAD or circa USD",
    **{f"{p}$": code for code, ps in _DOLLARS.items() for p in ps},
    **{f"{p} $": code for code, ps in _DOLLARS.items() for p in ps if len(p) > 1 and p != "ca"},
    **{f"${p}": code for code, ps in _DOLLARS.items() for p in ps if len(p) > 1},
    **{f"$ {p}": code for code, ps in _DOLLARS.items() for p in ps if len(p) > 1},
    **{
        f"{p} dollar{s}": code
        for code, ps in _DOLLARS.items()
        for p in ps
        if len(p) > 1
        for s in ("", "s")
    },
    **{code.lower(): code for code in COMMON},
}
"""Latin names: they end at a letter's edge."""

_WITH = {
    DOLLAR: {*_DOLLARS, "MXN", "BRL"},
    YUAN: {"CNY", "USD", "HKD", "TWD", "SGD", "JPY", "KRW", "AUD", "CAD"},
    YEN: {"CNY", "JPY"},
}


def settle(marks: set[str]) -> str:
    """The one currency that several signs of a sum agree on, or empty; else ValueError."""
    for mark in marks:
        if len(mark) > 3:
            raise ValueError(f"ambiguous: {mark}")
    strong = {m for m in marks if len(m) == 3}
    weak = marks - strong
    if len(strong) > 1:
        raise ValueError(f"two currencies: {' and '.join(sorted(strong))}")
    if strong:
        code = next(iter(strong))
        if all(code in _WITH[mark] for mark in weak):
            return code
        raise ValueError(f"two currencies: {code} and {', '.join(sorted(weak))}")
    if weak == {DOLLAR}:
        return "USD"
    if weak in ({YUAN}, {YUAN, YEN}):
        return "CNY"
    if weak in (set(), {YEN}):
        return ""
    raise ValueError(f"two currencies: {' and '.join(sorted(weak))}")
