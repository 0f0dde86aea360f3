"""Each check on a few records, its rows worked out by hand; and counted anew from the CSV files."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tests.support import FACTS, ROOT, load, load_records
from typer.testing import CliRunner

from whofunds import (
    City,
    Condition,
    Decision,
    Graph,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    Total,
    UsageError,
    quality,
)
from whofunds.catalog import find_queries
from whofunds.cli import app
from whofunds.stores.base import Store


def page(name: str) -> str:
    return f"https://example.org/{name}"


def account(id_: str, *investors: str, **fields: Any) -> Round:
    """An account of a round of Acme in a report of its own: an A of 5m dollars, if not said."""
    url = fields.pop("report", page(id_))
    money = {"company": "acme", "announced": "2020-05-04", "stage": "A", "amount": "$5m"}
    taking = [Participant(investor=i, report=url) for i in investors]
    return Round(id=id_, report=url, participants=taking, **{**money, **fields})


def found(store: Store, check: str, *records: object) -> list[tuple[Any, ...]]:
    """The rows of a check on these records, with Acme and Boom as companies."""
    load_records(store, "s", [Startup(id="acme", name="Acme"), Startup(id="boom", name="Boom"),
                              *records])  # fmt: skip
    answer = Graph(store).check(check)[check]
    assert answer.names == ("kind", "id", "name", "detail", "reports")
    assert {row["kind"] for row in answer} <= {"company", "investor", "city", "report", "round"}
    return [tuple(row.values())[1:] for row in answer]


def test_disputed_rounds_come_by_the_number_of_fields_then_the_sum(store: Store) -> None:
    rows = found(
        store,
        "disputed",
        account("calm", "a", "b"),
        account("small", announced="2021-05-04", amount="$1m", conflicts=["stage"]),
        account("large", announced="2022-05-04", amount="$9m", conflicts=["stage"]),
        account("two-1", announced="2023-05-04", amount="$2m"),
        account("two-2", announced="2023-05-04", amount="$2.5m", conflicts=["stage"]),
    )
    assert rows == [
        ("s:two-1", "Acme · A · 2023-05-04", "amount, stage; 2 accounts",
         [page("two-1"), page("two-2")]),
        ("s:large", "Acme · A · 2022-05-04", "stage; 1 account", [page("large")]),
        ("s:small", "Acme · A · 2021-05-04", "stage; 1 account", [page("small")]),
    ]  # fmt: skip


def test_undated_rounds_that_nothing_dates_come_first(store: Store) -> None:
    rows = found(
        store,
        "undated",
        account("dated", stage="D"),
        account("told", announced="", amount="$9m"),
        account("small", announced="", stage="B", amount="$1m"),
        account("large", announced="", stage="C", amount="$2m", company="boom", status="talks"),
        Report(url=page("told"), published_on="2021-03-02"),
    )
    assert rows == [
        ("s:large", "Boom · C · undated", "talks, C; no report is dated", [page("large")]),
        ("s:small", "Acme · B · undated", "closed, B; no report is dated", [page("small")]),
        ("s:told", "Acme · A · undated", "closed, A; told of on 2021-03-02", [page("told")]),
    ]


def test_undisclosed_rounds_come_closed_first_then_by_investors(store: Store) -> None:
    rows = found(
        store,
        "undisclosed",
        *(Investor(id=i, name=i) for i in ("a", "b")),
        account("said"),
        account("at-most", announced="2021-05-04", amount="nearly $5m"),
        account("talks", "a", "b", announced="2022-05-04", amount="", status="talks"),
        account("one", "a", announced="2023-05-04", amount="undisclosed", stage=""),
        account("two", "a", "b", announced="2024-05-04", amount=""),
    )
    assert [row[::2] for row in rows] == [
        ("s:two", "closed, A; 2 investors named"),
        ("s:one", "closed, equity; 1 investor named"),
        ("s:talks", "talks, A; 2 investors named"),
    ]


def test_two_accounts_in_one_report_are_one_source(store: Store) -> None:
    rows = found(
        store,
        "single-source",
        account("both-1"),
        account("both-2"),
        account("same-1", announced="2021-05-04", report=page("same")),
        account("same-2", announced="2021-05-04", report=page("same")),
        account("large", announced="2022-05-04", amount="$9m"),
        account("talks", announced="2023-05-04", amount="$90m", status="talks"),
        Report(url=page("same"), publisher="The Same"),
    )
    assert [row[::2] + row[3:] for row in rows] == [
        ("s:large", "closed, A; publisher not known", [page("large")]),
        ("s:same-1", "closed, A; The Same", [page("same")]),
        ("s:talks", "talks, A; publisher not known", [page("talks")]),
    ]


def test_kinds_that_rest_on_a_name_or_on_nothing(store: Store) -> None:
    kinds = [
        ("stated", "vc", "sourced"),
        ("silent", "vc", ""),
        ("idle", "pe", "unsourced"),
        ("often", "state-fund", "name-derived"),
        ("often", "corporate", "unsourced"),
        ("often", "vc", "sourced"),
        ("hidden", "unknown", "unsourced"),
    ]
    rows = found(
        store,
        "name-kinds",
        *(Investor(id=i, name=i.title()) for i in ("stated", "silent", "idle", "often", "hidden")),
        *(Link(type="kind", source=i, target=kind, basis=basis) for i, kind, basis in kinds),
        account("1", "often", "stated", "hidden"),
        account("2", "often", announced="2021-05-04"),
    )
    assert rows == [
        ("often", "Often", "corporate (unsourced), state-fund (name-derived); in 2 rounds",
         [page("1"), page("2")]),
        ("idle", "Idle", "pe (unsourced); in 0 rounds", []),
    ]  # fmt: skip


LOOKS = """
    Northland Government Fund; Ministry of Works; The State-Owned Assets Trust; State of Utopia
    Northern Provincial Investment; Municipal Ventures; City of Oz; Northtown City Fund
    Northport Hi-Tech Zone Capital; North Guidance Fund; National Wealth Fund; Public Investment Co
    North Industry Innovation Fund; Guoabc Capital; Bei Chengtou; État du Nord; Région Nord
    Ville de Nord; Landesbeteiligung Nord; Freistaat Nord; Stadtwerke Nord; Gobierno del Norte
    Comune di Nord; 北国资; 北方國有資本; 北城投; 北产投; 北方产业投资; 北引导基金; 北引導基金
    北方母基金; 北市政府; 某省级基金; 北市产业基金; 北县国投; 高新区创投; 国北创新; 國北投資
    北財政局; 북부 정부; Правительство Севера; حكومة الشمال; Chính phủ Bắc
