"""From a graph's answers to the page of a view."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from whofunds import views
from whofunds.errors import UsageError

if TYPE_CHECKING:
    from whofunds.graph import Graph

VIEWS = ("capital-map", "query")


class Page(str):
    """The text of a page, which a notebook shows as the page itself."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from whofunds.markup import frame

        return frame(self)


def page(graph: "Graph", name: str, params: Mapping[str, object]) -> Page:
    """The page of one of VIEWS, as HTML. Raises UsageError for what can't be drawn."""
    return Page(_drawn(graph, name, params))


def _drawn(graph: "Graph", name: str, params: Mapping[str, object]) -> str:
    if name == "capital-map":
        if params:
            raise UsageError(f"capital-map takes no {next(iter(params))!r}; leave it out")
        known = f", as known by {graph.known_day}" if graph.known_day else ""
        return views.capital_map(
            list(graph.query("views/facts")),
            list(graph.query("views/reports")),
            title=f"Who funds whom{known}",
            as_of=graph.facts_as_of,
        )
    if name == "query":
        return _of_query(graph, dict(params))
    raise UsageError(f"no view is called {name!r}; there are {', '.join(VIEWS)}")


def _of_query(graph: "Graph", params: dict[str, object]) -> str:
    name = str(params.pop("name", ""))
    if not name:
        raise UsageError("view query needs name=TOPIC/NAME; `whofunds queries` lists them")
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
        title=f"{answer.title}{known}",
        question=f"{graph.queries()[name].question} {name}{given}",
        rows=answer.values,
        columns=list(answer.names),
        as_of=answer.facts_as_of,
    )
