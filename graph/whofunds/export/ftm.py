"""FollowTheMoney entities, one JSON object a line, for Aleph, OpenSanctions' tools and others.

    Startup -> Company                Investor -> Company where something owns it (only an Asset
    City    -> Address                can be owned), LegalEntity where it may be a person,
    PART_OF -> Ownership              else Organization

PART_OF is control; `percentage` is there where a report states a share. All other links are
UnknownLink with a role: a part in a closed round, a seat, the city it acts for, a condition. A
round is no entity of FollowTheMoney, so its sums stay out; who is a public body, a director or a
shareholder is not known here, and not said.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from whofunds import schema
from whofunds.export.pages import Read, starting
from whofunds.export.register import Register
from whofunds.projecting import Tell
from whofunds.stores.base import Node, Store

Values = dict[str, list[str]]

# Schemes of our identifiers, and the properties of FollowTheMoney that hold them.
_ANY = {"wikidata": "wikidataId", "lei": "leiCode", "domain": "website"}
_COMPANY = {"cik": "cikCode", "isin": "isinCode", "stock": "ticker"}
_MAYBE_PERSONS = ("angel", "unknown")
_ROLES = {"ACTS_FOR": "acts for", "BASED_IN": "seat", "INVESTED_IN": "part in a round"}


def write(target: Path, _store: Store, read: Read, _tell: Tell | None) -> None:
    """Write all that `read` gives but reports, which stand as `sourceUrl` at what they say."""
    with (
        target.open("w", encoding="utf-8", newline="\n") as file,
        closing(Register(read())) as register,
    ):
        for schema_, id_, values in _entities(read, register):
            properties = {name: texts for name, texts in values.items() if texts}
            entity = {"id": id_, "schema": schema_, "properties": properties}
            file.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _entities(read: Read, register: Register) -> Iterator[tuple[str, str, Values]]:
    for label, page in read():
        for node, relationships in page:
            edges = [(end.partition(":")[2], values) for end, values in starting(relationships)]
            if label == "City":
                yield "Address", _id(label, node.id), _address(node)
            elif label in ("Startup", "Investor"):
                yield _entity(label, node, edges)
            if label in ("Startup", "Investor"):
                for end, values in edges:
                    yield from _link(label, node, end, values, register)


def _id(*parts: str) -> str:
    """The same for the same thing, whatever else becomes known of it."""
    return hashlib.sha1(json.dumps(["whofunds", *parts]).encode()).hexdigest()


def _address(city: Node) -> Values:
    of = city.properties
    return {
        "full": _texts(of.get("name")),
        "city": _texts(of.get("name")),
        "alias": _others(city),
        "latitude": _texts(of.get("latitude")),
        "longitude": _texts(of.get("longitude")),
        **_country(of.get("country")),
    }


def _entity(label: str, node: Node, edges: list[tuple[str, Any]]) -> tuple[str, str, Values]:
    of = node.properties
    types = {values["type"] for _, values in edges}
    kinds = [end for end, values in edges if values["type"] == "IS_A"]
    if label == "Startup" or "PART_OF" in types:
        schema_ = "Company"
    elif kinds and not set(kinds) & set(_MAYBE_PERSONS):
        schema_ = "Organization"
    else:
        schema_ = "LegalEntity"
    notes = [
        f"{schema.KINDS.get(end, end)}{_said(values)}"
        for end, values in edges
        if values["type"] == "IS_A" and _said(values)
    ]
    if of.get("state_controlled") in ("yes", "no"):
        notes.append(f"state controlled: {of['state_controlled']}")
    if of.get("level"):
        notes.append(f"level: {of['level']}")
    country = _country(of.get("country"))
    identified, unknown = _identifiers([node.id, *(of.get("ids") or ())], schema_)
    seats = [
        _id("City", end)
        for end, values in edges
        if values["type"] == "BASED_IN" and not values.get("until")
    ]
    return schema_, _id(label, node.id), {
        "name": _texts(of.get("name")),
        "alias": _others(node),
        **country,
        **identified,
        "notes": [*country.get("notes", ()), *notes, *unknown],
        "classification": [schema.KINDS.get(k, k) for k in dict.fromkeys(kinds)],
        "incorporationDate": _shared(of.get("founded_first"), of.get("founded_last")),
        "addressEntity": list(dict.fromkeys(seats)),
    }  # fmt: skip


def _link(
    label: str, node: Node, end: str, values: dict[str, Any], register: Register
) -> Iterator[tuple[str, str, Values]]:
    type_, start = values["type"], _id(label, node.id)
    since, until = values.get("since"), values.get("until")
    common = {
        "startDate": _texts(since),
        "endDate": _texts(until),
        **_sources(_texts(values.get("report")), values.get("basis")),
    }
    match type_:
        case "PART_OF":
            share = _share(values.get("share_min"), values.get("share_max"))
            owner = {"owner": [_id("Investor", end)], "asset": [start], "percentage": share}
            yield "Ownership", _id(type_, node.id, end, since or ""), {**owner, **common}
        case "ACTS_FOR" | "BASED_IN":
            ends = {"subject": [start], "object": [_id("City", end)], "role": [_ROLES[type_]]}
            yield "UnknownLink", _id(type_, label, node.id, end, since or ""), {**ends, **common}
        case "SET_CONDITION":
            about = [f"{k}: {values[k]}" for k in ("city", "text") if values.get(k)]
            more = {
                "subject": [start],
                "object": [_id("Startup", end)],
                "role": [f"set a condition ({values.get('kind')})"],
                "date": _texts(values.get("published_on")),
            }
            sources = _sources(_texts(values.get("report")), None, about)
            told = (str(values.get(k) or "") for k in ("kind", "text", "report"))
            yield "UnknownLink", _id(type_, node.id, end, *told), {**more, **sources}
        case "INVESTED_IN":
            round_ = register.round(end)
            if round_.get("status") != "closed" or not round_.get("company"):
                return
            about = [str(round_.get("name") or end), *_texts(round_.get("instrument"))]
            about += ["lead"] if values.get("lead") else []
            about += ["disputed"] if values.get("disputed") else []
            yield "UnknownLink", _id(type_, node.id, end), {
                "subject": [start],
                "object": [_id("Startup", str(round_["company"]))],
                "role": [_ROLES[type_]],
                "date": _shared(round_.get("announced_first"), round_.get("announced_last")),
                "recordId": [end],
                **_sources(values.get("reports") or [], None, ["; ".join(about)]),
            }  # fmt: skip


def _sources(reports: list[str], basis: str | None, about: Iterable[str] = ()) -> Values:
    """Web pages as addresses, other reports and the basis in words."""
    pages = [r for r in reports if re.match(r"https?://", r)]
    words = [f"source: {r}" for r in reports if r not in pages]
    words += [f"basis: {basis}"] if basis else []
    return {"sourceUrl": pages, "summary": [*about, *words]}


def _said(values: dict[str, Any]) -> str:
    said = [f"{k} {values[k]}" for k in ("since", "until", "basis", "report") if values.get(k)]
    return f" ({', '.join(said)})" if said else ""


def _identifiers(ids: Iterable[str], schema_: str) -> tuple[Values, list[str]]:
    """Identifiers by property, and those that FollowTheMoney has no property for."""
    known = _ANY | (_COMPANY if schema_ == "Company" else {})
    found: Values = {}
    others = []
    for text in dict.fromkeys(ids):
        scheme, colon, value = text.partition(":")
        if not colon:
            continue
        if name := known.get(scheme):
            found.setdefault(name, []).append(f"https://{value}/" if scheme == "domain" else value)
        else:
            others.append(text)
    return found, others


def _country(text: str | None) -> Values:
    """A code where it is one; FollowTheMoney takes no other word for a country."""
    if text and re.fullmatch("[A-Za-z]{2}", text):
        return {"country": [text.lower()]}
    return {"notes": [f"country: {text}"]} if text else {}


def _others(node: Node) -> list[str]:
    own = node.properties.get("name")
    return [name for name in node.properties.get("names") or () if name != own]


def _share(low: float | None, high: float | None) -> list[str]:
    if low is None or high is None:
        return [f">={low:g}"] if low is not None else [f"<={high:g}"] if high is not None else []
    return [f"{low:g}" if low == high else f"{low:g}-{high:g}"]


def _shared(first: str | None, last: str | None) -> list[str]:
    """The day, month or year that an interval is or lies in, where there is one."""
    a, b = first or "", last or ""
    return next(([a[:n]] for n in (10, 7, 4) if a and a[:n] == b[:n]), [])


def _texts(value: Any) -> list[str]:
    return [] if value in (None, "") else [str(value)]
