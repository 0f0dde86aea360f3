"""The facts of a graph, or a part of them, as a page of several pictures."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whofunds import views

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.graph import Graph

Row = Mapping[str, Any]


def of_facts(
    graph: "Graph",
    name: str,
    tabs: Sequence[str],
    *,
    title: str,
    language: str,
    currency: str = "CNY",
    keep: Callable[[Row], bool] | None = None,
    answers: Mapping[str, "Answer"] | None = None,
    settings: Mapping[str, Any] | None = None,
    asked: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> str:
    """A page of the view `name` with these tabs, the first of which is shown first.

    `keep` says which rows of views/facts are shown. `answers` are what canned queries gave, by
    their names, which the tab "rows" shows. `settings` is what the view's own pictures need.
    `asked` are the queries behind the page, with their parameters.
    """
    facts = graph.query("views/facts", currency=currency)
    known = f", as known by {graph.known_day}" if graph.known_day else ""
    return views.of_facts(
        [row for row in facts if keep is None or keep(row)],
        list(graph.query("views/reports")),
        list(graph.query("views/accounts", currency=currency)),
        name=name,
        tabs=tabs,
        title=title + known,
        as_of=graph.facts_as_of,
        currency=currency,
        language=language,
        answers={name: (a.title, a.columns, a.values) for name, a in (answers or {}).items()},
        settings=settings or {},
        asked={
            query: graph.console(query, **given)
            for query, given in (("views/facts", {"currency": currency}), *asked)
        },
    )


def in_cohort(cohort: str) -> Callable[[Row], bool] | None:
    """Keeps the facts on companies of a cohort; all where it is empty."""
    return (lambda row: row["cohort"] == cohort) if cohort else None
