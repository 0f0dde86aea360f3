"""Decisions: who is one with whom, which accounts are one round, what is wrong."""

from collections.abc import Iterator
from pathlib import Path

from whofunds import Cell, Decision, read_csv

FIELDS = ("type", "of", "a", "b", "company", "field", "value", "by", "on", "why")


def records(path: Path) -> Iterator[Decision]:
    """Decisions from a list that `whofunds decide list --output decisions.csv` wrote."""
    for row in read_csv(path):
        if not row["key"].startswith("automatic:"):
            yield Decision(**{field: _bare(row[field]) for field in FIELDS})


def _bare(cell: Cell) -> Cell:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@"):
        return cell.put(cell[1:])
    return cell
