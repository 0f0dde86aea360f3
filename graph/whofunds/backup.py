"""All records of a store in one file, and back: backup, restore and moving between stores.

A file is JSON lines, gzipped where its name ends in `.gz`: a header, the loads, the records by key,
what records were before a load replaced or deleted them, and last the counts with the SHA-256 of
all lines before. It is the same whichever store it comes from. What is concluded from the records
(the graph, what whofunds decides by itself) is not in it, and is concluded anew.
"""

import gzip
import hashlib
import io
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, cast

from pydantic import TypeAdapter, ValidationError

from whofunds.decisions import AUTOMATIC
from whofunds.errors import InputError, StoreError, UsageError
from whofunds.ingest import RECORDS_AT_ONCE, Outcome
from whofunds.model import RECORDS, adapter, inconsistencies, stored
from whofunds.projecting import Tell, project
from whofunds.stores.base import Load, Store, Version
from whofunds.stores.statements import FORMAT, batches

NAME = "records"
"""The word for such a file, where formats and loaders are named."""
_FORMAT = "whofunds-records"
_RESTORING = "restoring"
_LONGEST_LINE = 1 << 27
_LOAD = TypeAdapter(Load)
_NEXT = "take another copy, or write it again with `whofunds export --format records`"


def write(store: Store, target: Path, tell: Tell | None = None) -> None:
    """Write all records of a store to a file. Raises StoreError where they change meanwhile."""
    revision = store.revision()
    part = target.with_name(f"{target.name}.part")
    try:
        with _writing(part, packed=target.suffix == ".gz") as file:
            digest, counts = hashlib.sha256(), Counter[str]()
            for line in _lines(store, counts, tell):
                text = _json(line)
                digest.update(text)
                file.write(text)
            file.write(_json(_end(counts, digest.hexdigest())))
        if store.revision() != revision:
            raise StoreError(
                f"{store.address} was changed while it was read; export again when no load runs"
            )
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def restore(
    store: Store, path: Path, *, preview: bool = False, tell: Tell | None = None
) -> Outcome:
    """Put what a file holds into an empty store, whose graph then equals the first store's.

    The whole file is checked before anything is stored. What was broken off, the same file
    finishes. Raises InputError for a file that is cut off, altered or something else, UsageError
    where the store is not empty.
    """
    loads = []
    count = 0
    for item in read(path):
        if isinstance(item, Load):
            loads.append(item)
        else:
            count += item.until is None
            if tell and not count % RECORDS_AT_ONCE:
                tell("checked", count, None)
    _check_empty(store, loads)
    outcome = Outcome(NAME, preview, new=count)
    if preview:
        return outcome
    for load in loads:
        store.put_load(replace(load, state=_RESTORING))
    done = 0
    versions = (item for item in read(path) if isinstance(item, Version))
    for batch in batches(versions, RECORDS_AT_ONCE):
        _put(store, batch)
        done += len(batch)
        if tell:
            tell("restored", done, None)
    outcome.units = project(store, tell)
    for load in loads:
        store.put_load(load)
    return outcome


def read(path: Path) -> Iterator[Load | Version]:
    """The loads and records of a file, each checked; InputError at the end where the sum is wrong.

    A record has its units.
    """
    digest, counts, number = hashlib.sha256(), Counter[str](), 0
    end: dict[str, Any] | None = None
    try:
        with _reading(path) as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                found = _parsed(path, number, line)
                if end:
                    raise InputError(f"{path}:{number}: lines follow its last; {_NEXT}")
                if "sha256" in found:
                    end = found
                    continue
                digest.update(line)
                if number == 1:
                    _check_header(path, found)
                    continue
                item = _item(path, number, found)
                counts[_kind(item)] += 1
                yield item
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path} is cut off or damaged ({error}); {_NEXT}") from None
    if end is None:
        raise InputError(f"{path} is cut off after line {number}; {_NEXT}")
    if end != _end(counts, digest.hexdigest()):
        raise InputError(f"{path} is not as it was written: its sum or a count differs; {_NEXT}")


