"""Which ids are one entity, and records said of the one. Pure.

Ids without a scheme are shared on purpose, so a merged entity keeps its shared id, else its
smallest. What nobody declares can't be kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from whofunds.decisions import AUTOMATIC, ENTITIES, Body, Pair, both, one
from whofunds.model import StoredRecord, stored
from whofunds.names import fold

DISTINCTIVE = 4
"""Letters from which a Latin name is no mere acronym, which two firms may share."""


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


def identities(decisions: Iterable[StoredRecord], declared: set[str]) -> Identities:
    """What decisions about entities come to; `declared` are the units that have a record."""
    people: dict[str, list[Pair]] = defaultdict(list)
    automatic: list[Pair] = []
    for record in decisions:
        body = record.fields
        if body["type"] not in ("same", "different"):
            continue
        if record.source == AUTOMATIC:
            automatic.append(both(body))
        else:
            people[body["type"]].append(both(body))
    apart = people["different"]
    groups, contradictions = one(people["same"], apart)
    # What is automatic gives way to what somebody decided. It is no chain: each must be beyond
    # doubt one with each other, and of two ids of one source none is.
    chosen = [pair for pair in automatic if pair not in apart]
    spines = [(a, b) for g in groups for a, b in zip(sorted(g), sorted(g)[1:], strict=False)]
    wider, _ = one([*spines, *chosen], apart)
    known = {unit: i for i, g in enumerate(groups) for unit in g}
    said = {frozenset((known.get(a, a), known.get(b, b))) for a, b in chosen}
    for group in wider:
        parts: dict[object, set[str]] = defaultdict(set)
        for unit in group:
            parts[known.get(unit, unit)].add(_scheme(unit))
        schemes = set[str]().union(*parts.values())
        each = all(frozenset(pair) in said for pair in combinations(parts, 2))
        if each and sum(map(len, parts.values())) == len(schemes):
            groups = [*(g for g in groups if not g <= group), group]
    kept: dict[str, str] = {}
    for group in groups:
        if owned := sorted((_scheme(u) != "", u) for u in group if u in declared):
            kept |= {unit: owned[0][1] for unit in group if unit != owned[0][1]}
    return Identities(kept, tuple(contradictions))


def _scheme(unit: str) -> str:
    """The scheme of a unit's id: crunchbase of `investor:crunchbase:x`, else empty."""
    return unit.split(":")[1] if unit.count(":") > 1 else ""


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


def automatic(name: str, records: Iterable[StoredRecord]) -> list[tuple[str, str, str, str]]:
    """The ids that are beyond doubt one, of those that share a folded name: (kind, a, b, why).

    One of the two is a source's own id. They share the name that one goes by, and a second name or
    the country; nothing tells against them, and no third id could be meant.
    """
    held: dict[str, list[Body]] = defaultdict(list)
    for record in records:
        if record.kind in ENTITIES:
            held[f"{record.kind}:{record.fields['id']}"].append(record.fields)
    sharing = {u: bs for u, bs in held.items() if name in _folds(bs)}
    by_scheme: dict[str, list[str]] = defaultdict(list)
    for unit in sharing:
        by_scheme[_scheme(unit)].append(unit)
    if any(len(units) > 1 for units in by_scheme.values()):
        return []
    found = []
    units = sorted(sharing)
    for i, a in enumerate(units):
        for b in units[i + 1 :]:
            if why := _beyond_doubt(name, held[a], held[b]):
                kind = a.partition(":")[0]
                found.append((kind, a.removeprefix(f"{kind}:"), b.removeprefix(f"{kind}:"), why))
    return found


def _beyond_doubt(name: str, a: list[Body], b: list[Body]) -> str:
    """Why two entities are one; empty where that isn't beyond doubt."""
    if name not in {fold(body["name"]) for body in (*a, *b)}:
        return ""
    for field in ("country", "level", "cohort"):
        if _values(a, field) and _values(b, field) and not _values(a, field) & _values(b, field):
            return ""
    if _values(a, "state_controlled") | _values(b, "state_controlled") >= {"yes", "no"}:
        return ""
    years = [_years(a), _years(b)]
    if all(years) and not years[0] & years[1]:
        return ""
    shared = _folds(a) & _folds(b)
    if len(shared) > 1:
        return f"they share {len(shared)} names"
    if _values(a, "country") & _values(b, "country"):
        if name.isascii() and len(name) < DISTINCTIVE:
            return ""
        return f"both are called {a[0]['name']} and are of {min(_values(a, 'country'))}"
    return ""


def _folds(bodies: Iterable[Body]) -> set[str]:
    return {fold(n) for body in bodies for n in (body["name"], *body["names"])} - {""}


def _values(bodies: Iterable[Body], field: str) -> set[str]:
    return {body[field] for body in bodies if body.get(field)}


def _years(bodies: Iterable[Body]) -> set[str]:
    return {
        year
        for body in bodies
        if body.get("founded")
        for year in (body["founded"]["first"][:4], body["founded"]["last"][:4])
    }
