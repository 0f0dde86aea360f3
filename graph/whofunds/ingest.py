"""From a loader's records to the graph: check, store, project what was touched.

Everything streams in batches, so memory stays flat. An interrupted load leaves its records and the
marks of what is still to be projected; loading again finishes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from whofunds.checking import Checker, Rejected, Rejects
from whofunds.decisions import AUTOMATIC, ENTITIES
from whofunds.errors import InputError, UsageError
from whofunds.model import StoredRecord
from whofunds.projecting import Tell, dependents, names_of, project
from whofunds.stores.base import Load, Store

RECORDS_AT_ONCE = 2_000
SAMPLE = 3


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
    if source == AUTOMATIC:
        raise UsageError(f"{source!r} names what whofunds decides by itself; rename the loader")
    rejects = rejects or Rejects()
    outcome = Outcome(source, preview)
    checker = Checker(source, rejects.add)
    failure: InputError | UsageError | None = None
    entry = replace(_begun(source), path=path)
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
            _take(store, batch, outcome, entry.id)
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
        so_far = f" (the {kept:,} records before that are kept)" if kept else ""
        raise type(failure)(f"{failure}{so_far}")
    return outcome


def unload(store: Store, source: str, tell: Tell | None = None) -> int:
    """Take back all that a source brought; returns how many records that were."""
    loaded = {entry.source for entry in store.loads()}
    batches = iter(() if source == AUTOMATIC else store.keys(source))
    first = next(batches, None)
    if first is None and source not in loaded:
        known = ", ".join(sorted(loaded)) or "nothing"
        raise UsageError(f"nothing was loaded as {source!r}; loaded are: {known}")
    load = store.put_load(_begun(source))
    removed = 0
    while first:
        removed += _remove(store, first, load)
        first = next(batches, None)
        if tell:
            tell("removed", removed, None)
    store.delete_loads(source)
    project(store, tell)
    return removed


def take_back(store: Store, key: str, tell: Tell | None = None) -> None:
    """Delete the record of this key, as if its source had never brought it."""
    source, kind, _ = key.split(":", 2)
    # What is broken off here stays marked, and whatever is loaded next finishes it.
    load = store.put_load(replace(_begun(source), changed=1, state="done"))
    _remove(store, [(key, kind)], load)
    project(store, tell)


def _begun(source: str) -> Load:
    """A load that begins now, and has brought nothing yet."""
    return Load(
        0, source, "", datetime.now(UTC).isoformat(timespec="seconds"), *(0,) * 4, "running"
    )


def _remove(store: Store, keys: list[tuple[str, str]], load: int) -> int:
    entities = [_unit(key, kind) for key, kind in keys if kind in ENTITIES]
    dirty = dependents(store, entities) | names_of(store, entities)
    store.delete_records([key for key, _ in keys], dirty, load)
    return len(keys)


def _take(store: Store, batch: list[StoredRecord], outcome: Outcome, load: int) -> None:
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
        entities = [_unit(r.key, r.kind) for r in fresh if r.kind in ENTITIES]
        declared = [_unit(r.key, r.kind) for r in new if r.kind in ENTITIES]
        dirty = dependents(store, declared) | names_of(store, entities)
        store.put_records(fresh, dirty, load)


def _unit(key: str, kind: str) -> str:
    return f"{kind}:{key.split(':', 2)[2]}"
