"""The result of a canned query that gives nodes, relationships or paths."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds import views
from whofunds.errors import UsageError
from whofunds.pages.view import View

if TYPE_CHECKING:
    from whofunds.graph import Graph


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    params = dict(values)
    language = params.pop("language")
    name = str(params.pop("name", ""))
    if not name:
        raise UsageError("view query needs name=TOPIC/NAME; `whofunds queries` lists them")
    return of_query(graph, name, params, language=language)


def of_query(
    graph: "Graph", name: str, params: Mapping[str, Any], *, language: str, title: str = ""
) -> str:
    """The page of a query's nodes and relationships; the query's title unless one is given."""
    answer = graph.query(name, **params)
    nodes, relationships = views.drawn(answer.values)
    if not answer.values:
        raise UsageError(f"{name} found nothing with these parameters, so nothing can be drawn")
    if not nodes:
        raise UsageError(
            f"{name} gave no node, relationship or path to draw; `whofunds query {name}` "
            "shows its rows, and paths/between is one that draws"
        )
    known = f", as known by {graph.known_day}" if graph.known_day else ""
    given = "".join(f" {key}={value}" for key, value in params.items())
    return views.network(
        nodes,
        relationships,
        title=f"{title or answer.title}{known}",
        question=f"{graph.queries()[name].question} {name}{given}",
        rows=answer.values,
        columns=list(answer.names),
        as_of=answer.facts_as_of,
    )


VIEW = View(
    "query",
    "any canned query that gives nodes, relationships or paths",
    None,
    _draw,
    "name=TOPIC/NAME and what that query takes",
)
