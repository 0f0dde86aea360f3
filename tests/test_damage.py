"""Twelve kinds of damage: each is named by file, line, column and value, and the rest loads."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support import FACTS, load, snapshot

from whofunds.checking import Rejects
from whofunds.ingest import Outcome
from whofunds.stores.base import Store

PAGE = "https://example.org/damaged"
MEGABYTE = "x" * 1024 * 1024


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def append(path: Path, **values: str) -> int:
    """Append a row with these values, else empty; returns its line."""
    text = path.read_text("utf-8")
    columns = next(csv.reader([text.split("\n", 1)[0]]))
    assert set(values) <= set(columns)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(values.get(c, "") for c in columns)
    return text.count("\n") + 1


def round_row(path: Path, id_: str, **values: str) -> int:
    start = {"id": id_, "company_id": "moonshot-ai", "source_url": PAGE, "announced_on": "2030-01"}
    return append(path / "rounds.csv", **{**start, **values})


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[tuple[Path, list[tuple[str, int, str, str, str]]]]:
    """A folder of the shipped facts with damage done to it, and what should be said of it."""
    folder = tmp_path / "facts"
    shutil.copytree(FACTS, folder)
    said: list[tuple[str, int, str, str, str]] = []

    def expect(file: str, line: int, column: str, value: str, reason: str) -> None:
        said.append((file, line, column, value, reason))

    line = round_row(folder, "bad-date", announced_on="2024-13-45")
    expect("rounds.csv", line, "announced_on", "2024-13-45", "")
    line = round_row(folder, "negative", amount="-5", currency="USD", amount_qualifier="exact")
    expect("rounds.csv", line, "amount", "-5", "negative")
    line = round_row(folder, "currency", amount="5", currency="XQX", amount_qualifier="exact")
    expect("rounds.csv", line, "currency", "XQX", "unknown currency")
    round_row(folder, "twice", stage="A")
    line = round_row(folder, "twice", stage="B")
    expect("rounds.csv", line, "id", "twice", "the first stays")
    line = round_row(folder, "formula", amount="=1+1", currency="USD")
    expect("rounds.csv", line, "amount", "=1+1", "formula")
    line = round_row(folder, "nul", stage="A\x00B")
    expect("rounds.csv", line, "stage", "A\\x00B", "NUL")
    line = round_row(folder, "long", note=MEGABYTE)
    expect("rounds.csv", line, "note", "x" * 200 + "… (1,048,576 characters)", "at most")
    line = append(
        folder / "participations.csv",
        round_id="moonshot-2023-pre-a",
        investor_id="nobody",
        lead="false",
        source_url=PAGE,
    )
    expect("participations.csv", line, "investor_id", "nobody", "no investor 'nobody' is known")
    line = append(folder / "companies.csv", id="html", name="<b onmouseover=alert(1)>AI</b>")
    expect("companies.csv", line, "name", "<b onmouseover=alert(1)>AI</b>", "markup")
    line = append(folder / "investors.csv", id="gb", name="ENCODED", kind="vc")
    path = folder / "investors.csv"
    path.write_bytes(path.read_bytes().replace(b"ENCODED", "基金".encode("gb18030")))
    expect("investors.csv", line, "name", "\\udcbb\\udcf9\\udcbd\\udcf0", "not UTF-8")
    (folder / "conditions.csv").write_bytes(b"")
    expect("conditions.csv", 1, "investor_id", "", "empty")
    cities = read(folder / "cities.csv")
    with (folder / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        kept = csv.DictWriter(file, ["id", "name", "name_zh", "country", "latitude"])
        kept.writeheader()
        kept.writerows({k: v for k, v in c.items() if k != "longitude"} for c in cities)
    expect("cities.csv", 2, "longitude", "", "the column is missing")
    yield folder, said


def test_each_damage_is_named_and_the_rest_loads(
    store: Store,
    damaged: tuple[Path, list[tuple[str, int, str, str, str]]],
    tmp_path: Path,
) -> None:
    folder, said = damaged
    outcome: Outcome = load(store, "ai-funding", folder, rejects=Rejects(tmp_path / "rejects.csv"))
    rejects = read(tmp_path / "rejects.csv")
    for file, line, column, value, reason in said:
        shown = "'" + value if value.startswith(("=", "-")) else value
        (found,) = [
            r
            for r in rejects
            if (r["file"], r["line"], r["column"], r["value"]) == (file, str(line), column, shown)
        ]
        assert reason in found["reason"]
        assert found["outcome"] == ("kept" if "markup" in reason else "rejected")
    assert outcome.rejected == sum(r["outcome"] == "rejected" for r in rejects)
    # All else is there: the shipped rounds and the first of the two that share a key.
    counts = store.record_counts()
    assert counts["round"] == 244 + 1
    assert counts["startup"] == 32 + 1
    assert counts["investor"] == 354
    assert "city" not in counts and "condition" not in counts
    names = store.query("MATCH (s:Startup {id: 'html'}) RETURN s.name AS name ORDER BY name").rows
    assert names == [("<b onmouseover=alert(1)>AI</b>",)]


def test_damage_never_takes_away_what_was_stored(
    store: Store, damaged: tuple[Path, list[tuple[str, int, str, str, str]]], tmp_path: Path
) -> None:
    load(store, "ai-funding")
    before = snapshot(store)
    load(store, "ai-funding", damaged[0])
    after = snapshot(store)
    for label in ("City", "Investor", "Report"):
        assert {n[0] for n in before[label]} <= {n[0] for n in after[label]}
    assert before["SET_CONDITION"] == after["SET_CONDITION"]


def test_a_second_kind_of_damage_in_a_participant_costs_only_that_participant(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "facts"
    shutil.copytree(FACTS, folder)
    line = append(
        folder / "participations.csv",
        round_id="moonshot-2023-pre-a",
        investor_id="idg",
        lead="perhaps",
        source_url=PAGE,
    )
    outcome = load(store, "ai-funding", folder)
    (reject,) = outcome.rejects
    assert (reject.file, reject.line, reject.column, reject.value) == (
        "participations.csv",
        line,
        "lead",
        "perhaps",
    )
    held = store.query(
        "MATCH (:Report)-[s:STATES]->(r:FundingRound) WHERE s.account = "
        "'ai-funding:moonshot-2023-pre-a' RETURN s.members AS members ORDER BY members"
    ).rows
    assert held and "idg" not in held[0][0]
