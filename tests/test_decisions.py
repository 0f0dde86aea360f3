"""Decisions: what is one, what is not, what is wrong; each obeyed, named and taken back."""

from typing import Any

import pytest
from tests.support import load_records, snapshot

from whofunds import (
    City,
    Condition,
    Decision,
    Graph,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    Total,
    UsageError,
)
from whofunds.stores.base import Store

PAGE = "https://example.org/"


def deal(id_: str, company: str, page: str, *investors: str, **more: Any) -> Round:
    """A closed seed round of March 2024."""
    named = [Participant(investor=i) for i in investors]
    told = {"announced": "2024-03-05", "stage": "A", "amount": "20m USD"} | more
    return Round(id=id_, company=company, report=PAGE + page, participants=named, **told)


def ours() -> list[Any]:
    return [
        City(id="xian", name="Xi'an", country="CN"),
        City(id="chang-an", name="Chang'an"),
        Startup(id="acme", name="Acme", country="CN"),
        Investor(id="north", name="North Fund", country="CN"),
        Investor(id="pole", name="Pole Group"),
        Investor(id="nord", name="Nord", country="FR"),
        Link(type="kind", source="nord", target="vc"),
        Link(type="part-of", source="nord", target="north"),
        Link(type="part-of", source="north", target="pole"),
        Link(type="seat", of="startup", source="acme", target="chang-an"),
        Report(url=PAGE + "1", name="Acme raises", published_on="2024-03-06"),
        deal("a", "acme", "1", "north", "nord"),
        Total(company="acme", report=PAGE + "1", amount="50m USD"),
        Condition(investor="nord", company="acme", type="required", report=PAGE + "1"),
    ]


def theirs() -> list[Any]:
    """Another source's company, with ids of its own."""
    return [
        Startup(id="zz:9", name="Acme Robotics", country="CN"),
        Investor(id="zz:1", name="Someone"),
        deal("x", "zz:9", "2", "zz:1", announced="2024-03"),
        Total(company="zz:9", report=PAGE + "2", amount="55m USD"),
        Condition(investor="zz:1", company="zz:9", type="required", report=PAGE + "2"),
    ]


def rows(store: Store, cypher: str) -> list[tuple[Any, ...]]:
    return store.query(cypher).rows


def rounds(store: Store) -> dict[str, list[str]]:
    """Round -> its accounts."""
    return dict(rows(store, "MATCH (r:FundingRound) RETURN r.id, r.accounts ORDER BY r.id"))


def members(store: Store) -> set[tuple[str, str]]:
    return set(rows(store, "MATCH (i:Investor)-[:INVESTED_IN]->(r:FundingRound) RETURN i.id, r.id"))


def ends(store: Store, type_: str) -> list[tuple[str, str]]:
    return sorted(rows(store, f"MATCH (a)-[:{type_}]->(b) RETURN a.id, b.id"))


def former(store: Store, label: str) -> dict[str, list[str]]:
    return dict(rows(store, f"MATCH (n:{label}) RETURN n.id, n.former ORDER BY n.id"))


def states(graph: Graph) -> dict[str, str]:
    return {row["key"]: row["state"] for row in graph.decisions()}


@pytest.fixture
def graph(store: Store) -> Graph:
    load_records(store, "ours", ours())
    load_records(store, "theirs", theirs())
    return Graph(store)


def test_two_investors_are_one_in_rounds_links_and_conditions(graph: Graph) -> None:
    store, before = graph.store, snapshot(graph.store)
    key = graph.decide("same", "nord", "North Fund", by="kim", why="renamed")
    assert key == "decisions:decision:identity/investor/nord/north"
    # Both are shared ids: the smallest is kept. It takes part once, though the account names both.
    assert former(store, "Investor") == {"nord": ["north"], "pole": [], "zz:1": []}
    assert members(store) == {("nord", "ours:a"), ("zz:1", "theirs:x")}
    assert ends(store, "PART_OF") == [("nord", "pole")]  # and no loop
    assert ends(store, "SET_CONDITION") == [("nord", "acme"), ("zz:1", "zz:9")]
    assert ends(store, "IS_A") == [("nord", "vc"), ("pole", "unknown"), ("zz:1", "unknown")]
    # By source then key, nord's record comes first: its name and country.
    node = rows(store, "MATCH (i:Investor {id: 'nord'}) RETURN i.name, i.names, i.country")
    assert node == [("Nord", ["Nord", "North Fund"], "FR")]
    (row,) = graph.decisions()
    assert (row["by"], row["why"], row["state"]) == ("kim", "renamed", "obeyed")
    graph.undo(key)
    assert snapshot(store) == before


