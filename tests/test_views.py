"""The pages in a real browser with the network off: what they show, and what they refuse to run.

The small map below, worked out by hand, has 5 closed rounds and one in talks:

    Moonshot AI (Beijing)   A 2023-10   over $1bn           Alibaba (lead, $800m), HongShan
                            talks 2026  -                   HongShan
    Zhipu AI (Beijing)      B 2024      CNY 200m to <1bn    Big Fund, Alibaba      disputed: amount
                            C 2025-03   undisclosed         Big Fund, Hangzhou Fund
    Mistral AI (Paris)      seed        up to €100m         nobody named; undated
                            B 2024-06   about €468m         Mystery Capital, of unknown kind
"""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import Open
from tests.support import load

from whofunds import Graph, schema
from whofunds.stores.base import Store
from whofunds.views import capital_map, words

EMPTY: dict[str, Any] = {
    "company_names": [],
    "cohort": "",
    "city": None,
    "city_name": None,
    "city_names": [],
    "stage": "",
    "status": "closed",
    "instrument": "equity",
    "listing": "private",
    "first": None,
    "last": None,
    "precision": None,
    "amount_min": None,
    "amount_max": None,
    "amount_stated": None,
    "amount_qualifier": "undisclosed",
    "currency": "",
    "disputed": [],
    "investor": None,
    "investor_name": None,
    "investor_names": [],
    "kinds": [],
    "kind_basis": None,
    "lead": None,
    "cheque_min": None,
    "cheque_max": None,
    "cheque_stated": None,
    "cheque_currency": None,
    "reports": [],
}
BEIJING = {"city": "beijing", "city_name": "Beijing", "city_names": ["北京"]}
PARIS = {"city": "paris", "city_name": "Paris"}
MOONSHOT = {
    "company": "moonshot-ai",
    "company_name": "Moonshot AI",
    "company_names": ["月之暗面", "Kimi"],
    **BEIJING,
}
ZHIPU = {
    "company": "zhipu-ai",
    "company_name": "Zhipu AI",
    "company_names": ["智谱AI"],
    **BEIJING,
}
MISTRAL = {"company": "mistral-ai", "company_name": "Mistral AI", **PARIS}


def investor(id_: str, name: str, kind: str, *names: str) -> dict[str, Any]:
    return {
        "investor": id_,
        "investor_name": name,
        "investor_names": list(names),
        "kinds": [kind],
        "kind_basis": "sourced",
    }


ALIBABA = investor("alibaba", "Alibaba Group", "internet-giant", "阿里巴巴")
HONGSHAN = investor("hongshan", "HongShan", "vc", "Sequoia China")
BIG_FUND = investor("big-fund", "Big Fund", "state-fund")
HANGZHOU = investor("hangzhou-fund", "Hangzhou Fund", "city-fund")
MYSTERY = investor("mystery", "Mystery Capital", "unknown")
M_A = MOONSHOT | {
    "round": "m-a",
    "stage": "A",
    "first": "2023-10-01",
    "last": "2023-10-31",
    "precision": "month",
    "amount_min": 1_000_000_000,
    "currency": "USD",
    "reports": ["https://example.org/moonshot"],
}
M_TALKS = MOONSHOT | {
    "round": "m-t",
    "status": "talks",
    "first": "2026-01-01",
    "last": "2026-12-31",
    "precision": "year",
}
Z_B = ZHIPU | {
    "round": "z-b",
    "stage": "B",
    "first": "2024-01-01",
    "last": "2024-12-31",
    "precision": "year",
    "amount_min": 200_000_000,
    "amount_max": 999_999_999,
    "currency": "CNY",
    "disputed": ["amount"],
}
Z_C = ZHIPU | {
    "round": "z-c",
    "stage": "C",
    "first": "2025-03-03",
    "last": "2025-03-03",
    "precision": "day",
    "reports": ["javascript:alert(1)"],
}
S_SEED = MISTRAL | {
    "round": "s-seed",
    "stage": "seed",
    "amount_max": 100_000_000,
    "currency": "EUR",
}
S_B = MISTRAL | {
    "round": "s-b",
    "stage": "B",
    "first": "2024-06-01",
    "last": "2024-06-30",
    "precision": "month",
    "amount_min": 468_000_000,
    "amount_max": 468_000_000,
    "amount_qualifier": "about",
    "currency": "EUR",
}
CHEQUE = {
    "lead": True,
    "cheque_min": 800_000_000,
    "cheque_max": 800_000_000,
    "cheque_stated": 800_000_000,
    "cheque_currency": "USD",
}
FACTS = [
    EMPTY | row
    for row in (
        M_A | ALIBABA | CHEQUE,
        M_A | HONGSHAN,
        M_TALKS | HONGSHAN,
        Z_B | BIG_FUND,
        Z_B | ALIBABA,
        Z_C | BIG_FUND,
        Z_C | HANGZHOU,
        S_SEED,
        S_B | MYSTERY,
    )
]
REPORTS = [
    {
        "url": "https://example.org/moonshot",
        "name": "Moonshot raises over $1bn",
        "publisher": "The Example",
        "published_on": "2023-11-02",
    }
]


