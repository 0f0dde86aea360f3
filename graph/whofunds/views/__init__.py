"""Fact tables in, one self-contained HTML page out. The only user of pyvis.

A page opens from the file without a network, runs no text of the data, and asks for nothing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from whofunds.stores.base import Node, Path, Relationship
from whofunds.views.result import page as network

__all__ = ["capital_map", "drawn", "network", "write"]


def capital_map(
    facts: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    *,
    title: str,
    as_of: str,
) -> str:
    """The page of who funds whom: capital kind, investor, company, city.

    `facts` has a row per participation, and one with a null investor for a round that names none;
    its columns are listed in `whofunds.views.facts`. `reports` holds url, name, publisher,
    published_on. `as_of` is the day of the facts. Returns the page's text; `write` saves it.
    """
    from whofunds.views.capital import page

    return page(facts, reports, title=title, as_of=as_of)


def of_facts(
    facts: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    accounts: Sequence[Mapping[str, Any]],
    *,
    name: str,
    tabs: Sequence[str],
    title: str,
    as_of: str,
    currency: str,
    language: str,
    answers: Mapping[str, Any],
    settings: Mapping[str, Any],
    asked: Mapping[str, str],
) -> str:
    """A page of facts."""
    from whofunds.views.capital import page

    return page(facts, reports, title=title, as_of=as_of)


def drawn(rows: object) -> tuple[list[Node], list[Relationship]]:
    """The nodes, once each, and the relationships in some rows, also those within their paths."""
    nodes: dict[tuple[str, str], Node] = {}
    relationships: list[Relationship] = []
    waiting = [rows]
    while waiting:
        match waiting.pop():
            case Node() as node:
                nodes[node.label, node.id] = node
            case Relationship() as relationship:
                relationships.append(relationship)
            case Path(inner, between):
                waiting += reversed((*inner, *between))
            case list() | tuple() as items:
                waiting += reversed(items)
    return list(nodes.values()), relationships


def write(path: str | FilePath, html: str) -> None:
    """Save a page as UTF-8, whatever the machine's own encoding is."""
    FilePath(path).write_text(html, encoding="utf-8", newline="\n")
