"""Which ids are one entity, and records said of the one. Pure.

Ids without a scheme are shared on purpose, so a merged entity keeps its shared id, else its
smallest. What nobody declares can't be kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from whofunds.decisions import AUTOMATIC, ENTITIES, Body, Pair, both, one
from whofunds.identifiers import STRICT, against, identifiers, scheme_of
from whofunds.model import StoredRecord, stored


@dataclass(frozen=True)
class Identities:
    """`kept`: unit (`kind:id`) -> the unit that it is part of, for those that are merged away.

    `contradictions`: pairs of units that are decided to be one, through a chain, and not.
    """

    kept: Mapping[str, str]
    contradictions: tuple[Pair, ...]

    def members(self, unit: str) -> list[str]:
        """The units that are one with `unit`, if it is the one that is kept."""
        return [unit, *sorted(u for u, kept in self.kept.items() if kept == unit)]


def identities(
    decisions: Iterable[StoredRecord], declared: set[str], telling: Iterable[StoredRecord]
) -> Identities:
    """What decisions about entities come to; `declared` are the units that have a record.

    `telling` are the records that can tell against what is automatic: entities with identifiers,
    and what says that one is a part of another.
    """
    people: dict[str, list[Pair]] = defaultdict(list)
    automatic: dict[str, list[Pair]] = defaultdict(list)
    for record in decisions:
        body = record.fields
        if body["type"] not in ("same", "different"):
            continue
        if record.source == AUTOMATIC:
            automatic[_rank(body["field"])].append(both(body))
        else:
            people[body["type"]].append(both(body))
    groups, contradictions = one(people["same"], people["different"])
    if automatic:
        known, parts = _telling(telling)
        apart = [*people["different"], *parts]
        for rank in ("strict", "loose", "name"):
            groups = _wider(groups, automatic[rank], apart, known, each=rank == "name")
    kept: dict[str, str] = {}
    for group in groups:
        if owned := sorted((_scheme(u) != "", u) for u in group if u in declared):
            kept |= {unit: owned[0][1] for unit in group if unit != owned[0][1]}
    return Identities(kept, tuple(contradictions))


def _rank(field: str) -> str:
    """How sure an automatic decision is, by what the two share."""
    scheme = scheme_of(field)
    return "strict" if scheme in STRICT else "loose" if scheme else "name"


def _telling(records: Iterable[StoredRecord]) -> tuple[dict[str, set[str]], list[Pair]]:
    """The identifiers of each unit; the pairs of which one is said to be a part of the other."""
    known: dict[str, set[str]] = defaultdict(set)
    parts: list[Pair] = []
    for record in records:
        body = record.fields
        if record.kind in ENTITIES:
            known[f"{record.kind}:{body['id']}"] |= identifiers(body)
        else:
            part, whole = ("a", "b") if record.kind == "decision" else ("source", "target")
            parts.append((f"investor:{body[part]}", f"investor:{body[whole]}"))
    return known, parts


def _wider(
    groups: list[set[str]],
    automatic: Iterable[Pair],
    apart: list[Pair],
    known: Mapping[str, set[str]],
    *,
    each: bool,
) -> list[set[str]]:
    """Groups, grown by what is automatic, which gives way to what somebody decided.

    Where one tells against another none of that chain is obeyed. With `each` it is no chain: each
    must be beyond doubt one with each other, and of two ids of one source none is.
    """
    chosen = [(a, b) for a, b in automatic if (a, b) not in apart and (b, a) not in apart]
    spines = [(a, b) for g in groups for a, b in zip(sorted(g), sorted(g)[1:], strict=False)]
    wider, _ = one([*spines, *chosen], apart)
    of = {unit: i for i, g in enumerate(groups) for unit in g}
    said = {frozenset((of.get(a, a), of.get(b, b))) for a, b in chosen}
    for group in wider:
        parts: dict[object, set[str]] = defaultdict(set)
        for unit in group:
            parts[of.get(unit, unit)].add(unit)
        all_ = [set[str]().union(*(known.get(u, ()) for u in units)) for units in parts.values()]
        agreed = not any(against(a, b) for a, b in combinations(all_, 2))
        if each:
            schemes = [{*map(_scheme, units)} for units in parts.values()]
            agreed &= sum(map(len, schemes)) == len(set[str]().union(*schemes))
            agreed &= all(frozenset(pair) in said for pair in combinations(parts, 2))
        if agreed:
            groups = [*(g for g in groups if not g <= group), group]
    return groups


def _scheme(unit: str) -> str:
    """The scheme of a unit's id: crunchbase of `investor:crunchbase:x`, else empty."""
    return scheme_of(unit.partition(":")[2])


def renamed(records: Iterable[StoredRecord], same: Identities) -> list[StoredRecord]:
    """Records as they read when each entity is called by the id that is kept."""
    if not same.kept:
        return [*records]
    found = []
    for record in records:
        if same.kept.keys().isdisjoint(record.units):
            found.append(record)
            continue
        body = _renamed(record.kind, record.fields, same.kept)
        ends = (body.get("source"), body.get("target"))
        if record.kind == "decision":
            ends = (body["a"], body["b"])
        if body.get("type") == "part-of" and ends[0] == ends[1]:
            continue
        found.append(replace(stored(record.source, record.kind, body), key=record.key))
    return found


def _renamed(kind: str, body: Body, kept: Mapping[str, str]) -> Body:
    def name(of: str, id_: str) -> str:
        return kept.get(f"{of}:{id_}", f"{of}:{id_}").partition(":")[2]

    match kind:
        case "round":
            named = [
                {**p, "investor": name("investor", p["investor"])} for p in body["participants"]
            ]
            return {**body, "company": name("startup", body["company"]), "participants": named}
        case "total":
            return {**body, "company": name("startup", body["company"])}
        case "condition":
            investor = name("investor", body["investor"])
            return {**body, "company": name("startup", body["company"]), "investor": investor}
        case "link":
            of = {"part-of": "investor", "kind": ""}.get(body["type"], "city")
            target = name(of, body["target"]) if of else body["target"]
            return {**body, "source": name(body["of"], body["source"]), "target": target}
        case "decision" if body["of"] in ENTITIES:
            return {**body, "a": name(body["of"], body["a"]), "b": name(body["of"], body["b"])}
        case "decision":
            return {**body, "company": name("startup", body["company"])}
    return {**body, "id": name(kind, body["id"])} if kind in ENTITIES else body


def counted(records: Iterable[StoredRecord], rejected: set[str]) -> list[StoredRecord]:
    """Records without what rests on a rejected report."""
    found = []
    for record in records:
        body = record.fields
        if not rejected or body.get("report", "") not in rejected:
            named = body.get("participants", ())
            left = [p for p in named if p["report"] not in rejected]
            if len(left) < len(named):
                body = {**body, "participants": left}
                record = replace(stored(record.source, record.kind, body), key=record.key)
            found.append(record)
    return found
