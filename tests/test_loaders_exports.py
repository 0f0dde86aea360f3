"""Dealroom, PitchBook and the table of Indian rounds: rows worked out by hand from tests/data."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from tests.support import ROOT
from tests.test_queries import pick

from whofunds import Graph
from whofunds.ingest import Outcome
from whofunds.stores.base import Store

DATA = ROOT / "tests" / "data"
ROUND = ("announced", "stage", "status", "instrument", "listing")
SUMS = ("qualifier", "amount_min", "amount_max", "own_currency")


def rejected(outcome: Outcome) -> list[tuple[int | None, str]]:
    """Line and reason of each reject, the reason without its details."""
    return [(r.line, r.reason.partition(":")[0].partition(";")[0]) for r in outcome.rejects]


def test_dealroom(store: Store) -> None:
    graph, file = Graph(store), DATA / "dealroom" / "dealroom.csv"
    outcome = graph.load("dealroom", file)
    assert rejected(outcome) == [
        (5, "lists of different lengths"),
        (6, "types of 1 investors, but 2 are named"),
        (7, "no type of round that this loader knows"),
    ]
    rows = graph.query("companies/rounds", company="Brightloom")
    assert pick(rows, *ROUND, *SUMS, "investors", "leads") == [
        (
            *("2019-03", "seed", "closed", "equity", "private", "exact", 1.5e6, 1.5e6, "EUR"),
            *(["North Quay Ventures", "Ostsee Angels"], []),
        ),
        (
            *("2021-06", "A", "closed", "equity", "private", "exact", 12e6, 12e6, "USD"),
            *(["Loom Industries", "North Quay Ventures"], []),
        ),
        ("2022", None, "closed", "debt", "private", "undisclosed", None, None, None, [], []),
    ]
    address = "https://app.dealroom.co/companies/brightloom_example"
    assert pick(rows, "reports") == [([address],)] * 3
    # Which investor was in which round can't be told: no round, and the company stays.
    assert len(graph.query("companies/rounds", company="Unevenly")) == 0
    rows = graph.query("companies/rounds", company="Listed Larch")
    assert pick(rows, *ROUND, "amount_stated", "investors") == [
        ("2018-04", None, "closed", "equity", "ipo", 1e8, []),
        ("2019-05", None, "closed", "equity", "post-ipo", 20.5e6, []),
        ("2019-06", None, "closed", "secondary", "private", 7e6, []),
    ]
    behind = graph.query("capital/behind-company", company="dealroom:990001")
    assert pick(behind, "investor_name", "kind", "rounds") == [
        ("Ostsee Angels", "angel", 1),
        ("Loom Industries", "corporate", 1),
        (None, "not named", 1),  # the debt
        ("North Quay Ventures", "vc", 2),
    ]
    basis = graph.cypher("MATCH (:Investor)-[k:IS_A]->(:CapitalSource) RETURN k.basis AS basis")
    assert sorted(str(row["basis"]) for row in basis) == ["None", *["source-stated"] * 3]
    facts = graph.cypher("MATCH (c:Startup) RETURN c.id AS id, c.country AS country ORDER BY id")
    assert [row["country"] for row in facts] == ["DE", "FR", "GB", "SE", "NO"]
    again = graph.load("dealroom", file)
    assert (again.new, again.changed, again.units) == (0, 0, 0)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The deals as PitchBook gives them: title above, real dates and numbers, its name below."""
    with (DATA / "pitchbook" / "deals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    path = tmp_path / "deals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Deals")
        day = book.add_format({"num_format": "dd-mmm-yyyy"})
        sheet.write_string(0, 0, "Deals of companies that were made up")
        for y, row in enumerate(rows, 2):
            for x, text in enumerate(row):
                if y > 2 and text and rows[0][x].endswith("Date"):
                    sheet.write_datetime(y, x, date.fromisoformat(text), day)
                elif y > 2 and text.replace(".", "").isdigit():
                    sheet.write_number(y, x, float(text))
                else:
                    sheet.write_string(y, x, text)
        sheet.write_string(len(rows) + 3, 0, "© PitchBook Data, Inc. 2026")
    return path


def test_pitchbook(store: Store, workbook: Path) -> None:
    graph = Graph(store)
    outcome = graph.load("pitchbook", workbook, currency="USD")
    assert rejected(outcome) == [
        (11, "no status that says whether the deal was completed"),
        (12, "no type of deal that this loader knows"),
    ]
    rows = graph.query("companies/rounds", company="Cobalt Fern")
    value = ("valuation_stated", "valuation_basis")
    assert pick(rows, *ROUND, *SUMS, *value, "investors", "leads") == [
        (
            *("2021-03-02", "A", "closed", "equity", "private", "exact", 12.5e6, 12.5e6, "USD"),
            *(50e6, "post", ["Mira Example", "Oak & Iron, Inc.", "Tidal Peak Partners"]),
            ["Tidal Peak Partners"],
        ),
        (
            *("2022-06-15", "B", "closed", "equity", "private", "about", 40e6, 40e6, "USD"),
            *(300e6, "post", ["Oak & Iron, Inc."], []),
        ),
        (
            *("2022-11-01", None, "closed", "debt", "private", "exact", 5.25e6, 5.25e6, "USD"),
            *(None, None, ["Lantern Bank"], []),
        ),
        (
            *("2023-01-20", "C", "planned", "equity", "private", "exact", 90e6, 90e6, "USD"),
            *(810e6, "pre", ["Tidal Peak Partners"], ["Tidal Peak Partners"]),
        ),
    ]
    assert pick(rows, "reports")[0] == (["deals.xlsx, 990001-01T"],)
    notes = graph.cypher("MATCH (:Report)-[s:STATES]->() RETURN s.note AS note ORDER BY note")
    assert {row["note"] for row in notes} == {
        None,
        "estimated by PitchBook: deal size, valuation",
    }
    rows = graph.query("investors/portfolio", investor="Tidal Peak Partners")
    assert pick(rows, "company_name", "status", "lead", "cheque_min", "round_min") == [
        ("Amber Mill", "closed", False, None, None),
        ("Cobalt Fern", "closed", True, None, 12.5e6),
        ("Amber Mill", "withdrawn", False, None, 3e6),
        ("Cobalt Fern", "planned", True, None, 90e6),
    ]
    raised = graph.query("ceiling/raised", currency="USD")
    assert pick(raised, "company_name", "floor", "rounds") == [
        ("Cobalt Fern", 57.75e6, 3),
        ("Amber Mill", None, 1),
    ]
    again = graph.load("pitchbook", workbook, currency="USD")
    assert (again.new, again.changed, again.units) == (0, 0, 0)


def test_pitchbook_as_csv_needs_what_the_file_does_not_state(store: Store, tmp_path: Path) -> None:
    """Without a currency sums are kept and never converted; 3/9/2021 is no day by itself."""
    graph, file = Graph(store), tmp_path / "deals.csv"
    text = (DATA / "pitchbook" / "deals.csv").read_text(encoding="utf-8")
    american = re.sub(r"(\d{4})-(\d\d)-(\d\d),", r"\2/\3/\1,", text)
    file.write_text(american + "© PitchBook Data, Inc. 2026\n", encoding="utf-8")
    reasons = [r.reason for r in graph.load("pitchbook", file).rejects]
    assert "ambiguous: 2021-02-03 or 2021-03-02" in reasons
    graph.load("pitchbook", file, dates="mdy")
    rows = graph.query("companies/rounds", company="Cobalt Fern", currency="USD")
    columns = ("announced", "amount_min", "own_currency", "min", "unconverted")
    assert pick(rows, *columns, stage="A") == [("2021-03-02", 12.5e6, None, None, 1)]


def test_indian_startups(store: Store) -> None:
    graph, file = Graph(store), DATA / "indian-startups" / "startup_funding.csv"
    outcome = graph.load("indian-startups", file)
    assert rejected(outcome) == [
        (4, "not a date, DD/MM/YYYY"),
        (8, "not a date, DD/MM/YYYY"),
        (9, "a malformed number"),
    ]
    rows = graph.query("companies/rounds", company="LOOM'S")
    assert pick(rows, *ROUND[:2], *SUMS, "investors") == [
        (
            *("2015-05-12", "seed", "exact", 2e6, 2e6, "USD"),
            ["Mira Example", "North Ridge Capital"],  # of whom the table names one elsewhere
        ),
        (
            *("2020-01-09", "B", "exact", 13e6, 13e6, "USD"),
            ["Kite Ventures", "North Ridge Capital", "Tamarind Fund"],
        ),
    ]
    assert pick(rows, "reports") == [
        (["startup_funding.csv, Loom’s 12/05.2015"],),
        (["startup_funding.csv, LOOM'S 09/01/2020"],),
    ]
    # 05/072018 has its eight digits; 01/07/015 hasn't, so that seed round has no day of its own.
    rows = graph.query("companies/rounds", company="Chai Cart")
    assert pick(rows, *ROUND[:2], *SUMS, "investors", "accounts") == [
        ("2018-07-05", "seed", "exact", 486e3, 486e3, "USD", ["Tamarind Fund"], 2)
    ]
    rows = graph.query("companies/rounds", company="Quill Pay")
    assert pick(rows, *ROUND[:2], "instrument", *SUMS, "investors") == [
        (
            *("2019-02-02", "pre-A", "equity", "undisclosed", None, None, None),
            ["Asha Rao (founder, Quill)", "Banyan Holdings, Inc"],
        ),
        (
            *("2019-03-14", None, "debt", "at_least", 14_342_000, None, "USD"),
            ["Garden and Sons Foundation"],
        ),
        (None, "pre-A", "equity", "exact", 1e7, 1e7, "USD", ["Tamarind Fund"]),
    ]
    notes = graph.cypher("MATCH (:Report)-[s:STATES]->() RETURN s.note AS note ORDER BY note")
    assert {row["note"] for row in notes} == {
        None,
        "one investor or two: Garden and Sons Foundation",
    }
    again = graph.load("indian-startups", file)
    assert (again.new, again.changed, again.units) == (0, 0, 0)
