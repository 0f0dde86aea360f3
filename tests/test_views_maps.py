"""The city map and the co-investors in a real browser: counts as the canned queries give them.

The small facts below, worked out by hand. City Fund acts for Here, North Fund for North, which has
no coordinates; nobody says for which city Stray Fund acts. Big VC is based in There.

    Mover   seat Here until 2020, There since 2021
            2020-01-15  City Fund (same), Big VC (another)
            2022-01-15  City Fund (another), Stray Fund (not told), Big VC (same)
    Nowhere no seat known
            2022        City Fund (not told), VC Arm, which is part of Big VC since 2021
    Native  seat Here
            undated     North Fund (another), City Fund (same)
            2023-05     secondary: City Fund, Big VC              counted apart
            2024        talks: City Fund, Big VC
"""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.conftest import Open
from tests.support import load_records
from tests.test_queries import closed, facts  # noqa: F401

from whofunds import schema
from whofunds.answers import Answer
from whofunds.graph import Graph
from whofunds.model import City, Investor, Link, Startup
from whofunds.stores.base import Store
from whofunds.views.words import word


def cases() -> list[Any]:
    return [
        *(Startup(id=c, name=c.title()) for c in ("mover", "nowhere", "native")),
        City(id="here", name="Here", country="CN", latitude=30, longitude=120),
        City(id="there", name="There", country="FR", latitude=48, longitude=2),
        City(id="north", name="North", country="CN"),
        *(
            Investor(id=i, name=n)
            for i, n in (
                ("city", "City Fund"),
                ("north-fund", "North Fund"),
                ("stray", "Stray Fund"),
                ("vc", "Big VC"),
                ("arm", "VC Arm"),
                ("town", "Town"),
            )
        ),
        *(Link(type="kind", source=i, target="city-fund") for i in ("city", "north-fund", "stray")),
        *(Link(type="kind", source=i, target="vc") for i in ("vc", "arm")),
        Link(type="part-of", source="city", target="town"),
        Link(type="part-of", source="arm", target="vc", since="2021-01-01"),
        Link(type="acts-for", source="town", target="here"),
        Link(type="acts-for", source="north-fund", target="north"),
        Link(type="seat", of="investor", source="vc", target="there"),
        Link(type="seat", of="startup", source="mover", target="here", until="2020-12-31"),
        Link(type="seat", of="startup", source="mover", target="there", since="2021-01-01"),
        Link(type="seat", of="startup", source="native", target="here"),
        closed("mover", "2020-01-15", "city", "vc"),
        closed("mover", "2022-01-15", "city", "stray", "vc", stage="B"),
        closed("nowhere", "2022", "city", "arm"),
        closed("native", "", "north-fund", "city"),
        closed("native", "2023-05", "city", "vc", stage="B", instrument="secondary"),
        closed("native", "2024", "city", "vc", stage="C", status="talks"),
    ]


def labels(page: Page, selector: str) -> list[str]:
    """What elements are called for those who don't see them."""
    found: list[str] = page.eval_on_selector_all(
        selector, "found => found.map((e) => e.getAttribute('aria-label'))"
    )
    return found


def mark(page: Page, name: str) -> Any:
    return page.locator(f'section:not([hidden]) [role="button"][aria-label^="{name}"]').first


def bars(page: Page) -> dict[str, list[int]]:
    """All of a city map's bars: by city its participations, same city, another, not told."""
    while (more := page.locator('#cities [data-at="more"]')).count():
        more.click()
    found = [b.rpartition(", ") for b in labels(page, '#cities [data-at^="b"]:not(.cell)')]
    split = [
        re.fullmatch(r"(.*), ([\d,]+) part.*: \D*(\d+), \D*(\d+)", f"{a}") for a, _, _ in found
    ]
    return {
        m[1]: [int(m[2]), int(m[3]), int(m[4]), int(re.sub(r"\D", "", last))]
        for m, (_, _, last) in zip(split, found, strict=True)
        if m
    }


