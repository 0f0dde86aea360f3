"""Decisions taken, listed and taken back; one that contradicts what was decided is refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from getpass import getuser
from typing import Any

from whofunds import ingest
from whofunds.accounts import account_key
from whofunds.catalog import Column
from whofunds.checking import Rejects
from whofunds.decisions import AUTOMATIC, Body, Decision, both, one
from whofunds.errors import UsageError
from whofunds.identity import identities
from whofunds.lookup import kind_of
from whofunds.model import StoredRecord, stored, validated
from whofunds.projecting import Decided, Tell, decided
from whofunds.stores.base import Store

SOURCE = "decisions"
"""The source of decisions that are taken here, and of the loader that reads a list of them."""
Records = list[StoredRecord]
Known = dict[str, Decided]
"""Entity -> the decisions about what may be one with it."""


def decide(store: Store, decision: Decision, tell: Tell | None = None) -> str:
    """Store a decision, and project what follows from it; returns its key.

    Raises UsageError for one that is about nothing that is held, or contradicts another.
    """
    decision = replace(decision, on=decision.on or datetime.now(UTC).date().isoformat())
    rejects = Rejects()
    preview = ingest.load(store, SOURCE, [decision], preview=True, rejects=rejects)
    if rejects.first:
        wrong = rejects.first[0]
        raise UsageError(f"{wrong.column} {wrong.value!r}: {wrong.reason}")
    record = stored(SOURCE, "decision", validated(decision))
    if missing := _missing(store, record):
        raise UsageError(missing)
    against = contradicted(store, record)
    if decision.type == "same" and decision.of == "investor" and not against:
        a, b = decision.a, decision.b
        against = _way(store, a, b, direct=False) or _way(store, b, a, direct=False)
    if against:
        said = "; ".join(f"{r.key} ({_who(r)})" for r in against)
        raise UsageError(f"this contradicts {said}; take that back with `whofunds decide undo KEY`")
    if preview.new + preview.changed or store.unfinished():
        ingest.load(store, SOURCE, [decision], tell=tell)
    return record.key


def meant(
    store: Store,
    decision: Decision,
    id_of: Callable[[str, str], str],
    round_of: Callable[[str], Mapping[str, Any]],
) -> Decision:
    """A decision as it is stored, from one that a person gives.

    There `of` is company, investor, city or round; `a` and `b` are ids or names, or rounds and
    accounts; `by` is left to be the user of this machine. `id_of(kind, text)` looks a name up,
    `round_of(text)` the round of an account.
    """
    decision = replace(decision, by=decision.by or _user(), company="")
    if decision.type in ("join", "split") or decision.of == "round":
        a, company = _account(store, round_of(decision.a), decision.a)
        b = _account(store, round_of(decision.b), decision.b)[0] if decision.b else ""
        return replace(decision, a=a, b=b, company=company, of="round" if decision.field else "")
    if decision.type == "reject":
        return replace(decision, of="")
    of = kind_of(decision.of)
    # An id that has a record is meant even where it is merged into another.
    a, b = (
        text if not text or store.declared([f"{of}:{text}"]) else id_of(of, text)
        for text in (decision.a, decision.b)
    )
    return replace(decision, of=of, a=a, b=b)


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no name
        return ""


def _account(store: Store, held: Mapping[str, Any], text: str) -> tuple[str, str]:
    """The account (or the first one of a round) that a text means, and its own company's id."""
    units = _members(store, [f"startup:{held['company']}"])
    companies = {
        account_key(r): r.fields["company"]
        for of_unit in store.records(units, ("round",)).values()
        for r in of_unit
    }
    key = next((k for k in companies if k == text or k.endswith(f":{text}")), held["id"])
    return key, companies[key]


def undo(store: Store, key: str, tell: Tell | None = None) -> None:
    """Take a decision back; the graph is as if it had never been taken."""
    if key.startswith(f"{AUTOMATIC}:"):
        raise UsageError(f"{key} follows from the facts; decide `different` to keep the two apart")
    if ":decision:" not in key or not store.hashes([key]):
        raise UsageError(f"no decision has the key {key!r}; `whofunds decide list` names them all")
    ingest.take_back(store, key, tell)


FIELDS = ("type", "of", "a", "b", "company", "field", "value", "by", "on", "why")
COLUMNS = (
    Column("key", "the decision's key, by which it is taken back"),
    *(Column(name, f"its {name}", table="filled") for name in FIELDS),
    Column("state", "obeyed, or why it is not"),
)


def listed(store: Store) -> Iterator[tuple[str, ...]]:
    """Every decision by key, with what became of it, as rows of COLUMNS."""
    known: Known = {}
    for batch in store.all_records(kind="decision"):
        for bare in batch:
            record = stored(bare.source, bare.kind, bare.fields)
            against = contradicted(store, record, known)
            state = "contradicts " + ", ".join(r.key for r in against) if against else ""
            if record.source == AUTOMATIC and not state and not _obeyed(store, record, known):
                state = "unsure, as something tells against it or a third may be meant"
            body = {**record.fields, "on": _day(record.fields)}
            state = _missing(store, record) or state or "obeyed"
            yield (record.key, *(body[f] for f in FIELDS), state)


