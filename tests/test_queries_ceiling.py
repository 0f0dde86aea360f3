"""Queries about the ceiling: rows worked out by hand, and sums that must agree with each other."""

from collections import Counter

import pytest
from tests.support import load_records
from tests.test_queries import closed, facts, pick, report, total  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import Startup, Total
from whofunds.stores.base import Store


def test_every_event_is_in_or_out_and_says_why(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("ceiling/reconciliation", company="minimax", currency="USD")
    columns = ("announced", "stage", "counts", "why", "floor", "stated", "ceiling", "open")
    assert pick(rows, *columns[:-1], own_currency="USD") == [
        ("2022-01", "angel", "in", "equity", 30e6, 30e6, 30e6),
        ("2023-06-01", "A", "in", "equity", 250e6, 250e6, 250e6),
        ("2024-03", "B", "in", "equity", 600e6, 600e6, None),
        ("2024-03", "B", "out", "talks", 600e6, 600e6, 600e6),
        ("2025-07", "C", "in", "equity", None, 300e6, 300e6),
    ]
    assert pick(rows, "announced", "stage", "counts", "why", open="undisclosed") == [
        ("2023-11", "strategic", "in", "equity"),
        (None, "pre-B+", "in", "equity"),
        (None, "pre-B++", "in", "equity"),
    ]
    assert pick(rows, "counts", "own_currency", announced="2026-01-09") == [("out", "HKD")]
    # Dollars need no rate; Hong Kong's do.
    assert [r["announced"] for r in rows if r["rate_date"]] == ["2026-01-09"]
    assert pick(rows, "rate_date", "rate_source", why="ipo") == [
        ("2026-01-09", "ECB euro reference rates")
    ]


@pytest.mark.parametrize("currency", ["CNY", "USD"])
@pytest.mark.parametrize("as_of", ["9999-12-31", "2024-06-15"])
def test_events_add_up_to_what_is_raised(
    facts: Graph,  # noqa: F811
    currency: str,
    as_of: str,
) -> None:
    asked = {"currency": currency, "as_of": as_of}
    for row in facts.query("ceiling/raised", **asked):
        events = facts.query("ceiling/reconciliation", company=row["company"], **asked)
        counted = [e for e in events if e["counts"] == "in"]
        for name in ("floor", "stated"):
            known = [e[name] for e in counted if e[name] is not None]
            assert (sum(known) if known else None) == row[name], (row["company"], name)
        assert len(counted) == row["rounds"]
        assert sum(e["counts"] == "possible" for e in events) == row["possible"]
        opened = Counter(e["open"] for e in counted)
        for why in ("undisclosed", "at least", "not convertible", "disputed"):
            told = opened[why] == 0 or f"{opened[why]} {why}" in row["open"]
            assert told, (row["company"], why, row["open"])
        if row["ceiling"] is not None:
            assert sum(e["ceiling"] for e in counted) == row["ceiling"]
            assert not any(e["open"] for e in counted)
        apart = [e for e in events if e["why"] in ("ipo", "post-ipo") and e["floor"]]
        certain = [e["floor"] for e in apart if (e["last"] or "9999-12-31") <= as_of]
        assert sum(certain) == (row["listing_floor"] or 0)


def test_valuations_against_a_line(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("ceiling/valuation", line=4e9, currency="USD")
    columns = ("valued", "stage", "basis", "top_stated", "last_stated", "rounds", "valued_rounds")
    assert pick(rows, *columns, company="moonshot-ai") == [
        ("by 2025-12-31", "C", "not said", 2e10, 2e10, 8, 7)
    ]
    # Over 4.5bn in April 2018, the C+ of May at 4.5bn pre-money; the last of four is 12bn.
    line = facts.query("ceiling/valuation", line=4.4e9, currency="USD", as_of="2018-06-30")
    told = pick(line, "valued", "top_stated", "last_basis", company="sensetime")
    assert told == [("by 2018-05-31", 4.5e9, "pre")]
    assert [r["top_stated"] or 0 for r in rows] == sorted(
        (r["top_stated"] or 0 for r in rows), reverse=True
    )


@pytest.mark.parametrize("line", [5e8, 2e10])
def test_valuations_agree_with_those_beside_the_money(facts: Graph, line: float) -> None:  # noqa: F811
    asked = {"line": line, "currency": "CNY"}
    beside = {r["company"]: r["valued"] for r in facts.query("ceiling/raised", **asked)}
    assert beside == {r["company"]: r["valued"] for r in facts.query("ceiling/valuation", **asked)}


def test_a_valuation_on_stated_figures_or_below(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c) for c in ("below", "nearly", "unsaid", "pre")),
            closed("below", "2020-01-15", valuation="$30m"),
            closed("nearly", "2020-01-15", valuation="nearly $50m"),
            closed("unsaid", "2020-01-15", valuation="$30m"),
            closed("unsaid", "2021-01-15", stage="B"),
            closed("pre", "2020-01-15", valuation="$60m", valuation_basis="pre"),
            closed("pre", "2021-01-15", stage="B", valuation="$40m", valuation_basis="post"),
            closed("pre", "2022-01-15", stage="C", valuation="$90m", status="talks"),
        ],
    )
    rows = Graph(store).query("ceiling/valuation", line=50e6, currency="USD")
    columns = ("company", "valued", "basis", "top_stated", "last_stated", "last_basis")
    assert pick(rows, *columns) == [
        ("pre", "by 2020-01-15", "pre", 60e6, 40e6, "post"),
        ("nearly", "on stated figures, 2020-01-15", "not said", 50e6, 50e6, "not said"),
        ("below", "below", None, 30e6, 30e6, "not said"),
        ("unsaid", "can't be excluded", None, 30e6, 30e6, "not said"),
    ]
    assert pick(rows, "rounds", "valued_rounds", company="unsaid") == [(2, 1)]