@pytest.fixture
def capital(open_page: Open) -> Page:
    return open_page(capital_map(FACTS, REPORTS, title="Who funds whom", as_of="2026-06-30"))


def node(page: Page, name: str) -> Any:
    """A node of the picture that is shown, by the start of its accessible name."""
    return page.locator(f".picture:not([hidden]) .node[aria-label^='{name}']")


def lit(page: Page) -> set[str]:
    names = page.locator(".picture:not([hidden]) .node:not(.off)").evaluate_all(
        "nodes => nodes.map(n => n.getAttribute('aria-label').split(',')[0])"
    )
    return set(names)


def table_rows(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.locator("#table tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent.trim()))"
    )
    return rows


def search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_headline_and_coverage_count_closed_rounds(capital: Page) -> None:
    expect(capital.locator(".headline")).to_have_text(
        "5 closed rounds · 3 companies · 5 named investors · as of 2026-06-30"
    )
    coverage = capital.locator(".coverage").inner_text().replace("\u00a0", " ")
    # 7 participations with a named investor in closed rounds: 1 cheque, 1 of unknown kind.
    assert "14 % of participations have a published cheque" in coverage
    assert "14 % of unknown kind" in coverage
    assert "1 round without a named investor" in coverage
    assert "1 disputed" in coverage
    assert "left out: 1 round not closed (talks, plans, withdrawn)" in coverage
    assert "1 undated" in coverage


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("月之暗面", "Moonshot AI"),
        ("kimi", "Moonshot AI"),
        ("阿里", "Alibaba Group"),
        ("sequoia", "HongShan"),
        ("北京", "Beijing"),
        ("state fund", "State fund"),
    ],
)
def test_search_finds_by_any_alias(capital: Page, text: str, found: str) -> None:
    search(capital, text)
    expect(capital.locator("#details h2")).to_have_text(found)


def test_click_on_a_state_fund_lights_its_companies(capital: Page) -> None:
    node(capital, "Big Fund").click()
    assert lit(capital) == {"State fund", "Big Fund", "Zhipu AI", "Beijing"}
    # Beijing has three closed rounds; two of them run through the fund.
    expect(node(capital, "Beijing").locator(".count")).to_have_text("2/3")
    capital.keyboard.press("Escape")
    assert "Mistral AI" in lit(capital)


