"""Pages of nodes and relationships in a real browser: a query's result, a path, a neighbourhood.

The chains below, worked out by hand, are of a made-up world:

    City > Holding > Fund > A (closed, 3 Mar 2025) > Zhipu AI
    City > Fund > A > Zhipu AI
    City > Fund > B (talks) > Zhipu AI              not certain
"""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.conftest import Open
from tests.support import load
from tests.test_views import EMPTY, FACTS, HOSTILE, REPORTS, search, table_rows

from whofunds import Graph, views
from whofunds.errors import UsageError
from whofunds.stores.base import Node, Relationship, Store
from whofunds.stores.base import Path as GraphPath
from whofunds.views import around, layers, network
from whofunds.views.result import first

NODES = [
    Node("big-fund", "Investor", {"id": "big-fund", "name": "Big Fund", "names": ["大基金"]}),
    Node(
        "z-b",
        "FundingRound",
        {
            "name": "Zhipu AI · B",
            "stage": "B",
            "status": "closed",
            "amount_min": 2e8,
            "amount_max": 2e8,
            "amount_min_usd": 28_123_456,
            "amount_qualifier": "exact",
            "currency": "CNY",
            "announced_first": "2024-03-01",
            "announced_last": "2024-03-31",
            "precision": "month",
        },
    ),
    Node("zhipu-ai", "Startup", {"name": "Zhipu AI", "names": ["智谱AI"]}),
]
LINKS = [
    Relationship("INVESTED_IN", "big-fund", "z-b", {"reports": ["https://example.org/z"]}),
    Relationship("FUNDS", "z-b", "zhipu-ai", {}),
    Relationship("BASED_IN", "zhipu-ai", "beijing", {}),
]


def result_page(texts: list[str], **more: Any) -> str:
    extra = [Node(t, t, {"name": t, "names": [t], t: t, "n": float("nan")}) for t in texts]
    links = [Relationship(t, t, "zhipu-ai", {t: t, "report": t}) for t in texts]
    return network(
        [*NODES, *extra],
        [*LINKS, *links],
        title="Path",
        question="How does it get there?",
        rows=[
            ("Big Fund", 2, GraphPath(tuple(NODES), tuple(LINKS[:2]))),
            *((t, t, t) for t in texts),
        ],
        columns=["fund", "steps", "path"],
        **more,
    )


def boxes(page: Page) -> list[str]:
    """The names in the network, as its copy for the exports has them."""
    found: list[str] = page.locator("#network svg.chart g[transform] > text").all_inner_texts()
    texts: list[str] = page.locator("#network svg.chart g g > text:first-of-type").evaluate_all(
        "ts => ts.map(t => t.textContent)"
    )
    return found and texts


def test_a_result_is_drawn_searched_and_listed(open_page: Open) -> None:
    page = open_page(result_page([]))
    # An end that no row holds (beijing) is drawn by its id.
    expect(page.locator(".headline")).to_have_text("1 row · 4 nodes · 3 relationships")
    expect(page.locator("#canvas canvas")).to_be_visible()
    search(page, "智谱")
    expect(page.locator("#details h2")).to_have_text("Zhipu AI")
    expect(page.locator("#details")).to_contain_text("← funds")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#details h2")).to_have_text("Zhipu AI · B")
    # A round's amount is the round's, in its own currency; what it converts to isn't said.
    expect(page.locator("#details")).to_contain_text("round of CNY 200m")
    expect(page.locator("#details")).to_contain_text("Mar 2024")
    expect(page.locator("#details")).not_to_contain_text("28")
    page.locator("#tab-table").click()
    assert table_rows(page) == [["Big Fund", "2", "Big Fund – Zhipu AI · B – Zhipu AI"]]