def test_below_is_said_only_where_no_round_may_be_missing(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c) for c in ("whole", "later", "short", "cut")),
            *(closed(c, "2020-01-15", valuation="$40m") for c in ("whole", "later", "short")),
            closed("cut", "2020-01-15", stage="B", valuation="$40m"),
            closed("later", "2021", stage="B", amount="$90m", valuation="$90m"),
            *(closed("short", f"{y}-01-15", stage="B", valuation="$40m") for y in (2021, 2022)),
            Total(company="short", report=report("all"), until="2022-12-31", rounds=3),
            Total(company="short", report=report("early"), until="2020-12-31", rounds=2),
        ],
    )
    asked = {"line": 80e6, "currency": "USD"}
    columns = ("company", "raised", "ceiling", "open", "valued")
    open_ = "can't be excluded"
    # Short: three counted and three held by 2022, but one of the two by 2020.
    after = Graph(store).query("ceiling/raised", **asked)
    assert sorted(pick(after, *columns)) == [
        ("cut", open_, None, "open: first round held: B", open_),
        ("later", "by 2021-12-31", 95e6, "", "by 2021-12-31"),
        ("short", open_, None, "open: 1 not held", open_),
        ("whole", "below", 5e6, "", "below"),
    ]
    assert {report("all"), report("early")} <= set(pick(after, "reports", company="short")[0][0])
    # By June the round of 2021 may have closed, or not.
    before = Graph(store).query("ceiling/raised", **asked, as_of="2021-06-30")
    assert pick(before, *columns, company="later") == [
        ("later", open_, None, "open: 1 possible", open_)
    ]
    for day, rows in (("2021-06-30", before), ("9999-12-31", after)):
        valued = Graph(store).query("ceiling/valuation", **asked, as_of=day)
        assert sorted(pick(valued, "company", "valued")) == sorted(pick(rows, "company", "valued"))
    assert {report("all"), report("early")} <= set(pick(valued, "reports", company="short")[0][0])


def test_cohorts_say_what_is_not_held(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="one", name="One", cohort="x", founded="2019"),
            Startup(id="two", name="Two", cohort="x", founded="2019"),
            Startup(id="young", name="Young", cohort="x", founded="2024-06"),
            closed("one", "2020-01-15", amount="$1m"),
            closed("one", "2020-06-15", amount="$1m", stage="B"),
            closed("two", "2020-01-15", amount="$1m"),
            Total(company="one", report=report("all"), until="2020-12-31", rounds=5),
            Total(company="young", report=report("young"), until="2024-12-31", rounds=4),
        ],
    )
    asked = {"months": 18, "currency": "USD", "as_of": "2024-12-31"}
    rows = Graph(store).query("ceiling/cohorts", **asked)
    # Of five rounds of One two are held; Young is not yet a year old, and nobody counts Two's.
    # Two were certainly closed within 18 months of 2019-01-01.
    columns = ("age", "companies", "rounds", "not_held", "uncounted")
    assert pick(rows, *columns) == [(12, 2, 0, 3, 1), (18, 2, 3, 3, 1)]
    assert all(report("all") in urls for (urls,) in pick(rows, "reports"))


def test_the_previous_generation_in_native_currencies(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("ceiling/own-currencies", cohort="vision-2015")
    columns = ("companies", "rounds", "floor", "stated", "ceiling", "open")
    # Megvii 25, 100, 450 to 460, 600 and 750; SenseTime 410, 227, 600, 620 and 1,000; Yitu 30.
    assert pick(rows, *columns, currency="USD") == [(3, 11, 4812e6, 4822e6, 4822e6, 0)]
    # Cloudwalk 1.8bn, which another account makes 18bn; Yitu 100m.
    assert pick(rows, *columns, currency="CNY") == [(2, 2, 1.9e9, 1.9e9, None, 0)]
    assert pick(rows, *columns, "names", currency="") == [
        (2, 3, None, None, None, 3, ["SenseTime", "Yitu Technology"])
    ]
    # SenseTime 7 of 12, Yitu 3 of 10, Megvii 5 of 3; nobody counts CloudWalk's.
    coverage = ("cohort_companies", "cohort_rounds", "cohort_missing", "cohort_uncounted")
    assert pick(rows, *coverage, currency="USD") == [(4, 16, 12, 1)]
    assert pick(rows, "cut", currency="CNY") == [
        (["CloudWalk Technology (first round held: pre-ipo)"],)
    ]


def test_native_currencies_need_no_rate(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title(), cohort="x") for c in ("one", "two")),
            Startup(id="none", name="None", cohort="x"),
            closed("one", "2020-01-15", amount="HK$7m"),
            closed("two", "2020-01-15", amount="over HK$2m", stage="seed"),
            closed("two", "2021", amount="HK$4m"),
            closed("two", "2022-01-15", amount="¥9m", stage="B"),
            closed("two", "2022-02-15", amount="$9m", stage="B", status="talks"),
            closed("two", "2022-03-15", amount="$9m", stage="C", listing="ipo"),
            total("one", "HK$9m", "2020"),
        ],
    )
    rows = Graph(store).query("ceiling/own-currencies", as_of="2021-06-30")
    columns = ("currency", "companies", "rounds", "floor", "ceiling", "open", "possible")
    assert pick(rows, *columns) == [("HKD", 2, 2, 9e6, None, 1, 1)]
    later = Graph(store).query("ceiling/own-currencies")
    assert pick(later, *columns) == [
        ("HKD", 2, 3, 13e6, None, 1, 0),
        ("", 1, 1, None, None, 0, 0),
    ]
    assert pick(later, "cohort_companies", "cohort_uncounted", currency="HKD") == [(3, 3)]
