"""The contract of a store: one body of tests, run on every store."""

import datetime as dt
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Database

from whofunds import schema
from whofunds.errors import CypherError, QueryTimeout, StoreError, UsageError
from whofunds.model import StoredRecord
from whofunds.stores import open_store
from whofunds.stores.base import EndMissing, Load, Node, Relationship, Store, UnitRows
from whofunds.stores.base import Path as GraphPath

SLOW = "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b RETURN sum(a * b % 7) AS n"


def record(key: str, *units: str, **body: Any) -> StoredRecord:
    source, kind, _ = key.split(":", 2)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return StoredRecord(key, source, kind, text, tuple(sorted(units)), hash=f"hash of {text}")


def startup(id_: str, *rounds: str, investor: str = "north", **props: Any) -> UnitRows:
    """A startup in Xi'an whose rounds all had one investor, and one total and one condition."""
    return UnitRows(
        nodes={
            "Startup": [(id_, {"name": id_.title(), "country": "CN", **props})],
            "FundingRound": [(r, {"name": r, "amount_min": 5}) for r in rounds],
        },
        edges={
            ("FUNDS", "FundingRound"): [(r, id_, {}) for r in rounds],
            ("INVESTED_IN", "Investor"): [(investor, r, {"lead": True}) for r in rounds],
            ("BASED_IN", "Startup"): [(id_, "xian", {"since": "2020-01-01"})],
            ("STATES_TOTAL", "Report"): [("http://r", id_, {"rounds": 3})],
            ("SET_CONDITION", "Investor"): [(investor, id_, {"kind": "required"})],
        },
    )


def investor(id_: str, kind: str = "vc", parent: str = "pole") -> UnitRows:
    return UnitRows(
        nodes={"Investor": [(id_, {"name": id_.title(), "names": [id_, "北"]})]},
        edges={
            ("IS_A", "Investor"): [(id_, kind, {"basis": "sourced"})],
            ("PART_OF", "Investor"): [(id_, parent, {"share_min": 60.5})],
            ("ACTS_FOR", "Investor"): [(id_, "xian", {})],
            ("BASED_IN", "Investor"): [(id_, "xian", {})],
        },
    )


BASE = {
    "city:xian": UnitRows({"City": [("xian", {"name": "Xi'an", "latitude": 34.0})]}),
    "report:http://r": UnitRows({"Report": [("http://r", {"name": "A title", "url": "http://r"})]}),
    "investor:pole": UnitRows({"Investor": [("pole", {"name": "Pole"})]}),
    "investor:north": investor("north"),
    "startup:acme": startup("acme", "a1", "a2"),
    "startup:bolt": startup("bolt", "b1"),
}


def fill(store: Store, rows: dict[str, UnitRows] = BASE) -> int:
    store.put_nodes(rows)
    changed = store.replace(rows)
    store.finish()
    return changed


def edges(store: Store) -> set[tuple[str, str, str]]:
    rows = store.query(
        "MATCH (a)-[r]->(b) WHERE type(r) <> 'ABOUT' RETURN a.id, type(r), b.id"
    ).rows
    assert len(set(rows)) == len(rows)
    return set(rows)