def _obeyed(store: Store, record: StoredRecord, known: Known) -> bool:
    kept = identities(*_decided(store, record, known)).kept
    a, b = both(record.fields)
    return kept.get(a, a) == kept.get(b, b)


def contradicted(store: Store, record: StoredRecord, known: Known | None = None) -> Records:
    """The other decisions (and links) for which one can't be obeyed.

    `known` remembers what was read, for whoever asks of many.
    """
    body, type_ = record.fields, record.fields["type"]
    if type_ in ("same", "different"):
        found = _decided(store, record, {} if known is None else known).decisions
        others = [r for r in found if r.key != record.key and r.source != AUTOMATIC]
        if record.source == AUTOMATIC:
            pair = {*both(record.fields)}
            return [
                r for r in others if r.fields["type"] == "different" and {*both(r.fields)} == pair
            ]
        return _apart(record, others, "same", "different")
    if type_ == "part-of":
        return _way(store, body["b"], body["a"])
    if type_ == "reject":
        return []
    units = _members(store, [u for u in record.units if not u.startswith("decision:")])
    held = store.records(units, ("decision",))
    decisions = {r.key: r for of_unit in held.values() for r in of_unit if r.key != record.key}
    others = [decisions[key] for key in sorted(decisions)]
    if type_ in ("join", "split"):
        return _apart(record, others, "join", "split")
    what = ("type", "of", "field")
    ids = {body["a"]} if body["of"] == "round" else {u.partition(":")[2] for u in units}
    same = [r for r in others if all(r.fields[f] == body[f] for f in what)]
    return [r for r in same if r.fields["a"] in ids and r.fields["value"] != body["value"]]


def _decided(store: Store, record: StoredRecord, known: Known) -> Decided:
    """As `decided`; `known` holds what was read, by each entity that it is about."""
    unit = both(record.fields)[0]
    if unit not in known:
        found = decided(store, record.units)
        ends = [u for r in found.decisions for u in both(r.fields)]
        known |= dict.fromkeys([*ends, unit], found)
    return known[unit]


def _apart(record: StoredRecord, others: Records, joins: str, splits: str) -> Records:
    """Those of `others` that keep apart what a decision joins, or join what it keeps apart."""
    type_, pair = record.fields["type"], {*both(record.fields)}
    joined = [both(r.fields) for r in (*others, record) if r.fields["type"] == joins]
    group = next((g for g in one(joined, ())[0] if pair <= g), set[str]())
    other = splits if type_ == joins else joins
    return [r for r in others if r.fields["type"] == other and {*both(r.fields)} <= group]


def _members(store: Store, units: Iterable[str]) -> list[str]:
    """Some entities, with every id that is one with them."""
    units = list(units)
    same = identities(*decided(store, units))
    kept = {same.kept.get(unit, unit) for unit in units}
    return sorted(member for unit in kept for member in same.members(unit))


def _way(store: Store, start: str, end: str, *, direct: bool = True) -> Records:
    """What says that investor `start` is a part of `end`, through any chain.

    Where it is not `direct`, what is between the two themselves does not count.
    """
    goal = {*_members(store, [f"investor:{end}"])}
    first = {*_members(store, [f"investor:{start}"])}
    seen, ahead, way = set[str](), first, Records()
    while ahead:
        seen |= ahead
        found = store.records(sorted(ahead), ("link", "decision"))
        up = set[str]()
        for unit in sorted(ahead):
            for record in found[unit]:
                link = record.fields
                child, parent = ("a", "b") if record.kind == "decision" else ("source", "target")
                if link["type"] != "part-of" or f"investor:{link[child]}" != unit:
                    continue
                above = f"investor:{link[parent]}"
                if direct or not (unit in first and above in goal):
                    way.append(record)
                    up.add(above)
        up = {*_members(store, up)}
        if goal & up:
            return way
        ahead = up - seen
    return []


def _missing(store: Store, record: StoredRecord) -> str:
    """Why a decision is about nothing that is held; empty where it is about something."""
    body = record.fields
    if body["type"] == "reject":
        units = [f"report:{body['a']}"]
    elif body["company"]:
        units = _members(store, [f"startup:{body['company']}"])
    else:
        units = [f"{body['of']}:{id_}" for id_ in (body["a"], body["b"]) if id_]
    held = store.records(units)
    known = {u for u in units if any(r.kind != "decision" for r in held[u])}
    for unit in units:
        if unit not in known and not (known and body["company"]):
            return f"nothing is held of {unit.partition(':')[2]!r}; `whofunds find` finds what is"
    if body["company"]:
        accounts = {account_key(r) for u in units for r in held[u] if r.kind == "round"}
        lacking = [key for key in (body["a"], body["b"]) if key and key not in accounts]
        if lacking:
            return f"{body['company']} has no account {lacking[0]!r}; `whofunds rounds` lists them"
    return ""


def _who(record: StoredRecord) -> str:
    body = record.fields
    if record.kind != "decision":
        return f"a {body['type']} that {record.source} gives"
    by, why = body["by"] or "nobody named", body["why"] or "no reason given"
    return f"{body['type']}, {by}, {_day(body) or 'undated'}: {why}"


def _day(body: Body) -> str:
    return body["on"]["first"] if body["on"] else ""
