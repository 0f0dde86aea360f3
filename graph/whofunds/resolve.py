"""Accounts of one company meet in rounds: which of them tell of the same financing.

Two accounts may tell of one financing when they are of the same sphere (talks never meet closed
money), their dates are near, and their stages and sums don't contradict each other; they do tell of
one when something speaks for it: the same stage, sum, valuation or members. Pairs are joined from
the strongest evidence down, and a group never takes in an account that contradicts one of its own.
An account that gives nothing but a valuation goes to the one round of its time, if there is one.
What somebody decided comes first: accounts that are one round, and those that are not. Then what
a source says of its own accounts by their events.
"""

from collections.abc import Iterable
from itertools import combinations
from math import log10

from whofunds import rates
from whofunds.accounts import Account, Stage
from whofunds.dates import Span
from whofunds.money import Money

NEAR = 45
"""Days between two accounts' dates within which they can tell of one financing."""
MONTH = 31
CLOSE = 16
ROUNDING = 0.025
CONVERSION = 0.04


def rounds(
    accounts: Iterable[Account],
    joined: Iterable[set[str]] = (),
    split: Iterable[tuple[str, str]] = (),
) -> list[list[Account]]:
    """Groups of accounts, each one financing; sorted by key, groups by their smallest key.

    `joined` and `split` are keys of accounts that are one round by decision, or are not.
    """
    apart = {frozenset(pair) for pair in split}
    ordered = sorted(accounts, key=lambda a: a.key)
    by_key = {a.key: a for a in ordered}
    groups = {a.key: [a] for a in ordered}

    def join(a: str, b: str) -> None:
        merged = sorted(groups[a] + groups[b], key=lambda x: x.key)
        for member in merged:
            groups[member.key] = merged

    def may_join(a: str, b: str) -> bool:
        if groups[a] is groups[b]:
            return False
        return not any(
            frozenset((x.key, y.key)) in apart or _two_events(x, y)
            for x in groups[a]
            for y in groups[b]
        )

    for together in joined:
        here = sorted(together & by_key.keys())
        for other in here[1:]:
            join(here[0], other)
    events: dict[tuple[str, str, str], str] = {}
    for account in ordered:
        if account.event:
            first = events.setdefault((account.source, account.event, account.sphere), account.key)
            if may_join(first, account.key):
                join(first, account.key)
    for account in ordered:
        holder = account.inside
        # Money that was paid is not hidden in a promise, nor a promise counted beside its round.
        if holder in groups and may_join(account.key, holder):
            outer = by_key[holder].sphere
            if outer == account.sphere or (
                outer in ("money", "ipo") and account.status == "closed"
            ):
                join(account.key, holder)
    pairs: list[tuple[int, str, str]] = [
        (-evidence, a.key, b.key)
        for a, b in combinations(ordered, 2)
        if (evidence := _evidence(a, b)) > 0
    ]
    for _, a, b in sorted(pairs):
        if may_join(a, b) and _compatible(groups[a], groups[b]):
            join(a, b)
    for key in sorted({group[0].key for group in groups.values()}):
        bare = groups[key]
        if all(map(_bare, bare)):
            near = [
                o
                for o in ordered
                if o not in bare and o.sphere == bare[0].sphere and gap(o.when, bare[0].when) == 0
            ]
            # A round whose year alone is known is of that time too, where no other is.
            near = [o for o in near if not _vague(o)] or near
            others = {groups[o.key][0].key for o in near}
            if len(others) == 1 and may_join(bare[0].key, other := others.pop()):
                join(bare[0].key, other)
    unique = {group[0].key: group for group in groups.values()}
    return [unique[key] for key in sorted(unique)]


def _two_events(a: Account, b: Account) -> bool:
    """Whether one source tells the two apart."""
    return bool(a.event and b.event) and a.event != b.event and a.source == b.source


def _compatible(left: list[Account], right: list[Account]) -> bool:
    return not any(_contradict(a, b) for a in left for b in right if not a.inside and not b.inside)


