"""Every view of facts that are hostile in every text: nothing runs, nothing breaks or is said."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.conftest import Open
from tests.support import load_records
from tests.test_views import EMPTY, HOSTILE, M_A, hostile_facts
from tests.test_views_page import ACCOUNT, serious

from whofunds import (
    City,
    Graph,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
)
from whofunds.pages import VIEWS
from whofunds.stores import open_store
from whofunds.views import of_facts

EVIL = [text for text in HOSTILE if "\x00" not in text and "\ud800" not in text]
PAGE = "https://example.org/"
GIVEN: dict[str, list[dict[str, Any]]] = {
    "neighbourhood": [{"of": "i0"}, {"of": "c0", "steps": 2}, {"of": "t0"}],
    "path": [{"from": "t0", "to": "c0"}, {"from": "i1", "to": "i2"}],
    "co-investors": [{}, {"investor": "i0"}],
    "query": [{"name": "paths/between", "from": "i0", "to": "c1"}],
}


def records() -> list[Any]:
    """Companies, investors, cities and rounds whose every free text is one of EVIL."""
    made: list[Any] = []
    kinds = ("city-fund", "internet-giant", "vc")
    for i, evil in enumerate(EVIL):
        place = {"latitude": 30.0 + i, "longitude": 100.0 + i}
        url = f"{PAGE}{i}?q={'<script>' * (i % 2)}"
        made += [
            City(id=f"t{i}", name=evil, names=[f"{evil} 城"], country="CN", **place),
            Startup(
                id=f"c{i}",
                name=f"{evil}{i}",
                names=[f"司{evil}"],
                founded=f"{2015 + i % 5}",
                cohort="<b>one</b>" if i % 2 else "two",
            ),
            Investor(id=f"i{i}", name=f"{evil} {i}", names=[f"投{evil}"], state_controlled="yes"),
            Report(url=url, name=evil, publisher=evil, published_on="2024-02-01"),
            Report(url=f"{url}b", name=evil, publisher=f"{evil} copy", published_on="2024-02-02"),
            Link(type="kind", source=f"i{i}", target=kinds[i % 3], report=url),
            Link(type="acts-for", source=f"i{i}", target=f"t{i}", report=url),
            Link(type="seat", of="startup", source=f"c{i}", target=f"t{i // 2}", report=url),
            Link(type="part-of", source=f"i{i}", target=f"i{(i + 1) % len(EVIL)}", report=url),
        ]
        for r, report in enumerate((url, f"{url}b")):
            made.append(
                Round(
                    id=f"r{i}{r}",
                    company=f"c{i}",
                    report=report,
                    announced=f"202{i % 5}-03",
                    stage=evil,
                    note=evil,
                    amount=(str(10**8 * (1 + r)), "CNY", ""),
                    participants=[
                        Participant(investor=f"i{j % len(EVIL)}", lead=j == i, via=evil)
                        for j in range(i, i + 4)
                    ],
                )
            )
    return made


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    store = open_store(str(tmp_path_factory.mktemp("hostile") / "store"))
    load_records(store, "hostile", records())
    return Graph(store)


@pytest.mark.parametrize("name", list(VIEWS))
def test_no_text_of_a_fact_runs_or_breaks_a_view(graph: Graph, open_page: Open, name: str) -> None:
    for given in GIVEN.get(name, [{}]):
        html = graph.view(name, **given)
        unharmed(open_page(html), html)
        still = open_page(html, javascript=False, width=360)
        assert still.locator("table").count() > 0
        only_web_addresses(still)


def unharmed(page: Page, html: str) -> None:
    """Every tab is looked at, something chosen in it, and nothing was let in."""
    tabs = page.locator("[role=tab]")
    scripts = page.evaluate("document.scripts.length")
    assert scripts == html.count("<script ")
    for i in range(tabs.count()):
        tabs.nth(i).click()
        marks = page.locator("[role=tabpanel]:not([hidden]) [tabindex='0'][role=button]")
        if marks.count():
            marks.first.press("Enter")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440
        for language in ("zh", "fr", "en"):
            page.locator("#language").select_option(language)
    page.keyboard.press("/")
    page.keyboard.type("alert")
    page.keyboard.press("Enter")
    only_web_addresses(page)
    assert page.evaluate("document.scripts.length") == scripts
    assert page.locator("img, iframe, object, embed").count() == 0


def only_web_addresses(page: Page) -> None:
    addresses = page.locator("a[href]").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert all(re.match(r"https?://|#", a) for a in addresses)
    assert page.locator("[onclick], [onload], [onerror]").count() == 0


@pytest.mark.parametrize(
    "tabs",
    [
        ("columns", "flow", "network", "table"),
        ("ceiling", "cohorts", "table"),
        ("cities", "pairs", "table"),
    ],
)
def test_no_value_that_only_python_can_hold_breaks_a_page(
    open_page: Open, tabs: tuple[str, ...]
) -> None:
    facts = [*hostile_facts(HOSTILE), EMPTY | M_A]
    reports = [{"url": t, "name": t, "publisher": t, "published_on": t} for t in HOSTILE]
    accounts = [ACCOUNT | {"round": t, "report": t, "note": t, "copy": t} for t in HOSTILE * 2]
    html = of_facts(
        facts,
        reports,
        accounts,
        name=HOSTILE[0],
        tabs=tabs,
        title=("title.capital-map-of", {"name": HOSTILE[1]}),
        as_of=HOSTILE[2],
        settings={"line": 2e10, "told": [], "places": {}, "ties": []},
        asked={HOSTILE[1]: HOSTILE[0]},
        hints=[(("hint.line", {}), HOSTILE[1])],
    )
    page = open_page(html)
    unharmed(page, html)


@pytest.mark.parametrize("name", list(VIEWS))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_view(
    graph: Graph, open_page: Open, name: str, theme: Any
) -> None:
    page = open_page(graph.view(name, **GIVEN.get(name, [{}])[0]), color_scheme=theme)
    tabs = page.locator("[role=tab]")
    for i in range(tabs.count()):
        tabs.nth(i).click()
        assert serious(page) == [], tabs.nth(i).inner_text()


def test_pages_are_files_of_their_own(graph: Graph, tmp_path: Path) -> None:
    """A view is written as UTF-8 and names nothing outside itself but reports."""
    target = tmp_path / "page.html"
    graph.view("capital-map", target)
    text = re.sub(r"(?s)<script.*?</script>", "", target.read_text("utf-8"))
    assert not re.search(r'<[a-z]+ [^>]*(?:src|href)="(?!https://example\.org|#|data:,)', text)