def test_a_state_is_sent_and_gone_back_to(open_page: Open) -> None:
    page = open_page(result_page([]))
    search(page, "big fund")
    page.locator("#legend [data-kind='City']").click()
    sent = page.url
    assert "at=Investor%2Fbig-fund" in sent
    assert "without=City" in sent
    page.locator("#tab-table").click()
    page.go_back()
    expect(page.locator("#canvas canvas")).to_be_visible()
    page.go_back()
    expect(page.locator("#legend [data-kind='City']")).to_have_attribute("aria-pressed", "true")
    page.goto("about:blank")
    page.goto(sent)
    expect(page.locator("#details h2")).to_have_text("Big Fund")
    expect(page.locator("#legend [data-kind='City']")).to_have_attribute("aria-pressed", "false")


def test_pages_are_made_more_than_once() -> None:
    made = {views.network(NODES, LINKS, title="T", question="", rows=[], columns=[]) for _ in "ab"}
    assert len(made) == 1


def test_a_click_on_the_canvas_opens_details(open_page: Open) -> None:
    page = open_page(network(NODES[:1], [], title="One", question="", rows=[], columns=[]))
    page.locator("#canvas").click()  # the only node stands in the middle
    expect(page.locator("#details h2")).to_have_text("Big Fund")


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_hostile_result_runs_nothing(open_page: Open, language: str) -> None:
    chain = {"path": GraphPath(tuple(NODES), tuple(LINKS[:2])), "certain": True, "possible": 0}
    page = open_page(
        result_page(
            HOSTILE,
            tabs=("steps", "network", "table"),
            chains=[chain],
            reports=[{"url": t, "name": t, "publisher": t, "published_on": t} for t in HOSTILE],
            asked=dict.fromkeys(HOSTILE, HOSTILE[1]),
            language=language,
        )
    )
    expect(page.locator("#steps .step")).to_have_count(3)
    page.locator("#tab-network").click()
    expect(page.locator("#canvas canvas")).to_be_visible()
    search(page, "alert(1)")
    expect(page.locator("#details h2")).to_contain_text("alert(1)")
    page.locator("#tab-table").click()
    assert len(table_rows(page)) == 1 + len(HOSTILE)
    addresses = page.locator("a[href]").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert all(a.startswith(("https://", "#")) for a in addresses)


def test_files_hold_what_is_shown_with_its_source(open_page: Open, tmp_path: Path) -> None:
    page = open_page(result_page([], as_of="2026-06-30"))

    def saved(button: str) -> bytes:
        with page.expect_download() as download:
            page.locator(button).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path.read_bytes()

    rows = list(csv.reader(io.StringIO(saved("#save-csv").decode("utf-8-sig"))))
    assert rows == [
        ["fund", "steps", "path"],
        ["Big Fund", "2", "Big Fund – Zhipu AI · B – Zhipu AI"],
    ]
    picture = saved("#save-svg").decode()
    for text in ("Path", "Big Fund", "Zhipu AI", "facts as of 2026-06-30"):
        assert text in picture, text
    assert saved("#save-png").startswith(b"\x89PNG")


def hub(neighbours: int) -> tuple[list[Node], list[Relationship]]:
    nodes = [Node("hub", "Investor", {"name": "Hub"})]
    nodes += [Node(f"c{n:02}", "Startup", {"name": f"C {n:02}"}) for n in range(neighbours)]
    return nodes, [Relationship("SET_CONDITION", "hub", n.id, {}) for n in nodes[1:]]


def test_a_hub_shows_its_top_and_opens(open_page: Open) -> None:
    nodes, links = hub(70)
    page = open_page(network(nodes, links, title="T", question="", rows=[], columns=[]))
    status = page.locator("#status")
    expect(page.locator(".coverage")).to_contain_text("the 31 best connected of 71 nodes")
    expect(status).to_contain_text("Showing 31 of 71 nodes")
    assert {"C 00", "C 29"} < set(boxes(page))
    assert "C 30" not in boxes(page)
    search(page, "hub")
    page.get_by_role("button", name="Bring in its neighbours (40)").click()
    expect(status).to_contain_text("Showing 61 of 71 nodes")
    page.get_by_role("button", name="Bring in its neighbours (10)").click()
    expect(status).to_contain_text("Showing 71 of 71 nodes")
    assert {"C 30", "C 69"} < set(boxes(page))
    page.get_by_role("button", name="Put its neighbours away (70)").click()
    expect(status).to_contain_text("Showing 1 of 71 nodes")
    page.go_back()
    expect(status).to_contain_text("Showing 71 of 71 nodes")


