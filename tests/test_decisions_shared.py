"""Decisions as files, on the command line, broken off, by two at once, and by the thousand."""

import csv
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from itertools import pairwise
from pathlib import Path

import pytest
from tests.conftest import Database
from tests.support import load_records, snapshot
from tests.test_decisions import former, members, ours, states, theirs
from typer.testing import CliRunner, Result

from whofunds import Decision, Graph, Investor, Startup
from whofunds.cli import app
from whofunds.stores import open_store
from whofunds.stores.base import Store

PAGE = "https://example.org/"


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def desk(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of two sources, and a folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    with open_store(address) as store:
        load_records(store, "ours", ours())
        load_records(store, "theirs", theirs())
    return address


def test_decisions_are_exported_and_loaded_elsewhere(desk: str, tmp_path: Path) -> None:
    key = run("decide", "same", "acme", "zz:9", "--kind", "company", "--by", "kim").stdout.strip()
    assert key == "decisions:decision:identity/startup/acme/zz:9"
    # Texts that a spreadsheet would run, that hold commas, quotes and line breaks.
    for why, a, b in (("=1+1", "nord", "north"), ('-5, said "he"\nand', "pole", "zz:1")):
        code = 2 if why.startswith("=") else 0
        run("decide", "same", a, b, "--why", why, "--by", "@kim", code=code)
    run("decide", "correct", "acme", "name", "+Acme", "--kind", "company", "--by", "+kim")
    run("decide", "correct", "ours:a", "amount", "25m USD", "--why", "@fix")
    run("decide", "split", "ours:a", "theirs:x", "--why", "'quoted")
    run("decide", "reject", PAGE + "2")
    run("decide", "list", "--output", "list.csv")
    with Path("list.csv").open(encoding="utf-8", newline="") as file:
        assert not any(v.startswith(("=", "+", "-", "@")) for r in csv.reader(file) for v in r)
    fresh = str(tmp_path / "fresh.store")
    with open_store(fresh) as store:
        load_records(store, "theirs", theirs())
    assert (
        "6 new, 0 changed, 0 unchanged, 0 rejected"
        in run("--store", fresh, "load", "decisions", "list.csv").stdout
    )
    with open_store(fresh) as store:
        load_records(store, "ours", ours())
    with open_store(desk, read_only=True) as one, open_store(fresh, read_only=True) as other:
        assert snapshot(one) == snapshot(other)
        assert Graph(one).decisions().values == Graph(other).decisions().values
        assert one.query("MATCH (n:Startup {id: 'acme'}) RETURN n.name").rows == [("+Acme",)]
    again = run("--store", fresh, "load", "decisions", "list.csv").stdout
    assert "0 new, 0 changed, 6 unchanged, 0 rejected" in again
    rows = [
        json.loads(line)
        for line in run("decide", "list", "--format", "jsonl").stdout.split("\n")[:-1]
    ]
    assert {r["state"] for r in rows} == {"obeyed"}
    for row in rows:
        assert run("decide", "undo", row["key"]).stdout == f"{row['key']}: taken back\n"
    assert run("decide", "list").stdout.startswith("no rows")


def test_what_is_wrong_in_a_list_is_rejected_and_the_rest_taken(desk: str) -> None:
    run("decide", "same", "nord", "north", "--by", "kim", "--why", "one")
    with open_store(desk, read_only=True) as store:
        before = states(Graph(store))
    header = "key,type,of,a,b,company,field,value,by,on,why\n"
    bad = (
        "k,equal,investor,a,b,,,,,,\n"
        "k,same,round,a,b,,,,,,\n"
        "k,same,investor,nord,,,,,,,\n"
        "k,same,investor,nord,nord,,,,,,\n"
        "k,same,investor,nord,pole,,country,,,,\n"
        "k,part-of,startup,acme,zz:9,,,,,,\n"
        "k,join,,ours:a,theirs:x,,,,,,\n"
        "k,correct,round,ours:a,,acme,amount,lots,,,\n"
        "k,correct,round,ours:a,,acme,name,x,,,\n"
        "k,reject,,https://example.org/2,,,,,,03/04/2024,\n"
        "k,reject\n"
    )
    Path("bad.csv").write_text(header + bad, encoding="utf-8")
    result = run("load", "decisions", "bad.csv", code=1)
    assert "0 new, 0 changed, 0 unchanged" in result.stdout
    with Path("decisions.rejects.csv").open(encoding="utf-8", newline="") as file:
        lines = [int(row["line"]) for row in csv.DictReader(file)]
    assert sorted({*lines}) == list(range(2, 13))
    Path("bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    run("load", "decisions", "bad.csv", code=1)
    Path("good.csv").write_text(
        header + "k,equal,,a,,,,,,,\nk,reject,,https://example.org/2,,,,,,,\n"
    )
    assert "1 new, 0 changed, 0 unchanged" in run("load", "decisions", "good.csv", code=1).stdout
    with open_store(desk, read_only=True) as store:
        assert states(Graph(store)) == before | {f"decisions:decision:reject/{PAGE}2": "obeyed"}


def test_wrong_use_is_exit_2(desk: str) -> None:
    for words, said in (
        (("same", "nord", "nobody"), "no investor is called 'nobody'"),
        (("same", "nord", "nord"), "the same as a"),
        (("same", "nord", "north", "--kind", "fund"), "company, investor, city"),
        (("join", "ours:a", "theirs:x"), "acme has no account 'theirs:x'"),
        (("split", "ours:a", "nothing"), "no round or account is called 'nothing'"),
        (("correct", "ours:a", "amount", "lots"), "value 'lots'"),
        (("reject", "https://example.org/none"), "nothing is held of"),
        (("undo", "nothing"), "no decision has the key"),
        (("part-of", "pole", "nord"), "this contradicts ours:link:"),
    ):
        stderr = run("decide", *words, code=2).stderr
        assert said in stderr, words
        assert stderr.startswith("whofunds: ") and stderr.count("\n") == 1, words


def test_a_source_can_not_take_the_name_of_what_is_automatic(desk: str) -> None:
    Path("automatic.py").write_text("def records():\n    return []\n")
    assert "rename the loader" in run("load", "./automatic.py", code=2).stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("step", range(0, 8, 2))
def test_a_decision_that_is_killed_is_finished_by_the_next_load(desk: str, step: int) -> None:
    program = textwrap.dedent("""
        import os, signal, sys
        from whofunds import Graph
        from whofunds.stores import open_store

        store = open_store(sys.argv[1])
        left = int(sys.argv[2])

        def dying(method):
            def call(*args, **more):
                global left
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                return method(*args, **more)
            return call

        for name in ("put_records", "replace", "put_nodes", "finish", "put_load"):
            setattr(store, name, dying(getattr(store, name)))
        Graph(store).decide("same", "acme", "zz:9", kind="company")
    """)
    with open_store(desk) as store:
        load_records(store, "list", [Decision(type="same", of="investor", a="nord", b="north")])
    done = subprocess.run(
        [sys.executable, "-c", program, desk, str(step)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    with open_store(desk) as store:
        Graph(store).decide("same", "acme", "zz:9", kind="company")
        assert not store.unfinished()
        whole = snapshot(store)
        assert former(store, "Startup") == {"acme": ["zz:9"]}
        assert members(store) == {(i, "ours:a") for i in ("nord", "zz:1")}
        Graph(store).undo("decisions:decision:identity/startup/acme/zz:9")
        Graph(store).decide("same", "acme", "zz:9", kind="company")
        assert snapshot(store) == whole


def test_two_who_decide_at_once(database: Database, tmp_path: Path) -> None:
    funds = [f"f{n:02}" for n in range(12)]
    facts = [Startup(id="acme", name="Acme"), *(Investor(id=f, name=f"Fund {f}") for f in funds)]
    with open_store("neo4j") as store:
        load_records(store, "ours", [*facts, *ours()[-3:]])
    program = textwrap.dedent("""
        import sys
        from whofunds import Graph
        from whofunds.stores import open_store

        with open_store("neo4j") as store:
            graph = Graph(store)
            for pair in sys.argv[1:]:
                a, b = pair.split("=")
                key = graph.decide("same", a, b)
                if int(a[1:]) % 4 == 3:
                    graph.undo(key)
    """)
    pairs = [f"{a}={b}" for a, b in pairwise(funds)]
    with open_store("neo4j") as store:
        started = [
            subprocess.Popen(
                [sys.executable, "-c", program, *pairs[start::2]],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            for start in (0, 1)
        ]
        assert [process.wait(timeout=240) for process in started] == [0, 0]
        assert not store.unfinished()
        expected = {f"f{n:02}": [f"f{m:02}" for m in range(n + 1, n + 4)] for n in range(0, 12, 4)}
        assert {k: v for k, v in former(store, "Investor").items() if v} == expected


def test_a_long_chain(store: Store) -> None:
    # A chain is followed link by link, which a server makes slow.
    half = 1_000 if type(store).__name__ == "EmbeddedStore" else 100
    ids = [f"f{n:04}" for n in range(2 * half + 1)]
    load_records(store, "ours", [Investor(id=i, name=f"Fund {i}") for i in ids] + ours())
    graph = Graph(store)
    chain = [Decision(type="same", of="investor", a=a, b=b) for a, b in pairwise(ids)]
    begun = time.monotonic()
    load_records(store, "list", chain)
    assert len(former(store, "Investor")["f0000"]) == 2 * half
    assert {*states(graph).values()} == {"obeyed"}
    graph.undo(f"list:decision:identity/investor/{ids[half]}/{ids[half + 1]}")
    assert {k: len(v) for k, v in former(store, "Investor").items() if v} == {
        "f0000": half,
        ids[half + 1]: half - 1,
    }
    assert time.monotonic() - begun < 120
