"""Checks: what is doubtful in the facts, the worst first.

A check is a canned query in `queries/checks/`, or in a folder of one's own, or a line in MADE.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from whofunds.answers import Answer
from whofunds.errors import UsageError

if TYPE_CHECKING:
    from whofunds.graph import Graph

FOLDER = "checks/"
MADE: dict[str, Callable[["Graph"], Answer]] = {}
"""Checks that no query can make, by name."""


def check(graph: "Graph", names: Sequence[str] = ()) -> dict[str, Answer]:
    """The rows of the checks of these names, or of all; UsageError for a name that is none."""
    canned = [n.removeprefix(FOLDER) for n in graph.queries() if n.startswith(FOLDER)]
    known = sorted({*canned, *MADE})
    for name in names:
        if name not in known:
            raise UsageError(f"no check is called {name!r}; there are {', '.join(known)}")
    return {
        name: MADE[name](graph) if name in MADE else graph.query(FOLDER + name)
        for name in names or known
    }
