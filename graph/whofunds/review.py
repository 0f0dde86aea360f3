"""Pairs of entities worth a look, among any number of them. Pure.

No entity is compared with all others: those that share a key (a name, a core, a rare word,
initials ...) meet in a block, and a block that too many share tells nothing and is left out. So the
work grows with the number of entities, not with its square.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, combinations, product

from whofunds.entities import Facts
from whofunds.nameparts import Parts
from whofunds.names import words
from whofunds.owners import offers, owner, wants
from whofunds.pairs import Pair, compare

Tell = Callable[[str, int, int | None], None]

CROWD = 12
"""Entities that may share a word before it is too common to tell anything."""
NAMESAKES = 40
"""Entities that may share a whole name before each is only compared with the first."""
BAREST = 3
"""Of those that share a core, how many of the barest names each is compared with."""
NEIGHBOURS = 3
"""How far along the sorted names a slip of typing is looked for."""
LOWEST = 20
"""The score from which a pair that is none is shown, as a reader may take it for one."""


def review(facts: Facts, tell: Tell | None = None) -> list[Pair]:
    """The pairs worth a look: the undecided first, then the rest, each by score.

    Cities that nobody uses are left out.
    """
    found = []
    facts = replace(facts, entities={i: e for i, e in facts.entities.items() if e.used})
    if tell:
        tell(f"names of {facts.kind}", 0, len(facts.entities))
    candidates = sorted(_candidates(facts))
    for n, (a, b) in enumerate(candidates):
        if tell and n % 1000 == 0:
            tell(f"pairs of {facts.kind}", n, len(candidates))
        pair = compare(facts.entities[a], facts.entities[b], facts)
        if pair.verdict != "different" or pair.score >= LOWEST or pair.stated:
            found.append(pair)
    return sorted(found, key=lambda p: (not p.undecided, -p.score, p.a, p.b))


def _candidates(facts: Facts) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()

    def add(a: str, b: str) -> None:
        if a != b and a in facts.entities and b in facts.entities:
            found.add((a, b) if a < b else (b, a))

    for part in facts.parents:
        for whole in facts.above(part):
            add(part, whole)
    for ids in _blocks(facts, _whole):
        for a, b in combinations(ids, 2) if len(ids) <= NAMESAKES else product(ids[:1], ids):
            add(a, b)
    for a, b in _wholes(facts):
        add(a, b)
    for bearers in facts.bearing.values():
        if len(bearers) <= CROWD:
            for a, b in combinations(sorted(bearers), 2):
                add(a, b)
    for ids in _blocks(facts, _pieces):
        if len(ids) <= CROWD:
            for a, b in combinations(ids, 2):
                add(a, b)
    for children in facts.children.values():
        if len(children) <= CROWD:
            for a, b in combinations(sorted(children), 2):
                add(a, b)
    for a, b in (*_slips(facts), *_swapped(facts), *_owned(facts)):
        add(a, b)
    return found


def _blocks(facts: Facts, keys: Callable[[Parts], Iterable[str]]) -> Iterator[list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for id_, entity in facts.entities.items():
        for parts in facts.parts(entity):
            for key in keys(parts):
                found[key].add(id_)
    return (sorted(ids) for ids in found.values() if len(ids) > 1)


def _whole(parts: Parts) -> Iterator[str]:
    """What two names must share to be one: all of it, or its sound."""
    yield parts.folded
    yield parts.bare
    if parts.han:
        yield from parts.sounds


def _wholes(facts: Facts) -> Iterator[tuple[str, str]]:
    """Names with those that they begin with: a whole name, or else the barest of the same core.

    A house with a hundred funds is a crowd, yet each of them is a part of the house.
    """
    for id_, entity in facts.entities.items():
        for name in entity.names:
            for head in accumulate(words(name)):
                yield from ((id_, whole) for whole in sorted(facts.holders.get(head, ()))[:BAREST])
    bearers: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
    for id_, entity in facts.entities.items():
        for parts in facts.parts(entity):
            for core in parts.sounds if not parts.weak else ():
                bearers[core].add((len(parts.around), len(parts.folded), id_))
    barest = {core: [id_ for *_, id_ in sorted(ids)[:BAREST]] for core, ids in bearers.items()}
    for id_, entity in facts.entities.items():
        for parts in facts.parts(entity):
            if parts.weak:
                continue
            heads = list(accumulate(parts.core))
            signs = [parts.joined[:n] for n in range(2, len(parts.joined))] if parts.han else []
            for head in (*parts.sounds, *heads, *signs):
                yield from ((id_, whole) for whole in barest.get(head, ()))


def _pieces(parts: Parts) -> Iterator[str]:
    """What a part's name may share with the whole's: the core, its head, a word, the initials."""
    if parts.weak:
        yield " ".join(sorted((*parts.core, *parts.places)))
        return
    yield from parts.sounds
    yield from (w for w in parts.core if len(w) > 1)
    if parts.han:
        yield from (parts.joined[n : n + 2] for n in range(len(parts.joined) - 1))
        yield f"~{parts.joined[:2]}"
    if parts.short:
        yield f"~{parts.short}"
    if 3 <= len(parts.initials) <= 6:
        yield from (f"~{parts.initials}", f"~{parts.initials[:-1]}")
    if len(parts.core) == 1 and 3 <= len(parts.joined) <= 6 and parts.joined.isascii():
        yield from (f"~{parts.joined}", f"~{parts.joined[:-1]}")


def _slips(facts: Facts) -> Iterator[tuple[str, str]]:
    """Cores that are a slip of typing apart: near each other when sorted from either end."""
    from rapidfuzz.distance import OSA

    named = {(p.joined, id_) for id_, e in facts.entities.items() for p in facts.parts(e)
             if not p.han and not p.weak and len(p.joined) >= 5}  # fmt: skip
    for turned in (1, -1):
        ordered = sorted((core[::turned], id_) for core, id_ in named)
        for n in range(1, NEIGHBOURS + 1):
            for (one, a), (other, b) in zip(ordered, ordered[n:], strict=False):
                # Numbered names ("Fund 12", "Fund 13") are neighbours, and no slip.
                numbered = one == other or _letters(one) == _letters(other)
                if not numbered and OSA.distance(one, other, score_cutoff=1) <= 1:
                    yield a, b


def _letters(word: str) -> str:
    return word.strip("0123456789")


def _swapped(facts: Facts) -> Iterator[tuple[str, str]]:
    """Parts of one whole, where of a round one report names the one, another the other."""
    rounds: dict[str, list[str]] = defaultdict(list)
    for id_, named in sorted(facts.accounts.items()):
        for round_ in named:
            rounds[round_].append(id_)
    for round_, ids in rounds.items():
        for a, b in combinations(ids, 2):
            siblings = facts.parents.get(a, {}).keys() & facts.parents.get(b, {}).keys()
            if siblings and not facts.accounts[a][round_] & facts.accounts[b][round_]:
                yield a, b


def _owned(facts: Facts) -> Iterator[tuple[str, str]]:
    """Those without a stated owner, and who may be it by what they do."""
    if facts.kind != "investor":
        return
    owners: dict[str, set[str]] = defaultdict(set)
    for id_, entity in facts.entities.items():
        for key in offers(entity, facts):
            owners[key].add(id_)
    for id_, entity in facts.entities.items():
        for key in wants(entity, facts):
            ids = owners.get(key, set())
            if len(ids) <= CROWD:
                yield from (
                    (id_, whole) for whole in ids if owner(entity, facts.entities[whole], facts)
                )
