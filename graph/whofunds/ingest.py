"""From a loader's records to the graph: check, store, project what was touched.

Everything streams in batches, so memory stays flat. An interrupted load leaves its records and the
marks of what is still to be projected; loading again finishes it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from whofunds.checking import Checker, Rejected, Rejects
from whofunds.errors import InputError, UsageError
from whofunds.model import StoredRecord
from whofunds.projection import project_unit
from whofunds.stores.base import EndMissing, Load, Store, UnitRows

RECORDS_AT_ONCE = 2_000
UNITS_AT_ONCE = 250
TRIES = 5
SAMPLE = 3

Tell = Callable[[str, int, int | None], None]
"""Progress: the stage ("read", "projected"), how many, of how many if that is known."""

_ENTITIES = ("startup", "investor", "city")
# In the order in which units are projected, so that relationships find both ends: the kinds of
# records that a unit's rows are made from (all, where none is named).
_READ: dict[str, tuple[str, ...]] = {
    "report": ("report",),  # and one that cites it, where it has none of its own
    "city": ("city",),
    "investor": ("investor", "link"),
    "startup": (),
}


@dataclass
class Outcome:
    """What a load did or would do, in records.

    `sample` has the first few of each kind that are new or changed, with which they are.
    `units` counts the parts of the graph that it changed, `unseen` the records that this source
    brought before and didn't bring now: they stay.
    """

    source: str
    preview: bool = False
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    units: int = 0
    unseen: int = 0
    sample: list[tuple[str, StoredRecord]] = field(default_factory=list)
    rejects: list[Rejected] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged"
        would = " would be" if self.preview else ""
        return f"{self.source}: records{would} {counts}, {self.rejected:,} rejected"


def load(
    store: Store,
    source: str,
    records: Iterable[object],
    *,
    path: str = "",
    preview: bool = False,
    rejects: Rejects | None = None,
    tell: Tell | None = None,
) -> Outcome:
    """Load what `records` yields as `source`; with `preview`, only say what would change.

    A loader that fails part way raises InputError, after what it had yielded is in the graph.
    """
    rejects = rejects or Rejects()
    outcome = Outcome(source, preview)
    checker = Checker(source, rejects.add)
    failure: InputError | UsageError | None = None
    at = datetime.now(UTC).isoformat(timespec="seconds")
    entry = Load(0, source, path, at, 0, 0, 0, 0, "running")
    iterator = iter(records)
    read = 0
    try:
        while failure is None:
            batch: list[StoredRecord] = []
            before = read
            try:
                for record in islice(iterator, RECORDS_AT_ONCE):
                    read += 1
                    if done := checker.check(record):
                        batch.append(done)
            except (InputError, UsageError) as error:
                failure = error
            if read == before:
                break
            if not preview and not entry.id:
                entry = replace(entry, id=store.put_load(entry))
            _take(store, batch, outcome)
            if tell:
                tell("read", read, None)
        for reject in checker.dangling(store.declared):
            rejects.add(reject)
    finally:
        checker.close()
        rejects.close()
    if not preview:
        outcome.units = project(store, tell)
    if failure is None and source in {past.source for past in store.loads() if past.id != entry.id}:
        known = outcome.changed + outcome.unchanged + (0 if preview else outcome.new)
        outcome.unseen = sum(map(len, store.keys(source))) - known
    outcome.rejected, outcome.rejects = rejects.count, rejects.first
    if entry.id:
        counts = {k: getattr(outcome, k) for k in ("new", "changed", "unchanged", "rejected")}
        store.put_load(replace(entry, **counts, state="failed" if failure else "done"))
    if failure:
        kept = outcome.new + outcome.changed + outcome.unchanged
        raise type(failure)(f"{failure} (the {kept:,} records before that are kept)")
    return outcome


def unload(store: Store, source: str, tell: Tell | None = None) -> int:
    """Take back all that a source brought; returns how many records that were."""
    removed = 0
    for batch in store.keys(source):
        entities = [_unit(key, kind) for key, kind in batch if kind in _ENTITIES]
        store.delete_records([key for key, _ in batch], store.dependents(entities))
        removed += len(batch)
        if tell:
            tell("removed", removed, None)
    if not removed and source not in {entry.source for entry in store.loads()}:
        known = ", ".join(sorted({entry.source for entry in store.loads()})) or "nothing"
        raise UsageError(f"nothing was loaded as {source!r}; loaded are: {known}")
    store.delete_loads(source)
    project(store, tell)
    return removed


def project(store: Store, tell: Tell | None = None) -> int:
    """Project every unit that is marked; returns how many changed."""
    total, done, changed, tries = store.dirty_count(), 0, 0, 0
    ends = False
    while units := next(filter(None, (store.dirty(k, UNITS_AT_ONCE) for k in _READ)), None):
        if units[0].startswith("investor:") and not ends:
            _investor_nodes(store)
            ends = True
        try:
            changed += store.replace(_rows(store, units))
        except EndMissing:
            # Another writer put or took away an investor, a city or a report meanwhile: what is
            # marked by now comes first, and the rows are made from the records as they are now.
            tries, ends = tries + 1, False
            if tries == TRIES:
                raise
            continue
        tries = 0
        done += len(units)
        if tell:
            tell("projected", done, max(done, total))
    store.finish()
    return changed


def _investor_nodes(store: Store) -> None:
    """A parent may come in a later batch than its fund: all nodes are written before any edge."""
    after = ""
    while units := store.dirty("investor", UNITS_AT_ONCE, after):
        after = units[-1]
        store.put_nodes(_rows(store, units))


def _rows(store: Store, units: list[str]) -> dict[str, UnitRows]:
    """The rows of units, which are all of one kind."""
    kind = units[0].partition(":")[0]
    records = store.records(units, _READ[kind])
    if kind == "report":
        records |= store.records([u for u in units if not records[u]], ("round", "total"), 1)
    known = set[str]()
    if kind in ("investor", "startup"):
        named = {u for rs in records.values() for r in rs for u in r.units}
        known = store.declared(sorted(n for n in named if not n.startswith("report:")))
    return {unit: project_unit(unit, records[unit], known) for unit in units}


def _take(store: Store, batch: list[StoredRecord], outcome: Outcome) -> None:
    held = store.hashes([r.key for r in batch])
    fresh = [r for r in batch if held.get(r.key) != r.hash]
    new = [r for r in fresh if r.key not in held]
    outcome.new += len(new)
    outcome.changed += len(fresh) - len(new)
    outcome.unchanged += len(batch) - len(fresh)
    shown = [r.kind for _, r in outcome.sample]
    for record in fresh:
        if shown.count(record.kind) < SAMPLE:
            outcome.sample.append(("changed" if record.key in held else "new", record))
            shown.append(record.kind)
    if fresh and not outcome.preview:
        entities = [_unit(r.key, r.kind) for r in new if r.kind in _ENTITIES]
        store.put_records(fresh, store.dependents(entities))


def _unit(key: str, kind: str) -> str:
    return f"{kind}:{key.split(':', 2)[2]}"
