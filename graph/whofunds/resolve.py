"""Accounts of one company meet in rounds: which of them tell of the same financing.

Two accounts may tell of one financing when they are of the same sphere (talks never meet closed
money), their dates are near, and their stages and sums don't contradict each other; they do tell of
one when something speaks for it: the same stage, sum, valuation or members. Pairs are joined from
the strongest evidence down, and a group never takes in an account that contradicts one of its own.
"""

from collections.abc import Iterable
from itertools import combinations

from whofunds import rates
from whofunds.accounts import Account, Stage
from whofunds.dates import Span
from whofunds.money import Money

NEAR = 45
"""Days between two accounts' dates within which they can tell of one financing."""
CLOSE = 16
ROUNDING = 0.025
CONVERSION = 0.04


def rounds(accounts: Iterable[Account]) -> list[list[Account]]:
    """Groups of accounts, each one financing; sorted by key, groups by their smallest key."""
    ordered = sorted(accounts, key=lambda a: a.key)
    groups = {a.key: [a] for a in ordered}

    def join(a: str, b: str) -> None:
        merged = sorted(groups[a] + groups[b], key=lambda x: x.key)
        for member in merged:
            groups[member.key] = merged

    for account in ordered:
        holder = account.inside
        if holder in groups and groups[holder] is not groups[account.key]:
            join(account.key, holder)
    pairs = [
        (-evidence, a.key, b.key)
        for a, b in combinations(ordered, 2)
        if (evidence := _evidence(a, b)) > 0
    ]
    for _, a, b in sorted(pairs):
        if groups[a] is not groups[b] and _compatible(groups[a], groups[b]):
            join(a, b)
    unique = {group[0].key: group for group in groups.values()}
    return [unique[key] for key in sorted(unique)]


def _compatible(left: list[Account], right: list[Account]) -> bool:
    return not any(_contradict(a, b) for a in left for b in right if not a.inside and not b.inside)


def _evidence(a: Account, b: Account) -> int:
    """How strongly two accounts are the same financing; 0 for not."""
    if a.sphere != b.sphere or _contradict(a, b):
        return 0
    days = gap(a.announced, b.announced)
    stages, sums = same_stage(a.stage, b.stage), same_sum(a, b)
    values = _same_valuation(a, b)
    shared = len(a.members & b.members)
    apart = bool(a.members and b.members and not shared)
    exact = bool(a.stage.sure and stages == "equal")
    if a.sphere.startswith("not closed"):
        if a.sphere.endswith("ipo"):
            return 60
        same_terms = sums is True or values is True
        return 40 + shared if days is not None and days <= CLOSE and same_terms else 0
    if a.sphere == "ipo":
        return 80
    score = 30 * exact + 30 * (sums is True) + 10 * (values is True) + 6 * min(shared, 4)
    if days is None:
        return score if stages == "equal" and sums is True else 0
    score += 20 if days == 0 else 10 if days <= CLOSE else 0
    vague = "year" in {s.precision for s in (a.announced, b.announced) if s}
    if apart and not exact and (vague or sums is not True):
        return 0
    if exact or sums is True:
        return score
    if a.stage.sure and b.stage.sure:
        return score if stages == "near" and shared and days <= CLOSE and sums is None else 0
    if values is True and days <= CLOSE:
        return score
    smaller = min(len(a.members), len(b.members))
    if sums is None and not vague and shared and days <= CLOSE and 2 * shared >= smaller:
        return score
    return 0


def _contradict(a: Account, b: Account) -> bool:
    """Whether two accounts can't tell of one financing."""
    if a.sphere != b.sphere:
        return True
    days = gap(a.announced, b.announced)
    if days is not None and days > NEAR:
        return True
    if a.sphere == "ipo" or a.sphere.startswith("not closed"):
        return False
    stages, sums = same_stage(a.stage, b.stage), same_sum(a, b)
    if stages == "different":
        same_day = days is not None and days <= 7
        return not (same_day and sums is True and (_same_valuation(a, b) or a.members & b.members))
    if stages == "near" and sums is False:
        return True
    exact = a.stage.sure and stages == "equal"
    return sums is False and not exact


def gap(a: Span | None, b: Span | None) -> int | None:
    """Days between two spans, 0 where they overlap; None where one is unknown."""
    if a is None or b is None:
        return None
    return max((b.first - a.last).days, (a.first - b.last).days, 0)


def same_stage(a: Stage, b: Stage) -> str:
    """`equal`, `near` (steps of one letter), `unknown` (one says nothing sure) or `different`."""
    if not a.sure or not b.sure:
        return "equal" if a.text and a.text == b.text else "unknown"
    if (a.family, a.step) == (b.family, b.step):
        return "equal"
    return "near" if a.family == b.family else "different"


def same_sum(a: Account, b: Account) -> bool | None:
    """Whether two accounts give one sum, within rounding or conversion; None: one gives none."""
    if not a.amount or not b.amount or "amount" in a.doubt | b.doubt:
        return None
    return agree(a.amount, b.amount, _when(a, b))


def agree(a: Money, b: Money, when: Span | None) -> bool:
    """Whether two sums can be one: bounds that meet, with room for rounding and conversion."""
    room, factor = ROUNDING, 1.0
    if a.currency != b.currency and a.currency and b.currency:
        if a.stated is not None and a.stated == b.stated:
            return True
        found = rates.rate(b.currency, a.currency, when) if when else None
        if found is None:
            return False
        room, factor = CONVERSION, found[0]
    lows, highs = (a.min, _times(b.min, factor)), (a.max, _times(b.max, factor))
    if a.stated is not None and b.stated is not None:
        one, other = a.stated, b.stated * factor
        return abs(one - other) <= room * max(one, other)
    low = max((x for x in lows if x is not None), default=0)
    high = min((x for x in highs if x is not None), default=None)
    return high is None or low <= high * (1 + room)


def _same_valuation(a: Account, b: Account) -> bool | None:
    if not a.valuation or not b.valuation or "valuation" in a.doubt | b.doubt:
        return None
    return agree(a.valuation, b.valuation, _when(a, b))


def _when(a: Account, b: Account) -> Span | None:
    spans = [s for s in (a.announced, b.announced) if s]
    return min(spans, key=lambda s: (s.last - s.first, s.first)) if spans else None


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