"""
LOOKS_NOT = """
    Estate Capital; Statement Ventures; Interstate Partners; Velocity Fund; Capacity Investments
    Governance Partners; Providence Capital; Intercity Ventures; Guo Ming; Guodong; Mistral
    Industry; Landing Capital; Bundle; International Fund; 上市产业基金; 市场资本; 英国资本
    美国基金; 北方资本; 红石资本
"""


def names(table: str) -> list[str]:
    return [name.strip() for line in table.strip().splitlines() for name in line.split("; ")]


def test_names_that_look_like_a_governments(store: Store) -> None:
    looks, other = names(LOOKS), names(LOOKS_NOT)
    rows = found(
        store,
        "state-linked",
        *(Investor(id=f"yes-{i:03}", name=name) for i, name in enumerate(looks)),
        *(Investor(id=f"no-{i:03}", name=name) for i, name in enumerate(other)),
        Investor(id="alias", name="North", names=["Bei", "北国投"]),
        Investor(id="owned", name="Owned", state_controlled="yes"),
        Investor(id="freed", name="Freed Government Fund", state_controlled="no"),
        Investor(id="known", name="Known Government Fund"),
        Link(type="kind", source="known", target="state-fund"),
        account("1", "alias"),
    )
    assert rows[0] == ("alias", "North", "called 北国投; in 1 round", [page("1")])
    assert rows[1] == ("owned", "Owned", "state-controlled; in 0 rounds", [])
    assert [(row[1], row[2]) for row in rows[2:]] == [
        (name, f"called {name}; in 0 rounds") for name in looks
    ]


def test_sums_that_do_not_fit(store: Store) -> None:
    def told(id_: str, year: int, *amounts: str, **fields: Any) -> list[Round]:
        day = f"{year}-05-04"
        return [account(f"{id_}-{n}", announced=day, amount=amount, **fields)
                for n, amount in enumerate(amounts)]  # fmt: skip

    part = Participant(investor="a", report=page("cheque"), amount="$12m")
    rows = found(
        store,
        "units",
        Investor(id="a", name="A"),
        *told("fine", 2010, "$5m", "$5.2m", "$20m", conflicts=["amount"]),
        *told("wan", 2011, "5亿元", "5万元", conflicts=["amount"]),
        *told("ten", 2012, "$5m", "$51m", conflicts=["amount"]),
        *told("rough", 2013, "$5m", "$40m", conflicts=["amount"]),
        *told("rates", 2014, "$5m", "$5m"),
        *told("doubted", 2015, "$5m", doubt=["amount"]),
        *told("dear", 2016, "$5m", valuation="$2m"),
        *told("over", 2017, "over $5m", valuation="over $2m"),
        *told("pre", 2018, "$5m", valuation="$4m", valuation_basis="pre"),
        *told("debt", 2019, "$5m", valuation="$2m", instrument="debt"),
        Round(id="cheque", company="acme", report=page("cheque"), announced="2021-05-04",
              amount="$5m", stage="B", participants=[part]),
        *told("small", 2022, "$500,000", "$5000", conflicts=["amount"]),
    )  # fmt: skip
    assert [row[::2] for row in rows] == [
        ("s:wan-0", "accounts differ 10000 times: 500m CNY, 50000 CNY"),
        ("s:small-0", "accounts differ 100 times: 500000 USD, 5000 USD"),
        ("s:ten-0", "accounts differ 10 times: 5m USD, 51m USD"),
        ("s:dear-0", "sum 2.5 times the valuation: 5m USD"),
        ("s:cheque", "a cheque 2.4 times the round: 5m USD"),
        ("s:doubted-0", "amount doubted in 1 account: 5m USD"),
    ]


def test_two_currencies_are_compared_at_the_days_rate(store: Store) -> None:
    # On 4 May 2020 a dollar was 7.06 yuan: 353m yuan are the 50m dollars of the first account, and
    # ten times what the second should say.
    rows = found(
        store,
        "units",
        account("1", amount="$50m"),
        account("2", amount="35.3m CNY", conflicts=["amount"]),
    )
    assert [row[2] for row in rows] == ["accounts differ 10 times: 50m USD, 35.3m CNY"]


def test_what_nothing_rests_on(store: Store) -> None:
    rows = found(
        store,
        "orphans",
        *(Investor(id=i, name=i.title()) for i in ("in", "parent", "alone", "asker", "child")),
        *(City(id=c, name=c.title()) for c in ("seat", "served", "wanted", "empty")),
        Link(type="part-of", source="child", target="parent", report=page("link")),
        Link(type="acts-for", source="parent", target="served"),
        Link(type="seat", of="startup", source="acme", target="seat"),
        Condition(investor="asker", company="acme", city="wanted", type="required",
                  report=page("condition")),
        *(Report(url=page(p), name=p) for p in ("1", "link", "condition", "total", "nothing")),
        Total(company="acme", report=page("total"), amount="$9m"),
        account("1", "in"),
    )  # fmt: skip
    assert rows == [
        ("boom", "Boom", "no round", []),
        ("alone", "Alone", "in no round, and nobody's parent", []),
        ("child", "Child", "in no round, and nobody's parent", []),
        ("empty", "Empty", "nobody is based there or acts for it", []),
        (page("nothing"), "nothing", "states no round, total or link", [page("nothing")]),
    ]


def test_what_is_long_ago(store: Store) -> None:
    ended: dict[str, Any] = {"company": "boom", "status": "talks", "amount": "$7m"}
    rows = found(
        store,
        "stale",
        *(Startup(id=c, name=c.title()) for c in ("year", "undated", "summed")),
        account("acme"),
        Report(url=page("acme"), published_on="2022-06-30"),
        # Twelve months before to the day is not more than twelve months.
        account("year", company="year", announced="2021-06-30"),
        Report(url=page("year"), published_on="2021-06-30"),
        account("undated", company="undated"),
        account("summed", company="summed"),
        Report(url=page("summed"), published_on="2021-01-02"),
        Total(company="summed", report=page("total"), amount="$9m"),
        Report(url=page("total"), published_on="2022-01-02"),
        account("old", **ended, announced="2020-02"),
        account("older", announced="2020-05-01", stage="B", company="boom"),
        account("late", **ended, announced="2021-02"),
        account("new", **ended, announced="2022-01"),
        Report(url=page("older"), published_on="2020-05-02"),
        Report(url=page("late"), published_on="2021-03-01"),
    )
    assert rows == [
        ("s:late", "Boom · A · 2021-02", "talks of 2021-02, no closed round since", [page("late")]),
        ("boom", "Boom", "newest report 2021-03-01", [page("late")]),
    ]
    again = list(Graph(store).query("checks/stale", months=24, talks_months=4))
    assert [row["id"] for row in again] == ["s:late", "s:new"]


def test_a_round_that_says_little_may_be_another(store: Store) -> None:
    sold: dict[str, Any] = {"stage": "", "amount": "at least $3m"}
    rows = found(
        store,
        "counted-twice",
        *(Startup(id=c, name=c.title()) for c in ("far", "less", "told")),
        Investor(id="north", name="North"),
        account("news"),
        # A filing 16 days earlier that says what was sold by then: 3m or more may be the 5m.
        account("filing", **sold, announced="2020-04-18"),
        account("far", company="far"),
        account("late", **sold, company="far", announced="2020-06-19"),
        account("less", company="less", amount="$2m"),
        account("more", **sold, company="less", announced="2020-04-18"),
        account("told", company="told"),
        account("named", "north", **sold, company="told", announced="2020-04-18"),
    )
    other = "may be s:news, Acme · A · 2020-05-04"
    assert rows == [
        ("s:filing", "Acme · equity · 2020-04-18", other, [page("filing"), page("news")])
    ]


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shipped_facts_are_counted_alike_from_their_files(store: Store) -> None:
    load(store, "ai-funding")
    graph = Graph(store)
    counts = {name: len(answer) for name, answer in graph.check().items()}
    told = {row["id"]: row for row in table("rounds")}
    parts, investors = table("participations"), table("investors")
    groups = [[told[key] for key in r["accounts"]] for r in graph.query("companies/all-rounds")]
    assert sum(map(len, groups)) == len(told)
    assert counts["undated"] == sum(not any(a["announced_on"] for a in g) for g in groups) == 3
    assert counts["single-source"] == sum(len({a["source_url"] for a in g}) == 1 for g in groups)
    doubted = {id(g): any("amount" in a["doubt"] for a in g) for g in groups}
    silent = [g for g in groups if not any(a["amount"] and "amount" not in a["doubt"] for a in g)]
    assert counts["undisclosed"] == len(silent)
    assert counts["units"] >= sum(doubted.values())
    basis = {(b["id"], b["field"]): b["basis"] for b in table("basis")}
    weak = [i for i in investors if i["kind"] not in ("", "unknown")
            and basis.get((i["id"], "kind")) in ("name-derived", "unsourced")]  # fmt: skip
    assert counts["name-kinds"] == len(weak)
    unknown = [i["id"] for i in investors if i["kind"] in ("", "unknown")]
    assert sorted(r["id"] for r in graph.check("unknown-kinds")["unknown-kinds"]) == sorted(unknown)
    taking = {p["investor_id"] for p in parts} | {c["investor_id"] for c in table("conditions")}
    taking |= {i["parent_id"] for i in investors}
    orphans = list(graph.check("orphans")["orphans"])
    lone = [i["id"] for i in investors if i["id"] not in taking]
    assert sorted(r["id"] for r in orphans if r["kind"] == "investor") == sorted(lone)
    assert [r for r in orphans if r["kind"] == "company"] == []
    used = {i["city"] for i in investors} | {c["city"] for c in table("companies")}
    used |= {c["city"] for c in table("company_facts") if not c["doubt"]}
    used |= {c["city"] for c in table("conditions")}
    assert [r["id"] for r in orphans if r["kind"] == "city"] == sorted(
        c["id"] for c in table("cities") if c["id"] not in used
    )
    cited = {r["source_url"] for name in ("rounds", "participations", "conditions", "basis")
             for r in table(name)}  # fmt: skip
    cited |= {r["source_url"] for r in table("totals") if r["of"] == "raised"}
    seats = {r["source_url"] for r in table("company_facts") if r["city"] and not r["doubt"]}
    idle = {r["id"] for r in orphans if r["kind"] == "report"}
    # A seat that two reports state keeps one of them, so the other may state nothing else; and
    # what only the basis of a kind that is not held cites is idle too.
    assert {r["url"] for r in table("sources")} - cited - seats <= idle
    assert idle & cited <= {b["source_url"] for b in table("basis")}


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["check", *words])
    assert result.exit_code == code, result.output
    return result.stderr if code == 2 else result.stdout


def test_the_command_counts_shows_ten_and_fails_where_asked(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WHOFUNDS_STORE", address)
    rounds = [account(str(n), announced=f"{2000 + n}-05-04") for n in range(12)]
    load_records(store, "s", [Startup(id="acme", name="Acme"), *rounds])
    lines = [json.loads(line) for line in run("--format", "jsonl").splitlines()]
    canned = [n for n in find_queries([ROOT / "queries"]) if n.startswith("checks/")]
    assert [line["check"] for line in lines] == sorted(
        {*(n.removeprefix("checks/") for n in canned), *quality.MADE}
    )
    (single,) = [line for line in lines if line["count"]]
    assert (single["check"], single["count"], len(single["worst"])) == ("single-source", 12, 10)
    assert single["worst"][0] == {
        "kind": "round",
        "id": "s:0",
        "name": "Acme · A · 2000-05-04",
        "detail": "closed, A; publisher not known",
        "reports": [page("0")],
    }
    shown = run("single-source", "undated", "--fail-on", "undated").splitlines()
    assert shown[0] == "single-source: 12  Rounds that one report alone tells of"
    assert shown[3].split()[:3] == ["round", "s:0", "Acme"]
    assert shown[-2:] == ["undated: 0  Rounds without a date", ""]
    run("--fail-on", "single-source,undated", code=1)
    run("undated", "--fail-on", "any")
    run("--fail-on", "any", code=1)
    assert "no check is called 'dated'; there are" in run("dated", code=2)
    assert "--fail-on 'single-source'" in run("undated", "--fail-on", "single-source", code=2)
    own = tmp_path / "mine" / "checks"
    own.mkdir(parents=True)
    text = (ROOT / "queries" / "checks" / "undated.cypher").read_text("utf-8")
    (own / "mine.cypher").write_text(text, encoding="utf-8")
    assert run("mine", "--queries", str(own.parent)) == "mine: 0  Rounds without a date\n\n"
    with pytest.raises(UsageError, match="no check is called"):
        Graph(store).check("mine")


def test_a_check_can_be_made_without_a_query(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    load_records(store, "s", [Startup(id="acme", name="Acme")])

    def named(graph: Graph) -> list[tuple[str, str, str, str, list[str]]]:
        rows = graph.query("entities/startups")
        return [("company", r["id"], r["name"], "has a name", []) for r in rows]

    monkeypatch.setitem(quality.MADE, "named", ("Companies with a name", named))
    graph = Graph(store)
    answer = graph.check("named")["named"]
    assert answer.title == "Companies with a name"
    row = {"kind": "company", "id": "acme", "name": "Acme", "detail": "has a name", "reports": []}
    assert list(answer) == [row]
    assert {"named", "undated"} < graph.check().keys()


def test_rings_of_parents_and_decisions_that_are_not_obeyed(store: Store) -> None:
    def part_of(part: str, whole: str) -> Link:
        return Link(type="part-of", source=part, target=whole, report=page(part))

    investors = [Investor(id=i, name=i.upper()) for i in "abcde"]
    rows = found(
        store, "rings", *investors, part_of("a", "b"), part_of("b", "a"), part_of("c", "b")
    )
    assert rows == [
        ("a", "A", "A is a part of B is a part of A", [page("a"), page("b")]),
        ("b", "B", "B is a part of A is a part of B", [page("b"), page("a")]),
    ]
    load_records(store, "x", [
        Decision(type="same", of="investor", a="c", b="d"),
        Decision(type="same", of="investor", a="d", b="e"),
        Decision(type="reject", a="https://example.org/nowhere"),
    ])  # fmt: skip
    load_records(store, "y", [Decision(type="different", of="investor", a="e", b="c")])
    rows = [tuple(row.values())[1:4] for row in Graph(store).check("decisions")["decisions"]]
    cd, de = ("x:decision:identity/investor/c/d", "x:decision:identity/investor/d/e")
    apart = "y:decision:identity/investor/c/e"
    gone = "https://example.org/nowhere"
    assert rows == [
        (cd, "same c", f"contradicts {apart}"),
        (de, "same d", f"contradicts {apart}"),
        (f"x:decision:reject/{gone}", f"reject {gone}",
         f"nothing is held of {gone!r}; `whofunds find` finds what is"),
        (apart, "different c", f"contradicts {cd}, {de}"),
    ]  # fmt: skip