def ids(store: Store, label: str) -> list[str]:
    return [row[0] for row in store.query(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id").rows]


ACME = {
    ("a1", "FUNDS", "acme"),
    ("a2", "FUNDS", "acme"),
    ("north", "INVESTED_IN", "a1"),
    ("north", "INVESTED_IN", "a2"),
    ("acme", "BASED_IN", "xian"),
    ("http://r", "STATES_TOTAL", "acme"),
    ("north", "SET_CONDITION", "acme"),
}
BOLT = {
    ("b1", "FUNDS", "bolt"),
    ("north", "INVESTED_IN", "b1"),
    ("bolt", "BASED_IN", "xian"),
    ("http://r", "STATES_TOTAL", "bolt"),
    ("north", "SET_CONDITION", "bolt"),
}
NORTH = {
    ("north", "IS_A", "vc"),
    ("north", "PART_OF", "pole"),
    ("north", "ACTS_FOR", "xian"),
    ("north", "BASED_IN", "xian"),
}


# records


def test_records_come_back_as_they_were_put(store: Store) -> None:
    acme = record("src:startup:acme", "startup:acme", name="阿克米", note="a'b\"c\\")
    deal = record("src:round:1", "startup:acme", "investor:north", "report:http://r", amount=None)
    north = record("other:investor:north", "investor:north", name="North")
    store.put_records([acme, deal, north], ["city:xian"])

    assert store.hashes([acme.key, "src:startup:none"]) == {acme.key: acme.hash}
    held = store.records(["startup:acme", "investor:north", "city:xian"])
    assert held == {
        "startup:acme": [deal, acme],
        "investor:north": [north, deal],
        "city:xian": [],
    }
    assert held["startup:acme"][1].fields == {"name": "阿克米", "note": "a'b\"c\\"}
    assert store.dependents(["startup:acme"]) == {
        "startup:acme",
        "investor:north",
        "report:http://r",
    }
    assert store.dependents(["city:xian"]) == set()
    units = ["startup:acme", "investor:north", "report:http://r", "city:xian"]
    assert store.declared(units) == {"startup:acme", "investor:north"}
    assert store.record_counts() == {"investor": 1, "round": 1, "startup": 1}
    assert list(store.keys("src")) == [[(deal.key, "round"), (acme.key, "startup")]]
    assert list(store.keys("nobody")) == []


def test_putting_marks_old_and_new_units(store: Store) -> None:
    store.put_records([record("s:round:1", "startup:old", "investor:x")], [])
    fill(store, {unit: UnitRows() for unit in ("startup:old", "investor:x")})
    assert store.dirty_count() == 0
    assert not store.unfinished()

    store.put_records([record("s:round:1", "startup:new", "investor:x", v=2)], ["city:c"])
    assert store.dirty("startup", 10) == ["startup:new", "startup:old"]
    assert store.dirty("startup", 1) == ["startup:new"]
    assert store.dirty("startup", 10, "startup:new") == ["startup:old"]
    assert store.unfinished()
    assert store.dirty("investor", 10) == ["investor:x"]
    assert store.dirty("city", 10) == ["city:c"]
    assert store.dirty_count() == 4
    assert store.records(["startup:old"]) == {"startup:old": []}


def test_deleting_marks_the_units_named(store: Store) -> None:
    keep, drop = record("s:round:1", "startup:a", "city:c"), record("s:round:2", "startup:b")
    store.put_records([keep, drop], [])
    fill(store, {unit: UnitRows() for unit in ("startup:a", "startup:b", "city:c")})
    store.delete_records([drop.key, "s:round:none"], ["report:http://r"])
    assert store.dirty("startup", 10) == ["startup:b"]
    assert store.dirty("report", 10) == ["report:http://r"]
    assert store.dirty_count() == 2
    assert store.record_counts() == {"round": 1}
    assert store.hashes([keep.key, drop.key]) == {keep.key: keep.hash}


def test_a_key_given_twice_counts_once(store: Store) -> None:
    first, second = record("s:city:c", "city:c", v=1), record("s:city:c", "city:c", v=2)
    store.put_records([first, second], [])
    assert store.records(["city:c"]) == {"city:c": [second]}


def test_records_can_be_deleted_while_their_keys_are_read(store: Store) -> None:
    store.put_records([record(f"s:city:{n:05}", f"city:{n}") for n in range(5_002)], [])
    sizes = []
    for batch in store.keys("s"):
        store.delete_records([key for key, _ in batch], [])
        sizes.append(len(batch))
    assert sizes == [5_000, 2]
    assert store.record_counts() == {}


def test_records_are_asked_for_by_kind_and_number(store: Store) -> None:
    page = record("s:report:r", "report:http://r")
    deals = [record(f"s:round:{n}", "startup:acme", "report:http://r") for n in (2, 1)]
    total = record("s:total:0", "startup:acme", "report:http://r")
    store.put_records([page, *deals, total], [])
    units = ["report:http://r", "startup:acme", "city:none"]
    assert store.records(units, ["report"]) == {
        "report:http://r": [page],
        "startup:acme": [],
        "city:none": [],
    }
    assert store.records(units, ["round", "total"], 2) == {
        "report:http://r": [deals[1], deals[0]],
        "startup:acme": [deals[1], deals[0]],
        "city:none": [],
    }
    assert store.records(units[:1], most=1) == {"report:http://r": [page]}
    assert deals[0].units == store.records(units, ["round"])["startup:acme"][1].units


def test_loads_are_remembered(store: Store) -> None:
    first = Load(0, "deals", "deals.csv", "2025-03-05T10:00:00+00:00", 5, 4, 3, 2)
    second = Load(0, "other", "", "2025-03-06T10:00:00+00:00", 1, 0, 0, 0)
    assert store.loads() == []
    store.put_load(first)
    store.put_load(second)
    held = store.loads()
    assert [(load.source, load.new, load.rejected) for load in held] == [
        ("deals", 5, 2),
        ("other", 1, 0),
    ]
    assert held[0].id < held[1].id
    store.delete_loads("deals")
    assert store.loads() == held[1:]


# graph


def test_the_capital_sources_are_always_there(store: Store) -> None:
    rows = store.query("MATCH (n:CapitalSource) RETURN n.id AS id, n.name AS name").rows
    assert dict(rows) == schema.KINDS
    assert store.dirty_count() == 0


def test_rows_that_are_held_are_skipped(store: Store) -> None:
    assert fill(store) == len(BASE)
    assert edges(store) == ACME | BOLT | NORTH
    assert fill(store) == 0
    shuffled = startup("acme", "a2", "a1")
    assert store.replace({"startup:acme": shuffled}) == 0
    assert edges(store) == ACME | BOLT | NORTH


def test_a_startup_owns_its_rounds_and_what_is_said_of_it(store: Store) -> None:
    fill(store)
    new = startup("acme", "a3", country=None)
    del new.edges["BASED_IN", "Startup"], new.edges["SET_CONDITION", "Investor"]
    assert fill(store, {"startup:acme": new}) == 1
    assert ids(store, "FundingRound") == ["a3", "b1"]
    assert edges(store) == BOLT | NORTH | {
        ("a3", "FUNDS", "acme"),
        ("north", "INVESTED_IN", "a3"),
        ("http://r", "STATES_TOTAL", "acme"),
    }
    [(node,)] = store.query("MATCH (n:Startup {id: 'acme'}) RETURN n").rows
    assert node == Node("acme", "Startup", {"id": "acme", "name": "Acme"})


def test_an_investor_owns_what_leaves_it_but_its_investments(store: Store) -> None:
    fill(store)
    fill(store, {"investor:pole": investor("pole", "state-fund", "north")})
    assert edges(store) == ACME | BOLT | NORTH | {
        ("pole", "IS_A", "state-fund"),
        ("pole", "PART_OF", "north"),
        ("pole", "ACTS_FOR", "xian"),
        ("pole", "BASED_IN", "xian"),
    }
    alone = UnitRows({"Investor": [("pole", {"name": "Pole", "names": ["Pole"]})]})
    assert fill(store, {"investor:pole": alone}) == 1
    assert edges(store) == ACME | BOLT | NORTH


def test_empty_rows_take_the_unit_away(store: Store) -> None:
    fill(store)
    assert fill(store, {"startup:acme": UnitRows()}) == 1
    assert ids(store, "Startup") == ["bolt"]
    assert ids(store, "FundingRound") == ["b1"]
    assert edges(store) == BOLT | NORTH
    assert fill(store, {"startup:acme": UnitRows({"Startup": []})}) == 0
    assert fill(store, {"investor:north": UnitRows(), "city:xian": UnitRows()}) == 2
    assert ids(store, "Investor") == ["pole"]
    assert ids(store, "City") == []
    assert edges(store) == {("b1", "FUNDS", "bolt"), ("http://r", "STATES_TOTAL", "bolt")}


def test_a_stub_goes_with_its_unit(store: Store) -> None:
    store.put_nodes(BASE)
    assert ids(store, "Startup") == ["acme", "bolt"]
    assert ids(store, "FundingRound") == []
    assert store.replace({"startup:acme": UnitRows()}) == 0
    assert ids(store, "Startup") == ["bolt"]


def test_stubs_leave_what_is_held_alone(store: Store) -> None:
    fill(store)
    store.put_nodes({"startup:acme": startup("acme", "a1", country="FR")})
    rows = store.query("MATCH (n:Startup {id: 'acme'}) RETURN n.country AS country").rows
    assert rows == [("CN",)]


@pytest.mark.parametrize("order", ["old first", "new first"])
def test_a_round_goes_over_to_another_startup(store: Store, order: str) -> None:
    fill(store)
    old, new = (
        {"startup:acme": startup("acme", "a1")},
        {"startup:bolt": startup("bolt", "a2", "b1")},
    )
    for rows in (old, new) if order == "old first" else (new, old):
        store.replace(rows)
    moved = ACME - {("a2", "FUNDS", "acme")} | BOLT | {("a2", "FUNDS", "bolt")}
    assert edges(store) == moved | NORTH


LOST = {
    "city:xian": {"investor:north", "startup:acme", "startup:bolt"},
    "report:http://r": {"startup:acme", "startup:bolt"},
    "investor:north": {"startup:acme", "startup:bolt"},
    "investor:pole": {"investor:north"},
    "startup:acme": set(),
}


@pytest.mark.parametrize("gone", LOST)
def test_what_goes_with_a_node_of_another_unit_is_written_again(store: Store, gone: str) -> None:
    fill(store)
    assert store.replace({gone: UnitRows()}) == 1
    kinds = ("report", "city", "investor", "startup")
    assert {unit for kind in kinds for unit in store.dirty(kind, 10)} == LOST[gone]
    assert edges(store) < ACME | BOLT | NORTH
    store.put_nodes({gone: BASE[gone]})
    assert fill(store) == 1 + len(LOST[gone])
    assert edges(store) == ACME | BOLT | NORTH
    assert fill(store) == store.dirty_count() == 0


def test_a_round_that_comes_back_is_written_again(store: Store) -> None:
    fill(store)
    store.replace({"startup:bolt": startup("bolt", "a2", "b1")})
    assert store.dirty("startup", 10) == ["startup:acme"]
    store.replace({"startup:bolt": BASE["startup:bolt"]})
    assert store.replace({"startup:acme": BASE["startup:acme"]}) == 1
    assert edges(store) == ACME | BOLT | NORTH
    assert store.dirty_count() == 0


def test_a_relationship_without_an_end_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="1 of 1 PART_OF relationships lack an end"):
        store.replace({"investor:north": investor("north")})
    assert ids(store, "Investor") == []


def test_projecting_takes_the_mark_off(store: Store) -> None:
    store.put_records([record("s:startup:acme", "startup:acme"), record("s:city:x", "city:x")], [])
    store.put_nodes(BASE)
    assert store.dirty_count() == 2
    store.replace({k: v for k, v in BASE.items() if not k.startswith("startup:")})
    assert store.dirty_count() == 2
    store.replace({"startup:acme": BASE["startup:acme"]})
    assert store.dirty("startup", 10) == []
    assert store.dirty("city", 10) == ["city:x"]


def test_many_rows_are_written(store: Store) -> None:
    rounds = [f"r{n:05}" for n in range(12_000)]
    rows = {**BASE, "startup:acme": startup("acme", *rounds)}
    assert fill(store, rows) == len(BASE)
    counted = "MATCH (i:Investor)-[:INVESTED_IN]->(r)-[:FUNDS]->(s) RETURN s.id AS s, count(*) AS n"
    assert set(store.query(counted).rows) == {("acme", 12_000), ("bolt", 1)}
    fill(store)
    assert set(store.query(counted).rows) == {("acme", 2), ("bolt", 1)}


# reading


def test_values_come_back_as_they_were(store: Store) -> None:
    props = {
        "name": "2024-01-02",
        "names": ["北", "123"],
        "country": "",
        "latitude": 3.0,
        "longitude": -0.5,
    }
    fill(store, {"city:x": UnitRows({"City": [("x", props)]})})
    result = store.query(
        "MATCH (n:City {id: $id}) RETURN n, n.name AS name, n.names AS names, "
        "n.country AS country, n.latitude AS latitude, 7 / 2 AS whole, 7 / 2.0 AS part, "
        "10000000000000000 AS big, "
        "true AS yes, null AS nothing, [1, [2.5]] AS list, {a: {b: 1}} AS map, "
        "date($day) AS day, $when AS when",
        {"id": "x", "day": "2024-02-29", "when": dt.date(2024, 3, 1)},
    )
    assert result.columns[:3] == ("n", "name", "names")
    assert result.cut is False
    assert result.rows == [
        (
            Node("x", "City", {"id": "x", **props}),
            "2024-01-02",
            ["北", "123"],
            "",
            3.0,
            3,
            3.5,
            10**16,
            True,
            None,
            [1, [2.5]],
            {"a": {"b": 1}},
            dt.date(2024, 2, 29),
            dt.date(2024, 3, 1),
        )
    ]
    assert [type(value) for value in result.rows[0][4:9]] == [float, int, float, int, bool]


def test_nodes_relationships_and_paths_have_one_form(store: Store) -> None:
    fill(store)
    north = Node("north", "Investor", {"id": "north", "name": "North", "names": ["north", "北"]})
    deal = Node("b1", "FundingRound", {"id": "b1", "name": "b1", "amount_min": 5})
    bolt = Node("bolt", "Startup", {"id": "bolt", "name": "Bolt", "country": "CN"})
    invested = Relationship("INVESTED_IN", "north", "b1", {"lead": True})
    funds = Relationship("FUNDS", "b1", "bolt", {})

    match = "MATCH p = (i:Investor {id: 'north'})-[r:INVESTED_IN]->(d)-[:FUNDS]->(s {id: 'bolt'}) "
    assert store.query(
        match + "RETURN i, r, d, p, relationships(p) AS rs, {n: [s]} AS map"
    ).rows == [
        (
            north,
            invested,
            deal,
            GraphPath((north, deal, bolt), (invested, funds)),
            [invested, funds],
            {"n": [bolt]},
        )
    ]
    # Without its ends in the result, and against its direction.
    assert store.query(match + "RETURN r").rows == [(invested,)]
    against = "MATCH p = (s:Startup {id: 'bolt'})<-[:FUNDS]-(d) RETURN p"
    assert store.query(against).rows == [(GraphPath((bolt, deal), (funds,)),)]
    report = store.query("MATCH (n:Report) RETURN n").rows
    assert report == [
        (Node("http://r", "Report", {"id": "http://r", "name": "A title", "url": "http://r"}),)
    ]


def test_a_limit_cuts_and_says_so(store: Store) -> None:
    query = "UNWIND range(1, 5) AS n RETURN n ORDER BY n"
    assert store.query(query, limit=2).rows == [(1,), (2,)]
    assert store.query(query, limit=2).cut is True
    assert store.query(query, limit=5).cut is False
    assert store.query(query, limit=6).rows == [(n,) for n in range(1, 6)]


def test_a_query_that_runs_out_of_time_is_stopped(store: Store) -> None:
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.5 s; narrow it"):
        store.query(SLOW, timeout=0.5)
    assert store.query("RETURN 1 AS n", timeout=30).rows == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:City {id: 'new', name: 'New'})",
        "MATCH (n:City) SET n.name = 'x' RETURN n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:City) REMOVE n.name",
        "MERGE (n:City {id: 'new'}) RETURN n.id",
        "FOREACH (x IN [1] | CREATE (:City {id: 'new'}))",
        "MATCH (n:City) CALL (n) { SET n.name = 'x' } RETURN n",
        "CREATE INDEX FOR (n:City) ON (n.name)",
        "CREATE CONSTRAINT FOR (n:City) REQUIRE n.name IS UNIQUE",
        "DROP CONSTRAINT city_id",
        "CREATE USER eve SET PASSWORD 'password'",
        "explain create (n:City {id: 'new'})",
        "/* x */ CREATE/**/(n:City {id: 'new'})",
        "MATCH (n:City)SET n.name='x'",
        "\\u0043REATE (n:City {id: 'new'})",
    ],
)
def test_a_write_is_refused_and_changes_nothing(store: Store, statement: str) -> None:
    fill(store)
    with pytest.raises(CypherError, match="writes, and a query only reads"):
        store.query(statement)
    assert store.query("MATCH (n:City) RETURN n.id AS id, n.name AS name").rows == [
        ("xian", "Xi'an")
    ]
    assert edges(store) == ACME | BOLT | NORTH


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line", "LOAD CSV"),
        ("UNWIND [1] AS x load  csv FROM 'http://127.0.0.1' AS line RETURN line", "LOAD CSV"),
        ("SHOW USERS", "SHOW"),
        (" // a remark\n SHOW SETTINGS YIELD name RETURN name", "SHOW"),
        ("USE system MATCH (n) RETURN n", "USE"),
        ("CALL dbms.listConfig() YIELD name RETURN name", "procedure dbms.listConfig"),
        ("CALL `dbms`.`listConfig`()", "procedure"),
        ("CALL dbms.components", "procedure dbms.components"),
        ("MATCH (n) CALL db.awaitIndexes(1) RETURN n", "procedure db.awaitIndexes"),
    ],
)
def test_what_reads_the_server_is_refused(store: Store, statement: str, named: str) -> None:
    with pytest.raises(CypherError, match=f"{named}.* is not for queries here"):
        store.query(statement)


