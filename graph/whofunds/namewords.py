"""The words of firms' names that don't tell one firm from another: what each of them says.

A word is given as a class, so that languages meet: 资本 and "capital" are both `capital`. The
lists are of the language, never of any firm.
"""

FORMS = frozenset(
    (
        *("group", "holding", "holdings", "corporation", "the", "of", "for", "de", "der", "und"),
        *("gruppe", "groupe", "konzern", "enterprise", "enterprises", "et", "and", "la", "le"),
        *("city", "municipal", "municipality", "市"),
        *("集团", "控股", "股份", "总公司", "集团公司", "实业"),
    )
)
"""Say that it is a firm or a city, or join words."""

SOFT = {
    **dict.fromkeys(("venture", "ventures", "vc", "创投", "风投", "创业投资", "風投"), "venture"),
    **dict.fromkeys(("capital", "资本"), "capital"),
    **dict.fromkeys(("investment", "investments", "invest", "investing", "投资"), "investment"),
    **dict.fromkeys(("partner", "partners", "partnership", "合伙人"), "partners"),
    **dict.fromkeys(("management", "manager", "managers", "管理"), "management"),
    **dict.fromkeys(("asset", "assets", "资产", "资管"), "asset"),
    **dict.fromkeys(("advisor", "advisors", "adviser", "advisers"), "advisors"),
    **dict.fromkeys(("equity", "股权"), "equity"),
}
"""Words that a firm's short and long name differ by, and that also name a group's arm."""

HARD = {
    **dict.fromkeys(("fund", "funds", "基金", "fonds"), "fund"),
    **dict.fromkeys(("母基金", "fof"), "fund of funds"),
    **dict.fromkeys(("securities", "证券"), "securities"),
    **dict.fromkeys(("bank", "banking", "banque", "银行"), "bank"),
    **dict.fromkeys(("insurance", "assurance", "life", "保险", "人寿", "财险"), "insurance"),
    **dict.fromkeys(("trust", "信托"), "trust"),
    **dict.fromkeys(("foundation", "stiftung", "基金会"), "foundation"),
    **dict.fromkeys(("finance", "financial", "金融", "金控", "财务"), "finance"),
    **dict.fromkeys(("lab", "labs", "laboratory", "laboratories", "实验室"), "laboratory"),
    **dict.fromkeys(("research", "institute", "研究院", "研究所"), "research"),
    **dict.fromkeys(("cloud", "云"), "cloud"),
    **dict.fromkeys(("accelerator", "incubator", "孵化器", "加速器"), "incubator"),
    **dict.fromkeys(("strategic", "战投", "战略", "战略投资"), "strategic"),
    **dict.fromkeys(("产投", "产业投资"), "industry fund"),
    **dict.fromkeys(
        ("arm", "unit", "subsidiary", "division", "branch", "分公司", "子公司"), "unit"
    ),
    **dict.fromkeys(("health", "healthcare", "健康", "医疗"), "health"),
    **dict.fromkeys(("motors", "motor", "auto", "automotive", "汽车"), "motors"),
    **dict.fromkeys(("games", "gaming", "游戏"), "games"),
    **dict.fromkeys(("robotics", "robot", "robots", "机器人"), "robotics"),
    **dict.fromkeys(("semiconductor", "semiconductors", "chips", "半导体"), "chips"),
    **dict.fromkeys(("university", "college", "大学"), "university"),
    **dict.fromkeys(("district", "区", "新区", "county", "县"), "district"),
    **dict.fromkeys(("zone", "park", "area", "园区", "工业园区", "开发区", "高新区"), "zone"),
}
"""Words that name a part of a group, or a trade of its own."""

ARMS = frozenset(SOFT.values()) | frozenset(HARD.values())
"""What is said of a part by any of them."""

OWNERS = frozenset(("foundation", "trust", "university"))
"""Of HARD: what owns a group of the same name as often as it is a part of it."""

TRADES = frozenset(("bank", "securities", "insurance", "university"))
"""Of HARD: two names of one of these are two firms of one trade."""

PLAIN = {
    **dict.fromkeys(("ai", "artificial", "intelligence", "intelligent", "人工智能", "智能"), "ai"),
    **dict.fromkeys(("industry", "industrial", "industries", "产业", "工业"), "industry"),
    **dict.fromkeys(("technology", "technologies", "tech", "科技", "技术"), "technology"),
    **dict.fromkeys(("innovation", "创新"), "innovation"),
    **dict.fromkeys(("science", "sciences", "科学", "科创"), "science"),
    **dict.fromkeys(("development", "发展"), "development"),
    **dict.fromkeys(("digital", "数字", "data", "数据"), "digital"),
    **dict.fromkeys(("state", "national", "owned", "国有", "国家", "国资"), "state"),
    **dict.fromkeys(("new", "modern", "major", "special", "guidance", "guiding", "引导"), "new"),
    **dict.fromkeys(("related", "affiliate", "affiliated", "private", "growth", "seed"), "new"),
    **dict.fromkeys(("网络", "网络科技", "信息", "information", "software", "软件"), "information"),
}
"""Topics, which many share."""

