"""Lists of companies: no round and no investor comes out of them; rows worked out by hand."""

from pathlib import Path

from tests.test_loaders_crunchbase import counts, faults
from tests.test_queries import pick

from whofunds import Graph
from whofunds.stores.base import Store

DATA = Path(__file__).parent / "data"
FACTS = ("name", "country", "founded_first", "seats")


def test_y_combinator(store: Store) -> None:
    graph = Graph(store)
    first = graph.load("y-combinator", DATA / "y_combinator" / "all.json")
    assert first.rejected == 0
    assert sorted(pick(graph.query("entities/company-facts"), "name", "country", "seats")) == [
        # Of two places, or none, no seat is known.
        ("Deux Rives", None, []),
        ("Lumen", "US", ["yc:US/CA/San Francisco"]),
        ("Nowhere Labs", None, []),
        ("Quillworks", "US", ["yc:US/CA/San Francisco"]),
        ("Thamesware", "GB", ["yc:GB/England/London"]),
    ]
    cohorts = [row["id"] for row in graph.query("entities/cohorts")]
    assert cohorts == ["yc-f24", "yc-s23", "yc-w12", "yc-w16"]
    assert [m["id"] for m in graph.find("Pen & Co")["matches"]] == ["yc:quillworks"]
    (held,) = graph.query("entities/held")
    assert (held["rounds"], held["investors"]) == (0, 0)
    assert counts(graph.load("y-combinator", DATA / "y_combinator" / "all.json"))[:2] == (0, 0)


def test_yclist(store: Store) -> None:
    graph = Graph(store)
    graph.load("y-combinator", DATA / "y_combinator" / "list.json")
    startups = store.query("MATCH (s:Startup) RETURN s.id, s.cohort, s.ids ORDER BY s.id").rows
    assert startups == [
        ("yc:s05/fieldmap", "yc-s05", ["domain:fieldmap.example"]),
        ("yc:w12/driftnote", "yc-w12", []),
    ]


def test_unicorns_of_cb_insights(store: Store) -> None:
    graph, file = Graph(store), DATA / "unicorns" / "cb_insights.csv"
    first = graph.load("unicorns", file)
    assert sorted(pick(graph.query("entities/company-facts"), *FACTS)) == [
        ("Halcyon Pay", "US", "2014-01-01", ["unicorns:US/New York"]),
        ("Merlion Goods", "SG", None, []),
        ("Sandstar", "CN", "2012-01-01", ["unicorns:CN/Beijing"]),
    ]
    rows = graph.query("companies/totals", currency="USD")
    assert pick(rows, "company_name", "until", "total_stated", "reports") == [
        ("Sandstar", None, 7_440_000_000, ["cb_insights.csv, Sandstar (CN)"]),
        ("Halcyon Pay", None, 350_000_000, ["cb_insights.csv, Halcyon Pay (US)"]),
    ]
    (held,) = graph.query("entities/held")
    assert (held["rounds"], held["investors"]) == (0, 0)
    assert counts(graph.load("unicorns", file)) == (0, 0, first.new, 0)


def test_unicorns_of_maven(store: Store, tmp_path: Path) -> None:
    graph, rejects = Graph(store), tmp_path / "rejects.csv"
    graph.load("unicorns", DATA / "unicorns" / "maven.csv", rejects=rejects)
    assert sorted(pick(graph.query("entities/company-facts"), *FACTS)) == [
        ("Old Mill", "DE", "1919-01-01", ["unicorns:DE/Duderstadt"]),
        ("Quiet Sea", "KR", "2016-01-01", []),
        # Two companies of one name.
        ("Volt", "EE", "2013-01-01", ["unicorns:EE/Tallinn"]),
        ("Volt", "US", "2014-01-01", ["unicorns:US/San Francisco"]),
    ]
    rows = graph.query("companies/totals", currency="USD")
    assert pick(rows, "total_stated", company="unicorns:EE/volt") == [(2_000_000_000,)]
    # Undisclosed is not zero, and zero is not undisclosed: it is named.
    assert faults(rejects) == [("maven.csv", "4", "Funding", "$0M")]
