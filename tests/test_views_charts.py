"""The ceiling's curves and the cohorts' bars, in a real browser: what they come to, and why.

`RAISED` has dollars alone, and a line at 80m:

    Alpha    A 2020-01-15 $10m at $100m   B 2021 over $20m   C 2022-03 undisclosed, at over $200m
             D in talks 2023, $500m
    Beta     A 2020-06-01 $50m   B undated $40m   commitment 2021 $200m   IPO 2022-01-10 $300m
    Gamma    A 2021-02-02 undisclosed
    Delta    A 2020-03-01 $30m to $60m
    Epsilon  a commitment of $1m in 2020, and nothing else
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.conftest import Open
from tests.support import load, load_records
from tests.test_queries import report
from tests.test_views_page import serious

from whofunds import Graph
from whofunds.model import Investor, Link, Participant, Report, Round, Startup
from whofunds.stores.base import Store

LINE: dict[str, Any] = {"line": 80_000_000, "currency": "USD"}


def of(company: str, stage: str, announced: str | None, *investors: str, **more: Any) -> Round:
    page = report(f"{company}-{stage}")
    part = tuple(Participant(investor=i, report=page) for i in investors)
    held = {"instrument": "equity", **more}
    return Round(
        company=company, report=page, announced=announced, stage=stage, participants=part, **held
    )


RAISED: list[Any] = [
    *(Startup(id=c, name=c.title()) for c in ("alpha", "beta", "gamma", "delta", "epsilon")),
    *(Investor(id=i, name=i.title()) for i in ("ven", "sta")),
    Link(type="kind", source="ven", target="vc"),
    Link(type="kind", source="sta", target="state-fund"),
    of("alpha", "A", "2020-01-15", "ven", amount="$10m", valuation="$100m"),
    of("alpha", "B", "2021", amount="over $20m"),
    of("alpha", "C", "2022-03", "sta", amount="undisclosed", valuation="over $200m"),
    of("alpha", "D", "2023", amount="$500m", status="talks"),
    of("beta", "A", "2020-06-01", "sta", amount="$50m"),
    of("beta", "B", None, amount="$40m"),
    of("beta", "", "2021-01-01", amount="$200m", instrument="commitment"),
    of("beta", "IPO", "2022-01-10", amount="$300m", listing="ipo"),
    of("gamma", "A", "2021-02-02", amount="undisclosed"),
    of("delta", "A", "2020-03-01", amount="$30m to $60m"),
    of("epsilon", "", "2020", amount="$1m", instrument="commitment"),
]


@pytest.fixture
def raised(store: Store) -> Graph:
    load_records(store, "cases", RAISED)
    return Graph(store)


@pytest.fixture
def shipped(store: Store) -> Graph:
    load(store, "ai-funding")
    return Graph(store)


def figure(text: str | None) -> float | None:
    return None if text is None else float(text)


def ends(page: Page) -> dict[str, tuple[float | None, ...]]:
    """What each company's curve comes to: floor, stated, ceiling."""
    found = page.locator("#ceiling .marks").evaluate_all(
        "all => all.map(g => ['company', 'floor', 'stated', 'ceiling']"
        ".map(name => g.getAttribute('data-' + name)))"
    )
    return {company: tuple(map(figure, sums)) for company, *sums in found}


def marks(page: Page, company: str) -> list[str]:
    found: list[str] = page.locator(f"#ceiling [data-company='{company}'] .step").evaluate_all(
        "all => all.map(g => g.getAttribute('aria-label'))"
    )
    return found


def end(page: Page, name: str) -> Locator:
    return page.locator(f"#ceiling .end[aria-label^='{name}']")


