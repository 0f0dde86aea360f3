"""What a loader yields: records, the ground from which the graph is concluded.

A record is checked when it is loaded, not when it is made, so a loader may put cells of a table in
as they are: an amount as "over $1bn" or as (figure, currency, qualifier), a date as "2024-05".
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from whofunds import decisions, schema
from whofunds.decisions import Decision
from whofunds.fields import (
    LONGEST_ID,
    Address,
    Amount,
    Count,
    Date,
    Doubts,
    Flag,
    Id,
    Identifiers,
    Latitude,
    Longitude,
    Name,
    Names,
    Percent,
    Source,
    Text,
    choice,
    many,
)
from whofunds.names import fold


@dataclass(kw_only=True)
class Startup:
    """A company that is funded. `id` is a slug shared by all sources; `names` every alias.

    `ids` are identifiers, "scheme:value", by which other sources know it too: `domain:zhipuai.cn`,
    `wikidata:Q1`, `lei:…`, `cik:…`, `isin:…`, `crunchbase:PERMALINK`, `stock:HK:02513`.
    """

    kind: ClassVar[str] = "startup"
    id: Id
    name: Name
    names: Names = ()
    country: Text = ""
    founded: Date = None
    cohort: Text = ""
    ids: Identifiers = ()


@dataclass(kw_only=True)
class Investor:
    """Who pays. Its kind of capital, parent, seat and city are links, each with its own source.

    `ids` are identifiers, as a Startup's.
    """

    kind: ClassVar[str] = "investor"
    id: Id
    name: Name
    names: Names = ()
    country: Text = ""
    state_controlled: Annotated[str, choice(("unknown", "yes", "no"))] = ""
    level: Annotated[str, choice(schema.LEVELS)] = ""
    ids: Identifiers = ()


@dataclass(kw_only=True)
class City:
    """A city; `latitude` and `longitude` in degrees."""

    kind: ClassVar[str] = "city"
    id: Id
    name: Name
    names: Names = ()
    country: Text = ""
    latitude: Latitude = None
    longitude: Longitude = None


@dataclass(kw_only=True)
class Report:
    """A page that says something, known by its address; `name` is its title."""

    kind: ClassVar[str] = "report"
    url: Source
    name: Text = ""
    publisher: Text = ""
    published_on: Date = None


@dataclass(kw_only=True)
class Participant:
    """An investor in a round as one report has it; `amount` is its own cheque, seldom known."""

    investor: Id
    lead: Flag = False
    amount: Amount = None
    via: Text = ""
    report: Address = ""


@dataclass(kw_only=True)
class Round:
    """One report's account of one round.

    `inside` is the id of the account whose sum holds this one (a tranche, a ticket, a cornerstone
    part). `doubt` names the fields that are known to be wrong in this account: they are shown, but
    set no value. `conflicts` names those in which it is known to contradict another account.
    """

    kind: ClassVar[str] = "round"
    id: Annotated[Text, Field(max_length=LONGEST_ID)] = ""
    company: Id
    report: Source
    announced: Date = None
    stage: Text = ""
    amount: Amount = None
    valuation: Amount = None
    valuation_basis: Annotated[str, choice(("", "post", "pre"))] = ""
    status: Annotated[str, choice(schema.STATUSES)] = ""
    instrument: Annotated[str, choice(schema.INSTRUMENTS)] = ""
    listing: Annotated[str, choice(schema.LISTINGS)] = ""
    inside: Text = ""
    doubt: Doubts = ()
    conflicts: Doubts = ()
    note: Text = ""
    participants: Annotated[Sequence[Participant], many(Participant)] = ()


@dataclass(kw_only=True)
class Total:
    """What a report says a company raised over a span, never added to rounds."""

    kind: ClassVar[str] = "total"
    id: Annotated[Text, Field(max_length=LONGEST_ID)] = ""
    company: Id
    report: Source
    amount: Amount = None
    since: Date = None
    until: Date = None
    rounds: Count = None
    doubt: Doubts = ()
    note: Text = ""


@dataclass(kw_only=True)
class Link:
    """A standing fact about an entity: its kind of capital, parent, seat, or the city it acts for.

    `source` is an investor's id, or for a seat a startup's too; `target` a kind of capital, an
    investor or a city. Shares are in percent.
    """

    kind: ClassVar[str] = "link"
    type: Literal["kind", "part-of", "acts-for", "seat"]
    of: Literal["investor", "startup"] = "investor"
    source: Id
    target: Id
    since: Date = None
    until: Date = None
    basis: Annotated[str, choice(("", *schema.BASES))] = ""
    report: Address = ""
    share_min: Percent = None
    share_max: Percent = None


@dataclass(kw_only=True)
class Condition:
    """What a report says a city's money required or came with."""

    kind: ClassVar[str] = "condition"
    investor: Id
    company: Id
    city: Text = ""
    type: Annotated[str, choice(schema.CONDITIONS, required=True)]
    text: Text = ""
    report: Source
    published_on: Date = None


