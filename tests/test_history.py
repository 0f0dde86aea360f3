"""What the reports had said by a day, and what changed since a load."""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.support import load_records
from typer.testing import CliRunner, Result

from whofunds import (
    City,
    Condition,
    Graph,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    Total,
    UsageError,
)
from whofunds.cli import app
from whofunds.stores import open_store
from whofunds.stores.base import Store

PAGE = "https://example.org/"


def deal(id_: str, page: str, announced: str, stage: str, *named: Any, **more: Any) -> Round:
    parts = [p if isinstance(p, Participant) else Participant(investor=p) for p in named]
    return Round(id=id_, company="acme", report=PAGE + page, announced=announced, stage=stage,
                 participants=parts, **more)  # fmt: skip


def dated() -> list[Any]:
    """North was a city's fund until it was sold in 2022, when acme moved as well."""
    return [
        City(id="xian", name="Xi'an", country="CN"),
        City(id="paris", name="Paris", country="FR"),
        Startup(id="acme", name="Acme"),
        Investor(id="north", name="North"),
        Investor(id="hall", name="City Hall", state_controlled="yes"),
        Investor(id="pole", name="Pole Group"),
        Investor(id="east", name="East"),
        Link(type="kind", source="east", target="vc"),
        Link(type="kind", source="north", target="city-fund", until="2021-12-31"),
        Link(type="kind", source="north", target="pe", since="2022-01-01"),
        Link(type="part-of", source="north", target="hall", until="2021-12-31"),
        Link(type="part-of", source="north", target="pole", since="2022-01-01", report=PAGE + "3"),
        Link(type="acts-for", source="hall", target="xian"),
        Link(type="seat", of="startup", source="acme", target="xian", until="2021-12-31"),
        Link(type="seat", of="startup", source="acme", target="paris", since="2022-01-01"),
        Report(url=PAGE + "1", name="One", published_on="2020-03-01"),
        Report(url=PAGE + "2", name="Two", published_on="2022-05"),
        Report(url=PAGE + "3", name="Three", published_on="2023-02-01"),
        Report(url=PAGE + "4", name="Four"),
        deal("a", "1", "2020-02-10", "seed", "north", amount="5m USD"),
        # East's part is told by a report of its own, and the sum is put right by a later one.
        deal("b", "2", "2022-04-20", "A", "north",
             Participant(investor="east", report=PAGE + "3"), amount="20m USD"),
        deal("b2", "3", "2022-04-20", "A", amount="25m USD"),
        # Published by nobody knows when.
        deal("c", "4", "2021-06-01", "pre-A", "north", amount="8m USD"),
        Total(company="acme", report=PAGE + "4", amount="60m USD"),
        Condition(investor="north", company="acme", type="required", report=PAGE + "4"),
        Condition(investor="north", company="acme", type="motive", report=PAGE + "5",
                  published_on="2021-01-01"),
    ]  # fmt: skip


@pytest.fixture
def graph(store: Store) -> Graph:
    load_records(store, "dated", dated())
    return Graph(store)


def picked(answer: Any, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in answer]


def test_kinds_parents_and_seats_are_those_of_the_rounds_date(graph: Graph) -> None:
    sources = graph.query("capital/sources-by-company")
    assert picked(sources, "kind", "rounds", "first", "last") == [
        ("city-fund", 2, "2020-02-10", "2021-06-01"),
        ("pe", 1, "2022-04-20", "2022-04-20"),
        ("vc", 1, "2022-04-20", "2022-04-20"),
    ]
    behind = graph.query("capital/behind-company", company="acme")
    assert picked(behind, "kind", "investor", "rounds", "groups") == [
        ("city-fund", "north", 2, ["City Hall"]),  # whose it was then
        ("pe", "north", 1, ["Pole Group"]),
        ("vc", "east", 1, []),
    ]
    then = graph.query("capital/behind-company", company="acme", as_of="2021-12-31")
    assert picked(then, "kind", "investor", "rounds", "groups", "possible") == [
        ("city-fund", "north", 2, ["City Hall"], 0)
    ]
    # Through City Hall until it was sold, through Pole Group after.
    assert picked(graph.query("investors/portfolio", investor="hall"), "round", "kinds") == [
        ("dated:a", ["city-fund"]), ("dated:c", ["city-fund"])
    ]  # fmt: skip
    assert picked(graph.query("investors/portfolio", investor="pole"), "round", "kinds") == [
        ("dated:b", ["pe"])
    ]
    assert picked(
        graph.query("cities/city-funds"), "city", "seats", "rounds", "same_city", "other_city"
    ) == [("xian", ["Xi'an"], 2, 2, 0)]
    chains = graph.query("paths/from-government", government="hall", company="acme")
    assert picked(chains, "round") == [("dated:a",), ("dated:c",)]


