"""What the network of investors and companies says of them: participations in, answers out.

Only closed rounds with money to the company are in it: equity, debt, mixed, grants, at a listing
too; a secondary sale, an acquisition or a licence funds nobody. Every answer says what it rests on
(`coverage`), names the reports, and is the same on every run: what is drawn at random is drawn with
one seed.
"""

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from whofunds.answers import Answer
from whofunds.catalog import Column
from whofunds.participations import (
    Part,
    Participations,
    co_investors,
    kinds_in_words,
    reports,
    rounds,
    two_mode,
)
from whofunds.schema import KINDS
from whofunds.views.words import count

if TYPE_CHECKING:
    import networkx as nx

    from whofunds.projecting import Tell

SEED = 20_000_000
VISITS = 10_000_000
"""Nodes and links that shortest paths may visit, some ten seconds of work."""
LEAST_PIVOTS = 100

INVESTOR = (
    Column("investor", "investor", table="never"),
    Column("investor_name", "its name"),
    Column("kinds", "its kinds of capital at its rounds' dates"),
)
END = (
    Column("coverage", "what the answer rests on, and by which method", table="never"),
    Column("reports", "addresses of the reports"),
)


def bridges(found: Participations, tell: "Tell | None" = None, *, visits: int = VISITS) -> Answer:
    """Investors that bridge kinds of capital: betweenness between investors of different kinds.

    For each pair of investors without a kind in common (both known), the share of the shortest
    paths through shared rounds on which a third lies. Betweenness: Freeman (1977); computed after
    Brandes, A faster algorithm for betweenness centrality (2001), with sources and targets as in
    On variants of shortest-path betweenness centrality (2008); between groups: Flom et al., A new
    measure of linkage between two sub-networks, Connections 26 (2004). Past `visits` the paths of
    a sample of investors are taken: Brandes & Pich, Centrality estimation in large networks (2007).
    """
    network, kinds = co_investors(found), found.kinds()
    ends = [investor for investor in network if kinds[investor]]
    of_kinds: dict[frozenset[str], list[str]] = {}
    for investor in ends:
        of_kinds.setdefault(kinds[investor], []).append(investor)
    pairs = sum(
        len(ours) * len(theirs)
        for some, ours in of_kinds.items()
        for others, theirs in of_kinds.items()
        if not some & others
    )
    a_pivot = max(network.number_of_nodes() + 2 * network.number_of_edges(), 1)
    most = max(LEAST_PIVOTS, visits // a_pivot)
    pivots = set(random.Random(SEED).sample(ends, most) if len(ends) > most else ends)
    between = _between(network, of_kinds, pivots, max(1, VISITS // 20 // a_pivot), tell)
    scale = len(ends) / max(len(pivots), 1)
    method = (
        f"Betweenness is estimated from the paths of {len(pivots):,} of {len(ends):,} investors "
        "of known kind."
        if len(pivots) < len(ends)
        else f"Betweenness is exact: all paths of {count(len(ends), 'investor')} of known kind."
    )
    said = f"{found.coverage()} {method}"
    parts = found.of_investors()
    values: list[tuple[Any, ...]] = []
    for investor, score in between.items():
        if (ways := round(score * scale, 2)) > 0:
            ours = parts[investor]
            others = {k for j in network[investor] for k in kinds[j]} - kinds[investor]
            values.append(
                (
                    investor,
                    found.investors[investor],
                    kinds_in_words(kinds[investor]),
                    ways,
                    round(2 * score * scale / pairs, 4),
                    network.degree(investor),
                    [k for k in KINDS if k in others],
                    rounds(ours),
                    rounds(p for p in ours if p.disputed),
                    said,
                    reports(ours),
                )
            )
    values.sort(key=lambda row: (-row[3], row[0]))
    columns = (
        *INVESTOR,
        Column("between", "pairs of investors of different kinds that it lies between", "pairs"),
        Column("share", "of all such pairs"),
        Column("partners", "investors in the same closed rounds", "investors"),
        Column("other_kinds", "kinds of capital of these that it is none of"),
        Column("rounds", "closed rounds that it took part in", "rounds"),
        Column("disputed", "of these, where its part is disputed", "rounds", "filled"),
        *END,
    )
    return Answer("Investors that bridge kinds of capital", columns, values, "", note=said)


def _between(
    network: "nx.Graph[str]",
    of_kinds: dict[frozenset[str], list[str]],
    pivots: set[str],
    batch: int,
    tell: "Tell | None",
) -> dict[str, float]:
    """For each investor the pairs that it lies between, where one of the pair is a pivot."""
    import networkx as nx

    total, done = dict.fromkeys(network, 0.0), 0
    for some, ours in of_kinds.items():
        sources = [investor for investor in ours if investor in pivots]
        targets = [j for others, theirs in of_kinds.items() if not some & others for j in theirs]
        for start in range(0, len(sources), batch):
            those = sources[start : start + batch]
            if targets:
                scores = nx.betweenness_centrality_subset(network, those, targets)
                for investor, score in scores.items():
                    total[investor] += score
            done += len(those)
            if tell:
                tell("shortest paths", done, len(pivots))
    return total


def syndicates(found: Participations, tell: "Tell | None" = None) -> Answer:
    """Syndicates: communities of investors that take part in the same closed rounds.

    Louvain: Blondel et al., Fast unfolding of communities in large networks, J. Stat. Mech. P10008
    (2008); links weigh as many rounds as are shared. A community that is not connected, which
    Louvain allows, is taken apart: Traag et al., From Louvain to Leiden, Sci. Rep. 9 (2019).
    """
    import networkx as nx

    network: nx.Graph[Any] = co_investors(found)
    # Numbers, as the order of a set of texts differs from run to run.
    names = list(network)
    numbered: nx.Graph[Any] = nx.convert_node_labels_to_integers(network)
    communities: list[set[int]] = []
    if network.number_of_edges():
        levels = nx.community.louvain_partitions(numbered, weight="rounds", seed=SEED)
        for level, found_so_far in enumerate(levels, 1):
            communities = found_so_far
            if tell:
                tell("communities, levels", level, None)
    whole = [
        set(piece)
        for community in communities
        for piece in nx.connected_components(numbered.subgraph(community))
    ]
    said = found.coverage()
    if whole:
        modularity = nx.community.modularity(numbered, whole, weight="rounds")
        said += f" Modularity {modularity:.2f}, where 0 is chance."
    together = [sorted(names[i] for i in members) for members in whole if len(members) > 1]
    home = {name: number for number, members in enumerate(together) for name in members}
    shared: list[list[Part]] = [[] for _ in together]
    for parts in found.of_rounds().values():
        counts = Counter(home[p.investor] for p in parts if p.investor in home)
        for part in parts:
            if counts.get(home.get(part.investor, -1), 0) > 1:
                shared[home[part.investor]].append(part)
    kinds = found.kinds()
    values: list[tuple[Any, ...]] = []
    for members, parts in zip(together, shared, strict=True):
        inside = network.subgraph(members)
        members.sort(key=lambda name: (-inside.degree(name, weight="rounds"), name))
        inner = inside.size(weight="rounds")
        ends = sum(network.degree(name, weight="rounds") for name in members)
        values.append(
            (
                members,
                [found.investors[name] for name in members],
                len(members),
                rounds(parts),
                list(dict.fromkeys(found.companies[p.company] for p in parts)),
                kinds_in_words({k for name in members for k in kinds[name]}),
                round(2 * inner / ends, 2),
                said,
                reports(parts),
            )
        )
    values.sort(key=lambda row: (-row[3], -row[2], min(row[0])))
    columns = (
        Column("syndicate", "its number, the one with the most rounds first"),
        Column("investors", "its investors, who shares most with the others first", table="never"),
        Column("investor_names", "their names"),
        Column("size", "how many they are", "investors"),
        Column("rounds", "closed rounds in which two or more of them took part", "rounds"),
        Column("companies", "companies of these rounds, by name"),
        Column("kinds", "their kinds of capital"),
        Column("inside", "share of their co-investments that is with each other"),
        *END,
    )
    numbers = [(i, *row) for i, row in enumerate(values, 1)]
    return Answer("Syndicates of investors", columns, numbers, "", note=said)


def core(found: Participations, tell: "Tell | None" = None) -> Answer:
    """The core of the network of investors and companies, linked by closed rounds.

    In the k-core each has k others of it: an investor k companies, a company k investors; `core`
    is the largest such k. Of the two-mode network, as among investors alone one round of thirty
    would be a core by itself. Seidman, Network structure and minimum degree, Social Networks 5
    (1983); computed after Batagelj & Zaversnik, An O(m) algorithm for cores decomposition (2003).
    """
    import networkx as nx

    network = two_mode(found.parts)
    if tell:
        tell("links", network.number_of_edges(), network.number_of_edges())
    numbers = nx.core_number(network)
    parts = {("investor", i): p for i, p in found.of_investors().items()}
    parts |= {("company", c): p for c, p in found.of_companies().items()}
    kinds = found.kinds()
    inmost = max(numbers.values(), default=0)
    inside = Counter(what for (what, _), k in numbers.items() if k == inmost)
    said = (
        f"{found.coverage()} The inmost core, k = {inmost}, holds "
        f"{count(inside['investor'], 'investor')} and "
        f"{count(inside['company'], 'company', 'companies')}."
    )
    values: list[tuple[Any, ...]] = []
    for (what, id_), k in numbers.items():
        investor, ours = what == "investor", parts[what, id_]
        values.append(
            (
                what,
                id_,
                (found.investors if investor else found.companies)[id_],
                kinds_in_words(kinds[id_]) if investor else [],
                k,
                sum(numbers[other] >= k for other in network[what, id_]),
                network.degree((what, id_)),
                rounds(ours),
                said,
                reports(ours),
            )
        )
    values.sort(key=lambda row: (-row[4], -row[5], -row[6], row[0], row[1]))
    columns = (
        Column("what", "investor or company"),
        Column("id", "its id", table="never"),
        Column("name", "its name"),
        Column("kinds", "an investor's kinds of capital at its rounds' dates"),
        Column("core", "the largest k of whose k-core it is"),
        Column("links_in_core", "companies or investors of this core that it is linked to"),
        Column("links", "companies or investors that it is linked to"),
        Column("rounds", "closed rounds with a named investor", "rounds"),
        *END,
    )
    return Answer("Core of the network", columns, values, "", note=said)