def place(page: Page, name: str) -> tuple[float, float, float]:
    """Where a box stands on the page, its middle, and half its width, when all is in view."""
    found: list[float] = page.evaluate(
        """name => {
          const numbers = (text) => text.match(/[-\\d.]+/g).map(Number);
          const chart = document.querySelector("#network svg.chart");
          const [, , w, h] = numbers(chart.getAttribute("viewBox"));
          const named = (g) => g.querySelector("text")?.textContent === name;
          const box = [...chart.querySelectorAll("g > g")].find(named);
          const [x, y] = numbers(box.getAttribute("transform"));
          const [dx, dy] = numbers(box.parentElement.getAttribute("transform"));
          const half = Number(box.querySelector("rect").getAttribute("width")) / 2;
          const host = document.querySelector("#canvas").getBoundingClientRect();
          const scale = Math.min(1.2, host.width / (w + 10), host.height / (h + 20));
          const left = host.x + host.width / 2 + (x + dx + half - w / 2) * scale;
          const top = host.y + host.height / 2 + (y + dy - h / 2) * scale;
          return [left, top, half * scale];
        }""",
        name,
    )
    return found[0], found[1], found[2]


def test_a_box_opens_by_double_click_and_by_its_number(open_page: Open) -> None:
    nodes, links = hub(70)
    page = open_page(network(nodes, links, title="T", question="", rows=[], columns=[]))
    page.locator("#canvas").scroll_into_view_if_needed()
    x, y, half = place(page, "Hub")
    page.evaluate("y => scrollTo(0, y - 400)", y)
    x, y, half = place(page, "Hub")
    page.mouse.click(x + half - 12, y)  # on its "+40"
    expect(page.locator("#status")).to_contain_text("Showing 61 of 71 nodes")
    x, y, _ = place(page, "Hub")
    page.evaluate("y => scrollBy(0, y - 400)", y)
    x, y, _ = place(page, "Hub")
    page.mouse.dblclick(x - 10, y)
    expect(page.locator("#status")).to_contain_text("Showing 71 of 71 nodes")


def test_search_brings_in_what_is_not_drawn(open_page: Open) -> None:
    nodes, links = hub(70)
    page = open_page(network(nodes, links, title="T", question="", rows=[], columns=[]))
    search(page, "c 65")
    expect(page.locator("#details h2")).to_have_text("C 65")
    expect(page.locator("#status")).to_contain_text("Showing 32 of 71 nodes")
    assert "C 65" in boxes(page)


def test_what_is_shown_first() -> None:
    """The best connected 300; of what hangs on a hub alone, its best connected 30."""
    spokes = [("Startup", f"{n:03}") for n in range(40)]
    centre, other = ("Investor", "hub"), ("Investor", "other")
    links = [(centre, s) for s in spokes]
    assert first([centre, *spokes], links) == {centre, *spokes[:30]}
    # The last one also hangs on another, which is no hub.
    both = [*links, (other, spokes[39])]
    assert first([centre, other, *spokes], both) == {centre, other, *spokes[:29], spokes[39]}
    alone = [("City", f"{n:03}") for n in range(400)]
    assert first(alone, []) == set(alone[:300])


