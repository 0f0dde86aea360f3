"""All records out to a file and in again: the same graph, from and to every store."""

import gzip
import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.support import load, load_records, snapshot
from tests.test_analysis import run
from tests.worlds import worlds

from whofunds import (
    City,
    Graph,
    InputError,
    Investor,
    Participant,
    Report,
    Round,
    Startup,
    StoreError,
    UsageError,
    backup,
    ingest,
)
from whofunds.stores import open_store
from whofunds.stores.base import Store, Version
from whofunds.stores.statements import FORMAT

PAGE = "https://example.org/1"


def history(store: Store) -> None:
    """Two sources, of which one said other things before, and lost a record; and decisions."""
    acme = Startup(id="acme", name="Acme", names=["🚀 Acme", "！Acme"], country="CN")
    north = Investor(id="north", name="North Fund", names=["北方基金"])
    page = Report(url=PAGE, name="Acme raises", published_on="2024-05-03")

    def deal(amount: str) -> Round:
        return Round(
            id="d1", company="acme", report=PAGE, announced="2024-05-02", amount=amount,
            participants=[Participant(investor="north", amount="12.5m HKD")],
        )  # fmt: skip

    # The keys' order is another in UTF-16 than in UTF-8.
    odd = [City(id=f"{c}x", name=f"City {c}") for c in ("🚀", "\uff01", "a")]
    load_records(store, "deals", [page, acme, north, deal("over 20m USD"), *odd])
    load_records(store, "deals", [deal("25m USD"), City(id="a", name="Aix")])
    load_records(store, "deals", [deal("30m USD")])
    # The same by name and country, so whofunds decides by itself that they are one.
    load_records(
        store, "other", [Startup(id="cb:acme", name="Acme", names=["🚀 Acme"], country="CN")]
    )
    load_records(store, "gone", [City(id="xian", name="Xi'an")])
    ingest.unload(store, "gone")
    Graph(store).decide("correct", "north", kind="investor", field="country", value="FR", by="me")


def ground(store: Store) -> list[Version]:
    """What is kept of records now and then, but for what whofunds decided by itself."""
    batches = [b for past in (False, True) for b in store.versions(past=past)]
    return [v for batch in batches for v in batch if v.record.source != "automatic"]


def test_what_was_written_fills_an_empty_store(store: Store, tmp_path: Path) -> None:
    history(store)
    load(store, "ai-funding")
    file = tmp_path / "all.jsonl.gz"
    Graph(store).export("records", file)
    before = snapshot(store)
    assert len(before["Startup"]) == 33, "acme and cb:acme are one"
    with open_store(tmp_path / "second.store") as other:
        outcome = Graph(other).restore(file)
        assert snapshot(other) == before
        assert other.loads(gone=True) == store.loads(gone=True)
        assert ground(other) == ground(store)
        assert outcome.new == sum(v.until is None for v in ground(store))
        assert other.unfinished() is False
        # The next load goes on counting, and finds nothing new.
        again = load(other, "ai-funding")
        assert (again.new, again.changed) == (0, 0)
        numbers = [entry.id for entry in store.loads(gone=True)]
        assert other.loads()[-1].id == max(numbers) + 1


def test_both_ways_between_stores_the_bytes_are_the_same(store: Store, tmp_path: Path) -> None:
    first = tmp_path / "first.jsonl.gz"
    with open_store(tmp_path / "made.store") as made:
        history(made)
        backup.write(made, first)
        expected = snapshot(made)
    backup.restore(store, first)
    assert snapshot(store) == expected
    backup.write(store, second := tmp_path / "second.jsonl.gz")
    assert second.read_bytes() == first.read_bytes()
    with open_store(tmp_path / "third.store") as third:
        backup.restore(third, second)
        assert snapshot(third) == expected
        assert Graph(third).diff("1").values == Graph(store).diff("1").values != []
        backup.write(third, plain := tmp_path / "third.jsonl")
    assert plain.read_bytes() == gzip.decompress(first.read_bytes())


def test_a_file_says_what_it_holds(tmp_path: Path) -> None:
    with open_store(tmp_path / "facts.store") as store:
        history(store)
        backup.write(store, file := tmp_path / "all.jsonl")
    *lines, last = file.read_bytes().splitlines(keepends=True)
    found = [json.loads(line) for line in lines]
    assert found[0] == {"format": "whofunds-records", "version": FORMAT}
    # Loads: the unloading is one. Records: seven of the first load, a city of the second, one of
    # `other` and a decision.
    assert json.loads(last) == {
        "loads": 7,
        "records": 10,
        "past": 3,
        "sha256": hashlib.sha256(b"".join(lines)).hexdigest(),
    }
    past = [f for f in found if "until" in f]
    assert [(f["load"], f["until"], f["kind"]) for f in past] == [
        (1, 2, "round"),
        (2, 3, "round"),
        (5, 6, "city"),
    ]
    assert {f["source"] for f in found if "body" in f} == {"deals", "other", "gone", "decisions"}


