"""Words after a command as the values they mean."""

import re
from collections.abc import Iterator
from pathlib import Path

from whofunds.errors import UsageError


def pairs(params: list[str] | None) -> dict[str, str]:
    """The words after a command, split; UsageError for one that is no key=value."""
    found = {}
    for param in params or []:
        key, equals, value = param.partition("=")
        if not equals or not key.isidentifier():
            raise UsageError(f"{param!r} is no parameter; write it as key=value")
        if key in found:
            raise UsageError(f"{key} is given twice; leave one out")
        found[key] = value
    return found


def answers(words: list[str] | None) -> dict[str, str]:
    """The words of `--set name=value`; a value may hold anything, an empty one is an answer too."""
    found = {}
    for word in words or []:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"{word!r} is no answer; write it as name=value")
        found[name.strip()] = value
    return found


def numbered(params: dict[str, str]) -> dict[str, object]:
    """Values for one's own Cypher: a whole number or a decimal is a number, all else is text."""
    typed: dict[str, object] = dict(params)
    for key, value in params.items():
        if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value):
            typed[key] = float(value) if "." in value else int(value)
    return typed


def texts_of(words: list[str] | None, file: Path | None) -> Iterator[str]:
    """The words, then the lines of a file; UsageError where there are neither."""
    if not words and file is None:
        raise UsageError("no text is given; add one, or --file FILE with one a line")
    yield from words or ()
    if file is not None:
        with file.open(encoding="utf-8") as lines:
            yield from (line.rstrip("\r\n") for line in lines)
