"""Who is around an entity: how many steps lead to it over who took part in whose rounds."""

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from whofunds.views import words
from whofunds.views.layers import places, wide

MOST = 300
"""Nodes of a network that are drawn."""
_TIED = {"PART_OF": "investor", "ACTS_FOR": "city", "SET_CONDITION": "company"}
Row = Mapping[str, Any]
Key = tuple[str, str]
_NOWHERE: Key = ("city", "")  # so that a company of unknown city stands among companies


def type_of(rows: Iterable[Row], id_: str) -> str | None:
    """Whether facts know an id as a company, an investor or a city; None where they don't."""
    found = {
        "city" if column == "seat" else column
        for row in rows
        for column in ("company", "investor", "city", "seat")
        if row.get(column) == id_
    }
    return next((t for t in ("company", "investor", "city") if t in found), None)


def distances(rows: Iterable[Row], start: Key) -> dict[Key, int]:
    """Steps from an entity to the companies and investors that any chain leads to.

    A step is from an investor to a company in whose round it took part, or back. A city's
    companies, and the investors that act for it or have their seat there, are at 0 steps from it;
    a city is no link between others.
    """
    near: dict[Key, set[Key]] = {}
    found: dict[Key, int] = {} if start[0] == "city" else {start: 0}
    for row in rows:
        company = ("company", row["company"])
        near.setdefault(company, set())
        if start == ("city", row["city"]):
            found[company] = 0
        if row["investor"] is None:
            continue
        investor = ("investor", row["investor"])
        near.setdefault(investor, set()).add(company)
        near[company].add(investor)
        if start == ("city", row["seat"]):
            found[investor] = 0
    waiting = deque(sorted(found))
    while waiting:
        key = waiting.popleft()
        for other in sorted(near.get(key, ())):
            if other not in found:
                found[other] = found[key] + 1
                waiting.append(other)
    return found


def within(row: Row, found: Mapping[Key, int], steps: int) -> bool:
    """Whether a fact is reached in so many steps: its company or investor is in one less."""
    ends = (("company", row["company"]), ("investor", row["investor"]))
    return any(found.get(end, steps) < steps for end in ends)


def named(key: Key) -> str:
    """An entity as a page's settings name it: "company:zhipu-ai"."""
    return f"{key[0]}:{words.clean(key[1])}"


def centres(found: Mapping[Key, int], steps: int) -> list[str]:
    """The entities whose facts are within so many steps."""
    return [named(key) for key in sorted(found) if found[key] < steps]


def ties(rows: Iterable[Row], held: Iterable[Row], reports: Iterable[Row]) -> list[dict[str, Any]]:
    """What ties the entities of facts to each other beside money, with the report on it.

    `held` are rows of views/ties, `reports` of views/reports.
    """
    there = {
        (type_, row[column])
        for row in rows
        for type_, column in (("investor", "investor"), ("company", "company"), ("city", "city"))
    }
    names = {row["url"]: row["name"] for row in reports}
    found = []
    for row in held:
        start, end = ("investor", row["investor"]), (_TIED[row["type"]], row["other"])
        if start in there and end in there:
            url = words.address(row["report"])
            found.append(
                {
                    "from": named(start),
                    "to": named(end),
                    "type": row["type"],
                    "share": [words.number(row["share_min"]), words.number(row["share_max"])],
                    "since": words.clean(row["since"]),
                    "until": words.clean(row["until"]),
                    "text": words.clean(row["text"]),
                    "url": url,
                    "report": words.clean(names.get(row["report"])) or url,
                }
            )
    return found


def drawn(rows: Iterable[Row]) -> dict[str, tuple[float, float]]:
    """Places for facts as a network, by "type:key": investor, round, company, city.

    Without the rounds where they would be more than MOST, and empty where even that is more.
    """
    held = list(rows)
    for rounds in (True, False):
        names, links = _links(held, rounds)
        if len(names.keys() - {_NOWHERE}) <= MOST:
            laid = places({key: wide(name) for key, name in names.items()}, links)
            return {named(key): place for key, place in laid.items() if key != _NOWHERE}
    return {}


def _links(rows: Iterable[Row], rounds: bool) -> tuple[dict[Key, str], set[tuple[Key, Key]]]:
    """Names by entity, and links as money flows."""
    names: dict[Key, str] = {}
    links: set[tuple[Key, Key]] = set()
    for row in rows:
        company = ("company", str(row["company"]))
        names[company] = str(row["company_name"])
        chain = [company]
        if rounds:
            chain.insert(0, ("round", str(row["round"])))
            names[chain[0]] = "x" * 18  # a stage and a date, in any language
        if row["investor"] is not None:
            investor = ("investor", str(row["investor"]))
            names[investor] = str(row["investor_name"])
            chain.insert(0, investor)
        city = _NOWHERE if row["city"] is None else ("city", str(row["city"]))
        names[city] = str(row["city_name"] or "")
        chain.append(city)
        links |= set(pairwise(chain))
    return names, links
