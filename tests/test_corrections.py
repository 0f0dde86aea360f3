"""Decisions about accounts and fields: joined, split, corrected, and taken back."""

from pathlib import Path
from typing import Any

import pytest
from tests.support import load_records, snapshot
from tests.test_decisions import deal, rounds, rows, states

from whofunds import City, Decision, Graph, Investor, Link, Startup, UsageError
from whofunds.stores import open_store
from whofunds.stores.base import Store


def told(store: Store) -> Graph:
    """A company with a round in two accounts, a tranche inside, talks, and a later round."""
    load_records(store, "s", [
        Startup(id="acme", name="Acme"),
        Startup(id="bolt", name="Bolt"),
        Investor(id="north", name="North"),
        deal("1", "acme", "1", "north"),
        deal("2", "acme", "2", "north"),
        deal("3", "acme", "3", inside="1", amount="5m USD"),
        deal("4", "acme", "4", status="talks", announced="2023-01-01", amount="70m USD"),
        deal("5", "acme", "5", announced="2025-01-01", stage="B"),
        deal("1b", "bolt", "6", announced="2025-01-01"),
    ])  # fmt: skip
    assert rounds(store) == {
        "s:1": ["s:1", "s:2", "s:3"],
        "s:1b": ["s:1b"],
        "s:4": ["s:4"],
        "s:5": ["s:5"],
    }
    return Graph(store)


def test_accounts_are_joined_and_split(store: Store) -> None:
    graph = told(store)
    before = snapshot(store)
    keys = [
        graph.decide("split", "s:1", "s:3", why="it has money of its own"),
        graph.decide("split", "2", "1"),
        graph.decide("split", "2", "3"),
        graph.decide("join", "s:4", "5", by="kim", why="what was talked about closed"),
    ]
    assert rounds(store) == {
        "s:1": ["s:1"],
        "s:1b": ["s:1b"],
        "s:2": ["s:2"],
        "s:3": ["s:3"],
        "s:4": ["s:4", "s:5"],
    }
    said = [(r["says"], r["outcome"]) for r in graph.why("s:5") if r["field"] == "accounts"]
    assert said == [
        ("one round with s:5", "decided by kim: what was talked about closed"),
    ]
    load_records(store, "t", [Decision(type="join", a="s:1", b="s:5", company="acme")])
    with pytest.raises(UsageError, match="accounts/s:4/s:5"):
        graph.decide("split", "s:4", "s:1")
    graph.unload("t")
    # In a company with one contradiction, what is apart from it is obeyed and not refused.
    load_records(store, "t", [Decision(type="split", a="s:4", b="s:5", company="acme")])
    assert set(rounds(store)) == {"s:1", "s:1b", "s:2", "s:3", "s:4", "s:5"}
    assert states(graph)[keys[0]] == "obeyed"
    assert states(graph)[keys[3]] == "contradicts t:decision:accounts/s:4/s:5"
    graph.unload("t")
    for wrong in (("join", "s:1", "s:1b"), ("join", "s:1", "s:1")):
        with pytest.raises(UsageError):
            graph.decide(*wrong)
    for key in keys:
        graph.undo(key)
    assert snapshot(store) == before


def test_accounts_of_two_companies_that_are_one_can_be_joined(store: Store) -> None:
    graph = told(store)
    graph.decide("same", "acme", "bolt", kind="company")
    before = snapshot(store)
    assert (rounds(store)["s:5"], rounds(store)["s:1b"]) == (["s:5"], ["s:1b"])
    key = graph.decide("join", "s:1b", "s:5")
    assert rounds(store)["s:1b"] == ["s:1b", "s:5"]
    assert states(graph)[key] == "obeyed"
    graph.undo(key)
    assert snapshot(store) == before


