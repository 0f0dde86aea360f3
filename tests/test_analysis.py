"""What the network says, on small networks worked out by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support import ROOT, load, load_records
from typer.testing import CliRunner, Result

from whofunds import Graph, Investor, Link, Participant, Report, Round, Startup, Total, UsageError
from whofunds.analysis import bridges
from whofunds.cli import app
from whofunds.participations import participations
from whofunds.stores.base import Store

PAGE = "https://example.org/"
Deals = dict[str, tuple[str, ...]]


def world(deals: Deals, kinds: dict[str, str]) -> list[Any]:
    """A company, a report and a closed round for each deal; a kind that is empty is unknown."""
    made: list[Any] = [Investor(id=i, name=i.title()) for i in kinds]
    made += [Link(type="kind", source=i, target=k) for i, k in kinds.items() if k]
    for name, members in deals.items():
        # "acme-2" is another round of acme.
        company = name.partition("-")[0]
        made.append(Report(url=PAGE + name, published_on="2024-02-01"))
        made.append(deal(name, company, members))
        if company == name:
            made.append(Startup(id=company, name=company.title()))
    return made


def deal(id_: str, company: str, members: tuple[str, ...], **more: Any) -> Round:
    return Round(
        id=id_,
        company=company,
        report=PAGE + id_,
        announced=more.pop("announced", f"20{10 + sum(map(ord, id_)) % 13}-01-10"),
        stage=id_,
        participants=[Participant(investor=m) for m in members],
        **more,
    )


def asked(store: Store, what: str, *columns: str, kind: str = "") -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in Graph(store).analyse(what, kind)]


LINE: Deals = {
    "acme": ("a", "b"),
    "bolt": ("b", "c"),
    "cell": ("c", "d"),
    "dune": ("d", "e"),
    "echo": (),
}
KINDS = {"a": "vc", "b": "vc", "c": "state-fund", "d": "pe", "e": ""}


def test_bridges_lie_between_investors_of_different_kinds(store: Store) -> None:
    # a - b - c - d - e. The pairs of different kinds: a-c and a-d and b-d go through others, b-c
    # and c-d don't; a and b are of one kind, and nobody knows e's, so that d is between nothing.
    load_records(store, "line", world(LINE, KINDS))
    # Talks link a and d, a secondary sale a and e: neither is in it.
    talks = deal("talks", "acme", ("a", "d"), status="talks")
    load_records(store, "talks", [Report(url=PAGE + "talks"), talks])
    sale = deal("sale", "echo", ("a", "e"), instrument="secondary")
    load_records(store, "sale", [Report(url=PAGE + "sale"), sale])
    # A report counts three rounds of acme, of which one is held.
    load_records(store, "totals", [Total(company="acme", report=PAGE + "acme", rounds=3)])
    answer = Graph(store).analyse("bridges")
    names = ("investor", "between", "share", "partners", "kinds", "other_kinds", "rounds")
    assert [tuple(row[n] for n in names) for row in answer] == [
        ("b", 2.0, 0.4, 2, ["vc"], ["state-fund"], 2),
        ("c", 2.0, 0.4, 2, ["state-fund"], ["vc", "pe"], 2),
    ]
    assert answer[0]["reports"] == [PAGE + "acme", PAGE + "bolt"]
    assert answer.note == answer[0]["coverage"]
    assert answer.note == (
        "In our data, at least: 4 closed rounds with money to the company and a named investor "
        "(1 more without one), 5 investors, 4 companies; 1 round held where reports count 3; "
        "1 closed deal without such money left out. Betweenness is exact: all paths of "
        "4 investors of known kind."
    )
    assert (answer.title, answer.facts_as_of) == (
        "Investors that bridge kinds of capital",
        "2024-02-01",
    )


def test_two_shortest_paths_are_shared(store: Store) -> None:
    # s - m - t and s - n - t; m and n are of one kind, so only s and t are a pair with a way.
    ring: Deals = {"acme": ("s", "m"), "bolt": ("m", "t"), "cell": ("s", "n"), "dune": ("n", "t")}
    kinds = {"s": "vc", "t": "pe", "m": "corporate", "n": "corporate"}
    load_records(store, "ring", world(ring, kinds))
    # Five pairs of different kinds: s-t, and each of s and t with each of m and n.
    assert asked(store, "bridges", "investor", "between", "share") == [
        ("m", 0.5, 0.1),
        ("n", 0.5, 0.1),
    ]


def test_a_large_network_is_sampled_and_says_so() -> None:
    # A star: the hub lies between 75 x 75 pairs of leaves of different kinds.
    def row(i: int, who: str, kind: str) -> dict[str, Any]:
        return {
            **{"company": f"c{i}", "company_name": f"C{i}", "stated": None, "round": f"r{i}"},
            **{"money": True, "certain": True, "counts": True, "disputed": False, "reports": []},
            **{"investor": who, "investor_name": who, "kinds": [kind]},
        }

    leaves = [row(i, f"leaf{i:03}", ("pe", "corporate")[i % 2]) for i in range(150)]
    facts = participations([r for i, r in enumerate(leaves) for r in (r, row(i, "hub", "vc"))])
    assert [(r["investor"], r["between"]) for r in bridges(facts)] == [("hub", 75 * 75)]
    sampled = bridges(facts, visits=0)
    assert "estimated from the paths of 100 of 151 investors" in sampled.note
    # Each leaf in the sample stands for 75 halves of pairs; the hub itself may be in it.
    assert sampled[0]["between"] in (100 * 37.5 * 1.51, round(99 * 37.5 * 1.51, 2))
    assert [*bridges(facts, visits=0)] == [*sampled]


def test_syndicates_are_communities_of_co_investors(store: Store) -> None:
    # Two triangles, each of two rounds, and one round that links them; g is alone.
    deals: Deals = {
        "acme": ("a", "b", "c"),
        "acme-2": ("a", "b", "c"),
        "bolt": ("d", "e", "f"),
        "bolt-2": ("d", "e", "f"),
        "cell": ("c", "d"),
        "dune": ("g",),
    }
    load_records(store, "two", world(deals, dict.fromkeys("abcdefg", "vc") | {"b": "pe"}))
    names = ("syndicate", "investors", "size", "rounds", "companies", "kinds", "inside")
    # Of the weight at a, b and c (4 + 4 + 5), 12 is with each other.
    assert asked(store, "syndicates", *names) == [
        (1, ["a", "b", "c"], 3, 2, ["Acme"], ["vc", "pe"], 0.92),
        (2, ["d", "e", "f"], 3, 2, ["Bolt"], ["vc"], 0.92),
    ]
    answer = Graph(store).analyse("syndicates")
    assert answer[0]["reports"] == [PAGE + "acme", PAGE + "acme-2"]
    # 2 x (6/13 - (13/26)²)
    assert "Modularity 0.42" in answer.note


def test_the_core_holds_who_have_several_of_each_other(store: Store) -> None:
    # a and b both fund acme and bolt: a 2-core. Seven in one round are none by that alone.
    crowd = tuple("ghijkl")
    deals: Deals = {"acme": ("a", "b", "c"), "bolt": ("a", "b"), "cell": ("d", *crowd)}
    load_records(store, "core", world(deals, dict.fromkeys(("a", "b", "c", "d", *crowd), "vc")))
    rows = asked(store, "core", "what", "id", "core", "links_in_core", "links", "rounds")
    assert rows[:4] == [
        ("company", "acme", 2, 2, 3, 1),
        ("company", "bolt", 2, 2, 2, 1),
        ("investor", "a", 2, 2, 2, 2),
        ("investor", "b", 2, 2, 2, 2),
    ]
    assert rows[4:6] == [("company", "cell", 1, 7, 7, 1), ("investor", "c", 1, 1, 1, 1)]
    assert len(rows) == 13
    assert "k = 2, holds 2 investors and 2 companies" in Graph(store).analyse("core").note


CHAIN: Deals = {"acme": ("a", "s"), "bolt": ("s",), "cell": ("s", "b"), "dune": ("b", "c")}
OUTCOME = ("company", "outcome", "rounds", "rounds_left", "investors", "investors_left", "part")


def test_what_falls_apart_without_a_kind(store: Store) -> None:
    # s is in three companies: bolt is left with nobody, acme with a alone, cell with the rest.
    kinds = {"a": "vc", "b": "pe", "c": "vc", "s": "state-fund"}
    load_records(store, "chain", world(CHAIN, kinds))
    assert asked(store, "without", *OUTCOME, kind="State fund") == [
        ("bolt", "no named investor left", 1, 0, 1, 0, 1),
        ("acme", "cut off from the largest part", 1, 1, 2, 1, 2),
        ("cell", "holds", 1, 1, 2, 1, 4),
    ]
    answer = Graph(store).analyse("without", "state-fund")
    assert answer[0]["taken_away"] == ["S"] and answer[0]["reports"] == [PAGE + "bolt"]
    assert answer.note == (
        "In our data, at least: 4 closed rounds with money to the company and a named investor "
        "(0 more without one), 4 investors, 4 companies. Without state-fund: 1 investor with 3 of "
        "7 participations taken away; 1 round left without a named investor; 1 company left "
        "without any, 1 more cut off from the largest connected part, which goes from 8 to 4 "
        "investors and companies; connected parts: 1 before, 2 after."
    )
    assert asked(store, "without", *OUTCOME, kind="angel") == []


def test_a_kind_is_the_one_at_the_rounds_date(store: Store) -> None:
    kinds = {"a": "vc", "b": "pe", "c": "vc", "s": ""}
    made = [r for r in world(CHAIN, kinds) if not isinstance(r, Round)]
    made.append(Link(type="kind", source="s", target="state-fund", until="2019-12-31"))
    made.append(Link(type="kind", source="s", target="corporate", since="2020-01-01"))
    for name, members in CHAIN.items():
        made.append(deal(name, name, members, announced="2024" if name == "cell" else "2018"))
    load_records(store, "chain", made)
    assert asked(store, "without", *OUTCOME[:4], kind="state-fund") == [
        ("bolt", "no named investor left", 1, 0),
        ("acme", "cut off from the largest part", 1, 1),
    ]
    # a - s - b - c: between a and b is s, between s and c is b; a and c are of one kind.
    assert asked(store, "bridges", "investor", "kinds", "between") == [
        ("b", ["pe"], 1.0),
        ("s", ["state-fund", "corporate"], 1.0),
    ]


def test_what_had_happened_and_what_was_known_by_a_day(store: Store) -> None:
    # acme 2020 with a report of 2020; bolt some day of 2021, told in 2023; cell 2022, told in 2022.
    made: list[Any] = [Investor(id=i, name=i.title()) for i in "ab"]
    for name, members, announced, told in (
        ("acme", ("a",), "2020-05-01", "2020-06-01"),
        ("bolt", ("a", "b"), "2021", "2023-01-01"),
        ("cell", ("b",), "2022-03-01", "2022-03-02"),
    ):
        made += [Report(url=PAGE + name, published_on=told), Startup(id=name, name=name.title())]
        made.append(deal(name, name, members, announced=announced))
    made.append(Total(company="acme", report=PAGE + "acme", until="2020-06", rounds=2))
    made.append(Total(company="acme", report=PAGE + "bolt", until="2022-12", rounds=5))
    load_records(store, "days", made)
    graph = Graph(store)

    def companies(**days: str) -> tuple[list[str], str]:
        answer = graph.analyse("core", "", None, **days)
        return sorted(r["id"] for r in answer if r["what"] == "company"), answer.note

    assert companies() == (
        ["acme", "bolt", "cell"],
        "In our data, at least: 3 closed rounds with money to the company and a named investor "
        "(0 more without one), 2 investors, 3 companies; 1 round held where reports count 5. "
        "The inmost core, k = 1, holds 2 investors and 3 companies.",
    )
    # In June 2021 bolt may have closed or not; the report that counts five speaks of later.
    assert companies(as_of="2021-06") == (
        ["acme"],
        "In our data, at least, by 2021-06-30: 1 closed round with money to the company and a "
        "named investor (0 more without one), 1 investor, 1 company; 1 round held where reports "
        "count 2; 1 round left out that may have closed only later. The inmost core, k = 1, holds "
        "1 investor and 1 company.",
    )
    assert companies(known_by="2022")[0] == ["acme", "cell"]
    assert companies(known_by="2022", as_of="2021")[0] == ["acme"]
    assert graph.analyse("core", known_by="2022").known_by == "2022-12-31"


def test_what_is_left_without_agrees_with_the_catalogue(store: Store) -> None:
    load(store, "ai-funding")
    graph = Graph(store)
    for day in ("2021-12-31", "9999-12-31"):
        rows = {r["kind"]: r for r in graph.query("capital/withdraws", as_of=day)}
        for kind in ("city-fund", "internet-giant", "vc"):
            found = graph.analyse("without", kind, as_of=day)
            lost = sum(row["rounds"] - row["rounds_left"] for row in found)
            assert lost == rows[kind]["left_without"], (kind, day)
        assert f"{rows['vc']['of_rounds']} closed rounds with money" in found.note
        assert f"({rows['vc']['unnamed']} more without one)" in found.note


@pytest.mark.parametrize("what", ["bridges", "syndicates", "core", "without"])
def test_an_empty_network_is_no_error(store: Store, what: str) -> None:
    kind = "vc" if what == "without" else ""
    assert asked(store, what, "coverage", kind=kind) == []
    load_records(store, "none", world({"echo": ()}, {"a": "vc"}))
    assert asked(store, what, "coverage", kind=kind) == []
    load_records(store, "alone", world({"acme": ("a",)}, {"a": "vc"}))
    rows = asked(store, what, "coverage", kind=kind)
    assert len(rows) == {"core": 2, "without": 1}.get(what, 0)


def test_wrong_use_says_what_there_is(tmp_path: Path) -> None:
    graph = facts(tmp_path)
    for what, kind, said in (
        ("centre", "", "no analysis is called 'centre'; there are bridges, syndicates, core, with"),
        ("core", "vc", "core takes no kind of capital"),
        ("without", "", "no kind of capital is called ''; use state-fund, city-fund"),
        ("without", "bank", "no kind of capital is called 'bank'"),
    ):
        with pytest.raises(UsageError, match=said):
            graph.analyse(what, kind)
    graph.close()


def facts(folder: Path) -> Graph:
    from whofunds.stores import open_store

    store = open_store(str(folder / "facts.store"))
    load_records(store, "line", world(LINE, KINDS))
    return Graph(store)


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    return result


def test_the_command_prints_it_in_every_format(tmp_path: Path) -> None:
    facts(tmp_path).close()
    ask = ("--store", str(tmp_path / "facts.store"), "analyse")
    table = run(*ask, "bridges").stdout
    assert table.splitlines()[2].split()[:5] == ["B", "vc", "2.0", "0.4", "2"]
    assert "\nIn our data, at least: 4 closed rounds" in table
    rows = run(*ask, "bridges", "--format", "json")
    assert [r["investor"] for r in json.loads(rows.stdout)] == ["b", "c"]
    assert rows.stderr.startswith("In our data, at least: 4 closed rounds")
    assert run(*ask, "without", "pe", "as_of=2009").stdout.startswith("no rows\n")
    assert "As known by 2009-12-31" in run(*ask, "core", "known_by=2009").stdout
    assert "it takes as_of, known_by" in run(*ask, "core", "by=2009", code=2).stderr
    assert "'soon' is not right; give a day" in run(*ask, "core", "as_of=soon", code=2).stderr
    lost = run(*ask, "without", "pe", "--format", "csv").stdout
    assert lost.splitlines()[1].startswith("dune,Dune,cut off from the largest part,1,1,2,1,D,2,")
    assert "no analysis is called" in run(*ask, "centre", code=2).stderr
    assert "use state-fund" in run(*ask, "without", "bank", code=2).stderr


def test_every_run_gives_the_same(tmp_path: Path, store: Store) -> None:
    """Whatever the order in which Python keeps sets, and on every store."""
    load(store, "ai-funding")
    from whofunds.stores import open_store

    with open_store(str(tmp_path / "other.store")) as other:
        load(other, "ai-funding")
    code = "from whofunds.cli import main; main()"
    for what in (("bridges",), ("syndicates",), ("core",), ("without", "internet-giant")):
        printed = {
            subprocess.run(
                [sys.executable, "-c", code, "--store", str(tmp_path / "other.store"), "analyse",
                 *what, "--format", "json"],
                env={**os.environ, "PYTHONPATH": str(ROOT / "graph"), "PYTHONHASHSEED": seed},
                capture_output=True, text=True, check=True,
            ).stdout
            for seed in ("0", "1", "77")
        }  # fmt: skip
        assert len(printed) == 1
        assert json.loads(printed.pop()) == [*Graph(store).analyse(*what)]
