"""The facts of a graph, or a part of them, as a page of several pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from whofunds import views
from whofunds.views import words
from whofunds.views.words import Said

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.graph import Graph

Row = Mapping[str, Any]
_COMPANIES = 500
"""Companies whose facts are read at once."""


def of_facts(
    graph: "Graph",
    name: str,
    tabs: Sequence[str],
    values: Mapping[str, Any],
    *,
    title: Said,
    facts: "Answer | None" = None,
    counted: "Answer | None" = None,
    keep: Callable[[Row], bool] | None = None,
    answers: Mapping[str, "Answer"] | None = None,
    settings: Mapping[str, Any] | None = None,
    asked: Sequence[tuple[str, Mapping[str, Any]]] = (),
    hints: Sequence[tuple[Said, str]] = (),
) -> str:
    """A page of the view `name` with these tabs, the first of which is shown first.

    `values` are what its `View` was given: language, currency, tell. `title` is the key of a text,
    and its values. `facts` are those of views/facts, where they are at hand, and `keep` says which
    of its rows are shown; the headline is of `counted` where that is less. `answers` are what
    canned queries gave, by their names, which the tab "rows" shows. `settings` is what the view's
    own pictures need. `hints` are questions with the state of the page that answers them. `asked`
    are the queries behind the page, with their parameters.
    """
    currency = values["currency"]
    if facts is None:
        facts = read(graph, values)
    if keep:
        kept = [held for held, row in zip(facts.values, facts, strict=True) if keep(row)]
        facts = replace(facts, values=kept)
    return views.of_facts(
        facts,
        graph.query("views/reports"),
        graph.query("views/accounts"),
        name=name,
        tabs=tabs,
        title=as_known(graph, title),
        as_of=graph.facts_as_of,
        currency=currency,
        language=values["language"],
        answers={name: (a.title, a.columns, a.values) for name, a in (answers or {}).items()},
        settings=settings or {},
        hints=hints,
        counted=counted,
        coverage=coverage(graph, facts if counted is None else counted),
        asked={
            query: graph.console(query, **given)
            for query, given in (("views/facts", {"currency": currency}), *asked)
        },
    )


def read(graph: "Graph", values: Mapping[str, Any]) -> "Answer":
    """All facts, company by company: page by page it takes less time, and tells how far it is."""
    given = {"currency": values["currency"], "page": _COMPANIES}
    pages = list(graph.paged("views/facts", "facts read", values["tell"], **given))
    if not pages:
        return graph.query("views/facts", **given)
    return replace(pages[0], values=[row for page in pages for row in page.values])


def coverage(graph: "Graph", facts: "Answer") -> dict[str, int]:
    """Of the companies in facts whose rounds any report counts, the rounds held and the least there
    are; empty where no report counts.
    """
    companies = {row["company"] for row in facts}
    asked = [row for row in graph.query("quality/coverage") if row["company"] in companies]
    counts = [row for row in asked if row["rounds_stated"] is not None]
    held, lacked = (sum(row[name] for row in counts) for name in ("rounds", "not_held"))
    of = {"companies": len(counts), "held": held, "counted": held + lacked}
    return of if counts else {}


def as_known(graph: "Graph", title: str | Said) -> str | Said:
    """A title that says by which day's knowledge the graph answers, if by one's, and what lacks."""
    if not graph.known_day:
        return title
    known = ("page.as-known", {"title": title, "day": graph.known_day})
    left = graph.left_out
    return ("page.without-undated", {"title": known, "n": left}) if left else known


def in_cohort(cohort: str) -> Callable[[Row], bool] | None:
    """Keeps the facts on companies of a cohort; all where it is empty."""
    return (lambda row: row["cohort"] == cohort) if cohort else None


def told(answer: "Answer", names: Sequence[str]) -> list[dict[str, Any]]:
    """Some columns of an answer's rows for a picture's settings, as clean as the page's facts."""

    def fit(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return words.texts(value)
        return words.clean(value) if isinstance(value, str) else value

    return [{name: fit(row[name]) for name in names} for row in answer]
