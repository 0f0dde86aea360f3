"""A query's result as a network: vis-network's free canvas, every position worked out beforehand.

Nodes stand in layers in the direction money flows, so that a path reads from left to right, and no
physics runs in the page.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whofunds import schema
from whofunds.stores.base import Node, Path, Relationship
from whofunds.views import words
from whofunds.views.frame import render, vis_network

MOST = 300
_STATIC_ROWS = 1000
_ACROSS = 110
_DOWN, _DOWN_FEW, _FEW = 32, 52, 10
_LETTER, _WIDEST = 7.5, 290  # what a name takes, about; the page cuts it at the widest
_SWEEPS = 6
_CROSSING = "\x00"  # the label of no node
# Relationships that are written against the flow of money.
_AGAINST = frozenset({"IS_A", "PART_OF"})
_HIDDEN = frozenset({"id", "name", "names"})
_WORDS = {"CapitalSource": "Capital kind", "FundingRound": "Round", "Startup": "Company"}
Key = tuple[str, str]


def page(
    nodes: Sequence[Node],
    relationships: Sequence[Relationship],
    *,
    title: str,
    question: str,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    as_of: str = "",
) -> str:
    """See `whofunds.views.network`."""
    held, links = _resolve(nodes, relationships)
    degree = Counter(end for start, end, _ in links) + Counter(start for start, _, _ in links)
    kept = sorted(held, key=lambda k: (-degree[k], k))[:MOST]
    numbers = {key: i for i, key in enumerate(sorted(kept))}
    shown = [link for link in links if link[0] in numbers and link[1] in numbers]
    places = _places({k: _wide(held[k]) for k in numbers}, shown)
    return render(
        "network.html",
        nodes=[_node(numbers[k], held[k], places[k]) for k in numbers],
        edges=[_edge(i, numbers[a], numbers[b], r) for i, (a, b, r) in enumerate(shown)],
        scripts=("dom.js", "search.js", "network.js"),
        options={"physics": {"enabled": False}},
        data={"words": _WORDS, "title": words.clean(title)},
        library=vis_network(),
        title=words.clean(title),
        question=words.clean(question),
        headline=" · ".join(
            [
                words.count(len(rows), "row"),
                words.count(len(held), "node"),
                words.count(len(links), "relationship"),
                *([f"as of {words.clean(as_of)}"] if as_of else []),
            ]
        ),
        cut=_cut(len(held), len(rows)),
        columns=[words.clean(c) for c in columns],
        rows=[[cell(v) for v in row] for row in rows[:_STATIC_ROWS]],
    )


def _cut(nodes: int, rows: int) -> str:
    """What the page leaves out, in words."""
    parts = []
    if nodes > MOST:
        parts.append(f"the {MOST} best connected of {words.count(nodes, 'node')} are drawn")
    if rows > _STATIC_ROWS:
        parts.append(f"the first {_STATIC_ROWS:,} of {words.count(rows, 'row')} are in the table")
    return "; ".join(parts)


def _resolve(
    nodes: Iterable[Node], relationships: Iterable[Relationship]
) -> tuple[dict[Key, Node], list[tuple[Key, Key, Relationship]]]:
    """Distinct nodes by label and id, and distinct relationships between them.

    A relationship names its ends by id alone: the schema says of which label they can be. An end
    that the rows don't hold becomes a node that has only its id.
    """
    held = {(n.label, n.id): n for n in nodes}

    def end(id_: str, labels: Sequence[str]) -> Key:
        for key in [(label, id_) for label in labels] + [k for k in held if k[1] == id_]:
            if key in held:
                return key
        key = (labels[0] if labels else "", id_)
        held[key] = Node(id_, key[0], {"name": id_})
        return key

    links: dict[tuple[str, Key, Key, str], tuple[Key, Key, Relationship]] = {}
    for r in relationships:
        edge = schema.TYPES.get(r.type)
        start = end(r.start, edge.start if edge else ())
        finish = end(r.end, (edge.end,) if edge else ())
        links[(r.type, start, finish, repr(sorted(r.properties.items())))] = (start, finish, r)
    return held, list(links.values())


def _places(
    widths: Mapping[Key, float], links: Sequence[tuple[Key, Key, Relationship]]
) -> dict[Key, tuple[float, float]]:
    """The left edge and the middle of each node, in pixels.

    Its layer follows the flow of money, its order in the layer its neighbours.
    """
    import networkx as nx

    graph: nx.DiGraph[Key] = nx.DiGraph()
    graph.add_nodes_from(widths)
    for start, end, r in links:
        graph.add_edge(*((end, start) if r.type in _AGAINST else (start, end)))
    # Rings (a company that invests in its investor) share a layer. Layers are counted from where
    # the money ends, so that all rounds of a company stand in line.
    rings = nx.condensation(graph)
    layers: list[list[Key]] = [
        sorted(key for ring in generation for key in rings.nodes[ring]["members"])
        for generation in nx.topological_generations(rings.reverse())
    ][::-1]
    # A link over several layers keeps a seat free in each that it crosses.
    at = {key: x for x, layer in enumerate(layers) for key in layer}
    for n, (start, end) in enumerate(list(graph.edges)):
        between = [(_CROSSING, f"{n}/{x}") for x in range(at[start] + 1, at[end])]
        if between:
            graph.remove_edge(start, end)
            nx.add_path(graph, [start, *between, end])
            for x, crossing in enumerate(between, at[start] + 1):
                layers[x].append(crossing)
    seat = {key: i / len(layer) for layer in layers for i, key in enumerate(layer)}
    for _ in range(_SWEEPS):
        for layer in layers:
            pulls = {}
            for key in layer:
                near = [seat[n] for n in nx.all_neighbors(graph, key) if n != key]
                pulls[key] = sum(near) / len(near) if near else seat[key]
            layer.sort(key=lambda k: (pulls[k], k))
            seat.update({key: (i + 0.5) / len(layer) for i, key in enumerate(layer)})
    tallest = max((len(layer) for layer in layers), default=1)
    down = _DOWN_FEW if tallest <= _FEW else _DOWN
    lefts = [0.0]
    for layer in layers:
        lefts.append(lefts[-1] + max((widths.get(k, 0) for k in layer), default=0) + _ACROSS)
    return {key: (lefts[at[key]], seat[key] * tallest * down) for key in widths}


def _wide(node: Node) -> float:
    name = _text(node)
    return min(_WIDEST, 40 + _LETTER * sum(1 if c.isascii() else 1.8 for c in name))


def _node(number: int, node: Node, place: tuple[float, float]) -> dict[str, Any]:
    return {
        "id": number,
        "key": words.clean(node.id),
        "type": words.clean(node.label),
        "label": words.clean(node.properties.get("name")) or words.clean(node.id),
        "names": words.texts(node.properties.get("names")),
        "facts": _facts(node.properties),
        "x": round(place[0], 1),
        "y": round(place[1], 1),
    }


def _edge(number: int, start: int, end: int, link: Relationship) -> dict[str, Any]:
    facts = _facts(link.properties)
    return {"id": number, "from": start, "to": end, "type": words.clean(link.type), "facts": facts}


def _facts(properties: Mapping[str, Any]) -> list[list[str]]:
    """Properties that hold something, as [name, text, address]."""
    return [
        [words.clean(name).replace("_", " "), shown["text"], shown["url"]]
        for name, value in sorted(properties.items())
        if name not in _HIDDEN and (shown := cell(value))["text"]
    ]


def cell(value: object) -> dict[str, str]:
    """A value as the table shows it: {"text", "url"}, the address where it is one."""
    url = words.address(value) if isinstance(value, str) else ""
    return {"text": _text(value), "url": url}


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Node():
            return words.clean(value.properties.get("name")) or words.clean(value.id)
        case Relationship():
            return words.clean(value.type)
        case Path():
            return " – ".join(_text(node) for node in value.nodes)
        case list() | tuple():
            return words.clean(", ".join(_text(v) for v in value))
        case dict():
            return words.clean(", ".join(f"{k}: {_text(v)}" for k, v in value.items()))
        case int() | float():
            figure = words.number(value)
            return "" if figure is None else f"{figure:,}"
    return words.clean(value)
