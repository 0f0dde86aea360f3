"""Decisions: how somebody reads the records, each with who, when and why.

A decision is a record like any other: it is loaded, exported, shared and taken back, and the graph
follows from it. Decisions that contradict each other are named and not obeyed, none of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from whofunds import schema
from whofunds.fields import Amount, Date, Id, Latitude, Longitude, Name, Text, choice
from whofunds.identifiers import scheme_of

AUTOMATIC = "automatic"
"""The source of what whofunds decides by itself: two ids that are beyond doubt one entity."""
ENTITIES = ("startup", "investor", "city")
# Decisions of one family about the same things answer one question: the later takes its place.
_FAMILIES = {
    "identity": ("same", "different"),
    "part-of": ("part-of",),
    "accounts": ("join", "split"),
    "correct": ("correct",),
    "reject": ("reject",),
}
_FAMILY = {type_: family for family, types in _FAMILIES.items() for type_ in types}
_KIND = Annotated[str, choice(tuple(schema.KINDS), required=True)]
CORRECTABLE: dict[str, dict[str, Any]] = {
    "startup": {"name": Name, "country": Text, "founded": Date, "cohort": Text},
    "investor": {
        "name": Name,
        "country": Text,
        "state_controlled": Annotated[str, choice(("unknown", "yes", "no"))],
        "level": Annotated[str, choice(schema.LEVELS)],
        "kind": _KIND,
    },
    "city": {"name": Name, "country": Text, "latitude": Latitude, "longitude": Longitude},
    "round": {
        "announced": Date,
        "stage": Text,
        "amount": Amount,
        "valuation": Amount,
        "valuation_basis": Annotated[str, choice(("", "post", "pre"))],
        "status": Annotated[str, choice(schema.STATUSES, required=True)],
        "instrument": Annotated[str, choice(schema.INSTRUMENTS, required=True)],
        "listing": Annotated[str, choice(schema.LISTINGS, required=True)],
    },
}
"""What of an entity or of an account (`round`) a decision can correct."""

Body = dict[str, Any]
Pair = tuple[str, str]


@dataclass(kw_only=True)
class Decision:
    """What somebody decided; `by` whom, `on` which day, and `why`.

    same, different, part-of: of the entities `a` and `b`, of the kind `of`. join, split: the
    accounts `a` and `b` (`source:id`) of `company` are one round, or are not. correct: `field` of
    the entity or account `a` is `value`; `of` says what it is, and an account needs `company`.
    reject: nothing counts that rests on the report `a`.
    """

    kind: ClassVar[str] = "decision"
    type: Annotated[str, choice(tuple(_FAMILY), required=True)]
    of: Annotated[str, choice(("", *ENTITIES, "round"))] = ""
    a: Id
    b: Text = ""
    company: Text = ""
    field: Text = ""
    value: Text = ""
    by: Text = ""
    on: Date = None
    why: Text = ""


def faults(body: Body) -> Iterator[tuple[str, str]]:
    """What is wrong between the fields of a decision: (field, reason)."""
    type_, of = body["type"], body["of"]
    if type_ in ("same", "different") and of not in ENTITIES:
        yield "of", f"a kind of entity is wanted: {', '.join(ENTITIES)}"
    if type_ == "part-of" and of != "investor":
        yield "of", "only an investor is a part of another"
    if type_ not in ("correct", "reject"):
        if not body["b"]:
            yield "b", f"{type_} needs two"
        elif body["a"] == body["b"]:
            yield "b", "the same as a"
    if (type_ in ("join", "split") or of == "round") and not body["company"]:
        yield "company", "the company whose accounts these are is wanted"
    if type_ != "correct":
        yield from ((f, f"{type_} has none") for f in ("field", "value") if body[f])
    if type_ == "correct" and of not in CORRECTABLE:
        yield "of", f"what a is, is wanted: {', '.join(CORRECTABLE)}"
    elif type_ == "correct" and body["field"] not in CORRECTABLE[of]:
        yield "field", f"of a {of} one can correct {', '.join(CORRECTABLE[of])}"
    elif type_ == "correct":
        try:
            corrected(body)
        except ValueError as error:
            yield "value", str(error)


def corrected(body: Body) -> Any:
    """The value that a correction gives, as it stands in a record's body. Raises ValueError."""
    adapter = TypeAdapter(CORRECTABLE[body["of"]][body["field"]])
    try:
        return adapter.dump_python(adapter.validate_python(body["value"]), mode="json")
    except ValidationError as error:
        message = error.errors(include_url=False)[0]["msg"]
        raise ValueError(message.removeprefix("Value error, ")) from None


