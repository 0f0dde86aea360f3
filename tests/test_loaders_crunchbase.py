"""Crunchbase's exports: what they say, and nothing that they don't; rows worked out by hand."""

import csv
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.test_queries import pick

from whofunds import Graph, UsageError
from whofunds.stores.base import Store

DATA = Path(__file__).parent / "data"
BULK, OF_2013, OF_2015 = DATA / "crunchbase", DATA / "crunchbase_2013", DATA / "crunchbase_2015"
ROUNDS = ("announced", "stage", "instrument", "listing", "amount_stated", "own_currency")
PEOPLE = ("leads", "investors", "disputed")


def faults(path: Path) -> list[tuple[str, ...]]:
    """The rejects of a load: file, line, column and value."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted((r["file"], r["line"], r["column"], r["value"]) for r in csv.DictReader(file))


def counts(outcome: Any) -> tuple[int, int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged, outcome.rejected


@pytest.fixture
def bulk(store: Store) -> Graph:
    graph = Graph(store)
    graph.load("crunchbase", BULK)
    return graph


def test_bulk_rounds(bulk: Graph) -> None:
    rows = bulk.query("companies/rounds", company="Lumen Robotics")
    assert pick(rows, *ROUNDS) == [
        # 1 January is a year, the 1st of April a month; no sum was given for the seed.
        ("2016", "seed", "equity", "private", None, None),
        ("2017-06-14", "A", "equity", "private", 12_000_000, "EUR"),
        ("2018-04", "convertible note", "mixed", "private", 750_000, "USD"),
        ("2019-02-20", None, "debt", "private", 5_000_000, "USD"),
    ]
    # funding_rounds names Northlight and Baltic as leads; investments says that Baltic was none.
    both = ["Baltic Innovation Office", "Northlight Ventures"]
    assert pick(rows, *PEOPLE) == [
        ([], ["Ada Quist"], []),
        (both, ["Ada Quist", *both], ["lead"]),
        (["Northlight Ventures"], ["Northlight Ventures"], []),
        ([], [], []),
    ]
    page = "https://www.crunchbase.com/funding_round/series-a--0004"
    # 60m EUR at 1.1203 USD, the day's rate.
    valued = pick(rows, "valuation_stated", "valuation_basis", "reports", stage="A")
    assert valued == [(67_218_000, "post", [page])]
    rows = bulk.query("companies/rounds", company="Kestrel Bio")
    assert pick(rows, *ROUNDS, "investors", "disputed") == [
        # Two seed rounds a month apart: the export says that they are two.
        ("2011-03-10", "seed", "equity", "private", 400_000, "GBP", [], []),
        ("2011-04-12", "seed", "equity", "private", 650_000, "GBP", [], []),
        ("2021-03-09", None, "equity", "post-ipo", 30_000_000, "GBP", ["Harbour & Sons"], []),
    ]


def test_bulk_capital(bulk: Graph) -> None:
    rows = bulk.query("capital/behind-company", company="Lumen Robotics")
    columns = ("kind", "investor_name", "groups", "rounds", "as_lead", "cheques")
    assert pick(rows, *columns) == [
        ("angel", "Ada Quist", [], 2, 0, 0),
        ("not named", None, [], 1, 0, 0),
        # A government office: whose government, the type doesn't say.
        ("unknown", "Baltic Innovation Office", [], 1, 1, 0),
        # Northlight Group is in org_parents alone, Fjord Holding in organizations too.
        ("vc", "Northlight Ventures", ["Fjord Holding"], 2, 2, 0),
    ]
    rows = bulk.query("investors/portfolio", investor="Fjord Holding")
    columns = ("company_name", "stage", "investor_name", "kinds", "lead", "cheque_stated")
    assert pick(rows, *columns) == [
        ("Lumen Robotics", "A", "Northlight Ventures", ["vc"], True, None),
        ("Lumen Robotics", "convertible note", "Northlight Ventures", ["vc"], True, None),
    ]
    stated = bulk.store.query(
        "MATCH (:Investor {name: 'Prosperity7 Ventures'})-[k:IS_A]->(s)"
        " RETURN s.id AS id, k.basis AS basis, k.report AS report ORDER BY id"
    ).rows
    page = "https://www.crunchbase.com/organization/prosperity7-ventures"
    assert stated == [("corporate", "source-stated", page), ("vc", "source-stated", page)]
    facts = {row["name"]: row for row in bulk.query("entities/company-facts")}
    assert sorted(facts) == ["Kestrel Bio", "Lumen Robotics", "Zhipu AI"]
    lumen = facts["Lumen Robotics"]
    assert (lumen["country"], lumen["founded_first"], lumen["founded_last"]) == (
        "US",
        "2015-01-01",
        "2015-12-31",
    )
    found = bulk.find("Idle Capital")["matches"]
    assert found == []  # no loaded round names it


def test_bulk_again(store: Store, tmp_path: Path) -> None:
    graph = Graph(store)
    rejects = tmp_path / "rejects.csv"
    first = graph.load("crunchbase", BULK, rejects=rejects)
    assert faults(rejects) == [
        ("funding_rounds.csv", "12", "org_uuid", "c0000000-0000-4000-8000-000000000099"),
        ("funding_rounds.csv", "8", "investment_type", "product_crowdfunding"),
        ("investments.csv", "9", "funding_round_uuid", "d0000000-0000-4000-8000-000000000077"),
    ]
    # Rows in another order, in a folder of a ZIP: the same records.
    shutil.copytree(BULK, tmp_path / "packed" / "bulk_export")
    for file in sorted((tmp_path / "packed" / "bulk_export").iterdir()):
        with file.open(encoding="utf-8", newline="") as text:
            header, *rows = csv.reader(text)
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text).writerows([header, *random.Random(1).sample(rows, len(rows))])
    packed = shutil.make_archive(str(tmp_path / "bulk"), "zip", tmp_path / "packed")
    again = graph.load("crunchbase", packed)
    assert counts(again) == (0, 0, first.new, 3)


def test_bulk_of_one_country(store: Store) -> None:
    graph = Graph(store)
    graph.load("crunchbase", BULK, country="CHN")
    assert [row["name"] for row in graph.query("entities/startups")] == ["Zhipu AI"]
    assert [row["name"] for row in graph.query("entities/investors")] == ["Prosperity7 Ventures"]
    with pytest.raises(UsageError, match="country=Chinna: no country that is known"):
        graph.load("crunchbase", BULK, country="Chinna")


def test_bulk_beside_the_shipped_facts(bulk: Graph) -> None:
    bulk.load("ai-funding")
    assert [m["id"] for m in bulk.find("智谱AI")["matches"]] == ["zhipu-ai"]
    former = "crunchbase:c0000000-0000-4000-8000-000000000001"
    assert pick(bulk.query("entities/startups"), "former", id="zhipu-ai") == [([former],)]
    rows = bulk.query("companies/rounds", company="智谱AI")
    # Yahoo says hundreds of millions of yuan, Crunchbase 1.5bn; Bloomberg about 3bn of value,
    # Crunchbase 2.5bn. Both stay, and the round says so.
    columns = ("amount_min", "amount_max", "own_currency", "disputed", "accounts")
    assert pick(rows, *columns, announced="2022-09") == [
        (200_000_000, 1_500_000_000, "CNY", ["amount"], 2)
    ]
    assert pick(rows, *columns, announced="2024-05-31") == [
        (400_000_000, 400_000_000, "USD", ["valuation"], 3)
    ]
    why = bulk.why("crunchbase:d0000000-0000-4000-8000-000000000001")
    assert pick(why, "account", "says", "disputed", field="amount") == [
        ("ai-funding:zhipu-2022-09-b", "200,000,000 to 999,999,999 CNY", True),
        ("crunchbase:d0000000-0000-4000-8000-000000000001", "1,500,000,000 CNY", True),
    ]


def test_bulk_meets_another_list_by_domain(bulk: Graph) -> None:
    bulk.load("y-combinator", DATA / "y_combinator" / "all.json")
    (lumen,) = bulk.find("Lumen Robotics", "company")["matches"]
    facts = pick(bulk.query("entities/startups"), "names", "former", id=lumen["id"])
    assert facts == [(["Lumen Robotics", "Lumen Robotics, Inc.", "Lumen"], ["yc:lumen"])]


def test_2013_says_no_more_than_it_does(store: Store, tmp_path: Path) -> None:
    graph, rejects = Graph(store), tmp_path / "rejects.csv"
    first = graph.load("crunchbase-2013", OF_2013, rejects=rejects)
    rows = graph.query("companies/rounds", company="Pebblewire")
    # 0 is a sum that isn't known. 20m of value after the A, 40m before the B.
    assert pick(rows, *ROUNDS, "valuation_stated", "valuation_basis") == [
        ("2005-10", "A", "equity", "private", 5_250_000, "USD", 20_000_000, "post"),
        ("2007", "B", "equity", "private", None, None, 40_000_000, "pre"),
    ]
    orchard = ["Orchard Partners"]
    assert pick(rows, *PEOPLE) == [([], ["Ines Duarte", *orchard], []), ([], orchard, [])]
    rows = graph.query("companies/rounds", company="Glasgow Photonics")
    assert pick(rows, *ROUNDS, "investors") == [
        # A company is among the investors; person 99 is in no table.
        ("2010-09-15", "angel", "equity", "private", 300_000, "GBP", ["Mast & Sail"]),
        ("2011-05-20", None, "debt", "private", 1_200_000, "GBP", []),
    ]
    rows = graph.query("capital/behind-company", company="Pebblewire")
    assert pick(rows, "kind", "investor_name", "rounds") == [
        ("angel", "Ines Duarte", 1),
        ("unknown", "Orchard Partners", 2),
    ]
    assert faults(rejects) == [
        ("funding_rounds.csv", "6", "funding_round_code", "crowd"),
        ("funding_rounds.csv", "7", "object_id", "c:404"),
        ("investments.csv", "6", "investor_object_id", "crunchbase-2013:p:99"),
        ("investments.csv", "7", "funding_round_id", "999"),
    ]
    assert counts(graph.load("crunchbase-2013", OF_2013))[:3] == (0, 0, first.new)


def test_2015_worksheets(store: Store, tmp_path: Path) -> None:
    graph, rejects = Graph(store), tmp_path / "rejects.csv"
    first = graph.load("crunchbase-2015", OF_2015, rejects=rejects, published="2015-12-04")
    rows = graph.query("companies/rounds", company="Tidepool AI")
    assert pick(rows, *ROUNDS, "investors") == [
        ("2012-03-15", "seed", "equity", "private", None, None, ["Jonas Lund"]),
        ("2014", None, "equity", "private", 2_250_000, "USD", []),
        (
            "2015-02-10",
            "B",
            "equity",
            "private",
            4_000_000,
            "USD",
            ["Cormorant Capital", "Jonas Lund"],
        ),
    ]
    rows = graph.query("investors/portfolio", investor="Cormorant Capital")
    assert pick(rows, "company_name", "announced", "stage", "kinds", "lead") == [
        ("Fenwick Foods", "2013-07", "equity crowdfunding", ["unknown"], False),
        ("Tidepool AI", "2015-02-10", "B", ["unknown"], False),
    ]
    # Its round stands in investments alone.
    assert len(graph.query("companies/rounds", company="No Rounds Ltd")) == 1
    assert faults(rejects) == [("rounds.csv", "6", "funding_round_type", "product_crowdfunding")]
    assert graph.facts_as_of == "2015-12-04"
    # The same as a workbook with a sheet each.
    book = xlsxwriter.Workbook(tmp_path / "crunchbase_export.xlsx")
    for name in ("Companies", "Rounds", "Investments"):
        sheet = book.add_worksheet(name)
        with (OF_2015 / f"{name.lower()}.csv").open(encoding="utf-8", newline="") as text:
            for line, cells in enumerate(csv.reader(text)):
                sheet.write_row(line, 0, cells)
    book.close()
    again = graph.load(
        "crunchbase-2015", tmp_path / "crunchbase_export.xlsx", published="2015-12-04"
    )
    assert counts(again) == (0, 0, first.new, 1)


def test_2013_investments_without_ids_of_rounds(store: Store, tmp_path: Path) -> None:
    graph, rejects = Graph(store), tmp_path / "rejects.csv"
    file = DATA / "crunchbase_2013_investments" / "crunchbase-investments.csv"
    first = graph.load("crunchbase-2015", file.parent, rejects=rejects)
    rows = graph.query("companies/rounds", company="Café del Sur")
    assert pick(rows, *ROUNDS, "investors") == [
        (
            "2012-10-30",
            "A",
            "equity",
            "private",
            2_000_000,
            "USD",
            ["André Müller", "Peña Ventures"],
        ),
        ("2013-06", "C or later", "equity", "private", 9_500_000, "USD", ["Telefónica del Sur"]),
    ]
    rows = graph.query("companies/rounds", company="Röller GmbH")
    assert pick(rows, *ROUNDS) == [("2011", "angel", "equity", "private", None, None)]
    assert faults(rejects) == [("crunchbase-investments.csv", "6", "funding_round_type", "other")]
    assert counts(graph.load("crunchbase-2015", file, encoding="latin-1")) == (0, 0, first.new, 1)