def by_query(answer: Answer) -> dict[str, list[int]]:
    return {
        r["city_name"] or "City not known": [
            r["parts"],
            r["same_city"],
            r["other_city"],
            r["no_city"] + r["no_seat"],
        ]
        for r in answer
    }


def test_bars_of_the_city_map_are_the_rows_of_the_query(
    facts: Graph,  # noqa: F811
    open_page: Open,
) -> None:
    for cohort in ({}, {"cohort": "llm-2023"}):
        rows = facts.query("cities/same-city", **cohort)
        page = open_page(facts.view("city-map", **cohort))
        assert bars(page) == by_query(rows)
        total = [sum(column) for column in zip(*by_query(rows).values(), strict=True)]
        finding = page.locator("#cities .finding").inner_text()
        assert [int(n) for n in re.findall(r"\d+", finding)] == total
        shown = page.locator("#rows table tbody tr")
        assert shown.count() == len(rows)


def test_a_city_map_by_hand(store: Store, open_page: Open) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    page = open_page(graph.view("city-map"))
    assert bars(page) == {
        "Here": [4, 2, 1, 1],
        "North": [1, 0, 1, 0],
        "City not known": [1, 0, 0, 1],
    }
    assert bars(page) == by_query(graph.query("cities/same-city"))
    # On the map, and on that of China beneath it; an arrow from North has no place to start from.
    assert labels(page, "#cities .way") == ["Here → There: 1 participation"] * 2
    here = (
        "Here · 4 participations: Same city 2, Another 1, Can't tell 1"
        " · received from other cities: 1 participation"
    )
    there = "There · received from other cities: 1 participation"
    assert sorted(labels(page, "#cities .place")) == [here, here, there]
    margin = labels(page, '#cities [data-at^="cities.margin"]')
    assert margin == [
        "Fund's city not known: 1 participation",
        "Company's seat not known, or several: 1 participation",
        "North (no coordinates): 1 participation",
    ]
    ways = labels(page, '#cities [data-at^="cities.ways"]')
    assert ways == ["Here → There: 1 participation", "North → Here: 1 participation"]
    note = page.locator("#cities .note")
    expect(note).to_contain_text("no closed round with money to the company: 1 participation.")
    mark(page, "Here, Same city").click()
    panel = page.locator("#details")
    expect(panel.locator("h2")).to_have_text("Here · Same city")
    expect(panel.locator(".round")).to_have_count(2)
    mark(page, "There ·").locator(".hit").click()
    expect(panel.locator("h2")).to_contain_text("There")
    assert "of=city%3Athere" in page.url
    assert set(labels(page, "#cities .place.on")) == {there}
    mark(page, "Here ·").locator(".hit").click()
    expect(panel).to_contain_text("Its city funds: 4 participations")


def test_all_kinds_of_capital_by_city(store: Store, open_page: Open) -> None:
    load_records(store, "cases", cases())
    page = open_page(Graph(store).view("city-map"))
    page.select_option('[data-own="capital"]', "all")
    assert bars(page) == {
        "Here": [4, 2, 1, 1],
        "There": [2, 1, 1, 0],
        "North": [1, 0, 1, 0],
        "City not known": [2, 0, 0, 2],
    }
    assert sorted(labels(page, "#cities .way")) == [
        *("Here → There: 1 participation",) * 2,
        *("There → Here: 1 participation",) * 2,
    ]  # on the map, and on that of China beneath it
    assert "own.capital=all" in page.url
    page.select_option('[data-own="country"]', "FR")
    assert len(labels(page, "#cities .way")) == 2
    outside = labels(page, '#cities [data-at^="cities.margin"]')[-1]
    assert outside == "Paid from cities outside the frame: 4 participations"
    page.go_back()
    page.go_back()
    expect(page.locator('[data-own="capital"]')).to_have_value("")
    assert len(bars(page)) == 3
    page.locator("#legend [data-kind=city-fund]").click()
    expect(page.locator("#cities")).to_have_text(
        "No participation of this kind passes the filters."
    )