def ordered(body: Body) -> Body:
    """The body with `a` before `b`, where their order says nothing."""
    if body["type"] == "part-of" or not body["b"] or body["a"] <= body["b"]:
        return body
    return {**body, "a": body["b"], "b": body["a"]}


def id_of(body: Body) -> str:
    """The id of a decision within its source: what it answers."""
    family = _FAMILY[body["type"]]
    what = body["of"] if family in ("identity", "correct") else ""
    return "/".join(part for part in (family, what, body["a"], body["b"], body["field"]) if part)


def both(body: Body) -> Pair:
    """The two entities (`kind:id`), or accounts, that a decision is about."""
    of = f"{body['of']}:" if body["of"] else ""
    return f"{of}{body['a']}", f"{of}{body['b']}"


def units(body: Body) -> Iterator[str]:
    """The parts of the graph that a decision touches, and its own marks (`decision:…`)."""
    match body["type"]:
        case "same" | "different":
            for id_ in (body["a"], body["b"]):
                yield f"{body['of']}:{id_}"
                yield f"decision:{body['of']}:{id_}"
            if body["field"]:  # what the two of an automatic one share
                mark = "id" if scheme_of(body["field"]) else "name"
                yield f"{mark}:{body['of']}:{body['field']}"
        case "part-of":
            yield f"investor:{body['a']}"
            yield f"investor:{body['b']}"
            yield f"self:investor:{body['a']}"
        case "reject":
            yield f"report:{body['a']}"
            yield f"decision:report:{body['a']}"
        case "correct" if body["of"] != "round":
            yield f"{body['of']}:{body['a']}"
        case _:
            yield f"startup:{body['company']}"


def one(same: Iterable[Pair], apart: Iterable[Pair]) -> tuple[list[set[str]], list[Pair]]:
    """Which things are one, and the pairs kept apart within what would be one.

    Things are one through any chain of pairs; where a pair of them is kept apart, none of that
    chain is obeyed.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in same:
        near[a].add(b)
        near[b].add(a)
    groups: list[set[str]] = []
    group_of: dict[str, int] = {}
    for start in sorted(near):
        if start in group_of:
            continue
        group, waiting = set[str](), [start]
        while waiting:
            item = waiting.pop()
            if item not in group:
                group.add(item)
                group_of[item] = len(groups)
                waiting += near[item]
        groups.append(group)
    contradictions = sorted(
        {(a, b) for a, b in apart if a in group_of and group_of[a] == group_of.get(b)}
    )
    void = {group_of[a] for a, _ in contradictions}
    return [g for i, g in enumerate(groups) if i not in void], contradictions


def of_accounts(bodies: Iterable[Body]) -> tuple[list[set[str]], list[Pair]]:
    """The accounts that are one round by decision, and the pairs that are not."""
    bodies = list(bodies)
    joined = [(b["a"], b["b"]) for b in bodies if b["type"] == "join"]
    split = [(b["a"], b["b"]) for b in bodies if b["type"] == "split"]
    groups, contradictions = one(joined, split)
    return groups, [pair for pair in split if pair not in contradictions]


def corrections(bodies: Iterable[Body], of: str, id_: str) -> dict[str, Body]:
    """Per field the correction of an entity or account; none where two differ in their value."""
    found: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        if (body["type"], body["of"], body["a"]) == ("correct", of, id_):
            found[body["field"]].append(body)
    return {f: bs[0] for f, bs in found.items() if len({b["value"] for b in bs}) == 1}
