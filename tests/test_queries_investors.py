"""Rows of the queries on investors and groups, worked out by hand."""

from typing import Any

from tests.support import load_records
from tests.test_queries import closed, facts, follow_on_cases, pick, report  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import City, Investor, Link, Participant, Round, Startup, Total
from whofunds.stores.base import Path as GraphPath
from whofunds.stores.base import Store

COVERAGE = ("rounds_stated", "rounds_held")


def test_groups_follow_on_in_the_same_words(store: Store) -> None:
    load_records(store, "cases", follow_on_cases())
    rows = Graph(store).query("investors/follow-on", kind="vc")
    columns = (
        "company",
        "rounds",
        "last_round",
        "later_rounds",
        "later_listed",
        "later_in",
        "after",
    )
    assert pick(rows, *columns, group="parent") == [
        ("alone", 1, "2020-01-15", 0, 0, 0, "no later round"),
        ("followed", 2, "2021-01-15", 1, 1, 1, "followed"),
        (
            "left",
            1,
            "2020-01-15",
            2,
            1,
            0,
            "not named in 2 later rounds (1 of which has a list of investors)",
        ),
        ("listed", 2, "2021-01-15", 1, 1, 1, "at the listing only"),
        (
            "not-named",
            1,
            "2020-01-15",
            1,
            0,
            0,
            "not named in 1 later round (without a list of investors)",
        ),
        ("perhaps", 1, "2020-01-15", 0, 0, 0, "no later round for certain"),
        ("through-an-arm", 2, "2021-01-15", 1, 1, 1, "followed"),
        ("too-soon", 2, "2020-02-13", 0, 0, 0, "no later round"),
    ]
    assert pick(rows, "members", company="through-an-arm") == [(["Arm", "Early"],)]
    assert pick(rows, "company", "first", group="other") == [("left", "2021-01-15")]
    before = Graph(store).query("investors/follow-on", kind="vc", as_of="2020-12")
    assert pick(before, "after", "rounds", company="followed") == [("no later round", 1)]


def test_what_a_group_sold_follows_for_another(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            *(Investor(id=i, name=i.title()) for i in ("fund", "old", "new")),
            Link(type="kind", source="fund", target="vc"),
            Link(type="part-of", source="fund", target="old", until="2020-12-31"),
            Link(type="part-of", source="fund", target="new", since="2021-01-01"),
            closed("acme", "2020-01-15", "fund"),
            closed("acme", "2022-01-15", "fund", stage="B"),
            closed("acme", "2022", "fund", stage="C", amount="$9m"),
            Total(company="acme", report=report("count"), rounds=4, since="2019", until="2022"),
        ],
    )
    rows = Graph(store).query("investors/follow-on", kind="vc", as_of="2022-06-30")
    columns = ("group", "announced", "rounds", "later_rounds", "after", "possible")
    assert pick(rows, *columns) == [
        ("new", "2022-01-15", 1, 0, "no later round for certain", 1),
        ("old", "2020-01-15", 1, 1, "not named in 1 later round (with a list of investors)", 1),
    ]
    later = Graph(store).query("investors/follow-on", kind="vc")
    assert pick(later, *COVERAGE, group="old") == [(4, 3)]


def test_groups_in_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("investors/follow-on")
    columns = ("company", "members", "first", "rounds", "last_round", "later_rounds", "after")
    # Alibaba Cloud is Alibaba's, which came to Baichuan's A1 and A; the A3 is "2023".
    assert pick(rows, *columns, "possible", group="alibaba", company="baichuan") == [
        ("baichuan", ["Alibaba Group"], "2023-10-17", 2, "2024-07-25", 1, "followed", 1)
    ]
    assert pick(rows, *columns, group="alibaba", company="01-ai") == [
        ("01-ai", ["Alibaba Cloud"], "2023-11-01", 1, "2023-11", 0, "no later round")
    ]
    # The B2 of 2024, and not the C of 2025, which two reports list.
    assert pick(rows, "after", *COVERAGE, "cut", group="meituan", company="unitree") == [
        (
            "not named in 1 later round (with a list of investors)",
            10,
            2,
            "first round held: B2",
        )
    ]


def test_promises_and_purchases_of_two_stand_apart(store: Store) -> None:
    def bought(day: str, who: str, instrument: str, **more: Any) -> Round:
        return closed("acme", day, "one", who, instrument=instrument, **more)

    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            *(Investor(id=i, name=i.title()) for i in ("one", "two", "three", "four")),
            closed("acme", "2020-01-15", "one", "two"),
            bought("2021-01-15", "two", "secondary", amount="$1m"),
            bought("2022-01-15", "three", "commitment", amount="$2m"),
            bought("2023-01-15", "four", "equity", amount="$3m", status="talks"),
            bought("2024", "three", "debt", amount="$4m"),
        ],
    )
    rows = Graph(store).query("investors/co-investors", investor="one", as_of="2024-06-30")
    columns = ("investor", "rounds", "companies", "first", "last", "apart", "possible")
    assert pick(rows, *columns) == [
        ("two", 1, ["Acme"], "2020-01-15", "2020-01-15", 1, 0),
        ("three", 0, [], None, None, 1, 1),
    ]


