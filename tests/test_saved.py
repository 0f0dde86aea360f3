"""Texts with answers in them, and reports as one cites them: through the command line.

Acme AI's two rounds are those of fixtures/deals.csv: d1 over 20m USD, d2 undisclosed.
"""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.conftest import Open
from tests.support import FIXTURES, load, load_records
from typer.testing import CliRunner, Result

from whofunds import Graph, Investor, Participant, Report, Round, Startup, UsageError
from whofunds.cli import app
from whofunds.paper import page
from whofunds.stores import open_store
from whofunds.stores.base import Store

TEXT = """\
# What Acme raised

It has *two* rounds:

```whofunds
query companies/rounds company="Acme AI"
```

The end.
"""
ROUNDS = 'query companies/rounds company="Acme AI"'


@pytest.fixture
def desk(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with notes.md and the deals, and a store that holds these."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    Path("deals.csv").write_text((FIXTURES / "deals.csv").read_text("utf-8"), encoding="utf-8")
    Path("notes.md").write_text(TEXT, encoding="utf-8")
    load_deals()
    return tmp_path


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    return result


def load_deals(old: str = "", new: str = "", more: str = "") -> None:
    path = Path("deals.csv")
    path.write_text(path.read_text("utf-8").replace(old, new) + more, encoding="utf-8")
    run("load", str(FIXTURES / "deals.py"), str(path))


def test_a_text_is_filled(desk: Path) -> None:
    filled = run("report", "notes.md").stdout
    assert filled.startswith(TEXT.partition("\nThe end")[0])
    row = next(line for line in filled.splitlines() if line.startswith("| 2025-03-04"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:2] == ["2025-03-04", "A"]
    assert {"20m", "North Fund", "[^r1]"} <= set(cells)
    assert "[^r1]: Acme raises its A. 2025-03-05. <https://example.org/acme-a>" in filled
    assert "[^r2]: Acme raises again. 2026-01-20. <https://example.org/acme-b>" in filled
    assert "Facts as of 2026-01-20; in our data, at least. whofunds " in filled
    assert re.search(r"facts `[0-9a-f]{64}`", filled)
    run("report", "notes.md", "--output", "out.md")
    assert Path("out.md").read_text("utf-8") == filled


def test_the_facts_have_the_same_hash_on_every_store(store: Store, tmp_path: Path) -> None:
    def marked(opened: Store) -> str:
        load(opened, FIXTURES / "deals.py", FIXTURES / "deals.csv")
        return str(Graph(opened).report(TEXT).state["facts"])

    with open_store(tmp_path / "other.store") as other:
        assert marked(store) == marked(other)


def test_filled_again_it_says_what_changed_and_why(desk: Path) -> None:
    run("report", "notes.md", "--output", "out.md")
    first = Path("out.md").read_text("utf-8")
    again = run("report", "out.md", "--output", "out.md")
    assert again.stderr == "no number changed since it was last filled\n"
    assert Path("out.md").read_text("utf-8") == first

    load_deals(
        "over 20000000 USD",
        "over 30000000 USD",
        "d3,acme-ai,Acme AI,CN,north-fund,North Fund,vc,false,2026-05,C,,"
        "https://example.org/acme-c,Acme raises a third time,2026-05-02\n",
    )
    told = run("report", "out.md", "--output", "new.md").stderr.splitlines()
    assert told == [
        f"{ROUNDS}: 2025-03-04: amount_min 20m -> 30m (https://example.org/acme-a)",
        f"{ROUNDS}: 2026-05: is new (https://example.org/acme-c)",
    ]
    # The same against the output that is there, from the text as it was written.
    assert run("report", "notes.md", "--output", "out.md").stderr.splitlines() == told
    assert Path("out.md").read_text("utf-8") == Path("new.md").read_text("utf-8")
    assert run("report", "new.md").stderr == "no number changed since it was last filled\n"


def test_a_change_by_a_decision_names_it(desk: Path) -> None:
    run("report", "notes.md", "--output", "out.md")
    run(
        "decide",
        "correct",
        "deals:d1",
        "amount",
        "25000000 USD",
        "--by",
        "R",
        "--why",
        "seen",
    )
    told = run("report", "out.md", "--output", "out.md").stderr
    assert f"{ROUNDS}: 2025-03-04: amount_min 20m -> 25m (decisions:decision:correct" in told


def test_on_another_store_the_reports_of_the_rows_tell_why(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("report", "notes.md", "--output", "out.md")
    monkeypatch.setenv("WHOFUNDS_STORE", str(desk / "other.store"))
    load_deals("acme-b,", "acme-bb,")
    told = run("report", "out.md").stderr
    assert told.startswith("no number changed")  # though another report is named
    load_deals("2026-01,B", "2026-01,C")
    assert run("report", "out.md").stderr.splitlines() == [
        f"{ROUNDS}: 2026-01: stage B -> C (https://example.org/acme-b, https://example.org/acme-bb)"
    ]


def test_what_was_kept_may_be_damaged_or_gone(desk: Path) -> None:
    run("report", "notes.md", "--output", "out.md")
    text = Path("out.md").read_text("utf-8")
    for old, new, said in (
        ('{"answers"', '{"answers', "delete the line"),
        ('"answers"', '"replies"', "is damaged"),
        ('"rows":', '"lines":', "is damaged"),
        ("<!-- whofunds end -->", "", "add a line <!-- whofunds end -->"),
    ):
        assert old in text
        Path("bad.md").write_text(text.replace(old, new), encoding="utf-8")
        assert said in run("report", "bad.md", code=2).stderr
    bare = re.sub(r"<!-- whofunds state .*\n", "", text)
    Path("bare.md").write_text(bare, encoding="utf-8")
    assert run("report", "bare.md").stdout == text


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("```whofunds\nquery companies/rownds\n```", "notes.md: line 2: no query is called"),
        (
            "```whofunds\n\nquery companies/rounds company=Nobody\n```",
            "line 3: company: no company",
        ),
        ("```whofunds\ndelete everything\n```", "line 2: 'delete everything' asks nothing"),
        ("```whofunds\nquery a/b x='1\n```", "a quote without its end"),
        ("```whofunds\nquery companies/rounds company\n```", "'company' is no parameter"),
        ("```whofunds\nview capital-map file=x.html\n```", "takes no file"),
        ("- ```whofunds\n  query quality/disputed\n  ```", "in a list or a quotation"),
        ("```whofunds\nquery quality/disputed", "this block has no end"),
        ("```whofunds\nview capital-map\n```", "whose pages need a place"),
    ],
)
def test_what_cannot_be_filled_names_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("load", str(FIXTURES / "deals.py"), str(FIXTURES / "deals.csv"))
    Path("notes.md").write_text(block, encoding="utf-8")
    stderr = run("report", "notes.md", code=2).stderr
    assert said in stderr
    assert stderr.startswith("whofunds: ") and stderr.count("\n") == 1


def test_a_text_that_asks_nothing_says_so(desk: Path) -> None:
    Path("notes.md").write_text("# Title\n\n```whofund\nquery ceiling/raised\n```\n")
    assert "notes.md asks nothing; write queries in a block" in run("report", "notes.md").stderr
    assert "no report is named there" in run("cite", "query", "entities/cities").stderr


def test_a_page_never_takes_the_place_of_a_text(desk: Path) -> None:
    for words in (("--html", "notes.md"), ("--output", "out.md", "--html", "out.md")):
        assert "give --html another name" in run("report", "notes.md", *words, code=2).stderr
    assert Path("notes.md").read_text("utf-8") == TEXT and not Path("out.md").exists()


HOSTILE = [
    "<script>alert(1)</script>",
    "a | b `c` *d* [e](javascript:alert(1)) ![f](https://example.org/f.png)",
    "--> <!-- whofunds end -->\n```whofunds",
    "_u_ ~~s~~ &lt; $x$ \\",
    "\u202ert\u2028l",
]


def hostile(store: Store) -> Graph:
    records: list[object] = [Startup(id="acme-ai", name="Acme AI", country="CN")]
    for i, text in enumerate(HOSTILE):
        url = f"https://example.org/{i}?a=<b>&c='\""
        records += [
            Report(url=url, name=text, publisher=text, published_on="2025-01-01"),
            Investor(id=f"i{i}", name=text),
            Round(
                id=f"r{i}",
                company="acme-ai",
                report=url,
                announced=f"202{i}-01",
                stage="A",
                participants=[Participant(investor=f"i{i}")],
            ),
        ]
    load_records(store, "hostile", records)
    return Graph(store)


def test_hostile_names_stay_text_in_markdown(store: Store) -> None:
    from whofunds.fences import parser

    filled = hostile(store).report(TEXT)
    text = filled.markdown("notes")
    assert Graph(store).report(text).markdown("notes") == text
    html = parser().render(text)
    assert not re.search(r"<(script|img|em>d|a href=\"javascript)", html)
    assert "<s>" not in html
    # One row each, and no cell too many.
    rows = [line for line in text.splitlines() if line.startswith("| 202")]
    assert len(rows) == len(HOSTILE)
    bars = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert len(bars) == 1


def test_a_page_is_whole_and_runs_nothing_of_the_data(store: Store, open_page: Open) -> None:
    text = TEXT.replace("```\n\n", f"view capital-map\n{ROUNDS}\n```\n\n").replace(
        "The end.",
        "<script>alert(2)</script>\n\n<!-- a remark -->\n\nA <img src=x onerror=alert(3)> in it "
        "<!-- and one more -->[x](javascript:alert(4)) ![pic](https://example.org/p.png)\n\n"
        "```python\nprint('not ours')\n```\n",
    )
    opened = open_page(page(hostile(store).report(text), "notes"), ready=False)
    expect(opened).to_have_title("What Acme raised")
    expect(opened.locator("h1")).to_have_text("What Acme raised")
    assert opened.locator("main table").count() == 2
    shown = opened.locator("main").inner_text()
    assert "<script>alert(2)</script>" in shown and "remark" not in shown
    assert "one more" not in shown and "print('not ours')" in shown
    for text_ in (HOSTILE[0], HOSTILE[1]):
        expect(opened.locator("main td", has_text=text_).first).to_be_visible()
    hrefs = opened.locator("a[href]").evaluate_all("as => as.map(a => a.getAttribute('href'))")
    assert all(re.match(r"#report-\d$|https://example\.org/", h) for h in hrefs)
    assert "https://example.org/p.png" in hrefs
    opened.locator("main td a").first.click()
    assert opened.url.endswith("#report-1")
    expect(opened.locator("footer li")).to_have_count(len(HOSTILE))
    inside = opened.frame_locator("iframe")
    expect(inside.locator("html[data-ready]:not([data-ready=''])")).to_be_attached()
    inside.locator("#tab-table").click()
    expect(inside.locator("table.facts")).to_contain_text("Acme AI")
    expect(opened.locator("footer")).to_contain_text(
        "Facts as of 2025-01-01; in our data, at least"
    )


def test_a_wide_answer_is_readable_on_a_telephone(store: Store, open_page: Open) -> None:
    """The page doesn't scroll sideways, the caption is in sight, rows are no towers of numbers."""
    records: list[object] = [
        Startup(id="acme-ai", name="Acme AI", country="CN"),
        Investor(id="north", name="North Fund for the Long-Term Development of Industry"),
    ]
    for i in range(30):
        url = f"https://example.org/{i}"
        records.append(Report(url=url, published_on="2025-01-01"))
        records.append(
            Round(
                id=f"r{i}",
                company="acme-ai",
                report=url,
                announced="2024-05-02",
                stage="A",
                participants=[Participant(investor="north")],
            )
        )
    load_records(store, "many", records)
    opened = open_page(page(Graph(store).report(TEXT), "notes"), ready=False)
    opened.set_viewport_size({"width": 360, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") == 360
    caption = opened.locator("caption").bounding_box()
    assert caption and caption["x"] >= 0 and caption["x"] + caption["width"] <= 360
    row = opened.locator("tbody tr").first.bounding_box()
    assert row and row["height"] < 150 and row["width"] > 360


def test_views_are_pages_beside_the_text(desk: Path) -> None:
    text = TEXT.replace("```\n\n", "view capital-map\n```\n\n")
    Path("notes.md").write_text(text, encoding="utf-8")
    run("report", "notes.md", "--output", "out.md", "--html", "out.html")
    assert "[view capital-map](<out.view-1.html>)" in Path("out.md").read_text("utf-8")
    assert "North Fund" in Path("out.view-1.html").read_text("utf-8")
    assert "srcdoc" in Path("out.html").read_text("utf-8")
    load_deals("North Fund", "South Fund")
    assert (
        "view capital-map: the page changed" in run("report", "out.md", "--html", "o.html").stderr
    )


def test_reports_are_cited(desk: Path) -> None:
    assert run("cite", "d1").stdout == (
        "[1] Acme raises its A. 2025-03-05. https://example.org/acme-a\n"
    )
    ask = ("cite", "query", "companies/rounds", "company=Acme AI")
    assert run(*ask).stdout.count("\n") == 2
    rows = list(csv.DictReader(io.StringIO(run(*ask, "--format", "csv").stdout)))
    assert [row["address"] for row in rows] == [
        "https://example.org/acme-a",
        "https://example.org/acme-b",
    ]
    assert json.loads(run(*ask, "--format", "json").stdout)[1]["published_on"] == "2026-01-20"
    assert run(*ask, "--format", "bibtex").stdout == (
        "@online{exampleorg2025,\n  title = {Acme raises its A},\n  date = {2025-03-05},\n"
        "  url = {https://example.org/acme-a},\n}\n\n"
        "@online{exampleorg2026,\n  title = {Acme raises again},\n  date = {2026-01-20},\n"
        "  url = {https://example.org/acme-b},\n}\n"
    )
    assert run("cite", "d9", code=2).stderr.startswith("whofunds: no round or account is called")


def test_bibtex_keys_and_texts_are_safe() -> None:
    from whofunds.citations import bibtex

    rows = [("50% of {A} & B_c", "", "2025-01-01", "https://www.example.org/a_b{")] * 3
    text = bibtex(rows)
    assert [m[1] for m in re.finditer(r"@online\{(\w+),", text)] == [
        "exampleorg2025",
        "exampleorg2025a",
        "exampleorg2025b",
    ]
    assert r"title = {50\% of \{A\} \& B\_c}" in text
    assert r"url = {https://www.example.org/a_b%7B}" in text


def test_python_gives_the_same(store: Store) -> None:
    load(store, FIXTURES / "deals.py", FIXTURES / "deals.csv")
    graph = Graph(store)
    filled = graph.report(TEXT)
    assert not filled.again and filled.changes == []
    assert graph.report(filled.markdown("x")).again
    cited = graph.cite(graph.query("companies/rounds", company="acme-ai"))
    assert [row["title"] for row in cited] == ["Acme raises its A", "Acme raises again"]
    with pytest.raises(UsageError):
        graph.report("```whofunds\nquery nothing/at-all\n```\n")
