"""A query's result as a network: vis-network's free canvas, every position worked out beforehand.

Of a large result the page holds every node and shows the best connected; the rest comes in by
search or by opening its neighbours.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whofunds import schema
from whofunds.stores.base import Node, Path, Relationship
from whofunds.views import layers, words
from whofunds.views.facts import day
from whofunds.views.frame import pack, render, to_json, vis_network

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
    "steps.js",
    "save.js",
    "network.js",
)
_STATIC_ROWS = 1000
# Relationships that are written against the flow of money.
_AGAINST = frozenset({"IS_A", "PART_OF", "ACTS_FOR"})
# What the page says in words of its own, or leaves out: sums converted, names shown elsewhere.
_SUM = ("amount_min", "amount_max", "amount_stated", "amount_qualifier", "currency")
_WHEN = ("announced_first", "announced_last", "precision")
_SAID = frozenset({"id", "name", "names", "announced", "stage", "status", "disputed", "lead"})
_HIDDEN = _SAID | {"report", "reports", "share_min", "share_max", *_SUM, *_WHEN}
_CONVERTED = tuple(f"_{currency.lower()}" for currency in schema.CURRENCIES)
Key = tuple[str, str]
Link = tuple[Key, Key, Relationship]
Said = tuple[str, Mapping[str, Any]]
"""The key of a text, and its values."""


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
    cited: Sequence[str] = (),
    reports: Sequence[Mapping[str, Any]] = (),
    chains: Sequence[Mapping[str, Any]] = (),
    notes: Sequence[Said] = (),
    asked: Mapping[str, str] | None = None,
    language: str = words.LANGUAGES[0],
) -> str:
    """The page of a query's result: its nodes and relationships as a network, its rows as a table.

    Nodes and relationships may come in any order and more than once. `title` is a text, or the key
    of one with its values. `rows` and `columns` are all
    that the query gave, for the CSV; `table` is what the tab "table" shows of it, where a cell may
    be a list of numbers, from 1, of the addresses in `cited`. `reports` holds url, name, publisher
    and published_on. `chains` are rows with a path, whether it is certain, and how many rounds on
    it are only possible, for the tab "steps". `notes` are texts by key, with their values. `asked`
    holds the Cypher by query.
    """
    from whofunds import __version__

    held, links = resolved(nodes, relationships)
    numbers = {key: i for i, key in enumerate(sorted(held))}
    shown = first(held, [(a, b) for a, b, _ in links])
    flows = [_flow(link) for link in links if link[0] in shown and link[1] in shown]
    places = layers.places({k: layers.wide(_text(held[k])) for k in shown}, flows)
    head, body = table or (columns, rows)
    pages = {str(r["url"]): r for r in reports}
    urls = list(dict.fromkeys([*map(str, cited), *(u for _, _, r in links for u in _urls(r))]))
    at = {url: i for i, url in enumerate(urls)}
    entities = pack([_node(numbers[k], held[k], places.get(k)) for k in numbers])
    edges = pack([_edge(i, numbers[a], numbers[b], r, at) for i, (a, b, r) in enumerate(links)])
    sources = [_report(url, pages.get(url, {})) for url in urls]
    texts = [[_text(v) for v in row] for row in rows]
    content = "".join(map(to_json, (entities, edges, texts))).encode(errors="replace")
    named = words.cleaned(title)
    said = named if isinstance(named, str) else words.t(language, named[0], **named[1])
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
    data = {
        "name": name,
        "tabs": list(tabs),
        "title": named,
        "question": words.clean(question),
        "language": language,
        "as_of": words.clean(as_of),
        "texts": words.interface(),
        "chains": _chains(chains, numbers, links),
        "reports": sources,
        "columns": [words.clean(c) for c in columns],
        "rows": texts,
        "asked": [{"name": words.clean(n), "cypher": c} for n, c in (asked or {}).items()],
        "facts": {
            "hash": hashlib.blake2b(content, digest_size=8).hexdigest(),
            "version": __version__,
        },
    }
    return render(
        "network.html",
        nodes=[entities],
        edges=[edges],
        scripts=_SCRIPTS,
        options={"physics": {"enabled": False}},
        data=data,
        library=vis_network(),
        t=lambda key, **values: words.t(language, key, **values),
        language=language,
        title=said,
        title_key=None if isinstance(named, str) else named,
        headline=headline,
        trust=[*notes, *_cut(len(held), len(shown), len(body))],
        head=[words.clean(c) for c in head],
        rows=[[_cell(v) for v in row] for row in body[:_STATIC_ROWS]],
        sources=list(enumerate(sources, 1)),
        asked=data["asked"],
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
    return (end, start) if r.type in _AGAINST else (start, end)


def _chains(
    chains: Sequence[Mapping[str, Any]], numbers: Mapping[Key, int], links: Sequence[Link]
) -> list[dict[str, Any]]:
    """Paths as numbers of nodes and links, from where the money comes."""
    at = {_identity(r, a, b): i for i, (a, b, r) in enumerate(links)}
    found = []
    for chain in chains:
        path = chain["path"]
        keys = [(n.label, n.id) for n in path.nodes]
        steps = []
        for a, b, r in zip(keys, keys[1:], path.relationships, strict=False):
            start, end = (a, b) if r.start == a[1] else (b, a)
            steps.append(at[_identity(r, start, end)])
        ahead = sum(
            1 if _flow(links[i])[0] == a else -1 for i, a in zip(steps, keys, strict=False)
        )
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


def _node(number: int, node: Node, place: tuple[float, float] | None) -> dict[str, Any]:
    p = node.properties
    return {
        "id": number,
        "key": words.clean(node.id),
        "type": words.clean(node.label),
        "label": words.clean(p.get("name")) or words.clean(node.id),
        "names": words.texts(p.get("names")),
        "sum": _sum(p),
        "when": _when(p),
        "stage": words.clean(p.get("stage")),
        "status": words.clean(p.get("status")),
        "disputed": words.texts(p.get("disputed")),
        "url": words.address(p.get("url")),
        "facts": _facts(p),
        "x": place[0] if place else None,
        "y": place[1] if place else None,
    }


def _edge(
    number: int, start: int, end: int, link: Relationship, reports: Mapping[str, int]
) -> dict[str, Any]:
    p = link.properties
    share = [words.number(p.get("share_min")), words.number(p.get("share_max"))]
    return {
        "id": number,
        "from": start,
        "to": end,
        "type": words.clean(link.type),
        "back": link.type in _AGAINST,
        "lead": p.get("lead") is True,
        "sum": _sum(p),
        "share": share if any(s is not None for s in share) else None,
        "reports": [reports[url] for url in _urls(link)],
        "facts": _facts(p),
    }


def _urls(link: Relationship) -> list[str]:
    """The reports that a relationship rests on."""
    held = link.properties.get("reports")
    found = list(held) if isinstance(held, list | tuple) else []
    return [str(url) for url in (link.properties.get("report"), *found) if url]


def _report(url: str, row: Mapping[str, Any]) -> dict[str, Any]:
    address = words.address(url)
    return {
        "url": address,
        "name": words.clean(row.get("name")) or words.clean(address or url),
        "publisher": words.clean(row.get("publisher")),
        "on": words.iso(row.get("published_on")) or "",
    }


def _sum(properties: Mapping[str, Any]) -> list[Any] | None:
    """Bounds, the stated sum, what was printed with it, and the currency; None if nothing is known.

    A sum is that of its round or its own cheque, as its owner has it.
    """
    low, high, stated = (words.number(properties.get(name)) for name in _SUM[:3])
    if low is None and high is None and stated is None:
        return None
    qualifier, currency = (words.clean(properties.get(name)) for name in _SUM[3:])
    return [low, high, stated, qualifier, currency]


def _when(properties: Mapping[str, Any]) -> list[Any] | None:
    """First and last day, as days since 1970, and how exact; None where no day is known."""
    ends = [day(properties.get(name)) for name in _WHEN[:2]]
    return [*ends, words.clean(properties.get(_WHEN[2]))] if None not in ends else None


def _facts(properties: Mapping[str, Any]) -> list[list[str]]:
    """Other properties that hold something, as [name, text, address]."""
    return [
        [words.clean(name).replace("_", " "), text, words.address(value)]
        for name, value in sorted(properties.items())
        if name not in _HIDDEN and not name.endswith(_CONVERTED) and (text := _text(value))
    ]


def _cell(value: object) -> dict[str, Any]:
    """A cell of the table: {"text", "url"}, or {"reports"} with their numbers from 1."""
    if isinstance(value, list | tuple) and value and all(type(v) is int for v in value):
        return {"reports": value}
    return {"text": _text(value), "url": words.address(value) if isinstance(value, str) else ""}


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


