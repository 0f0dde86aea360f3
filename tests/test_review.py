"""review and compare: the same on every store, for programs, and one key a pair in a terminal."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
from tests.support import ROOT, load, load_records
from typer.testing import CliRunner

import whofunds
from whofunds import City, Graph, Investor, Link, NameNotFound, Participant, Round, Startup
from whofunds.cli import app
from whofunds.errors import UsageError
from whofunds.stores.base import Store

GROUP = Investor(id="mistgrove", name="Mistgrove", country="CN")
ARM = Investor(id="mistgrove-vc", name="Mistgrove Ventures", country="CN")
OLD = Investor(id="reedbank", name="Reedbank", names=["芦岸"], country="CN")
NEW = Investor(id="shore", name="Shore", names=["Reedbank", "芦岸"], country="CN")
FUND = Investor(id="otter-fund", name="Otter Fund", country="CN")
HOUSE = Investor(id="creek", name="Creek Holdings", country="CN")
RECORDS = [
    *(GROUP, ARM, OLD, NEW, FUND, HOUSE),
    City(id="suzhou", name="Suzhou", country="CN"),
    Link(type="kind", source="mistgrove", target="corporate"),
    Link(type="seat", source="reedbank", target="suzhou"),
    Link(type="seat", source="shore", target="suzhou"),
    Link(type="part-of", source="otter-fund", target="creek", report="https://r.org/1"),
    Startup(id="acme", name="Acme"),
    Round(
        id="acme-a",
        company="acme",
        report="https://r.org/2",
        participants=[Participant(investor="reedbank"), Participant(investor="mistgrove")],
    ),
]
LINES = [
    {
        "kind": "investor",
        "a": "mistgrove-vc",
        "b": "mistgrove",
        "verdict": "part-of",
        "score": 85,
        "why": ['"Mistgrove Ventures" is "Mistgrove" with more said of it', "both are of CN"],
    },
    {
        "kind": "investor",
        "a": "otter-fund",
        "b": "creek",
        "verdict": "part-of",
        "score": 100,
        "why": ["stated: Otter Fund is a part of Creek Holdings (https://r.org/1)"],
    },
    {
        "kind": "investor",
        "a": "reedbank",
        "b": "shore",
        "verdict": "same",
        "score": 98,
        "why": ['both are called "Reedbank"', "both are of CN", "both have their seat in suzhou"],
    },
]


@pytest.fixture
def few(store: Store, address: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    load_records(store, "few", RECORDS)
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    return store


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.stdout if code == 0 else result.stderr


def test_review_proposes_the_undecided_first(few: Store) -> None:
    lines = [json.loads(line) for line in run("review", "--format", "jsonl").splitlines()]
    assert lines == LINES
    assert [json.loads(x) for x in run("review", "--kind", "city", "--format", "jsonl")] == []
    table = run("review")
    assert table.splitlines()[0].split() == [
        "part-of",
        "85",
        "investor",
        "mistgrove-vc",
        "mistgrove",
    ]
    assert table.count("stated:") == 1
    assert "no kind of entity is called 'fund'; use company" in run(
        "review", "--kind", "fund", code=2
    )
    assert "no format is called 'csv'" in run("review", "--format", "csv", code=2)


def test_compare_takes_ids_names_and_texts(few: Store) -> None:
    for a, b in (("mistgrove", "mistgrove-vc"), ("Mistgrove Ventures", "MISTGROVE")):
        assert json.loads(run("compare", a, b, "--format", "jsonl")) == LINES[0]
    (text,) = run(
        "compare", "name:Mistgrove Fund II", "mistgrove", "--format", "jsonl"
    ).splitlines()
    assert json.loads(text)["verdict"] == "part-of"
    assert (json.loads(text)["a"], json.loads(text)["b"]) == ("name:Mistgrove Fund II", "mistgrove")
    assert run("compare", "name:芦岸", "shore").startswith("unsure")
    assert run("compare", "Acme", "name:acme", "--kind", "company").startswith("same")
    assert "'Reedbank' is the name of several" in run("compare", "Reedbank", "creek", code=2)
    assert "no investor is called 'Kestrel'" in run("compare", "Kestrel", "creek", code=2)
    assert "write name:TEXT" in run("compare", "name: ", "creek", code=2)
    assert run("compare", "creek", code=2)


def test_python_does_what_the_commands_do(few: Store) -> None:
    graph = Graph(few)
    assert [pair.line() for pair in graph.review()] == LINES
    assert graph.compare("shore", "reedbank").verdict == "same"
    with pytest.raises(NameNotFound):
        graph.compare("shore", "nothing")
    with pytest.raises(UsageError, match="company, investor, city"):
        graph.compare("shore", "creek", "fund")
    # What a load brings is seen, though the pairs were read before.
    load_records(few, "more", [Investor(id="shore-2", name="Shore", names=["Reedbank", "芦岸"])])
    assert Graph(few).compare("shore", "reedbank").verdict == "unsure"


def test_the_shipped_facts_give_the_same_pairs_on_every_store(store: Store, tmp_path: Path) -> None:
    load(store, "ai-funding")
    found = [pair.line() for pair in Graph(store).review()]
    stated = [line for line in found if str(line["why"][0]).startswith("stated: ")]  # type: ignore[index]
    # 94 links of the facts and the chains they make, less the one that tells of one firm twice.
    assert len(stated) > 94
    here = {(line["a"], line["b"], line["verdict"]) for line in found}
    assert ("yuanhe", "oriza", "same") in here or ("oriza", "yuanhe", "same") in here
    assert ("bocgi", "central-huijin", "part-of") in here
    assert ("fidelity-intl", "fidelity-us", "unsure") in here


class Terminal:
    """The command in a terminal of its own; `says` waits for a text, `press` types."""

    def __init__(self, store: Path, *words: str) -> None:
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from whofunds.cli import main; main()", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={
                **os.environ,
                "WHOFUNDS_STORE": str(store),
                "PYTHONPATH": str(ROOT / "graph"),
                "TERM": "dumb",
            },
            start_new_session=True,
        )
        os.close(slave)
        self._seen = ""

    def says(self, pattern: str) -> str:
        end = time.monotonic() + 30
        while not (found := re.search(pattern, self._seen)):
            ready, _, _ = select.select([self._master], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"waited for {pattern!r}, saw {self._seen!r}"
            try:
                self._seen += os.read(self._master, 4096).decode()
            except OSError as error:  # the other side is closed
                raise AssertionError(f"ended before {pattern!r}: {self._seen!r}") from error
        before, self._seen = self._seen[: found.end()], self._seen[found.end() :]
        return before

    def press(self, key: str) -> None:
        """Type a key once single keys are read; what comes before is thrown away."""
        end = time.monotonic() + 30
        while termios.tcgetattr(self._master)[3] & termios.ICANON and time.monotonic() < end:
            time.sleep(0.01)
        os.write(self._master, key.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def ends(self) -> int:
        """The exit code, once it has ended; it may wait until what it says is read."""
        end = time.monotonic() + 30
        while self._process.poll() is None and time.monotonic() < end:
            ready, _, _ = select.select([self._master], [], [], 0.05)
            with suppress(OSError):
                self._seen += os.read(self._master, 4096).decode() if ready else ""
        return self._process.wait(timeout=1)


@pytest.fixture
def undecided(tmp_path: Path) -> Path:
    """A store with two pairs that a person should look at."""
    from whofunds.stores import open_store

    folder = tmp_path / "facts.store"
    with open_store(str(folder)) as store:
        twin = Investor(id="creek-2", name="Creek Holdings", country="CN")
        load_records(store, "few", [*RECORDS, twin])
    return folder


def test_one_key_a_pair_in_a_terminal(undecided: Path) -> None:
    with Terminal(undecided, "review") as terminal:
        assert "mistgrove-vc" in terminal.says(r"1 of 2[\s\S]*x leave")
        terminal.press("k")  # means nothing
        terminal.says("x leave")
        terminal.press(" ")
        assert '"Creek Holdings"' in terminal.says(r"2 of 2[\s\S]*x leave")
        terminal.press("x")
        terminal.says("2 undecided")
        assert terminal.ends() == 0


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("p", ("mistgrove-vc", "mistgrove")),
        ("q", ("mistgrove", "mistgrove-vc")),
    ],
)
def test_a_key_tells_which_is_a_part_of_which(
    undecided: Path, key: str, told: tuple[str, str]
) -> None:
    with Terminal(undecided, "review") as terminal:
        terminal.says("x leave")
        terminal.press(key)
        terminal.says("2 of 2[\\s\\S]*x leave")
        terminal.press("\r")
        terminal.says("undecided")
        assert terminal.ends() == 0

    with whofunds.open(undecided) as graph:
        (pair,) = [p for p in graph.review() if {p.a, p.b} == {*told}]
    assert (pair.verdict, pair.a, pair.b, pair.stated) == ("part-of", *told, True)


def test_keys_write_decisions(undecided: Path) -> None:
    with Terminal(undecided, "review") as terminal:
        terminal.says("x leave")
        terminal.press("d")
        terminal.says(r"2 of 2[\s\S]*x leave")
        terminal.press("s")
        terminal.says("undecided")
        assert terminal.ends() == 0
    with whofunds.open(undecided) as graph:
        assert not any(p.undecided for p in graph.review())
        apart = graph.compare("mistgrove", "mistgrove-vc")
        assert (apart.verdict, apart.stated) == ("different", True)
        assert "decided: they are two (reviewed: " in apart.why[0]
        # The two are one entity now, so the name is of one.
        assert graph.compare("creek", "name:Creek Holdings").verdict == "same"
        for row in list(graph.decisions()):
            if "reviewed" in row["why"]:
                graph.undo(row["key"])
        assert [(p.a, p.b) for p in graph.review() if p.undecided] == [
            ("mistgrove-vc", "mistgrove"),
            ("creek", "creek-2"),
        ]


def test_a_terminal_prints_what_is_asked_for(undecided: Path) -> None:
    with Terminal(undecided, "review", "--format", "jsonl") as terminal:
        terminal.says('"a": "mistgrove-vc"')
        assert terminal.ends() == 0
