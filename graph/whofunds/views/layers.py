"""Where the nodes of a network stand: in layers along the flow of money, worked out beforehand.

A path reads from left to right, and no physics runs in the page.
"""

from collections.abc import Iterable, Mapping

ACROSS = 56
_BETWEEN = 26
_DOWN, _DOWN_FEW, _FEW = 32, 52, 10
_TALLEST = 60
_LETTER, _WIDEST = 7.5, 214
_SWEEPS = 6
_CROSSING = "\x00"  # the label of no node
Key = tuple[str, str]


def wide(name: str) -> float:
    """What a node of this name takes, in pixels, about; the page cuts it at the widest."""
    return min(_WIDEST, 40 + _LETTER * sum(1 if c.isascii() else 1.8 for c in name))


def places(
    widths: Mapping[Key, float], links: Iterable[tuple[Key, Key]]
) -> dict[Key, tuple[float, float]]:
    """The left edge and the middle of each node, in pixels; `links` point as money flows.

    A node's layer follows the money, its order in the layer its neighbours. The same nodes and
    links give the same places, in whatever order they come.
    """
    import networkx as nx

    graph: nx.DiGraph[Key] = nx.DiGraph()
    graph.add_nodes_from(sorted(widths))
    graph.add_edges_from(sorted(set(links)))
    # Rings (a company that invests in its investor) share a layer. Layers are counted from where
    # the money ends, so that all rounds of a company stand in line.
    rings = nx.condensation(graph)
    layers: list[list[Key]] = [
        sorted(key for ring in generation for key in rings.nodes[ring]["members"])
        for generation in nx.topological_generations(rings.reverse())
    ][::-1]
    at = {key: x for x, layer in enumerate(layers) for key in layer}
    # A link over several layers keeps a seat free in each that it crosses.
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
    return _laid(layers, seat, widths)


def _laid(
    layers: list[list[Key]], seat: Mapping[Key, float], widths: Mapping[Key, float]
) -> dict[Key, tuple[float, float]]:
    """Seats as places; a layer too tall to be read stands in several columns, side by side."""
    # Of each layer, how many columns.
    columns = [-(-len(layer) // _TALLEST) for layer in layers]
    tallest = max((len(y) / n for y, n in zip(layers, columns, strict=True)), default=1)
    down = _DOWN_FEW if tallest <= _FEW else _DOWN
    found: dict[Key, tuple[float, float]] = {}
    left = 0.0
    for layer, n in zip(layers, columns, strict=True):
        widest = max((widths.get(key, 0) for key in layer), default=0)
        for i, key in enumerate(layer):
            if key in widths:
                x = left + (i % n) * (widest + _BETWEEN)
                found[key] = (round(x, 1), round(seat[key] * tallest * down, 1))
        left += n * (widest + _BETWEEN) + ACROSS
    return found