@pytest.mark.parametrize(
    ("kind", "what", "field", "value", "asked", "found"),
    [
        ("company", "acme", "name", "Acme Labs", "(n:Startup {id: 'acme'}) RETURN n.name",
         "Acme Labs"),
        ("company", "acme", "country", "SG", "(n:Startup {id: 'acme'}) RETURN n.country", "SG"),
        ("company", "acme", "founded", "2019", "(n:Startup {id: 'acme'}) RETURN n.founded_last",
         "2019-12-31"),
        ("company", "acme", "cohort", "x", "(n:Startup {id: 'acme'}) RETURN n.cohort", "x"),
        ("company", "acme", "name", "Labs", "(n:FundingRound {id: 's:5'}) RETURN n.name",
         "Labs · B · 2025-01-01"),
        ("investor", "North", "kind", "pe", "({id: 'north'})-[:IS_A]->(k) RETURN k.id", "pe"),
        ("investor", "north", "state_controlled", "yes",
         "(n:Investor {id: 'north'}) RETURN n.state_controlled", "yes"),
        ("investor", "north", "level", "central", "(n:Investor {id: 'north'}) RETURN n.level",
         "central"),
        ("city", "xian", "latitude", "34.5", "(n:City {id: 'xian'}) RETURN n.latitude", 34.5),
        ("round", "s:5", "amount", "over 30m EUR", "(n:FundingRound {id: 's:5'}) "
         "RETURN n.amount_min_eur", 30_000_000),
        ("round", "5", "amount", "", "(n:FundingRound {id: 's:5'}) RETURN n.amount_min", None),
        ("round", "s:5", "status", "talks", "(n:FundingRound {id: 's:5'}) RETURN n.status",
         "talks"),
        ("round", "s:5", "announced", "2025-02", "(n:FundingRound {id: 's:5'}) "
         "RETURN n.announced_last", "2025-02-28"),
        ("round", "s:5", "valuation", "1bn USD", "(n:FundingRound {id: 's:5'}) "
         "RETURN n.valuation_max", 1_000_000_000),
        ("round", "s:5", "instrument", "debt", "(n:FundingRound {id: 's:5'}) RETURN n.instrument",
         "debt"),
        ("round", "s:5", "listing", "ipo", "(n:FundingRound {id: 's:5'}) RETURN n.listing", "ipo"),
        ("round", "s:5", "stage", "C", "(n:FundingRound {id: 's:5'}) RETURN n.stage", "C"),
    ],
)  # fmt: skip
def test_a_field_is_corrected(
    kind: str, what: str, field: str, value: str, asked: str, found: Any, tmp_path: Path
) -> None:
    with open_store(tmp_path / "s") as store:
        graph = told(store)
        load_records(store, "more", [City(id="xian", name="Xi'an"),
                                     Link(type="kind", source="north", target="vc")])  # fmt: skip
        before = snapshot(store)
        key = graph.decide("correct", what, kind=kind, field=field, value=value)
        assert rows(store, f"MATCH {asked}") == [(found,)]
        assert [row["value"] for row in graph.decisions()] == [value]
        graph.undo(key)
        assert snapshot(store) == before


def test_a_correction_of_what_is_wrong_is_refused(store: Store) -> None:
    graph = told(store)
    before = snapshot(store)
    for kind, what, field, value, said in (
        ("round", "s:5", "amount", "lots", "lots"),
        ("round", "s:5", "status", "maybe", "one of closed, talks"),
        ("round", "s:5", "name", "x", "of a round one can correct announced"),
        ("investor", "north", "kind", "", "one of state-fund"),
        ("investor", "north", "names", "x", "one can correct"),
        ("company", "acme", "name", "", "letter or digit"),
        ("company", "acme", "founded", "03/04/2024", "ambiguous"),
        ("company", "acme", "name", "=1+1", "formula"),
        ("company", "nobody", "name", "x", "no company is called"),
        ("round", "s:9", "amount", "1 USD", "no round or account"),
    ):
        with pytest.raises(UsageError, match=said):
            graph.decide("correct", what, kind=kind, field=field, value=value)
    with pytest.raises(UsageError):
        graph.decide("same", "north", "acme")
    with pytest.raises(UsageError):
        graph.decide("reject", "https://example.org/none")
    assert snapshot(store) == before
    assert len(graph.decisions()) == 0
    # Two who correct it to different values: neither is obeyed.
    graph.decide("correct", "s:5", kind="round", field="stage", value="C")
    other = Decision(type="correct", of="round", a="s:5", company="acme", field="stage", value="D")
    load_records(store, "lee", [other])
    assert rows(store, "MATCH (r:FundingRound {id: 's:5'}) RETURN r.stage") == [("B",)]
    assert all(s.startswith("contradicts ") for s in states(graph).values())
