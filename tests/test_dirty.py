"""Loaders and cells that go wrong: what is said of them, and that the rest loads."""

import csv
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.support import ROOT, load, load_records

from whofunds import Graph, InputError, Investor, Participant, Report, Round, Startup, UsageError
from whofunds.output import render
from whofunds.stores.base import Store

PAGE = "https://example.org/a"


def loader(folder: Path, body: str, arguments: str = "path=None") -> Path:
    """A loader with this body."""
    path = folder / "mine.py"
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    head = "from whofunds import *\nfrom pathlib import Path\nfrom typing import Literal\n\n"
    path.write_text(f'{head}def records({arguments}):\n    """Mine.\n\n    More."""\n{lines}')
    return path


def test_a_loader_that_raises_names_its_line_and_keeps_what_was_before(
    store: Store, tmp_path: Path
) -> None:
    bad = loader(tmp_path, "yield Startup(id='a', name='A')\nyield Startup(id='b', name=1 / 0)")
    with pytest.raises(InputError, match=r"mine.py:10: .* ZeroDivisionError.*1 records before"):
        Graph(store).load(bad)
    assert store.record_counts() == {"startup": 1}


def test_nonsense_is_named_by_the_loaders_line(store: Store, tmp_path: Path) -> None:
    body = "yield Startup(id='a', name='A')\nyield {'id': 'b'}\nyield from inner()\nyield None"
    bad = loader(tmp_path, body)
    bad.write_text(bad.read_text() + "\n\ndef inner():\n    yield 5\n")
    outcome = load(store, bad)
    assert [(r.file, r.line, r.value) for r in outcome.rejects] == [
        ("mine.py", 10, "{'id': 'b'}"), ("mine.py", 16, "5"), ("mine.py", 12, "None")
    ]  # fmt: skip
    assert (outcome.new, outcome.rejected) == (1, 3)


def test_a_loader_that_loops_is_told_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    body = "while True:\n    yield Startup(id='a', name='A')"
    code = "from whofunds.cli import main; main()"
    command = [sys.executable, "-c", code, "--store", str(tmp_path / "s"), "load"]
    with subprocess.Popen(
        [*command, str(loader(tmp_path, body))],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT / "graph"), "PATH": ""},
    ) as process:
        assert process.stderr
        line = process.stderr.readline()
        assert "records in a row were there before" in line, line
        status = Path(f"/proc/{process.pid}/status")
        held = [_resident(status)]
        time.sleep(1)
        held.append(_resident(status))
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) == 130
    assert rest.startswith("whofunds: interrupted") and rest.count("\n") == 1
    assert held[1] <= held[0] + 5_000
    with Graph_(tmp_path / "s") as graph:
        assert graph.status().records == {"startup": 1}


def Graph_(path: Path) -> Graph:  # noqa: N802
    import whofunds

    return whofunds.open(path)


def _resident(status: Path) -> int:
    """Kilobytes; 0 where the system doesn't say."""
    if not status.exists():
        return 0
    lines = status.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def test_an_interrupted_load_leaves_whole_companies_and_goes_on(
    store: Store, tmp_path: Path
) -> None:
    body = (
        "for row in read_table(path):\n"
        "    yield Report(url='https://example.org/' + row['deal'])\n"
        "    yield Startup(id=row['company'], name=row['company'])\n"
        "    yield Round(id=row['deal'], company=row['company'], stage=row['stage'],\n"
        "                report='https://example.org/' + row['deal'])\n"
        "    if row['deal'] == STOP: raise KeyboardInterrupt"
    )
    table = tmp_path / "deals.csv"
    rows = "".join(f"d{i},c{i // 3},{'ABC'[i % 3]}\n" for i in range(3000))
    table.write_text("deal,company,stage\n" + rows)
    path = loader(tmp_path, body, "path")
    whole = path.read_text()
    path.write_text(whole + "\nSTOP = 'd2000'\n")
    with pytest.raises(KeyboardInterrupt):
        Graph(store).load(path, table)
    path.write_text(whole + "\nSTOP = ''\n")
    outcome = Graph(store).load(path, table)
    assert 0 < outcome.new < 7000 and outcome.rejected == 0
    counted = "MATCH (s:Startup)<-[:FUNDS]-(r:FundingRound) RETURN count(r) AS n, s.id AS s"
    assert {n for n, _ in store.query(counted).rows} == {3}
    assert store.dirty_count() == 0 and len(store.query(counted).rows) == 1000


