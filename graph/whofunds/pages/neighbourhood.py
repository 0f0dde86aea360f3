"""Who is around a company, an investor or a city."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from whofunds.errors import UsageError
from whofunds.header import Parameter
from whofunds.pages.facts import of_facts, read
from whofunds.pages.view import CURRENCY, View
from whofunds.views import around

if TYPE_CHECKING:
    from whofunds.graph import Graph

FURTHEST = 3
CARRIED = 3000
"""Facts up to which the page holds one step more than was asked for, to be brought in."""


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    id_, steps = values["of"], values["steps"]
    if not 1 <= steps <= FURTHEST:
        raise UsageError(f"steps={steps} is not right; give 1 to {FURTHEST}")
    answer = read(graph, values)
    rows = list(answer)
    type_ = around.type_of(rows, id_)
    if type_ is None:
        raise UsageError(
            f"no round names {id_}; `whofunds view path from={id_} to=COMPANY` shows how it is "
            "connected, if it is"
        )
    found = around.distances(rows, (type_, id_))
    further = [around.within(row, found, steps + 1) for row in rows]
    near = [around.within(row, found, steps) for row in rows]
    carried = further if sum(further) <= CARRIED else near
    shown, held = list(compress(rows, near)), list(compress(rows, carried))
    return of_facts(
        graph,
        "neighbourhood",
        ("columns", "network", "flow", "table"),
        values,
        title=("title.neighbourhood", {"name": _name(shown, type_, id_)}),
        facts=replace(answer, values=list(compress(answer.values, carried))),
        counted=replace(answer, values=list(compress(answer.values, near))),
        settings={
            "address": "of=" + quote(around.named((type_, id_))),
            "centres": around.centres(found, steps),
            "places": around.drawn(shown),
            "ties": around.ties(held, graph.query("views/ties"), graph.query("views/reports")),
        },
    )


def _name(rows: list[dict[str, Any]], type_: str, id_: str) -> str:
    columns = (type_, "seat") if type_ == "city" else (type_,)
    return next(
        (row[f"{c}_name"] for row in rows for c in columns if row[c] == id_ and row[f"{c}_name"]),
        id_,
    )


VIEW = View(
    "neighbourhood",
    "who is around a company, an investor or a city",
    (
        Parameter("of", "entity", True, None, "a company, investor or city, by id or any name"),
        Parameter("steps", "integer", False, 1, f"how many steps away, 1 to {FURTHEST}"),
        CURRENCY,
    ),
    _draw,
)
