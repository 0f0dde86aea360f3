"""Which capital sources connect to which companies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.pages.facts import in_cohort, of_facts
from whofunds.pages.view import COHORT, CURRENCY, View

if TYPE_CHECKING:
    from whofunds.graph import Graph


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    cohort = values["cohort"]
    return of_facts(
        graph,
        "capital-map",
        ("columns", "flow", "table"),
        title=("title.capital-map-of", {"name": cohort}) if cohort else ("title.capital-map", {}),
        language=values["language"],
        currency=values["currency"],
        keep=in_cohort(cohort),
        asked=[("capital/sources-by-company", {"cohort": cohort})],
    )


VIEW = View(
    "capital-map", "which capital sources connect to which companies", (COHORT, CURRENCY), _draw
)
