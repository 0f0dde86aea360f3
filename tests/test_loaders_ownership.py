"""Who owns whom, as BODS, FollowTheMoney and Wikidata have it: worked out by hand from tests/data.

A part-of link is taken for control by every query, so a share that isn't control must not be one.
"""

from pathlib import Path
from typing import Any

import pytest
from tests.support import snapshot
from tests.test_queries import pick

from whofunds import Graph, InputError
from whofunds.stores.base import Store

DATA = Path(__file__).parent / "data"
LEI = "lei:5493001KJTIIGC8Y1R12"
PAGE = "https://www.wikidata.org/wiki/"


def owners(store: Store) -> list[tuple[Any, ...]]:
    """Every part-of link; each stands on what its source says."""
    rows = store.query(
        "MATCH (a:Investor)-[p:PART_OF]->(b:Investor) RETURN a.id AS part, b.id AS whole, p.since, "
        "p.until, p.share_min, p.share_max, p.report, p.basis AS basis ORDER BY part, whole"
    ).rows
    assert {basis for *_, basis in rows} == {"source-stated"}
    return [tuple(row[:-1]) for row in rows]


def entities(store: Store, label: str) -> dict[str, tuple[Any, ...]]:
    fields = "n.name, n.names, n.country, n.ids"
    rows = store.query(f"MATCH (n:{label}) RETURN n.id, {fields} ORDER BY n.id").rows
    return {id_: (name, sorted(names), *rest) for id_, name, names, *rest in rows}


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]


def same_again(graph: Graph, loader: str, path: Path, **options: Any) -> None:
    before = snapshot(graph.store)
    outcome = graph.load(loader, path, **options)
    assert (outcome.new, outcome.changed) == (0, 0)
    assert snapshot(graph.store) == before


def test_bods(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    graph, path = Graph(store), DATA / "bods" / "statements.json"
    outcome = graph.load("bods", path)
    assert [(r.file, r.line, r.reason) for r in outcome.rejects] == [
        ("statements.json", 19, "not an object with named values")
    ]
    assert said(caplog) == [
        # 40 %; a smaller share stated last; 50 to 100 %; a right to appoint to the board.
        "statements.json: relationships left out, as no control is stated "
        "(at most 50 %, of unknown size, or of another type): 4",
        "statements.json: relationships left out, as one of the two has no name: 1",
    ]
    statement = "statements.json, stmt-{}-0123456789abcdef0123".format
    assert owners(store) == [
        ("bods:r-aldebaran", "bods:r-works", "2020-06-01", None, None, None,
         "https://register.example/rel-law"),
        ("bods:r-deneb", "bods:r-lyra", "2017-04-06", "2022-05-05", 50, 75,
         statement("13-rel-ended")),
        # By votes; how many shares isn't said.
        ("bods:r-deneb", "bods:r-orion", "2022-05-06", None, None, None, statement("14-rel-votes")),
        ("bods:r-lyra", "bods:r-aldebaran", "2019-03-01", None, 60, 60, statement("08-rel-60")),
    ]  # fmt: skip
    # Who stands in no such link isn't taken; a jurisdiction is no country of control.
    assert entities(store, "Investor") == {
        "bods:r-aldebaran": (
            "Aldebaran Holding SA", ["Aldebaran Group", "Aldebaran Holding SA"], None, [LEI]),
        "bods:r-deneb": ("Deneb Fund", ["Deneb Fund"], None, []),
        "bods:r-lyra": ("Lyra Ventures", ["Lyra Ventures"], None, ["gb-coh:09999999"]),
        "bods:r-orion": ("Maria Orion", ["Maria Orion", "Марія Оріон"], None, []),
        "bods:r-works": ("Ministry of Works", ["Ministry of Works"], "PT", []),
    }  # fmt: skip
    columns = ("chain", "state_controlled", "share_min", "kinds")
    before = graph.query("investors/control", investor="Deneb Fund", as_of="2021-12-31")
    chain = "Deneb Fund > Lyra Ventures > Aldebaran Holding SA > Ministry of Works"
    assert pick(before, *columns) == [(chain, "yes", 50, ["unknown"])]
    after = graph.query("investors/control", investor="Deneb Fund", as_of="2022-12-31")
    assert pick(after, *columns) == [("Deneb Fund > Maria Orion", "unknown", None, ["unknown"])]
    # Published on 3 February 2021.
    for day, expected in (
        ("2021-02-02", "Lyra Ventures"),
        ("2021-02-03", "Lyra Ventures > Aldebaran Holding SA"),
    ):
        known = graph.query("investors/control", investor="Lyra Ventures", known_by=day)
        assert pick(known, "chain") == [(expected,)]
    same_again(graph, "bods", path)


def test_bods_before_0_4_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match=r"old\.json:1: a statement of BODS 0\.3 or before"):
        Graph(store).load("bods", DATA / "bods" / "old.json")


