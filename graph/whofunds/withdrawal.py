"""What falls apart where a kind of capital is taken away: participations in, an answer out."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from whofunds.analysis import END
from whofunds.answers import Answer
from whofunds.catalog import Column
from whofunds.errors import UsageError
from whofunds.participations import Part, Participations, pieces, reports, rounds, two_mode
from whofunds.schema import KINDS
from whofunds.views.words import count

if TYPE_CHECKING:
    from whofunds.projecting import Tell

_OUTCOMES = (
    "no named investor left",
    "cut off from the largest part",
    "apart already",
    "holds",
)


def without(found: Participations, kind: str, tell: "Tell | None" = None) -> Answer:
    """What falls apart without a kind of capital: companies that it alone held, or held together.

    Every taking part of an investor that was of this kind then is taken away, whatever else it was.
    What is left is compared with what was: rounds without any named investor, and the connected
    parts of the network of investors and companies. Removing nodes to see what holds a network
    together: Albert, Jeong & Barabási, Error and attack tolerance of complex networks, Nature 406
    (2000). `kind` is one of KINDS. No sum of money goes with it.
    """
    left = [part for part in found.parts if kind not in part.kinds]
    gone = [part for part in found.parts if kind in part.kinds]
    before, after = (_Pieces(parts) for parts in (found.parts, left))
    if tell:
        tell("links", len(found.parts), len(found.parts))
    by_company, stays = found.of_companies(), Participations(left).of_companies()
    values = [
        (*row, reports(p for p in by_company[row[0]] if kind in p.kinds))
        for row in _losses(found, by_company, stays, before, after)
    ]
    empty = [row for row in values if row[2] == _OUTCOMES[0]]
    cut = sum(row[2] == _OUTCOMES[1] for row in values)
    alone = sum(row[3] - row[4] for row in values)
    everyone = len({p.investor for p in gone})
    said = (
        f"{found.coverage()} Without {kind}: {count(everyone, 'investor')} with {len(gone):,} of "
        f"{count(len(found.parts), 'participation')} taken away; {count(alone, 'round')} left "
        f"without a named investor; {count(len(empty), 'company', 'companies')} left without any, "
        f"{cut:,} more cut off from the largest connected part, which goes from {before.largest:,} "
        f"to {after.largest:,} investors and companies; connected parts: {before.count:,} before, "
        f"{after.count:,} after."
    )
    values = [(*row[:-1], said, row[-1]) for row in values]
    columns = (
        Column("company", "company", table="never"),
        Column("company_name", "its name"),
        Column("outcome", "; ".join(_OUTCOMES)),
        Column("rounds", "closed rounds with a named investor", "rounds"),
        Column("rounds_left", "of these, with a named investor left", "rounds"),
        Column("investors", "named investors", "investors"),
        Column("investors_left", "of these, in a round without the kind", "investors"),
        Column("taken_away", "the investors that are not left, by name"),
        Column("part", "investors and companies still connected with it, itself included"),
        *END,
    )
    title = f"What falls apart without {kind}"
    return Answer(title, columns, values, "", note=said)


class _Pieces:
    """The connected parts of the network of some parts."""

    def __init__(self, parts: Iterable[Part]) -> None:
        found = list(pieces(two_mode(parts)))
        self.count, self.largest = len(found), len(found[0]) if found else 0
        self.size = {node: len(piece) for piece in found for node in piece}
        self.main = {id_ for what, id_ in (found[0] if found else ()) if what == "company"}


def _losses(
    found: Participations,
    by_company: dict[str, list[Part]],
    stays: dict[str, list[Part]],
    before: _Pieces,
    after: _Pieces,
) -> Iterator[tuple[Any, ...]]:
    """The rows of companies that lose a participation or their place, the worst first."""
    rows = []
    for company, parts in by_company.items():
        rest = stays.get(company, [])
        if not rest:
            outcome = 0
        elif company not in before.main:
            outcome = 2
        else:
            outcome = 3 if company in after.main else 1
        if len(rest) == len(parts) and outcome != 1:
            continue
        whole, there = ({p.investor for p in some} for some in (parts, rest))
        away = [found.investors[i] for i in sorted(whole - there)]
        counts = (rounds(parts), rounds(rest), len(whole), len(there))
        size = after.size.get(("company", company), 1)
        name = found.companies[company]
        rows.append((outcome, (company, name, _OUTCOMES[outcome], *counts, away, size)))
    rows.sort(key=lambda row: (row[0], row[1][4] - row[1][3], row[1][6] - row[1][5], row[1][0]))
    return (row for _, row in rows)


def kind_of(word: str) -> str:
    """The kind of capital that a word means: its id or its name."""
    for kind, name in KINDS.items():
        if word.strip().lower() in (kind, name.lower()):
            return kind
    raise UsageError(f"no kind of capital is called {word!r}; use {', '.join(KINDS)}")
