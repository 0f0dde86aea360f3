"""The graph as it was, or as it was known: a projection of some of a store's records.

Each is an embedded store of its own, so it answers every query as its store would. It is kept in
the folder of what can be made again, until the store changes.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from whofunds.accounts import span
from whofunds.catalog import EXPECTED, last_day
from whofunds.decisions import AUTOMATIC
from whofunds.errors import UsageError
from whofunds.model import StoredRecord, stored
from whofunds.projecting import Tell, project
from whofunds.spans import FIRST_YEAR, LAST_YEAR
from whofunds.stores import open_store
from whofunds.stores.base import Load, Store

KEPT = 8
"""How many projections of one store are kept; the one that was longest unused goes first."""
_LEFT = "left-out"
_MAKING = "making-"


class Past:
    """A store of some records; `left_out` counts those whose report has no date."""

    def __init__(self, folder: Path, *, keep: bool) -> None:
        self.left_out = int((folder / _LEFT).read_text())
        self.store = open_store(folder / "store", read_only=True)
        self.store.query("RETURN 1 AS one")  # reads it all now, as another may take it away
        self._folder = None if keep else folder

    def close(self) -> None:
        """Give back the store, and what is not to be kept."""
        self.store.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def known(store: Store, day: str, tell: Tell | None = None) -> Past:
    """What the reports had said by the end of a day (ISO).

    Names and decisions stay, and so does what no report is given for; what rests on a report
    without a date is left out.
    """

    def fill(into: Store) -> int:
        left = 0
        for batch in store.all_records():
            kept, undated = _published(store, batch, day)
            _put(into, kept)
            left += undated
        return left

    return _kept(store, f"known-{day}", fill, tell)


def after(store: Store, load: int, tell: Tell | None = None) -> Past:
    """What was held when load number `load` was done; 0 is before the first."""

    def fill(into: Store) -> int:
        for batch in store.all_records(load):
            _put(into, batch)
        return 0

    return _kept(store, f"after-{load}", fill, tell)


@contextmanager
def trial(store: Store) -> Iterator[Store]:
    """A copy of a store's records that goes afterwards; nothing in it is projected yet."""
    with TemporaryDirectory(prefix="whofunds-") as folder, open_store(folder) as into:
        for load in store.loads():
            into.put_load(replace(load, id=0))
        for batch in store.all_records():
            _put(into, batch)
        yield into


def day_of(text: str) -> str:
    """The last day (ISO) of a day, month, quarter, half or year. Raises UsageError."""
    try:
        return last_day(text)
    except ValueError:
        raise UsageError(f"{text!r} is not right; give {EXPECTED['date']}") from None


def load_of(loads: Sequence[Load], since: str) -> int:
    """The number of a load: as it is given, or the last that began by the end of a day.

    A number from 1900 to 2100 is a year.
    """
    if since.isdecimal() and not FIRST_YEAR <= int(since) <= LAST_YEAR:
        if int(since) > max((entry.id for entry in loads), default=0):
            raise UsageError(f"there is no load {since}; `whofunds status` lists them")
        return int(since)
    day = day_of(since)
    return max((entry.id for entry in loads if entry.at[:10] <= day), default=0)


def changed(store: Store, load: int) -> Iterator[StoredRecord]:
    """The records that are new, changed or gone since a load, as they are or were."""

    def each(batches: Iterator[list[StoredRecord]]) -> Iterator[StoredRecord]:
        return (r for batch in batches for r in batch if r.source != AUTOMATIC)

    old, new = each(store.all_records(load)), each(store.all_records())
    was, is_ = next(old, None), next(new, None)
    while was or is_:
        if is_ is None or (was and was.key < is_.key):
            assert was
            yield stored(was.source, was.kind, was.fields)
            was = next(old, None)
        elif was is None or is_.key < was.key:
            yield stored(is_.source, is_.kind, is_.fields)
            is_ = next(new, None)
        else:
            if was.hash != is_.hash:
                yield stored(is_.source, is_.kind, is_.fields)
            was, is_ = next(old, None), next(new, None)


def _put(into: Store, records: list[StoredRecord]) -> None:
    whole = (
        replace(stored(r.source, r.kind, r.fields), key=r.key)
        for r in records
        if r.source != AUTOMATIC
    )
    into.put_records(list(whole), ())


def _published(store: Store, batch: list[StoredRecord], day: str) -> tuple[list[StoredRecord], int]:
    """The records that were published by a day, and how many are left out as undated."""
    urls = {u for r in batch for u in _cited(r.fields)}
    held = store.records(sorted(f"report:{u}" for u in urls), ("report",))
    dates = {
        url: next((d for r in held[f"report:{url}"] if (d := r.fields["published_on"])), None)
        for url in urls
    }

    def out(url: str, own: Any = None) -> bool | None:
        """False where it was published by the day; None where nobody says when."""
        when = span(dates.get(url) or own)
        return None if when is None else when.last.isoformat() > day

    kept, undated = [], 0
    for record in batch:
        body = record.fields
        url = body.get("report") or (body["url"] if record.kind == "report" else "")
        if url and (later := out(url, body.get("published_on"))) is not False:
            undated += later is None and record.kind != "report"
            continue
        if record.kind == "round":
            named = [
                p for p in body["participants"] if not p["report"] or out(p["report"]) is False
            ]
            undated += sum(out(p["report"]) is None for p in body["participants"] if p["report"])
            record = stored(record.source, record.kind, {**body, "participants": named})
        kept.append(record)
    return kept, undated


def _cited(body: dict[str, Any]) -> Iterator[str]:
    yield from (body[f] for f in ("report", "url") if body.get(f))
    yield from (p["report"] for p in body.get("participants", ()) if p["report"])


def _kept(store: Store, name: str, fill: Callable[[Store], int], tell: Tell | None) -> Past:
    """The projection of that name, made unless it is there for the store's revision."""
    revision = store.revision()
    folder = store.derived / f"{name}.{revision}"
    if (folder / _LEFT).is_file():
        os.utime(folder)
        return Past(folder, keep=True)
    keep = not store.unfinished()
    try:
        store.derived.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=_MAKING, dir=store.derived))
    except OSError:
        keep, made = False, Path(tempfile.mkdtemp(prefix="whofunds-"))
    try:
        with open_store(made / "store") as into:
            left = fill(into)
            project(into, tell)
        (made / _LEFT).write_text(str(left))
        keep = keep and store.revision() == revision  # else some were read before, some after
        if keep:
            _prune(store.derived, name)
            try:
                made.rename(folder)
                made = folder
            except OSError:  # another process made it meanwhile
                shutil.rmtree(made, ignore_errors=True)
                made = folder
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return Past(made, keep=keep)


def _prune(derived: Path, name: str) -> None:
    """Take away this projection of other revisions, the longest unused, and what was broken off."""
    made = sorted(derived.glob("*/" + _LEFT), key=lambda p: p.parent.stat().st_mtime)
    folders = [path.parent for path in made if not path.parent.name.startswith(_MAKING)]
    gone = [f for f in folders if f.name.startswith(f"{name}.")]
    gone += [f for f in folders[: -KEPT or None] if f not in gone]
    day_ago = time.time() - 86_400
    gone += [f for f in derived.glob(f"{_MAKING}*") if f.stat().st_mtime < day_ago]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
