"""Why a round says what it says: each account's word beside the value that won."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from whofunds.accounts import Account
from whofunds.catalog import Column
from whofunds.decisions import Body
from whofunds.money import Money
from whofunds.policy import Round, conclude
from whofunds.projecting import Projector
from whofunds.projection import company_rounds
from whofunds.resolve import agree, gap, same_stage
from whofunds.stores.base import Store


@dataclass(frozen=True)
class Word:
    """What one account says in one field, and what became of it.

    `outcome`: gives it · agrees · within the bounds (that span a dispute) · differs · set aside,
    with the reason. `rule` is the number of the policy's rule (`policy.py`).
    """

    field: str
    value: str | list[str]
    disputed: bool
    account: str
    says: str | list[str]
    outcome: str
    rule: int
    reports: list[str]


COLUMNS = (
    Column("field", "field of the round"),
    Column("value", "the round's value"),
    Column("disputed", "whether the accounts differ in it"),
    Column("account", "the account's key"),
    Column("says", "what the account says"),
    Column("outcome", "what became of that"),
    Column("rule", "rule of the policy by which"),
    Column("reports", "address of the report"),
)


def why(store: Store, company: str, round_: str) -> Iterator[Word]:
    """The words on a round of a company, by their ids; first by what some ids in it are one."""
    unit, projector = f"startup:{company}", Projector(store)
    records = projector.records([unit])[unit]
    decisions = [r.fields for r in records if r.kind == "decision"]
    groups = company_rounds(company, records)
    found = next(conclude(g) for g in groups if g[0].key == round_)
    for field, units in (
        ("company", [unit]),
        ("members", [f"investor:{m.investor}" for m in found.members]),
    ):
        for kept, body in projector.merged(units):
            says = f"{body['a']} and {body['b']} are one"
            yield Word(field, kept.partition(":")[2], False, "", says, _decided(body), 0, [])
    yield from words(found, decisions)


def _decided(body: Body) -> str:
    return f"decided by {body['by'] or 'somebody'}: {body['why'] or 'no reason given'}"


def words(found: Round, decisions: Iterable[Body] = ()) -> Iterator[Word]:
    """Field by field, the accounts that say something of it, by key; first what was decided."""
    keys = {a.key for a in found.accounts}
    for body in decisions:
        if body["type"] in ("join", "split") and {body["a"], body["b"]} & keys:
            says = ("one round with " if body["type"] == "join" else "apart from ") + body["b"]
            yield Word("accounts", found.key, False, body["a"], says, _decided(body), 0, [])

    def each(
        field: str,
        rule: int,
        value: str | list[str],
        says: Callable[[Account], str | list[str]],
        compare: Callable[[Account], bool | None],
    ) -> Iterator[Word]:
        for account in found.accounts:
            said = says(account)
            if not said:
                continue
            if by_whom := account.corrected.get({"date": "announced"}.get(field, field)):
                outcome, by = f"corrected by {by_whom}", 0
            elif field in account.doubt:
                outcome, by = "set aside: known to be wrong", 1
            elif account.inside in keys and field in ("amount", "valuation", "date"):
                outcome, by = f"set aside: a part of {account.inside}", 1
            elif said == value:
                outcome, by = "gives it", rule
            else:
                spanned = field in found.disputed and field in ("amount", "valuation")
                agreed = "within the bounds" if spanned else "agrees"
                outcome, by = "differs" if compare(account) is False else agreed, rule
            disputed = field in found.disputed
            yield Word(field, value, disputed, account.key, said, outcome, by, [account.report])

    def sums(name: str) -> Callable[[Account], bool | None]:
        mine: Money | None = getattr(found, name)

        def compare(account: Account) -> bool | None:
            other: Money | None = getattr(account, name)
            return agree(mine, other, found.announced) if mine and other else None

        return compare

    yield from each("amount", 2, printed(found.amount), lambda a: printed(a.amount), sums("amount"))
    yield from each(
        "date",
        4,
        str(found.announced or ""),
        lambda a: str(a.announced or ""),
        lambda a: gap(a.announced, found.announced) == 0,
    )
    ours = next((a.stage for a in found.accounts if a.stage.text == found.stage), None)
    yield from each(
        "stage",
        5,
        found.stage,
        lambda a: a.stage.text,
        lambda a: ours is None or same_stage(ours, a.stage) in ("equal", "unknown"),
    )
    yield from each(
        "valuation",
        2,
        printed(found.valuation),
        lambda a: printed(a.valuation),
        sums("valuation"),
    )
    members = [m.investor for m in found.members]
    leads = [m.investor for m in found.members if m.lead]
    yield from each(
        "members",
        6,
        sorted(members),
        lambda a: sorted(a.members),
        lambda a: a.members <= {*members},
    )
    yield from each(
        "lead", 6, sorted(leads), lambda a: sorted(a.leads), lambda a: a.leads <= {*leads}
    )


def printed(sum_: Money | None) -> str:
    """Bounds as a reader writes them: "over 1,000,000,000 USD"."""
    if sum_ is None:
        return ""
    low, high = sum_.min, sum_.max
    if low == high and low is not None:
        text = f"{low:,}"
    elif high is None:
        text = f"at least {low:,}" if low is not None else "undisclosed"
    elif low is None:
        text = f"at most {high:,}"
    else:
        text = f"{low:,} to {high:,}"
    about = "about " if sum_.qualifier == "about" else ""
    return f"{about}{text} {sum_.currency or '(no currency stated)'}"