def test_a_damaged_file_is_refused_and_nothing_stored(tmp_path: Path) -> None:
    with open_store(tmp_path / "facts.store") as store:
        history(store)
        backup.write(store, whole := tmp_path / "all.jsonl.gz")
    text = gzip.decompress(whole.read_bytes())
    lines = text.splitlines(keepends=True)
    packed = bytearray(whole.read_bytes())
    packed[len(packed) // 2] ^= 1

    def signed(body: list[bytes]) -> bytes:
        """Lines with a last line that is right of them."""
        end = json.loads(lines[-1]) | {"sha256": hashlib.sha256(b"".join(body)).hexdigest()}
        return b"".join(body) + json.dumps(end).encode() + b"\n"

    second = next(i for i, line in enumerate(lines) if b'"deals"' in line and b'"body"' in line)
    nonsense = json.loads(lines[second])
    nonsense["body"] = {"name": 5}
    odd = json.dumps(nonsense).encode() + b"\n"
    other = b'{"format":"whofunds-records","version":0}\n'
    bad = tmp_path / "bad.jsonl"
    with open_store(tmp_path / "empty.store") as store:
        for contents, said in (
            (text.replace(b"25m", b"26m").replace(b"North", b"South"), "is not as it was written"),
            (b"".join(lines[:-1]), f"cut off after line {len(lines) - 1}"),
            (b"".join(lines[:3] + lines[4:]), "is not as it was written"),
            (text[:-20], r"no whole line"),
            (text + lines[1], "lines follow its last"),
            (whole.read_bytes()[:-30], "is cut off or damaged"),
            (bytes(packed), "is cut off or damaged|is not as it was written|no whole line"),
            (b"", "cut off after line 0"),
            (b"{}\n", "no file of records of whofunds"),
            (b"id,name\n1,x\n", "no file of records"),
            (b"[" * 100_000, "no file of records"),
            (random.Random(1).randbytes(1000), "no file of records"),
            (signed([other, *lines[1:-1]]), "another version of whofunds"),
            (signed([*lines[:second], odd, *lines[second + 1 : -1]]), "no load or record"),
        ):
            bad.write_bytes(contents)
            with pytest.raises(InputError, match=said) as caught:
                backup.restore(store, bad)
            assert str(caught.value).startswith(str(bad)) and "; " in str(caught.value)
            assert store.loads(gone=True) == [] and store.record_counts() == {}


def test_only_an_empty_store_is_filled(store: Store, tmp_path: Path) -> None:
    load_records(store, "one", [City(id="xian", name="Xi'an")])
    backup.write(store, file := tmp_path / "all.jsonl.gz")
    before = snapshot(store)
    with pytest.raises(UsageError, match=r"holds loads or records already.*--store FOLDER"):
        backup.restore(store, file)
    ingest.unload(store, "one")
    with pytest.raises(UsageError, match="holds loads or records already"):
        backup.restore(store, file)
    assert snapshot(store) != before and store.record_counts() == {}


def test_what_was_broken_off_the_same_file_finishes(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    with open_store(tmp_path / "made.store") as made:
        history(made)
        backup.write(made, file)
        expected, kept = snapshot(made), ground(made)

    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, total: int | None) -> None:
        if stage == "restored":
            raise Stopped

    with pytest.raises(Stopped):
        backup.restore(store, file, tell=stop)
    assert store.unfinished() and {entry.state for entry in store.loads()} == {"restoring"}
    backup.restore(store, file)
    assert (snapshot(store), ground(store)) == (expected, kept)
    assert not store.unfinished()


def test_what_changes_while_it_is_written_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl.gz"
    with open_store(tmp_path / "facts.store") as store:
        load_records(store, "one", [City(id="xian", name="Xi'an")])

        def meanwhile(*_: Any) -> None:
            load_records(store, "two", [City(id="lyon", name="Lyon")])

        with pytest.raises(StoreError, match="was changed while it was read; export again"):
            backup.write(store, file, meanwhile)
    assert [p.name for p in tmp_path.iterdir()] == ["facts.store"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds)
def test_any_world_comes_back(tmp_path_factory: pytest.TempPathFactory, world: Any) -> None:
    folder = tmp_path_factory.mktemp("world")
    with open_store(folder / "one") as one, open_store(folder / "two") as two:
        for source, records in world.items():
            load_records(one, source, records)
        for source, records in reversed(world.items()):
            load_records(one, source, records[1:])
        backup.write(one, folder / "all.jsonl")
        backup.restore(two, folder / "all.jsonl")
        assert snapshot(two) == snapshot(one)
        assert ground(two) == ground(one)


def test_backup_and_restore_by_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("facts.store") as store:
        history(store)
        expected = snapshot(store)
    run("--store", "facts.store", "export", "all.jsonl.gz")
    new = "--store", "new.store", "load", "records"
    would = run(*new, "all.jsonl.gz", "--preview").stdout
    assert would == "records: records would be 10 new, 0 changed, 0 unchanged, 0 rejected\n"
    assert not Path("new.store").exists()
    done = run(*new, "all.jsonl.gz").stdout
    assert done == "records: records 10 new, 0 changed, 0 unchanged, 0 rejected\n"
    with open_store("new.store") as store:
        assert snapshot(store) == expected
    assert "needs a file" in run(*new, code=2).stderr
    assert "no such file" in run(*new, "gone.gz", code=2).stderr
    assert "empty store alone" in run(*new, "all.jsonl.gz", code=2).stderr
