"""SEC Form D: amendments are accounts of one round; rows worked out by hand from tests/data."""

import shutil
from pathlib import Path

from tests.support import ROOT, snapshot
from tests.test_queries import pick

from whofunds import Graph
from whofunds.stores.base import Store

QUARTERS = ROOT / "tests" / "data" / "form-d"
SUMS = ("announced", "status", "instrument", "qualifier", "amount_min", "amount_max")


def page(cik: int, filing: int) -> str:
    folder = f"https://www.sec.gov/Archives/edgar/data/{cik}/0009900001210000{filing:02}"
    return f"{folder}/0009900001-21-0000{filing:02}-index.htm"


def test_amendments_are_accounts_of_one_round(store: Store) -> None:
    graph = Graph(store)
    outcome = graph.load("form-d", QUARTERS)
    assert [(r.line, r.value, r.outcome) for r in outcome.rejects] == [
        (5, "0009900001-21-000024", "rejected")
    ]
    assert "neither named nor here" in outcome.rejects[0].reason
    # 3m, then 6m, then all 10m of one offering. The amendment of another, by its file number alone.
    rows = graph.query("companies/rounds", company="Quanta Loom")
    assert pick(rows, *SUMS, "own_currency", "investors", "disputed", "accounts", "reports") == [
        (
            *("2021-01-04", "closed", "equity", "exact", 1e7, 1e7, "USD", [], [], 3),
            [page(9900011, 1), page(9900011, 9), page(9900011, 21)],
        ),
        (
            *("2021-06-01", "closed", "debt", "exact", 7e5, 7e5, "USD", [], [], 2),
            [page(9900011, 25), page(9900011, 26)],
        ),
    ]
    raised = graph.query("ceiling/raised", currency="USD")
    assert pick(raised, "floor", "stated", "ceiling", "rounds", company="cik:9900011") == [
        (10.7e6, 10.7e6, 10.7e6, 2)
    ]
    # An amendment that takes back what was sold, and moves the first sale by a month.
    rows = graph.query("companies/rounds", company="cik:9900013")
    assert pick(rows, *SUMS, "disputed", "accounts") == [
        ("2021-02-20", "closed", "equity", "at_least", 2e6, None, ["amount", "date"], 2)
    ]
    # Nothing sold yet is a plan; what was sold later is money, and no account of the plan.
    rows = graph.query("companies/rounds", company="Plan Ahead")
    assert pick(rows, *SUMS, "accounts") == [
        ("2021-03-01", "planned", "equity", "at_most", None, 4e6, 1),
        ("2021-05-10", "closed", "equity", "at_least", 1e6, None, 1),
    ]
    rows = graph.query("companies/rounds", company="Note & Co")
    assert pick(rows, *SUMS) == [("2021-02-01", "closed", "mixed", "exact", 1.5e6, 1.5e6)]


def test_only_issuers_are_companies_and_nobody_is_an_investor(store: Store) -> None:
    graph = Graph(store)
    graph.load("form-d", QUARTERS)
    assert pick(graph.query("entities/startups"), "id", "names") == [
        ("cik:9900011", ["Quanta Loom Corporation", "Quanta Loom Inc.", "Loomworks Inc."]),
        ("cik:9900013", ["Shenzhen Kite Robotics Ltd"]),
        ("cik:9900015", ["Note & Co"]),
        ("cik:9900017", ["Plan Ahead, Inc."]),
    ]
    countries = graph.cypher("MATCH (c:Startup) RETURN c.country AS country ORDER BY c.id")
    assert [row["country"] for row in countries] == ["US", "CN", "CA", "US"]
    assert graph.cypher("MATCH (i:Investor) RETURN count(i) AS investors")[0]["investors"] == 0
    behind = graph.query("capital/behind-company", company="cik:9900011")
    assert pick(behind, "kind_name", "investor", "rounds") == [("No investor named", None, 2)]


def test_funds_and_mergers_are_options(store: Store) -> None:
    graph = Graph(store)
    graph.load("form-d", QUARTERS, funds="yes", mergers=True)
    rows = graph.query("companies/rounds", company="Harbor Bee Growth Fund II")
    assert pick(rows, *SUMS) == [("2021-01-10", "closed", "equity", "at_least", 5e7, None)]
    rows = graph.query("companies/rounds", company="Merged Oak")
    assert pick(rows, *SUMS) == [("2021-01-25", "closed", "in-kind", "exact", 8e6, 8e6)]


def test_quarters_may_be_zips_and_come_one_by_one_in_any_order(
    store: Store, tmp_path: Path
) -> None:
    graph = Graph(store)
    graph.load("form-d", QUARTERS)
    together = snapshot(store)
    again = graph.load("form-d", QUARTERS)
    assert (again.new, again.changed, again.units) == (0, 0, 0)
    graph.unload("form-d")
    for quarter in ("2021Q2_d", "2021Q1_d"):
        archive = shutil.make_archive(str(tmp_path / quarter), "zip", QUARTERS, quarter)
        graph.load("form-d", archive)
    # Each set knows but its own filings: still one round, that says so and is counted once.
    rows = graph.query("companies/rounds", company="cik:9900011")
    assert pick(rows, *SUMS, "disputed", "accounts")[0] == (
        *("2021-01-04", "closed", "equity", "range", 6e6, None, ["amount"], 3),
    )
    assert len(rows) == 2
    graph.load("form-d", tmp_path)
    assert snapshot(store) == together
