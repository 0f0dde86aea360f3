"""The graph as a networkx graph, and as files that give it back."""

import csv
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from tests.support import load, load_records
from tests.test_analysis import run

from whofunds import (
    City,
    Graph,
    InputError,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    UsageError,
    read_graph,
    schema,
)
from whofunds.export.network import write
from whofunds.stores import open_store
from whofunds.stores.base import Store

PAGE = "https://example.org/1"
ACCOUNT = "deals:d1"


def deals() -> list[Any]:
    return [
        Report(url=PAGE, name="Acme raises", published_on="2024-05-03"),
        City(id="xian", name="Xi'an", names=["西安"], latitude="34.5", longitude="109"),
        Startup(id="acme", name="Acme", country="CN"),
        Investor(id="acme", name="Acme Capital"),
        Link(type="kind", source="acme", target="vc", since="2020"),
        Link(type="kind", source="acme", target="vc", since="2024"),
        Link(type="seat", of="startup", source="acme", target="xian", report=PAGE),
        Round(
            id="d1",
            company="acme",
            report=PAGE,
            announced="2024-05-02",
            amount=("12.5", "HKD", ""),
            participants=[Participant(investor="acme", lead=True, amount="over 3m USD")],
        ),
    ]


# Texts that XML, JSON or a table could give back as something else.
AWKWARD = (
    '["a"] Fund',
    '"Quoted" Fund',
    "<b>&amp;</b> ]]> Fund",
    "bell\x07 and\x1fseparator",
    "line\r\nbreak\rand\ttab",
    "\ufffe and \x85 or\u2028nothing",
    "智谱 🚀 Éa",
    "true",
    "12.50",
)


def awkward() -> list[Any]:
    made: list[Any] = [
        Investor(id=f"n{i}", name=name, names=[name, f"{name}|2"]) for i, name in enumerate(AWKWARD)
    ]
    return [*made, Investor(id='"odd"\x07 id', name="Odd"), Startup(id="[x]", name="Brackets")]


def typed(graph: Any) -> tuple[list[Any], list[Any]]:
    """Nodes and edges with the types of their values."""

    def values(data: dict[str, Any]) -> list[Any]:
        return sorted((k, type(v).__name__, v) for k, v in data.items())

    nodes = sorted((n, values(d)) for n, d in graph.nodes(data=True))
    return nodes, sorted((u, v, k, values(d)) for u, v, k, d in graph.edges(keys=True, data=True))


def test_nodes_and_edges_hold_what_the_schema_lists(store: Store) -> None:
    load_records(store, "deals", deals())
    graph = Graph(store).to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert {n for n in graph if not n.startswith("CapitalSource:")} == {
        "City:xian",
        f"Report:{PAGE}",
        "Investor:acme",
        "Startup:acme",
        f"FundingRound:{ACCOUNT}",
    }
    assert sum(n.startswith("CapitalSource:") for n in graph) == len(schema.KINDS)
    assert graph.nodes["City:xian"] == {
        "label": "City",
        "name": "Xi'an",
        "names": ["Xi'an", "西安"],
        "former": [],
        "latitude": 34.5,
        "longitude": 109.0,
    }
    ends = [(u, v, k, d["type"]) for u, v, k, d in graph.edges(keys=True, data=True)]
    assert sorted(ends, key=lambda e: e[2]) == [
        (f"Report:{PAGE}", f"FundingRound:{ACCOUNT}", 0, "STATES"),
        ("Investor:acme", f"FundingRound:{ACCOUNT}", 1, "INVESTED_IN"),
        ("Investor:acme", "CapitalSource:vc", 2, "IS_A"),
        ("Investor:acme", "CapitalSource:vc", 3, "IS_A"),
        ("Startup:acme", "City:xian", 4, "BASED_IN"),
        (f"FundingRound:{ACCOUNT}", "Startup:acme", 5, "FUNDS"),
    ]
    part = graph.edges["Investor:acme", f"FundingRound:{ACCOUNT}", 1]
    assert (part["lead"], part["amount_min"], part["currency"]) == (True, 3_000_000, "USD")
    assert "amount_max" not in part and part["reports"] == [PAGE]
    assert [d["since"] for d in graph["Investor:acme"]["CapitalSource:vc"].values()] == [
        "2020-01-01",
        "2024-01-01",
    ]
    assert graph.nodes[f"FundingRound:{ACCOUNT}"]["amount_stated"] == 12.5


def test_files_give_back_the_graph_on_every_store(store: Store, tmp_path: Path) -> None:
    load(store, "ai-funding")
    load_records(store, "awkward", awkward())
    graph = Graph(store)
    whole = graph.to_networkx()
    assert whole.number_of_nodes() > 900 and whole.number_of_edges() > 1500
    assert {whole.nodes[f"Investor:n{i}"]["name"] for i in range(len(AWKWARD))} == set(AWKWARD)
    for form in ("graphml", "gexf", "json"):
        graph.export(form, file := tmp_path / f"whole.{form}")
        again = read_graph(file)
        assert typed(again) == typed(whole), form
        assert nx.utils.graphs_equal(again, whole), form
    with open_store(str(tmp_path / "other.store")) as other:
        load(other, "ai-funding")
        load_records(other, "awkward", awkward())
        assert nx.utils.graphs_equal(Graph(other).to_networkx(), whole)


