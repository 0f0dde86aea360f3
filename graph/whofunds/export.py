"""The graph as a networkx graph, and as files of other programs.

GraphML and GEXF hold texts, numbers and yes or no. What they can't hold is written as JSON text: a
list (`["a", "b"]`), and a text that XML would not give back as it is: one that is empty, holds a
control character, or begins with `[` or `"`. `read_graph` takes that back. What has no value is
left out everywhere. In CSV files lists are JSON text too.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from whofunds import schema
from whofunds.checking import neutral
from whofunds.errors import InputError, UsageError
from whofunds.stores.base import Node, Relationship

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

FORMATS = ("graphml", "gexf", "csv", "json")
READABLE = ("graphml", "gexf", "json")
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}
# What XML 1.0 forbids, or a parser turns into something else.
_LOST = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EDGE_KEY = "networkx_key"
# What networkx raises for a file that is something else.
_NOT_OURS = (
    OSError,
    ParseError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
)


def network(entities: Iterable[tuple[str, list[tuple[Node, list[Relationship]]]]]) -> "Network":
    """The network of pages of (label, nodes with the relationships that start at each)."""
    import networkx as nx

    graph: Network = nx.MultiDiGraph()
    edges: list[tuple[str, str, dict[str, Any]]] = []
    for label, page in entities:
        for node, relationships in page:
            start = f"{label}:{node.id}"
            names = ("name", *schema.LABELS[label].properties)
            graph.add_node(start, label=label, **_filled(names, node.properties))
            # A database may hold relationships of others at our nodes.
            ours = [r for r in relationships if r.type in schema.TYPES]
            edges += sorted((_edge(start, r) for r in ours), key=_order)
    for number, (start, end, properties) in enumerate(edges):
        graph.add_edge(start, end, number, **properties)
    return graph


def _edge(start: str, relationship: Relationship) -> tuple[str, str, dict[str, Any]]:
    edge = schema.TYPES[relationship.type]
    filled = _filled(edge.properties, relationship.properties)
    return start, f"{edge.end}:{relationship.end}", {"type": edge.type, **filled}


def _filled(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name in names if (value := values.get(name)) is not None}


def _order(edge: tuple[str, str, dict[str, Any]]) -> tuple[str, str, str]:
    """The same on every store, also among relationships that share both ends."""
    return edge[2]["type"], edge[1], json.dumps(edge[2], sort_keys=True)


def check(form: str, target: Path) -> None:
    """UsageError for what is no format, or a target that can't be of it."""
    if form not in FORMATS:
        raise UsageError(f"no format is called {form!r}; use {', '.join(FORMATS)}")
    if form == "csv" and target.is_file():
        raise UsageError(f"{target} is a file; name a folder, as csv is a file for each label")
    if form != "csv" and target.is_dir():
        raise UsageError(f"{target} is a folder; name a file, as {form} is one")


def write(graph: "Network", form: str, target: Path) -> None:
    """Write a network, as `Graph.to_networkx` gives it, in one of FORMATS."""
    check(form, target)
    if form == "csv":
        target.mkdir(parents=True, exist_ok=True)
        _write_csv(graph, target)
        return
    with target.open("w", encoding="utf-8", newline="\n") as file:
        {"graphml": _write_graphml, "gexf": _write_gexf, "json": _write_json}[form](graph, file)


def read_graph(path: str | Path) -> "Network":
    """Read a file that `whofunds export` wrote, by its ending: .graphml, .gexf or .json.

    Gives what `Graph.to_networkx` gave: lists are lists again. Raises InputError for a file that
    is something else, UsageError for another ending. networkx reads the files by itself
    too, and has lists as JSON text; give it `force_multigraph=True` for GraphML.
    """
    import networkx as nx

    path = Path(path)
    form = path.suffix.removeprefix(".").lower()
    if form not in READABLE:
        raise UsageError(f"{path} ends in none of .{', .'.join(READABLE)}; rename it")
    try:
        if form == "json":
            graph: Network = nx.MultiDiGraph(
                nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges")
            )
        elif form == "gexf":
            graph = _plain(nx.read_gexf(path), form)
        else:
            graph = _plain(nx.read_graphml(path, force_multigraph=True), form)
        for node, data in graph.nodes(data=True):
            if data.get("label") not in schema.LABELS:
                raise ValueError(f"node {node!r} has no label of whofunds")
    except (*_NOT_OURS, nx.NetworkXException) as error:
        said = f"{type(error).__name__}: {error}" if isinstance(error, LookupError) else str(error)
        raise InputError(
            f"{path} can't be read as {form} of whofunds: {said}; "
            "write it again with `whofunds export`"
        ) from None
    return graph


def _plain(found: Any, form: str) -> "Network":
    """What networkx read of a file, with lists as lists."""
    import networkx as nx

    graph: Network = nx.MultiDiGraph()
    for node, data in found.nodes(data=True):
        graph.add_node(_decoded(node), **{k: _decoded(v) for k, v in data.items()})
    for start, end, key, data in _edges(found, form):
        values = {k: _decoded(v) for k, v in data.items()}
        graph.add_edge(_decoded(start), _decoded(end), key, **values)
    return graph


