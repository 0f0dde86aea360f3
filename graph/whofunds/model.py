"""What a loader yields: records, the ground from which the graph is concluded.

A record is checked when it is loaded, not when it is made, so a loader may put cells of a table in
as they are: an amount as "over $1bn" or as (figure, currency, qualifier), a date as "2024-05".
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter

from whofunds import schema
from whofunds.dates import Span, parse_date
from whofunds.money import Money, parse_money

LONGEST_TEXT = 20_000


def _text(value: object) -> object:
    """Refuse what no store keeps and no page should show; strip the ends."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"{len(value):,} characters, at most {LONGEST_TEXT:,}")
    if "\x00" in value:
        raise ValueError("a NUL byte")
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise ValueError("bytes that are not UTF-8")
    text = value.strip()
    if text.startswith("="):
        raise ValueError("a spreadsheet's formula, not its value")
    return text


def _span(value: object) -> object:
    value = _text(value)
    return (parse_date(value) if value else None) if isinstance(value, str) else value


def _money(value: object) -> object:
    if isinstance(value, tuple) and len(value) in (2, 3) and all(isinstance(v, str) for v in value):
        figure, currency, *qualifier = (str(_text(v)) for v in value)
        return Money.of(figure, currency, *qualifier)
    value = _text(value)
    return (parse_money(value) if value else None) if isinstance(value, str) else value


def _address(value: str) -> str:
    """A web address, or where else it stands ("deals.xlsx, row d1"); never another scheme."""
    scheme = re.match(r"[a-zA-Z][\w+.-]*(?=:)", value)
    if scheme and scheme[0].lower() not in ("http", "https"):
        raise ValueError("not an http(s) address")
    return value


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    word = str(_text(value)).lower()
    if word not in _FLAGS:
        raise ValueError("neither true nor false")
    return _FLAGS[word]


_FLAGS = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


def _names(value: object) -> object:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError("a list of names is wanted")
    return tuple(n for n in value if not isinstance(n, str) or n.strip())


Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Names = Annotated[Sequence[Name], BeforeValidator(_names)]
Address = Annotated[str, BeforeValidator(_text), AfterValidator(_address)]
Flag = Annotated[bool | str, BeforeValidator(_flag)]
Count = Annotated[int | str | None, BeforeValidator(lambda v: int(v) if _text(v) else None)]
Degrees = Annotated[float | str | None, BeforeValidator(lambda v: float(v) if _text(v) else None)]
Date = Annotated[Span | str | None, BeforeValidator(_span)]
"""A day, month, quarter, half or year, as text or as a Span."""
Amount = Annotated[Money | str | tuple[str, ...] | None, BeforeValidator(_money)]
"""A sum: a text, or (figure, currency[, qualifier]); empty or None is undisclosed."""


def _doubts(fields: Sequence[str]) -> tuple[str, ...]:
    unknown = [f for f in fields if f not in schema.DISPUTABLE]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(schema.DISPUTABLE)}")
    return tuple(fields)


def _choice(words: tuple[str, ...]) -> Any:
    """A word of the field's; empty means the first."""

    def check(value: object) -> object:
        value = _text(value) or words[0]
        if value not in words:
            raise ValueError(f"one of {', '.join(w or 'nothing' for w in words)}")
        return value

    return BeforeValidator(check)


Doubts = Annotated[Sequence[str], Field(max_length=len(schema.DISPUTABLE)), AfterValidator(_doubts)]


@dataclass(kw_only=True)
class Startup:
    """A company that is funded. `id` is a slug shared by all sources; `names` every alias."""

    kind: ClassVar[str] = "startup"
    id: Name
    name: Name
    names: Names = ()
    country: Text = ""
    founded: Date = None
    cohort: Text = ""


@dataclass(kw_only=True)
class Investor:
    """Who pays. Its kind of capital, parent, seat and city are links, each with its own source."""

    kind: ClassVar[str] = "investor"
    id: Name
    name: Name
    names: Names = ()
    country: Text = ""
    state_controlled: Annotated[str, _choice(("unknown", "yes", "no"))] = ""
    level: Annotated[str, _choice(schema.LEVELS)] = ""