GOVERNMENT = frozenset(
    (
        *("government", "gov", "provincial", "province", "committee"),
        *("administration", "commission", "ministry", "sasac", "emirate", "kingdom"),
        *("政府", "人民政府", "管委会", "委员会", "国资委", "财政局", "财政部"),
    )
)

REGIONS = {
    **dict.fromkeys(("china", "chinese", "中国", "大中华", "prc"), "CN"),
    **dict.fromkeys(("us", "usa", "america", "american", "美国"), "US"),
    **dict.fromkeys(("uk", "britain", "british", "英国"), "GB"),
    **dict.fromkeys(("india", "indian", "印度"), "IN"),
    **dict.fromkeys(("japan", "japanese", "日本"), "JP"),
    **dict.fromkeys(("korea", "korean", "韩国"), "KR"),
    **dict.fromkeys(("germany", "german", "deutschland", "德国"), "DE"),
    **dict.fromkeys(("france", "french", "法国"), "FR"),
    **dict.fromkeys(("israel", "以色列"), "IL"),
    **dict.fromkeys(("canada", "canadian", "加拿大"), "CA"),
    **dict.fromkeys(("australia", "australian", "澳洲", "澳大利亚"), "AU"),
    **dict.fromkeys(("brazil", "brasil", "巴西"), "BR"),
    **dict.fromkeys(("russia", "russian", "俄罗斯"), "RU"),
    **dict.fromkeys(("taiwan", "台湾"), "TW"),
    **dict.fromkeys(("asia", "asian", "亚洲", "apac", "亚太"), "Asia"),
    **dict.fromkeys(("europe", "european", "emea", "欧洲"), "Europe"),
    **dict.fromkeys(("international", "global", "国际", "全球", "环球"), "world"),
    **{p: p for p in ("广东", "江苏", "浙江", "山东", "河南", "四川", "湖北", "湖南", "福建")},
    **{p: p for p in ("安徽", "河北", "陕西", "江西", "云南", "辽宁", "贵州", "山西", "广西")},
    **{p: p for p in ("黑龙江", "吉林", "甘肃", "海南", "宁夏", "青海", "新疆", "西藏", "内蒙古")},
    **dict.fromkeys(("guangdong",), "广东"),
    **dict.fromkeys(("jiangsu",), "江苏"),
    **dict.fromkeys(("zhejiang",), "浙江"),
    **dict.fromkeys(("sichuan",), "四川"),
    **dict.fromkeys(("hubei",), "湖北"),
    **dict.fromkeys(("hunan",), "湖南"),
    **dict.fromkeys(("anhui",), "安徽"),
    **dict.fromkeys(("shandong",), "山东"),
    **dict.fromkeys(("fujian",), "福建"),
}
"""Countries as ISO codes, larger regions, and provinces."""

WIDE = frozenset(("Asia", "Europe", "world"))

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ROMAN = ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBERS = {
    **{w: str(n) for n, w in enumerate(_ORDINALS, 1)},
    **{w: str(n) for n, w in enumerate(_ROMAN, 2)},
    **{w: str(n) for n, w in enumerate(_CARDINALS, 1)},
    **{f"{w}{c}": str(n) for n, w in enumerate("一二三四五六七八九", 1) for c in "期号"},
    **{f"{n}{c}": str(n) for n in range(1, 10) for c in "期号"},
    "i": "1",
}

_GERMAN, _FRENCH = frozenset(("DE", "AT", "CH")), frozenset(("FR", "LU", "BE", "CH"))
_INC = frozenset(("US", "CA", "JP", "KR", "TW", "CN", "KY"))
_LIMITED = frozenset(
    (
        *("GB", "IE", "IN", "CN", "HK", "SG", "MY", "AU", "NZ", "CA", "JP", "KR", "TW", "IL", "TH"),
        *("NG", "KE", "ZA", "BM", "KY", "VG", "BS"),
    )
)
LEGAL = {
    **dict.fromkeys(("gmbh", "ag", "kg", "kgaa", "ug", "mbh", "ohg"), _GERMAN),
    **dict.fromkeys(("sas", "sasu", "sarl", "eurl"), _FRENCH),
    **dict.fromkeys(("bv", "nv"), frozenset(("NL", "BE"))),
    **dict.fromkeys(("srl", "spa"), frozenset(("IT",))),
    **dict.fromkeys(("ltda",), frozenset(("BR", "PT", "CL", "CO"))),
    **dict.fromkeys(("pvt",), frozenset(("IN", "PK", "LK"))),
    **dict.fromkeys(("pte",), frozenset(("SG",))),
    **dict.fromkeys(("pty",), frozenset(("AU", "ZA"))),
    **dict.fromkeys(("kk",), frozenset(("JP",))),
    **dict.fromkeys(("ab",), frozenset(("SE", "FI"))),
    **dict.fromkeys(("oy", "oyj"), frozenset(("FI",))),
    **dict.fromkeys(("llp", "plc"), frozenset(("GB", "IE", "IN", "US", "SG"))),
    **dict.fromkeys(("ltd", "limited"), _LIMITED),
    **dict.fromkeys(("llc", "inc", "incorporated"), _INC),
    **dict.fromkeys(("有限公司", "有限责任公司"), frozenset(("CN", "HK", "TW", "SG", "MO"))),
}
"""Legal forms that are of some countries alone."""
