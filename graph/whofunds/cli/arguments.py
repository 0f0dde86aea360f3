"""key=value words as the values they mean."""

import re

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


def numbered(params: dict[str, str]) -> dict[str, object]:
    """Values for one's own Cypher: a whole number or a decimal is a number, all else is text."""
    typed: dict[str, object] = dict(params)
    for key, value in params.items():
        if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value):
            typed[key] = float(value) if "." in value else int(value)
    return typed