def test_panel_shows_rounds_in_words_with_their_reports(capital: Page) -> None:
    node(capital, "Alibaba Group").click()
    panel = capital.locator("#details")
    expect(panel).to_contain_text("Internet giant (as a report says)")
    rounds = panel.locator(".round")
    expect(rounds.nth(0)).to_contain_text("Zhipu AI · B · 2024")
    expect(rounds.nth(0)).to_contain_text("CNY 200m to under 1bn")
    expect(rounds.nth(0)).to_contain_text("disputed: amount")
    expect(rounds.nth(1)).to_contain_text("Moonshot AI · A · Oct 2023")
    expect(rounds.nth(1)).to_contain_text("over $1bn")
    expect(rounds.nth(1)).to_contain_text("Its cheque: $800m")
    source = rounds.nth(1).get_by_role("link")
    expect(source).to_have_text("Moonshot raises over $1bn")
    expect(source).to_have_attribute("href", "https://example.org/moonshot")
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    expect(rounds.nth(1)).to_contain_text("The Example · 2 Nov 2023")


def test_unknown_and_unnamed_stay_visible(capital: Page) -> None:
    node(capital, "Unknown").click()
    assert lit(capital) >= {"Unknown", "No named investor", "Mystery Capital", "Mistral AI"}
    expect(capital.locator("#details")).to_contain_text("2 rounds in 1 company")


def test_legend_filters_by_kind(capital: Page) -> None:
    capital.locator("#legend [data-kind='internet-giant']").click()
    expect(node(capital, "Alibaba Group")).to_have_count(0)
    expect(node(capital, "HongShan")).to_have_count(1)
    capital.get_by_role("button", name="None", exact=True).click()
    expect(capital.locator("#columns .node")).to_have_count(0)
    capital.get_by_role("button", name="All", exact=True).click()
    expect(node(capital, "Alibaba Group")).to_have_count(1)


def test_two_kinds_count_under_each_and_are_filtered_apart(open_page: Open) -> None:
    both = ALIBABA | {"kinds": ["internet-giant", "corporate"], "kind_basis": ["sourced", ""]}
    facts = [EMPTY | M_A | both, EMPTY | M_A | HONGSHAN]
    page = open_page(capital_map(facts, REPORTS, title="T", as_of=""))
    for kind in ("Internet giant", "Corporate", "Moonshot AI"):
        expect(node(page, kind).locator(".count")).to_have_text("1")
    node(page, "Corporate").click()
    assert lit(page) == {"Corporate", "Alibaba Group", "Moonshot AI", "Beijing"}
    page.locator("#legend [data-kind='internet-giant']").click()
    expect(node(page, "Internet giant")).to_have_count(0)
    expect(node(page, "Alibaba Group")).to_have_count(1)


def test_years_keep_what_is_certain_and_count_the_undated(capital: Page) -> None:
    capital.locator("#from").select_option("2024")
    capital.locator("#until").select_option("2024")
    assert {"Zhipu AI", "Mistral AI"} < lit(capital)
    assert not {"Moonshot AI", "No named investor"} & lit(capital)
    expect(capital.locator("#status")).to_have_text(
        "Showing 2 of 6 rounds · left out: 1 not closed (talks, plans, withdrawn), "
        "1 undated, 2 of other years"
    )


def test_play_goes_on_to_the_last_year(capital: Page) -> None:
    capital.locator("#from").select_option("2025")
    capital.locator("#play").click()
    expect(capital.locator("#until")).to_have_value("2025")
    expect(capital.locator("#until")).to_have_value("2026")
    expect(capital.locator("#play")).to_have_attribute("aria-label", "Play the years")


def test_talks_and_disputed_rounds_have_toggles(capital: Page) -> None:
    expect(node(capital, "HongShan").locator(".count")).to_have_text("1")
    capital.locator("#talks").check()
    expect(node(capital, "HongShan").locator(".count")).to_have_text("2")
    capital.locator("#disputed").uncheck()
    expect(node(capital, "Zhipu AI").locator(".count")).to_have_text("1")


