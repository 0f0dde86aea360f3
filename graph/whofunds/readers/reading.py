"""How far the reading of a load is, and what of it was broken."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

log = logging.getLogger("whofunds")


@dataclass
class Reading:
    """Bytes read of the bytes there are; `broken` has the files that could not be read whole.

    Each with the line where it breaks off, and why.
    """

    total: int = 0
    done: int = 0
    broken: list[tuple[str, int, str]] = field(default_factory=list)


_CURRENT: ContextVar[Reading | None] = ContextVar("reading", default=None)


def current() -> Reading | None:
    """What the readers count for; None outside of a load."""
    return _CURRENT.get()


@contextmanager
def begun(total: int = 0) -> Iterator[Reading]:
    """A load, of so many bytes."""
    token = _CURRENT.set(reading := Reading(total))
    try:
        yield reading
    finally:
        _CURRENT.reset(token)


def broke_off(label: str, line: int, reason: object) -> str:
    """Note that a file could not be read further, and say so; returns the fault of a last row."""
    said = f"the file breaks off here: {reason}"
    if reading := current():
        reading.broken.append((label, line, said))
    log.warning("%s:%d: %s; what stands before is read", label, line, said)
    return said
