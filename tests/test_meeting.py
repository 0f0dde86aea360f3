"""Sources that meet: an identifier decides, unless something tells against it."""

import json
from typing import Any

import pytest
from tests.support import FACTS, load, load_records, snapshot
from tests.test_identity import former, fund, one
from typer.testing import CliRunner

from whofunds import Decision, Graph, Investor, Link, NameNotFound, Participant, Round, Startup
from whofunds.cli import app
from whofunds.stores.base import Store

PAGE = "https://example.org/"
LEI = "lei:5493001KJTIIGC8Y1R12"
OTHER_LEI = "lei:HWUPKR0MPOU8FGXBT394"


def firm(id_: str, name: str, *ids: str, **more: Any) -> Investor:
    return fund(id_, name, ids=ids, **more)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (firm("n", "North", LEI), firm("cb:1", "Pole", LEI.lower(), country="FR"), True),
        (firm("n", "North", "cik:123"), firm("cb:1", "Pole", "cik:0000123", country=""), True),
        (firm("n", "North", "domain:https://www.North.org/en?x=1"),
         firm("cb:1", "Pole", "domain:north.org"), True),
        (firm("n", "North", "stock:HK:2513"), firm("cb:1", "Pole", "stock:HK:02513"), True),
        (firm("m", "North", "domain:north.org"), firm("n", "Pole", "domain:north.org"), True),
        # A source's own id is an identifier, and another scheme's is one where it is stated.
        (firm("n", "North", "wikidata:http://www.wikidata.org/entity/Q5"),
         firm("wikidata:Q5", "Pole"), True),
        (firm("n", "North", "pitchbook:1-2"), firm("cb:1", "Pole", "pitchbook:1-2"), True),
        # Names alone would say the one thing, identifiers the other.
        (firm("n", "North Fund", LEI), firm("cb:1", "North Fund", OTHER_LEI), False),
        (firm("n", "North", LEI, "domain:north.org"),
         firm("cb:1", "North", OTHER_LEI, "domain:north.org"), False),
        (firm("n", "North", LEI, OTHER_LEI), firm("cb:1", "North", OTHER_LEI), True),
        # A domain with other names in another country is doubtful; with one of them it is not.
        (firm("n", "North", "domain:north.org"),
         firm("cb:1", "Pole", "domain:north.org", country="FR"), False),
        (firm("n", "North Star", "domain:north.org"),
         firm("cb:1", "The North", "domain:north.org", country="FR"), True),
        (firm("n", "智谱", "domain:zhipuai.cn"),
         firm("cb:1", "Zhipu", "domain:zhipuai.cn", country="US"), True),
        # Many have a page there.
        (firm("n", "North", "domain:linkedin.com/company/north"),
         firm("cb:1", "Pole", "domain:fr.linkedin.com/company/pole"), False),
        (firm("n", "North", "domain:north.org"), firm("cb:1", "Pole", "domain:shop.north.org"),
         False),
    ],
)  # fmt: skip
def test_an_identifier_decides(
    store: Store, ours: Investor, theirs: Investor, expected: bool
) -> None:
    assert one(store, ours, theirs) == expected
    assert one(store, ours, theirs) == expected


def test_what_one_source_keeps_apart_only_a_strict_identifier_makes_one(store: Store) -> None:
    arm, group = firm("cb:1", "Pole", "domain:pole.org"), firm("cb:2", "Polar", "domain:pole.org")
    load_records(store, "theirs", [arm, group])
    load_records(store, "ours", [firm("n", "North", "domain:pole.org")])
    assert former(store) == {}
    arm.ids = group.ids = ["cik:7"]
    load_records(store, "theirs", [arm, group])
    assert former(store) == {"cb:1": ["cb:2"]}


def test_what_tells_against_a_chain_leaves_its_surer_part(store: Store) -> None:
    graph = Graph(store)
    load_records(store, "s1", [firm("a", "A", "cik:1", "domain:a.org")])
    load_records(store, "s2", [firm("cb:b", "B", "domain:a.org", "wikidata:Q2")])
    assert former(store) == {"a": ["cb:b"]}
    whole = snapshot(store)
    load_records(store, "s3", [firm("ix:c", "C", "wikidata:Q2", "cik:2")])
    assert former(store) == {"cb:b": ["ix:c"]}
    states = {row["field"]: row["state"] for row in graph.decisions()}
    assert states["wikidata:Q2"] == "obeyed" and states["domain:a.org"].startswith("unsure")
    graph.unload("s3")
    assert snapshot(store) == whole
    # Whom a source calls a part of another is not the other.
    part = Link(type="part-of", source="cb:b", target="a", report=PAGE)
    load_records(store, "s4", [part])
    assert former(store) == {}
    assert store.query("MATCH (x)-[:PART_OF]->(y) RETURN x.id, y.id").rows == [("cb:b", "a")]
    graph.unload("s4")
    assert snapshot(store) == whole
    key = graph.decide("different", "a", "cb:b", why="two firms of one building")
    assert former(store) == {}
    graph.undo(key)
    assert snapshot(store) == whole
    # A person may say that two are one whose identifiers differ.
    load_records(store, "s3", [firm("ix:c", "C", "wikidata:Q2", "cik:2")])
    load_records(store, "kim", [Decision(type="same", of="investor", a="a", b="ix:c")])
    assert former(store) == {"a": ["cb:b", "ix:c"]}


