"""What changed since a load, and because of which report; the records as they were."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.conftest import SERVERS
from tests.support import load_records
from tests.test_history import PAGE, dated, deal, run

from whofunds import Graph, Investor, Link, UsageError
from whofunds.model import stored, validated
from whofunds.stores import open_store
from whofunds.stores.base import Load, Store


@pytest.fixture
def graph(store: Store) -> Graph:
    load_records(store, "dated", dated())
    return Graph(store)


def rows(graph: Graph, since: str, *answers: str) -> list[tuple[Any, ...]]:
    found = [tuple(row.values()) for row in graph.diff(since)]
    return [row for row in found if not answers or row[0] in answers]


def test_nothing_changed(graph: Graph) -> None:
    assert rows(graph, "1") == []
    load_records(graph.store, "dated", dated())
    assert rows(graph, "2") == rows(graph, "1") == []


def test_since_before_the_first_load_all_is_new(graph: Graph) -> None:
    found = graph.diff("0")
    assert found.title == "Changes since load 0"
    assert {(row["before"], row["after"]) for row in found} == {(None, "is there")}
    assert {row["answer"] for row in found} >= {
        "capital/sources-by-company",
        "cities/city-funds",
        "companies/all-rounds",
    }
    new = [r for r in found if r["answer"] == "companies/all-rounds"]
    assert len(new) == 3
    # What this is due to: the reports of each row, first of all.
    assert [r["reports"] for r in new if "dated:a" in r["row"]] == [[PAGE + "1"]]


def test_an_amount_that_changed_names_its_report(graph: Graph) -> None:
    corrected = [deal("b2", "3", "2022-04-20", "A", amount="45m USD")]
    load_records(graph.store, "dated", corrected)
    found = rows(graph, "1", "companies/all-rounds")
    assert [(r[2], r[3], r[4], r[5]) for r in found if r[2] == "amount_max"] == [
        ("amount_max", 25_000_000, 45_000_000, [PAGE + "3"])
    ]
    assert {r[5][0] for r in found} == {PAGE + "3"}
    assert rows(graph, "2") == []
    load_records(graph.store, "dated", dated())
    assert rows(graph, "1") == []
    assert len(rows(graph, "2", "companies/all-rounds")) == len(found)


def test_a_source_that_is_taken_back(graph: Graph) -> None:
    store = graph.store
    load_records(store, "more", [deal("d", "6", "2024-01-01", "B", "east", amount="70m USD")])
    graph.unload("more")
    # Loads 2 and 3 are no longer listed, and still are points in time.
    assert [entry.id for entry in store.loads()] == [1]
    assert rows(graph, "1") == rows(graph, "3") == []
    gone = rows(graph, "2", "companies/all-rounds")
    assert [(r[3], r[4], r[5]) for r in gone] == [("was there", None, [PAGE + "6"])]
    load_records(store, "more", [deal("d", "6", "2024-01-01", "B", "east", amount="70m USD")])
    assert rows(graph, "2") == []
    assert [r[4] for r in rows(graph, "3", "companies/all-rounds")] == ["is there"]
    with pytest.raises(UsageError, match="there is no load 5"):
        graph.diff("5")


def test_a_decision(graph: Graph) -> None:
    key = graph.decide("same", "north", "east", by="kim")
    found = rows(graph, "1", "capital/sources-by-company")
    assert found
    assert {r[5][0] for r in found} == {key}
    graph.undo(key)
    assert rows(graph, "1") == []
    assert rows(graph, "2") != []


def test_a_day(graph: Graph, store: Store) -> None:
    """Since a day is since the last load of that day, also of one that was taken back."""
    days = ("2030-01-01", "2030-01-02", "2030-01-03")

    def moved(number: int, day: str) -> None:
        (entry,) = [e for e in store.loads(gone=True) if e.id == number]
        store.put_load(Load(number, entry.source, "", day + "T09:00:00", 0, 0, 0, 0, entry.state))

    load_records(store, "more", [deal("d", "6", "2024-01-01", "B", "east")])
    graph.unload("more")
    for number, day in enumerate(days, 1):
        moved(number, day)
    assert graph.diff("2030-01-01").title == "Changes since load 1"
    assert graph.diff("2030-01-02").title == "Changes since load 2"
    assert [r[3] for r in rows(graph, "2030-01-02", "companies/all-rounds")] == ["was there"]
    assert rows(graph, "2030-01") == rows(graph, "2030") == []
    assert graph.diff("2029").title == graph.diff("1999-05").title == "Changes since load 0"
    for day in ("soon", "", "2030-02-30"):
        with pytest.raises(UsageError, match="is not right"):
            graph.diff(day)


def test_on_the_command_line(
    graph: Graph, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_records(graph.store, "dated", [deal("b2", "3", "2022-04-20", "A", amount="45m USD")])
    graph.store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    assert run("diff", "--since", "2").stdout.startswith("no rows\n")
    assert run("diff", "--since", "2", "--format", "jsonl").stdout == ""
    lines = run("diff", "--since", "1", "--format", "jsonl").stdout.splitlines()
    assert list(json.loads(lines[0])) == ["answer", "row", "column", "before", "after", "reports"]
    assert f"[1] {PAGE}3" in run("diff", "--since", "1").stdout
    for wrong in ("soon", "99", "-1", "1.5"):
        assert run("diff", "--since", wrong, code=2).stderr.count("\n") == 1
    run("diff", code=2)


def test_every_store_says_the_same(graph: Graph, tmp_path: Path) -> None:
    with open_store(tmp_path / "other.store") as store:
        other = Graph(store)
        load_records(store, "dated", list(reversed(dated())))
        for one in (graph, other):
            load_records(one.store, "dated", [deal("b2", "3", "2022-04-20", "A")])
            one.decide("same", "north", "east", by="kim")
        for since in ("0", "1", "2"):
            assert graph.diff(since).values == other.diff(since).values
        for day in ("2020-12-31", "2022-12-31", "2024"):
            for name in ("companies/all-rounds", "capital/sources-by-company", "ceiling/raised"):
                ours, theirs = (g.query(name, known_by=day) for g in (graph, other))
                assert (ours.values, ours.left_out) == (theirs.values, theirs.left_out)


# The records after each load

IDS = ("a", "b", "c", "é", "文", "\uff21", "\U0001f680")  # beyond the first plane sorts apart
steps = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["one", "two"]),
            st.dictionaries(st.sampled_from(IDS), st.sampled_from("xyz"), max_size=4),
        ),
        st.sampled_from(["one", "two"]),
    ),
    max_size=8,
)


def lived(store: Store, taken: list[Any]) -> None:
    """Load, load again with changes, take back; then ask for the records after each load."""
    copies: list[dict[str, str]] = [{}]
    for step in taken:
        now = dict(copies[-1])
        if isinstance(step, str):
            if not any(key.startswith(f"{step}:") for key in now):
                continue
            Graph(store).unload(step)
            now = {k: v for k, v in now.items() if not k.startswith(f"{step}:")}
        else:
            source, names = step
            records = [Investor(id=id_, name=name) for id_, name in names.items()]
            if not records:
                continue
            load_records(store, source, records)
            now |= {(r := stored(source, "investor", validated(i))).key: r.body for i in records}
        copies.append(now)
    for number, copy in enumerate(copies):
        held = [r for batch in store.all_records(number) for r in batch]
        assert {r.key: r.body for r in held if r.source != "automatic"} == copy
        assert [r.key for r in held] == sorted(r.key for r in held)
    held = [r for batch in store.all_records() for r in batch]
    assert {r.key: r.body for r in held if r.source != "automatic"} == copies[-1]
    assert [r.key for r in held] == sorted(r.key for r in held)


MANY = settings(max_examples=100, deadline=None, derandomize=True,
                suppress_health_check=list(HealthCheck))  # fmt: skip
FEW = settings(MANY, max_examples=8, phases=(Phase.explicit, Phase.generate))


@MANY
@given(steps)
def test_embedded_records_are_as_they_were_after_each_load(taken: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s") as store:
        lived(store, taken)


@pytest.mark.parametrize("database", SERVERS, indirect=True)
@FEW
@given(taken=steps)
def test_neo4j_records_are_as_they_were_after_each_load(database: Any, taken: list[Any]) -> None:
    database.empty()
    with open_store("neo4j") as store:
        lived(store, [("one", dict.fromkeys(IDS, "x")), *taken])


def test_more_records_than_one_batch(store: Store) -> None:
    def funds(name: Callable[[int], str]) -> list[Investor]:
        return [Investor(id=f"f{n:04}", name=name(n)) for n in range(4_500)]

    load_records(store, "s", funds(lambda n: f"Fund {n}"))
    load_records(store, "s", funds(lambda n: f"Fund {n}" if n % 2 else f"Money {n}"))
    load_records(store, "t", [Link(type="kind", source="f0001", target="vc")])
    Graph(store).unload("s")
    for load, count, even in ((1, 4_500, "Fund 0"), (2, 4_500, "Money 0"), (3, 4_501, "Money 0")):
        held = [r for batch in store.all_records(load) for r in batch]
        assert len({r.key for r in held}) == len(held) == count
        assert held[0].fields["name"] == even
    assert [len(b) for b in store.all_records(4)] == [1]
