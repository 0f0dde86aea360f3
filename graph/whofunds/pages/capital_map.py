"""Which capital sources connect to which companies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.pages.facts import in_cohort, of_facts, read
from whofunds.pages.view import COHORT, CURRENCY, View
from whofunds.schema import KINDS

if TYPE_CHECKING:
    from whofunds.graph import Graph

_STATE = ("state-fund", "city-fund", "sovereign-foreign")
_GIANTS = "investors/early-and-after"
_MOST = 10_000
"""Facts up to which the page also says which giants came early: beyond, that takes minutes."""


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    cohort = values["cohort"]
    facts = read(graph, values)
    few = not cohort and len(facts) <= _MOST
    answers = {_GIANTS: graph.query(_GIANTS)} if few else {}
    return of_facts(
        graph,
        "capital-map",
        ("columns", "flow", "table", *(["rows"] if answers else [])),
        values,
        title=("title.capital-map-of", {"name": cohort}) if cohort else ("title.capital-map", {}),
        facts=facts,
        keep=in_cohort(cohort),
        answers=answers,
        asked=[("capital/sources-by-company", {"cohort": cohort}), *((q, {}) for q in answers)],
        hints=[
            *((("hint.giants", {}), "tab=rows") for _ in answers),
            (("hint.state", {}), "without=" + "+".join(k for k in KINDS if k not in _STATE)),
        ],
    )


VIEW = View(
    "capital-map", "which capital sources connect to which companies", (COHORT, CURRENCY), _draw
)
