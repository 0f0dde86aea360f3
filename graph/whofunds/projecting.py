"""From stored records to the graph: what is marked is projected, decisions included.

Marks come first. Folded names and identifiers say which ids are beyond doubt one entity; decisions
say which are one, or which report is rejected; both mark what rests on them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from whofunds.decisions import AUTOMATIC, ENTITIES, Body, Decision, both
from whofunds.identity import Identities, counted, identities, renamed
from whofunds.model import StoredRecord, stored, validated
from whofunds.projection import project_unit
from whofunds.sameness import automatic
from whofunds.stores.base import EndMissing, Store, UnitRows

UNITS_AT_ONCE = 250
TRIES = 5

_KINDS = tuple(f"{kind}:" for kind in ENTITIES)
Tell = Callable[[str, int, int | None], None]
"""Progress: the stage ("read", "projected"), how many, of how many if that is known."""

# In the order in which units are projected, so that relationships find both ends: the kinds of
# records that a unit's rows are made from (all, where none is named).
_READ: dict[str, tuple[str, ...]] = {
    "report": ("report",),  # and one that cites it, where it has none of its own
    "city": ("city", "decision"),
    "investor": ("investor", "link", "decision"),
    "startup": (),
}


def project(store: Store, tell: Tell | None = None) -> int:
    """Project every unit that is marked; returns how many changed."""
    _follow_marks(store)
    total, done, changed, tries = store.dirty_count(), 0, 0, 0
    ends = False
    projector = Projector(store)
    while units := next(filter(None, (store.dirty(k, UNITS_AT_ONCE) for k in _READ)), None):
        if units[0].startswith("investor:") and not ends:
            _investor_nodes(store, projector)
            ends = True
        try:
            changed += store.replace(projector.rows(units))
        except EndMissing:
            # Another writer put or took away an investor, a city or a report meanwhile: what is
            # marked by now comes first, and the rows are made from the records as they are now.
            tries, ends = tries + 1, False
            if tries == TRIES:
                raise
            _follow_marks(store)
            continue
        tries = 0
        done += len(units)
        if tell:
            tell("projected", done, max(done, total))
    store.finish()
    return changed


def dependents(store: Store, units: list[str]) -> set[str]:
    """The units whose rows, or whose identity, rest on some entities or reports."""
    left = ("report:", "name:", "id:", "self:")
    return {u for u in store.dependents(units) if not u.startswith(left)}


def names_of(store: Store, entities: list[str]) -> set[str]:
    """The marks of all names and identifiers of some entities: who is one with them may change."""
    held = store.records(entities, ENTITIES)
    units = {u for rs in held.values() for r in rs for u in r.units}
    return {u for u in units if u.startswith(("name:", "id:"))}


class Projector:
    """Makes the rows of units from a store's records, with all decisions about them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, units: list[str]) -> dict[str, UnitRows]:
        """The rows of units, which are all of one kind.

        What is said of an id that is merged away is in the rows of the one that is kept, which is
        marked as to be projected.
        """
        records, same = self._read(units)
        if kept := {same.kept[u] for u in units if u in same.kept}.difference(units):
            self._store.put_records([], kept)
        named = {u for rs in records.values() for r in rs for u in r.units}
        ends = sorted(u for u in named if u.startswith(_KINDS))
        known = self._store.declared(ends) if units[0].startswith(("investor:", "startup:")) else ()
        return {u: project_unit(u, records[u], {*known}) for u in units}

    def records(self, units: list[str]) -> dict[str, list[StoredRecord]]:
        """What the rows of units, all of one kind, are made from, as decisions have it."""
        return self._read(units)[0]

    def merged(self, units: list[str]) -> list[tuple[str, Body]]:
        """The decisions, of those obeyed, by which other ids are one with some that are kept."""
        found = decided(self._store, units)
        kept = identities(*found).kept
        bodies = [r.fields for r in sorted(found.decisions, key=lambda r: r.key)]
        same = [(*both(body), body) for body in bodies if body["type"] == "same"]
        ends = [(kept.get(a, a), kept.get(b, b), body) for a, b, body in same]
        return [(a, body) for a, b, body in ends if a == b and a in units]

    def _read(self, units: list[str]) -> tuple[dict[str, list[StoredRecord]], Identities]:
        kind = units[0].partition(":")[0]
        records = self._store.records(units, _READ[kind])
        bare = [u for u in units if not records[u]] if kind == "report" else []
        if bare:
            records |= self._store.records(bare, ("round", "total"), 1)
        same = self._same(units, records)
        members = {u: same.members(u) for u in units if u not in same.kept}
        others = [m for group in members.values() for m in group[1:] if m not in records]
        if others:  # what their records name may be merged too
            more = {**records, **self._store.records(others, _READ[kind])}
            same = self._same(units, more)
        else:
            more = records
        records = {}
        for unit in units:
            own = {r.key: r for m in members.get(unit, ()) for r in more[m]}
            records[unit] = renamed([own[key] for key in sorted(own)], same)
        named = {u for rs in records.values() for r in rs for u in r.units}
        rejected = self._rejected(named | {*units})
        left = {
            unit: [] if unit.removeprefix("report:") in rejected else counted(of_unit, rejected)
            for unit, of_unit in records.items()
        }
        # The first record that cites a report may rest on a rejected one, and another may not.
        if doubtful := [u for u in bare if records[u] and not left[u]]:
            citing = self._store.records(doubtful, ("round", "total"))
            rejected = self._rejected({u for rs in citing.values() for r in rs for u in r.units})
            found = {u: counted(rs, rejected) for u, rs in citing.items()}
            left |= {u: rs for u, rs in found.items() if u.removeprefix("report:") not in rejected}
        return left, same

    def _same(self, units: list[str], records: Mapping[str, list[StoredRecord]]) -> Identities:
        named = {u for of_unit in records.values() for r in of_unit for u in r.units}
        return identities(*decided(self._store, named | {*units}))

    def _rejected(self, units: Iterable[str]) -> set[str]:
        """The addresses of the reports that are rejected, of those among `units`."""
        marks = sorted(f"decision:{u}" for u in units if u.startswith("report:"))
        found = self._store.records(marks)
        return {r.fields["a"] for rs in found.values() for r in rs if r.fields["type"] == "reject"}