def test_known_by_goes_by_the_reports_of_then(graph: Graph) -> None:
    def rounds(day: str, **more: str) -> Any:
        return graph.query("companies/rounds", company="acme", known_by=day, **more)

    assert picked(graph.query("companies/rounds", company="acme"), "round", "amount_min") == [
        ("dated:a", 5_000_000), ("dated:c", 8_000_000), ("dated:b", 20_000_000),
    ]  # fmt: skip
    # Left out as undated: an account, a total and a condition; the report is no account or link.
    early, mid, late = rounds("2020-03-01"), rounds("2022-05-31"), rounds("2023")
    assert [a.left_out for a in (early, mid, late)] == [3, 3, 3]
    assert [(a.known_by, a.facts_as_of) for a in (early, mid, late)] == [
        ("2020-03-01", "2020-03-01"), ("2022-05-31", "2022-05-01"), ("2023-12-31", "2023-02-01"),
    ]  # fmt: skip
    columns = ("round", "amount_min", "amount_max", "investors")
    first = ("dated:a", 5_000_000, 5_000_000, ["North"])
    assert picked(early, *columns) == [first]
    # A report of May 2022 is known by the month's end, not by its first day.
    assert picked(rounds("2022-05-30"), *columns) == [first]
    assert picked(mid, *columns) == [first, ("dated:b", 20_000_000, 20_000_000, ["North"])]
    whole = ("dated:b", 20_000_000, 25_000_000, ["East", "North"])
    assert picked(late, *columns) == [first, whole]
    assert late[1]["disputed"] == ["amount"]
    # Two times at once: what had happened by 2021, as it was known by 2023.
    assert picked(rounds("2023", as_of="2021"), *columns) == [first]
    assert rounds("2019").left_out == 3 and len(rounds("2019")) == 0
    # Links: that north is Pole's was reported in 2023 only.
    pole = graph.known_by("2022-12-31").query("investors/portfolio", investor="pole")
    assert len(pole) == 0
    assert len(graph.query("investors/portfolio", investor="Pole Group", known_by="2023")) == 1
    # A condition carries its own date where its report has none.
    found = graph.known_by("2021").store.query("MATCH ()-[q:SET_CONDITION]->() RETURN q.kind").rows
    assert found == [("motive",)]
    assert graph.known_by("2020").store.query("MATCH ()-[q:SET_CONDITION]->() RETURN q").rows == []
    for day in ("soon", "2020-13-01", "", "03/04/2020"):
        with pytest.raises(UsageError, match="is not right"):
            graph.query("companies/rounds", company="acme", known_by=day)


def test_every_query_takes_known_by(graph: Graph) -> None:
    values = {"company": "acme", "government": "hall", "round": "dated:a", "to": "acme"}
    values |= {"kind": "vc", "other": "acme"}
    for name, query in graph.queries().items():
        given = {p.name: values.get(p.name, "north") for p in query.params if p.required}
        known = graph.query(name, **given, known_by="2020-12-31")
        assert (known.known_by, known.left_out) == ("2020-12-31", 3), name
        last = graph.query(name, **given, known_by="2100")
        assert last.columns == graph.query(name, **given).columns


def test_a_projection_is_kept_until_the_store_changes(graph: Graph, store: Store) -> None:
    def known() -> list[tuple[Any, ...]]:
        answer = graph.query("companies/rounds", company="acme", known_by="2021-06-30")
        return picked(answer, "round")

    def kept() -> dict[str, int]:
        return {p.name: p.stat().st_ino for p in store.derived.glob("known-2021-06-30.*")}

    assert known() == [("dated:a",)]
    first = kept()
    assert len(first) == 1
    graph._forget()
    assert (known(), kept()) == ([("dated:a",)], first)
    # A second source's link changes nothing in the graph of today, but what was known before.
    with_report = Link(type="part-of", source="north", target="pole", since="2022-01-01",
                       report=PAGE + "1")  # fmt: skip
    load_records(store, "zz", [with_report])
    found = graph.query("investors/portfolio", investor="pole", known_by="2022-12-31")
    assert picked(found, "round") == [("dated:b",)]
    load_records(store, "more", [deal("d", "1", "2020-02-20", "A+", "east")])
    assert known() == [("dated:a",), ("more:d",)]
    assert len(kept()) == 1 and kept() != first
    Graph(store).unload("more")
    assert known() == [("dated:a",)]
    # Only so many are kept, and those that are open stay right even when they are taken away.
    many = [graph.known_by(f"20{n:02}") for n in range(10, 26)]
    assert [len(g.query("companies/rounds", company="acme")) for g in many] == (
        [0] * 10 + [1] * 2 + [2] * 4
    )
    assert len([*store.derived.glob("known-*")]) <= 9


def test_known_by_where_nothing_may_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with open_store(folder) as store:
        load_records(store, "dated", dated())
    folder.chmod(0o555)
    try:
        with Graph(open_store(folder, read_only=True)) as graph:
            known = graph.query("companies/rounds", company="acme", known_by="2021")
            assert (picked(known, "round"), known.left_out) == ([("dated:a",)], 3)
            assert len(graph.diff("0")) > 0
        # Root may write there all the same.
        assert (folder / "derived").exists() == os.access(folder, os.W_OK)
    finally:
        folder.chmod(0o755)


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_known_by_on_the_command_line(
    graph: Graph, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if address == graph.store.address:
        graph.store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    ask = ("query", "companies/rounds", "company=acme", "known_by=2021")
    said = (
        "As known by 2021-12-31, from the reports published by then; "
        "3 accounts and links are left out, as their report has no date."
    )
    for form in ("table", "md"):
        assert said in run(*ask, "--format", form).stdout
    for form in ("json", "jsonl", "csv"):
        result = run(*ask, "--format", form)
        assert said in result.stderr and said not in result.stdout
    (row,) = csv.DictReader(io.StringIO(run(*ask, "--format", "csv").stdout))
    (plain,) = json.loads(run(*ask, "--format", "json").stdout)
    assert row["round"] == plain["round"] == "dated:a"
    run("view", "capital-map", "known_by=2021", "--output", "map.html")
    page = Path("map.html").read_text("utf-8")
    assert "as known by 2021-12-31" in page and "dated:b" not in page
    drawn = ("view", "query", "name=paths/between", "from=north", "to=acme", "known_by=2021")
    assert "known by 2021-12-31" in run(*drawn, "--output", "paths.html").output or (
        "known by 2021-12-31" in Path("paths.html").read_text("utf-8")
    )
    for wrong in ("known_by=soon", "known_by="):
        assert "is not right" in run(*ask[:3], wrong, code=2).stderr
    assert "is not right" in run("view", "capital-map", "known_by=soon", code=2).stderr
