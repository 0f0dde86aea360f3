"""Answers in Python and in notebooks: rows, frames, and HTML that runs nothing of the data."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.conftest import Open
from tests.support import FIXTURES, load

from whofunds import Answer, Graph, UsageError
from whofunds.catalog import Column
from whofunds.stores import open_store
from whofunds.stores.base import Store

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b <i>", "]]>"]


def made(rows: list[tuple[object, ...]]) -> Answer:
    columns = (Column("name", "its <name>"), Column("n", unit="USD"), Column("reports"))
    return Answer("<b>Title</b>", columns, rows, "2026-01-20", currency="CNY")


def shown(answer: Answer) -> str:
    """A page that holds an answer as a notebook does."""
    return f"<!doctype html><meta charset='utf-8'><body>{answer._repr_html_()}</body>"


def test_an_answer_has_rows_a_table_and_frames(store: Store) -> None:
    load(store, FIXTURES / "deals.py", FIXTURES / "deals.csv")
    answer = Graph(store).query("companies/rounds", company="Acme AI")
    assert [row["stage"] for row in answer] == ["A", "B"]
    assert answer[1]["amount_min"] is None
    assert "20m" in str(answer)
    last = answer[1:]
    assert [row["stage"] for row in last] == ["B"] and last.to_polars().height == 1
    assert "20m" not in str(last) and "Facts as of 2026-01-20" in str(last)
    assert repr(answer) == '<Answer "A company\'s rounds": 2 rows, facts as of 2026-01-20>'
    pandas, polars = answer.to_pandas(), answer.to_polars()
    assert list(pandas.columns) == polars.columns == list(answer.names)
    assert pandas["amount_min"].dropna().tolist() == [20_000_000]
    assert str(pandas["amount_min"].dtype) == "Int64"
    assert pandas["amount_min"].isna().tolist() == [False, True]
    assert polars["amount_min"].to_list() == [20_000_000, None]
    assert polars["investors"].to_list() == [["North Fund"], ["North Fund"]]


def test_sums_are_told_to_four_digits() -> None:
    sums = [1_250_000_000, 999_949_999, 999_999_999, 465_090, 999_999]
    rows = made([(str(n), n, []) for n in sums])
    told = [line.split()[1] for line in str(rows).splitlines()[2:7]]
    assert told == ["1.25bn", "999.9m", "1bn", "465,090", "999,999"]


def test_paths_and_no_rows_go_to_frames_too(store: Store) -> None:
    load(store, FIXTURES / "deals.py", FIXTURES / "deals.csv")
    graph = Graph(store)
    chains = graph.query("paths/between", **{"from": "north-fund", "to": "acme-ai"})
    nodes = chains.to_pandas()["path"][0]["nodes"]
    assert [node["label"] for node in nodes] == ["Investor", "FundingRound", "Startup"]
    assert chains.to_polars().height == len(chains) == 2
    nothing = graph.query("quality/disputed")
    assert len(nothing.to_pandas()) == nothing.to_polars().height == 0
    assert list(nothing.to_pandas().columns) == list(nothing.names)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=f"pip install {name}"):
        getattr(made([]), f"to_{name}")()


def test_a_notebook_shows_a_table_with_its_reports(open_page: Open) -> None:
    rows: list[tuple[object, ...]] = [
        ("Acme", 20_000_000, ["https://example.org/a", "javascript:alert(1)"]),
        *((text, 1, ["https://example.org/b?x=1&y=\"'"]) for text in HOSTILE),
    ]
    page = open_page(shown(made(rows)), ready=False)
    expect(page.locator("caption")).to_have_text(
        "<b>Title</b>. Converted sums in CNY. Facts as of 2026-01-20; in our data, at least."
    )
    assert page.locator("tbody tr td:first-child").all_inner_texts() == ["Acme", *HOSTILE]
    assert page.locator("tbody tr:first-child td").all_inner_texts() == ["Acme", "20m", "[1] [2]"]
    hrefs = page.locator("td a").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert hrefs == ["https://example.org/a", *["https://example.org/b?x=1&y=\"'"] * len(HOSTILE)]
    page.locator("summary").click()
    assert page.locator("li").all_inner_texts()[:2] == [
        "https://example.org/a",
        "javascript:alert(1)",
    ]


def test_a_long_answer_is_shown_in_part(open_page: Open) -> None:
    rows: list[tuple[object, ...]] = [
        (f"n{i}", i, [f"https://example.org/{i}"]) for i in range(500)
    ]
    page = open_page(shown(made(rows)), ready=False)
    assert page.locator("tbody tr").count() == page.locator("li").count() == 200
    expect(page.locator("caption")).to_contain_text("200 of 500 rows are shown")
    assert shown(made([])).count("no rows") == 1


def test_what_was_known_stands_in_the_caption(tmp_path: Path) -> None:
    with open_store(tmp_path / "facts.store") as store:
        load(store, FIXTURES / "deals.py", FIXTURES / "deals.csv")
        with Graph(store) as graph:
            html = graph.query("companies/rounds", company="acme-ai", known_by="2025")._repr_html_()
    assert "As known by 2025-12-31" in html


def test_a_view_is_text_and_shows_itself(store: Store, open_page: Open) -> None:
    load(store, FIXTURES / "deals.py", FIXTURES / "deals.csv")
    view = Graph(store).view("capital-map")
    assert isinstance(view, str)
    assert view.startswith("<!doctype html>")
    html = f"<!doctype html><meta charset='utf-8'><body>{view._repr_html_()}</body>"
    page = open_page(html, ready=False)
    inside = page.frame_locator("iframe")
    expect(inside.locator("html[data-ready]:not([data-ready=''])")).to_be_attached()
    expect(inside.locator("h1")).to_have_text("Who funds whom")
    inside.locator("#tab-table").click()
    expect(inside.locator("table.facts")).to_contain_text("North Fund")


def test_a_view_of_a_query_says_what_was_asked_and_as_of_when(
    store: Store, open_page: Open
) -> None:
    load(store, FIXTURES / "deals.py", FIXTURES / "deals.csv")
    asked = {"name": "paths/between", "from": "north-fund", "to": "Acme AI"}
    page = open_page(Graph(store).view("query", **asked))
    expect(page.locator(".headline")).to_have_text(
        "2 rows · 4 nodes · 4 relationships · as of 2026-01-20"
    )
    expect(page.locator("header")).to_contain_text("paths/between from=north-fund to=Acme AI")