def test_names_and_texts_that_look_like_writes_are_read(store: Store) -> None:
    fill(store)
    query = """
        // CREATE (n)
        MATCH (n:City) WHERE n.name <> 'it\\'s; SET n.x = 1' AND n.name <> "DELETE n"
        RETURN n.id AS `create (x)`, n.set AS x; """
    assert store.query(query).rows == [("xian", None)]
    labels = store.query("CALL db.labels() YIELD label RETURN label").rows
    assert ("City",) in labels


def test_a_faulty_statement_is_a_cypher_error(store: Store) -> None:
    for statement in ("MATCH (n:City RETURN n", "RETURN nobody", "", "RETURN nothing(1) AS n"):
        with pytest.raises(CypherError) as error:
            store.query(statement)
        assert "\n" not in str(error.value)
        assert not isinstance(error.value, QueryTimeout)
    with pytest.raises(CypherError, match="the parameter name has no value; give name=VALUE"):
        store.query("MATCH (n:Nobody) WHERE n.name = $name AND n.id = '$id' RETURN n")
    for value in (object(), 10**30, {1, 2}):
        with pytest.raises(CypherError):
            store.query("RETURN $value AS value", {"value": value})
    assert store.query("RETURN 1 AS n").rows == [(1,)]


def test_a_reader_sees_the_store_and_can_not_write(store: Store, address: str) -> None:
    store.put_records([record("s:city:xian", "city:xian")], [])
    fill(store)
    with open_store(address, read_only=True) as reader:
        assert reader.record_counts() == {"city": 1}
        assert reader.dirty_count() == 0
        assert not reader.unfinished()
        assert edges(reader) == ACME | BOLT | NORTH
        for write in (
            lambda: reader.put_records([record("s:city:y", "city:y")], []),
            lambda: reader.delete_records(["s:city:xian"], []),
            lambda: reader.replace({"city:xian": UnitRows()}),
            lambda: reader.delete_loads("s"),
        ):
            with pytest.raises(StoreError, match="opened for reading"):
                write()


