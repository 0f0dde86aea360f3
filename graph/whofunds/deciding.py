"""Decisions taken, listed and taken back; one that contradicts what was decided is refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from getpass import getuser
from typing import Any

from whofunds import ingest
from whofunds.accounts import account_key
from whofunds.catalog import Column
from whofunds.checking import Rejects
from whofunds.decisions import AUTOMATIC, Body, Decision, Pair, one
from whofunds.errors import UsageError
from whofunds.identity import identities
from whofunds.lookup import kind_of
from whofunds.model import StoredRecord, stored, validated
from whofunds.projecting import Tell, decided
from whofunds.stores.base import Store

SOURCE = "decisions"
"""The source of decisions that are taken here, and of the loader that reads a list of them."""


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
    if against := contradicted(store, record):
        said = "; ".join(f"{r.key} ({_who(r.fields)})" for r in against)
        raise UsageError(f"this contradicts {said}; take that back with `whofunds decide undo KEY`")
    if preview.new + preview.changed:
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
    decision = replace(decision, by=decision.by or getuser(), company="")
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


def _account(store: Store, held: Mapping[str, Any], text: str) -> tuple[str, str]:
    """The account (or the first one of a round) that a text means, and its own company's id."""
    unit = f"startup:{held['company']}"
    units = identities(*decided(store, [unit])).members(unit)
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
    for batch in store.all_records(kind="decision"):
        for bare in batch:
            record = stored(bare.source, bare.kind, bare.fields)
            against = contradicted(store, record)
            state = "contradicts " + ", ".join(r.key for r in against) if against else ""
            body = {**record.fields, "on": _day(record.fields)}
            state = _missing(store, record) or state or "obeyed"
            yield (record.key, *(body[f] for f in FIELDS), state)


def contradicted(store: Store, record: StoredRecord) -> list[StoredRecord]:
    """The other decisions for which one can't be obeyed."""
    body, type_ = record.fields, record.fields["type"]
    if type_ in ("same", "different"):
        found, declared = decided(store, record.units)
        others = [r for r in found if r.key != record.key]
        broken = identities([*others, record], declared).contradictions
        broken_pairs = {frozenset(pair) for pair in broken}
        pair = frozenset((f"{body['of']}:{body['a']}", f"{body['of']}:{body['b']}"))
        if record.source == AUTOMATIC:
            return [r for r in others if r.fields["type"] == "different" and _pair(r) == pair]
        if type_ == "same":
            return [r for r in others if _pair(r) in broken_pairs and r.source != AUTOMATIC]
        people = [r for r in others if r.fields["type"] == "same" and r.source != AUTOMATIC]
        return people if pair in broken_pairs else []
    units = [u for u in record.units if not u.startswith("decision:")]
    held = store.records(units, ("decision", "link"))
    others = [r for u in units for r in held[u] if r.key != record.key]
    decisions = [r for r in others if r.kind == "decision"]
    if type_ in ("join", "split"):
        pairs: dict[str, list[Pair]] = {"join": [], "split": []}
        for r in (*decisions, record):
            if r.fields["type"] in pairs:
                pairs[r.fields["type"]].append((r.fields["a"], r.fields["b"]))
        _, against = one(pairs["join"], pairs["split"])
        other = "split" if type_ == "join" else "join"
        return [r for r in decisions if r.fields["type"] == other] if against else []
    if type_ == "correct":
        what = ("type", "of", "a", "field")
        same = [r for r in decisions if all(r.fields[f] == body[f] for f in what)]
        return [r for r in same if r.fields["value"] != body["value"]]
    return _ring(store, body) if type_ == "part-of" else []


def _pair(record: StoredRecord) -> frozenset[str]:
    body = record.fields
    return frozenset((f"{body['of']}:{body['a']}", f"{body['of']}:{body['b']}"))


def _ring(store: Store, body: Body) -> list[StoredRecord]:
    """What says that `b` is a part of `a`, through any chain."""
    seen, ahead, way = set[str](), {body["b"]}, list[StoredRecord]()
    while ahead:
        seen |= ahead
        found = store.records([f"investor:{id_}" for id_ in sorted(ahead)], ("link", "decision"))
        up = set[str]()
        for id_ in ahead:
            for record in found[f"investor:{id_}"]:
                link = record.fields
                child, parent = ("a", "b") if record.kind == "decision" else ("source", "target")
                if link["type"] == "part-of" and link[child] == id_:
                    way.append(record)
                    up.add(link[parent])
        if body["a"] in up:
            return way
        ahead = up - seen
    return []


def _missing(store: Store, record: StoredRecord) -> str:
    """Why a decision is about nothing that is held; empty where it is about something."""
    body = record.fields
    if body["type"] == "reject":
        units = [f"report:{body['a']}"]
    elif body["company"]:
        units = [f"startup:{body['company']}"]
    else:
        units = [f"{body['of']}:{id_}" for id_ in (body["a"], body["b"]) if id_]
    held = store.records(units)
    for unit in units:
        if not any(r.kind != "decision" for r in held[unit]):
            return f"nothing is held of {unit.partition(':')[2]!r}; `whofunds find` finds what is"
    if body["company"]:
        accounts = {account_key(r) for r in held[units[0]] if r.kind == "round"}
        lacking = [key for key in (body["a"], body["b"]) if key and key not in accounts]
        if lacking:
            return f"{body['company']} has no account {lacking[0]!r}; `whofunds rounds` lists them"
    return ""


def _who(body: Body) -> str:
    by, why = body["by"] or "nobody named", body["why"] or "no reason given"
    return f"{body['type']}, {by}, {_day(body) or 'undated'}: {why}"


def _day(body: Body) -> str:
    return body["on"]["first"] if body["on"] else ""