def lead(company: str, day: str, leads: tuple[str, ...], others: tuple[str, ...] = ()) -> Round:
    """A round with leads."""
    page = report(f"{company}-{day}")
    parts = [
        *(Participant(investor=i, report=page, lead=True) for i in leads),
        *(Participant(investor=i, report=page) for i in others),
    ]
    return Round(company=company, report=page, announced=day, participants=parts, stage="A")


def test_leads(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("acme", "bolt")),
            *(Investor(id=i, name=i.title()) for i in ("one", "two", "quiet")),
            Link(type="kind", source="one", target="vc", until="2020-12-31"),
            Link(type="kind", source="one", target="pe", since="2021-01-01"),
            lead("acme", "2020-01-15", ("one",), ("two",)),
            lead("bolt", "2020-06-15", ("one", "two"), ("quiet",)),
            lead("bolt", "2022-06-15", (), ("one",)),
            lead("acme", "2023", ("two",)),
            Total(company="acme", report=report("count"), rounds=3, since="2019", until="2021"),
        ],
    )
    rows = Graph(store).query("investors/leads", as_of="2023-06-30")
    columns = ("investor", "kinds", "led", "alone", "taken_part", "companies", "possible")
    assert pick(rows, *columns) == [
        ("one", ["vc"], 2, 1, 3, ["Acme", "Bolt"], 0),
        ("two", ["unknown"], 1, 0, 2, ["Bolt"], 1),
    ]
    coverage = ("with_lead", "of_rounds", "counted", "of_companies", *COVERAGE)
    assert pick(rows, *coverage) == [(2, 3, 1, 2, 3, 1)] * 2


def test_leads_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("investors/leads", cohort="robotics")
    columns = ("led", "alone", "taken_part", "companies")
    # TARS's angel+ of July 2025; also in Unitree's B2 and in Galbot's round of June 2025.
    assert pick(rows, *columns, investor="meituan") == [(1, 1, 3, ["TARS"])]


def control_cases() -> list[Any]:
    return [
        *(Startup(id=c, name=c.title()) for c in ("acme", "bolt", "cold")),
        City(id="here", name="Here"),
        Investor(id="gov", name="Gov", state_controlled="yes", level="municipal"),
        *(Investor(id=i, name=i.title()) for i in ("holding", "fund", "rival", "alone", "a", "b")),
        Link(type="kind", source="gov", target="city-fund"),
        Link(type="acts-for", source="gov", target="here"),
        Link(type="part-of", source="holding", target="gov", basis="sourced", report=report("h")),
        Link(type="part-of", source="fund", target="holding", basis="name-derived", share_min=51),
        Link(type="part-of", source="fund", target="rival", until="2019-12-31"),
        Link(type="part-of", source="a", target="b"),
        Link(type="part-of", source="b", target="a"),
        closed("acme", "2020-01-15", "fund"),
        closed("acme", "2021-01-15", "gov", "holding", stage="B"),
        closed("acme", "2022", "holding", stage="C"),
        closed("bolt", "2019-06-15", "fund", instrument="secondary"),
        closed("cold", "2020-06-15", "alone"),
    ]


def test_who_controls_an_investor(store: Store) -> None:
    load_records(store, "cases", control_cases())
    graph = Graph(store)
    (row,) = graph.query("investors/control", investor="fund")
    assert (row["chain"], row["steps"], row["top"]) == ("Fund > Holding > Gov", 2, "gov")
    assert (row["kinds"], row["state_controlled"], row["level"]) == (
        ["city-fund"],
        "yes",
        "municipal",
    )
    assert (row["acts_for"], row["basis"]) == (["Here"], ["name-derived", "sourced"])
    assert (row["share_min"], row["other_times"], row["reports"]) == (51, 1, [report("h")])
    assert isinstance(row["path"], GraphPath)
    before = graph.query("investors/control", investor="fund", as_of="2019-12-31")
    assert pick(before, "chain", "state_controlled", "other_times") == [
        ("Fund > Rival", "unknown", 0),
        ("Fund > Holding > Gov", "yes", 0),
    ]
    alone = graph.query("investors/control", investor="alone")
    assert pick(alone, "chain", "steps", "top", "basis") == [("Alone", 0, "alone", [])]
    assert graph.query("investors/control", investor="a").values == []


