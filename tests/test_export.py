"""The graph as a networkx graph, and as files that give it back."""

import csv
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx as nx
import pytest
from python_calamine import CalamineWorkbook
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
    StoreError,
    UsageError,
    read_graph,
    schema,
)
from whofunds.export import workbook
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


def sheets(file: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet of a workbook, as another program reads them."""
    book = CalamineWorkbook.from_path(file)
    found: dict[str, list[dict[str, Any]]] = {}
    for name in book.sheet_names:
        header, *rows = book.get_sheet_by_name(name).to_python()
        found[name] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return found


def test_a_workbook_has_a_sheet_for_each_sort_of_fact(store: Store, tmp_path: Path) -> None:
    load_records(store, "deals", deals())
    Graph(store).export("xlsx", file := tmp_path / "deals.xlsx")
    found = sheets(file)
    assert {name: len(rows) for name, rows in found.items()} == {
        "companies": 1,
        "investors": 1,
        "cities": 1,
        "rounds": 1,
        "participations": 1,
        "accounts": 1,
        "totals": 0,
        "links": 3,
        "conditions": 0,
        "reports": 1,
        "sources": 1,
        "long texts": 0,
    }
    (round_,), (part,), (account,) = (found[n] for n in ("rounds", "participations", "accounts"))
    of_round = ("id", "company_name", "announced", "amount_stated", "currency", "reports")
    assert [round_[c] for c in of_round] == [ACCOUNT, "Acme", "2024-05-02", 12.5, "HKD", PAGE]
    ends = ("investor", "investor_name", "round", "company", "company_name", "announced", "status")
    assert [part[c] for c in ends] == [
        "acme", "Acme Capital", ACCOUNT, "acme", "Acme", "2024-05-02", "closed",
    ]  # fmt: skip
    money = ("lead", "amount_min", "amount_max", "currency", "reports")
    assert [part[c] for c in money] == [True, 3_000_000, "", "USD", PAGE]
    assert (account["report"], account["company"], account["amount_min"]) == (PAGE, "acme", 12.5)
    assert [(r["type"], r["of"], r["target_name"], r["since"]) for r in found["links"]] == [
        ("is-a", "Investor", "Venture capital", "2020-01-01"),
        ("is-a", "Investor", "Venture capital", "2024-01-01"),
        ("based-in", "Startup", "Xi'an", ""),
    ]
    assert found["investors"][0]["kinds"] == "vc"
    assert (found["cities"][0]["names"], found["cities"][0]["latitude"]) == ("Xi'an; 西安", 34.5)
    assert (found["sources"][0]["source"], found["sources"][0]["new"]) == ("deals", 8)
    with ZipFile(file) as parts:
        first = parts.read("xl/worksheets/sheet4.xml").decode()
    assert 'state="frozen"' in first and 'ySplit="1"' in first


def test_cells_of_a_workbook_are_what_is_held(tmp_path: Path) -> None:
    hostile = [
        "+1-2",
        "-1",
        "@SUM(A1)",
        "\u2003=1+1",
        "http://x.org/?a=1&b",
        "1e5",
        "00123",
        "{=1}",
    ]
    many = [f"{n:03d} {'🚀' * 190}" for n in range(250)]
    records: list[Any] = [
        *awkward(),
        *(Investor(id=f"h{i}", name=name) for i, name in enumerate(hostile)),
        Startup(id="wide", name="Wide", names=many),
        Round(id="dong", company="wide", report=PAGE, amount=("1234567890123456", "VND", "")),
        Report(url=PAGE),
    ]
    with open_store(tmp_path / "facts.store") as store:
        load_records(store, "awkward", records)
        Graph(store).export("xlsx", file := tmp_path / "all.xlsx")
        names = store.query("MATCH (i:Investor) RETURN i.id, i.name").rows
        workbook.write(
            tmp_path / "small.xlsx", store, lambda: Graph(store)._entities(None), None, most_rows=10
        )
    found = sheets(file)
    read = {row["id"]: row["name"] for row in found["investors"]}
    # What XML can't hold is written as the format has it, which this reader leaves as it is.
    assert read == {id_: name.replace("\ufffe", "_xFFFE_") for id_, name in names}
    with ZipFile(file) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name) and b"hyperlink" not in parts.read(name), name
    assert found["rounds"][0]["amount_min"] == "1234567890123456"
    long = [row for row in found["long texts"] if row["column"] == "names"]
    assert {(row["sheet"], row["row"]) for row in long} == {("companies", 3)}
    assert "".join(row["text"] for row in long) == "; ".join(["Wide", *many])
    assert found["companies"][1]["names"].endswith("… (whole in the sheet 'long texts')")
    small = sheets(tmp_path / "small.xlsx")
    of_investors = [small[name] for name in ("investors", "investors 2")]
    assert [len(rows) for rows in of_investors] == [10, len(found["investors"]) - 10]
    assert [row for rows in of_investors for row in rows] == found["investors"]


def test_followthemoney_has_who_belongs_to_whom(store: Store, tmp_path: Path) -> None:
    records: list[Any] = [
        *deals(),
        Investor(id="wikidata:Q1", name="North Group", country="FR", state_controlled="yes"),
        Investor(id="jane", name="Jane Roe", country="Elbonia"),
        Link(type="kind", source="wikidata:Q1", target="corporate", basis="sourced", report=PAGE),
        Link(type="kind", source="jane", target="angel"),
        Link(type="part-of", source="acme", target="wikidata:Q1", since="2021-03-01",
             share_min="51", share_max="60", report=PAGE),
        Link(type="part-of", source="acme", target="jane", until="2022-06-30", share_min="5",
             report="deeds.xlsx, row 3"),
        Round(id="t", company="acme", report=PAGE, status="talks",
              participants=[Participant(investor="jane")]),
    ]  # fmt: skip
    load_records(store, "deals", records)
    Graph(store).export("ftm", file := tmp_path / "all.ftm.json")
    entities = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    named = {tuple(e["properties"].get("name", ())): e for e in entities}
    by_id = {e["id"]: e for e in entities}
    assert len(by_id) == len(entities)

    def rows(schema_: str) -> list[dict[str, Any]]:
        """Links, with names in the place of ids."""
        found = []
        for entity in entities:
            if entity["schema"] == schema_:
                row = {name: texts[0] for name, texts in entity["properties"].items()}
                for end in ("owner", "asset", "subject", "object"):
                    if end in row:
                        of = by_id[row[end]]["properties"]
                        row[end] = of.get("name", of.get("full"))[0]
                found.append(row)
        return sorted(found, key=lambda row: json.dumps(row, sort_keys=True))

    assert {name[0]: e["schema"] for name, e in named.items() if name} == {
        "Acme": "Company",
        "Acme Capital": "Company",
        "North Group": "Organization",
        "Jane Roe": "LegalEntity",
    }
    assert rows("Ownership") == [
        {
            "owner": "Jane Roe", "asset": "Acme Capital", "percentage": ">=5",
            "endDate": "2022-06-30", "summary": "source: deeds.xlsx, row 3",
        },
        {
            "owner": "North Group", "asset": "Acme Capital", "percentage": "51-60",
            "startDate": "2021-03-01", "sourceUrl": PAGE,
        },
    ]  # fmt: skip
    # Talks are not money, so Jane has no part in a round.
    assert rows("UnknownLink") == [
        {
            "subject": "Acme Capital", "object": "Acme", "role": "part in a round",
            "date": "2024-05-02", "recordId": ACCOUNT, "sourceUrl": PAGE,
            "summary": "Acme · equity · 2024-05-02; equity; lead",
        },
        {"subject": "Acme", "object": "Xi'an", "role": "seat", "sourceUrl": PAGE},
    ]  # fmt: skip
    group = named["North Group",]["properties"]
    assert (group["country"], group["wikidataId"]) == (["fr"], ["Q1"])
    assert group["classification"] == ["Corporate"]
    assert group["notes"] == [
        f"Corporate (basis sourced, report {PAGE})",
        "state controlled: yes",
    ]
    assert named["Jane Roe",]["properties"]["notes"] == ["country: Elbonia"]
    assert "country" not in named["Jane Roe",]["properties"]
    # An id says what it is of, whatever else becomes known of it.
    load_records(store, "more", [Investor(id="jane", name="Jane A. Roe", country="FR")])
    Graph(store).export("ftm", file)
    assert {json.loads(x)["id"] for x in file.read_text("utf-8").splitlines()} == by_id.keys()


def test_files_for_an_import_are_refused_where_they_would_lack_facts(tmp_path: Path) -> None:
    with open_store(tmp_path / "facts.store") as store:
        load_records(store, "deals", deals())
        (tmp_path / "used").mkdir()
        (tmp_path / "used" / "other.txt").touch()
        with pytest.raises(
            StoreError, match=r"holds other files \(other\.txt\); name a new folder"
        ):
            Graph(store).export("neo4j-admin", tmp_path / "used")
        load_records(store, "odd", [Investor(id="odd", name="Odd", names=["a\ufdd0b"])])
        with pytest.raises(StoreError, match=r"a list in Investor\.names holds .*U\+FDD0"):
            Graph(store).export("neo4j-admin", tmp_path / "odd")
        store.put_records([], ["startup:acme"])
        with pytest.raises(StoreError, match="holds a load that is not finished"):
            Graph(store).export("neo4j-admin", tmp_path / "part")
