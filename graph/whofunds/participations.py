"""Who took part in which closed round with money to the company, as a table and networks. Pure.

A row of facts has company, company_name, stated, round, money, certain, counts, investor,
investor_name, kinds, disputed, reports (`queries/export/participations.cypher` says what they
hold). A null investor is a round that names none, a null round a company without any.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from whofunds.schema import KINDS
from whofunds.views.words import count

if TYPE_CHECKING:
    import networkx as nx

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """An investor's taking part in a closed round; `kinds` are its kinds of capital by then."""

    company: str
    round: str
    investor: str
    kinds: tuple[str, ...]
    disputed: bool
    reports: tuple[str, ...]


@dataclass
class Participations:
    """All parts by company, round and investor, and how much of what was there they are."""

    parts: list[Part] = field(default_factory=list)
    companies: dict[str, str] = field(default_factory=dict)
    investors: dict[str, str] = field(default_factory=dict)
    unnamed: int = 0
    """Rounds that name no investor."""
    apart: int = 0
    """Closed deals that brought the company no money: secondary, acquisition, licence and so on."""
    as_of: str = ""
    """The day by which all of this had certainly happened; empty where none was asked for."""
    possible: int = 0
    """Rounds left out: they may have closed only after that day."""
    held: int = 0
    stated: int = 0
    """At companies whose rounds a report counts: the rounds held of these, and their number."""

    def of_investors(self) -> dict[str, list[Part]]:
        """The parts of each investor."""
        return _grouped((part.investor, part) for part in self.parts)

    def of_companies(self) -> dict[str, list[Part]]:
        """The parts in rounds of each company that has any."""
        return _grouped((part.company, part) for part in self.parts)

    def of_rounds(self) -> dict[str, list[Part]]:
        """The parts in each round that names an investor."""
        return _grouped((part.round, part) for part in self.parts)

    def kinds(self) -> dict[str, frozenset[str]]:
        """The kinds of capital of each investor, at any of its rounds; empty where unknown."""
        return {
            investor: frozenset(k for p in parts for k in p.kinds if k != UNKNOWN)
            for investor, parts in self.of_investors().items()
        }

    def coverage(self) -> str:
        """What all of this rests on, as every answer says it."""
        companies = len({p.company for p in self.parts})
        by = f", by {self.as_of}" if self.as_of else ""
        said = (
            f"In our data, at least{by}: {count(len(self.of_rounds()), 'closed round')} with money "
            f"to the company and a named investor ({self.unnamed:,} more without one), "
            f"{count(len(self.investors), 'investor')}, {count(companies, 'company', 'companies')}"
        )
        if self.stated:
            said += f"; {count(self.held, 'round')} held where reports count {self.stated:,}"
        if self.apart:
            said += f"; {count(self.apart, 'closed deal')} without such money left out"
        if self.possible:
            said += f"; {count(self.possible, 'round')} left out that may have closed only later"
        return f"{said}."


def participations(rows: Iterable[Mapping[str, Any]], as_of: str = "") -> Participations:
    """The rows of facts, sorted by company, round and investor; asked for as of a day (ISO)."""
    found = Participations(as_of=as_of)
    parts: list[Part] = []
    counted: dict[str, tuple[int, set[str]]] = {}
    apart: set[str] = set()
    possible: set[str] = set()
    for row in rows:
        company, round_, investor = row["company"], row["round"], row["investor"]
        if row["stated"]:
            rounds = counted.setdefault(company, (row["stated"], set()))[1]
            if row["counts"] and row["certain"]:
                rounds.add(round_)
        if round_ is None:
            continue
        if not (row["money"] and row["certain"]):
            (possible if row["money"] else apart).add(round_)
            continue
        found.companies[company] = row["company_name"]
        if investor is None:
            found.unnamed += 1
            continue
        found.investors[investor] = row["investor_name"]
        kinds = tuple(k for k in KINDS if k in row["kinds"]) or (UNKNOWN,)
        reports = tuple(row["reports"])
        parts.append(Part(company, round_, investor, kinds, row["disputed"], reports))
    found.parts = sorted(parts, key=lambda p: (p.company, p.round, p.investor))
    found.apart, found.possible = len(apart), len(possible)
    found.stated = sum(stated for stated, _ in counted.values())
    # More may be held than a report counts: then all that it counts is held.
    found.held = sum(min(stated, len(rounds)) for stated, rounds in counted.values())
    return found


def co_investors(found: Participations) -> "nx.Graph[str]":
    """The investors; two are linked where they took part in one closed round, `rounds` times.

    The network of syndication: Hochberg, Ljungqvist & Lu, Whom you know matters, Journal of
    Finance 62 (2007). Investors are as reports name them: arms of one group stay apart.
    """
    import networkx as nx

    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(sorted(found.investors))
    for parts in found.of_rounds().values():
        for a, b in combinations(dict.fromkeys(p.investor for p in parts), 2):
            rounds = network.edges[a, b]["rounds"] + 1 if network.has_edge(a, b) else 1
            network.add_edge(a, b, rounds=rounds)
    return network


def two_mode(parts: Iterable[Part]) -> "nx.Graph[tuple[str, str]]":
    """Investors and companies, linked by closed rounds: `("investor", id)`, `("company", id)`."""
    import networkx as nx

    network: nx.Graph[tuple[str, str]] = nx.Graph()
    network.add_edges_from((("company", p.company), ("investor", p.investor)) for p in parts)
    return network


def reports(parts: Iterable[Part]) -> list[str]:
    """The addresses of the reports on some parts."""
    return sorted({url for part in parts for url in part.reports})


def rounds(parts: Iterable[Part]) -> int:
    """In how many rounds some parts are."""
    return len({part.round for part in parts})


def _grouped(pairs: Iterable[tuple[str, Part]]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for key, part in pairs:
        found.setdefault(key, []).append(part)
    return found


def kinds_in_words(kinds: Iterable[str]) -> list[str]:
    """Kinds in the order in which they are listed everywhere; unknown where there is none."""
    some = set(kinds)
    return [kind for kind in KINDS if kind in some] or [UNKNOWN]


def pieces(network: "nx.Graph[tuple[str, str]]") -> Iterator[set[tuple[str, str]]]:
    """The connected parts of a network, the largest first.

    Hopcroft & Tarjan, Algorithm 447, Communications of the ACM 16 (1973).
    """
    import networkx as nx

    yield from sorted(nx.connected_components(network), key=lambda piece: (-len(piece), min(piece)))
