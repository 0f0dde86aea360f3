"""Rows of the queries on kinds of capital, worked out by hand."""

from dataclasses import replace
from typing import Any

from tests.support import load_records
from tests.test_queries import closed, facts, pick, report  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import Investor, Link, Participant, Startup, Total
from whofunds.stores.base import Store

COVERAGE = ("rounds_stated", "rounds_held")


def kind(investor: str, target: str, **more: Any) -> Link:
    return Link(type="kind", source=investor, target=target, **more)


def counted(company: str, rounds: int, since: str, until: str) -> Total:
    page = report(f"{company}-{rounds}")
    return Total(company=company, report=page, rounds=rounds, since=since, until=until)


def cases() -> list[Any]:
    """`turned` became a state fund in 2021; `both` is of two kinds, `dark` of none that we know."""
    return [
        *(Startup(id=c, name=c.title(), cohort="x") for c in ("acme", "bolt", "calm", "dim")),
        *(Investor(id=i, name=i.title()) for i in ("turned", "both", "dark", "plain")),
        kind("turned", "vc", until="2020-12-31"),
        kind("turned", "state-fund", since="2021-01-01"),
        kind("both", "vc"),
        kind("both", "corporate"),
        kind("plain", "corporate", basis="unsourced"),
        closed("acme", "2020-01-15", "turned", "both"),
        closed("acme", "2022-01-15", "turned", stage="B"),
        closed("acme", "2023", "turned", stage="C"),
        closed("acme", "2023-06-15", "turned", stage="D", instrument="secondary"),
        closed("acme", "2024-01-15", "turned", stage="E", status="talks"),
        closed("bolt", "2021-01-15", "plain", "dark", stage="B"),
        closed("bolt", "2022-06-15", stage="C"),
        closed("calm", "2021-01-15", "plain"),
        counted("acme", 2, "2020", "2022-12-31"),
        counted("bolt", 5, "2019", "2021-12-31"),
        counted("bolt", 2, "2019", "2022-12-31"),
    ]


def test_companies_of_a_kind_and_those_without(store: Store) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    rows = graph.query("capital/companies-of-kind", kind="state-fund")
    columns = ("company", "rounds", "of_rounds", "investors", "first", "apart", "possible")
    assert pick(rows, *columns, *COVERAGE, "cut") == [
        ("acme", 2, 3, ["Turned"], "2022-01-15", 1, 0, 2, 2, "")
    ]
    # What is dated to a year has certainly closed at its end alone.
    before = graph.query("capital/companies-of-kind", kind="state-fund", as_of="2023-06-30")
    assert pick(before, *columns) == [("acme", 1, 2, ["Turned"], "2022-01-15", 1, 1)]
    assert pick(rows, "reports") == [
        ([report(f"acme-{d}") for d in ("2", "2022-01-15", "2023", "2023-06-15")],)
    ]
    corporate = graph.query("capital/companies-of-kind", kind="corporate")
    assert pick(corporate, "company", "rounds", "of_rounds", "unknown", "unnamed", *COVERAGE) == [
        ("acme", 1, 3, 0, 0, 2, 2),
        ("bolt", 1, 2, 1, 1, 5, 1),
        ("calm", 1, 1, 0, 0, None, None),
    ]
    answers = ("company", "answer", "open", "rounds", "investors")
    assert pick(graph.query("capital/companies-without-kind", kind="vc"), *answers) == [
        ("calm", "none in our data", "", 1, 1),
        (
            "bolt",
            "can't be told",
            "1 without a named investor, 1 with an unknown kind, 4 not held, first round held: B",
            2,
            2,
        ),
        ("dim", "can't be told", "no round held", 0, 0),
    ]
    without = graph.query("capital/companies-without-kind", kind="state-fund", as_of="2022-06")
    assert ("acme",) not in pick(without, "company")
    without = graph.query("capital/companies-without-kind", kind="state-fund", as_of="2022-01-14")
    assert pick(without, "open", "possible", company="acme") == [("", 0)]


def test_sources_by_company_say_how_much_is_held(store: Store) -> None:
    load_records(store, "cases", cases())
    rows = Graph(store).query("capital/sources-by-company")
    columns = ("kind", "rounds", "of_rounds", *COVERAGE)
    # Bolt has two rounds, of which one names nobody; five by 2021, of which we hold the first.
    assert pick(rows, *columns, company="bolt") == [
        ("corporate", 1, 2, 5, 1),
        ("not named", 1, 2, 5, 1),
        ("unknown", 1, 2, 5, 1),
    ]
    assert all(report("bolt-5") in urls for (urls,) in pick(rows, "reports", company="bolt"))


