"""The written policy by which a round's values follow from its accounts, and what they dispute.

0. What somebody decided comes before all rules: a corrected field, accounts joined or split.
1. An account that is known to be wrong in a field (`doubt`) sets no value there; the field is
   disputed. A ticket or tranche inside another account's sum sets no sum and no valuation.
2. Sums: of a finer and a coarser figure that agree, the finer stands; of one figure with and
   without a qualifier, the qualified. What still differs by more than rounding or conversion is
   disputed, and the bounds then span what the accounts say. Of equals, the account that is not
   marked as the one that contradicts (`conflicts`) goes first.
3. Currency: the one most accounts use, then the one of the rounder figure.
4. Date: the finest span that most accounts agree with, of equals the later; of talks, the first
   report.
5. Stage, instrument, listing, valuation's basis: what most accounts say; then the smallest key's.
6. Members: everyone a trusted account names. A shorter list is no dispute: members are disputed
   where an account is marked as contradicting, or doubted. An investor leads where an account says
   so; the lead is disputed where two accounts name different leads, neither list holding the other.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from whofunds.accounts import Account, Ticket
from whofunds.dates import Span
from whofunds.money import Money
from whofunds.resolve import agree, gap, same_stage

APART = 7
"""Days by which two dates may differ before the date is disputed."""


@dataclass(frozen=True)
class Member:
    """An investor in a resolved round; `amount` is its own cheque, None where not published."""

    investor: str
    lead: bool
    amount: Money | None
    via: str
    reports: tuple[str, ...]
    disputed: bool


@dataclass(frozen=True)
class Round:
    """A resolved round: its accounts and the values that won."""

    key: str
    accounts: tuple[Account, ...]
    announced: Span | None
    stage: str
    status: str
    instrument: str
    listing: str
    amount: Money | None
    valuation: Money | None
    valuation_basis: str
    members: tuple[Member, ...]
    disputed: tuple[str, ...]


def conclude(accounts: Sequence[Account]) -> Round:
    """The round that a group of accounts tells of; `accounts` sorted by key, at least one."""
    keys = {a.key for a in accounts}
    outer = [a for a in accounts if a.inside not in keys] or list(accounts)
    announced, date_disputed = _date(outer)
    whole = sorted(outer, key=lambda a: bool(a.conflicts))
    amount, amount_disputed, currency_disputed = _sum(whole, "amount", announced)
    valuation, valuation_disputed, other_currency = _sum(whole, "valuation", announced)
    basis, basis_disputed = _most([a.valuation_basis for a in whole if a.valuation])
    members, members_disputed, lead_disputed = _members(accounts, amount)
    stage, stage_disputed = _stage(whole)
    marked = frozenset[str]().union(*(a.doubt | a.conflicts for a in accounts))
    disputed = {
        "amount": amount_disputed,
        "currency": currency_disputed,
        "date": date_disputed,
        "stage": stage_disputed,
        "members": members_disputed,
        "lead": lead_disputed,
        "valuation": valuation_disputed or other_currency or basis_disputed,
    }
    return Round(
        key=accounts[0].key,
        accounts=tuple(accounts),
        announced=announced,
        stage=stage,
        status=_most([a.status for a in whole])[0],
        instrument=_most([a.instrument for a in whole])[0],
        listing=_most([a.listing for a in whole])[0],
        amount=amount,
        valuation=valuation,
        valuation_basis=basis,
        members=members,
        disputed=tuple(f for f, is_ in disputed.items() if is_ or f in marked),
    )


def _most(words: Sequence[str]) -> tuple[str, bool]:
    """The word that occurs most (of equals the first), and whether others are there too."""
    counts = Counter(w for w in words if w)
    return (counts.most_common(1)[0][0], len(counts) > 1) if counts else ("", False)


def _stage(accounts: Sequence[Account]) -> tuple[str, bool]:
    stages = [a.stage for a in accounts if a.stage.text and "stage" not in a.doubt]
    sure = [s for s in stages if s.sure] or stages
    best = max(sure, key=lambda s: sum(same_stage(s, o) == "equal" for o in sure), default=None)
    if best is None:
        return "", False
    return best.text, any(same_stage(best, s) in ("near", "different") for s in sure)


def _date(accounts: Sequence[Account]) -> tuple[Span | None, bool]:
    spans = [a.announced for a in accounts if a.announced and "date" not in a.doubt]
    if not spans:
        return None, False
    disputed = any((gap(a, b) or 0) > APART for a in spans for b in spans)
    if accounts[0].status != "closed":
        return min(spans, key=lambda s: (s.last, s.first)), False

    def rank(span: Span) -> tuple[int, int, int]:
        agreeing = sum(gap(span, other) == 0 for other in spans)
        return (-agreeing, (span.last - span.first).days, -span.first.toordinal())

    return min(spans, key=rank), disputed


def _sum(
    accounts: Sequence[Account], field: str, when: Span | None
) -> tuple[Money | None, bool, bool]:
    """The sum, whether it is disputed, whether its currency is."""
    trusted = [a for a in accounts if field not in a.doubt]
    sums: list[Money] = [m for a in trusted if (m := getattr(a, field)) is not None]
    if not sums:
        return None, False, False
    currency = _currency(sums)
    own = _finest([m for m in sums if m.currency == currency])
    others = [m for m in sums if m.currency != currency]
    same_figure = any(m.stated is not None and m.stated in {o.stated for o in own} for m in others)
    unlike = any(all(agree(o, m, when) is False for o in own) for m in others)
    if len(own) == 1:
        return own[0], unlike, same_figure
    return _hull(own[0], [m for m in sums if m.currency == currency]), True, same_figure


def _hull(best: Money, sums: Sequence[Money]) -> Money:
    """The bounds that span sums which differ, with the printed figure of the best."""
    lows, highs = [m.min for m in sums], [m.max for m in sums]
    return replace(
        best,
        min=None if None in lows else min(x for x in lows if x is not None),
        max=None if None in highs else max(x for x in highs if x is not None),
        qualifier="range",
    )


def _currency(sums: Sequence[Money]) -> str:
    def rank(currency: str) -> tuple[int, int, int]:
        used = [m for m in sums if m.currency == currency]
        digits = min((_digits(m.stated) for m in used if m.stated is not None), default=99)
        return (-len(used), digits, sums.index(used[0]))

    return min((m.currency for m in sums), key=rank)


def _digits(figure: float) -> int:
    """Significant digits of a figure, trailing noughts not counted."""
    text = f"{figure:.6f}".rstrip("0").rstrip(".").replace(".", "").strip("0")
    return len(text)


def _finest(sums: Sequence[Money]) -> list[Money]:
    """The sums that differ for good, the one most accounts give first; the coarser of two that
    agree is left out."""
    counts = Counter((m.min, m.max, m.stated) for m in sums)
    kept: list[Money] = []
    for m in sorted(sums, key=_fineness):
        for i, other in enumerate(kept):
            if m.stated is not None and m.stated == other.stated:
                if other.qualifier in ("exact", "about") and m.qualifier not in ("exact", "about"):
                    counts[(m.min, m.max, m.stated)] += counts[_bounds(other)]
                    kept[i] = m
                break
            if _rounds_to(other, m):
                counts[_bounds(other)] += 1
                break
        else:
            kept.append(m)
    return sorted(kept, key=lambda m: -counts[_bounds(m)])


def _bounds(m: Money) -> tuple[float | None, float | None, float | None]:
    return (m.min, m.max, m.stated)


def _fineness(m: Money) -> tuple[bool, int]:
    """Closed bounds before open ones, more digits before fewer."""
    open_ = m.min is None or m.max is None
    return (m.min != m.max, -_digits(m.stated or 0)) if not open_ else (True, 0)


def _rounds_to(fine: Money, coarse: Money) -> bool:
    """Whether the coarser of two sums says no more than the finer does."""
    if fine.stated is None or coarse.stated is None:
        return (coarse.min is None or (fine.min or 0) >= coarse.min) and (
            coarse.max is None or (fine.max is not None and fine.max <= coarse.max)
        )
    step = 10 ** (len(str(int(coarse.stated))) - max(_digits(coarse.stated), 2))
    if abs(fine.stated - coarse.stated) <= step / 2:
        return True
    above = coarse.qualifier == "at_least" and 0 <= fine.stated - coarse.stated < step
    below = coarse.qualifier == "at_most" and 0 <= coarse.stated - fine.stated < step
    return above or below


def _members(
    accounts: Sequence[Account], whole: Money | None
) -> tuple[tuple[Member, ...], bool, bool]:
    trusted = [a for a in accounts if "members" not in a.doubt]
    lists = [a.members for a in trusted if a.members and not a.inside]
    members_disputed = any("members" in a.doubt | a.conflicts for a in accounts)
    leads = [a.leads for a in trusted if a.leads and "lead" not in a.doubt]
    lead_disputed = any(a - b and b - a for a in leads for b in leads)
    by_investor: dict[str, list[tuple[Account, Ticket]]] = {}
    for account in trusted:
        for ticket in account.tickets:
            by_investor.setdefault(ticket.investor, []).append((account, ticket))
    everyone = len(by_investor)
    members = []
    for investor, named in sorted(by_investor.items()):
        reports = sorted({t.report or a.report for a, t in named})
        cheques = [t.amount for a, t in named if t.amount and "amount" not in a.doubt]
        believed = [c for c in cheques if everyone == 1 or not _all_of_it(c, whole)]
        believed = [c for c in believed if c.currency == believed[0].currency]
        members.append(
            Member(
                investor=investor,
                lead=any(t.lead for a, t in named if "lead" not in a.doubt),
                amount=_cheque(believed),
                via=next((t.via for _, t in named if t.via), ""),
                reports=tuple(reports),
                disputed=members_disputed and any(investor not in others for others in lists),
            )
        )
    return tuple(members), members_disputed, lead_disputed


def _cheque(believed: Sequence[Money]) -> Money | None:
    own = _finest(believed)
    return _hull(own[0], believed) if len(own) > 1 else next(iter(own), None)


def _all_of_it(cheque: Money, whole: Money | None) -> bool:
    """A round's amount is not an investor's cheque: one that takes all of it is set aside."""
    same = whole is not None and whole.currency == cheque.currency and whole.stated is not None
    return same and cheque.stated is not None and cheque.stated >= (whole.stated or 0)  # type: ignore[union-attr]
