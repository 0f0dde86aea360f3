"""Decisions: who is one with whom, which accounts are one round, what is wrong."""

from collections.abc import Iterator
from pathlib import Path

from whofunds import Decision, read_csv

FIELDS = ("type", "of", "a", "b", "company", "field", "value", "by", "on", "why")


def records(path: Path) -> Iterator[Decision]:
    """Decisions from a list that `whofunds decide list --output decisions.csv` wrote."""
    for row in read_csv(path):
        if not row["key"].startswith("automatic:"):
            yield Decision(**{field: row[field] for field in FIELDS})