def test_places_follow_the_money() -> None:
    keys = [("I", "a"), ("I", "b"), ("R", "r"), ("C", "c")]
    links = [(keys[0], keys[1]), (keys[1], keys[2]), (keys[0], keys[2]), (keys[2], keys[3])]
    widths = dict.fromkeys(keys, 100.0)
    found = layers.places(widths, links)
    lefts = [found[key][0] for key in keys]
    assert lefts == sorted(set(lefts))
    assert found == layers.places(dict(reversed(widths.items())), reversed(links))
    # A ring shares a layer, and whoever is in it has a place of its own.
    ring = layers.places(widths, [*links, (keys[3], keys[0])])
    assert len({x for x, _ in ring.values()}) == 1
    assert len(set(ring.values())) == 4


def test_a_layer_too_tall_stands_in_columns() -> None:
    many = {("I", f"{n:03}"): 100.0 for n in range(150)}
    found = layers.places(many, [])
    assert len({x for x, _ in found.values()}) == 3
    assert max(y for _, y in found.values()) <= 60 * 32


CITY = Node("city", "City", {"name": "The City"})
HOLDING = Node("holding", "Investor", {"name": "Holding"})
FUND = Node("fund", "Investor", {"name": "Fund"})
ROUND_A = Node(
    "a",
    "FundingRound",
    {
        "name": "Zhipu AI · A",
        "stage": "A",
        "status": "closed",
        "amount_min": 1e9,
        "currency": "CNY",
        "announced_first": "2025-03-03",
        "announced_last": "2025-03-03",
        "precision": "day",
        "disputed": ["lead"],
    },
)
ROUND_B = Node("b", "FundingRound", {"name": "Zhipu AI · B", "stage": "B", "status": "talks"})
ZHIPU = NODES[2]
WHERE = "https://example.org/fund"
ACTS = Relationship("ACTS_FOR", "fund", "city", {"report": WHERE})
HOLDS = Relationship("ACTS_FOR", "holding", "city", {})
PART = Relationship("PART_OF", "fund", "holding", {"share_min": 35, "share_max": 35})
IN_A = Relationship(
    "INVESTED_IN",
    "fund",
    "a",
    {"lead": True, "amount_min": 2e8, "amount_max": 2e8, "currency": "CNY", "reports": [WHERE]},
)
IN_B = Relationship("INVESTED_IN", "fund", "b", {"lead": False})
A_FUNDS, B_FUNDS = (Relationship("FUNDS", r, "zhipu-ai", {}) for r in "ab")
CHAINS = [
    {"path": path, "certain": certain, "possible": 0}
    for path, certain in (
        (GraphPath((CITY, HOLDING, FUND, ROUND_A, ZHIPU), (HOLDS, PART, IN_A, A_FUNDS)), True),
        (GraphPath((CITY, FUND, ROUND_A, ZHIPU), (ACTS, IN_A, A_FUNDS)), True),
        (GraphPath((CITY, FUND, ROUND_B, ZHIPU), (ACTS, IN_B, B_FUNDS)), False),
    )
]


def chains_page(chains: list[dict[str, Any]], **more: Any) -> str:
    nodes, links = views.drawn([c["path"] for c in chains])
    return network(
        nodes,
        links,
        title="Path",
        question="",
        rows=[[c["path"]] for c in chains],
        columns=["path"],
        name="path",
        tabs=("steps", "network", "table"),
        chains=chains,
        reports=[{"url": WHERE, "name": "A fund is set up", "publisher": "The Example"}],
        **more,
    )


def steps(page: Page) -> list[str]:
    found: list[str] = page.locator("#steps .step").evaluate_all(
        "gs => gs.map(g => g.getAttribute('aria-label'))"
    )
    return found


