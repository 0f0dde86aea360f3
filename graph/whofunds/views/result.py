"""A query's result as a network: vis-network's free canvas, every position worked out beforehand.

Of a large result the page holds every node and shows the best connected; the rest comes in by
search or by opening its neighbours.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whofunds import schema
from whofunds.stores.base import Node, Relationship
from whofunds.views import elements, layers, words
from whofunds.views.frame import embedded, pack, render, to_json, vis_network
from whofunds.views.words import Said

MOST = 300
"""Nodes that are shown at first."""
AROUND = 30
"""Neighbours of one node that are shown at first."""
_SCRIPTS = (
    "dom.js",
    "texts.js",
    "search.js",
    "lanes.js",
    "canvas.js",
    "details.js",
    "chains.js",
    "steps.js",
    "save.js",
    "network.js",
)
_STATIC_ROWS = 1000
Key = tuple[str, str]
Link = tuple[Key, Key, Relationship]


def page(
    nodes: Sequence[Node],
    relationships: Sequence[Relationship],
    *,
    title: str | Said,
    question: str,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    as_of: str = "",
    name: str = "query",
    tabs: Sequence[str] = ("network", "table"),
    table: tuple[Sequence[str], Sequence[Sequence[str | list[int]]]] | None = None,
    meanings: Mapping[str, str] | None = None,
    cited: Sequence[str] = (),
    reports: Sequence[Mapping[str, Any]] = (),
    chains: Sequence[Mapping[str, Any]] = (),
    notes: Sequence[Said] = (),
    asked: Mapping[str, str] | None = None,
    language: str = words.LANGUAGES[0],
) -> str:
    """The page of a query's result: its nodes and relationships as a network, its rows as a table.

    Nodes and relationships may come in any order and more than once. `title` is a text, or the key
    of one with its values. `rows` and `columns` are all that the query gave, for the CSV; `table`
    is what the tab "table" shows of it, where a cell may be a list of numbers, from 1, of the
    addresses in `cited`; `meanings` says what columns mean. `reports` holds url, name, publisher
    and published_on. `chains` are rows with a path, whether it is certain, and how many rounds on
    it are only possible, for the tab "steps". `notes` are texts by key, with their values. `asked`
    holds the Cypher by query.
    """
    held, links = resolved(nodes, relationships)
    numbers = {key: i for i, key in enumerate(sorted(held))}
    shown = first(held, [(a, b) for a, b, _ in links])
    flows = [_flow(link) for link in links if link[0] in shown and link[1] in shown]
    places = layers.places({k: layers.wide(elements.text(held[k])) for k in shown}, flows)
    head, body = table or (columns, rows)
    pages = {str(r["url"]): r for r in reports}
    urls = list(
        dict.fromkeys([*map(str, cited), *(u for _, _, r in links for u in elements.urls(r))])
    )
    at = {url: i for i, url in enumerate(urls)}
    entities = pack([elements.node(numbers[k], held[k], places.get(k)) for k in numbers])
    edges = pack(
        [elements.edge(i, numbers[a], numbers[b], r, at) for i, (a, b, r) in enumerate(links)]
    )
    sources = [elements.report(url, pages.get(url, {})) for url in urls]
    texts = [[elements.text(v) for v in row] for row in rows]
    content = "".join(map(to_json, (entities, edges, texts)))
    certain = sum(chain["certain"] is True for chain in chains)
    headline: list[Said] = [
        ("unit.rows", {"n": len(rows)}),
        ("unit.nodes", {"n": len(held)}),
        ("unit.relationships", {"n": len(links)}),
    ]
    if chains:
        counts = {"path.certain": certain, "path.uncertain": len(chains) - certain}
        headline[:1] = [(key, {"n": n}) for key, n in counts.items() if n]
    if as_of:
        headline.append(("trust.as-of", {"day": words.clean(as_of)}))
    data = embedded(
        content,
        name=name,
        tabs=tabs,
        title=title,
        as_of=as_of,
        language=language,
        asked=asked or {},
        question=words.clean(question),
        chains=_chains(chains, numbers, links),
        reports=sources,
        columns=[words.clean(c) for c in columns],
        rows=texts,
    )
    return render(
        "network.html",
        nodes=entities,
        edges=edges,
        scripts=_SCRIPTS,
        options={"physics": {"enabled": False}},
        data=data,
        library=vis_network(),
        headline=headline,
        trust=[*notes, *_cut(len(held), len(shown), len(body))],
        footnote="path.footnote" if "steps" in tabs else "page.network-footnote",
        saves="save.rows",
        searches="search.nodes",
        head=[(words.clean(c), words.clean((meanings or {}).get(c.split(" ")[0]))) for c in head],
        rows=[[elements.cell(v) for v in row] for row in body[:_STATIC_ROWS]],
        report_count=len(sources),
        sources=list(enumerate(sources, 1)),
    )


def _cut(nodes: int, shown: int, rows: int) -> list[Said]:
    """What the page leaves out at first, in words."""
    found: list[Said] = []
    if shown < nodes:
        found.append(("network.most-nodes", {"most": shown, "nodes": ["unit.nodes", {"n": nodes}]}))
    if rows > _STATIC_ROWS:
        said = {"most": _STATIC_ROWS, "rows": ["unit.rows", {"n": rows}]}
        found.append(("network.most-rows", said))
    return found


def first(nodes: Iterable[Key], links: Iterable[tuple[Key, Key]]) -> set[Key]:
    """The nodes that are shown at first: the best connected MOST, and of what hangs on a hub alone
    its best connected AROUND.
    """
    near: dict[Key, set[Key]] = {key: set() for key in nodes}
    for a, b in links:
        if a != b:
            near[a].add(b)
            near[b].add(a)

    def best(keys: Iterable[Key]) -> list[Key]:
        return sorted(keys, key=lambda k: (-len(near[k]), k))

    tops = {key: set(best(around)[:AROUND]) for key, around in near.items() if len(around) > AROUND}
    held = {
        key
        for key, around in near.items()
        if not around or any(n not in tops or key in tops[n] for n in around)
    }
    return set(best(held)[:MOST])


def resolved(
    nodes: Iterable[Node], relationships: Iterable[Relationship]
) -> tuple[dict[Key, Node], list[Link]]:
    """Distinct nodes by label and id, and distinct relationships between them.

    A relationship names its ends by id alone: the schema says of which label they can be. An end
    that the rows don't hold becomes a node that has only its id.
    """
    held = {(n.label, n.id): n for n in nodes}
    labelled: dict[str, Key] = {}
    for key in held:
        labelled.setdefault(key[1], key)

    def end(id_: str, labels: Sequence[str]) -> Key:
        for label in labels:
            if (label, id_) in held:
                return label, id_
        if id_ in labelled:
            return labelled[id_]
        key = (labels[0] if labels else "", id_)
        held[key] = Node(id_, key[0], {"name": id_})
        return labelled.setdefault(id_, key)

    links: dict[tuple[str, Key, Key, str], Link] = {}
    for r in relationships:
        edge = schema.TYPES.get(r.type)
        start = end(r.start, edge.start if edge else ())
        finish = end(r.end, (edge.end,) if edge else ())
        links.setdefault(_identity(r, start, finish), (start, finish, r))
    return held, list(links.values())


def _identity(r: Relationship, start: Key, end: Key) -> tuple[str, Key, Key, str]:
    return r.type, start, end, repr(sorted(r.properties.items()))


def _flow(link: Link) -> tuple[Key, Key]:
    """A relationship's ends as money flows."""
    start, end, r = link
    return (end, start) if r.type in elements.AGAINST else (start, end)


def _chains(
    chains: Sequence[Mapping[str, Any]], numbers: Mapping[Key, int], links: Sequence[Link]
) -> list[dict[str, Any]]:
    """Paths as numbers of nodes and links, from where the money comes."""
    at = {_identity(r, a, b): i for i, (a, b, r) in enumerate(links)}
    found = []
    for chain in sorted(chains, key=lambda chain: chain["certain"] is not True):
        path = chain["path"]
        keys = [(n.label, n.id) for n in path.nodes]
        steps = []
        for a, b, r in zip(keys, keys[1:], path.relationships, strict=False):
            start, end = (a, b) if r.start == a[1] else (b, a)
            steps.append(at[_identity(r, start, end)])
        ahead = sum(1 if _flow(links[i])[0] == a else -1 for i, a in zip(steps, keys, strict=False))
        found.append((ahead, [numbers[k] for k in keys], steps, chain))
    turned = sum(ahead for ahead, *_ in found) < 0
    return [
        {
            "nodes": nodes[::-1] if turned else nodes,
            "links": steps[::-1] if turned else steps,
            "certain": chain["certain"] is True,
            "possible": words.number(chain.get("possible")) or 0,
        }
        for _, nodes, steps, chain in found
    ]
