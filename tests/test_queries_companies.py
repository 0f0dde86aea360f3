"""Queries about companies: rows worked out by hand from the CSV files, and from small cases."""

from typing import Any

import pytest
from tests.support import load_records
from tests.test_queries import closed, facts, pick, report  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import Investor, Round, Startup, Total
from whofunds.stores.base import Store


def test_valuations_are_a_series_of_closed_rounds(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("companies/valuations", company="moonshot-ai")
    columns = ("announced", "stage", "basis", "min", "max", "stated", "disputed")
    # Talks of March 2026 at 170 to 180bn are no valuation; the C+ is a commitment, yet priced.
    assert pick(rows, *columns) == [
        ("2023-06", "angel", "not said", 3e8, 3e8, 3e8, False),
        ("2023-10", "A", "post", 8e8, 8e8, 8e8, False),
        # 2.3bn at least and 2.5bn, as a conflict.
        ("2024-02", "B", "not said", 2.3e9, None, 2.5e9, True),
        ("2024-08", "B+", "not said", 3.3e9, 3.3e9, 3.3e9, False),
        ("2025-12-31", "C", "not said", 4.3e9, 4.3e9, 4.3e9, False),
        ("2026-02", "C+", "not said", 1e10, 1e10, 1e10, False),
        ("2026-05", "D", "not said", 2e10, 2e10, 2e10, False),
    ]
    # The A1 of July 2023 has none.
    assert pick(rows, "without", "possible", stage="D") == [(1, 0)]
    early = facts.query("companies/valuations", company="moonshot-ai", as_of="2024-02-15")
    assert pick(early, "announced", "possible") == [("2023-06", 1), ("2023-10", 1)]


def test_a_pre_money_valuation_is_marked_and_foreign_ones_counted(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            closed("acme", "2020-01-15", valuation="$20m", valuation_basis="pre"),
            closed("acme", "2021-01-15", stage="B", valuation="over ¥90m"),
            closed("acme", "2022-01-15", stage="C", valuation="$9m", status="talks"),
        ],
    )
    rows = Graph(store).query("companies/valuations", company="acme")
    columns = ("stage", "basis", "valuation_min", "valuation_max", "min", "max", "unconverted")
    assert pick(rows, *columns) == [
        ("A", "pre", 2e7, 2e7, 2e7, 2e7, 0),
        ("B", "not said", 9e7, None, None, None, 1),
    ]
    assert pick(rows, "reports", stage="A") == [([report("acme-2020-01-15")],)]


def test_forms_of_money_stand_apart(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("companies/money-forms", company="light-years-beyond")
    columns = ("form", "brings", "deals", "floor", "stated", "ceiling")
    assert pick(rows, *columns) == [
        ("commitment", "promise", 1, 5e7, 5e7, 5e7),
        # Two reports, two prices.
        ("acquisition", "nothing", 1, 233.7e6, 233.7e6, 285e6),
    ]
    rows = facts.query("companies/money-forms", company="deepseek", currency="CNY")
    assert pick(rows, *columns, "undisclosed") == [
        ("equity", "raised", 1, 51e9, 51e9, 51e9, 0),
        ("parent", "parent", 1, None, None, None, 1),
    ]


@pytest.mark.parametrize("currency", ["USD", "CNY"])
def test_forms_agree_with_what_is_raised(facts: Graph, currency: str) -> None:  # noqa: F811
    named = {"equity": "equity", "debt": "debt", "mixed": "mixed", "listing": "listing"}
    named["commitment"] = "commitments"
    for row in facts.query("ceiling/raised", currency=currency):
        forms = facts.query("companies/money-forms", company=row["company"], currency=currency)
        found = {f["form"]: (f["floor"], f["stated"]) for f in forms}
        for form, name in named.items():
            expected = (row[f"{name}_floor"], row[f"{name}_stated"])
            assert found.get(form, (None, None)) == expected, (row["company"], form)
        held = sum(f["deals"] for f in forms if f["brings"] == "raised")
        assert held == row["rounds"], row["company"]


def test_peers_share_investors_and_say_how_much_is_held(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("companies/peers", company="tars")
    columns = ("investors", "led_both", "of", "of_peer", "rounds", "rounds_named", "rounds_stated")
    # Meituan led the only round of TARS that we hold, and is in one round of Galbot of three.
    assert pick(rows, *columns, peer="galbot") == [(["Meituan"], [], 1, 2, 3, 1, None)]
    assert {r["shared"] for r in rows} == {1}
    assert pick(facts.query("companies/peers", company="galbot"), "shared", peer="tars") == [(1,)]


def test_peers_leave_out_talks_purchases_and_what_may_be_later(store: Store) -> None:
    names = ("ours", "peer", "talks", "bought", "maybe")
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in names),
            *(Investor(id=i, name=i.title()) for i in ("one", "two")),
            closed("ours", "2020-01-15", "one", "two"),
            closed("peer", "2020-02-15", "one"),
            closed("peer", "2021-02-15", stage="B"),
            closed("talks", "2020-03-15", "one", status="talks"),
            closed("bought", "2020-03-15", "one", instrument="acquisition"),
            closed("maybe", "2020", "two"),
            Total(company="peer", report=report("count"), rounds=3, since="2019", until="2020-05"),
        ],
    )
    asked = {"company": "ours", "as_of": "2020-06-30"}
    rows = Graph(store).query("companies/peers", **asked)
    columns = ("peer", "shared", "investors", "of", "of_peer", "rounds", "rounds_named", "possible")
    assert pick(rows, *columns) == [
        ("peer", 1, ["One"], 2, 1, 1, 1, 0),
        ("maybe", 0, [], 2, 0, 0, 0, 1),
    ]
    assert pick(rows, "reports") == [
        ([report("count"), report("ours-2020-01-15"), report("peer-2020-02-15")],),
        ([],),
    ]
    assert pick(rows, "rounds_stated", "rounds_held") == [(3, 1), (None, None)]


