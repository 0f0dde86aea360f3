"""A second source's ids: what is beyond doubt one with ours, and what is not."""

import itertools
from typing import Any

import pytest
from tests.support import load_records, snapshot

from whofunds import City, Decision, Graph, Investor, Participant, Round, Startup
from whofunds.stores.base import Store

PAGE = "https://example.org/"


def former(store: Store) -> dict[str, list[str]]:
    """What is merged: the id that is kept -> the others."""
    found = store.query("MATCH (n:Investor) RETURN n.id, n.former ORDER BY n.id").rows
    return {id_: ids for id_, ids in found if ids}


def one(store: Store, ours: Investor, *others: Investor) -> bool:
    """Whether they are one by themselves, each from a source of its own."""
    for number, record in enumerate((ours, *others)):
        load_records(store, f"s{number}", [record])
    merged = former(store)
    for number in range(1 + len(others)):
        Graph(store).unload(f"s{number}")
    assert store.record_counts() == {}
    return merged == {ours.id: sorted(o.id for o in others)}


def fund(id_: str, name: str = "North Fund", *names: str, **more: Any) -> Investor:
    return Investor(id=id_, name=name, names=names, **{"country": "CN", **more})


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (fund("n"), fund("cb:1"), True),
        (fund("n"), fund("cb:1", "NORTH  fund"), True),
        (fund("n", "北方基金", "North Fund"), fund("cb:1"), True),
        (fund("n"), fund("cb:1", country="FR"), False),
        (fund("n"), fund("cb:1", country=""), False),
        (fund("n", country=""), fund("cb:1", country=""), False),
        # Two names are enough without a country, but not against one.
        (fund("n", "North Fund", "北方基金"), fund("cb:1", "North Fund", "北方基金", country=""),
         True),
        (fund("n", "North Fund", "北方基金"), fund("cb:1", "North Fund", "北方基金", country="FR"),
         False),
        # A name that neither goes by is no reason.
        (fund("n", "North", "Pole"), fund("cb:1", "South", "Pole"), False),
        # A short Latin name may be an acronym; two Chinese letters may not.
        (fund("n", "ABC"), fund("cb:1", "ABC"), False),
        (fund("n", "红杉"), fund("cb:1", "红杉"), True),
        (fund("n", level="central"), fund("cb:1", level="district"), False),
        (fund("n", state_controlled="yes"), fund("cb:1", state_controlled="no"), False),
        # Two shared ids are two on purpose, and so are two of one source.
        (fund("n"), fund("m"), False),
        (fund("cb:2"), fund("cb:1"), False),
    ],
)  # fmt: skip
def test_what_is_beyond_doubt(
    store: Store, ours: Investor, theirs: Investor, expected: bool
) -> None:
    assert one(store, ours, theirs) == expected
    assert one(store, ours, theirs) == expected


def test_a_third_that_could_be_meant_makes_it_doubtful(store: Store) -> None:
    assert one(store, fund("n"), fund("cb:1"), fund("ix:1"))
    assert not one(store, fund("n"), fund("cb:1"), fund("cb:2"))
    assert not one(store, fund("n"), fund("cb:1"), fund("m", country=""))
    # n and cb:1 each are one with ix:1, which has no country, but not with each other.
    names = ("North Fund", "北方基金")
    n, cb, ix = fund("n", *names), fund("cb:1", *names, country="FR"), fund("ix:1", *names)
    ix.country = ""
    assert not one(store, n, cb, ix)
    assert not one(store, n, cb)
    for source, record in (("s1", n), ("s2", cb), ("s3", ix)):
        load_records(store, source, [record])
    assert former(store) == {}
    listed = Graph(store).decisions()
    assert len(listed) == 2
    assert {row["state"][:6] for row in listed} == {"unsure"}


def world() -> dict[str, list[Any]]:
    def deal(id_: str, company: str, page: str, investor: str) -> Round:
        return Round(
            id=id_,
            company=company,
            report=PAGE + page,
            announced="2024-03-05",
            stage="A",
            participants=[Participant(investor=investor)],
        )

    return {
        "ours": [
            fund("north"),
            Startup(id="acme", name="Acme Robotics", country="CN"),
            City(id="xian", name="Xi'an City", country="CN"),
            deal("a", "acme", "1", "north"),
        ],
        "theirs": [
            fund("crunchbase:n", "North Fund", "NF Partners"),
            Startup(id="crunchbase:a", name="Acme Robotics", country="CN"),
            City(id="crunchbase:x", name="Xi'an City", country="CN"),
            deal("x", "crunchbase:a", "2", "crunchbase:n"),
        ],
        "more": [fund("crunchbase:n", "NF Partners", country="CN")],
    }


def test_sources_meet_in_any_order_and_part_without_a_trace(store: Store) -> None:
    graph, sources = Graph(store), world()
    found = []
    for order in itertools.permutations(sources):
        for name in order:
            load_records(store, name, sources[name])
        found.append(snapshot(store))
        assert former(store) == {"north": ["crunchbase:n"]}
        assert store.query("MATCH (r:FundingRound) RETURN r.id, r.accounts").rows == [
            ("ours:a", ["ours:a", "theirs:x"])
        ]
        for name in order[:2]:
            graph.unload(name)
        (left,) = order[2:]
        alone = snapshot(store)
        graph.unload(left)
        load_records(store, left, sources[left])
        assert snapshot(store) == alone
        graph.unload(left)
    assert all(one == found[0] for one in found)
    assert store.record_counts() == {}


def test_a_country_that_changes_changes_who_is_one(store: Store) -> None:
    sources = world()
    for name in sources:
        load_records(store, name, sources[name])
    whole = snapshot(store)
    # That the record that gives it does not bear the name, is no matter.
    load_records(store, "more", [fund("crunchbase:n", "NF Partners", country="FR")])
    assert former(store) == {"north": ["crunchbase:n"]}  # one of its sources still says CN
    load_records(store, "theirs", [fund("crunchbase:n", "North Fund", country="FR")])
    assert former(store) == {}
    for name in ("theirs", "more"):
        load_records(store, name, sources[name])
    assert snapshot(store) == whole


def test_what_somebody_decided_comes_first(store: Store) -> None:
    graph, sources = Graph(store), world()
    for name in ("ours", "theirs"):
        load_records(store, name, sources[name])
    whole = snapshot(store)
    (auto,) = [r for r in graph.decisions() if r["of"] == "investor"]
    assert (auto["by"], auto["state"]) == ("whofunds", "obeyed")
    assert auto["why"] == "both are called North Fund and are of CN"
    with pytest.raises(Exception, match="decide `different`"):
        graph.undo(auto["key"])
    key = graph.decide("different", "north", "crunchbase:n", kind="investor")
    assert former(store) == {}
    states = {r["key"]: r["state"] for r in graph.decisions()}
    assert (states[auto["key"]], states[key]) == (f"contradicts {key}", "obeyed")
    graph.undo(key)
    assert snapshot(store) == whole
    # One that is decided to be ours leaves no doubt about the two that share its name.
    load_records(store, "third", [fund("crunchbase:2")])
    assert former(store) == {}
    key = graph.decide("same", "north", "crunchbase:2")
    assert former(store) == {"north": ["crunchbase:2"]}
    load_records(store, "lee", [Decision(type="same", of="investor", a="north", b="crunchbase:n")])
    assert former(store) == {"north": ["crunchbase:2", "crunchbase:n"]}
    for source in ("lee", "third"):
        graph.unload(source)
    graph.undo(key)
    assert snapshot(store) == whole
