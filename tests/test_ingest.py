"""Records in, graph out: loading, loading again, taking back, in any order."""

import gzip
import random
from pathlib import Path
from typing import Any, cast

import pytest
from tests.conftest import Database
from tests.support import FIXTURES, load, load_records, snapshot

from whofunds import (
    City,
    Condition,
    Graph,
    InputError,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    Total,
    UsageError,
    schema,
)
from whofunds.stores import open_store
from whofunds.stores.base import Store

PAGE = "https://example.org/"


def newsletter() -> list[Any]:
    return [
        City(id="xian", name="Xi'an", country="CN"),
        Startup(id="acme", name="Acme", names=["阿克米"], country="CN"),
        Investor(id="north", name="North Fund"),
        Link(type="kind", source="north", target="vc", basis="sourced", report=PAGE + "n"),
        Link(type="part-of", source="north", target="pole", report=PAGE + "n"),
        Link(type="seat", of="startup", source="acme", target="xian", report=PAGE + "n"),
        Report(url=PAGE + "1", name="Acme raises", published_on="2025-03-05"),
        Round(
            id="a",
            company="acme",
            report=PAGE + "1",
            announced="2025-03-04",
            stage="A",
            amount=("20000000", "USD", "over"),
            participants=[Participant(investor="north", lead=True)],
        ),
    ]


def filings() -> list[Any]:
    return [
        Investor(id="pole", name="Pole Group", state_controlled="yes"),
        Startup(id="acme", name="Acme Inc."),
        Round(
            id="x",
            company="acme",
            report=PAGE + "2",
            announced="2025-03",
            stage="Series A",
            amount=("20000000", "USD", ""),
            participants=[Participant(investor="pole"), Participant(investor="north")],
        ),
        Total(company="acme", report=PAGE + "2", amount=("50000000", "USD", ""), rounds="2"),
    ]


def test_two_accounts_of_one_round_meet_and_keep_their_reports(store: Store) -> None:
    load_records(store, "newsletter", newsletter())
    load_records(store, "filings", filings())
    (round_,) = store.query("MATCH (r:FundingRound) RETURN r ORDER BY r.id").rows[0]
    assert round_.properties["accounts"] == ["filings:x", "newsletter:a"]
    assert round_.properties["announced_first"] == "2025-03-04"
    assert (round_.properties["amount_min"], round_.properties.get("amount_max")) == (
        20000000,
        None,
    )
    assert round_.properties["disputed"] == []
    rows = store.query(
        "MATCH (i:Investor)-[p:INVESTED_IN]->(:FundingRound {id: 'filings:x'})"
        " RETURN i.id AS id, p.lead AS lead, p.reports AS reports, p.amount_min AS cheque"
        " ORDER BY id"
    ).rows
    assert rows == [
        ("north", True, [PAGE + "1", PAGE + "2"], None),
        ("pole", False, [PAGE + "2"], None),
    ]


def test_any_order_of_loading_gives_the_same_graph(store: Store) -> None:
    load_records(store, "filings", filings())
    load_records(store, "newsletter", newsletter())
    one = snapshot(store)
    load_records(store, "newsletter", random.Random(1).sample(newsletter(), 8))
    assert snapshot(store) == one
    for source in ("newsletter", "filings"):
        from whofunds import ingest

        ingest.unload(store, source)
    load_records(store, "newsletter", list(reversed(newsletter())))
    load_records(store, "filings", list(reversed(filings())))
    assert snapshot(store) == one


def test_what_is_loaded_again_changes_nothing_and_what_is_unloaded_leaves_nothing(
    store: Store,
) -> None:
    empty = snapshot(store)
    load_records(store, "newsletter", newsletter())
    before = snapshot(store)
    first = load_records(store, "filings", filings())
    again = load_records(store, "filings", filings())
    assert (first.new, again.new, again.changed, again.unchanged, again.units) == (4, 0, 0, 4, 0)
    graph = Graph(store)
    assert graph.unload("filings") == 4
    assert snapshot(store) == before
    graph.unload("newsletter")
    assert snapshot(store) == empty
    assert store.record_counts() == {}
    with pytest.raises(UsageError, match="nothing was loaded as 'filings'"):
        graph.unload("filings")