def test_rounds_missing_in_the_span_of_any_count_keep_never_open(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            Investor(id="plain", name="Plain"),
            kind("plain", "corporate"),
            *(closed("acme", f"{year}-01-15", "plain", stage=str(year)) for year in (2020, 2021)),
            counted("acme", 2, "2019", "2021-12-31"),
            counted("acme", 1, "2019", "2019-12-31"),
        ],
    )
    rows = Graph(store).query("capital/companies-without-kind", kind="vc")
    assert pick(rows, "answer", "open", *COVERAGE) == [("can't be told", "1 not held", 2, 2)]
    assert {report("acme-1"), report("acme-2")} <= set(rows[0]["reports"])


def test_a_disputed_or_possible_part_keeps_never_open(store: Store) -> None:
    page = report("other")
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("acme", "late")),
            *(Investor(id=i, name=i.title()) for i in ("fund", "other")),
            kind("fund", "vc"),
            kind("other", "pe"),
            closed("acme", "2020-01-15", "fund", conflicts=["members"]),
            replace(
                closed("acme", "2020-01-15", "other"),
                report=page,
                participants=[Participant(investor="other", report=page)],
            ),
            closed("late", "2020", "fund"),
        ],
    )
    asked = {"kind": "vc", "as_of": "2020-06-30"}
    rows = Graph(store).query("capital/companies-without-kind", **asked)
    assert pick(rows, "company", "open", "rounds", "disputed", "possible") == [
        ("acme", "1 on a disputed account only", 1, 1, 0),
        ("late", "no round held, 1 possible", 0, 0, 1),
    ]


def test_kinds_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("capital/companies-of-kind", kind="state-fund")
    columns = ("rounds", "of_rounds", "investors", "unnamed", "unknown", *COVERAGE, "cut")
    # Ten rounds by 2021, as one report counts; of them we hold the angel, 2018 and 2020.
    assert pick(rows, *columns, company="yitu") == [
        (1, 3, ["CR-CCT Industry Pilot Fund"], 0, 0, 10, 3, "")
    ]
    # Both of 01.AI's investors are known to be something else.
    without = facts.query("capital/companies-without-kind", kind="city-fund")
    assert pick(without, "answer", "open", company="01-ai") == [("none in our data", "")]
    assert pick(without, "answer", "open", company="yitu") == [("can't be told", "7 not held")]
    assert pick(without, "answer", "open", company="aleph-alpha") == [
        ("can't be told", "2 not held, first round held: B")
    ]
    # Nobody is named in what DeepSeek raised; High-Flyer is its parent.
    asset = facts.query("capital/companies-without-kind", kind="asset-manager")
    assert pick(asset, "open", "apart", company="deepseek") == [("1 without a named investor", 1)]
    every = {c for (c,) in pick(facts.query("ceiling/raised"), "company")}
    got = facts.query("capital/companies-of-kind", kind="city-fund")
    assert every == {c for (c,) in [*pick(got, "company"), *pick(without, "company")]}


def test_shares_are_of_participations_and_concentration_a_range(store: Store) -> None:
    load_records(store, "cases", cases())
    graph = Graph(store)
    rows = graph.query("capital/shares-by-company")
    columns = ("kind", "participations", "of_participations", "share", "share_max")
    # Acme: vc twice (of them one of two kinds), corporate once, state fund twice.
    assert pick(rows, *columns, company="acme") == [
        ("state-fund", 2, 5, 40.0, 40.0),
        ("vc", 2, 5, 40.0, 40.0),
        ("corporate", 1, 5, 20.0, 20.0),
    ]
    range_ = ("concentration_min", "concentration_max", "rounds", "unnamed")
    assert pick(rows, *range_, company="acme") == [(3600, 3600, 3, 0)] * 3  # (4 + 4 + 1) / 25
    # Bolt: one corporate, one unknown, which may be corporate as well.
    assert pick(rows, *columns, *range_, company="bolt") == [
        ("corporate", 1, 2, 50.0, 100.0, 5000, 10000, 2, 1),
        ("unknown", 1, 2, 50.0, 50.0, 5000, 10000, 2, 1),
    ]
    # That Plain is a corporate no report states.
    assert pick(rows, "company", "kind", "weak", weak=1) == [
        ("bolt", "corporate", 1),
        ("calm", "corporate", 1),
    ]
    cohort = graph.query("capital/shares-by-cohort", as_of="2023-06-30")
    # Without the round of 2023: 4 of Acme, 2 of Bolt, 1 of Calm.
    assert pick(cohort, *columns, "companies", "of_companies", "possible") == [
        ("corporate", 3, 7, 42.9, 57.1, 3, 3, 0),
        ("vc", 2, 7, 28.6, 42.9, 1, 3, 0),
        ("state-fund", 1, 7, 14.3, 28.6, 1, 3, 1),
        ("unknown", 1, 7, 14.3, 14.3, 1, 3, 0),
    ]
    # (9 + 4 + 1 + 1) / 49, and (16 + 4 + 1) / 49.
    coverage = ("rounds", "unnamed", "counted", *COVERAGE, "cut")
    assert pick(cohort, *range_[:2], *coverage, kind="vc") == [
        (3061, 4286, 5, 1, 2, 7, 3, ["Bolt (first round held: B)"])
    ]