def _lines(store: Store, counts: Counter[str], tell: Tell | None) -> Iterator[dict[str, Any]]:
    """All lines but the last; `counts` gets how many there are of each kind."""
    yield {"format": _FORMAT, "version": FORMAT}
    for load in store.loads(gone=True):
        counts["loads"] += 1
        yield {"load": asdict(load)}
    for past in (False, True):
        for batch in store.versions(past=past):
            for version in batch:
                record = version.record
                if record.source == AUTOMATIC:
                    continue
                counts[_kind(version)] += 1
                until = {"until": version.until} if past else {}
                yield {
                    "kind": record.kind,
                    "source": record.source,
                    "load": version.load,
                    **until,
                    "body": record.fields,
                }
            if tell:
                tell("written", counts["records"] + counts["past"], None)


def _kind(item: Load | Version) -> str:
    return "loads" if isinstance(item, Load) else "records" if item.until is None else "past"


def _end(counts: Counter[str], digest: str) -> dict[str, Any]:
    return {**{k: counts[k] for k in ("loads", "records", "past")}, "sha256": digest}


def _json(line: dict[str, Any]) -> bytes:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def _parsed(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not line.endswith(b"\n"):
        what = "no file of records" if number == 1 else "no whole line of a file of records"
        raise InputError(f"{path}:{number}: {what}; {_NEXT}")
    return found


def _check_header(path: Path, found: dict[str, Any]) -> None:
    if found.get("format") != _FORMAT:
        raise InputError(f"{path}:1: no file of records of whofunds; {_NEXT}")
    if found.get("version") != FORMAT:
        raise InputError(
            f"{path}:1: written by another version of whofunds (format {found.get('version')}, "
            f"this one reads {FORMAT}); restore it with that version, or load the facts anew"
        )


def _item(path: Path, number: int, found: dict[str, Any]) -> Load | Version:
    try:
        if "load" in found and isinstance(found["load"], dict):
            return _LOAD.validate_python(found["load"])
        kind, source, body = found["kind"], found["source"], found["body"]
        load, until = found["load"], found.get("until")
        if not (
            isinstance(source, str)
            and isinstance(load, int)
            and isinstance(until, int | None)
            and kind in RECORDS
        ):
            raise ValueError
        checker = adapter(kind)
        whole = checker.dump_python(checker.validate_python(body), mode="json")
        if any(whole.get(f) != body[f] for f in body) or list(inconsistencies(kind, whole)):
            raise ValueError
        return Version(stored(source, kind, whole), load, until)
    except (KeyError, TypeError, ValueError, ValidationError):
        raise InputError(
            f"{path}:{number}: no load or record of this version of whofunds; {_NEXT}"
        ) from None


def _check_empty(store: Store, loads: list[Load]) -> None:
    held = store.loads(gone=True)
    begun = [replace(load, state=_RESTORING) for load in loads][: len(held)]
    if held != begun or (store.record_counts() and not held):
        raise UsageError(
            f"{store.address} holds loads or records already, and records are restored into an "
            "empty store alone; name a new folder with --store FOLDER, or an empty database"
        )


def _put(store: Store, batch: list[Version]) -> None:
    now = sorted((v for v in batch if v.until is None), key=lambda v: v.load)
    for load, of_load in groupby(now, key=lambda v: v.load):
        store.put_records([v.record for v in of_load], (), load)
    if past := [v for v in batch if v.until is not None]:
        store.put_past(past)


@contextmanager
def _writing(path: Path, *, packed: bool) -> Iterator[BinaryIO]:
    with path.open("wb") as raw:
        if not packed:
            yield raw
        else:
            # Without name and time, so that equal stores give equal bytes.
            with gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
                yield cast("BinaryIO", file)
        raw.flush()
        os.fsync(raw.fileno())


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    """A file of records, unpacked where it is packed, whatever its name."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if packed:
            with io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw))) as file:
                yield cast("BinaryIO", file)
        else:
            yield raw
