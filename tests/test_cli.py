"""The command line: what goes to stdout, what to stderr, and with which exit code."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.support import FIXTURES
from typer.testing import CliRunner, Result

from whofunds.cli import app


@pytest.fixture
def desk(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder to work in, and an empty store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    return address


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_load_ask_and_take_back(desk: str) -> None:
    table = str(FIXTURES / "deals.csv")
    loader = str(FIXTURES / "deals.py")
    assert "8 new" in run("load", loader, table, "--preview").stdout
    assert run("load", loader, table).stdout == (
        "deals: records 8 new, 0 changed, 0 unchanged, 0 rejected\n"
    )
    assert "0 new, 0 changed, 8 unchanged" in run("load", loader, table).stdout
    status = run("status").stdout
    assert "newest report  2026-01-20" in status
    assert status.count("\nload ") == 2
    assert "investor:north-fund  North Fund  100" in run("find", "north fund").stdout
    assert run("unload", "deals").stdout == "deals: 8 records removed\n"
    assert "nothing was loaded as 'deals'" in run("unload", "deals", code=2).stderr


def test_formats_hold_the_same_rows(desk: str) -> None:
    run("load", str(FIXTURES / "deals.py"), str(FIXTURES / "deals.csv"))
    ask = ("query", "companies/rounds", "company=ACME  ai", "--format")
    rows = json.loads(run(*ask, "json").stdout)
    lines = run(*ask, "jsonl")
    assert [json.loads(line) for line in lines.stdout.splitlines()] == rows
    assert lines.stderr == "Facts as of 2026-01-20.\n"
    assert [r["stage"] for r in rows] == ["A", "B"]
    assert (rows[0]["amount_min"], rows[0]["amount_max"], rows[1]["amount_min"]) == (
        20000000,
        None,
        None,
    )
    assert rows[0]["reports"] == ["https://example.org/acme-a"]
    table = list(csv.DictReader(io.StringIO(run(*ask, "csv").stdout)))
    assert [t["amount_min"] for t in table] == ["20000000", ""]
    assert "[1] https://example.org/acme-a" in run(*ask, "md").stdout
    printed = run(*ask, "table").stdout
    assert "20m" in printed and "Facts as of 2026-01-20" in printed
    assert run(*ask, "csv", "--output", "rows.csv").stdout == ""
    assert len(Path("rows.csv").read_text("utf-8").splitlines()) == 3


def test_wrong_use_says_what_and_what_next(desk: str) -> None:
    run("load", str(FIXTURES / "deals.py"), str(FIXTURES / "deals.csv"))
    for words, said in (
        (("query", "companies/round"), "did you mean companies/rounds"),
        (("query", "companies/rounds"), "needs company"),
        (("query", "companies/rounds", "Acme"), "write it as key=value"),
        (("query", "companies/rounds", "company=Nobody"), "no company is called 'Nobody'"),
        (("query", "companies/rounds", "company=Acme AI", "as_of=soon"), "as_of"),
        (("query", "companies/rounds", "company=Acme AI", "--format", "xml"), "table, json"),
        (("load", "nothing"), "no loader is called 'nothing'"),
        (("load", "./nothing.py"), "there is no such file"),
        (("view", "map"), "capital-map, neighbourhood, path"),
        (("cypher", "CREATE (n:City {id: 'x'})"), "writes"),
        (("cypher", "MATCH (n) RETRN n"), "the store refuses the query"),
        (("find", "north", "--kind", "fund"), "company, investor, city"),
    ):
        stderr = run(*words, code=2).stderr
        assert said in stderr, words
        assert stderr.startswith("whofunds: ") and stderr.count("\n") == 1, words


def test_no_rows_are_an_answer(desk: str) -> None:
    run("load", str(FIXTURES / "deals.py"), str(FIXTURES / "deals.csv"))
    assert run("query", "quality/disputed").stdout.startswith("no rows\n")
    assert run("query", "quality/disputed", "--format", "jsonl").stdout == ""


def test_rejects_are_written_beside_and_exit_with_1(desk: str) -> None:
    table = Path("deals.csv")
    text = (FIXTURES / "deals.csv").read_text("utf-8")
    table.write_text(text.replace("over 20000000 USD", "about twenty"), encoding="utf-8")
    result = run("load", str(FIXTURES / "deals.py"), str(table), code=1)
    assert "deals.csv:2 amount 'about twenty'" in result.stderr
    assert "1 rejected" in result.stdout
    with Path("deals.rejects.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["line"], row["column"], row["value"], row["outcome"]) == (
        "deals.csv",
        "2",
        "amount",
        "about twenty",
        "rejected",
    )


def test_the_cypher_of_a_query_and_ones_own(desk: str) -> None:
    run("load", str(FIXTURES / "deals.py"), str(FIXTURES / "deals.csv"))
    shown = run("query", "companies/rounds", "company=Acme AI", "--show").stdout
    assert (
        shown.startswith(':param company => "acme-ai";') or ":param company => 'acme-ai';" in shown
    )
    own = "MATCH (r:FundingRound) WHERE r.stage = $stage RETURN r.id AS id ORDER BY id"
    assert "deals:d1" in run("cypher", own, "stage=A").stdout
    cut = run("cypher", "MATCH (r:FundingRound) RETURN r.id AS id ORDER BY id", "--limit", "1")
    assert "Cut at 1 rows; there are more." in cut.stdout


def test_queries_can_be_searched(desk: str) -> None:
    lines = run("queries", "twenty billion", "--format", "jsonl").stdout
    assert lines == ""
    (found,) = [
        json.loads(line)
        for line in run("queries", "raised reached", "--format", "jsonl").stdout.splitlines()
    ]
    assert found["name"] == "ceiling/raised"
    assert set(found) == {
        *("name", "title", "question", "tags", "params", "columns", "related", "examples")
    }
    assert found["params"][0] == {
        "name": "line",
        "type": "number",
        "required": False,
        "default": 20000000000,
        "help": "the line, in the currency",
    }


@pytest.mark.parametrize("word", ["bolt://127.0.0.1:9", "missing.store"])
def test_a_store_that_is_away_is_exit_3(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--store", word, "status", code=3)
    assert result.stderr.count("\n") == 1 and result.stdout == ""


def test_queries_are_listed_by_tag_and_told_in_full(desk: str) -> None:
    listed = run("queries", "--tag", "paths", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["name"] for line in listed] == [
        "paths/between",
        "paths/common-controllers",
        "paths/from-government",
        "paths/state-money",
    ]
    assert "there are accounts, " in run("queries", "--tag", "pats", code=2).stderr
    told = run("queries", "paths/between").stdout
    assert told.startswith("paths/between\n  The shortest chains between two entities\n")
    assert "  from " in told and "(entity, required)" in told
    assert "Related\n  paths/common-controllers  Common controllers" in told
    assert told.endswith("Examples\n  whofunds query paths/between from=temasek to=zhipu-ai\n")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("query companies/r", ["companies/rounds"]),
        ("queries companies/r", ["companies/rounds"]),
        ("queries --tag ceil", ["ceiling"]),
        ("query companies/rounds c", ["company=", "currency="]),
        ("query companies/rounds company=acme", ["company=acme-ai"]),
        ("query companies/rounds company = acme", ["acme-ai"]),
        ("query companies/rounds company =", ["acme-ai"]),
        ("query companies/rounds currency = e", []),
        ("query companies/rounds currency=E", ["currency=EUR"]),
        ("query investors/early-and-after kind=v", ["kind=vc"]),
        ("query paths/between from=n", ["from=north-fund"]),
        ("query nothing/at-all x", []),
        ("cite q", ["query"]),
        ("cite query companies/r", ["companies/rounds"]),
        ("cite query companies/rounds company = acme", ["acme-ai"]),
        ("analyse w", ["without"]),
        ("analyse without city", ["city-fund"]),
        ("analyse core k", ["known_by="]),
        ("analyse without vc as", ["as_of="]),
    ],
)
def test_bash_is_offered_names(desk: str, words: str, offered: list[str]) -> None:
    run("load", str(FIXTURES / "deals.py"), str(FIXTURES / "deals.csv"))
    typed = ["whofunds", *words.split()]
    environment = {
        "_WHOFUNDS_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(typed),
        "COMP_CWORD": str(len(typed) - 1),
    }
    result = CliRunner().invoke(app, [], prog_name="whofunds", env=environment)
    assert result.stdout.split() == offered


def test_a_shell_is_told_nothing_where_the_store_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environment = {
        "_WHOFUNDS_COMPLETE": "complete_bash",
        "COMP_WORDS": "whofunds\nquery\ncompanies/rounds\ncompany=a",
        "COMP_CWORD": "3",
    }
    result = CliRunner().invoke(app, [], prog_name="whofunds", env=environment)
    assert result.output.strip() == ""
    assert list(tmp_path.iterdir()) == []
