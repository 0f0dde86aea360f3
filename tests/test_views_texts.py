"""The interface's texts in three languages; Python and the page say the same."""

import csv
import itertools
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

import whofunds
from whofunds import schema
from whofunds.views import words

VIEWS = Path(words.__file__).parent
PAGES = Path(whofunds.__file__).parent / "pages"
NARROW, WIDE = "\u202f", "\u00a0"
HOLE = re.compile(r"\{(\w+)\}")

Call = tuple[str, list[Any]]


class Speaker:
    """texts.js in a page; every call is made in each language."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def say(self, calls: list[Call]) -> dict[str, list[str]]:
        said: dict[str, list[str]] = self.page.evaluate("calls => sayAll(calls)", calls)
        return said


@pytest.fixture(scope="module")
def speaker(browser: Browser) -> Iterator[Speaker]:
    data = json.dumps({"texts": words.interface(), "language": "en"})
    script = (VIEWS / "texts.js").read_text(encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_content(
        f"""<!doctype html><html lang="en"><body></body><script>(() => {{
        "use strict"; const DATA = {data}; {script}
        const say = {{ t, word, stageWord, listed, number, compact, money, when, share }};
        window.setLanguage = setLanguage;
        window.language = language;
        window.say = say;
        window.sayAll = (calls) => Object.fromEntries(["en", "fr", "zh"].map((code) => {{
          setLanguage(code);
          return [code, calls.map(([name, given]) => say[name](...given))];
        }}));
        }})();</script></html>"""
    )
    yield Speaker(page)
    context.close()


def days(iso: str | None) -> int | None:
    return None if iso is None else (date.fromisoformat(iso) - date(1970, 1, 1)).days


PYTHON: dict[str, Callable[[str, list[Any]], str]] = {
    "money": lambda language, given: words.money(
        given[0], given[1], given[2], given[3], given[4], language
    ),
    "when": lambda language, given: words.when(given[0], given[1], given[2], language),
    "share": lambda language, given: words.share(given[0], given[1], language),
    "number": lambda language, given: words.grouped(given[0], language),
    "compact": lambda language, given: words.compact(
        given[0], given[1], language, **(given[2] if len(given) > 2 else {})
    ),
    "t": lambda language, given: words.t(language, given[0], **given[1]),
    "word": lambda language, given: words.word(language, *given),
    "stageWord": lambda language, given: words.stage(language, *given),
    "listed": lambda language, given: words.listed(language, *given),
}


def agree(speaker: Speaker, name: str, cases: list[list[Any]]) -> None:
    """What words.py says in each language, and texts.js from the same values."""
    sent = [[days(c[0]), days(c[1]), c[2]] for c in cases] if name == "when" else cases
    said = speaker.say([(name, case) for case in sent])
    for language in words.LANGUAGES:
        for case, text in zip(cases, said[language], strict=True):
            assert text == PYTHON[name](language, case), (language, name, case)


@pytest.mark.parametrize(
    ("bounds", "en", "fr", "zh"),
    [
        ((1.5e9, 1.5e9, 1.5e9, "exact", "USD"), "$1.5bn", "1,5 Md $", "15亿美元"),
        ((2e8, 2e8, None, "exact", "CNY"), "CNY 200m", "200 M CNY", "2亿元"),
        ((4.68e8, 4.68e8, None, "about", "EUR"), "about €468m", "environ 468 M €", "约4.68亿欧元"),
        ((2e10, 2e10, None, "", "CNY"), "CNY 20bn", "20 Md CNY", "200亿元"),
        ((1.2e12, 1.2e12, None, "", "USD"), "$1.2trn", "1_200 Md $", "1.2万亿美元"),
        ((3000, 3000, None, "", "GBP"), "£3k", "3 k £", "3,000英镑"),
        ((35e6, 35e6, None, "", "HKD"), "HKD 35m", "35 M HKD", "3,500万港元"),
        ((1e9, None, 1e9, "at_least", "USD"), "over $1bn", "plus de 1 Md $", "超过10亿美元"),
        (
            (None, 1e9, 1e9, "at_most", "SAR"),
            "up to SAR 1bn",
            "jusqu’à 1 Md SAR",
            "最多10亿沙特里亚尔",
        ),
        (
            (2e8, 999_999_999, None, "range", "CNY"),
            "CNY 200m to under 1bn",
            "200 M à moins de 1 Md CNY",
            "2亿至不足10亿元",
        ),
        ((None, 999_999_999, None, "", "USD"), "under $1bn", "moins de 1 Md $", "不足10亿美元"),
        ((2e6, 5e6, None, "range", "USD"), "$2m to 5m", "2 M à 5 M $", "200万至500万美元"),
        # Ends that are the same in words are no range.
        (
            (2_736_000_000, 2_741_000_000, None, "", "CNY"),
            "about CNY 2.74bn",
            "environ 2,74 Md CNY",
            "27.36亿至27.41亿元",
        ),
        ((0, 0, 0, "exact", "USD"), "$0", "0 $", "0美元"),
        (
            (1e9, 1e9, 1e9, "exact", ""),
            "1bn (currency not stated)",
            "1 Md (devise non précisée)",
            "10亿（币种未注明）",
        ),
        ((1e9, 1e9, 1e9, "exact", "XAF"), "XAF 1bn", "1 Md XAF", "10亿 XAF"),
        ((None, None, 3e9, "about", "USD"), "about $3bn", "environ 3 Md $", "约30亿美元"),
        ((None, None, None, "undisclosed", ""), "undisclosed", "non divulgué", "未披露"),
    ],
)
def test_sums_in_each_language(
    speaker: Speaker, bounds: tuple[Any, ...], en: str, fr: str, zh: str
) -> None:
    """No-break spaces before units and signs; a narrow one (here _) between thousands."""
    said = speaker.say([("money", list(bounds))])
    french = re.sub(r"(?<=\d) (?=\D)|(?<=[kMd]) (?=[$€£A-Z(])", WIDE, fr).replace("_", NARROW)
    french = french.replace(f"{WIDE}à", " à").replace(f"{WIDE}(", " (")
    assert [said[language][0] for language in words.LANGUAGES] == [en, french, zh]
    agree(speaker, "money", [list(bounds)])


@pytest.mark.parametrize(
    ("value", "en", "fr", "zh"),
    [
        (999_994_999, "$999.99m", "999,99 M $", "10亿美元"),
        (999_995_000, "$1bn", "1 Md $", "10亿美元"),
        (1_125_000_000, "$1.13bn", "1,13 Md $", "11.25亿美元"),
        (99_999_949, "$100m", "100 M $", "9,999.99万美元"),
        (99_999_950, "$100m", "100 M $", "1亿美元"),
        (9_999, "$10k", "10 k $", "9,999美元"),
        (10_000, "$10k", "10 k $", "1万美元"),
        (999, "$999", "999 $", "999美元"),
    ],
)
def test_sums_where_units_change(value: int, en: str, fr: str, zh: str) -> None:
    said = [words.compact(value, "USD", language) for language in words.LANGUAGES]
    assert said == [en, fr.replace(" ", WIDE), zh]


@pytest.mark.parametrize(
    ("first", "last", "precision", "en", "fr", "zh"),
    [
        ("2023-10-05", "2023-10-05", "day", "5 Oct 2023", "5 oct. 2023", "2023年10月5日"),
        ("2023-02-01", "2023-02-01", "day", "1 Feb 2023", "1er févr. 2023", "2023年2月1日"),
        ("2023-10-01", "2023-10-31", "month", "Oct 2023", "oct. 2023", "2023年10月"),
        ("2023-07-01", "2023-09-30", "quarter", "Q3 2023", "T3 2023", "2023年第三季度"),
        (
            "2023-02-01",
            "2023-04-30",
            "quarter",
            "Feb–Apr 2023",
            "févr._– avril 2023",
            "2023年2月至4月",
        ),
        ("2023-07-01", "2023-12-31", "half", "H2 2023", "S2 2023", "2023年下半年"),
        ("2023-01-01", "2023-12-31", "year", "2023", "2023", "2023年"),
        (
            "2023-11-01",
            "2024-01-31",
            "month",
            "Nov 2023–Jan 2024",
            "nov. 2023_– janv. 2024",
            "2023年11月至2024年1月",
        ),
        (None, None, "", "date unknown", "date inconnue", "日期不详"),
    ],
)
def test_dates_in_each_language(
    speaker: Speaker,
    first: str | None,
    last: str | None,
    precision: str,
    en: str,
    fr: str,
    zh: str,
) -> None:
    said = speaker.say([("when", [days(first), days(last), precision])])
    assert [said[x][0] for x in words.LANGUAGES] == [en, fr.replace("_", WIDE), zh]
    agree(speaker, "when", [[first, last, precision]])


def test_numbers_and_shares_in_each_language(speaker: Speaker) -> None:
    said = speaker.say(
        [
            ("number", [1_234_567]),
            ("number", [-1204.5]),
            ("number", [0.999]),
            ("share", [1, 7]),
            ("share", [1, 1000]),
            ("share", [999, 1000]),
            ("share", [0, 0]),
            ("share", [3, 3]),
        ]
    )
    assert said == {
        "en": [
            *("1,234,567", "-1,204.5", "1"),
            *(
                s.replace(" %", WIDE + "%")
                for s in ("14 %", "under 1 %", "over 99 %", "0 %", "100 %")
            ),
        ],
        "fr": [
            *(f"1{NARROW}234{NARROW}567", f"-1{NARROW}204,5", "1"),
            *(
                s.replace(" %", NARROW + "%")
                for s in ("14 %", "moins de 1 %", "plus de 99 %", "0 %", "100 %")
            ),
        ],
        "zh": ["1,234,567", "-1,204.5", "1", "14%", "不足1%", "超过99%", "0%", "100%"],
    }


def test_texts_filled_in_each_language(speaker: Speaker) -> None:
    """Singular and plural, numbers grouped but for years, shares and texts within texts."""
    calls: list[Call] = [
        ("t", ["unit.rounds", {"n": 0}]),
        ("t", ["unit.rounds", {"n": 1}]),
        ("t", ["unit.rounds", {"n": 1204}]),
        ("t", ["date.year", {"year": 2023}]),
        ("t", ["trust.cheques", {"share": [1, 7]}]),
        ("t", ["status.showing", {"shown": 1204, "rounds": ["unit.rounds", {"n": 5000}]}]),
        ("t", ["page.reports", {"n": "{n} <b>$&"}]),
        ("word", ["kind", "vc"]),
        ("word", ["instrument", "constructor"]),
        ("stageWord", ["pre-A"]),
        ("stageWord", ["B++"]),
        ("stageWord", ["seed"]),
        ("stageWord", ["Bridge"]),
        ("stageWord", [""]),
        ("listed", [["a", "b", "c"]]),
        ("listed", [["a", "b"], "semicolon"]),
        ("listed", [["a"]]),
        ("listed", [[]]),
        ("compact", [2e10, "CNY", {"bare": True}]),
    ]
    said = speaker.say(calls)
    assert said["en"] == [
        "0 rounds",
        "1 round",
        "1,204 rounds",
        "2023",
        f"14{WIDE}% of participations have a published cheque",
        "Showing 1,204 of 5,000 rounds",
        "Reports ({n} <b>$&)",
        "Venture capital",
        "constructor",
        "pre-A",
        "B++",
        "seed",
        "Bridge",
        "round",
        "a, b, c",
        "a; b",
        "a",
        "",
        "20bn",
    ]
    assert said["fr"] == [
        "0 tour",
        "1 tour",
        f"1{NARROW}204 tours",
        "2023",
        f"14{NARROW}% des participations ont un ticket publié",
        f"Affichage{NARROW}: 1{NARROW}204 sur 5{NARROW}000 tours",
        "Sources ({n} <b>$&)",
        "Capital-risque",
        "constructor",
        "série pre-A",
        "série B++",
        "amorçage",
        "Bridge",
        "tour",
        "a, b, c",
        f"a{NARROW}; b",
        "a",
        "",
        f"20{WIDE}Md",
    ]
    assert said["zh"] == [
        "0轮",
        "1轮",
        "1,204轮",
        "2023年",
        "14%的投资记录已公布出资额",
        "5,000轮中显示1,204轮",
        "报道（{n} <b>$&）",
        "风险投资",
        "constructor",
        "pre-A轮",
        "B++轮",
        "种子轮",
        "Bridge",
        "融资",
        "a、b、c",
        "a；b",
        "a",
        "",
        "200亿",
    ]
    for name in ("t", "word", "stageWord", "listed", "compact"):
        agree(speaker, name, [given for called, given in calls if called == name])


def test_python_and_the_page_say_the_same_of_every_form(speaker: Speaker) -> None:
    sums = (None, 0, 1, 999, 9_999, 12_500, 999_999, 2e8, 999_999_999, 1e9, 1.125e9, 1e12)
    qualifiers = ("exact", "about", "at_least", "at_most", "range", "undisclosed", "")
    currencies = ("USD", "CNY", "EUR", "HKD", "XAF", "toString", "")
    bounds = [(a, b) for a, b in itertools.product(sums, sums) if a is None or b is None or a <= b]
    agree(
        speaker,
        "money",
        [
            [low, high, said, qualifier, currency]
            for (low, high), said in itertools.product(bounds, (None, 7e8))
            for qualifier, currency in itertools.product(qualifiers, currencies)
        ],
    )
    ends = ["2022-12-31"]
    for month in range(1, 13):
        last = (date(2023 + month // 12, month % 12 + 1, 1) - timedelta(1)).isoformat()
        ends += [f"2023-{month:02}-01", f"2023-{month:02}-09", last]
    ends.append("2024-02-29")
    precisions = ("day", "month", "quarter", "half", "year", "")
    spans = [[a, b, p] for a, b in itertools.product(ends, ends) if a <= b for p in precisions]
    agree(speaker, "when", [*spans, [None, "2023-01-01", "day"], ["2023-01-01", None, "day"]])
    agree(speaker, "share", [[a, b] for b in range(40) for a in range(b + 1)])


AMOUNT = st.one_of(
    st.none(),
    st.integers(0, 10**15),
    st.floats(0, 1e15, allow_nan=False),
    st.builds(lambda n, zeros: n * 10**zeros, st.integers(0, 10**6), st.integers(0, 9)),
    st.builds(lambda n, zeros: n * 10**zeros - 1, st.integers(1, 1000), st.integers(3, 10)),
)
DAY = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat))


@settings(max_examples=40, deadline=None)
@given(
    sums=st.lists(
        st.tuples(
            *(AMOUNT, AMOUNT, AMOUNT),
            st.sampled_from((*schema.QUALIFIERS, "")),
            st.one_of(
                st.sampled_from(("USD", "CNY", "")), st.from_regex(r"[A-Z]{3}", fullmatch=True)
            ),
        ).map(list),
        max_size=50,
    ),
    spans=st.lists(
        st.tuples(DAY, DAY, st.sampled_from(("day", "month", "quarter", "half", "year", ""))).map(
            list
        ),
        max_size=50,
    ),
    shares=st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(list), max_size=50),
    numbers=st.lists(
        st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e12, 1e12)).map(lambda n: [n]),
        max_size=50,
    ),
)
def test_python_and_the_page_say_the_same_of_anything(
    speaker: Speaker,
    sums: list[list[Any]],
    spans: list[list[Any]],
    shares: list[list[Any]],
    numbers: list[list[Any]],
) -> None:
    agree(speaker, "money", sums)
    agree(speaker, "when", spans)
    agree(speaker, "share", shares)
    agree(speaker, "number", numbers)
    agree(speaker, "compact", [[s[0], s[4]] for s in sums if s[0] is not None])


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("no.such-text", {}),
        ("constructor", {}),
        ("unit.rounds", {}),
        ("status.lit", {"name": None}),
        ("status.showing", {"shown": 1, "rounds": ["no.such-text", {}]}),
    ],
)
def test_a_text_or_value_that_is_not_there_is_an_error(
    speaker: Speaker, key: str, values: dict[str, Any]
) -> None:
    with pytest.raises(KeyError):
        words.t("en", key, **values)
    with pytest.raises(BrowserError, match="RangeError"):
        speaker.say([("t", [key, values])])


def test_a_page_changes_its_language(speaker: Speaker) -> None:
    page = speaker.page
    page.evaluate(
        """() => {
          document.body.innerHTML = `<h2 data-t="panel.title"></h2>
            <input data-t-placeholder="search.placeholder" data-t-label="search.label">
            <p data-t="page.reports" data-t-values='{"n": 1204}' data-t-title="status.lit"></p>`;
          document.querySelector("p").dataset.tValues = JSON.stringify({n: 1204, name: "<b>x</b>"});
          window.redrawn = [];
        }"""
    )

    def change(code: str) -> dict[str, Any]:
        script = """code => {
          setLanguage(code, () => redrawn.push(language()));
          const field = document.querySelector("input");
          const p = document.querySelector("p");
          return {lang: document.documentElement.lang, redrawn: redrawn.join(),
            texts: [document.querySelector("h2").textContent, field.placeholder,
              field.getAttribute("aria-label"), p.textContent, p.title]};
        }"""
        said: dict[str, Any] = page.evaluate(script, code)
        return said

    chinese = {
        "lang": "zh-Hans",
        "redrawn": "zh",
        "texts": [
            "详情",
            "搜索任意名称、任意文字 ( / )",
            "搜索公司、投资方、城市和资本类型",
            "报道（1,204）",
            "高亮：<b>x</b>",
        ],
    }
    assert change("zh") == chinese
    assert change("tlh") == chinese
    assert change("__proto__") == chinese
    french = change("fr")
    assert (french["lang"], french["redrawn"]) == ("fr", "zh,fr")
    assert french["texts"][3] == f"Sources (1{NARROW}204)"
    assert page.locator("p b").count() == 0


def table() -> list[dict[str, str]]:
    with (VIEWS / "texts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, restkey="more", restval=""))


def test_every_text_is_there_once_and_in_each_language() -> None:
    rows = table()
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert list(row) == ["key", *words.LANGUAGES], row
        for language in words.LANGUAGES:
            text = row[language]
            assert text, row["key"]
            assert text == text.strip() or row["key"].startswith("number."), row["key"]


def test_the_languages_of_a_text_have_the_same_placeholders() -> None:
    for row in table():
        forms = [form for language in words.LANGUAGES for form in row[language].split("|")]
        assert len({frozenset(HOLE.findall(form)) for form in forms}) == 1, row["key"]
        counts = {language: len(row[language].split("|")) for language in words.LANGUAGES}
        if row["key"] != "money.units":
            assert counts["zh"] == 1, row["key"]
            assert counts["en"] <= 2, row["key"]
            assert counts["fr"] <= 2, row["key"]
            if max(counts.values()) > 1:
                assert "n" in HOLE.findall(row["en"]), row["key"]


def test_french_and_chinese_are_set_as_they_are_printed() -> None:
    """No-break spaces and curved apostrophes in French, full-width marks beside Chinese."""
    han = r"[\u4e00-\u9fff{}]"
    for row in table():
        if row["key"] == "money.units":
            continue
        assert not re.search(r"[ \u00a0][:;!?%»]|«[ \u00a0]|'|\S[;!?»]", row["fr"]), row["key"]
        assert not re.search(r"[^\s\d/]:(?!//)", row["fr"]), row["key"]
        assert not re.search(rf"{han}[,;:!?()]|[,;:!?()]{han}", row["zh"]), row["key"]


def test_what_the_schema_can_say_has_words() -> None:
    fields = {
        "kind": schema.KINDS,
        "status-of": schema.STATUSES,
        "instrument": schema.INSTRUMENTS,
        "listing": schema.LISTINGS,
        "field": schema.DISPUTABLE,
        "basis": schema.BASES,
        "type": schema.LABELS,
        "edge": schema.TYPES,
        "currency": schema.CURRENCIES,
        "language": words.LANGUAGES,
    }
    for field, values in fields.items():
        for value in values:
            assert f"{field}.{value}" in words.interface()["en"]
    assert {k: words.word("en", "kind", k) for k in schema.KINDS} == schema.KINDS


LITERAL = re.compile(r"""(["'`])([\w-]+\.[\w.+-]*\w)\1""")
SELECTOR = re.compile(r"(querySelector(All)?|closest|matches)\([^)]*\)")
A_FILE = re.compile(r".+\.(js|css|csv|html|png|svg)")
# Keys put together from a beginning and a value: `kind.${key}`, "tab." ~ tab, word("field", value).
BEGINNING = re.compile(r"""["'`]([\w-]+\.[\w.-]*)(?:\$?\{|["'] ?[+~] )""")
OF_FIELD = re.compile(r"""word\((?:language, |lang, )?"([\w-]+)",""")


def sources() -> list[str]:
    files = [p for folder in (VIEWS, PAGES) for p in sorted(folder.iterdir())]
    return [p.read_text(encoding="utf-8") for p in files if p.suffix in {".js", ".html", ".py"}]


def mentioned() -> set[str]:
    """What stands in quotes in the sources of pages and is made like a key of the table."""
    prefixes = {key.partition(".")[0] for key in words.interface()["en"]}
    found = {m[2] for text in sources() for m in LITERAL.finditer(SELECTOR.sub("", text))}
    return {text for text in found if text.partition(".")[0] in prefixes}


def test_every_text_that_a_page_says_is_in_the_table() -> None:
    missing = mentioned() - words.interface()["en"].keys()
    assert {key for key in missing if not A_FILE.fullmatch(key)} == set()


def test_every_text_of_the_table_is_said_by_a_page() -> None:
    begun = {m[1] for text in sources() for m in BEGINNING.finditer(text)}
    begun |= {f"{m[1]}." for text in sources() for m in OF_FIELD.finditer(text)}
    said = mentioned()
    unused = [
        key
        for key in words.interface()["en"]
        if key not in said and not key.startswith(tuple(begun))
    ]
    assert unused == []
