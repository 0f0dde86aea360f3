"""A map proposed for a table: its columns, how their cells were read, and what must be asked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from whofunds.errors import UsageError
from whofunds.hints import currency_of
from whofunds.mapping import columns
from whofunds.mapping.asking import Question
from whofunds.mapping.columns import Guess
from whofunds.mapping.looks import Look
from whofunds.mapping.maps import ASKED, OPEN, ROWS, Map
from whofunds.mapping.vocabulary import ROLES

FIRST, EVERY, LAST = 1_000, 50, 50_000
"""The sample: the first rows, then every 50th as far as the 50,000th."""


@dataclass
class Proposal:
    """A map with what stands behind it; nothing doubtful in it is decided.

    `doubts` are worth a look and stop nothing, `questions` stop the load.
    """

    file: str
    map: Map
    guesses: list[Guess]
    sampled: int
    questions: list[Question] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def sample(rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    """The rows that are looked at."""
    iterator = iter(rows)
    yield from islice(iterator, FIRST)
    yield from islice(iterator, 0, LAST - FIRST, EVERY)


def propose(
    rows: Iterable[Mapping[str, str]],
    file: str,
    source: str = "",
    answers: Mapping[str, str] | None = None,
    **how: str,
) -> Proposal:
    """Propose a map of a table.

    `answers` settle what would be asked: `order`, `currency`, `unit`, `decimal`, `zero`,
    `separator`, or a role with the header of its column. `how` (sheet, encoding, delimiter) is
    kept in the map. Raises UsageError for an answer that has no place.
    """
    taken = [row for row in sample(rows) if not getattr(row, "fault", "")]
    headers = list(dict.fromkeys(h for row in taken for h in row))
    cells = {h: [str(row.get(h, "")) for row in taken] for h in headers}
    given = dict(answers or {})
    roles = set(ROLES)
    if (currency := given.get("currency", "")) and currency not in headers:
        roles.remove("currency")
        try:
            currency_of(currency)
        except ValueError as error:
            raise UsageError(f"currency={currency}: no column is called so; {error}") from None
    said = {role: given.pop(role) for role in ROLES if role in roles and role in given}
    options = sorted(set(ASKED) - {"is"})
    if unknown := set(given) - set(options):
        words = ", ".join((*options, "or what a column is"))
        raise UsageError(f"{min(unknown)!r} answers nothing; use {words}, as company=HEADER")
    guesses = columns.guesses(headers, cells, len(taken), said)
    name = re.sub(r"[^\w.]+", "-", source or Path(file).stem).strip("-").lower()
    map_ = Map(name or "table", columns=[g.column for g in guesses], **how)
    look = Look(map_, guesses, cells, given)
    look.all()
    for answer in sorted(set(given) - look.used):
        look.doubts.append(f"--set {answer}={given[answer]} answers nothing that is asked")
    return Proposal(file, map_, guesses, len(taken), look.questions, look.doubts)


def as_dict(found: Proposal) -> dict[str, Any]:
    """The proposal as plain values, for JSON."""
    return {
        "file": found.file,
        "source": found.map.source,
        "rows": found.map.rows,
        "rows_meaning": ROWS[found.map.rows],
        "sampled": found.sampled,
        "columns": [
            {
                "header": g.column.header,
                "is": g.role,
                "open": OPEN in (g.column.role, *g.column.options().values()),
                "sure": g.sure,
                "why": g.why,
                **g.column.options(),
                "filled": len(g.values.texts),
                "read": g.read,
                "failed": len(g.failed),
                "examples": [{"text": t, "as_read": r} for t, r in g.examples],
            }
            for g in found.guesses
        ],
        "questions": [
            {"columns": q.columns, "text": q.text, "answers": q.answers, "examples": q.examples}
            for q in found.questions
        ],
        "doubts": found.doubts,
    }
