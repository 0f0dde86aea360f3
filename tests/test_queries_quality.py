"""Queries about quality: rows worked out by hand from the CSV files, and from small cases."""

from dataclasses import replace

import pytest
from tests.support import load_records
from tests.test_queries import closed, facts, pick, report  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import Startup, Total
from whofunds.stores.base import Store


def test_coverage_of_the_facts(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("quality/coverage")
    columns = ("rounds", "rounds_stated", "not_held", "counted_until", "first_stage", "cut")
    assert pick(rows, *columns, company="unitree") == [(2, 10, 8, "2025-07-31", "B2", True)]
    # Zhipu: more rounds than any report counts, and yet two of the five of 2023 are missing.
    assert pick(rows, *columns, company="zhipu-ai") == [(20, 16, 2, "2023-12-31", "seed", False)]
    # Two rounds of 2021 by a report, of which the B of 2023 is none.
    assert pick(rows, *columns, company="aleph-alpha") == [(1, 2, 2, "2021-07-31", "B", True)]
    assert pick(rows, *columns, company="moonshot-ai") == [(7, None, None, None, "angel", False)]
    # The pledge and the purchase are apart.
    assert pick(rows, "rounds", "apart", "first_stage", company="light-years-beyond") == [
        (0, 2, None)
    ]
    raised = {
        r["company"]: (r["rounds"], r["rounds_stated"]) for r in facts.query("ceiling/raised")
    }
    assert raised == {r["company"]: (r["rounds"], r["rounds_stated"]) for r in rows}


def test_what_may_lie_in_a_span_is_not_missing(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme", founded="2019"),
            closed("acme", "2020-01-15"),
            closed("acme", "2020", stage="B", amount="$9m"),
            closed("acme", "2020-06-15", stage="A+", amount="$1m", instrument="commitment"),
            closed("acme", "2020-07-15", stage="A+", amount="$1m", instrument="secondary"),
            closed("acme", "2021-06-15", stage="C", amount="undisclosed"),
            Total(company="acme", report=report("t"), until="2020-12-31", rounds=5),
            Total(company="acme", report=report("u"), until="2021-12-31", rounds=4),
        ],
    )
    rows = Graph(store).query("quality/coverage")
    columns = ("rounds", "rounds_stated", "not_held", "counted_until", "apart", "no_sum")
    # Of the five by 2020 three may be held: A, B and the commitment.
    assert pick(rows, *columns, "no_names", "one_report") == [(3, 5, 2, "2020-12-31", 2, 1, 3, 3)]
    early = Graph(store).query("quality/coverage", as_of="2020-06-30")
    assert pick(early, *columns, "possible") == [(1, None, None, None, 1, 0, 1)]


def test_sensitivity_of_the_facts(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("quality/sensitivity")
    columns = ("flips", "base", "without_single", "strict", "rounds", "strict_rounds")
    # DeepSeek's only round rests on one report.
    assert pick(rows, *columns, company="deepseek") == [
        (["single", "strict"], "by 2026-06-16", "not on these rounds", "not on these rounds", 1, 0)
    ]
    assert pick(rows, "flips", "base", company="moonshot-ai") == [([], "by 2026-05-31")]


@pytest.mark.parametrize("line", [1e9, 2e10])
def test_sensitivity_starts_from_what_is_raised(facts: Graph, line: float) -> None:  # noqa: F811
    asked = {"line": line, "currency": "USD"}
    for row, base in zip(
        sorted(facts.query("quality/sensitivity", **asked), key=lambda r: r["company"]),
        sorted(facts.query("ceiling/raised", **asked), key=lambda r: r["company"]),
        strict=True,
    ):
        for ours, theirs in ((row["base"], base["raised"]), (row["valued"], base["valued"])):
            reached = theirs.startswith(("by ", "on "))
            assert ours == (theirs if reached else "not on these rounds"), row["company"]
        assert (row["floor"], row["stated"]) == (base["floor"], base["stated"])
        assert (row["rounds"], row["possible"]) == (base["rounds"], base["possible"])


def test_doubtful_rounds_only_lower_what_was_raised(store: Store) -> None:
    def twice(company: str, day: str, **more: object) -> list[object]:
        one = closed(company, day, **more)
        return [one, replace(one, report=report(f"{company}-{day}-again"))]

    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c) for c in ("firm", "disputed", "single", "unsure", "nearly")),
            *twice("firm", "2020-01-15", amount="$10m", valuation="$90m"),
            *twice("disputed", "2020-01-15", amount="$10m", conflicts=["amount"]),
            *twice("single", "2020-01-15", amount="$4m"),
            closed("single", "2021-01-15", stage="B", amount="$6m", valuation="$90m"),
            *twice("unsure", "2020", amount="$10m"),
            *twice("nearly", "2020-01-15", amount="$6m"),
            closed("nearly", "2021", stage="B", amount="nearly $6m"),
        ],
    )
    rows = Graph(store).query("quality/sensitivity", line=10e6, currency="USD")
    columns = ("company", "flips", "base", "strict", "floor", "floor_strict", "strict_rounds")
    day, none = "by 2020-01-15", "not on these rounds"
    assert sorted(pick(rows, *columns)) == [
        ("disputed", ["disputed", "strict"], day, none, 10e6, None, 0),
        ("firm", [], day, day, 10e6, 10e6, 1),
        (
            "nearly",
            ["single", "unsure", "strict"],
            "on stated figures, 2021-12-31",
            none,
            6e6,
            6e6,
            1,
        ),
        ("single", ["single", "strict"], "by 2021-01-15", none, 10e6, 4e6, 1),
        ("unsure", ["unsure", "strict"], "by 2020-12-31", none, 10e6, None, 0),
    ]
    valued = ("valued", "valued_strict", "valued_flips")
    assert pick(rows, *valued, company="firm") == [(day, day, False)]
    assert pick(rows, *valued, company="single") == [("by 2021-01-15", none, True)]
