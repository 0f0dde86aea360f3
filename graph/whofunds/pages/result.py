"""The result of a canned query that gives nodes, relationships or paths."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whofunds import views
from whofunds.errors import UsageError
from whofunds.output import cells
from whofunds.pages.facts import as_known
from whofunds.pages.view import View
from whofunds.views.words import Said

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.graph import Graph


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    params = dict(values)
    language = params.pop("language")
    params.pop("tell")
    name = str(params.pop("name", ""))
    if not name:
        raise UsageError("view query needs name=TOPIC/NAME; `whofunds queries` lists them")
    answer = graph.query(name, **params)
    if not len(answer):
        raise UsageError(f"{name} found nothing with these parameters, so nothing can be drawn")
    if not views.drawn(answer.values)[0]:
        raise UsageError(
            f"{name} gave no node, relationship or path to draw; `whofunds query {name}` "
            "shows its rows, and paths/between is one that draws"
        )
    given = "".join(f" {key}={value}" for key, value in params.items())
    return of_answer(
        graph,
        answer,
        title=answer.title,
        question=f"{graph.queries()[name].question} {name}{given}",
        asked=(name, params),
        language=language,
    )


def of_answer(
    graph: "Graph",
    answer: "Answer",
    *,
    title: str | Said,
    question: str,
    asked: tuple[str, Mapping[str, Any]],
    language: str,
    name: str = "query",
    tabs: Sequence[str] = ("network", "table"),
    chains: Sequence[Mapping[str, Any]] = (),
    notes: Sequence[Said] = (),
) -> str:
    """The page of an answer's nodes, relationships and rows; `asked` is its query with values."""
    numbers: dict[str, int] = {}
    table = cells(answer, numbers)
    nodes, relationships = views.drawn(answer.values)
    return views.network(
        nodes,
        relationships,
        name=name,
        tabs=tabs,
        title=as_known(graph, title),
        question=question,
        rows=answer.values,
        columns=answer.names,
        table=table,
        meanings={column.name: column.meaning for column in answer.columns},
        cited=list(numbers),
        reports=list(graph.query("views/reports")),
        chains=chains,
        notes=notes,
        asked={asked[0]: graph.console(asked[0], **asked[1])},
        as_of=answer.facts_as_of,
        language=language,
    )


VIEW = View(
    "query",
    "any canned query that gives nodes, relationships or paths",
    None,
    _draw,
    "name=TOPIC/NAME and what that query takes",
)
