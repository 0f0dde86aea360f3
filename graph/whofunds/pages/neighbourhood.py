"""Who is around a company, an investor or a city."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Any

from whofunds.errors import UsageError
from whofunds.header import Parameter
from whofunds.pages.facts import of_facts
from whofunds.pages.view import CURRENCY, View
from whofunds.views import around, words

if TYPE_CHECKING:
    from whofunds.graph import Graph

FURTHEST = 3
CARRIED = 3000
"""Facts up to which the page holds one step more than was asked for, to be brought in."""


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    id_, steps = values["of"], values["steps"]
    if not 1 <= steps <= FURTHEST:
        raise UsageError(f"steps={steps} is not right; give 1 to {FURTHEST}")
    answer = graph.query("views/facts", currency=values["currency"])
    rows = list(answer)
    type_ = around.type_of(rows, id_)
    if type_ is None:
        raise UsageError(
            f"no round names {id_}; `whofunds view path from={id_} to=COMPANY` shows how it is "
            "connected, and `whofunds investor` and `whofunds city` what is known of it"
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
        title=("title.neighbourhood", {"name": _name(shown, type_, id_)}),
        language=values["language"],
        currency=values["currency"],
        facts=replace(answer, values=list(compress(answer.values, carried))),
        counted=replace(answer, values=list(compress(answer.values, near))),
        settings={
            "address": f"of={type_}:{id_}",
            "centres": [":".join(key) for key in sorted(found) if found[key] < steps],
            "places": around.drawn(shown),
            "ties": _ties(graph, held),
        },
    )


def _name(rows: list[dict[str, Any]], type_: str, id_: str) -> str:
    columns = (type_, "seat") if type_ == "city" else (type_,)
    return next(
        (row[f"{c}_name"] for row in rows for c in columns if row[c] == id_ and row[f"{c}_name"]),
        id_,
    )


def _ties(graph: "Graph", rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What ties the entities of some facts beside money, with the report on it."""
    held = {
        (type_, row[column])
        for row in rows
        for type_, column in (("investor",) * 2, ("company",) * 2, ("city",) * 2)
    }
    ends = {"PART_OF": "investor", "ACTS_FOR": "city", "SET_CONDITION": "company"}
    reports = {row["url"]: row for row in graph.query("views/reports")}
    found = []
    for row in graph.query("views/ties"):
        start, end = ("investor", row["investor"]), (ends[row["type"]], row["other"])
        if start not in held or end not in held:
            continue
        report = reports.get(row["report"], {})
        url = words.address(row["report"])
        found.append(
            {
                "from": words.clean(":".join(start)),
                "to": words.clean(":".join(end)),
                "type": row["type"],
                "share": [row["share_min"], row["share_max"]],
                "since": words.clean(row["since"]),
                "until": words.clean(row["until"]),
                "text": words.clean(row["text"]),
                "url": url,
                "report": words.clean(report.get("name")) or url,
            }
        )
    return found


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