def test_followthemoney(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    graph, path = Graph(store), DATA / "followthemoney" / "entities.ftm.json"
    outcome = graph.load("followthemoney", path)
    assert [(r.file, r.line, r.value, r.reason[:9]) for r in outcome.rejects] == [
        ("entities.ftm.json", 17, "", "not JSON:"),
        ("entities.ftm.json", 15, "ftm:ex-elsewhere", "no invest"),
    ]
    assert said(caplog) == [
        # 48.5; none; 50-75; "most".
        "entities.ftm.json: ownerships left out, as no control is stated "
        "(at most 50 %, or of unknown size): 4"
    ]
    assert owners(store) == [
        ("ftm:ex-carina", "ftm:ex-pavo", "2015-07-01", None, 51.5, 51.5, "entities.ftm.json, o-1"),
        ("ftm:ex-mensa", "ftm:ex-pavo", None, None, None, None, "entities.ftm.json, ex-mensa"),
        ("ftm:ex-pavo", "ftm:ex-grus", "2014-01-01", None, 75, 100, "https://filings.example/pavo"),
        ("ftm:ex-pavo", "ftm:ex-wei", None, "2013-12-31", 50, None, "entities.ftm.json, o-3"),
    ]
    carina = ["CARINA CAPITAL LLC", "CC", "Carina Capital", "船底座资本"]
    assert entities(store, "Investor") == {
        "ftm:ex-ara": ("Ara Foundation", ["Ara Foundation"], None, []),
        "ftm:ex-carina": ("Carina Capital", carina, "CN", ["domain:carina.example", LEI]),
        "ftm:ex-grus": (
            "Grus Municipal Commission", ["Grus Municipal Commission"], "CN", []),
        "ftm:ex-mensa": ("Mensa Partners", ["Mensa Partners"], None, []),
        "ftm:ex-pavo": ("Pavo Group", ["Pavo Group", "Pavo Trading"], None, ["wikidata:Q1"]),
        "ftm:ex-wei": ("Wei Corvus", ["Wei Corvus"], "SG", []),
    }  # fmt: skip
    rows = graph.query("investors/control", investor="船底座资本")
    assert pick(rows, "chain", "state_controlled", "share_min", "country") == [
        ("Carina Capital > Pavo Group > Grus Municipal Commission", "yes", 51.5, "CN")
    ]
    same_again(graph, "followthemoney", path)


@pytest.mark.parametrize("file", ["result.json", "query.json"])  # of the endpoint, of the page
def test_wikidata(store: Store, caplog: pytest.LogCaptureFixture, file: str) -> None:
    graph, path = Graph(store), DATA / "wikidata" / file
    outcome = graph.load("wikidata", path)
    assert [r.reason for r in outcome.rejects] == [
        "there is no such key",
        "neither an investor nor a startup; give role, as --set role=startup",
    ]
    assert said(caplog) == [
        # 80 % of a startup; an owner without a share; one with 30 %.
        f"{file}: owners left out, as they own a startup, "
        "or are not known to hold more than 50 %: 3"
    ]
    assert owners(store) == [
        ("wikidata:Q900002", "wikidata:Q900003", "2015-04-01", "2019-12-31", None, None,
         f"{PAGE}Q900002"),
        # A day without a precision is no more than a year.
        ("wikidata:Q900002", "wikidata:Q900200", "2020-01-01", None, None, None, f"{PAGE}Q900002"),
        ("wikidata:Q900003", "wikidata:Q900203", None, None, 67.5, 67.5, f"{PAGE}Q900003"),
    ]  # fmt: skip
    startups, investors = entities(store, "Startup"), entities(store, "Investor")
    assert startups == {
        "wikidata:Q900001": (
            "Crux AI", ["Crux", "Crux AI", "南十字"], "FR",
            ["domain:crux.example", "wikidata:Q900001"])
    }  # fmt: skip
    assert {(id_, name, country) for id_, (name, _, country, _) in investors.items()} == {
        ("wikidata:Q900002", "Norma Ventures", None),  # of FR and LU
        ("wikidata:Q900003", "天炉集团", None),
        ("wikidata:Q900200", "Octans Group", None),
        ("wikidata:Q900203", "Republic of Fornax", None),
    }
    ids = ["crunchbase:norma-ventures", LEI, "wikidata:Q900002"]
    assert investors["wikidata:Q900002"][-1] == ids
    seats = "MATCH (n:Startup|Investor)-[b:BASED_IN]->(c:City) RETURN n.id AS id, c.id, c.name"
    assert store.query(f"{seats}, c.country, c.latitude, c.longitude ORDER BY id").rows == [
        ("wikidata:Q900001", "wikidata:Q900100", "Volans", "FR", 48.85, 2.35),
        ("wikidata:Q900002", "wikidata:Q900100", "Volans", "FR", 48.85, 2.35),
    ]
    founded = "MATCH (n:Startup) RETURN n.founded_first, n.founded_last"
    assert store.query(founded).rows == [("2021-01-01", "2021-12-31")]
    for day, top in (("2018-06-30", "Republic of Fornax"), ("2021-06-30", "Octans Group")):
        rows = graph.query("investors/control", investor="Norma Ventures", as_of=day)
        assert pick(rows, "top_name", "reports")[0][0] == top
    same_again(graph, "wikidata", path)
    outcome = graph.load("wikidata", path, role="startup")
    assert (outcome.new, outcome.changed, outcome.rejected) == (1, 0, 1)
    assert entities(store, "Startup")["wikidata:Q900004"] == (
        "Musca",
        ["Musca"],
        "DE",
        ["wikidata:Q900004"],
    )