def _edges(found: Any, form: str) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """The edges with their numbers; of a GEXF file networkx has these among the attributes."""
    if form == "gexf":
        for start, end, data in found.edges(data=True):
            yield start, end, int(data["id"]), {k: v for k, v in data.items() if k != "id"}
    else:
        yield from found.edges(keys=True, data=True)


def _encoded(value: Any) -> str:
    """A value as these formats hold it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) or not (text := str(value)) or text[0] in '["' or _LOST.search(text):
        # Only what must be is escaped, so that names can be read.
        text = json.dumps(value, ensure_ascii=False)
        return json.dumps(value) if _LOST.search(text) else text
    return text


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("[", '"') else value


def _attributes(graph: "Network") -> dict[tuple[str, str, str], str]:
    """A number for each (node or edge, attribute, type) that there is, in order."""
    found = {("node", k, _type(v)) for _, data in graph.nodes(data=True) for k, v in data.items()}
    found |= {("edge", k, _type(v)) for *_, data in graph.edges(data=True) for k, v in data.items()}
    return {key: str(number) for number, key in enumerate(sorted(found))}


def _type(value: Any) -> str:
    return _TYPES.get(type(value), "string")


class _Xml(XMLGenerator):
    """Writes elements one by one, so that no tree of them is held."""

    def __init__(self, file: TextIOBase) -> None:
        super().__init__(file, "utf-8", short_empty_elements=True)
        self.startDocument()

    def open(self, name: str, **attributes: str) -> None:
        self.ignorableWhitespace("\n")
        self.startElement(name, AttributesImpl(attributes))

    def close(self, name: str) -> None:
        self.endElement(name)

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        self.startElement(name, AttributesImpl(attributes))
        self.characters(text)
        self.endElement(name)


def _write_graphml(graph: "Network", file: TextIOBase) -> None:
    xml, keys = _Xml(file), _attributes(graph)
    xml.open("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for (scope, name, type_), number in keys.items():
        called = {"id": f"d{number}", "for": scope, "attr.name": name, "attr.type": type_}
        xml.open("key", **called)
        xml.close("key")
    xml.open("graph", edgedefault="directed")

    def values(scope: str, data: dict[str, Any]) -> None:
        for name, value in data.items():
            xml.leaf("data", _encoded(value), key=f"d{keys[scope, name, _type(value)]}")

    for node, data in graph.nodes(data=True):
        xml.open("node", id=_encoded(node))
        values("node", data)
        xml.close("node")
    for start, end, key, data in graph.edges(keys=True, data=True):
        xml.open("edge", id=str(key), source=_encoded(start), target=_encoded(end))
        values("edge", data)
        xml.close("edge")
    xml.close("graph")
    xml.close("graphml")


def _write_gexf(graph: "Network", file: TextIOBase) -> None:
    xml, keys = _Xml(file), _attributes(graph)
    xml.open("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    xml.open("graph", defaultedgetype="directed", mode="static")
    keys |= {("edge", _EDGE_KEY, "long"): str(len(keys))}
    for scope in ("node", "edge"):
        xml.open("attributes", **{"class": scope, "mode": "static"})
        for (of, name, type_), number in keys.items():
            if of == scope:
                xml.leaf("attribute", id=number, title=name, type=type_)
        xml.close("attributes")

    def values(scope: str, data: dict[str, Any]) -> None:
        xml.open("attvalues")
        for name, value in data.items():
            number = keys[scope, name, _type(value)]
            xml.leaf("attvalue", **{"for": number, "value": _encoded(value)})
        xml.close("attvalues")

    xml.open("nodes")
    for node, data in graph.nodes(data=True):
        xml.open("node", id=_encoded(node), label=data["label"])
        values("node", {k: v for k, v in data.items() if k != "label"})
        xml.close("node")
    xml.close("nodes")
    xml.open("edges")
    for start, end, key, data in graph.edges(keys=True, data=True):
        xml.open("edge", id=str(key), source=_encoded(start), target=_encoded(end))
        values("edge", {**data, _EDGE_KEY: key})
        xml.close("edge")
    xml.close("edges")
    xml.close("graph")
    xml.close("gexf")


def _write_json(graph: "Network", file: TextIOBase) -> None:
    import networkx as nx

    json.dump(nx.node_link_data(graph, edges="edges"), file, ensure_ascii=False)


def _write_csv(graph: "Network", folder: Path) -> None:
    nodes: dict[str, list[list[Any]]] = {label: [] for label in schema.LABELS}
    for key, data in graph.nodes(data=True):
        label, _, id_ = key.partition(":")
        names = ("name", *schema.LABELS[label].properties)
        nodes[label].append([id_, *(data.get(name) for name in names)])
    for node in schema.NODES:
        _table(folder, node.label, ("id", "name", *node.properties), nodes[node.label])
    edges: dict[str, list[list[Any]]] = {type_: [] for type_ in schema.TYPES}
    for start, end, data in graph.edges(data=True):
        ends = (*start.split(":", 1), *end.split(":", 1))
        values = (data.get(name) for name in schema.TYPES[data["type"]].properties)
        edges[data["type"]].append([*ends, *values])
    for edge in schema.EDGES:
        ends = ("start_label", "start", "end_label", "end")
        _table(folder, edge.type, (*ends, *edge.properties), edges[edge.type])


def _table(folder: Path, name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> object:
    return _encoded(value) if isinstance(value, (list, bool)) else neutral(value)
