"""Whether city funds pay outside their city, and where each city's money goes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.pages.facts import in_cohort, of_facts
from whofunds.pages.view import COHORT, CURRENCY, View

if TYPE_CHECKING:
    from whofunds.graph import Graph

_QUERY = "cities/same-city"


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    cohort = values["cohort"]
    return of_facts(
        graph,
        "city-map",
        ("cities", "rows", "columns", "table"),
        values,
        title=("cities.title", {"name": cohort}) if cohort else ("title.city-map", {}),
        keep=in_cohort(cohort),
        answers={_QUERY: graph.query(_QUERY, **({"cohort": cohort} if cohort else {}))},
        asked=[(_QUERY, {"cohort": cohort})],
        hints=[(("hint.outside", {}), "tab=rows")],
    )


VIEW = View(
    "city-map",
    "do city funds pay outside their city, and where does each city's money go",
    (COHORT, CURRENCY),
    _draw,
)