def test_where_a_seat_is_not_known_no_kind_of_capital_is_local(
    store: Store, open_page: Open
) -> None:
    """Big VC of There: in one of two seats, in a seat of later years, and at no date."""
    load_records(
        store,
        "cases",
        [
            *cases(),
            *(Startup(id=c, name=c.title()) for c in ("double", "later")),
            *(
                Link(type="seat", of="startup", source="double", target=c)
                for c in ("here", "there")
            ),
            Link(type="seat", of="startup", source="later", target="here", since="2022-01-01"),
            closed("double", "2022-01-15", "vc", "city"),
            closed("later", "2021-01-15", "vc", "north-fund"),
            closed("mover", "", "vc", stage="seed"),
        ],
    )
    page = open_page(Graph(store).view("city-map"))
    assert bars(page)["Here"] == [5, 2, 1, 2]
    page.select_option('[data-own="capital"]', "all")
    assert bars(page) == {
        "Here": [5, 2, 1, 2],
        "There": [5, 1, 1, 3],
        "North": [2, 0, 1, 1],
        "City not known": [2, 0, 0, 2],
    }


def by_co_investor(answer: Answer) -> list[str]:
    """What the page says of each row of investors/co-investors."""
    order = list(schema.KINDS)
    said = []
    for row in answer:
        kinds = ", ".join(word("en", "kind", k) for k in sorted(row["kinds"], key=order.index))
        n = row["rounds"]
        text = f"{row['investor_name']}, {kinds}: {n} shared round{'' if n == 1 else 's'}"
        if row["apart"]:
            text += f", {row['apart']} deal{'' if row['apart'] == 1 else 's'} apart"
        if row["disputed"]:
            text += f", who took part is disputed in {row['disputed']}"
        said.append(text)
    return said


def co_investors(page: Page) -> list[str]:
    while (more := page.locator('#pairs [data-at="more"]')).count():
        more.click()
    return labels(page, "#pairs .many")


def companies(page: Page) -> dict[str, set[str]]:
    """By co-investor the companies of the rounds that count."""
    found: dict[str, set[str]] = {}
    for label in labels(page, "#pairs .shared"):
        if not re.search("counted apart|not counted", label):
            who, _, what = label.partition(": ")
            found.setdefault(who, set()).add(what.partition(", ")[0])
    return found


def test_co_investors_are_the_rows_of_the_query(
    facts: Graph,  # noqa: F811
    open_page: Open,
) -> None:
    # The last takes part through its funds alone.
    for investor in ("tencent", "alibaba", "shanghai-gov"):
        rows = facts.query("investors/co-investors", investor=investor)
        page = open_page(facts.view("co-investors", investor=investor))
        assert co_investors(page) == by_co_investor(rows)
        assert companies(page) == {
            r["investor_name"]: set(r["companies"]) for r in rows if r["rounds"]
        }
        assert page.locator("#rows table tbody tr").count() == len(rows)


def test_any_investor_of_the_page_of_pairs_becomes_the_one(
    facts: Graph,  # noqa: F811
    open_page: Open,
) -> None:
    page = open_page(facts.view("co-investors"))
    for investor in ("tencent", "alibaba", "nvidia", "hongshan", "google", "beijing-ai-fund"):
        page.evaluate(f"location.hash = 'own.investor={investor}'")
        expect(page.locator("#pairs [data-at=back]")).to_be_visible()
        rows = facts.query("investors/co-investors", investor=investor)
        assert co_investors(page) == by_co_investor(rows)