def _evidence(a: Account, b: Account) -> int:
    """How strongly two accounts are the same financing; 0 for not."""
    if a.sphere != b.sphere or _contradict(a, b):
        return 0
    days = gap(a.when, b.when)
    stages, sums = same_stage(a.place, b.place), same_sum(a, b)
    values = _same_valuation(a, b)
    shared = len(a.members & b.members)
    apart = bool(a.members and b.members and not shared)
    exact = a.place.sure and stages == "equal"
    vague = _vague(a) or _vague(b)
    score = 30 * exact + 30 * (sums is True) + 10 * (values is True) + 6 * min(shared, 4)
    if days is None:
        undated = exact or (sums is True and (shared or stages == "equal"))
        return score if undated and not (apart and sums is not True) else 0
    score += 20 if days == 0 else 10 if days <= CLOSE else 0
    if a.sphere not in ("money", "ipo"):
        # One prospective deal, one sale, one loan at a time: terms change while it is talked about.
        return score if days <= MONTH and (not (vague or apart) or shared or sums or values) else 0
    if a.sphere == "ipo":
        return score + 1
    same_terms = sums is True and not vague and days <= CLOSE and _one_currency(a, b)
    if apart and not exact and not same_terms:
        return 0
    if exact or sums is True:
        return score
    if a.place.sure and b.place.sure:
        near = stages == "near" and sums is None and not vague
        return score if near and shared and days <= CLOSE else 0
    if values is True and days <= CLOSE:
        return score
    smaller = min(len(a.members), len(b.members))
    most = shared and 2 * shared >= smaller and days == 0
    return score if sums is None and not vague and most else 0


def _contradict(a: Account, b: Account) -> bool:
    """Whether two accounts can't tell of one financing."""
    if a.sphere != b.sphere:
        return True
    days = gap(a.when, b.when)
    if days is not None and days > NEAR:
        return True
    if a.sphere == "ipo" or a.status != "closed" or a.sphere == "acquisition":
        return False
    stages, sums = same_stage(a.place, b.place), same_sum(a, b)
    if stages == "different":
        same_day = days is not None and days <= 7
        return not (same_day and sums is True and (_same_valuation(a, b) or a.members & b.members))
    if sums is False and stages == "near":
        return True
    return sums is False and not (a.place.sure and stages == "equal")


def _one_currency(a: Account, b: Account) -> bool:
    return bool(a.amount and b.amount and a.amount.currency == b.amount.currency)


def _bare(account: Account) -> bool:
    """Whether an account says nothing of a round but its valuation."""
    nothing = account.amount is None and not account.members and not account.place.sure
    return nothing and account.sphere == "money" and account.when is not None


def _vague(account: Account) -> bool:
    return account.when is not None and account.when.precision == "year"


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
    numbered = a.step.isdigit() and b.step.isdigit()
    return "near" if a.family == b.family and not numbered else "different"


def same_sum(a: Account, b: Account) -> bool | None:
    """Whether two accounts give one sum, within rounding or conversion.

    None where one gives none, or where open bounds meet. Of a figure that is known to be wrong, the
    same digits speak for one sum (a slip of units around 亿), others say nothing.
    """
    if not a.amount or not b.amount:
        return None
    if "amount" in a.doubt | b.doubt:
        return True if _same_digits(a.amount, b.amount) else None
    return agree(a.amount, b.amount, _when(a, b))


def _same_digits(a: Money, b: Money) -> bool:
    if not a.stated or not b.stated or a.currency != b.currency:
        return False
    tens = log10(a.stated / b.stated)
    return round(tens) != 0 and abs(tens - round(tens)) < ROUNDING


def agree(a: Money, b: Money, when: Span | None) -> bool | None:
    """Whether two sums are one: True for one figure within rounding or conversion, None where
    bounds meet without telling, False where they can't be one."""
    room, factor = ROUNDING, 1.0
    if a.currency != b.currency and a.currency and b.currency:
        if a.stated is not None and a.stated == b.stated:
            return True
        found = rates.rate(b.currency, a.currency, when) if when else None
        if found is None:
            return None
        room, factor = CONVERSION, found[0]
    if a.stated is not None and b.stated is not None:
        one, other = a.stated, b.stated * factor
        if abs(one - other) <= room * max(one, other):
            return True
    lows = [x for x in (a.min, _times(b.min, factor)) if x is not None]
    highs = [x for x in (a.max, _times(b.max, factor)) if x is not None]
    meet = not lows or not highs or max(lows) <= min(highs) * (1 + room)
    return None if meet else False


def _same_valuation(a: Account, b: Account) -> bool | None:
    if not a.valuation or not b.valuation or "valuation" in a.doubt | b.doubt:
        return None
    return agree(a.valuation, b.valuation, _when(a, b))


def _when(a: Account, b: Account) -> Span | None:
    spans = [s for s in (a.when, b.when) if s]
    return min(spans, key=lambda s: (s.last - s.first, s.first)) if spans else None


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
