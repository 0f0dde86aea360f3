"""What every page of facts does: its address, languages, filters, accounts, exports, keyboard.

The facts are those of the small map in test_views.py, with two accounts of Zhipu's B round.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.conftest import Open
from tests.test_queries import facts  # noqa: F401
from tests.test_views import FACTS, REPORTS, lit, node, search, table_rows

from whofunds.catalog import Column
from whofunds.graph import Graph
from whofunds.views import of_facts
from whofunds.views.words import compact

ACCOUNT = {
    "round": "z-b",
    "account": "a",
    "first": "2024-01-01",
    "last": "2024-12-31",
    "precision": "year",
    "stage": "B",
    "status": "closed",
    "currency": "CNY",
    "amount_qualifier": "exact",
    "members": 2,
    "leads": [],
    "doubt": [],
    "note": "",
    "copy": "",
}
ACCOUNTS = [
    ACCOUNT
    | {
        "report": "https://example.org/one",
        "amount_min": 200_000_000,
        "amount_max": 200_000_000,
        "leads": ["alibaba"],
        "first": "2023-12-31",
        "last": "2023-12-31",
        "precision": "day",
    },
    ACCOUNT
    | {
        "report": "https://example.org/two",
        "account": "b",
        "amount_min": 900_000_000,
        "amount_max": 900_000_000,
        "first": "2024-02-01",
        "last": "2024-02-29",
        "precision": "month",
        "copy": "copy",
        "note": "names no investor",
    },
]
TWO = [
    {"url": f"https://example.org/{n}", "name": f"Report {n}", "publisher": f"Paper {n}"}
    for n in ("one", "two")
]


def made(**more: Any) -> str:
    given: dict[str, Any] = {
        "name": "capital-map",
        "tabs": ("columns", "flow", "table"),
        "title": ("title.capital-map", {}),
        "as_of": "2026-06-30",
        "currency": "USD",
        "asked": {"views/facts": "MATCH (n) RETURN n"},
    }
    return of_facts(more.pop("facts", FACTS), [*REPORTS, *TWO], ACCOUNTS, **(given | more))


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page(made())


def address(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash)"))


def test_what_is_chosen_stands_in_the_address_and_can_be_gone_back_from(page: Page) -> None:
    assert address(page) == ""
    node(page, "Alibaba Group").click()
    assert address(page) == "#of=investor:alibaba"
    page.locator("#tab-flow").click()
    page.locator("#legend [data-kind='vc']").click()
    assert address(page) == "#tab=flow&of=investor:alibaba&without=vc"
    page.go_back()
    expect(page.locator("#legend [data-kind='vc']")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.locator("#tab-columns")).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(page.locator("#details h2")).to_have_text("Details")
    page.go_forward()
    expect(page.locator("#details h2")).to_have_text("Alibaba Group")


def test_an_address_shows_a_colleague_the_same(page: Page) -> None:
    search(page, "zhipu")
    page.locator("#tab-table").click()
    page.locator("#from").select_option("2024")
    page.locator("#talks").check()
    page.locator("#language").select_option("fr")
    rows, status = table_rows(page), page.locator("#status").inner_text()
    page.reload()
    assert table_rows(page) == rows
    expect(page.locator("#status")).to_have_text(status)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.evaluate("location.hash = 'of=company:nobody&from=1&tab=nowhere&least=x&with=a:b&open=:'")
    expect(page.locator("#details h2")).to_have_text("Details")
    expect(page.locator("#tab-columns")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["5 closed rounds", "CNY 200m to under 1bn", "Internet giant", "over $1bn"]),
        ("fr", ["5 tours bouclés", "Géant d’Internet", "1\u00a0Md\u00a0$", "200\u00a0M"]),
        ("zh", ["已完成5轮", "互联网巨头", "10亿美元", "2亿"]),
    ],
)
def test_words_and_units_are_of_the_readers_language(
    open_page: Open, language: str, said: list[str]
) -> None:
    for page in (open_page(made(language=language)), open_page(made())):
        page.locator("#language").select_option(language)
        page.locator("#tab-table").click()
        text = page.locator("body").inner_text()
        for words in said:
            assert words in text, words
    still = open_page(made(language=language), javascript=False)
    text = still.locator("body").inner_text()
    for words in said:
        assert words in text, words


def test_only_rounds_of_certainly_so_much_pass_and_the_rest_is_counted(page: Page) -> None:
    page.locator("#least").select_option("1000000000")
    # Of the five: over $1bn passes; CNY and EUR have no rate here; one is undisclosed.
    assert lit(page) >= {"Moonshot AI", "Alibaba Group"}
    assert "Zhipu AI" not in lit(page)
    status = page.locator("#status").inner_text()
    assert status.startswith("Showing 1 of 6 rounds")
    assert "1 of undisclosed amount" in status
    assert "3 not converted" in status


def test_widths_are_cheques_only_when_asked_and_what_is_unpublished_stays(page: Page) -> None:
    page.locator("#measure").select_option("cheques")
    expect(node(page, "Alibaba Group").locator(".count")).to_have_text("$800m")
    expect(node(page, "Moonshot AI").locator(".count")).to_have_text("$800m")  # not the round's
    expect(node(page, "Zhipu AI").locator(".count")).to_have_text("–")
    assert page.locator("#columns .link.untold").count() > 0
    said = page.locator("#status").inner_text().replace("\u00a0", " ")
    assert "14 % of participations have a published cheque" in said


# Beside Alibaba's cheque of $800m: one of at most $50m and one in a currency without a rate, which
# are published too; and a promise, a share sold on and talks, which pay the company nothing.
PROMISED = {"round": "m-p", "instrument": "commitment", "stage": "strategic"}
SOLD = {"round": "m-s", "instrument": "secondary"}
PRICED = {"cheque_min": 5, "cheque_max": 5, "cheque_stated": 5, "cheque_currency": "USD"}
CHEQUES = [
    *FACTS[:1],
    FACTS[1] | {"cheque_max": 50_000_000, "cheque_stated": 50_000_000, "cheque_currency": "USD"},
    FACTS[3] | PRICED | {"cheque_currency": "AED"},
    *(FACTS[1] | PRICED | more for more in (PROMISED, SOLD, {"round": "m-t", "status": "talks"})),
    FACTS[4],
]


def test_a_published_cheque_is_of_a_closed_round_with_money_to_the_company(open_page: Open) -> None:
    page = open_page(made(facts=CHEQUES))
    # Of the four participations in the two rounds that count, three have a published cheque.
    share = "75 % of participations have a published cheque"
    page.locator("#talks").check()
    page.locator("#measure").select_option("cheques")
    for said in (".coverage", "#status"):
        assert share in page.locator(said).inner_text().replace("\u00a0", " ")
    assert "of these 2 no money raised: commitments" in page.locator("#status").inner_text()
    expect(node(page, "HongShan").locator(".count")).to_have_text("–")
    expect(node(page, "Moonshot AI").locator(".count")).to_have_text("$800m")
    panel = page.locator("#details")
    node(page, "HongShan").click()
    expect(panel).to_contain_text("Published cheques: up to $50m")
    node(page, "Big Fund").click()
    expect(panel).to_contain_text("1 published cheque not converted")
    expect(panel).not_to_contain_text("without a published cheque")
    node(page, "Moonshot AI").click()
    expect(panel).to_contain_text("Published cheques: $800m to 850m")
    expect(panel).not_to_contain_text("without a published cheque")


def test_cheques_by_kind_are_the_rows_of_the_query(facts: Graph, open_page: Open) -> None:  # noqa: F811
    page = open_page(facts.view("capital-map"))
    page.locator("#measure").select_option("cheques")
    rows = facts.query("capital/cheques", currency="CNY")
    assert sum(r["published"] for r in rows) > 0
    for r in rows:
        sum_ = compact(r["cheque_min"], "CNY") if r["cheque_min"] else "–"
        kind = page.locator(f"#columns .node[aria-label^='{r['kind_name']}, capital kind']")
        expect(kind.locator(".count")).to_have_text(sum_)


def test_without_javascript_the_table_says_the_same_of_a_round(open_page: Open) -> None:
    html = made(facts=[*CHEQUES[:5], FACTS[8] | {"listing": "ipo"}])
    rows = "#table tbody tr"
    page = open_page(html)
    page.locator("#tab-table").click()
    said = page.locator(rows).all_inner_texts()
    plain = open_page(html, javascript=False).locator(rows).all_inner_texts()
    assert sorted(map(str.split, said)) == sorted(map(str.split, plain))
    for word in ("commitment", "secondary", "listing"):
        assert sum(word in row for row in plain) == 1


def test_a_nodes_neighbours_come_in_and_go_away(open_page: Open) -> None:
    from tests.test_views import EMPTY, M_A, Z_B, investor

    many = [
        EMPTY | (M_A if i % 2 else Z_B) | investor(f"vc-{i}", f"Venture {i:03}", "vc")
        for i in range(80)
    ]
    page = open_page(made_of(many))
    before = page.locator("#columns .node").count()
    search(page, "moonshot")
    page.get_by_role("button", name="Bring in its neighbours").click()
    assert lit(page) >= {f"Venture {i:03}" for i in range(1, 80, 2)}
    assert "with=company:moonshot-ai" in address(page)
    page.get_by_role("button", name="Put its neighbours away").click()
    assert page.locator("#columns .node").count() == before


def test_two_of_one_name_are_told_apart(open_page: Open) -> None:
    from tests.test_views import EMPTY, M_A, investor

    html = made_of(
        [EMPTY | M_A | investor(i, "Same Fund", kind) for i, kind in (("one", "vc"), ("two", "pe"))]
    )
    page = open_page(html)
    assert lit(page) >= {"Same Fund (one)", "Same Fund (two)", "Moonshot AI", "Beijing"}
    search(page, "same fund")
    expect(page.locator("#details h2")).to_have_text(re.compile(r"Same Fund \((one|two)\)"))
    plain = open_page(html, javascript=False).locator("#table tbody").inner_text()
    assert "Same Fund (one)" in plain and "Same Fund (two)" in plain


def made_of(rows: list[dict[str, Any]]) -> str:
    return of_facts(
        rows,
        REPORTS,
        name="capital-map",
        tabs=("columns", "flow", "table"),
        title="Many",
        as_of="",
        currency="USD",
    )


def test_accounts_stand_side_by_side_and_what_differs_is_marked(page: Page) -> None:
    search(page, "zhipu")
    accounts = page.locator("#details .accounts")
    expect(accounts).to_have_count(1)
    expect(accounts.locator("summary")).to_have_text("Compare 2 accounts")
    table = accounts.locator("table")
    expect(table).to_be_visible()  # the round is disputed
    heads = table.locator("thead th").all_inner_texts()
    assert [h.split(" ·")[0] for h in heads] == ["Paper one", "Paper two"]
    assert "copy" in heads[1]
    amounts = table.locator("tr", has_text="Amount").locator("td").all_inner_texts()
    assert amounts == ["CNY 200m", "CNY 900m"]
    expect(table.locator("tr", has_text="Amount").locator(".differs")).to_have_count(2)
    # February is in the year that the round has.
    dates = table.locator("tr", has_text="Date")
    assert dates.locator("td").all_inner_texts() == ["31 Dec 2023", "Feb 2024"]
    assert dates.locator(".differs").all_inner_texts() == ["31 Dec 2023"]
    leads = table.locator("tr", has_text="Lead").locator("td").all_inner_texts()
    assert leads == ["Alibaba Group", "–"]
    expect(table).to_contain_text("names no investor")
    assert table.get_by_role("link").first.get_attribute("href") == "https://example.org/one"


def test_the_page_says_how_to_cite_it_how_it_was_asked_and_how_to_embed_it(
    page: Page,
) -> None:
    search(page, "zhipu")
    page.get_by_text("Cite this").first.click()
    cited = page.locator("#citation").inner_text()
    assert re.match(
        r"Who funds whom\. whofunds, facts as of .*, version [\d.]+ \([0-9a-f]{16}\)", cited
    )
    expect(page.locator("#cypher-1")).to_have_text("MATCH (n) RETURN n")
    snippet = page.locator("#embed").input_value()
    assert 'src="capital-map.html#of=company%3Azhipu-ai"' in snippet
    assert 'sandbox="allow-scripts' in snippet and "allow-same-origin" not in snippet
    page.locator("[data-copy=embed]").click()
    expect(page.locator("[data-copy=embed]")).to_have_text("Copied")


def test_every_control_is_reached_and_used_by_keyboard_alone(page: Page) -> None:
    reached: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        named = page.evaluate("document.activeElement.id || document.activeElement.className")
        reached.append(str(named))
    for control in ("tab-columns", "search", "save-csv", "save-png", "theme", "language", "reset"):
        assert control in reached, control
    for control in ("from", "until", "play", "least", "talks", "disputed", "top", "measure"):
        assert control in reached, control
    assert sum("node" in r for r in map(str, reached)) >= 0
    page.locator("#columns .node").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).not_to_have_text("Details")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_serious(open_page: Open, theme: Any, width: int) -> None:
    page = open_page(made(), color_scheme=theme, width=width)
    for tab in ("columns", "flow", "table"):
        page.locator(f"#tab-{tab}").click()
        search(page, "zhipu")
        page.locator("#sources summary").click()
        assert serious(page) == [], tab
        page.locator("#reset").click()
        page.locator("#sources summary").click()


def serious(page: Page) -> list[str]:
    """What axe finds that is serious or critical, with the first element it names."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]} {v['nodes'][0].get('failureSummary', '')[:160]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def test_reduced_motion_moves_nothing(open_page: Open) -> None:
    page = open_page(made(), reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => "
        "parseFloat(getComputedStyle(e).transitionDuration) > 0 "
        "|| parseFloat(getComputedStyle(e).animationDuration) > 0).length"
    )
    assert moving == 0