def test_chains_are_boxes_and_arrows_certain_ones_first(open_page: Open) -> None:
    page = open_page(chains_page(CHAINS))
    expect(page.locator(".headline")).to_contain_text(
        "2 certain chains · 1 chain that is not certain"
    )
    # What both certain chains share stands once; the uncertain one stands apart.
    assert steps(page) == [
        "City: The City",
        "Investor: Holding",
        "Investor: Fund",
        "Round: A · 3 Mar 2025, round of over CNY 1bn, disputed: lead",
        "Company: Zhipu AI",
        "City: The City",
        "Investor: Fund",
        "Round: B · date unknown, round’s amount undisclosed, talks",
        "Company: Zhipu AI",
    ]
    assert page.locator("#steps .step.doubtful").count() == 4
    ties = page.locator("#steps .tie").evaluate_all(
        "gs => gs.map(g => g.getAttribute('aria-label'))"
    )
    assert sorted(ties[:5]) == [
        "Fund – Holding, stands behind, share 35 %, 0 reports",
        "Fund – The City, acts through, 1 report",
        "Fund – Zhipu AI · A, led, cheque CNY 200m, 1 report",
        "Holding – The City, acts through, 0 reports",
        "Zhipu AI · A – Zhipu AI, 0 reports",
    ]
    expect(page.locator(".chains li").nth(2)).to_contain_text("talks")


def test_a_promise_is_called_one(open_page: Open) -> None:
    promise = Node("b", "FundingRound", {"status": "closed", "instrument": "commitment"})
    sold = Node("b", "FundingRound", {"instrument": "equity", "listing": "ipo"})
    for node, said in ((promise, "commitment"), (sold, "listing")):
        path = GraphPath((FUND, node, ZHIPU), (IN_B, B_FUNDS))
        page = open_page(chains_page([{"path": path, "certain": True, "possible": 0}]))
        assert steps(page)[1] == f"Round: Round · date unknown, round’s amount undisclosed, {said}"


def test_an_arrow_shows_its_report(open_page: Open) -> None:
    page = open_page(chains_page(CHAINS))
    page.locator("#steps .tie[aria-label^='Fund – The City']").first.click(force=True)
    expect(page.locator("#details h2")).to_have_text("Fund acts for The City")
    report = page.locator("#details").get_by_role("link", name="A fund is set up")
    expect(report).to_have_attribute("href", WHERE)
    expect(page.locator("#details")).to_contain_text("The Example")


def test_steps_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(chains_page(CHAINS))
    page.locator("#steps [tabindex='0']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("The City")
    # To the right: the arrows, then the next boxes.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#details .tag").first).to_have_text("Relationship")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text(re.compile("Holding|Fund"))
    page.keyboard.press("Escape")
    expect(page.locator("#details h2")).to_have_text("Details")
    page.locator("[data-chain='1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chain='1']")).to_be_focused()
    expect(page.locator("#steps .step.off")).to_have_count(5)  # the holding, and the other group
    expect(page.locator("#steps .tie:not(.off)")).to_have_count(3)
    # The chain's arrows, with what each rests on.
    expect(page.locator("#details li.round")).to_have_count(3)
    expect(page.locator("#details")).to_contain_text("Its cheque: CNY 200m")
    expect(page.locator("#details").get_by_role("link")).to_have_count(2)
    assert page.url.endswith("#chain=2")


def test_a_chain_against_the_money_is_turned(open_page: Open) -> None:
    path = GraphPath((ZHIPU, ROUND_A, FUND, CITY), (A_FUNDS, IN_A, ACTS))
    page = open_page(chains_page([{"path": path, "certain": True, "possible": 0}]))
    assert [s.split(":")[1].strip()[:4] for s in steps(page)] == ["The ", "Fund", "A · ", "Zhip"]


def test_equal_ends_make_no_false_chain(open_page: Open) -> None:
    """One > A > Zhipu, Two > B > Zhipu, One > B' > Moonshot: B' isn't led to by Two."""
    one, two = (Node(n, "Investor", {"name": n}) for n in ("One", "Two"))
    moonshot = Node("moonshot", "Startup", {"name": "Moonshot AI"})

    def chain(investor: Node, round_: Node, company: Node) -> dict[str, Any]:
        into = Relationship("INVESTED_IN", investor.id, round_.id, {})
        funds = Relationship("FUNDS", round_.id, company.id, {})
        return {
            "path": GraphPath((CITY, investor, round_, company), (acts[investor.id], into, funds)),
            "certain": True,
            "possible": 0,
        }

    acts = {n: Relationship("ACTS_FOR", n, "city", {}) for n in ("One", "Two")}
    page = open_page(
        chains_page(
            [
                chain(one, ROUND_A, ZHIPU),
                chain(two, ROUND_A, ZHIPU),
                chain(one, ROUND_B, moonshot),
            ]
        )
    )
    # Round A is one box for both, for the same goes on from it; so is One, where both begin.
    assert len(steps(page)) == 7
    assert page.locator("#steps .tie").count() == 7