def test_curves_come_to_what_is_certain_printed_and_at_most(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    # Talks, commitments and listings are in none; an undisclosed round adds nothing, not zero.
    assert ends(page) == {
        "alpha": (30e6, 30e6, None),
        "beta": (90e6, 90e6, 90e6),
        "gamma": (None, None, None),
        "delta": (30e6, 30e6, 60e6),
    }
    assert marks(page, "alpha") == [
        "Alpha: A · 15 Jan 2020 · $10m",
        "Alpha: B · 2021 · over $20m",
        "Alpha: C · Mar 2022 · undisclosed",
    ]
    assert marks(page, "beta")[-1] == "Beta: B · date unknown · $40m"
    expect(page.locator("#ceiling .verdict")).to_have_text(
        "Raised $80m, of 5 companies: 1 certainly; 1 below; 3 can't be excluded."
    )
    notes = page.locator("#ceiling .note")
    expect(notes.first).to_have_text(
        "Apart, never in the curves: 1 round not closed (talks, plans, withdrawn), 2 commitments, "
        "1 at or after a listing."
    )
    expect(notes.last).to_have_text(
        "1 round without a date stands at the right edge. 1 company has no such round shown."
    )


def test_an_open_top_is_never_closed(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    expect(end(page, "Alpha")).to_contain_text("$30m ↑".replace("$", ""))
    expect(end(page, "Alpha")).to_have_attribute(
        "aria-label", "Alpha: 30m or more · can't be excluded · open: 1 undisclosed, 1 at least"
    )
    expect(end(page, "Beta")).to_have_attribute("aria-label", "Beta: 90m · by an unknown date")
    expect(end(page, "Delta")).to_have_attribute("aria-label", "Delta: 30m–60m · below")
    # Nobody states a sum of Gamma's: it has a mark beneath the axis, and no curve.
    expect(end(page, "Gamma")).to_have_count(0)
    hollow = page.locator("#ceiling [data-company='gamma'] .mark.hollow")
    expect(hollow).to_have_count(1)
    axis = page.locator("#ceiling .limit").bounding_box()
    place = hollow.bounding_box()
    assert axis and place and place["y"] > axis["y"]
    # The undisclosed round stands at the height that the sum before it has.
    at = page.locator("#ceiling [data-company='alpha'] .step").evaluate_all(
        "all => all.map(g => g.transform.baseVal[0].matrix.f)"
    )
    assert at[1] == at[2] != at[0]
    expect(page.locator("#ceiling [data-company='alpha'] .hollow")).to_have_count(1)


def test_the_last_known_valuation_is_moved_by_valuations_alone(
    raised: Graph, open_page: Open
) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    page.get_by_role("button", name="Valuation").click()
    assert ends(page) == {"alpha": (200e6, 200e6, None)}
    assert marks(page, "alpha") == [
        "Alpha: A · 15 Jan 2020 · $100m",
        "Alpha: C · Mar 2022 · over $200m",
    ]
    expect(page.locator("#ceiling .verdict")).to_have_text(
        "Valued at $80m, of 5 companies: 1 certainly; 4 can't be excluded."
    )
    page.go_back()
    assert len(ends(page)) == 4
    expect(page.get_by_role("button", name="Raised", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_curves_follow_the_filters(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    page.locator("#until").select_option("2020")
    assert ends(page) == {
        "alpha": (10e6, 10e6, None),
        "beta": (50e6, 50e6, 50e6),
        "delta": (30e6, 30e6, 60e6),
    }
    page.locator("#reset").click()
    page.locator("#talks").check()
    assert ends(page)["alpha"] == (30e6, 30e6, None)
    page.locator("#legend [data-kind='+none']").click()
    assert ends(page) == {}
    page.locator("#legend [data-kind='state-fund']").click()
    assert ends(page) == {"alpha": (None, None, None), "beta": (50e6, 50e6, 50e6)}
    expect(page.locator("#ceiling")).to_contain_text("Only rounds in which capital of the chosen")


def test_a_click_shows_the_company_or_the_round(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    panel = page.locator("#details")
    page.locator("#ceiling [data-company='alpha'] .step").nth(1).click()
    expect(panel.locator("h2")).to_have_text("Alpha · B")
    expect(panel.locator(".round")).to_have_count(1)
    expect(panel).to_contain_text("over $20m")
    end(page, "Beta").click()
    expect(panel.locator("h2")).to_have_text("Beta")
    expect(panel).to_contain_text("Raised $80m: by an unknown date")
    expect(panel).to_contain_text("Valued at $80m: can't be excluded")
    expect(panel).to_contain_text("Apart, not in the curve: listing $300m, commitments $200m")
    expect(page.locator("#ceiling .end.off")).to_have_count(2)
    # A state fund is in one round each of Alpha and Beta.
    page.keyboard.press("/")
    page.keyboard.type("sta")
    page.keyboard.press("Enter")
    expect(page.locator("#ceiling .end:not(.off)")).to_have_count(2)
    expect(page.locator("#ceiling .marks:not(.off) .step:not(.off)")).to_have_count(2)


def test_a_click_on_a_line_chooses_its_company(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    place = page.locator("#ceiling .curve.c-0 .line").evaluate(
        "p => { const b = p.getBoundingClientRect(); return [b.right - 4, b.top]; }"
    )
    page.mouse.click(place[0], place[1] + 3)
    expect(page.locator("#details h2")).to_have_text("Beta")
    box = page.locator("#ceiling svg.chart").bounding_box()
    assert box
    page.mouse.click(box["x"] + 60, box["y"] + 60)
    expect(page.locator("#details h2")).to_have_text("Details")


def test_any_of_many_curves_can_be_reached(store: Store, open_page: Open) -> None:
    many = range(303)
    companies = [Startup(id=f"c{i}", name=f"Company {i}") for i in many]
    rounds = [of(f"c{i}", "A", "2020-01-15", amount=f"${i + 1}m") for i in many]
    load_records(store, "cases", [*companies, *rounds])
    page = open_page(Graph(store).view("ceiling", **LINE))
    assert len(ends(page)) == 300
    # The smallest three are one grey picture.
    expect(page.locator("#ceiling .rest")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("Company 1")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Company 1")
    assert ends(page)["c1"] == (2e6, 2e6, 2e6)
    expect(end(page, "Company 1:")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Let the arrow keys reach more: 3 left").click()
    assert len(ends(page)) == 303


def test_curves_are_walked_by_keyboard(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", **LINE))
    page.locator("#ceiling [tabindex='0']").focus()
    focused = "document.activeElement.getAttribute('aria-label')"
    # From the highest curve to the right and down.
    assert page.evaluate(focused) == "Beta: A · 1 Jun 2020 · $50m"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "Beta: B · date unknown · $40m"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Alpha: B · 2021 · over $20m"
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Alpha · B")
    assert page.evaluate(focused) == "Alpha: B · 2021 · over $20m"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Alpha")
    assert str(page.evaluate(focused)).startswith("Alpha: 30m or more")
    page.keyboard.press("Escape")
    expect(page.locator("#ceiling .off")).to_have_count(0)


def test_curves_speak_the_reader_s_language(raised: Graph, open_page: Open) -> None:
    page = open_page(raised.view("ceiling", language="zh", **LINE))
    expect(page.locator("#ceiling .verdict")).to_contain_text("5家公司中")
    page.locator("#language").select_option("fr")
    told = end(page, "Alpha").get_attribute("aria-label") or ""
    assert re.sub(r"\s", " ", told) == (
        "Alpha : 30 M ou plus · ne peut être exclu · ouvert : 1 non divulgué, 1 « au moins »"
    )
    expect(page.get_by_role("button", name="Valorisation")).to_be_visible()


def texts_apart(page: Page, selector: str) -> list[tuple[str, str]]:
    """Texts that overlap."""
    found: list[tuple[str, str]] = page.evaluate(
        """selector => {
          const all = [...document.querySelectorAll(selector)];
          const boxes = all.map(e => [e.textContent, e.getBoundingClientRect()]);
          const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 3 && b.top < a.bottom - 3;
          return boxes.flatMap(([t, a], i) =>
            boxes.slice(i + 1).filter(([, b]) => over(a, b)).map(([u]) => [t, u]));
        }""",
        selector,
    )
    return found


@pytest.mark.parametrize("width", [1440, 1024, 360])
@pytest.mark.parametrize("measure", ["raised", "valuation"])
def test_labels_keep_off_each_other(
    facts: Graph, open_page: Open, width: int, measure: str
) -> None:
    page = open_page(facts.view("ceiling"), width=width)
    page.locator("#tab-ceiling").click()
    page.locator(f"#controls-ceiling [data-value='{measure}']").click()
    for scale in ("linear", "log"):
        page.locator(f"#controls-ceiling [data-value='{scale}']").click()
        assert texts_apart(page, "#ceiling .chart .name") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1440, 360])
def test_bars_labels_keep_off_each_other(facts: Graph, open_page: Open, width: int) -> None:
    page = open_page(facts.view("cohorts"), width=width)
    page.locator("#tab-cohorts").click()
    for unit in ("participations", "rounds", "money"):
        page.locator(f"#controls-cohorts [data-value='{unit}']").first.click()
        assert texts_apart(page, "#cohorts .chart .total") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from whofunds.stores import open_store

    with open_store(str(tmp_path_factory.mktemp("facts") / "store")) as opened:
        load(opened, "ai-funding")
        yield Graph(opened)


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_curves_end_where_the_query_s_rows_do(
    shipped: Graph, open_page: Open, currency: str
) -> None:
    page = open_page(shipped.view("ceiling", currency=currency))
    rows = list(shipped.query("ceiling/raised", currency=currency))
    held = {r["company"]: (r["floor"], r["stated"], r["ceiling"]) for r in rows if r["rounds"]}
    assert ends(page) == held
    page.get_by_role("button", name="Valuation").click()
    columns = ("valuation_min", "valuation_stated", "valuation_max")
    worth = {r["company"]: tuple(r[c] for c in columns) for r in rows}
    assert ends(page) == {company: sums for company, sums in worth.items() if any(sums)}
    page.locator("#tab-rows").click()
    expect(page.locator("#rows tbody tr")).to_have_count(len(rows))


COHORTS: list[Any] = [
    Startup(id="one", name="One", cohort="x", founded="2019"),
    Startup(id="two", name="Two", cohort="x", founded="2019-03"),
    Startup(id="young", name="Young", cohort="x", founded="2024-06"),
    Startup(id="late", name="Late", cohort="x", founded="2019"),
    Startup(id="ageless", name="Ageless", cohort="x"),
    Startup(id="none", name="None", founded="2019"),
    *(Investor(id=i, name=i.title()) for i in ("ven", "sta", "both")),
    Link(type="kind", source="ven", target="vc"),
    Link(type="kind", source="sta", target="state-fund"),
    Link(type="kind", source="both", target="vc"),
    Link(type="kind", source="both", target="corporate"),
    of("one", "A", "2020-01-15", "ven", "sta", amount="$1m"),
    of("one", "B", "2020-06-15", amount="over $2m"),
    of("two", "A", "2020-01-15", "both", amount="nearly $4m"),
    of("two", "B", "2020-02", "ven", amount="$900m", status="talks"),
    of("young", "B", "2024-08-01", "ven", amount="$8m"),
    of("late", "C", "2022-01-01", "ven", amount="$64m"),
    of("ageless", "A", "2020-02-02", "ven", amount="$16m"),
    of("none", "A", "2019-02-02", "ven", amount="$32m"),
    Report(url=report("young-B"), published_on="2024-12-31"),
]


@pytest.fixture
def cohorts(store: Store) -> Graph:
    load_records(store, "cases", COHORTS)
    return Graph(store)


def bars(page: Page) -> dict[tuple[str, int], tuple[float | None, ...]]:
    """Rounds, possible, floor, stated and open of each cohort at each age."""
    found = page.locator("#cohorts [data-cohort]").evaluate_all(
        "all => all.map(g => ['cohort', 'age', 'rounds', 'possible', 'floor', 'stated', 'open']"
        ".map(name => g.getAttribute('data-' + name)))"
    )
    return {(cohort, int(age)): tuple(map(figure, held)) for cohort, age, *held in found}


def labels(page: Page, age: int) -> list[str]:
    found: list[str] = page.locator(f"#cohorts [data-age='{age}'] .step").evaluate_all(
        "all => all.map(g => g.getAttribute('aria-label'))"
    )
    return found


def test_bars_count_what_is_certainly_that_old(cohorts: Graph, open_page: Open) -> None:
    page = open_page(cohorts.view("cohorts", months=24, currency="USD"))
    # One may have been founded on 2019-01-01, so within a year its rounds are only possible.
    assert bars(page) == {
        ("x", 12): (1, 2, None, 4e6, 0),
        ("x", 24): (3, 0, 3e6, 7e6, 1),
    }
    # The investor of two kinds counts under each, and the round that names nobody once.
    assert labels(page, 24) == [
        "x, 2 years old, State fund: 1 participation",
        "x, 2 years old, Corporate: 1 participation",
        "x, 2 years old, Venture capital: 2 participations",
        "x, 2 years old, No named investor: 1 participation",
        "x, 2 years old: 3 rounds, 3 companies",
    ]
    expect(page.locator("#cohorts [data-age='24'] .total")).to_have_text("3")
    note = page.locator("#cohorts .note")
    expect(note.nth(1)).to_contain_text("first round held is after Series A: x: Late (C).")
    expect(note.nth(2)).to_contain_text("Founding date unknown, so in no bar: x 1.")
    expect(note.nth(2)).to_contain_text("1 company of no cohort is left out.")
    expect(page.locator("#cohorts .cut")).to_have_count(1)


def test_bars_since_the_first_money(cohorts: Graph, open_page: Open) -> None:
    page = open_page(cohorts.view("cohorts", months=24, currency="USD"))
    page.get_by_role("button", name="Since first money").click()
    # Ageless and Late have one too; Young's is not yet a year ago.
    assert bars(page) == {
        ("x", 12): (5, 0, 83e6, 87e6, 1),
        ("x", 24): (5, 0, 83e6, 87e6, 1),
    }


def test_money_is_one_bar_never_split_over_kinds(cohorts: Graph, open_page: Open) -> None:
    page = open_page(cohorts.view("cohorts", months=24, currency="USD"))
    page.get_by_role("button", name="Money", exact=True).click()
    assert labels(page, 24) == ["x, 2 years old: 3 rounds, 3 companies: over $3m, 1 of open top"]
    page.locator("#cohorts [data-age='24'] .step").click()
    expect(page.locator("#details .round")).to_have_count(3)


def test_sums_of_bars_are_as_open_as_their_rounds(store: Store, open_page: Open) -> None:
    """At most; between; and $5m in one report, CNY 5m in another."""
    companies = (Startup(id=c, name=c, cohort=c, founded="2019-06-01") for c in "xyz")
    load_records(
        store,
        "cases",
        [
            *companies,
            of("x", "A", "2020-01-15", amount="nearly $4m"),
            of("y", "A", "2020-01-15", amount="$2m-3m"),
            of("z", "A", "2020-01-15", amount="$5m"),
            replace(of("z", "A", "2020-01-15", amount="5m CNY"), report=report("another")),
            Report(url=report("another"), published_on="2024-12-31"),
        ],
    )
    page = open_page(Graph(store).view("cohorts", months=12, currency="USD"))
    page.get_by_role("button", name="Money", exact=True).click()
    *bounded, contested = labels(page, 12)
    assert bounded == [
        "x, 1 year old: 1 round, 1 company: up to $4m",
        "y, 1 year old: 1 round, 1 company: $2m to 3m",
    ]
    assert contested.startswith("z, 1 year old: 1 round, 1 company: over ")
    # Where nothing is certain no sum stands over the bar.
    sums = page.locator("#cohorts [data-age='12'] .total").all_text_contents()
    assert len(sums) == 2 and sums[0] == "2m"


def test_a_layer_of_a_bar_opens_its_rounds_by_keyboard(cohorts: Graph, open_page: Open) -> None:
    page = open_page(cohorts.view("cohorts", months=24, currency="USD"))
    page.locator("#cohorts [tabindex='0']").focus()
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == "x, 1 year old, Corporate: 1 participation"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "x, 2 years old, State fund: 1 participation"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "x, 2 years old, Venture capital: 2 participations"
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text(
        "x, 2 years old, Venture capital: 2 participations"
    )
    expect(page.locator("#details .round")).to_have_count(2)


def test_bars_follow_the_filters_and_the_selection(cohorts: Graph, open_page: Open) -> None:
    page = open_page(cohorts.view("cohorts", months=24, currency="USD"))
    page.locator("#legend [data-kind='vc']").click()
    assert labels(page, 24)[:2] == [
        "x, 2 years old, State fund: 1 participation",
        "x, 2 years old, Corporate: 1 participation",
    ]
    page.locator("#legend [data-kind='vc']").click()
    page.keyboard.press("/")
    page.keyboard.type("both")
    page.keyboard.press("Enter")
    # One of the two of venture capital is its own.
    layer = page.locator("#cohorts [data-age='24'] .k-vc rect").evaluate_all(
        "all => all.map(r => +r.getAttribute('height'))"
    )
    assert layer[1] == pytest.approx(layer[0] / 2)


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_bars_are_the_query_s_rows(shipped: Graph, open_page: Open, currency: str) -> None:
    page = open_page(shipped.view("cohorts", currency=currency))
    rows = list(shipped.query("ceiling/cohorts", currency=currency))
    columns = ("rounds", "possible", "floor", "stated", "open")
    assert bars(page) == {(r["cohort"], r["age"]): tuple(r[c] for c in columns) for r in rows}
    page.get_by_role("button", name="Since first money").click()
    since_money = ("rounds_since_money", "floor_since_money", "stated_since_money")
    since = {key: (n, floor, stated) for key, (n, _, floor, stated, _) in bars(page).items()}
    assert since == {(r["cohort"], r["age"]): tuple(r[c] for c in since_money) for r in rows}


def test_an_address_that_nobody_wrote_draws_as_at_the_start(facts: Graph, open_page: Open) -> None:
    for view, settings in (("ceiling", ("measure", "scale")), ("cohorts", ("unit", "since"))):
        page = open_page(facts.view(view))
        before = page.locator(f"#{view} svg.chart").get_attribute("viewBox")
        given = "&".join(f"own.{name}=constructor" for name in settings)
        page.evaluate("given => { location.hash = given; }", given)
        page.wait_for_function("() => location.hash !== ''")
        assert page.locator(f"#{view} svg.chart").get_attribute("viewBox") == before
        assert page.locator(f"#controls-{view} [aria-pressed='true']").count() == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["ceiling", "cohorts"])
def test_axe_finds_nothing_serious_in_charts(
    facts: Graph, open_page: Open, view: str, theme: Any
) -> None:
    page = open_page(facts.view(view), color_scheme=theme)
    for switch in page.locator(f"#controls-{view} button").all():
        switch.click()
        assert serious(page) == []


def test_every_word_of_a_source_is_plain_text(store: Store, open_page: Open) -> None:
    bad = "<script>alert(1)</script>\u202e" + "x" * 300
    records = [
        Startup(id="bad", name=bad, cohort=bad, founded="2019"),
        of("bad", "C, <b>" + bad, "2020-01-15", amount="$1m"),
        Report(url=report("bad"), published_on="2024-12-31"),
    ]
    load_records(store, "cases", records)
    for view in ("ceiling", "cohorts"):
        page = open_page(Graph(store).view(view))
        expect(page.locator(f"#{view} .step, #{view} .cut").first).to_be_attached()
        assert "\u202e" not in page.locator("main").inner_html()
        assert page.locator("main b b, main p script").count() == 0


@pytest.mark.parametrize("view", ["ceiling", "cohorts"])
def test_charts_are_taken_away_whole(facts: Graph, open_page: Open, view: str) -> None:
    page = open_page(facts.view(view))
    with page.expect_download() as saved:
        page.locator("#save-svg").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "var(" not in text
    copy = open_page(text, ready=False)
    expect(copy.locator("svg svg path").first).to_be_attached()
    with page.expect_download() as saved:
        page.locator("#save-png").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