class Decided(NamedTuple):
    """The decisions about some entities, who of these is declared, and what tells against them."""

    decisions: list[StoredRecord]
    declared: set[str]
    telling: list[StoredRecord]


def decided(store: Store, units: Iterable[str]) -> Decided:
    """All decisions about what may be one with `units`, through any chain."""
    found: dict[str, StoredRecord] = {}
    seen = set[str]()
    ahead = {u for u in units if u.startswith(_KINDS)}
    while ahead:
        seen |= ahead
        records = _named(store, "decision", ahead)
        found |= records
        ahead = {u for r in records.values() for u in both(r.fields)} - seen
    ends = {u for r in found.values() for u in both(r.fields)}
    guessed = any(r.source == AUTOMATIC for r in found.values())
    telling = _named(store, "self", ends) if guessed else {}
    return Decided([*found.values()], store.declared(sorted(ends)), [*telling.values()])


def _named(store: Store, mark: str, units: Iterable[str]) -> dict[str, StoredRecord]:
    """The records that name the marks of a kind of some entities, by key."""
    of_marks = store.records(sorted(f"{mark}:{u}" for u in units))
    return {r.key: r for rs in of_marks.values() for r in rs}


def _follow_marks(store: Store) -> None:
    for kind in ("name", "id"):
        while shared := store.dirty(kind, UNITS_AT_ONCE):
            _decide(store, shared)
            store.replace({unit: UnitRows() for unit in shared})
    while marks := store.dirty("self", UNITS_AT_ONCE):
        selves = {mark.removeprefix("self:") for mark in marks}
        about = {u for r in decided(store, selves).decisions for u in both(r.fields)}
        store.put_records([], {f"decision:{u}" for u in about & selves})
        store.replace({unit: UnitRows() for unit in marks})
    while marks := store.dirty("decision", UNITS_AT_ONCE):
        about = {mark.removeprefix("decision:") for mark in marks}
        found = decided(store, about).decisions
        touched = about | {u for r in found for u in both(r.fields)}
        resting = dependents(store, sorted(touched))
        # A report that is cited beside a rejected one may have no other place.
        cited = store.dependents(sorted(u for u in about if u.startswith("report:")))
        resting |= {u for u in cited if u.startswith("report:")}
        store.put_records([], {u for u in touched | resting if not u.startswith("decision:")})
        store.replace({unit: UnitRows() for unit in marks})


def _decide(store: Store, names: list[str]) -> None:
    """Keep the automatic decisions of some names or identifiers, by who bears each."""
    held = store.records(names)
    bearers = {
        name: {f"{r.kind}:{r.fields['id']}" for r in held[name] if r.kind in ENTITIES}
        for name in names
    }
    shared = sorted(u for units in bearers.values() if len(units) > 1 for u in units)
    entities = store.records(shared, ENTITIES) if shared else {}
    put: list[StoredRecord] = []
    drop: list[str] = []
    for name in names:
        old = {r.key: r for r in held[name] if r.source == AUTOMATIC}
        new: dict[str, StoredRecord] = {}
        if len(bearers[name]) > 1:
            folded = name.split(":", 2)[2]
            records = [r for u in sorted(bearers[name]) for r in entities[u]]
            for of, a, b, why in automatic(folded, records):
                decision = Decision(
                    type="same", of=of, a=a, b=b, field=folded, by="whofunds", why=why
                )
                record = stored(AUTOMATIC, "decision", validated(decision))
                new[record.key] = record
        put += [r for key, r in new.items() if key not in old or old[key].hash != r.hash]
        drop += [key for key in old if key not in new]
    if drop:
        store.delete_records(drop, ())
    if put:
        store.put_records(put, ())


def _investor_nodes(store: Store, projector: Projector) -> None:
    """A parent may come in a later batch than its fund: all nodes are written before any edge."""
    after = ""
    while units := store.dirty("investor", UNITS_AT_ONCE, after):
        after = units[-1]
        store.put_nodes(projector.rows(units))