def test_control_in_the_shipped_facts(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("investors/control", investor="fortera")
    columns = ("ids", "state_controlled", "level", "acts_for", "basis")
    assert pick(rows, *columns) == [
        (["fortera", "sscic", "shanghai-gov"], "yes", "municipal", ["Shanghai"], ["sourced"] * 2)
    ]


def test_what_a_group_reaches(store: Store) -> None:
    load_records(store, "cases", control_cases())
    graph = Graph(store)
    rows = graph.query("investors/reach", investor="gov", as_of="2022-06-30")
    columns = ("company", "rounds", "of_rounds", "through", "steps", "last", "apart", "possible")
    assert pick(rows, *columns) == [
        ("acme", 2, 2, ["Fund", "Gov", "Holding"], 0, "2021-01-15", 0, 1),
        ("bolt", 0, 0, [], None, None, 1, 0),
    ]
    assert report("h") in pick(rows, "reports", company="acme")[0][0]
    # The rival sold the fund before 2020: it had the secondary of 2019 alone.
    assert pick(graph.query("investors/reach", investor="rival"), "company", "apart") == [
        ("bolt", 1)
    ]


def test_what_shanghai_reaches(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("investors/reach", investor="shanghai-gov")
    columns = ("rounds", "of_rounds", "through", "steps", *COVERAGE, "cut")
    # In both of StepFun's rounds there is a fund of SSCIC's, which is the city's.
    assert pick(rows, *columns, company="stepfun") == [
        (
            2,
            2,
            ["Fortera Capital", "Shanghai Guotou (as listed)", "Shanghai Guotou Pilot Fund"],
            2,
            None,
            None,
            "first round held: B",
        )
    ]


def test_newcomers_and_those_not_named_again(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("acme", "bolt")),
            *(Investor(id=i, name=i.title()) for i in ("arm", "group", "year", "once", "spread")),
            Link(type="part-of", source="arm", target="group"),
            closed("acme", "2020-01-15", "group", "once"),
            closed("bolt", "2021-06-15", "arm", stage="B"),
            closed("bolt", "2023-06-15", "year", stage="C"),
            closed("bolt", "2023-09-15", stage="D"),
            Round(company="acme", report=report("u"), stage="E", participants=[
                Participant(investor="spread", report=report("u"))]),
            closed("acme", "2024", "once", stage="F"),
        ],
    )  # fmt: skip
    graph = Graph(store)
    rows = graph.query("investors/newcomers", as_of="2024-06-30")
    columns = ("year", "rounds", "groups", "newcomer_names", "not_again_names")
    more = ("later_rounds", "later_listed", "unnamed", "possible")
    # The arm is its group's: no newcomer. The undated round and that of 2024 may be later.
    assert pick(rows, *columns, *more) == [
        (2020, 1, 2, ["Group", "Once"], ["Once"], 3, 2, 0, 2),
        (2021, 1, 1, [], ["Group"], 2, 1, 0, 2),
        (2023, 2, 1, ["Year"], [], 0, 0, 1, 2),
    ]
    # The first round of Bolt's that is held is its B.
    assert pick(rows, "newcomers", "not_again", "cut") == [
        (2, 1, []),
        (0, 1, ["Bolt"]),
        (1, None, []),
    ]
    every = graph.query("investors/newcomers")
    assert pick(every, *columns, "undated") == [
        (2020, 1, 2, ["Group", "Once"], [], 1),
        (2021, 1, 1, [], ["Group"], 1),
        (2023, 2, 1, ["Year"], ["Year"], 1),
        (2024, 1, 1, [], [], 1),
    ]


def test_a_year_that_is_not_certain_makes_a_newcomer_unsure(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            Investor(id="fund", name="Fund"),
            closed("acme", "2021-06-15", "fund"),
            Round(company="acme", report=report("u"), stage="B", participants=[
                Participant(investor="fund", report=report("u"))]),
            closed("acme", "2022-06-15", stage="C"),
        ],
    )  # fmt: skip
    rows = Graph(store).query("investors/newcomers")
    unsure = ("unsure_newcomers", "unsure_not_again")
    assert pick(rows, "year", "newcomers", "not_again", *unsure) == [
        (2021, 1, 1, 1, 1),
        (2022, 0, None, 0, None),
    ]


def test_newcomers_to_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("investors/newcomers", cohort="speech")
    # Oriza (2018) and Yuanhe (2020) are both the committee's; Goldstone is CITIC Securities'.
    assert pick(rows, "rounds", "newcomer_names", "not_again", year=2020) == [
        (2, ["BAIC Group", "CITIC Securities", "CTC Capital", "Midea", "Zhuhai Dahengqin"], None)
    ]
    columns = ("newcomers", "not_again_names", "later_rounds", "later_listed", "unnamed")
    assert pick(rows, *columns, year=2018) == [
        (
            5,
            ["China Minsheng", "Foxconn", "MediaTek", "Shenzhen municipal government"],
            2,
            2,
            0,
        )
    ]
    assert pick(rows, *columns, year=2016) == [(0, [], 3, 3, 1)]
