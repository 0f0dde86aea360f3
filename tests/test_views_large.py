"""A page of many facts: each of them can be reached, and sums are those of the facts."""

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from benchmarks.facts import facts
from playwright.sync_api import Page
from tests.conftest import Open
from tests.test_views import node, search

from whofunds import schema
from whofunds.views import capital_map

NODES = 20_000


def rounds_by_entity() -> tuple[dict[str, set[str]], list[dict[str, Any]]]:
    """The closed rounds that run through each entity, by its id; the facts as rows."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = list(facts(NODES).rows)
    for row in rows:
        if row["status"] != "closed":
            continue
        found["company:" + row["company"]].add(row["round"])
        found["city:" + str(row["city"])].add(row["round"])
        found["investor:" + (row["investor"] or "")].add(row["round"])
        for kind in row["kinds"] or ["unknown"]:
            found["kind:" + kind].add(row["round"])
    return found, rows


def counts(page: Page) -> Iterator[tuple[str, int]]:
    """The nodes that are drawn: the level and key, or the group, with its number."""
    drawn = page.locator("#columns .node").evaluate_all(
        "nodes => nodes.map(n => [n.dataset.id, n.querySelector('.count').textContent])"
    )
    for name, number in drawn:
        yield str(name), int(number.replace(",", ""))


def test_every_fact_is_reached_and_counts_are_those_of_the_facts(open_page: Open) -> None:
    made = facts(NODES)
    rounds, rows = rounds_by_entity()
    page = open_page(capital_map(made.rows, made.reports, title="Many", as_of="2025-12-31"))
    names = {("investor:" + (r["investor"] or "")): r["investor_name"] for r in rows}
    names |= {"company:" + r["company"]: r["company_name"] for r in rows}

    # What is drawn, and what is in the groups, is all that there is.
    heads = page.locator("#columns .head").all_text_contents()
    investors = {k for k in rounds if k.startswith("investor:")} - {"investor:"}
    assert f"of {len(investors):,}" in heads[1]
    companies = {k for k in rounds if k.startswith("company:")}
    assert f"of {len(companies):,}" in heads[2]

    # Kinds of capital have the rounds of the facts.
    kinds = list(schema.KINDS)
    drawn = dict(counts(page))
    for i, kind in enumerate(kinds):
        assert drawn[str(i)] == len(rounds[f"kind:{kind}"]), kind

    # Any investor and company is found by its name, and its panel has its rounds.
    chance = random.Random(1)
    for key in chance.sample(sorted(investors | companies), 12):
        search(page, names[key])
        panel = page.locator("#details")
        assert panel.locator("h2").inner_text().strip() == names[key]
        said = panel.locator("p", has_text=" round").first.inner_text()
        assert said.split()[0].replace(",", "") == str(len(rounds[key])), key
        page.keyboard.press("Escape")

    # A group opens, step by step, to its end.
    group = "Company: +"
    before = page.locator("#columns .node").count()
    node(page, group).click()
    assert page.locator("#columns .node").count() == before + 200
    # The table goes on to the last row.
    page.locator("#tab-table").click()
    shown = page.locator("#table tbody tr").count()
    page.locator("#more").click()
    assert page.locator("#table tbody tr").count() == shown + 200