def test_a_store_is_as_it_was_when_opened_again(address: str) -> None:
    with open_store(address) as store:
        store.put_records([record("s:startup:acme", "startup:acme")], [])
        fill(store)
    with open_store(address) as store:
        assert store.dirty_count() == 0
        assert edges(store) == ACME | BOLT | NORTH
        assert fill(store) == 0
        assert fill(store, {"startup:acme": startup("acme", "a1")}) == 1
    with open_store(address) as store:
        assert ids(store, "FundingRound") == ["a1", "b1"]


def test_a_reader_needs_a_store(address: str) -> None:
    with pytest.raises(StoreError, match="whofunds load"):
        open_store(address, read_only=True)


# addresses


def test_an_address_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    with open_store() as store:
        assert (tmp_path / "whofunds.store" / "graph.kgl").is_file()
        assert store.address == "whofunds.store"
    with pytest.raises(UsageError, match="mysql://host is not an address of a store"):
        open_store("mysql://host")
    with pytest.raises(UsageError, match="set NEO4J_USERNAME and NEO4J_PASSWORD"):
        open_store("bolt://me:secret@host")
    with pytest.raises(UsageError, match="is not an address of a server"):
        open_store("bolt://host:port")
    monkeypatch.delenv("NEO4J_URI")
    with pytest.raises(UsageError, match="NEO4J_URI is not set"):
        open_store("neo4j")


