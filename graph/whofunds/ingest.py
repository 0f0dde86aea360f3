"""From a loader's records to the graph: check, store, project what was touched.

Everything streams in batches, so memory stays flat. An interrupted load leaves its records and the
marks of what is still to be projected; loading again finishes it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from dataclasses import replace as _replaced
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from whofunds.checking import Checker, Rejected, Rejects
from whofunds.decisions import AUTOMATIC, ENTITIES
from whofunds.errors import InputError, UsageError
from whofunds.model import StoredRecord
from whofunds.projecting import Tell, dependents, names_of, project
from whofunds.readers import Reading, current
from whofunds.stores.base import Load, Store

RECORDS_AT_ONCE = 2_000
SAMPLE = 3
IDLE = 100_000
log = logging.getLogger("whofunds")


@dataclass
class Outcome:
    """What a load did or would do, in records.

    `sample` has the first few of each kind that are new or changed, with which they are.
    `units` counts the parts of the graph that it changed, `unseen` the records that this source
    brought before and didn't bring now: they stay. `removed` counts those that were taken back;
    `held_back` says why some or all were not, where that was asked. `answers`: see `Intake.load`.
    """

    source: str
    preview: bool = False
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    units: int = 0
    unseen: int = 0
    removed: int = 0
    held_back: str = ""
    answers: list[tuple[Any, ...]] = field(default_factory=list)
    sample: list[tuple[str, StoredRecord]] = field(default_factory=list)
    rejects: list[Rejected] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged"
        would = " would be" if self.preview else ""
        back = f", {self.removed:,} taken back" if self.removed else ""
        return f"{self.source}: records{would} {counts}, {self.rejected:,} rejected{back}"


def load(
    store: Store,
    source: str,
    records: Iterable[object],
    *,
    path: str = "",
    preview: bool = False,
    replace: bool = False,
    rejects: Rejects | None = None,
    tell: Tell | None = None,
) -> Outcome:
    """Load what `records` yields as `source`; with `preview`, only say what would change.

    With `replace` what the source brought before and doesn't bring now is taken back, if it was
    read to its end; but not what may stand in rows that were rejected.
    A loader that fails part way raises InputError, after what it had yielded is in the graph.
    """
    if source == AUTOMATIC:
        raise UsageError(f"{source!r} names what whofunds decides by itself; rename the loader")
    rejects = rejects or Rejects()
    outcome = Outcome(source, preview)
    reading = current() or Reading()
    broken: set[tuple[str, int | None]] = set()

    def reject(rejected: Rejected) -> None:
        if reading.broken:
            broken.add((rejected.file, rejected.line))
        rejects.add(rejected)

    checker = Checker(source, reject)
    failure: InputError | UsageError | None = None
    entry = _replaced(_begun(source), path=path)
    iterator = iter(records)
    read = idle = 0
    try:
        while failure is None:
            batch: list[StoredRecord] = []
            before, rejected = read, rejects.count
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
                entry = _replaced(entry, id=store.put_load(entry))
            idle = 0 if batch or rejects.count > rejected else idle + read - before
            if idle >= IDLE and idle - (read - before) < IDLE:
                log.warning(
                    "%s: %s records in a row were there before in this load; if the loader is in "
                    "a loop, Ctrl-C ends it",
                    *(source, f"{idle:,}"),
                )
            _take(store, batch, outcome, entry.id)
            if tell:
                tell("read", read, _expected(read))
        for dangling in checker.dangling(store.declared):
            rejects.add(dangling)
        for file, line, reason in reading.broken:
            if (file, line) not in broken:  # the loader passed over that row
                rejects.add(Rejected(file, line, "", "", reason))
        if replace and not preview:
            _take_back(store, checker, outcome, entry.id, failure)
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
        store.put_load(_replaced(entry, **counts, state="failed" if failure else "done"))
    if failure:
        kept = outcome.new + outcome.changed + outcome.unchanged
        so_far = f" (the {kept:,} records before that are kept)" if kept else ""
        raise type(failure)(f"{failure}{so_far}")
    return outcome


def _expected(read: int) -> int | None:
    """How many records there may be, by the bytes that they took so far."""
    reading = current()
    if not reading or not reading.total or not reading.done:
        return None
    return round(read * max(reading.total / reading.done, 1))


def _take_back(
    store: Store, checker: Checker, outcome: Outcome, load: int, failure: Exception | None
) -> None:
    """Delete what the source brought before and didn't bring now."""
    reading = current()
    if failure:
        outcome.held_back = "the loader failed, so nothing was taken back"
    elif reading and reading.broken:
        outcome.held_back = (
            f"{reading.broken[0][0]} could not be read whole, so nothing was taken back"
        )
    elif not outcome.new + outcome.changed + outcome.unchanged:
        outcome.held_back = "nothing was read, so nothing was taken back"
    else:
        for batch in store.keys(outcome.source):
            if gone := checker.unseen(batch):
                outcome.removed += _remove(store, gone, load)
        if checker.blind:
            kinds = ", ".join(sorted(checker.blind))
            outcome.held_back = (
                f"rejected rows may hold records ({kinds}); none of these was taken back"
            )


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
    load = store.put_load(_replaced(_begun(source), changed=1, state="done"))
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
