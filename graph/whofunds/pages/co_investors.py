"""Who invests together, since when and with which kinds: all pairs, or one investor's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from whofunds.header import Parameter
from whofunds.pages.facts import Row, of_facts
from whofunds.pages.view import COHORT, CURRENCY, View

if TYPE_CHECKING:
    from whofunds.graph import Graph

_QUERY = "investors/co-investors"
_INVESTOR = Parameter(
    "investor", "investor", False, "", "of this investor or group; all pairs when empty"
)


def _draw(graph: "Graph", values: Mapping[str, Any]) -> str:
    investor, cohort = values["investor"], values["cohort"]
    name, rounds, groups = investor, set[str](), dict[tuple[str, str], list[str]]()
    for row in graph.query("views/groups"):
        if row["investor"] == investor:
            name = row["investor_name"]
            rounds.add(row["round"])
        if investor in ("", row["investor"]) and row["member"] != row["investor"]:
            groups.setdefault((row["investor"], row["member"]), []).append(row["round"])

    def keep(row: Row) -> bool:
        return (not cohort or row["cohort"] == cohort) and (not investor or row["round"] in rounds)

    # The rows of the canned query are on all cohorts.
    asked = {_QUERY: {"investor": investor}} if investor and not cohort else {}
    title = ("pairs.title", {"name": name}) if investor else ("title.co-investors", {})
    return of_facts(
        graph,
        "co-investors",
        ("pairs", *(["rows"] if asked else []), "columns", "table"),
        values,
        title=("pairs.cohort", {"title": title, "cohort": cohort}) if cohort else title,
        keep=keep,
        answers={query: graph.query(query, **given) for query, given in asked.items()},
        settings={
            "groups": [(*pair, held) for pair, held in groups.items()],
            "investor": {"key": investor, "name": name} if investor else None,
        },
        asked=[("views/groups", {}), *asked.items()],
    )


VIEW = View(
    "co-investors",
    "who invests together, since when, with which kinds",
    (_INVESTOR, COHORT, CURRENCY),
    _draw,
)