def test_totals_of_the_facts(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("companies/totals")
    columns = ("until", "total_stated", "rounds_stated", "rounds", "not_held", "stated", "verdict")
    # One round of 122m is held; the report of July counts two with 242m.
    assert pick(rows, *columns, company="tars", own_currency="USD") == [
        ("2025-07-08", 242e6, 2, 1, 1, 122e6, "we hold less")
    ]
    # 410m of July and 227m of December 2017: the third round of the year has no sum.
    assert pick(rows, *columns, company="sensetime", since="2017-01-01") == [
        ("2017-12-31", None, 3, 3, 0, 637e6, "no sum")
    ]
    doubted = pick(rows, "verdict", company="moonshot-ai", own_currency="CNY")
    assert doubted == [("in doubt",)]


def stated(company: str, amount: str, **more: Any) -> Total:
    page = report(f"{company}-{amount}")
    return Total(company=company, report=page, amount=amount, **more)


def test_totals_against_what_lies_in_their_span(store: Store) -> None:
    def paid(company: str, day: str, amount: str, **more: Any) -> Round:
        return closed(company, day, amount=amount, **more)

    year = {"since": "2020-01-01", "until": "2020-12-31"}
    load_records(
        store,
        "cases",
        [
            *(
                Startup(id=c, name=c)
                for c in ("agrees", "rounded", "less", "more", "open", "pledged", "span")
            ),
            *(
                paid(c, "2020-05-15", "$10m")
                for c in ("agrees", "rounded", "less", "more", "open", "pledged")
            ),
            paid("pledged", "2020-06-15", "$9m", instrument="commitment"),
            paid("pledged", "2021-06-15", "$9m", listing="ipo"),
            paid("open", "2020-06-15", "over $1m", stage="B"),
            paid("span", "2019-12-31", "$1m", stage="seed"),
            paid("span", "2020-05-15", "$2m"),
            paid("span", "2020", "$4m", stage="B"),
            # Days of the year from April on: it may lie in the span, or not.
            paid("span", "2020-12", "$8m", stage="C"),
            stated("agrees", "$10m", **year),
            stated("rounded", "$10.4m", **year),
            stated("less", "$20m", rounds=3, **year),
            stated("more", "$5m", **year),
            stated("pledged", "$19m", **year),
            stated("open", "$90m", **year),
            stated("span", "$12m", since="2020-01-01", until="2020-12-15"),
        ],
    )
    rows = Graph(store).query("companies/totals")
    columns = ("company", "rounds", "perhaps", "not_held", "floor", "ceiling", "open", "verdict")
    assert pick(rows, "apart", "verdict", company="pledged") == [
        (1, "less without what stands apart")
    ]
    assert [row for row in pick(rows, *columns) if row[0] != "pledged"] == [
        ("agrees", 1, 0, 0, 10e6, 10e6, 0, "can agree"),
        ("less", 1, 0, 2, 10e6, 10e6, 0, "we hold less"),
        ("more", 1, 0, 0, 10e6, 10e6, 0, "we hold more"),
        ("open", 2, 0, 0, 11e6, None, 1, "can agree"),
        ("rounded", 1, 0, 0, 10e6, 10e6, 0, "can agree"),
        ("span", 1, 2, 0, 2e6, 14e6, 0, "can agree"),
    ]
