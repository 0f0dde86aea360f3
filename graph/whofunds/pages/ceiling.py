"""Whether a line, 20bn CNY unless another is given, is all that one company can raise."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.header import Parameter
from whofunds.pages.facts import in_cohort, of_facts, told
from whofunds.pages.view import COHORT, CURRENCY, View

if TYPE_CHECKING:
    from whofunds.graph import Graph

_QUERY = "ceiling/raised"
# What the curves can't know by themselves: the query's words, and sums that stand apart.
_TOLD = (
    "company",
    "raised",
    "valued",
    "open",
    "ceiling",
    "listing_stated",
    "commitments_stated",
    "grants_stated",
    "parent_stated",
)
_LINE = Parameter("line", "number", False, 20_000_000_000, "the line, in the currency")


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    asked = {name: values[name] for name in ("line", "currency", "cohort")}
    answer = graph.query(_QUERY, **asked)
    cohort = values["cohort"]
    return of_facts(
        graph,
        "ceiling",
        ("ceiling", "rows", "columns", "table"),
        values,
        title=("ceiling.title-of", {"name": cohort}) if cohort else ("title.ceiling", {}),
        keep=in_cohort(cohort),
        answers={_QUERY: answer},
        settings={
            "line": values["line"],
            "told": told(answer, _TOLD),
        },
        asked=[(_QUERY, asked)],
        hints=[
            (("hint.line", {}), "tab=rows"),
            (("ceiling.hint-valuation", {}), "own.measure=valuation"),
        ],
    )


VIEW = View(
    "ceiling",
    "is 20bn CNY all that one company can raise",
    (COHORT, _LINE, CURRENCY),
    _draw,
)