def test_on_paper_there_are_facts_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator("#columns svg")).to_be_visible()


def test_without_javascript_the_table_has_the_same_rows_in_the_same_order(
    page: Page, open_page: Open
) -> None:
    page.locator("#tab-table").click()
    page.locator("#talks").check()
    still = open_page(made(), javascript=False)
    assert [r[:8] for r in table_rows(page)] == [r[:8] for r in table_rows(still)]


def test_the_csv_of_a_querys_rows_is_those_rows(open_page: Open) -> None:
    columns = (Column("company"), Column("floor", "at least", "currency"), Column("reports"))
    rows = [("Acme, Inc", 2_000_000_000, ["https://example.org/one"])]
    page = open_page(made(tabs=("rows", "table"), answers={"ceiling/raised": ("T", columns, rows)}))
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.split() == [
        "company,floor",
        "USD,reports",
        '"Acme,',
        'Inc",2bn,https://example.org/one',
    ]


def test_a_phones_address_shows_the_same_on_a_desk(open_page: Open) -> None:
    phone = open_page(made(), width=360)
    assert address(phone) == "#tab=table"
    desk = open_page(made())
    desk.evaluate("hash => { location.hash = hash }", address(phone))
    expect(desk.locator("#tab-table")).to_have_attribute("aria-selected", "true")