def test_networkx_itself_reads_the_files(store: Store, tmp_path: Path) -> None:
    load_records(store, "deals", deals())
    graph = Graph(store)
    for form in ("graphml", "gexf", "json"):
        graph.export(form, tmp_path / f"deals.{form}")
    listed = graph.to_networkx()
    assert nx.utils.graphs_equal(
        nx.node_link_graph(json.loads((tmp_path / "deals.json").read_text("utf-8"))), listed
    )
    # As documented, lists are JSON text for a reader that doesn't know of them.
    datas = [d for _, d in listed.nodes(data=True)] + [d for *_, d in listed.edges(data=True)]
    for data in datas:
        for name, value in data.items():
            if isinstance(value, list):
                data[name] = json.dumps(value, ensure_ascii=False)
    plain = nx.read_graphml(tmp_path / "deals.graphml", force_multigraph=True)
    assert typed(plain) == typed(listed)
    found = nx.read_gexf(tmp_path / "deals.gexf")
    for *_, data in found.edges(data=True):
        data.pop("id")  # which networkx adds to the edges of any GEXF file
    assert typed(found) == typed(listed)


def test_a_graph_without_parallel_edges_keeps_their_numbers(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("City:a", label="City", name="")
    graph.add_node("Startup:b", label="Startup", name="B", names=["", "b"])
    graph.add_edge("Startup:b", "City:a", 7, type="BASED_IN", since="2020-01-01")
    for form in ("graphml", "gexf", "json"):
        write(graph, form, file := tmp_path / f"one.{form}")
        assert typed(read_graph(file)) == typed(graph)


def test_numbers_of_two_types_in_one_attribute_keep_theirs(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i, amount in enumerate((51_000_000_000, 0.1, 2**53 + 1, 1e22)):
        graph.add_node(f"FundingRound:{i}", label="FundingRound", amount_min=amount)
    for form in ("graphml", "gexf", "json"):
        write(graph, form, file := tmp_path / f"sums.{form}")
        assert typed(read_graph(file)) == typed(graph)


def test_csv_is_a_file_for_each_label_and_type(store: Store, tmp_path: Path) -> None:
    load_records(store, "deals", deals())
    Graph(store).export("csv", tmp_path / "out")
    assert {p.stem for p in (tmp_path / "out").iterdir()} == {*schema.LABELS, *schema.TYPES}

    def rows(name: str) -> list[dict[str, str]]:
        text = (tmp_path / "out" / f"{name}.csv").read_text("utf-8")
        return list(csv.DictReader(text.splitlines()))

    (city,) = rows("City")
    assert (city["id"], city["names"], city["latitude"], city["country"]) == (
        "xian",
        '["Xi\'an", "西安"]',
        "34.5",
        "",
    )
    (part,) = rows("INVESTED_IN")
    ends = ("start_label", "start", "end_label", "end", "lead", "amount_min", "amount_max")
    assert [part[c] for c in ends] == [
        "Investor", "acme", "FundingRound", ACCOUNT, "true", "3000000", "",
    ]  # fmt: skip
    assert len(rows("CapitalSource")) == len(schema.KINDS) and rows("PART_OF") == []
    assert [r["since"] for r in rows("IS_A")] == ["2020-01-01", "2024-01-01"]


def test_export_by_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("facts.store") as store:
        load_records(store, "deals", deals())
        whole = Graph(store).to_networkx()
    ask = ("--store", "facts.store", "export", "--output")
    assert run(*ask, "all.gexf").stdout == "all.gexf\n"
    assert run(*ask, "all.xml", "--format", "graphml").stdout == "all.xml\n"
    run(*ask, "tables")
    assert nx.utils.graphs_equal(read_graph("all.gexf"), whole)
    assert Path("all.xml").read_text("utf-8").startswith("<?xml") and Path("tables").is_dir()
    for words, said in (
        (("all.dot",), "no format is called 'dot'; use records, csv, xlsx"),
        (("tables", "--format", "json"), "tables is a folder; name a file"),
        (("all.gexf", "--format", "csv"), "all.gexf is a file; name a folder"),
        (("no/such/all.gexf",), "choose another path"),
    ):
        assert said in run(*ask, *words, code=2).stderr


def test_what_is_no_export_is_said(tmp_path: Path) -> None:
    # A GEXF file without numbers of edges, and a key that networkx takes for its own parameter.
    bare = "<nodes><node id='a'/></nodes><edges><edge source='a' target='a'/></edges>"
    key = "<key id='k' for='node' attr.name='node_for_adding' attr.type='string'/>"
    odd = f"{key}<graph edgedefault='directed'><node id='a'><data key='k'>x</data></node></graph>"
    for name, text in (
        ("a.graphml", "<graph"),
        ("a.gexf", ""),
        ("a.json", "[1]"),
        ("b.json", "{"),
        ("c.json", "[" * 100_000),
        ("b.gexf", f"<gexf xmlns='http://www.gexf.net/1.2draft'><graph>{bare}</graph></gexf>"),
        ("b.graphml", f"<graphml xmlns='http://graphml.graphdrawing.org/xmlns'>{odd}</graphml>"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(InputError, match=rf"{name} can't be read as .*; write it again with"):
            read_graph(tmp_path / name)
    nx.write_graphml(nx.path_graph(3), tmp_path / "theirs.graphml")
    with pytest.raises(InputError, match=r"theirs\.graphml .* node '0' has no label of whofunds"):
        read_graph(tmp_path / "theirs.graphml")
    with pytest.raises(InputError, match=r"gone\.json can't be read"):
        read_graph(tmp_path / "gone.json")
    with pytest.raises(UsageError, match=r"ends in none of \.graphml, \.gexf, \.json"):
        read_graph(tmp_path / "a.csv")