def test_flow_is_reached_by_keyboard_and_keeps_the_selection(capital: Page) -> None:
    search(capital, "big fund")
    capital.locator("#tab-columns").focus()
    capital.keyboard.press("ArrowRight")
    expect(capital.locator("#tab-flow")).to_have_attribute("aria-selected", "true")
    assert lit(capital) == {"State fund", "Zhipu AI", "Beijing"}
    node(capital, "Zhipu AI").focus()
    capital.keyboard.press("Enter")
    # Zhipu's rounds: a state fund in two, an internet giant and a city fund in one each.
    expect(capital.locator("#details h2")).to_have_text("Zhipu AI")
    expect(capital.locator("#details .list").first).to_contain_text("State fund2 rounds")


def test_arrows_walk_and_enter_opens(capital: Page) -> None:
    node(capital, "State fund").focus()
    capital.keyboard.press("ArrowRight")
    expect(node(capital, "Big Fund")).to_be_focused()
    capital.keyboard.press("ArrowRight")
    expect(node(capital, "Zhipu AI")).to_be_focused()
    capital.keyboard.press("Enter")
    expect(node(capital, "Zhipu AI")).to_have_attribute("aria-pressed", "true")
    expect(node(capital, "Zhipu AI")).to_be_focused()
    chart = capital.locator("#columns svg.chart")
    before = float(chart.get_attribute("width") or 0)
    capital.keyboard.press("+")
    assert float(chart.get_attribute("width") or 0) > before
    capital.keyboard.press("0")
    assert float(chart.get_attribute("width") or 0) == before
    capital.keyboard.press("Escape")
    expect(capital.locator("#details h2")).to_have_text("Details")


def test_table_sorts_and_follows_the_selection(capital: Page) -> None:
    capital.locator("#tab-table").click()
    assert len(table_rows(capital)) == 8
    capital.get_by_role("button", name="Company").click()
    assert [r[1] for r in table_rows(capital)][:2] == ["Mistral AI", "Mistral AI"]
    search(capital, "hangzhou fund")
    assert table_rows(capital) == [
        [
            "3 Mar 2025",
            "Zhipu AI",
            "C",
            "undisclosed",
            "Hangzhou Fund",
            "City fund",
            "",
            "Beijing",
            "2",
        ]
    ]


def test_table_stands_without_javascript(open_page: Open) -> None:
    html = capital_map(FACTS, REPORTS, title="Who funds whom", as_of="2026-06-30")
    page = open_page(html, javascript=False)
    expect(page.locator("#table table")).to_be_visible()
    expect(page.locator("#tab-columns")).to_be_hidden()
    rows = table_rows(page)
    assert len(rows) == 9
    assert rows[0][:3] == ["2026", "Moonshot AI", "round talks"]
    assert rows[-1][:5] == [
        "date unknown",
        "Mistral AI",
        "seed",
        "up to €100m",
        "No named investor",
    ]
    page.get_by_text("Reports (2)").click()
    expect(page.get_by_role("link", name="Moonshot raises over $1bn")).to_be_visible()


def test_those_beyond_the_top_open(open_page: Open) -> None:
    facts = [
        EMPTY | M_A | investor(f"vc-{i}", f"Venture {i:03}", "vc") | {"round": f"r{i}"}
        for i in range(100)
    ]
    page = open_page(capital_map(facts, REPORTS, title="Many", as_of=""))
    others = node(page, "Investor: +70 others")
    expect(others).to_have_count(1)
    search(page, "venture 099")
    expect(node(page, "Venture 099")).to_have_attribute("aria-pressed", "true")
    node(page, "Investor: +69 others").click()
    expect(node(page, "Venture")).to_have_count(101)  # 100 investors, and their kind
    page.get_by_role("button", name="Close opened groups").click()
    expect(node(page, "Investor: +69 others")).to_have_count(1)


