"""parse, find, rounds and why: the same on every store, and in the forms that programs read."""

import csv
import json
from pathlib import Path

import pytest
from tests.support import FACTS, load
from typer.testing import CliRunner

from whofunds import Graph, NameNotFound
from whofunds.cli import app
from whofunds.stores.base import Store


def lines(*words: str, code: int = 0) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, [*words, "--format", "jsonl"])
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_texts_become_sums_and_dates(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.write_text("over $1bn\n数亿元\n¥5m\n40 %\n", encoding="utf-8")
    found = lines("parse", "money", "--file", str(texts))
    assert [list(line) for line in found] == [
        ["text", "min", "max", "currency", "qualifier", "error"]
    ] * 4
    assert [(f["min"], f["max"], f["currency"], f["qualifier"]) for f in found] == [
        (1_000_000_000, None, "USD", "at_least"),
        (200_000_000, 999_999_999, "CNY", "range"),
        (5_000_000, 5_000_000, None, "exact"),
        (None, None, None, None),
    ]
    assert [bool(f["error"]) for f in found] == [False, False, False, True]
    ambiguous, day = lines("parse", "date", "03/04/2024", "2024年5月6日")
    assert (ambiguous["first"], bool(ambiguous["error"])) == (None, True)
    assert (day["first"], day["last"], day["precision"]) == ("2024-05-06", "2024-05-06", "day")
    (hinted,) = lines("parse", "date", "03/04/2024", "--order", "dmy")
    assert hinted["first"] == "2024-04-03"


@pytest.fixture
def shipped(store: Store, address: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    load(store, "ai-funding")
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    return store


def test_names_get_a_verdict(shipped: Store) -> None:
    found = lines("find", "智谱", "fidelity", "Initech", "--kind", "company")
    assert [f["verdict"] for f in found] == ["match", "none", "none"]
    assert found[0]["matches"][0] | {"score": 0, "matched": ""} == {  # type: ignore[index]
        "id": "zhipu-ai",
        "name": "Zhipu AI",
        "kind": "company",
        "score": 0,
        "matched": "",
    }
    (both,) = lines("find", "Fidelity", "--kind", "investor")
    assert both["verdict"] == "ambiguous"
    assert {m["id"] for m in both["matches"]} == {"fidelity-intl", "fidelity-us"}  # type: ignore[attr-defined]


def test_every_account_is_in_one_round(shipped: Store) -> None:
    found = lines("rounds")
    assert list(found[0])[:4] == ["id", "company", "accounts", "announced"]
    told = sorted(key for line in found for key in line["accounts"])  # type: ignore[attr-defined]
    with (FACTS / "rounds.csv").open(encoding="utf-8", newline="") as file:
        assert told == sorted(row["id"] for row in csv.DictReader(file))
    (aleph,) = [line for line in found if "aleph-2023-b" in line["accounts"]]  # type: ignore[operator]
    assert (aleph["amount_min"], aleph["amount_max"], aleph["currency"], aleph["disputed"]) == (
        100_000_000,
        500_000_000,
        "EUR",
        ["amount", "currency"],
    )


def test_why_sets_accounts_side_by_side(shipped: Store) -> None:
    graph = Graph(shipped)
    rows = list(graph.why("cloudwalk-2020-05-cavoi"))
    sums = {r["account"].split(":")[1]: (r["says"], r["outcome"], r["rule"]) for r in rows
            if r["field"] == "amount"}  # fmt: skip
    # Three accounts: 1.8bn twice, and 18bn by a slip of units, which is set aside.
    assert sums == {
        "cloudwalk-2020-05": ("1,800,000,000 CNY", "gives it", 2),
        "cloudwalk-2020-05-cavoi": ("18,000,000,000 CNY", "set aside: known to be wrong", 1),
        "cloudwalk-2020-pre-ipo": ("1,800,000,000 CNY", "gives it", 2),
    }
    assert {r["disputed"] for r in rows if r["field"] == "amount"} == {True}
    by_id = list(graph.why("ai-funding:cloudwalk-2020-05"))
    assert by_id == rows
    with pytest.raises(NameNotFound, match="whofunds rounds"):
        graph.why("nothing")
