"""Fact tables in, one self-contained HTML page out. The only user of pyvis.

A page opens from the file without a network, runs no text of the data, and asks for nothing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from whofunds.stores.base import Node, Path, Relationship
from whofunds.views.result import page as network
from whofunds.views.source import Rows
from whofunds.views.words import Said

__all__ = ["capital_map", "drawn", "network", "of_facts", "write"]


def capital_map(facts: Rows, reports: Rows, *, title: str, as_of: str) -> str:
    """The page of who funds whom: capital kind, investor, company, city.

    `facts` has a row per participation, and one with a null investor for a round that names none;
    its columns are those of views/facts. `reports` holds url, name, publisher, published_on. Both
    may be answers. `as_of` is the day of the facts. Returns the page's text; `write` saves it.
    """
    return of_facts(
        facts,
        reports,
        name="capital-map",
        tabs=("columns", "flow", "table"),
        title=title,
        as_of=as_of,
    )


def of_facts(
    facts: Rows,
    reports: Rows,
    accounts: Rows = (),
    *,
    name: str,
    tabs: Sequence[str],
    title: str | Said,
    as_of: str,
    currency: str = "CNY",
    language: str = "en",
    answers: Mapping[str, tuple[str, Sequence[Any], Sequence[Sequence[Any]]]] | None = None,
    settings: Mapping[str, Any] | None = None,
    asked: Mapping[str, str] | None = None,
    hints: Sequence[tuple[Said, str]] = (),
    coverage: Mapping[str, int] | None = None,
    counted: Rows | None = None,
) -> str:
    """The page of the view `name`, whose pictures, `tabs`, are all of the same facts.

    `facts`, `reports` and `accounts` are answers of views/facts, views/reports and views/accounts,
    or rows with their columns. `title` is a text, or the key and values of one of texts.csv.
    `currency` is the one that sums are converted to. `answers` are titles, columns and rows of
    canned queries by their names, which the page shows as tables. `settings` is what the view's own
    pictures need, `asked` the Cypher behind the page by the name of its query. `hints` are
    questions, as keys and values of texts.csv, each with the state (what stands after the # of the
    page's address) that answers it. `coverage` has the rounds `held` of those `counted` in all,
    of the `companies` whose rounds reports count. `counted` are the facts that the headline
    counts, where the page holds more than it shows.
    """
    from whofunds.views.page import page

    return page(
        facts,
        reports,
        accounts,
        name=name,
        tabs=tabs,
        title=title,
        as_of=as_of,
        currency=currency,
        language=language,
        answers=answers or {},
        settings=settings or {},
        asked=asked or {},
        hints=hints,
        coverage=coverage,
        counted=counted,
    )


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