def test_two_companies_are_one_and_their_accounts_meet(graph: Graph) -> None:
    store, before = graph.store, snapshot(graph.store)
    assert rounds(store) == {"ours:a": ["ours:a"], "theirs:x": ["theirs:x"]}
    key = graph.decide("same", "acme", "zz:9", kind="company")
    # The shared id, which has no scheme, is kept.
    assert former(store, "Startup") == {"acme": ["zz:9"]}
    assert rounds(store) == {"ours:a": ["ours:a", "theirs:x"]}
    assert members(store) == {(i, "ours:a") for i in ("north", "nord", "zz:1")}
    assert ends(store, "STATES_TOTAL") == [(PAGE + "1", "acme"), (PAGE + "2", "acme")]
    assert ends(store, "SET_CONDITION") == [("nord", "acme"), ("zz:1", "acme")]
    graph.undo(key)
    assert snapshot(store) == before


def test_two_cities_are_one(graph: Graph) -> None:
    graph.decide("same", "xian", "chang-an", kind="city")
    assert former(graph.store, "City") == {"chang-an": ["xian"]}
    assert ends(graph.store, "BASED_IN") == [("acme", "chang-an")]


def test_what_comes_later_about_a_merged_id_stands_at_the_one_kept(graph: Graph) -> None:
    store = graph.store
    graph.decide("same", "acme", "zz:9", kind="company")
    graph.decide("same", "nord", "zz:1")
    later = [
        deal("y", "zz:9", "3", "zz:1", announced="2025-06-01", stage="B", amount="90m USD"),
        Link(type="kind", source="zz:1", target="pe"),
        Link(type="seat", source="zz:1", target="xian"),
        Investor(id="zz:1", name="Someone", names=["Somebody"]),
    ]
    load_records(store, "later", later)
    assert members(store) == {("north", "ours:a"), ("nord", "ours:a"), ("nord", "later:y")}
    assert ends(store, "FUNDS") == [("later:y", "acme"), ("ours:a", "acme")]
    assert ("nord", "pe") in ends(store, "IS_A")
    assert ("nord", "xian") in ends(store, "BASED_IN")
    names = "MATCH (i:Investor {id: 'nord'}) RETURN i.names"
    assert rows(store, names) == [(["Someone", "Somebody", "Nord"],)]
    graph.unload("later")
    assert rows(store, names) == [(["Nord", "Someone"],)]
    assert ends(store, "FUNDS") == [("ours:a", "acme")]


def test_chains_and_ids_that_nobody_declares(store: Store) -> None:
    load_records(store, "ours", [Startup(id="acme", name="Acme"), deal("a", "acme", "1", "b", "d")])
    graph = Graph(store)
    load_records(store, "list", [
        Decision(type="same", of="investor", a=a, b=b) for a, b in (("a", "b"), ("b", "c"))
    ])  # fmt: skip
    assert former(store, "Investor") == {}
    # c alone is declared, so what was said of b is c's, by way of b = c.
    load_records(store, "late", [Investor(id="c", name="See")])
    assert (former(store, "Investor"), members(store)) == ({"c": []}, {("c", "ours:a")})
    load_records(store, "late", [Investor(id="a", name="Ay")])
    assert former(store, "Investor") == {"a": ["c"]}
    assert members(store) == {("a", "ours:a")}
    graph.undo("list:decision:identity/investor/a/b")
    assert (former(store, "Investor"), members(store)) == ({"a": [], "c": []}, {("c", "ours:a")})


def test_a_second_decision_of_a_pair_takes_the_place_of_the_first(graph: Graph) -> None:
    before = snapshot(graph.store)
    first = graph.decide("same", "nord", "north")
    second = graph.decide("different", "north", "nord")
    assert first == second
    assert [row["type"] for row in graph.decisions()] == ["different"]
    assert snapshot(graph.store) == before