def test_a_server_that_is_away_is_named() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        for scheme in ("bolt", "neo4j"):
            with pytest.raises(StoreError, match=rf"127\.0\.0\.1:{port} does not answer") as error:
                open_store(f"{scheme}://127.0.0.1:{port}")
            assert "whofunds neo4j start" in str(error.value)
            assert "\n" not in str(error.value)


# Neo4j


def test_a_database_of_others_is_refused(database: Database) -> None:
    database.run("CREATE (:Film {title: 'Metropolis'})")
    with pytest.raises(StoreError, match=r"did not write; .* --into-existing"):
        open_store("neo4j")
    with open_store("neo4j", into_existing=True) as store:
        fill(store)
    with open_store("neo4j") as store:
        [(film,)] = store.query("MATCH (n:Film) RETURN n").rows
        assert (film.label, film.properties) == ("Film", {"title": "Metropolis"})
        fill(store, {unit: UnitRows() for unit in BASE})
        assert store.query("MATCH (n:Film) RETURN count(*) AS n").rows == [(1,)]


def test_a_wrong_password_is_named(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
    with pytest.raises(StoreError, match="refuses the user name or password; check") as error:
        open_store("neo4j")
    assert "not-the-password" not in str(error.value)


def test_a_wrong_database_is_named(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    with pytest.raises(StoreError, match=r"database nowhere: .*check NEO4J_DATABASE"):
        open_store("neo4j")


def test_another_format_in_neo4j_is_named(database: Database) -> None:
    open_store("neo4j").close()
    database.run("MATCH (m:Meta) SET m.format = 99")
    with pytest.raises(StoreError, match=r"another version of whofunds \(format 99"):
        open_store("neo4j")


def test_records_put_meanwhile_keep_their_unit_marked(database: Database) -> None:
    with open_store("neo4j") as first, open_store("neo4j") as second:
        first.put_records([record("s:city:xian", "city:xian", v=1)], [])
        assert first.dirty("city", 10) == ["city:xian"]
        second.put_records([record("s:city:xian", "city:xian", v=2)], [])
        first.replace({"city:xian": BASE["city:xian"]})
        assert second.dirty("city", 10) == ["city:xian"]
        second.replace({"city:xian": BASE["city:xian"]})
        assert first.dirty_count() == 0


def test_what_another_writer_took_away_does_not_come_back(database: Database) -> None:
    with open_store("neo4j") as first, open_store("neo4j") as second:
        first.put_records([record("s:city:xian", "city:xian")], [])
        assert first.dirty("city", 10) == ["city:xian"]
        second.delete_records(["s:city:xian"], [])
        assert second.dirty("city", 10) == ["city:xian"]
        assert second.replace({"city:xian": UnitRows()}) == 0
        first.put_nodes({"city:xian": BASE["city:xian"]})
        assert first.replace({"city:xian": BASE["city:xian"]}) == 0
        assert ids(first, "City") == []
        assert first.dirty_count() == 0


def test_what_was_taken_meanwhile_from_a_unit_is_not_forgotten(database: Database) -> None:
    with open_store("neo4j") as first, open_store("neo4j") as second:
        fill(first)
        first.put_records([record("s:startup:bolt", "startup:bolt")], [])
        assert first.dirty("startup", 10) == ["startup:bolt"]
        second.replace({"city:xian": UnitRows()})
        with pytest.raises(EndMissing, match="1 of 1 BASED_IN relationships lack an end"):
            first.replace({"startup:bolt": BASE["startup:bolt"]})
        second.put_nodes({"city:xian": BASE["city:xian"]})
        assert first.replace({"startup:bolt": BASE["startup:bolt"]}) == 1
        assert edges(first) >= BOLT


# the embedded store


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "s"):
        with pytest.raises(StoreError, match="in use by another load; wait for it"):
            open_store(tmp_path / "s")
        open_store(tmp_path / "s", read_only=True).close()
    open_store(tmp_path / "s").close()


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(StoreError, match=r"holds other files \(holiday\.jpg\)"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="can't be used as a store"):
        open_store(tmp_path / "holiday.jpg")
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "records.sqlite").touch()
    with pytest.raises(StoreError, match="holds no facts yet"):
        open_store(tmp_path / "s", read_only=True)
    (tmp_path / "s" / "records.sqlite").write_text("not a database, whatever its name says")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="name another folder"):
            open_store(tmp_path / "s", read_only=read_only)


