"""Checks: what is doubtful in the facts, the worst first.

A check is a canned query in `queries/checks/`, or in a folder of one's own, or a line in MADE. Its
rows say what they are about (kind, id, name), why it is listed (detail), and the reports.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from whofunds.answers import Answer
from whofunds.catalog import Column
from whofunds.errors import UsageError

if TYPE_CHECKING:
    from whofunds.graph import Graph

FOLDER = "checks/"
Row = tuple[str, str, str, str, list[str]]
Rows = Callable[["Graph"], Iterable[Row]]


def _not_obeyed(graph: "Graph") -> Iterator[Row]:
    for row in graph.decisions():
        if row["state"] != "obeyed":
            yield "decision", row["key"], f"{row['type']} {row['a']}", row["state"], []


MADE: dict[str, tuple[str, Rows]] = {
    "decisions": (
        "Decisions that are not obeyed: contradictions, and those about nothing",
        _not_obeyed,
    ),
}
"""Checks that no query can make: name -> title, and what gives the rows, the worst first."""

_COLUMNS = tuple(map(Column, ("kind", "id", "name", "detail", "reports")))


def check(graph: "Graph", names: Sequence[str] = ()) -> dict[str, Answer]:
    """The rows of the checks of these names, or of all; UsageError for a name that is none."""
    canned = {n.removeprefix(FOLDER) for n in graph.queries() if n.startswith(FOLDER)}
    known = sorted(canned | MADE.keys())
    for name in names:
        if name not in known:
            raise UsageError(f"no check is called {name!r}; there are {', '.join(known)}")
    return {name: _answer(graph, name) for name in names or known}


def _answer(graph: "Graph", name: str) -> Answer:
    if name not in MADE:
        return graph.query(FOLDER + name)
    title, rows = MADE[name]
    found: list[tuple[object, ...]] = [tuple(row) for row in rows(graph)]
    return Answer(title, _COLUMNS, found, graph.facts_as_of, unfinished=graph.store.unfinished())