def test_a_changed_account_changes_its_round(store: Store) -> None:
    load_records(store, "newsletter", newsletter())
    changed = newsletter()
    changed[-1].amount = ("25000000", "USD", "")
    outcome = load_records(store, "newsletter", changed)
    assert (outcome.new, outcome.changed, outcome.units) == (0, 1, 1)
    assert store.query("MATCH (r:FundingRound) RETURN r.amount_max AS m ORDER BY m").rows == [
        (25000000,)
    ]


def test_preview_stores_nothing(store: Store) -> None:
    outcome = load_records(store, "newsletter", newsletter()[:3])
    preview = Graph(store)
    from whofunds import ingest

    before = snapshot(store)
    would = ingest.load(store, "newsletter", newsletter(), preview=True)
    assert (outcome.new, would.new, would.unchanged) == (3, 5, 3)
    assert [r.kind for _, r in would.sample].count("link") == 3
    assert snapshot(store) == before
    assert len(preview.store.loads()) == 1


def test_a_users_loader_adds_a_company_an_investor_and_rounds_twice(store: Store) -> None:
    loader, table = FIXTURES / "deals.py", FIXTURES / "deals.csv"
    assert len(loader.read_text("utf-8").splitlines()) < 25
    first, again = load(store, loader, table), load(store, loader, table)
    assert (first.new, first.rejected, again.new, again.changed) == (8, 0, 0, 0)
    rows = list(Graph(store).query("companies/rounds", company="Acme AI"))
    assert [(r["stage"], r["amount_min"], r["amount_max"]) for r in rows] == [
        ("A", 20000000, None),
        ("B", None, None),
    ]
    assert rows[0]["reports"] == ["https://example.org/acme-a"]


def test_a_loader_that_fails_names_its_line_and_keeps_what_it_had_read(
    store: Store, tmp_path: Path
) -> None:
    loader = tmp_path / "half.py"
    loader.write_text(
        "from whofunds import Startup\n\n\ndef records(path):\n"
        "    yield Startup(id='acme', name='Acme')\n"
        "    yield Startup(id='other', name={}['name'])\n"
    )
    with pytest.raises(InputError, match=r"half\.py:6: the loader failed, KeyError: 'name'"):
        load(store, loader, tmp_path)
    assert store.query("MATCH (s:Startup) RETURN s.id AS id ORDER BY id").rows == [("acme",)]


def test_the_shipped_facts_load_and_leave_without_a_trace(store: Store) -> None:
    empty = snapshot(store)
    outcome = load(store, "ai-funding")
    assert (outcome.rejected, outcome.changed) == (0, 0)
    counts = store.record_counts()
    assert (counts["startup"], counts["investor"], counts["city"]) == (32, 354, 25)
    assert counts["round"] == 244
    held = store.query(
        "MATCH (:Report)-[s:STATES]->(:FundingRound) RETURN count(s) AS n, "
        "sum(size(s.members)) AS members ORDER BY n"
    ).rows
    assert held == [(244, 693)]
    again = load(store, "ai-funding")
    assert (again.new, again.changed, again.units) == (0, 0, 0)
    Graph(store).unload("ai-funding")
    assert snapshot(store) == empty


class Interrupted(Exception):
    """Stands for Ctrl-C, or for a server that goes away."""


class Interrupting:
    """A store whose `replace` works `calls` times and then is interrupted."""

    def __init__(self, store: Store, calls: int) -> None:
        self._store, self._calls = store, calls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def replace(self, rows: Any) -> int:
        if not self._calls:
            raise Interrupted
        self._calls -= 1
        return self._store.replace(rows)