def test_steps_stand_under_each_other_on_a_phone(open_page: Open) -> None:
    page = open_page(chains_page(CHAINS), width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    lefts = page.locator("#steps .step").evaluate_all(
        "gs => [...new Set(gs.map(g => Math.round(g.getBoundingClientRect().left)))]"
    )
    assert len(lefts) == 1
    assert len(steps(page)) == 13  # each chain by itself


def test_steps_speak_three_languages(open_page: Open) -> None:
    page = open_page(chains_page(CHAINS, language="fr"))
    said = steps(page)[3].replace("\u202f", " ").replace("\u00a0", " ")
    assert said == "Tour: série A · 3 mars 2025, tour de plus de 1 Md CNY, contesté : chef de file"
    page.locator("#language").select_option("zh")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#steps")).to_contain_text("2条确定的链条")


def test_a_path_is_read_without_javascript(open_page: Open) -> None:
    page = open_page(chains_page(CHAINS), javascript=False)
    expect(page.locator("#table table")).to_be_visible()
    assert table_rows(page)[1] == ["The City – Fund – Zhipu AI · A – Zhipu AI"]


def test_a_government_s_money_in_steps_from_either_store(store: Store, open_page: Open) -> None:
    load(store, "ai-funding")
    graph = Graph(store)
    page = open_page(graph.view("path", **{"from": "hangzhou", "to": "zhipu-ai"}))
    expect(page.locator("h1")).to_have_text("How money gets from Hangzhou to Zhipu AI")
    # By investors.csv and participations.csv: the round of 3 March 2025, by four chains.
    expect(page.locator(".chains li")).to_have_count(4)
    found = steps(page)
    assert len(found) == 7
    assert "Investor: Shangcheng Capital" in found
    assert "Round: Round · 3 Mar 2025, round of over CNY 1bn, disputed: lead" in found
    assert "paths/from-government" in page.locator("#share").inner_html()
    # Asked for the other way round, it is the same money.
    other = graph.view("path", **{"from": "zhipu-ai", "to": "hangzhou"})
    assert "How money gets from Hangzhou to Zhipu AI" in other
    known = graph.view("path", **{"from": "hangzhou", "to": "zhipu-ai", "known_by": "2025-12"})
    assert "to Zhipu AI, as known by 2025-12-31" in known
    with pytest.raises(UsageError, match="no chain of up to 12 steps links"):
        graph.view("path", **{"from": "temasek", "to": "zhipu-ai", "as_of": "2001"})
    with pytest.raises(UsageError, match="give two entities"):
        graph.view("path", **{"from": "temasek", "to": "temasek"})


def test_a_chain_is_drawn_from_either_store(store: Store, open_page: Open) -> None:
    load(store, "ai-funding")
    chain = {"name": "paths/from-government", "government": "hangzhou", "company": "智谱"}
    page = open_page(Graph(store).view("query", **chain))
    expect(page.locator("h1")).to_contain_text("government")
    assert "Hangzhou City Investment Group Industrial Fund" in page.locator("table").inner_text()


def row(company: str, investor: str | None, city: str | None, seat: str | None) -> dict[str, Any]:
    """A fact; its round is its company's only one."""
    names = {"company_name": company, "city_name": city, "investor_name": investor}
    return (
        EMPTY
        | names
        | {
            "company": company,
            "investor": investor,
            "city": city,
            "seat": seat,
            "round": f"r-{company}",
        }
    )


# A - i - B - j - C; A and D have their seat in X, and k, which is in D, in Y.
CHAIN = [
    row("A", "i", "X", None),
    row("B", "i", "Y", None),
    row("B", "j", "Y", None),
    row("C", "j", None, None),
    row("D", "k", "X", "Y"),
    row("D", None, "X", None),
]


@pytest.mark.parametrize(
    ("of", "steps_", "rows"),
    [
        (("company", "A"), 1, [0]),
        (("company", "A"), 2, [0, 1]),
        (("company", "A"), 3, [0, 1, 2]),
        (("investor", "j"), 1, [2, 3]),
        (("investor", "j"), 2, [1, 2, 3]),
        (("company", "D"), 1, [4, 5]),
        # A city is no link between others: from X one comes to B by i alone.
        (("city", "X"), 1, [0, 4, 5]),
        (("city", "X"), 2, [0, 1, 4, 5]),
        # Its companies, and the investors that sit there.
        (("city", "Y"), 1, [1, 2, 4]),
    ],
)
def test_who_is_within_some_steps(of: tuple[str, str], steps_: int, rows: list[int]) -> None:
    found = around.distances(CHAIN, of)
    assert [i for i, r in enumerate(CHAIN) if around.within(r, found, steps_)] == rows


def test_a_network_of_facts_has_places() -> None:
    found = around.drawn(CHAIN)
    assert set(found) == {
        *(f"company:{c}" for c in "ABCD"),
        *(f"round:r-{c}" for c in "ABCD"),
        *(f"investor:{i}" for i in "ijk"),
        *(f"city:{c}" for c in "XY"),
    }
    assert found["investor:i"][0] < found["round:r-A"][0] < found["company:A"][0]
    # Companies stand in line, also the one of unknown city.
    assert found["company:A"][0] == found["company:C"][0] < found["city:X"][0]
    many = [row(f"c{n}", f"i{n}", None, None) for n in range(120)]
    assert len(around.drawn(many)) == 240  # 360 with their rounds, which is too much
    assert around.drawn([*many, *(row(f"d{n}", f"i{n}", None, None) for n in range(70))]) == {}


def facts_page(facts: list[dict[str, Any]], **settings: Any) -> str:
    return views.of_facts(
        facts,
        REPORTS,
        name="neighbourhood",
        tabs=("columns", "network", "flow", "table"),
        title="Around",
        as_of="2026-06-30",
        settings={"places": around.drawn(facts), **settings},
    )


def test_facts_as_a_network(open_page: Open) -> None:
    page = open_page(facts_page(FACTS))
    page.locator("#tab-network").click()
    expect(page.locator("#canvas canvas")).to_be_visible()
    assert {"Alibaba Group", "Moonshot AI", "Beijing", "A · Oct 2023"} < set(boxes(page))
    expect(page.locator("#network .note")).to_contain_text("1 round names no investor")
    search(page, "big fund")
    expect(page.locator("#details h2")).to_have_text("Big Fund")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#details")).to_contain_text("Zhipu AI")
    # The filters hold here as well.
    page.locator("#legend [data-kind='internet-giant']").click()
    assert "Alibaba Group" not in boxes(page)


def test_too_many_facts_for_a_network_say_so(open_page: Open) -> None:
    facts = [row(f"c{n}", f"i{n}", None, None) | {"kinds": ["vc"]} for n in range(200)]
    page = open_page(facts_page(facts))
    page.locator("#tab-network").click()
    expect(page.locator("#network .note")).to_contain_text("400 entities are too many")
    expect(page.locator("#canvas")).to_be_hidden()


def test_neighbours_come_in_and_go_away(open_page: Open) -> None:
    """One step from A; what the page holds beyond it, B by i, comes in with i."""
    facts = [r | {"kinds": ["vc"]} for r in CHAIN[:3]]
    page = open_page(facts_page(facts, centres=["company:A"], address="of=company:A&tab=network"))
    expect(page.locator("#details h2")).to_have_text("A")
    expect(page.locator("#status")).to_contain_text("Showing 1 of 2 rounds")
    expect(page.locator("#status")).to_contain_text("1 further away")
    assert {"A", "i", "X"} < set(boxes(page))
    assert "B" not in boxes(page)
    search(page, "i")
    page.locator("#neighbours").click()
    assert {"B", "Y"} < set(boxes(page))
    assert "j" not in boxes(page)
    page.locator("#neighbours").click()
    assert "B" not in boxes(page)


def test_ties_beside_money_are_listed_with_their_report(open_page: Open) -> None:
    where = "https://example.org/owner"
    part = {"investor": "hangzhou-fund", "type": "PART_OF", "other": "big-fund", "share_min": 20}
    held = [
        EMPTY_TIE | part | {"since": "2020-01-01", "report": where},
        EMPTY_TIE | part | {"other": "nobody-here"},
    ]
    ties = around.ties(FACTS, held, [{"url": where, "name": "Who owns whom"}])
    page = open_page(facts_page(FACTS, ties=ties))
    page.locator("#tab-network").click()
    page.get_by_text("Ties beside money (1)").click()
    said = page.locator(".ties li")
    expect(said).to_contain_text("Hangzhou Fund part of Big Fund, share ≥ 20 %, since 2020-01-01")
    expect(said.get_by_role("link", name="Who owns whom")).to_have_attribute(
        "href", "https://example.org/owner"
    )


def test_a_neighbourhood_from_either_store(store: Store, open_page: Open) -> None:
    load(store, "ai-funding")
    graph = Graph(store)
    page = open_page(graph.view("neighbourhood", of="mistral-ai"))
    expect(page.locator("h1")).to_have_text("Around Mistral AI")
    expect(page.locator(".headline")).to_contain_text("· 1 company ·")
    expect(page.locator("#details h2")).to_have_text("Mistral AI")
    page.locator("#tab-network").click()
    assert "Mistral AI" in boxes(page)
    with pytest.raises(UsageError, match="give 1 to 3"):
        graph.view("neighbourhood", of="mistral-ai", steps=4)
    with pytest.raises(UsageError, match="no round names"):
        graph.view("neighbourhood", of="hangzhou-gov")


EMPTY_TIE = dict.fromkeys(("since", "until", "share_min", "share_max", "text", "report"))


def test_hostile_facts_in_a_neighbourhood(open_page: Open) -> None:
    facts = [
        row(text, text, text, text) | {"round": text, "kinds": ["vc"], "status": text}
        for text in HOSTILE
    ]
    held = [
        EMPTY_TIE | {"investor": text, "type": type_, "other": text, "report": text, "text": text}
        for text in HOSTILE
        for type_ in ("PART_OF", "ACTS_FOR", "SET_CONDITION")
    ]
    reports = [{"url": text, "name": text} for text in HOSTILE]
    found = around.distances(facts, ("company", HOSTILE[0]))
    page = open_page(
        facts_page(
            facts,
            ties=around.ties(facts, held, reports),
            centres=around.centres(found, 1),
        )
    )
    page.locator("#tab-network").click()
    expect(page.locator("#canvas canvas")).to_be_visible()
    search(page, "alert(1)")
    expect(page.locator("#details h2")).to_contain_text("alert(1)")
    assert page.locator(".ties a[href]").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing(open_page: Open, theme: str, width: int) -> None:
    def found(page: Page) -> list[str]:
        return [
            f"{v['id']}: {v['help']}"
            for v in Axe().run(page).response["violations"]
            if v["impact"] in ("serious", "critical")
        ]

    page = open_page(chains_page(CHAINS), width=width, color_scheme=theme)
    for tab in ("steps", "network", "table"):
        page.locator(f"#tab-{tab}").click()
        assert found(page) == [], tab
    search(page, "fund")
    assert found(page) == []
    page = open_page(facts_page(FACTS), width=width, color_scheme=theme)
    page.locator("#tab-network").click()
    assert found(page) == []