def test_contradictions_are_refused_or_named_and_not_obeyed(graph: Graph) -> None:
    store = graph.store
    graph.decide("same", "nord", "north", by="kim")
    graph.decide("same", "north", "pole", by="kim")
    whole, kept = snapshot(store), graph.decisions().values
    with pytest.raises(
        UsageError, match=r"identity/investor/nord/north.*identity/investor/north/p"
    ):
        graph.decide("different", "nord", "pole")
    assert (snapshot(store), graph.decisions().values) == (whole, kept)
    # Somebody else decided it, so none of the chain is obeyed, whoever said it.
    apart = Decision(type="different", of="investor", a="nord", b="pole")
    load_records(store, "lee", [apart, Decision(type="same", of="investor", a="zz:1", b="zz:2")])
    assert set(former(store, "Investor")) == {"nord", "north", "pole", "zz:1"}
    both = [f"decisions:decision:identity/investor/{p}" for p in ("nord/north", "north/pole")]
    other = "lee:decision:identity/investor/nord/pole"
    assert states(graph) == {
        both[0]: f"contradicts {other}",
        both[1]: f"contradicts {other}",
        other: f"contradicts {both[0]}, {both[1]}",
        "lee:decision:identity/investor/zz:1/zz:2": "nothing is held of 'zz:2'; "
        "`whofunds find` finds what is",
    }
    # A contradiction elsewhere is no reason to refuse, even where the two hang together.
    graph.decide("different", "pole", "zz:1")
    graph.undo(other)
    assert snapshot(store) == whole


def test_a_ring_is_refused(graph: Graph) -> None:
    before = snapshot(graph.store)
    with pytest.raises(UsageError, match=r"ours:link:\w+ \(a part-of that ours gives\)"):
        graph.decide("part-of", "pole", "nord")
    with pytest.raises(UsageError, match="a part-of that ours gives"):
        graph.decide("same", "pole", "nord")
    key = graph.decide("part-of", "pole", "zz:1", by="kim")
    with pytest.raises(UsageError, match=f"{key} .part-of, kim"):
        graph.decide("part-of", "zz:1", "nord")
    graph.undo(key)
    assert snapshot(graph.store) == before
    graph.decide("same", "pole", "zz:1")
    with pytest.raises(UsageError, match="a part-of that ours gives"):
        graph.decide("part-of", "zz:1", "nord")


def test_part_of(graph: Graph) -> None:
    key = graph.decide("part-of", "zz:1", "pole")
    assert ("zz:1", "pole") in ends(graph.store, "PART_OF")
    graph.decide("same", "zz:1", "pole")
    assert ends(graph.store, "PART_OF") == [("nord", "north"), ("north", "pole")]
    graph.undo(key)
    assert ends(graph.store, "PART_OF") == [("nord", "north"), ("north", "pole")]


def test_a_report_is_rejected(graph: Graph) -> None:
    store = graph.store
    extra = [
        Link(type="seat", source="pole", target="xian", report=PAGE + "1"),
        # One participant of another account rests on the report, beside one who does not.
        Round(id="z", company="zz:9", report=PAGE + "2", announced="2025-01-01", participants=[
            Participant(investor="pole", report=PAGE + "1"), Participant(investor="zz:1"),
        ]),
    ]  # fmt: skip
    load_records(store, "extra", extra)
    before = snapshot(store)
    key = graph.decide("reject", PAGE + "1", by="kim", why="withdrawn by its publisher")
    assert rounds(store) == {"extra:z": ["extra:z"], "theirs:x": ["theirs:x"]}
    assert members(store) == {("zz:1", "extra:z"), ("zz:1", "theirs:x")}
    assert ends(store, "STATES_TOTAL") == [(PAGE + "2", "zz:9")]
    assert ends(store, "SET_CONDITION") == [("zz:1", "zz:9")]
    assert ends(store, "BASED_IN") == [("acme", "chang-an")]
    assert rows(store, "MATCH (r:Report) RETURN r.id") == [(PAGE + "2",)]
    # What comes later and rests on it counts no more.
    load_records(store, "extra", [deal("b", "acme", "1", announced="2022-01-01")])
    assert set(rounds(store)) == {"extra:z", "theirs:x"}
    graph.unload("extra")
    load_records(store, "extra", extra)
    graph.undo(key)
    assert snapshot(store) == before


def test_only_decisions_are_taken_back_one_by_one(graph: Graph) -> None:
    before = snapshot(graph.store)
    for key in ("ours:startup:acme", "x", "decisions:decision:reject/none", ""):
        with pytest.raises(UsageError, match="no decision has the key"):
            graph.undo(key)
    assert snapshot(graph.store) == before
