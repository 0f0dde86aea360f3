"""JSON of any form as rows: a line each, the items of an array, or one object."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from whofunds.errors import InputError
from whofunds.readers.encodings import begin
from whofunds.readers.members import BREAKS, JSONS, Member, absent, named
from whofunds.readers.reading import broke_off, log
from whofunds.tables import Item, Row

DEEPEST = 100
LONGEST_LINE = 64 * 1024 * 1024


def read_json(
    path: str | Path, name: str = "", at: str = "", *, optional: bool = False
) -> Iterator[Row]:
    """Rows of a JSON file: its lines, the items of its array, or of the array at `at`.

    `at` follows keys (`results.bindings`). `path` may be a folder or a ZIP, as for `read_table`; a
    row's `line` is its line, or the item's number. Rows are read one at a time.

    What is broken, deeper than 100, or no object comes as a row whose cells are rejected on use.
    Raises InputError where the file can't be opened, or has no array there.
    """
    path = Path(path)
    found = named(path, name, JSONS)
    if not found and not optional:
        raise InputError(absent(path, name, JSONS))
    for member in found:
        yield from _items(member, at)


def _items(member: Member, at: str) -> Iterator[Row]:
    line = 0
    try:
        lines = not at and _is_lines(member)
        log.info("%s: JSON, %s", member.label, "lines" if lines else at or "items")
        with member.opened() as file:
            for row in _of_lines(member, file) if lines else _of_tree(member, file, at):
                line = row.line
                yield row
    except BREAKS as error:
        fault = broke_off(member.label, line + 1, error)
        yield Item({}, member.label, line + 1, fault)


def _is_lines(member: Member) -> bool:
    """Whether the first line is an object by itself."""
    text = begin(member).removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip()
    return text.startswith(b"{") and text.endswith(b"}") and not _faulty(text)[1]


def _of_lines(member: Member, file: BinaryIO) -> Iterator[Row]:
    line = 0
    while text := file.readline(LONGEST_LINE):
        line += 1
        if line == 1:
            text = text.removeprefix(b"\xef\xbb\xbf")
        if len(text) == LONGEST_LINE:
            fault = broke_off(member.label, line, f"a line of more than {LONGEST_LINE:,} bytes")
            yield Item({}, member.label, line, fault)
            return
        if text.strip():
            value, fault = _faulty(text)
            yield Item(value, member.label, line, fault)


def _faulty(text: bytes) -> tuple[object, str]:
    """A line's value, and what is wrong with it; numbers as they are written."""
    try:
        printed = text.decode("utf-8", "surrogateescape")
        value = json.loads(printed, parse_float=str, parse_int=str, parse_constant=_refused)
    except RecursionError:
        return {}, "JSON that is too deep"
    except ValueError as error:
        return {}, f"not JSON: {error}"
    return value, ""


def _refused(word: str) -> NoReturn:
    raise ValueError(f"{word} is no value of JSON")


def _of_tree(member: Member, file: BinaryIO, at: str) -> Iterator[Row]:
    """Items of the array at a path, or of the file's own array; else the objects of the file."""
    import ijson

    number, seen = 0, False
    if file.peek(3)[:3] == b"\xef\xbb\xbf":  # type: ignore[attr-defined]
        file.read(3)
    try:
        events = ijson.basic_parse(file, multiple_values=not at)
        for event, first in _reached(events, at.split(".") if at else []):
            seen = True
            objects = _each(events) if event == "start_array" else [_built(event, first, events)]
            for value, fault in objects:
                number += 1
                yield Item(value, member.label, number, fault)
    except (ijson.JSONError, UnicodeError, ValueError) as error:
        said = " ".join(str(error).split())[:120]
        fault = broke_off(member.label, number + 1, f"not JSON: {said}")
        yield Item({}, member.label, number + 1, fault)
        return
    if not seen:
        where = f"no array at {at!r}" if at else "nothing in it"
        raise InputError(f"{member.label} has {where}; check the file")


Events = Iterator[tuple[str, Any]]


def _reached(events: Events, keys: list[str]) -> Events:
    """The event that begins what stands at a path; without a path, every value of the file."""
    if not keys:
        yield from events
        return
    event, _ = next(events, ("", None))
    for key in keys:
        if event != "start_map":
            return
        for event, name in events:
            if event == "end_map":
                return
            begun = next(events)
            if name == key:
                event = begun[0]
                break
            _built(*begun, events)
    if event == "start_array":
        yield event, None


def _each(events: Events) -> Iterator[tuple[object, str]]:
    """The values of an array that has begun, to its end."""
    for event, value in events:
        if event == "end_array":
            return
        yield _built(event, value, events)


def _built(event: str, value: Any, events: Events) -> tuple[object, str]:
    """The value that an event begins, to its end, and what is wrong with it."""
    if event not in ("start_map", "start_array"):
        return value, ""
    root: Any = {} if event == "start_map" else []
    open_: list[Any] = [root]
    key, depth, deepest = "", 1, 1
    for event, value in events:
        if event == "map_key":
            key = value
            continue
        if event in ("end_map", "end_array"):
            depth -= 1
            if depth < len(open_):
                open_.pop()
            if not depth:
                break
            continue
        new = {} if event == "start_map" else [] if event == "start_array" else value
        if depth <= DEEPEST:
            inner = open_[-1]
            if isinstance(inner, dict):
                inner[key] = new
            else:
                inner.append(new)
        if event in ("start_map", "start_array"):
            depth += 1
            deepest = max(deepest, depth)
            if depth <= DEEPEST:
                open_.append(new)
    return root, f"JSON that is deeper than {DEEPEST}" if deepest > DEEPEST else ""