def test_csv_has_bounds_of_its_own_and_no_formula(open_page: Open) -> None:
    evil = EMPTY | M_A | investor("evil", "=HYPERLINK(1)", "vc") | {"round": "evil"}
    page = open_page(capital_map([*FACTS, evil], REPORTS, title="T", as_of=""))
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 9
    held = {(r["round"], r["investor_id"]): r for r in rows}
    zhipu = held["z-b", "alibaba"]
    assert (zhipu["round_amount_min"], zhipu["round_amount_max"]) == ("200000000", "999999999")
    assert (zhipu["cheque_min"], zhipu["disputed"]) == ("", "amount")
    assert held["m-a", "alibaba"]["cheque_min"] == "800000000"
    assert held["evil", "evil"]["investor"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("tab", ["columns", "flow"])
def test_pictures_are_saved_with_title_and_source(capital: Page, tab: str) -> None:
    capital.locator(f"#tab-{tab}").click()
    with capital.expect_download() as download:
        capital.locator("#save-svg").click()
    svg = Path(download.value.path()).read_text("utf-8")
    for text in ("Who funds whom", "as of 2026-06-30", "Zhipu AI", "State fund"):
        assert text in svg
    assert "var(--" not in svg
    with capital.expect_download() as download:
        capital.locator("#save-png").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_dark_by_the_system_and_by_the_button(open_page: Open) -> None:
    html = capital_map(FACTS, REPORTS, title="T", as_of="")
    page = open_page(html, color_scheme="dark")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.locator("#theme").click()
    expect(root).to_have_attribute("data-theme", "light")


def test_a_narrow_screen_starts_with_the_table_and_does_not_scroll_sideways(
    open_page: Open,
) -> None:
    long = EMPTY | M_A | investor("long", "x" * 10_000, "vc") | {"round": "long"}
    html = capital_map([*FACTS, long], REPORTS, title="Who funds whom", as_of="2026-06-30")
    page = open_page(html, width=360)
    expect(page.locator("#tab-table")).to_have_attribute("aria-selected", "true")
    for tab in ("table", "columns", "flow"):
        page.locator(f"#tab-{tab}").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    node(page, "Mistral AI").click()
    expect(page.locator("#details")).to_be_in_viewport()


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}{% raw %}{{ data }}",
    "\u202egnp.exe\u2066",
    "x" * 10_000,
    "\ud800lone\udfff",
    "<!--",
    "&lt;b&gt;",
    "a\x00b\u2028c\u2029",
    "'\"`${1}",
    "__proto__",
    "constructor",
]


def hostile_facts(texts: list[str]) -> list[dict[str, Any]]:
    return [
        {
            column: (
                [text, "javascript:alert(1)"]
                if isinstance(value, list)
                else float("nan")
                if column.startswith(("amount_m", "amount_s", "cheque_m", "cheque_s"))
                else text
            )
            for column, value in (EMPTY | M_A).items()
        }
        for text in texts
    ]


@pytest.mark.parametrize("javascript", [True, False])
def test_hostile_texts_run_nothing_and_break_nothing(open_page: Open, javascript: bool) -> None:
    reports = [
        {"url": text, "name": text, "publisher": text, "published_on": text}
        for text in [*HOSTILE, "javascript:alert(1)", 'https://example.org/"onload=alert(1)']
    ]
    html = capital_map(
        [*hostile_facts(HOSTILE), *FACTS], reports, title=HOSTILE[1], as_of=HOSTILE[2]
    )
    page = open_page(html, javascript=javascript)
    addresses = page.locator("a[href]").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert all(re.match(r"https?://|#", a) for a in addresses)
    if not javascript:
        return
    for tab in ("columns", "flow", "table"):
        page.locator(f"#tab-{tab}").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 1440
    search(page, "alert(1)")
    expect(page.locator("#details")).to_contain_text("alert(1)")
    assert page.evaluate("document.scripts.length") == html.count("<script ")
    assert page.locator("img, iframe, object, embed").count() == 0


def test_an_empty_map_says_so(open_page: Open) -> None:
    page = open_page(capital_map([], [], title="Nothing yet", as_of=""))
    expect(page.locator(".headline")).to_have_text(
        "0 closed rounds · 0 companies · 0 named investors"
    )