def test_shares_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("capital/shares-by-company", cohort="llm-2023")
    columns = ("kind", "participations", "share", "concentration_min", "concentration_max")
    # Nine in the A1, two in the A3, seven in the A; nobody is named in the angel round.
    # 64 + 16 + 9 + 1 + 1 + 1 = 92 of 18 * 18.
    assert pick(rows, *columns, company="baichuan") == [
        ("internet-giant", 8, 44.4, 2840, 2840),
        ("city-fund", 4, 22.2, 2840, 2840),
        ("vc", 3, 16.7, 2840, 2840),
        ("corporate", 1, 5.6, 2840, 2840),
        ("financial-institution", 1, 5.6, 2840, 2840),
        ("university", 1, 5.6, 2840, 2840),
    ]
    assert pick(
        rows, "kind", "participations", "share", "rounds", "unnamed", company="deepseek"
    ) == [("not named", 0, None, 1, 1)]
    cohorts = facts.query("capital/shares-by-cohort")
    counts = ("cohort", "companies", "of_companies", "rounds", "counted", *COVERAGE)
    # TARS has 1 of 2, Unitree 2 of 10 in the span that a report counts (the C is of June 2025).
    assert pick(cohorts, *counts, kind="vc", cohort="robotics") == [("robotics", 1, 4, 8, 2, 12, 3)]


def test_exposure_to_a_state_is_a_range_by_level(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            Investor(
                id="city", name="City", country="CN", state_controlled="yes", level="municipal"
            ),
            Investor(id="arm", name="Arm", country="CN"),
            Investor(id="sold", name="Sold", country="CN", state_controlled="no"),
            Investor(id="open", name="Open", country="CN"),
            Investor(id="vague", name="Vague", country="CN", state_controlled="yes"),
            Investor(id="nowhere", name="Nowhere"),
            Investor(id="abroad", name="Abroad", country="US"),
            Investor(id="oil", name="Oil", country="AE", state_controlled="yes"),
            Link(type="part-of", source="arm", target="city"),
            Link(type="part-of", source="sold", target="city", until="2019-12-31"),
            closed("acme", "2020-01-15", "arm", "sold", "open", "vague", "nowhere"),
            closed("acme", "2021-01-15", "abroad", "oil", "sold", stage="B"),
            closed("acme", "2022", "city", stage="C"),
        ],
    )
    graph = Graph(store)
    columns = ("level", "confirmed", "confirmed_max", "participations", "share_min", "share_max")
    rows = graph.query("capital/state-exposure", as_of="2022-06-30")
    # Confirmed: the arm, and Vague, of no known level; unknown: Open and Nowhere.
    assert pick(rows, *columns, "possible") == [
        ("any", 2, 4, 8, 25.0, 50.0, 1),
        ("central", 0, 3, 8, 0.0, 37.5, 0),
        ("provincial", 0, 3, 8, 0.0, 37.5, 0),
        ("municipal", 1, 4, 8, 12.5, 50.0, 1),
        ("district", 0, 3, 8, 0.0, 37.5, 0),
    ]
    # Where nobody is confirmed or unknown, the reports on all participations stand.
    french = graph.query("capital/state-exposure", country="AE", as_of="2020-12-31")
    assert pick(french, "confirmed", "confirmed_max", level="any") == [(0, 1)]
    american = graph.query("capital/state-exposure", country="US", as_of="2020-12-31")
    assert all(urls for (urls,) in pick(american, "reports"))
    every = graph.query("capital/state-exposure", country="")
    assert pick(every, *columns[1:], level="any") == [(4, 7, 9, 44.4, 77.8)]


def test_exposure_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("capital/state-exposure")
    columns = ("level", "confirmed", "confirmed_max", "share_min", "share_max")
    # CIIF and ICBC; Nansha's district; of Haier Finance and the Yangtze fund nothing is known.
    assert pick(rows, *columns, company="cloudwalk") == [
        ("any", 3, 5, 60.0, 100.0),
        ("central", 2, 4, 40.0, 80.0),
        ("provincial", 0, 2, 0.0, 40.0),
        ("municipal", 0, 2, 0.0, 40.0),
        ("district", 1, 3, 20.0, 60.0),
    ]
    # All of Aleph Alpha's are controlled from Germany, whether by a state or not.
    assert pick(rows, *columns, company="aleph-alpha", level="any") == [("any", 0, 0, 0.0, 0.0)]