def test_pairs_and_a_group_by_hand(store: Store, open_page: Open) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    page = open_page(graph.view("co-investors"))
    pairs = {
        "City Fund + Big VC": 2,
        "City Fund + Stray Fund": 1,
        "City Fund + North Fund": 1,
        "City Fund + VC Arm": 1,
        "Stray Fund + Big VC": 1,
    }
    found = {}
    for label in labels(page, "#pairs .many"):
        names, _, said = label.partition(", ")
        found[" + ".join(sorted(names.split(" + ")))] = int(re.findall(r"\d+", said)[0])
    assert found == {" + ".join(sorted(k.split(" + "))): n for k, n in pairs.items()}
    mark(page, "Who invests together with Big VC?").click()
    assert co_investors(page) == [
        "City Fund, City fund: 3 shared rounds, 1 deal apart",
        "Stray Fund, City fund: 1 shared round",
    ]
    assert co_investors(page) == by_co_investor(
        graph.query("investors/co-investors", investor="vc")
    )
    notes = page.locator("#pairs .note")
    expect(notes).to_contain_text("as its parts belonged to it at each round's date: VC Arm.")
    expect(notes).to_contain_text("Apart: 1 shared deal")
    page.locator("#talks").check()
    assert len(labels(page, "#pairs .shared")) == 6
    assert "own.investor=vc" in page.url
    mark(page, "City Fund: Nowhere").click()
    expect(page.locator("#details .round")).to_have_count(1)
    page.locator("#pairs [data-at=back]").click()
    assert len(labels(page, "#pairs .many")) == 5


def test_a_pair_has_the_kinds_of_its_own_rounds(store: Store, open_page: Open) -> None:
    """Turned was venture capital until 2020, a corporate since; Both is of two kinds."""
    records = [
        Startup(id="mover", name="Mover"),
        *(Investor(id=i, name=i.title()) for i in ("both", "turned", "vc")),
        *(Link(type="kind", source=i, target="vc") for i in ("both", "vc")),
        Link(type="kind", source="both", target="pe"),
        Link(type="kind", source="turned", target="vc", until="2020-12-31"),
        Link(type="kind", source="turned", target="corporate", since="2021-01-01"),
        closed("mover", "2020-01-15", "both", "turned"),
        closed("mover", "2022-01-15", "turned", "vc", stage="B"),
        closed("mover", "2023-01-15", "turned", stage="C"),
    ]
    load_records(store, "cases", records)
    page = open_page(Graph(store).view("co-investors"))
    assert sorted(labels(page, "#pairs .many")) == [
        "Turned + Both, Venture capital + Venture capital, Private equity: 1 shared round",
        "Turned + Vc, Corporate + Venture capital: 1 shared round",
    ]


def test_both_pictures_by_keyboard_alone(store: Store, open_page: Open) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    page = open_page(graph.view("co-investors", investor="vc"))
    mark(page, "City Fund, City fund").focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#details h2")).to_have_text("City Fund · Mover")
    # What had the focus keeps it.
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("City Fund: Mover")
    page = open_page(graph.view("city-map"))
    page.locator('#cities [role="button"][tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_contain_text("Here")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Here → There")
    plain = page.locator("#cities svg.chart").bounding_box()
    page.keyboard.press("+")
    zoomed = page.locator("#cities svg.chart").bounding_box()
    assert plain is not None and zoomed is not None
    assert round(zoomed["width"] / plain["width"], 2) == 1.2


def test_undated_rounds_stand_beside_the_years(store: Store, open_page: Open) -> None:
    both = [Investor(id=i, name=i.title()) for i in ("one", "two")]
    load_records(
        store, "cases", [Startup(id="acme", name="Acme"), *both, closed("acme", "", "one", "two")]
    )
    page = open_page(Graph(store).view("co-investors"))
    assert labels(page, "#pairs .shared") == ["One + Two: Acme, A, date unknown"]
    expect(page.locator("#pairs svg.chart")).to_contain_text("undated")


def test_narrow_pages_do_not_scroll_sideways(store: Store, open_page: Open) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    for view, tab in (("city-map", "cities"), ("co-investors", "pairs")):
        for language in ("en", "fr", "zh"):
            page = open_page(graph.view(view, language=language), width=360)
            page.locator(f"#tab-{tab}").click()
            expect(page.locator(f"#{tab} svg.chart")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            assert page.evaluate(
                f"document.querySelector('#{tab}').scrollWidth"
                f" === document.querySelector('#{tab}').clientWidth"
            )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(store: Store, open_page: Open, scheme: str) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    for name, params in (
        ("city-map", {}),
        ("co-investors", {}),
        ("co-investors", {"investor": "vc"}),
    ):
        page = open_page(graph.view(name, **params), color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        assert [(v["id"], v["nodes"][0]["html"]) for v in serious] == []
