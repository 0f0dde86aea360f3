"""One report's account of a round, as resolution compares it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from whofunds.dates import Span
from whofunds.decisions import corrected as correction
from whofunds.decisions import corrections
from whofunds.model import StoredRecord
from whofunds.money import Money

Body = dict[str, Any]


@dataclass(frozen=True)
class Ticket:
    """A participant as one account names it."""

    investor: str
    lead: bool
    amount: Money | None
    via: str
    report: str


@dataclass(frozen=True)
class Stage:
    """A stage word: `family` (seed, a, b, ..., pre-ipo; else empty), `step` (pre, +, 1, ext).

    Angel money and seed money are one family: Chinese reports call the first round 天使轮.
    """

    text: str
    family: str
    step: str

    @property
    def sure(self) -> bool:
        """Whether the word places the round in a sequence; "strategic" does not."""
        return bool(self.family)


@dataclass(frozen=True)
class Account:
    """`key` is `source:id`, `event` the source's own id of the financing.

    `sphere` keeps apart what never meets in one round.
    """

    key: str
    report: str
    announced: Span | None
    stage: Stage
    amount: Money | None
    valuation: Money | None
    valuation_basis: str
    status: str
    instrument: str
    listing: str
    event: str
    inside: str
    doubt: frozenset[str]
    conflicts: frozenset[str]
    note: str
    tickets: tuple[Ticket, ...]
    corrected: dict[str, str] = field(default_factory=dict, hash=False)
    """Field of the record -> by whom it was corrected, and why."""

    @property
    def source(self) -> str:
        """The source of its record."""
        return self.key.partition(":")[0]

    @cached_property
    def sphere(self) -> str:
        """Talks, plans, listings and each form of paper are worlds of their own."""
        if self.status != "closed":
            return f"not closed, {self.listing if self.listing == 'ipo' else 'private'}"
        if self.listing == "ipo":
            return "ipo"
        return "money" if self.instrument in ("equity", "mixed", "in-kind") else self.instrument

    @cached_property
    def when(self) -> Span | None:
        """The date, unless it is doubted or known to contradict the other accounts'."""
        return None if "date" in self.doubt | self.conflicts else self.announced

    @cached_property
    def place(self) -> Stage:
        """The stage, unless it is doubted."""
        return Stage("", "", "") if "stage" in self.doubt else self.stage

    @cached_property
    def members(self) -> frozenset[str]:
        """The investors that the account names."""
        return frozenset(t.investor for t in self.tickets)

    @cached_property
    def leads(self) -> frozenset[str]:
        """The investors that the account says led."""
        return frozenset(t.investor for t in self.tickets if t.lead)


def account(record: StoredRecord, decisions: Iterable[Body] = ()) -> Account:
    """The account in a stored round record, as `decisions` correct it."""
    key = account_key(record)
    body, corrected = dict(record.fields), {}
    for name, decision in corrections(decisions, "round", key).items():
        body[name] = correction(decision)
        corrected[name] = f"{decision['by'] or 'somebody'}: {decision['why'] or 'no reason given'}"
    inside = f"{record.source}:{body['inside']}" if body["inside"] else ""
    return Account(
        key=key,
        report=body["report"],
        announced=span(body["announced"]),
        stage=stage(body["stage"]),
        amount=money(body["amount"]),
        valuation=money(body["valuation"]),
        valuation_basis=body["valuation_basis"],
        status=body["status"],
        instrument=body["instrument"],
        listing=body["listing"],
        event=body["event"],
        inside=inside,
        doubt=frozenset(body["doubt"]),
        conflicts=frozenset(body["conflicts"]),
        note=body["note"],
        tickets=tuple(_tickets(body["participants"])),
        corrected=corrected,
    )


def account_key(record: StoredRecord) -> str:
    """The key of the account in a round record: `source:id`."""
    return f"{record.source}:{record.key.split(':', 2)[2]}"


def _tickets(participants: Iterable[Body]) -> Iterator[Ticket]:
    """A ticket an investor: two ids in one account may be one entity by decision."""
    by_investor: dict[str, list[Body]] = {}
    for body in participants:
        by_investor.setdefault(body["investor"], []).append(body)
    for investor, bodies in by_investor.items():
        amounts = [a for b in bodies if (a := money(b["amount"]))]
        yield Ticket(
            investor,
            any(b["lead"] for b in bodies),
            amounts[0] if len(amounts) == 1 else None,
            next((b["via"] for b in bodies if b["via"]), ""),
            next((b["report"] for b in bodies if b["report"]), ""),
        )


def money(body: Body | None) -> Money | None:
    """A sum from its JSON form; None where nothing was disclosed."""
    if not body or body["qualifier"] == "undisclosed":
        return None
    return Money(**body)


def span(body: Body | None) -> Span | None:
    """A span of days from its JSON form."""
    if not body:
        return None
    first, last = date.fromisoformat(body["first"]), date.fromisoformat(body["last"])
    return Span(first, last, body["precision"])


_LETTER = re.compile(r"(pre)?[- ]?([a-l])[- ]?(\d+|\++|ext(?:ension)?)?")
_FIRST = re.compile(
    r"(pre|pré|プレ)?[- ]?(?:angel|seed|天使|种子|amorçage|semilla|シード)"
    r"[- ]?(\d+|\++|ext(?:ension)?)?"
)
_AROUND = re.compile(
    r"^(?:series|série|serie) |^シリーズ| (?:round|stage|financing)$|(?:轮|阶段|融资|投资)+$"
)


def stage(text: str) -> Stage:
    """Read a stage word, English or Chinese; one that places no round in a sequence isn't sure."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    while (shorter := _AROUND.sub("", word).strip(" -")) != word:
        word = shorter
    if found := _FIRST.fullmatch(word):
        return Stage(text, "seed", _step(found[1] and "pre", found[2]))
    if found := _LETTER.fullmatch(word):
        return Stage(text, found[2], _step(found[1], found[3]))
    return Stage(text, "pre-ipo" if word in ("pre-ipo", "pre ipo") else "", "")


def _step(before: str | None, after: str | None) -> str:
    return (before or "") + ("ext" if after == "extension" else after or "")