@dataclass
class Reject:
    """A cell that a loader itself can't use; yield it and the rest goes on."""

    value: str
    reason: str


Record = Startup | Investor | City | Report | Round | Total | Link | Condition | Decision
RECORDS: dict[str, type[Record]] = {
    cls.kind: cls
    for cls in (Startup, Investor, City, Report, Round, Total, Link, Condition, Decision)
}
_IDENTIFYING = {
    "report": ("url",),
    "round": ("company", "report", "announced", "stage", "amount"),
    "total": ("company", "report", "amount", "since", "until", "rounds"),
    "link": ("type", "of", "source", "target", "since", "until", "report"),
    "condition": ("investor", "company", "city", "type", "text", "report"),
}


def inconsistencies(kind: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong between the fields of a checked body: (field, reason)."""
    if kind == "link":
        type_, of, target = body["type"], body["of"], body["target"]
        if of == "startup" and type_ != "seat":
            yield "of", f"a startup has a seat, no {type_}"
        if type_ == "kind" and target not in schema.KINDS:
            yield "target", f"no kind of capital; use {', '.join(schema.KINDS)}"
        if type_ == "part-of" and target == body["source"]:
            yield "target", "an investor is no part of itself"
    if kind == "decision":
        yield from decisions.faults(body)
    if kind == "round" and body["inside"] and body["inside"] == body["id"]:
        yield "inside", "an account is not inside itself"


def adapter(kind: str) -> TypeAdapter[Any]:
    """Pydantic's checker of one kind of record."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(RECORDS[kind])
    return _ADAPTERS[kind]


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}


def validated(record: Record) -> dict[str, Any]:
    """The body of a record, checked. Raises pydantic's ValidationError."""
    return checked(record.kind, vars(record))


def checked(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The body of a record with these values, checked. Raises pydantic's ValidationError.

    What stands at its default is not checked again each time.
    """
    defaults, bodies = _defaults(kind)
    given = {k: v for k, v in values.items() if v is not defaults.get(k, MISSING)}
    checker = adapter(kind)
    body: dict[str, Any] = checker.dump_python(checker.validate_python(given), mode="json")
    body.update((k, v) for k, v in bodies.items() if k not in given)
    return body


@cache
def _defaults(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What fields are without a value: in a record, and in its body."""
    found = {f.name: f.default for f in fields(RECORDS[kind]) if f.default is not MISSING}
    bodies = {}
    for f in fields(RECORDS[kind]):
        if f.name in found:
            checker = TypeAdapter[Any](f.type)  # type: ignore[arg-type]
            value = checker.validate_python(f.default)
            bodies[f.name] = checker.dump_python(value, mode="json")
    return found, bodies


@dataclass(frozen=True)
class StoredRecord:
    """A checked record as stores keep it.

    `key` is `source:kind:id`; `body` canonical JSON; `units` the parts of the graph whose
    projection reads it, as `kind:id`, and marks: the folded names of an entity (`name:…`), what a
    decision is about (`decision:…`).
    """

    key: str
    source: str
    kind: str
    body: str
    units: tuple[str, ...]
    hash: str = field(compare=False, default="")

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The body, parsed."""
        value: dict[str, Any] = json.loads(self.body)
        return value


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stored(source: str, kind: str, body: dict[str, Any]) -> StoredRecord:
    """Key, hash and units of a checked body (as `adapter(kind).dump_python(mode="json")` gives)."""
    if kind == "decision":
        body = decisions.ordered(body)
    text = _CANONICAL.encode(body)
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    name = decisions.id_of(body) if kind == "decision" else body.get("id") or body.get("url")
    if not name:
        identifying = json.dumps([body[f] for f in _IDENTIFYING[kind]], sort_keys=True)
        name = hashlib.blake2b(identifying.encode(), digest_size=8).hexdigest()
    units = tuple(sorted(set(_units(kind, body))))
    return StoredRecord(f"{source}:{kind}:{name}", source, kind, text, units, digest)


def _units(kind: str, body: dict[str, Any]) -> Iterator[str]:
    match kind:
        case "report":
            yield f"report:{body['url']}"
        case "decision":
            yield from decisions.units(body)
        case "round":
            yield f"startup:{body['company']}"
            yield from (f"investor:{p['investor']}" for p in body["participants"])
            yield from (f"report:{p['report']}" for p in body["participants"] if p["report"])
        case "total":
            yield f"startup:{body['company']}"
        case "condition":
            yield f"startup:{body['company']}"
            yield f"investor:{body['investor']}"
        case "link":
            yield f"{body['of']}:{body['source']}"
            if body["type"] == "part-of":
                yield f"investor:{body['target']}"
            elif body["type"] in ("seat", "acts-for"):
                yield f"city:{body['target']}"
        case _:
            yield f"{kind}:{body['id']}"
            folded = {fold(n) for n in (body["name"], *body["names"])}
            yield from (f"name:{kind}:{form}" for form in folded if form)
    if body.get("report"):
        yield f"report:{body['report']}"