def test_another_format_in_a_folder_is_named(tmp_path: Path) -> None:
    open_store(tmp_path / "s").close()
    database = sqlite3.connect(tmp_path / "s" / "records.sqlite")
    database.execute("UPDATE meta SET value = 99 WHERE key = 'format'")
    database.commit()
    database.close()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"another version of whofunds \(format 99"):
            open_store(tmp_path / "s", read_only=read_only)


def test_readers_see_the_graph_as_it_was_finished(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        fill(store)
        store.put_records([record("s:startup:acme", "startup:acme")], [])
        store.replace({"startup:acme": startup("acme", "a9")})
        with open_store(tmp_path / "s", read_only=True) as reader:
            assert ids(reader, "FundingRound") == ["a1", "a2", "b1"]
            assert reader.dirty("startup", 5) == ["startup:acme"]
            assert reader.unfinished()
        store.finish()
        with open_store(tmp_path / "s", read_only=True) as reader:
            assert ids(reader, "FundingRound") == ["a9", "b1"]
            assert reader.dirty_count() == 0


def test_what_was_not_finished_is_projected_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        fill(store)
        store.put_records([record("s:startup:acme", "startup:acme")], [])
        store.replace({"startup:acme": startup("acme", "a9")})
        assert store.dirty_count() == 0
    with open_store(tmp_path / "s") as store:
        assert store.dirty("startup", 5) == ["startup:acme"]
        assert ids(store, "FundingRound") == ["a1", "a2", "b1"]
        assert fill(store, {"startup:acme": startup("acme", "a9")}) == 1
    with open_store(tmp_path / "s", read_only=True) as store:
        assert ids(store, "FundingRound") == ["a9", "b1"]


@pytest.mark.parametrize("harm", ["missing", "older", "damaged"])
def test_a_graph_file_that_is_not_the_last_is_made_again(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "s" / "graph.kgl"
    with open_store(tmp_path / "s") as store:
        older = file.read_bytes()
        store.put_records([record("s:city:xian", "city:xian")], BASE)
        fill(store)
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(older if harm == "older" else b"\0" * 1000)
    with open_store(tmp_path / "s") as store:
        assert store.dirty_count() == len(BASE)
        assert ids(store, "CapitalSource") == sorted(schema.KINDS)
        assert ids(store, "City") == []
        assert fill(store) == len(BASE)
        assert edges(store) == ACME | BOLT | NORTH
    with open_store(tmp_path / "s") as store:
        assert store.dirty_count() == 0
        assert edges(store) == ACME | BOLT | NORTH


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("lines", [1, 2, 3, 4, 9, 14])
def test_a_killed_load_leaves_each_unit_right_or_marked(tmp_path: Path, lines: int) -> None:
    program = textwrap.dedent("""
        import sys, json
        from whofunds.model import StoredRecord
        from whofunds.stores import open_store
        from whofunds.stores.base import UnitRows

        store = open_store(sys.argv[1])
        for step in range(1, 1000):
            names = [f"c{n}" for n in range(200)]
            store.put_records([StoredRecord(f"s:city:{n}", "s", "city", json.dumps(step),
                                            (f"city:{n}",), str(step)) for n in names], [])
            print("put", flush=True)
            store.replace({f"city:{n}": UnitRows({"City": [(n, {"name": str(step)})]})
                           for n in names})
            print("replaced", flush=True)
            store.finish()
            print("finished", flush=True)
    """)
    folder = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()

    with open_store(folder, read_only=True) as reader:
        check(reader)
    with open_store(folder) as store:
        assert not list(folder.glob("*.tmp*"))
        check(store)
        marked = store.dirty("city", 1000)
        held = store.records(marked)
        store.replace({u: UnitRows({"City": [(u[5:], {"name": held[u][0].body})]}) for u in marked})
        store.finish()
    with open_store(folder, read_only=True) as reader:
        assert reader.dirty_count() == 0
        check(reader)


def check(store: Store) -> None:
    """Each city is marked, or named as its record says."""
    units = [f"city:c{n}" for n in range(200)]
    names = dict(store.query("MATCH (n:City) RETURN n.id AS id, n.name AS name").rows)
    assert len(names) in (0, 200)
    marked = set(store.dirty("city", 1000))
    for unit, records in store.records(units).items():
        assert unit in marked or names[unit[5:]] == records[0].body


def test_the_files_of_a_store_can_be_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with open_store(folder) as store:
        fill(store)
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        with open_store(folder, read_only=True) as reader:
            assert edges(reader) == ACME | BOLT | NORTH
    finally:
        folder.chmod(mode)