def test_a_company_and_an_investor_stay_two(store: Store) -> None:
    load_records(store, "ours", [firm("n", "North", LEI)])
    load_records(store, "theirs", [Startup(id="cb:1", name="North", ids=[LEI])])
    assert former(store) == {}
    rows = store.query("MATCH (n:Startup|Investor) RETURN n.id AS id, n.ids ORDER BY id").rows
    assert rows == [("cb:1", [LEI]), ("n", [LEI])]


def test_an_entity_is_found_by_its_identifiers(store: Store) -> None:
    graph = Graph(store)
    load_records(store, "ours", [firm("n", "North", LEI, "domain:north.org", "domain:x.com/n")])
    load_records(store, "theirs", [firm("wikidata:Q5", "Pole", "domain:pole.org", LEI)])
    load_records(store, "more", [firm("m", "Pole.org", "domain:m.org")])
    graph = Graph(store)
    for text in ("north.org", "https://www.north.org/en", "domain:north.org", "wikidata:Q5",
                 "wikidata:q5", LEI.lower()):  # fmt: skip
        found = graph.find(text)
        assert [(m["id"], m["kind"]) for m in found["matches"]] == [("n", "investor")], text
        assert found["verdict"] == "match"
        assert graph.compare(text, "m").verdict != "same"
    # A domain and a name that are two entities'; nobody has the address of a host of many.
    assert {m["id"] for m in graph.find("pole.org")["matches"]} == {"m", "n"}
    with pytest.raises(NameNotFound, match="is the name of several: investor:n"):
        graph.query("investors/portfolio", investor="pole.org")
    assert graph.find("x.com")["verdict"] == "none"
    assert graph.find("domain:nort.org")["verdict"] == "none"


def test_what_is_doubtful_is_proposed_with_its_identifier(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    load_records(store, "ours", [firm("n", "North", "domain:north.org")])
    load_records(store, "theirs", [firm("cb:1", "Pole", "domain:north.org", country="FR")])
    result = CliRunner().invoke(app, ["review", "--format", "jsonl"])
    (line,) = map(json.loads, result.stdout.splitlines())
    assert (line["a"], line["b"], line["verdict"]) == ("cb:1", "n", "unsure")
    assert line["why"] == [
        "both have the identifier domain:north.org",
        "against it: Pole is of FR, North of CN",
    ]
    told = CliRunner().invoke(app, ["compare", "n", "cb:1"]).stdout
    assert "both have the identifier domain:north.org" in told


def test_a_second_source_meets_the_shipped_facts(store: Store) -> None:
    """Shipped: about 400m USD on 2024-05-31 at 3bn, and on 2024-05 exactly that."""
    graph = Graph(store)
    load(store, "ai-funding", FACTS)
    before = snapshot(store)
    report = "https://www.crunchbase.com/funding_round/zhipu-ai-series-unknown"
    theirs = [
        Startup(id="crunchbase:zhipu-ai", name="Zhipu AI", names=["智谱AI"], country="CN",
                ids=["domain:zhipuai.cn"]),
        Investor(id="crunchbase:prosperity7", name="Prosperity7 Ventures", country="SA"),
        Round(id="z", company="crunchbase:zhipu-ai", report=report, announced="2024-05-31",
              amount="400m USD", valuation="2.5bn USD",
              participants=[Participant(investor="crunchbase:prosperity7")]),
    ]  # fmt: skip
    load_records(store, "crunchbase", theirs)
    found = graph.find("Zhipu AI", "company")["matches"]
    assert [m["id"] for m in found] == ["zhipu-ai"]
    for text in ("zhipuai.cn", "crunchbase:zhipu-ai"):
        assert graph.find(text)["matches"][0]["id"] == "zhipu-ai"
    words = [dict(row) for row in graph.why("crunchbase:z")]
    assert [(w["field"], w["value"], w["says"], w["outcome"]) for w in words[:2]] == [
        ("company", "zhipu-ai", "crunchbase:zhipu-ai and zhipu-ai are one",
         "decided by whofunds: they share 2 names"),
        ("members", "prosperity7", "crunchbase:prosperity7 and prosperity7 are one",
         "decided by whofunds: both are called Prosperity7 Ventures and are of SA"),
    ]  # fmt: skip
    assert {w["account"]: w["outcome"] for w in words if w["field"] == "amount"}.keys() == {
        "ai-funding:zhipu-2024-05", "ai-funding:zhipu-2024-05-firstpost", "crunchbase:z"
    }  # fmt: skip
    values = [w for w in words if w["field"] == "valuation"]
    assert {(w["disputed"], w["value"]) for w in values} == {
        (True, "2,500,000,000 to 3,000,000,000 USD")
    }
    assert {w["account"]: w["says"] for w in values}["crunchbase:z"] == "2,500,000,000 USD"
    reports = {url for w in values for url in w["reports"]}
    assert report in reports and len(reports) == 3
    graph.unload("crunchbase")
    assert snapshot(store) == before