def world() -> dict[str, list[Any]]:
    """Sources that hang on each other by relationships of every type."""
    deal = Round(
        id="d",
        company="bolt",
        report=PAGE + "3",
        announced="2024-06-01",
        stage="seed",
        participants=[Participant(investor="north"), Participant(investor="east")],
    )
    return {
        "newsletter": newsletter(),
        "filings": filings(),
        "geo": [City(id="xian", name="Xi'an")],
        "people": [
            Startup(id="bolt", name="Bolt"),
            Investor(id="east", name="East Fund"),
            Link(type="part-of", source="east", target="north"),
            Link(type="acts-for", source="east", target="xian"),
            Link(type="seat", source="north", target="xian"),
            Link(type="seat", of="startup", source="bolt", target="xian"),
            Condition(
                investor="north", company="bolt", city="xian", type="required", report=PAGE + "3"
            ),
        ],
        "deals": [deal],
    }


def moved() -> list[Any]:
    """The deal, as if it had been another company's."""
    deal = world()["deals"][0]
    deal.company = "acme"
    return [deal]


@pytest.mark.parametrize("again", ["the same store", "opened again"])
def test_what_was_interrupted_and_then_undone_leaves_no_trace(address: str, again: str) -> None:
    """Each source is taken back, or a round moved, and interrupted after each step; then loaded."""
    sources = world()
    with open_store(address) as store:
        for name, records in sources.items():
            load_records(store, name, records)
        whole = snapshot(store)
    assert all(whole[type_] for type_ in schema.TYPES)

    store = open_store(address)
    try:
        for name in (*sources, "moved"):
            steps = 0
            while interrupted(store, name, steps):
                if again == "opened again":
                    store.close()
                    store = open_store(address)
                loaded = "deals" if name == "moved" else name
                load_records(store, loaded, sources[loaded])
                assert snapshot(store) == whole, (name, steps)
                assert not store.unfinished()
                steps += 1
            load_records(store, "deals", sources["deals"])
            if name != "moved":
                load_records(store, name, sources[name])
            assert snapshot(store) == whole, name
            assert steps > 0
    finally:
        store.close()


def interrupted(store: Store, name: str, steps: int) -> bool:
    """Whether taking a source back (or moving the round) was interrupted before it was done."""
    from whofunds import ingest

    wrapped = cast("Store", Interrupting(store, steps))
    try:
        if name == "moved":
            ingest.load(wrapped, "deals", moved())
        else:
            ingest.unload(wrapped, name)
    except Interrupted:
        assert store.unfinished()
        return True
    return False


def test_two_writers_who_undo_each_other_end_in_one_graph(database: Database) -> None:
    from whofunds import ingest

    with open_store("neo4j") as first, open_store("neo4j") as second:
        load_records(first, "filings", filings())
        without = snapshot(first)
        load_records(first, "people", world()["people"])
        load_records(first, "newsletter", newsletter())
        whole = snapshot(first)
        load_records(first, "newsletter", newsletter()[:5])

        class Slow(Interrupting):
            """Between the reading and the writing of startups another writer comes, and stops."""

            def replace(self, rows: Any) -> int:
                if self._calls and any(unit.startswith("startup:") for unit in rows):
                    self._calls = 0
                    with pytest.raises(Interrupted):  # all but startups are done
                        ingest.unload(cast("Store", Interrupting(second, 5)), "people")
                    assert second.query("MATCH (i:Investor {id: 'east'}) RETURN i").rows == []
                    assert second.dirty("startup", 5) == ["startup:acme", "startup:bolt"]
                return self._store.replace(rows)

        ingest.load(cast("Store", Slow(first, 1)), "newsletter", changed_newsletter())
        assert not first.unfinished()
        assert ("east",) not in first.query("MATCH (i:Investor) RETURN i.id").rows
        load_records(second, "people", world()["people"])
        load_records(second, "newsletter", newsletter())
        assert snapshot(second) == whole
        for source in ("people", "newsletter"):
            ingest.unload(first, source)
        assert snapshot(second) == without


def changed_newsletter() -> list[Any]:
    """With another name of the company, and an investor of another source in its round."""
    changed = newsletter()
    changed[1].names = ["Acme AI"]
    changed[-1].participants = [Participant(investor="north"), Participant(investor="east")]
    return changed