def test_same_facts_give_the_same_page() -> None:
    pages = {capital_map(FACTS, REPORTS, title="T", as_of="") for _ in range(2)}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((1e9, 1e9, 1e9, "exact", "USD"), "$1bn"),
        ((4.5e8, 4.5e8, 4.5e8, "about", "EUR"), "about €450m"),
        ((1e9, None, 1e9, "at_least", "USD"), "over $1bn"),
        ((None, 1e9, 1e9, "at_most", "HKD"), "up to HKD 1bn"),
        ((2e8, 999_999_999, None, "range", "CNY"), "CNY 200m to under 1bn"),
        ((2e6, 5e6, None, "range", "USD"), "$2m to 5m"),
        ((1e9, 1e9, 1e9, "exact", ""), "1bn (currency not stated)"),
        ((None, None, None, "undisclosed", ""), "undisclosed"),
        ((float("nan"), float("inf"), None, "", "USD"), "undisclosed"),
    ],
)
def test_bounds_in_words(bounds: tuple[Any, ...], said: str) -> None:
    assert words.money(*bounds) == said


@pytest.mark.parametrize(
    ("first", "last", "precision", "said"),
    [
        ("2023-10-05", "2023-10-05", "day", "5 Oct 2023"),
        ("2023-10-01", "2023-10-31", "month", "Oct 2023"),
        ("2023-07-01", "2023-09-30", "quarter", "Q3 2023"),
        ("2023-07-01", "2023-12-31", "half", "H2 2023"),
        ("2023-01-01", "2023-12-31", "year", "2023"),
        ("2023-01-01", "2023-04-30", "year", "Jan–Apr 2023"),
        ("2023-11-01", "2024-01-31", "month", "Nov 2023–Jan 2024"),
        (None, None, None, "date unknown"),
    ],
)
def test_dates_by_their_precision(
    first: str | None, last: str | None, precision: str | None, said: str
) -> None:
    assert words.when(first, last, precision) == said


def luminance(color: str) -> float:
    full = color if len(color) == 7 else "#" + "".join(c * 2 for c in color[1:])
    channels = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_told_apart_from_the_ground(open_page: Open, theme: str) -> None:
    """WCAG AA: 4.5 for text, 3 for shapes."""
    page = open_page(capital_map([], [], title="T", as_of=""), color_scheme=theme)

    def color(name: str) -> str:
        script = "n => getComputedStyle(document.documentElement).getPropertyValue(n).trim()"
        value: str = page.evaluate(script, f"--{name}")
        return value

    def contrast(a: str, b: str) -> float:
        light, dark = sorted((luminance(color(a)), luminance(color(b))), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for text in ("text", "soft", "accent"):
        assert min(contrast(text, "ground"), contrast(text, "raised")) >= 4.5, text
    assert contrast("warn", "warn-ground") >= 4.5
    assert contrast("on-accent", "accent") >= 4.5
    assert contrast("text", "mark") >= 4.5
    for shape in ("edge", *(f"k-{kind}" for kind in schema.KINDS)):
        assert contrast(shape, "ground") >= 3, shape


def test_the_map_of_the_shipped_facts(store: Store, open_page: Open) -> None:
    load(store, "ai-funding")
    page = open_page(Graph(store).view("capital-map"))
    search(page, "月之暗面")
    expect(page.locator("#details h2")).to_have_text("Moonshot AI")
    page.keyboard.press("Escape")
    page.get_by_label("Top").select_option("120")
    node(page, "China Internet Investment Fund").click()
    # By participations.csv: Shengshu's B of 2026 and CloudWalk's round of May 2020.
    assert lit(page) == {
        "State fund",
        "China Internet Investment Fund",
        "Shengshu Technology",
        "CloudWalk Technology",
        "Beijing",
        "Guangzhou",
    }