def test_options_are_typed_and_told(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = (
        "path=None, *, currency: Literal['EUR', 'USD'] = 'USD', since: int = 0, "
        "own: bool = False, kinds: Path | None = None, share: float = 0.5"
    )
    body = "yield Startup(id=currency, name=f'x {since + 1} {own is True} {kinds} {share / 2}')"
    path = loader(tmp_path, body, options)
    graph = Graph(store)
    (tmp_path / "kinds.csv").touch()
    given = {"since": "2019", "own": "yes", "kinds": "", "share": "1", "currency": "EUR"}
    graph.load(path, None, **given)  # type: ignore[arg-type]
    assert store.query("MATCH (s:Startup) RETURN s.id AS id, s.name AS n").rows == [
        ("EUR", "x 2020 True None 0.5")
    ]
    for wrong, said in (
        ({"since": "x"}, "mine: since=x is not right; give a whole number"),
        ({"own": "perhaps"}, "give true or false"),
        ({"currency": "CHF"}, "give one of EUR, USD"),
        ({"kinds": "nowhere.csv"}, "give a file or folder that is there"),
        ({"curency": "EUR"}, "mine has no option 'curency'; its options: currency, since, own"),
    ):
        with pytest.raises(UsageError, match=said):
            graph.load(path, None, **wrong)  # type: ignore[arg-type]


def test_an_investor_cell_of_300_names(store: Store, tmp_path: Path) -> None:
    names = [f"Fund {i}" for i in range(300)]
    table = tmp_path / "deals.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["company", "investors"], ["Acme", ", ".join(names)]])
    body = (
        "for row in read_table(path):\n"
        "    who = [n.strip() for n in row.list('investors', ',')]\n"
        "    yield Report(url='https://example.org/a')\n"
        "    yield Startup(id='acme', name=row['company'])\n"
        "    yield from (Investor(id=n, name=n) for n in who)\n"
        "    yield Round(id='a', company='acme', report='https://example.org/a',\n"
        "                participants=[Participant(investor=n) for n in who])"
    )
    outcome = Graph(store).load(loader(tmp_path, body, "path"), table)
    assert (outcome.new, outcome.rejected) == (303, 0)
    counted = "MATCH (:FundingRound)<-[p:INVESTED_IN]-(i:Investor) RETURN count(i) AS n"
    assert store.query(counted).rows == [(300,)]


@pytest.mark.parametrize("name", ["   ", "\u3000\u00a0", "🚀🚀", "…", "\u200b"])
def test_names_without_a_letter_are_rejected(name: str, store: Store) -> None:
    records = [Startup(id="a", name=name), Startup(id="b", name="B", names=[name])]
    outcome = load_records(store, "mine", records)
    assert (outcome.new, outcome.rejected) == (1, 1)
    (reject,) = outcome.rejects
    assert (reject.column, reject.reason) == ("name", "a name without a letter or digit")


def test_no_cell_that_is_written_runs_as_a_formula(store: Store, tmp_path: Path) -> None:
    bad = ["@SUM(A1)", "+1-2|cmd", "-2+3", "\t=1"]
    records = [Report(url=PAGE), *(Investor(id=f"i{n}", name=b) for n, b in enumerate(bad))]
    members = [Participant(investor=f"i{n}") for n in range(len(bad))]
    company = Startup(id="acme", name="Acme")
    deal = Round(id="d", company="acme", report=PAGE, participants=members, stage="=A1")
    load_records(store, "mine", [*records, company, deal], tmp_path / "rejects.csv")
    graph = Graph(store)
    graph.export("csv", tmp_path / "out")
    texts = [render(graph.cypher("MATCH (i:Investor) RETURN i.name AS n"), "csv")]
    texts += [
        p.read_text("utf-8") for p in (tmp_path / "rejects.csv", *(tmp_path / "out").iterdir())
    ]
    for text in texts:
        for row in csv.reader(text.splitlines()):
            assert not any(c.startswith(("=", "+", "-", "@", "\t", "\r")) for c in row), row
    assert "'@SUM(A1)" in texts[0] and "'=A1" in texts[1]
