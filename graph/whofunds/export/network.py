"""The graph as a networkx graph, and as files of other programs.

GraphML and GEXF hold texts, numbers and yes or no. What they can't hold is written as JSON text: a
list (`["a", "b"]`), and a text that XML would not give back as it is: one that is empty, holds a
control character, or begins with `[` or `"`. `read_graph` takes that back. What has no value is
left out everywhere.
"""

import json
from collections.abc import Iterator
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from whofunds import schema
from whofunds.errors import InputError, UsageError
from whofunds.export.pages import Pages, encoded, filled, starting

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

FORMATS = ("graphml", "gexf", "json")
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}
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


def network(entities: Pages) -> "Network":
    """The network of all that is held."""
    import networkx as nx

    graph: Network = nx.MultiDiGraph()
    edges: list[tuple[str, str, dict[str, Any]]] = []
    for label, page in entities:
        for node, relationships in page:
            start = f"{label}:{node.id}"
            values = filled(("name", *schema.LABELS[label].properties), node.properties)
            graph.add_node(start, label=label, **values)
            edges += [(start, *edge) for edge in starting(relationships)]
    for number, (start, end, properties) in enumerate(edges):
        graph.add_edge(start, end, number, **properties)
    return graph


def write(graph: "Network", form: str, target: Path) -> None:
    """Write a network, as `Graph.to_networkx` gives it, in one of FORMATS."""
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
    if form not in FORMATS:
        raise UsageError(f"{path} ends in none of .{', .'.join(FORMATS)}; rename it")
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
            xml.leaf("data", encoded(value), key=f"d{keys[scope, name, _type(value)]}")

    for node, data in graph.nodes(data=True):
        xml.open("node", id=encoded(node))
        values("node", data)
        xml.close("node")
    for start, end, key, data in graph.edges(keys=True, data=True):
        xml.open("edge", id=str(key), source=encoded(start), target=encoded(end))
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
            xml.leaf("attvalue", **{"for": number, "value": encoded(value)})
        xml.close("attvalues")

    xml.open("nodes")
    for node, data in graph.nodes(data=True):
        xml.open("node", id=encoded(node), label=data["label"])
        values("node", {k: v for k, v in data.items() if k != "label"})
        xml.close("node")
    xml.close("nodes")
    xml.open("edges")
    for start, end, key, data in graph.edges(keys=True, data=True):
        xml.open("edge", id=str(key), source=encoded(start), target=encoded(end))
        values("edge", {**data, _EDGE_KEY: key})
        xml.close("edge")
    xml.close("edges")
    xml.close("graph")
    xml.close("gexf")


def _write_json(graph: "Network", file: TextIOBase) -> None:
    import networkx as nx

    json.dump(nx.node_link_data(graph, edges="edges"), file, ensure_ascii=False)
