"""What a page of facts says of itself at its top: how much it holds, and what its figures rest on.

All of it is of closed rounds, and in the order in which it is printed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from whofunds import schema
from whofunds.views.facts import UNNAMED, Table
from whofunds.views.words import Said

_MONEY = ("equity", "debt", "mixed", "grant")
_UNKNOWN = list(schema.KINDS).index("unknown")


def headline(held: Table, as_of: str) -> list[Said]:
    """How many closed rounds, companies and named investors there are, and as of which day."""
    closed, keys = _closed(held), held.entities["key"]
    companies = {c for c, is_ in zip(held.rounds["company"], closed, strict=True) if is_}
    parts = zip(held.participations["investor"], rounds_of(held), strict=True)
    investors = {i for i, r in parts if closed[r] and keys[i] != UNNAMED}
    said: list[Said] = [
        ("unit.closed-rounds", {"n": sum(closed)}),
        ("unit.companies", {"n": len(companies)}),
        ("unit.named-investors", {"n": len(investors)}),
    ]
    return [*said, ("trust.as-of", {"day": as_of})] if as_of else said


def trust(held: Table, currency: str, coverage: Mapping[str, int] | None) -> list[Said]:
    """Coverage, cheques, kinds, disputes, and what the pictures leave out.

    Cheques are those of rounds that count as money to the company, as capital/cheques has them.
    The share of the money that has a published cheque is of the rounds whose floor in `currency`
    is known: the cheques' floors, at most the round's own, over the rounds' floors.
    """
    closed = _closed(held)
    said: list[Said] = []
    if coverage:
        companies = ("unit.companies", {"n": coverage["companies"]})
        said.append(("trust.coverage", {**coverage, "companies": companies}))
    said += [*_participations(held, closed, currency), *_rounds(held.rounds, closed)]
    return said


def rounds_of(held: Table) -> list[int]:
    """The round of each participation."""
    return [r for r, parts in enumerate(held.rounds["parts"]) for _ in range(parts)]


def _closed(held: Table) -> list[bool]:
    return [status == "closed" for status in held.rounds["status"]]


def _participations(held: Table, closed: list[bool], currency: str) -> list[Said]:
    parts, keys = held.participations, held.entities["key"]
    floors = _floors(parts, "cheque_", currency)
    cheques = [
        any(bounds) for bounds in zip(*(_known(parts[f"cheque_{b}"]) for b in _BOUNDS), strict=True)
    ]
    counts = [instrument in _MONEY for instrument in held.rounds["instrument"]]
    unnamed, taking, paying, published, kindless = set[int](), 0, 0, 0, 0
    money: dict[int, float] = {}
    rows = zip(rounds_of(held), parts["investor"], parts["kinds"], cheques, floors, strict=True)
    for r, investor, kinds, cheque, floor in rows:
        if not closed[r]:
            continue
        if keys[investor] == UNNAMED:
            unnamed.add(r)
            continue
        taking += 1
        kindless += kinds == _UNKNOWN or (isinstance(kinds, tuple) and _UNKNOWN in kinds)
        paying += counts[r]
        published += cheque and counts[r]
        if floor is not None:
            money[r] = money.get(r, 0) + floor
    raised = {
        r: floor
        for r, floor in enumerate(_floors(held.rounds, "", currency))
        if floor and closed[r] and counts[r]
    }
    total = sum(raised.values())
    part = sum(min(floor, money[r]) for r, floor in raised.items() if r in money)
    return [
        ("trust.cheques", {"share": [published, paying]}),
        ("trust.money", {"share": [part, total]}) if total else ("trust.no-money", {}),
        ("trust.unknown-kind", {"share": [kindless, taking]}),
        ("trust.unnamed", {"n": len(unnamed)}),
    ]


def _rounds(rounds: Mapping[str, Sequence[Any]], closed: list[bool]) -> list[Said]:
    disputed = sum(bool(d) for d, is_ in zip(rounds["disputed"], closed, strict=True) if is_)
    undated = sum(d is None for d, is_ in zip(rounds["first"], closed, strict=True) if is_)
    return [
        ("trust.disputed", {"n": disputed}),
        ("trust.left-out", {"n": closed.count(False)}),
        ("trust.undated", {"n": undated}),
    ]


_BOUNDS = ("min", "over", "said")


def _known(values: Sequence[Any]) -> list[bool]:
    return [v is not None for v in values]


def _floors(held: Mapping[str, Sequence[Any]], prefix: str, currency: str) -> list[float | None]:
    """The lower bounds of a sum in the page's currency."""
    names = (f"{prefix}min", f"{prefix}currency", f"{prefix}sum_min")
    bounds = zip(*(held[name] for name in names), strict=True)
    return [own if code == currency else other for own, code, other in bounds]
