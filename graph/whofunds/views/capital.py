"""The capital map: one fact table behind columns, a flow and a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from whofunds import schema
from whofunds.views import words
from whofunds.views.facts import UNNAMED, Table, table
from whofunds.views.frame import render

_SCRIPTS = (
    "dom.js",
    "search.js",
    "facts.js",
    "lanes.js",
    "columns.js",
    "flow.js",
    "table.js",
    "panel.js",
    "save.js",
    "page.js",
)
_STATIC_ROWS = 1000


def page(
    facts: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    *,
    title: str,
    as_of: str,
) -> str:
    """See `whofunds.views.capital_map`."""
    held = table(facts, reports)
    day = words.clean(as_of)
    rows = _rows(held)
    cited = sorted({n for row in rows for n in row["round"]["reports"]})
    return render(
        "page.html",
        nodes=held.entities,
        edges=held.participations,
        scripts=_SCRIPTS,
        data={"rounds": held.rounds, "reports": held.reports, "title": words.clean(title)},
        title=words.clean(title),
        headline=_headline(held, day),
        coverage=_coverage(held),
        rows=rows,
        sources=[(n + 1, held.reports[n]) for n in cited],
        total=len(held.participations),
    )


def _headline(held: Table, as_of: str) -> str:
    closed = held.closed
    inside = {i for i, r in enumerate(held.rounds) if r["status"] == "closed"}
    named = {p["from"] for p in held.participations if p["round"] in inside}
    investors = sum(1 for i in named if held.entities[i]["key"] != UNNAMED)
    parts = [
        words.count(len(closed), "closed round"),
        words.count(len({r["company"] for r in closed}), "company", "companies"),
        words.count(investors, "named investor"),
    ]
    return " · ".join([*parts, f"as of {as_of}"] if as_of else parts)


def _coverage(held: Table) -> str:
    """What the figures rest on, and what was left out; of closed rounds."""
    unnamed, rounds = set[int](), set[int]()
    taking = cheques = unknown = 0
    unknown_kind = list(schema.KINDS).index("unknown")
    for part in held.participations:
        if held.rounds[part["round"]]["status"] != "closed":
            continue
        if held.entities[part["from"]]["key"] == UNNAMED:
            unnamed.add(part["round"])
            continue
        rounds.add(part["round"])
        taking += 1
        cheques += bool(part["cheque"])
        unknown += unknown_kind in part["kinds"]
    talks = len(held.rounds) - len(held.closed)
    undated = sum(1 for r in held.closed if not r["first"])
    disputed = sum(1 for r in held.closed if r["disputed"])
    parts = [
        f"{words.share(cheques, taking)} of participations have a published cheque",
        f"{words.share(unknown, taking)} are of unknown kind",
        f"{words.count(len(unnamed - rounds), 'round')} without a named investor",
        f"{disputed:,} disputed",
        f"left out: {words.count(talks, 'round')} in talks or planned",
        f"{undated:,} undated (shown while all years are)",
    ]
    return " · ".join(parts)


def _rows(held: Table) -> list[dict[str, Any]]:
    """The first rows of the table as it stands without JavaScript, newest first."""

    def order(part: Mapping[str, Any]) -> tuple[str, ...]:
        round_ = held.rounds[part["round"]]
        return (
            round_["last"] or "",
            held.entities[part["to"]]["label"],
            round_["key"],
            held.entities[part["from"]]["label"],
        )

    return [
        part
        | {
            "round": held.rounds[part["round"]],
            "company": held.entities[part["to"]]["label"],
            "investor": held.entities[part["from"]]["label"],
            "kinds": ", ".join(held.entities[k]["label"] for k in part["kinds"]),
            "city": held.entities[held.rounds[part["round"]]["city"]]["label"],
        }
        for part in sorted(held.participations, key=order, reverse=True)[:_STATIC_ROWS]
    ]
