"""Generations of companies side by side at the same age."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.header import Parameter
from whofunds.pages.facts import of_facts, told
from whofunds.pages.view import CURRENCY, View

if TYPE_CHECKING:
    from whofunds.graph import Graph

_QUERY, _SHARES = "ceiling/cohorts", "capital/shares-by-cohort"
# What the bars can't know by themselves: companies without a round, and rounds that we lack.
_TOLD = ("cohort", "age", "companies", "funded", "not_held", "uncounted", "cut", "unknown_age")
_MONTHS = Parameter(
    "months", "integer", False, 60, "ages from 12 months year by year up to this, and this"
)


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    asked = {name: values[name] for name in ("months", "currency")}
    answer = graph.query(_QUERY, **asked)
    return of_facts(
        graph,
        "cohorts",
        ("cohorts", "rows", "columns", "table"),
        values,
        title=("title.cohorts", {}),
        answers={_SHARES: graph.query(_SHARES), _QUERY: answer},
        settings={"told": told(answer, _TOLD)},
        asked=[(_QUERY, asked), (_SHARES, {})],
        hints=[
            (("hint.generations", {}), "tab=rows"),
            (("cohorts.hint-money", {}), "own.unit=money"),
            (("cohorts.hint-since", {}), "own.unit=money&own.since=money"),
        ],
    )


VIEW = View(
    "cohorts",
    "generations side by side by company age, stacked by kind of capital",
    (_MONTHS, CURRENCY),
    _draw,
)
