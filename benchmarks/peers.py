"""What others draw of the same facts: all of its nodes and edges, where they are told to stand."""

import importlib
import json
import math
import warnings
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks.facts import Facts
from pyvis.network import Network

from whofunds.views.frame import vis_network

NEO4J_VIZ_CAP = 10_000
"""Nodes that neo4j-viz draws at most, unless told otherwise."""
_APART, _BLOCKS_APART, _SCREEN = 40, 400, 1300
_COLORS = {"investor": "#0072B2", "round": "#E69F00", "company": "#009E73", "city": "#7F7F7F"}


@dataclass
class Drawn:
    """`nodes` by key: number, label, colour, x, y, around 0, 0. `edges` as pairs of numbers."""

    nodes: dict[str, tuple[int, str, str, int, int]] = field(default_factory=dict)
    edges: list[tuple[int, int]] = field(default_factory=list)
    width: int = 0


def drawn(facts: Facts) -> Drawn:
    """Investor, round, company, city: a block of nodes each, from left to right."""
    names: dict[str, dict[str, str]] = {what: {} for what in _COLORS}
    links: dict[tuple[str, str], None] = {}
    for row in facts.rows:
        keys = [row[what] for what in _COLORS if row[what]]
        for what in _COLORS:
            if row[what]:
                names[what][row[what]] = row["stage" if what == "round" else f"{what}_name"]
        links.update(dict.fromkeys(pairwise(keys)))
    sides = [math.ceil(math.sqrt(len(held))) for held in names.values()]
    found = Drawn(width=sum(sides) * _APART + 3 * _BLOCKS_APART)
    left = -found.width // 2
    for (what, held), side in zip(names.items(), sides, strict=True):
        for i, (key, label) in enumerate(held.items()):
            x, y = left + i % side * _APART, (i // side - side // 2) * _APART
            found.nodes[key] = (len(found.nodes), label, _COLORS[what], x, y)
        left += side * _APART + _BLOCKS_APART
    found.edges = [(found.nodes[a][0], found.nodes[b][0]) for a, b in links]
    return found


def _vis_nodes(held: Drawn) -> list[dict[str, Any]]:
    return [
        {"id": i, "label": label, "shape": "dot", "size": 10, "color": color, "x": x, "y": y}
        for i, label, color, x, y in held.nodes.values()
    ]


def pyvis(held: Drawn) -> str:
    """As quick as it gets: its lists are assigned to, and its physics are off."""
    net = Network(directed=True, cdn_resources="in_line")
    net.nodes, net.edges = _vis_nodes(held), [{"from": a, "to": b} for a, b in held.edges]
    net.toggle_physics(False)
    html: str = net.generate_html()
    return html


def pyvis_default(held: Drawn) -> str:
    """As its handbook does: node by node, edge by edge, placed by its physics."""
    net = Network(directed=True, cdn_resources="in_line")
    for i, label, color, _, _ in held.nodes.values():
        net.add_node(i, label=label, color=color)
    for a, b in held.edges:
        net.add_edge(a, b)
    html: str = net.generate_html()
    return html


def vis(held: Drawn) -> str:
    """vis-network and no more, set to draw as quickly as it can."""
    options = {
        "physics": False,
        "layout": {"improvedLayout": False},
        "edges": {"smooth": False, "arrows": "to"},
        "interaction": {"hideEdgesOnDrag": True},
    }
    edges = [{"from": a, "to": b} for a, b in held.edges]
    data = {"nodes": _vis_nodes(held), "edges": edges, "options": options}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        '<!doctype html><meta charset="utf-8"><title>Network</title>'
        '<div id="drawn" style="height: 95vh"></div>'
        f'<script type="application/json" id="data">{text}</script><script>{vis_network()}</script>'
        "<script>const data = JSON.parse(document.getElementById('data').textContent);"
        "new vis.Network(document.getElementById('drawn'), data, data.options)</script>"
    )


def neo4j_viz(held: Drawn) -> str | None:
    """None where it isn't installed, or draws no network of that size."""
    if len(held.nodes) > NEO4J_VIZ_CAP:
        return None
    try:
        viz: Any = importlib.import_module("neo4j_viz")
    except ImportError:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = viz.VisualizationGraph(
            nodes=[
                viz.Node(id=i, caption=label, color=color, size=10, x=x, y=y)
                for i, label, color, x, y in held.nodes.values()
            ],
            relationships=[viz.Relationship(source=a, target=b) for a, b in held.edges],
        )
        zoom = min(1, _SCREEN / held.width)
        page = graph.render(layout=viz.Layout.COORDINATE, height="95vh", initial_zoom=zoom)
        return str(page.data)