def test_countries_by_year(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme", country="CN"),
            *(Investor(id=i, name=i.title(), country="CN") for i in ("here", "top")),
            Investor(id="there", name="There", country="US"),
            *(Investor(id=i, name=i.title()) for i in ("arm", "nowhere")),
            Link(type="part-of", source="arm", target="top"),
            closed("acme", "2020-01-15", "here", "there", "arm", "nowhere"),
            closed("acme", "2020-06", "there", stage="B"),
            closed("acme", "2021-01-15", stage="C"),
            closed("acme", "2022", "there", stage="D"),
            counted("acme", 6, "2020", "2021"),
        ],
    )
    rows = Graph(store).query("capital/domestic-foreign", as_of="2022-06-30")
    columns = ("year", "origin", "country", "participations", "of_participations", "share")
    assert pick(rows, *columns, "share_max", "rounds", "possible") == [
        (2020, "domestic", "CN", 2, 5, 40.0, 60.0, 1, 0),
        (2020, "foreign", "US", 2, 5, 40.0, 60.0, 2, 0),
        (2020, "unknown", None, 1, 5, 20.0, 20.0, 1, 0),
        (2021, "not named", None, 0, 0, None, None, 1, 0),
        (2022, "foreign", "US", 0, 0, None, None, 0, 1),
    ]
    assert pick(rows, "counted", "of_companies", *COVERAGE, year=2021) == [(1, 1, 6, 3)]


def test_countries_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("capital/domestic-foreign")
    columns = ("year", "origin", "country", "participations", "share", "companies")
    assert pick(rows, *columns, *COVERAGE, "cut", company_country="DE") == [
        (2023, "domestic", "DE", 4, 100.0, 1, 2, 0, ["Aleph Alpha (first round held: B)"])
    ]


def test_what_is_left_if_a_kind_withdraws(store: Store) -> None:
    load_records(store, "cases", cases())
    rows = Graph(store).query("capital/withdraws", as_of="2023-06-30")
    columns = ("kind", "left_without", "left_without_max", "rounds", "companies", "possible")
    # Acme's first has a state fund to be and one of two kinds, who is vc: all are. Bolt's first may
    # be of corporates alone.
    assert pick(rows, *columns) == [
        ("corporate", 1, 2, 3, ["Calm (1 of 1)"], 0),
        ("state-fund", 1, 1, 1, ["Acme (1 of 2)"], 1),
        ("vc", 1, 1, 1, ["Acme (1 of 2)"], 0),
        ("unknown", 0, 0, 1, [], 0),
    ]
    assert pick(rows, "of_rounds", "unnamed", "counted", "of_companies", *COVERAGE)[0] == (
        4,
        1,
        2,
        3,
        7,
        3,
    )


def test_what_is_left_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("capital/withdraws")
    # CR Capital's fund was alone in the round of 2020.
    assert pick(rows, "left_without", "companies", kind="state-fund") == [
        (1, ["Yitu Technology (1 of 3)"])
    ]


def test_cheques_by_kind(store: Store) -> None:
    page = report("cheques")
    parts = [
        Participant(investor="both", report=page, amount="over $3m"),
        Participant(investor="plain", report=page, amount="$2m"),
        Participant(investor="other", report=page, amount="¥7m"),
        Participant(investor="silent", report=page),
    ]
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            *(Investor(id=p.investor, name=p.investor.title()) for p in parts),
            kind("both", "vc"),
            kind("both", "corporate"),
            *(kind(i, "corporate") for i in ("plain", "other", "silent")),
            replace(closed("acme", "2020-01-15"), participants=parts),
            replace(closed("acme", "2022", stage="B"), participants=parts[1:2]),
        ],
    )
    rows = Graph(store).query("capital/cheques", as_of="2022-06-30")
    counts = ("kind", "participations", "published", "unpublished", "unconverted", "possible")
    assert pick(rows, *counts, "cheque_min", "cheque_max", "cheque_stated", "largest") == [
        ("corporate", 4, 3, 1, 1, 1, 5e6, None, 5e6, 3e6),
        ("vc", 1, 1, 0, 0, 0, 3e6, None, 3e6, 3e6),
    ]


def test_cheques_of_the_shipped_companies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("capital/cheques", cohort="vision-2015")
    columns = ("participations", "published", "unpublished", "companies", "cheque_min")
    # 200m in SenseTime's listing and 30m in Yitu; of Megvii's and CloudWalk's nothing is published.
    assert pick(rows, *columns, kind="state-fund") == [(4, 2, 2, 2, 230e6)]
    # 1bn and 5m in SenseTime, 20m in Megvii.
    assert pick(rows, *columns[3:], "largest", kind="corporate") == [(2, 1025e6, 1e9)]