def test_a_half_load_is_told_until_its_source_is_loaded_again(store: Store, tmp_path: Path) -> None:
    loader = tmp_path / "half.py"
    text = "from whofunds import Startup\n\n\ndef records(path):\n"
    text += "    yield Startup(id='acme', name='Acme')\n"
    loader.write_text(text + "    raise SystemExit\n")
    with pytest.raises(InputError, match="the 1 records before that are kept"):
        load(store, loader, tmp_path)
    load(store, "ai-funding")
    assert [entry.state for entry in store.loads()] == ["failed", "done"]
    assert Graph(store).query("entities/held").unfinished
    loader.write_text(text)
    load(store, loader, tmp_path)
    assert not Graph(store).query("entities/held").unfinished


def test_replace_takes_back_what_the_source_no_longer_says(store: Store, tmp_path: Path) -> None:
    graph, loader = Graph(store), FIXTURES / "deals.py"
    lines = (FIXTURES / "deals.csv").read_text("utf-8").splitlines(keepends=True)
    table = tmp_path / "deals.csv"

    def loaded(*rows: str, **options: Any) -> Any:
        table.write_text("".join((lines[0], *rows)), encoding="utf-8")
        return graph.load(loader, table, **options)

    load_records(store, "newsletter", newsletter())
    loaded(lines[1])
    expected = snapshot(store)
    loaded(*lines[1:])
    whole = snapshot(store)
    would = loaded(lines[1], replace=True, preview=True)
    assert (would.removed, would.unchanged, snapshot(store)) == (3, 5, whole)
    # A rejected row may be the very record: it stays, and so do all whose key can't be told.
    damaged = lines[2].replace("2026-01,B", "soon,B")
    kept = loaded(lines[1], damaged, replace=True)
    assert (kept.removed, kept.rejected, snapshot(store)) == (0, 1, whole)
    ragged = loaded(lines[1], "d2,acme-ai\n", replace=True)
    assert ragged.removed == 0 and "rejected rows may hold records" in ragged.held_back
    nothing = loaded(replace=True)
    assert nothing.removed == 0 and "nothing was read" in nothing.held_back
    assert snapshot(store) == whole
    done = loaded(lines[1], replace=True)
    assert (done.removed, done.unseen, done.held_back) == (3, 0, "")
    assert snapshot(store) == expected


def test_a_file_that_breaks_off_takes_nothing_back(store: Store, tmp_path: Path) -> None:
    loader = tmp_path / "names.py"
    loader.write_text(
        "from whofunds import Startup, read_table\n"
        "def records(path):\n"
        "    for row in read_table(path):\n"
        "        if row['type'] == 'company':\n"
        "            yield Startup(id=row['id'], name=row['id'])\n"
    )
    table = tmp_path / "names.csv.gz"
    text = "id,type\n" + "".join(f"c{i},company\n" for i in range(3000))
    table.write_bytes(gzip.compress(text.encode()))
    graph = Graph(store)
    assert graph.load(loader, table).new == 3000
    table.write_bytes(table.read_bytes()[:-900])
    outcome = graph.load(loader, table, replace=True)
    assert 0 < outcome.unchanged < 3000 and outcome.removed == 0
    assert outcome.held_back == "names.csv.gz could not be read whole, so nothing was taken back"


def test_a_preview_says_which_answers_change(store: Store) -> None:
    graph = Graph(store)
    records = newsletter()
    load_records(store, "newsletter", records[:-1])
    before = snapshot(store)
    loader = FIXTURES / "deals.py"
    outcome = graph.load(loader, FIXTURES / "deals.csv", preview=True)
    assert (outcome.new, outcome.preview, snapshot(store)) == (8, True, before)
    assert [e.source for e in store.loads()] == ["newsletter"]
    graph.load(loader, FIXTURES / "deals.csv")
    changed = {(a[0], a[1], a[2]) for a in outcome.answers}
    assert changed == {(r["answer"], r["row"], r["column"]) for r in graph.diff("1")}
    assert outcome.answers
