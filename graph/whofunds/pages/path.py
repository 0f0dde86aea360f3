"""How one entity's money reaches another: the shortest chains between the two."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.errors import NameNotFound, UsageError
from whofunds.header import Parameter
from whofunds.pages.result import of_answer
from whofunds.pages.view import View

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.graph import Graph

FROM_GOVERNMENT, BETWEEN = "paths/from-government", "paths/between"


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    start, end, as_of = values["from"], values["to"], values["as_of"]
    if start == end:
        raise UsageError(f"from and to are both {start}; give two entities")
    query, params, answer = _asked(graph, start, end, as_of)
    rows = list(answer)
    if not rows:
        by = "" if as_of == "9999-12-31" else f" by {as_of}"
        raise UsageError(
            f"no chain of up to 12 steps links {start} and {end}{by}; see who is around one of "
            f"them: `whofunds view neighbourhood of={start}`"
        )
    names = {n.id: n.properties.get("name") or n.id for row in rows for n in row["path"].nodes}
    state = query == FROM_GOVERNMENT
    title = "path.title" if state else "title.path"
    first, last = (start, end) if not state else (params["government"], params["company"])
    ends = {"from": names[first], "to": names[last]}
    left_out = max((int(row["possible"] or 0) for row in rows), default=0) if state else 0
    return of_answer(
        graph,
        answer,
        name="path",
        tabs=("steps", "network", "table"),
        title=(title, ends),
        question="",
        asked=(query, params),
        language=values["language"],
        # A government's chains are of closed rounds alone, and of links that held at their date.
        chains=[{"certain": True, **row, **({"possible": 0} if state else {})} for row in rows],
        notes=[
            ("path.question", {}),
            *([("path.possible", {"n": left_out})] if left_out else []),
        ],
    )


def _asked(
    graph: "Graph", start: str, end: str, as_of: str
) -> tuple[str, dict[str, str], "Answer"]:
    """The query that answers, with its parameters: from a government, where one end is one."""
    for government, company in ((start, end), (end, start)):
        params = {"government": government, "company": f"startup:{company}", "as_of": as_of}
        try:
            answer = graph.query(FROM_GOVERNMENT, **params)
        except NameNotFound:
            continue  # that end is no company
        if len(answer):
            return FROM_GOVERNMENT, params | {"company": company}, answer
    params = {"from": start, "to": end, "as_of": as_of}
    return BETWEEN, params, graph.query(BETWEEN, **params)


VIEW = View(
    "path",
    "how one entity's money reaches another: the shortest chains between the two",
    (
        Parameter("from", "entity", True, None, "a company, investor or city, by id or any name"),
        Parameter("to", "entity", True, None, "another one"),
        Parameter(
            "as_of", "date", False, "9999-12-31", "chains that may have been there by this day"
        ),
    ),
    _draw,
)
