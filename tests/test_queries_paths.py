"""Queries about paths: rows worked out by hand from the CSV files, and from small cases."""

from tests.support import load_records
from tests.test_queries import closed, facts, pick, report  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import Investor, Link, Startup
from whofunds.stores.base import Store


def test_state_money_of_the_facts(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("paths/state-money", company="月之暗面")
    columns = ("chain", "level", "steps", "announced", "disputed")
    fund = "Beijing Artificial Intelligence Industry Investment Fund"
    manager = "China Merchants Venture Investment Management"
    assert pick(rows, *columns) == [
        ("China Mobile > Moonshot AI", "central", 2, ["2026-05"], 0),
        (f"Beijing municipal government > {fund} > Moonshot AI", "municipal", 3, ["2026-05"], 0),
        # Two lists of the B of February 2024 differ.
        (f"China Merchants Group > {manager} > Moonshot AI", "central", 3, ["2024-02"], 1),
    ]
    # Nobody says of a district's government that a state controls it, but of its fund.
    zhipu = facts.query("paths/state-money", company="zhipu-ai")
    assert pick(zhipu, "ids", "state_controlled", investor="shangcheng-capital") == [
        (["shangcheng-gov", "shangcheng-capital", "zhipu-ai"], "unknown")
    ]
    assert pick(zhipu, "announced", "rounds", owner="beijing-gov") == [
        (["2024-03", "2024-11-01", "2025-04"], 3)
    ]


def test_state_money_by_the_shortest_chains_from_each_top(store: Store) -> None:
    names = ("top", "group", "manager", "fund", "twin", "direct", "private", "left", "house")
    yes = ("top", "direct", "left")
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("acme", "later")),
            *(
                Investor(
                    id=i,
                    name=i.title(),
                    state_controlled="yes" if i in yes else "no" if i == "house" else "",
                )
                for i in names
            ),
            # Two chains of the same length from the top, and a longer one.
            Link(type="part-of", source="fund", target="manager", report=report("link")),
            Link(type="part-of", source="twin", target="manager"),
            Link(type="part-of", source="manager", target="top"),
            Link(type="part-of", source="private", target="group"),
            Link(type="part-of", source="group", target="manager"),
            # What a state controls, in a private house, is a top of its own.
            Link(type="part-of", source="direct", target="house"),
            Link(type="part-of", source="left", target="top", until="2019-12-31"),
            closed("acme", "2020-01-15", "fund", "twin", "private", "direct", "left"),
            closed("acme", "2021-01-15", "fund", stage="B", amount="$9m"),
            closed("acme", "2021-05-15", "fund", stage="B+", instrument="secondary"),
            closed("acme", "2022-01-15", "fund", stage="C", status="talks"),
            closed("acme", "2023", "fund", stage="D", amount="$20m"),
        ],
    )
    rows = Graph(store).query("paths/state-money", company="acme", as_of="2023-06-30")
    columns = ("chain", "steps", "rounds", "announced", "possible", "named", "unknown")
    assert pick(rows, *columns) == [
        ("Direct > Acme", 2, 1, ["2020-01-15"], 1, 5, 0),
        ("Left > Acme", 2, 1, ["2020-01-15"], 1, 5, 0),
        ("Top > Manager > Fund > Acme", 4, 2, ["2020-01-15", "2021-01-15"], 1, 5, 0),
        ("Top > Manager > Twin > Acme", 4, 1, ["2020-01-15"], 1, 5, 0),
    ]
    pages = [report("acme-2020-01-15"), report("acme-2021-01-15"), report("link")]
    assert pick(rows, "reports", investor="fund") == [(pages,)]


def test_common_controllers_of_the_facts(facts: Graph) -> None:  # noqa: F811
    asked = {"company": "minimax", "other": "stepfun"}
    rows = facts.query("paths/common-controllers", **asked)
    columns = ("controller", "steps", "rounds", "rounds_other", "named", "named_other")
    # Fortera and the Pilot Fund in MiniMax's two pre-B rounds; Shanghai's State-owned Capital Fund
    # in the C; in StepFun Fortera in the B, Pilot Fund and Guotou in the B+, Tencent in both.
    assert pick(rows, *columns) == [
        ("fortera", 0, 2, 1, "8 of 8", "2 of 2"),
        ("shanghai-sdic-pilot", 0, 2, 1, "8 of 8", "2 of 2"),
        ("tencent", 0, 1, 2, "8 of 8", "2 of 2"),
        ("sscic", 2, 2, 2, "8 of 8", "2 of 2"),
        ("shanghai-gov", 3, 3, 2, "8 of 8", "2 of 2"),
    ]
    assert len(pick(rows, "through", controller="shanghai-gov")[0][0]) == 3
    same = facts.query("paths/common-controllers", company="minimax", other="minimax")
    assert same.values == []


def test_a_group_controls_both_only_while_it_does(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("one", "two")),
            *(Investor(id=i, name=i.title()) for i in ("arm", "fund", "group", "old")),
            Link(type="part-of", source="arm", target="group", report=report("arm")),
            Link(type="part-of", source="fund", target="group"),
            Link(type="part-of", source="fund", target="old", until="2020-12-31"),
            Link(type="part-of", source="arm", target="old"),
            closed("one", "2020-01-15", "arm"),
            closed("two", "2021-01-15", "fund"),
            closed("two", "2022-01-15", "arm", stage="B", status="talks"),
            closed("two", "2022", stage="C"),
        ],
    )
    graph = Graph(store)
    rows = graph.query("paths/common-controllers", company="one", other="two", as_of="2022-06")
    columns = ("controller", "steps", "through", "through_other", "named_other", "possible")
    assert pick(rows, *columns) == [("group", 2, ["Arm"], ["Fund"], "1 of 1", 1)]
    pages = [report("arm"), report("one-2020-01-15"), report("two-2021-01-15")]
    assert pick(rows, "reports") == [(pages,)]
