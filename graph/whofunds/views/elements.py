"""Nodes, relationships and cells of a query's result as a page carries them."""

from collections.abc import Mapping
from typing import Any

from whofunds import schema
from whofunds.stores.base import Node, Path, Relationship
from whofunds.views import words
from whofunds.views.facts import day

AGAINST = frozenset({"IS_A", "PART_OF", "ACTS_FOR"})
"""Relationships that are written against the flow of money."""
# What the page says in words of its own, or leaves out: sums converted, names shown elsewhere.
_SUM = ("amount_min", "amount_max", "amount_stated", "amount_qualifier", "currency")
_WHEN = ("announced_first", "announced_last", "precision")
_SAID = frozenset({"id", "name", "names", "announced", "stage", "status", "disputed", "lead"})
_KEPT = frozenset({"accounts", "latitude", "longitude", "rate_date", "rate_source"})
_HIDDEN = _SAID | _KEPT | {"report", "reports", "share_min", "share_max", *_SUM, *_WHEN}
_CONVERTED = tuple(f"_{currency.lower()}" for currency in schema.CURRENCIES)


def node(number: int, node: Node, place: tuple[float, float] | None) -> dict[str, Any]:
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


def edge(
    number: int, start: int, end: int, link: Relationship, reports: Mapping[str, int]
) -> dict[str, Any]:
    p = link.properties
    share = [words.number(p.get("share_min")), words.number(p.get("share_max"))]
    return {
        "id": number,
        "from": start,
        "to": end,
        "type": words.clean(link.type),
        "back": link.type in AGAINST,
        "lead": p.get("lead") is True,
        "sum": _sum(p),
        "share": share if any(s is not None for s in share) else None,
        "reports": [reports[url] for url in urls(link)],
        "facts": _facts(p),
    }


def urls(link: Relationship) -> list[str]:
    """The reports that a relationship rests on."""
    held = link.properties.get("reports")
    found = list(held) if isinstance(held, list | tuple) else []
    return [str(url) for url in (link.properties.get("report"), *found) if url]


def report(url: str, row: Mapping[str, Any]) -> dict[str, Any]:
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
        [words.clean(name).replace("_", " "), said, words.address(value)]
        for name, value in sorted(properties.items())
        if name not in _HIDDEN and not name.endswith(_CONVERTED) and (said := text(value))
    ]


def cell(value: object) -> dict[str, Any]:
    """A cell of the table: {"text", "url"}, or {"reports"} with their numbers from 1."""
    if isinstance(value, list | tuple) and value and all(type(v) is int for v in value):
        return {"reports": value}
    return {"text": text(value), "url": words.address(value) if isinstance(value, str) else ""}


def text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Node():
            return words.clean(value.properties.get("name")) or words.clean(value.id)
        case Relationship():
            return words.clean(value.type)
        case Path():
            return " – ".join(text(node) for node in value.nodes)
        case list() | tuple():
            return words.clean(", ".join(text(v) for v in value))
        case dict():
            return words.clean(", ".join(f"{k}: {text(v)}" for k, v in value.items()))
        case int() | float():
            figure = words.number(value)
            return "" if figure is None else f"{figure:,}"
    return words.clean(value)
