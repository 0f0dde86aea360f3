"""Which capital sources connect to which companies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.pages.facts import in_cohort, of_facts
from whofunds.pages.view import COHORT, CURRENCY, View
from whofunds.schema import KINDS

if TYPE_CHECKING:
    from whofunds.graph import Graph

_STATE = ("state-fund", "city-fund", "sovereign-foreign")
_GIANTS = "investors/early-and-after"


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    cohort = values["cohort"]
    answers = {} if cohort else {_GIANTS: graph.query(_GIANTS)}
    return of_facts(
        graph,
        "capital-map",
        ("columns", "flow", "table", *(["rows"] if answers else [])),
        values,
        title=("title.capital-map-of", {"name": cohort}) if cohort else ("title.capital-map", {}),
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