@dataclass(kw_only=True)
class City:
    """A city; `latitude` and `longitude` in degrees."""

    kind: ClassVar[str] = "city"
    id: Name
    name: Name
    names: Names = ()
    country: Text = ""
    latitude: Degrees = None
    longitude: Degrees = None


@dataclass(kw_only=True)
class Report:
    """A page that says something, known by its address; `name` is its title."""

    kind: ClassVar[str] = "report"
    url: Annotated[Address, Field(min_length=1)]
    name: Text = ""
    publisher: Text = ""
    published_on: Date = None


@dataclass(kw_only=True)
class Participant:
    """An investor in a round as one report has it; `amount` is its own cheque, seldom known."""

    investor: Name
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
    id: Text = ""
    company: Name
    report: Annotated[Address, Field(min_length=1)]
    announced: Date = None
    stage: Text = ""
    amount: Amount = None
    valuation: Amount = None
    valuation_basis: Annotated[str, _choice(("", "post", "pre"))] = ""
    status: Annotated[str, _choice(schema.STATUSES)] = ""
    instrument: Annotated[str, _choice(schema.INSTRUMENTS)] = ""
    listing: Annotated[str, _choice(schema.LISTINGS)] = ""
    inside: Text = ""
    doubt: Doubts = ()
    conflicts: Doubts = ()
    note: Text = ""
    participants: Sequence[Participant] = ()


@dataclass(kw_only=True)
class Total:
    """What a report says a company raised over a span, never added to rounds."""

    kind: ClassVar[str] = "total"
    id: Text = ""
    company: Name
    report: Annotated[Address, Field(min_length=1)]
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
    source: Name
    target: Name
    since: Date = None
    until: Date = None
    basis: Annotated[str, _choice(("", *schema.BASES))] = ""
    report: Address = ""
    share_min: Degrees = None
    share_max: Degrees = None


@dataclass(kw_only=True)
class Condition:
    """What a report says a city's money required or came with."""

    kind: ClassVar[str] = "condition"
    investor: Name
    company: Name
    city: Text = ""
    type: Annotated[str, _choice(schema.CONDITIONS)]
    text: Text = ""
    report: Annotated[Address, Field(min_length=1)]
    published_on: Date = None


@dataclass
class Reject:
    """A cell that a loader itself can't use; yield it and the rest goes on."""

    value: str
    reason: str


Record = Startup | Investor | City | Report | Round | Total | Link | Condition
RECORDS: dict[str, type[Record]] = {
    cls.kind: cls for cls in (Startup, Investor, City, Report, Round, Total, Link, Condition)
}
_IDENTIFYING = {
    "report": ("url",),
    "round": ("company", "report", "announced", "stage", "amount"),
    "total": ("company", "report", "amount", "since", "until", "rounds"),
    "link": ("type", "of", "source", "target", "since", "until", "report"),
    "condition": ("investor", "company", "city", "type", "text", "report"),
}


def adapter(kind: str) -> TypeAdapter[Any]:
    """Pydantic's checker of one kind of record."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(RECORDS[kind])
    return _ADAPTERS[kind]


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}


@dataclass(frozen=True)
class StoredRecord:
    """A checked record as stores keep it.

    `key` is `source:kind:id`; `body` canonical JSON; `units` the parts of the graph whose
    projection reads it, as `kind:id`.
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


def stored(source: str, kind: str, body: dict[str, Any]) -> StoredRecord:
    """Key, hash and units of a checked body (as `adapter(kind).dump_python(mode="json")` gives)."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    name = body.get("id") or body.get("url")
    if not name:
        identifying = json.dumps([body[f] for f in _IDENTIFYING[kind]], sort_keys=True)
        name = hashlib.blake2b(identifying.encode(), digest_size=8).hexdigest()
    units = tuple(sorted(set(_units(kind, body))))
    return StoredRecord(f"{source}:{kind}:{name}", source, kind, text, units, digest)


def _units(kind: str, body: dict[str, Any]) -> Iterator[str]:
    match kind:
        case "report":
            yield f"report:{body['url']}"
        case "round":
            yield f"startup:{body['company']}"
            yield f"report:{body['report']}"
            yield from (f"investor:{p['investor']}" for p in body["participants"])
        case "total":
            yield f"startup:{body['company']}"
            yield f"report:{body['report']}"
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
