"""Companies and investors as Wikidata has them: names, seats, who owns whom."""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from whofunds import (
    Cell,
    City,
    InputError,
    Investor,
    Link,
    Reject,
    Report,
    Row,
    Startup,
    read_json,
)

LOG = logging.getLogger("whofunds")
PERCENT = {"Q11229": 1.0, "Q199": 100.0}
"""Units of a share: percent, and one."""
LENGTH = {"9": 4, "10": 7, "11": 10}
"""Characters of a date that are known, by Wikidata's precision: year, month, day."""
POINT = re.compile(r"Point\((\S+) (\S+)\)", re.IGNORECASE)
ITEM = re.compile(r"(?:^|/)(Q[1-9]\d*)\s*$")
IDS = ("lei", "cik", "crunchbase")
Rows = list[Row]


def records(path: Path, *, role: Literal["", "investor", "startup"] = "") -> Iterator[object]:
    """Companies and investors of a Wikidata query: names, seats, founding, parents.

    Rows of one `item` are laid together, so it may have any number. What an item is stands in the
    variable `role` (investor or startup), or in the option for those that have none.

    `parent` (P749) becomes a part-of link between two investors; `owner` (P127) does where `share`
    says more than 50 %, since every answer takes such a link for control; other owners are left out
    and counted, and so are those of startups. Dates are as exact as their `...Precision` says,
    without one a year. Of two countries or dates of founding none is taken.

    It can't know rounds, nor what kind of capital an investor is. A seat is taken for a city.

    Run this at https://query.wikidata.org with the items that are wanted in VALUES, and download
    "JSON file" (the result of its endpoint will do too). Leave out what isn't wanted; the names of
    the variables must stay.

        SELECT ?item ?itemLabel ?role ?name ?country ?inception ?inceptionPrecision ?website ?lei
          ?cik ?crunchbase ?seat ?seatLabel ?seatCountry ?place ?parent ?parentLabel ?owner
          ?ownerLabel ?share ?shareUnit ?since ?sincePrecision ?until ?untilPrecision
        WHERE {
          VALUES (?item ?role) { (wd:Q0 "startup") (wd:Q1 "investor") }
          { ?item rdfs:label|skos:altLabel ?name
            FILTER(LANG(?name) IN ("en", "mul", "zh", "fr", "de", "ja")) }
          UNION { ?item wdt:P17/wdt:P297 ?country }
          UNION { ?item p:P571 ?begun . ?begun a wikibase:BestRank ; psv:P571
            [ wikibase:timeValue ?inception ; wikibase:timePrecision ?inceptionPrecision ] }
          UNION { ?item wdt:P856 ?website }
          UNION { ?item wdt:P1278 ?lei }
          UNION { ?item wdt:P5531 ?cik }
          UNION { ?item wdt:P2088 ?crunchbase }
          UNION { ?item wdt:P159 ?seat . OPTIONAL { ?seat wdt:P17/wdt:P297 ?seatCountry }
            OPTIONAL { ?seat wdt:P625 ?place } }
          UNION { { ?item p:P749 ?of . ?of ps:P749 ?parent }
            UNION { ?item p:P127 ?of . ?of ps:P127 ?owner
              OPTIONAL { ?of pqv:P1107
                [ wikibase:quantityAmount ?share ; wikibase:quantityUnit ?shareUnit ] } }
            ?of wikibase:rank ?rank FILTER(?rank != wikibase:DeprecatedRank)
            OPTIONAL { ?of pqv:P580
              [ wikibase:timeValue ?since ; wikibase:timePrecision ?sincePrecision ] }
            OPTIONAL { ?of pqv:P582
              [ wikibase:timeValue ?until ; wikibase:timePrecision ?untilPrecision ] } }
          SERVICE wikibase:label { bd:serviceParam wikibase:language "en,mul,zh,fr,de,ja" }
        }
    """
    items: dict[str, Rows] = {}
    for row in _rows(path):
        cell = _cell(row, "item")
        if item := _id(cell):
            items.setdefault(item, []).append(row)
        else:
            yield Reject(cell, cell.fault or "no item of Wikidata, which is Q and a number")
    roles = {item: _only(rows, "role") or role for item, rows in items.items()}
    seen = {item for item, is_ in roles.items() if is_ == "investor"}
    left = 0
    for item, rows in items.items():
        if roles[item] not in ("investor", "startup"):
            reason = "neither an investor nor a startup; give role, as --set role=startup"
            yield Reject(_cell(rows[0], "item"), reason)
            continue
        yield _entity(item, rows, roles[item])
        links: list[object] = list(_seats(item, rows, roles[item], seen))
        for row in rows:
            for whole, label, share, controls in _owners(row):
                if roles[item] == "startup" or not controls:
                    left += 1
                    continue
                if whole not in seen:
                    seen.add(whole)
                    yield Investor(id=f"wikidata:{whole}", name=label or whole)
                links.append(_part_of(item, whole, row, share))
        if links:
            yield Report(url=_page(item), name=_label(item, rows), publisher="Wikidata")
        yield from links
    if left:
        why = "they own a startup, or are not known to hold more than 50 %"
        LOG.warning("%s: owners left out, as %s: %d", path.name, why, left)


def _rows(path: Path) -> Rows:
    """The rows of a result: bindings as the endpoint gives them, or a plain list of objects."""
    with suppress(InputError):
        return list(read_json(path, at="results.bindings"))
    return list(read_json(path))


def _cell(row: Row, variable: str) -> Cell:
    """A variable's value; without one it is empty, but for the item."""
    long = f"{variable}.value"
    cell = row[long] if long in row else row[variable]
    absent = variable != "item" and variable not in row and not row.fault
    return Cell("", row.file, row.line, variable) if absent else cell


def _id(cell: str) -> str:
    """An item's number; empty for what is unknown or not an item."""
    found = ITEM.search(cell)
    return found[1] if found else ""


def _page(item: str) -> str:
    return f"https://www.wikidata.org/wiki/{item}"


def _only(rows: Rows, variable: str) -> str:
    """The one value that all rows which have any give; empty where they differ."""
    found = {str(cell): cell for row in rows if (cell := _cell(row, variable))}
    return next(iter(found.values())) if len(found) == 1 else ""


def _label(item: str, rows: Rows) -> str:
    """Its label; the query service gives the item's number where it has none."""
    named = (cell for v in ("itemLabel", "name") for row in rows if (cell := _cell(row, v)))
    return next((cell for cell in named if cell != item), item)


def _entity(item: str, rows: Rows, role: str) -> Investor | Startup:
    name = _label(item, rows)
    names = sorted({n for row in rows if (n := _cell(row, "name")) and n != name})
    sites = {("domain", site) for row in rows if (site := _cell(row, "website"))}
    other = {(s, one) for s in IDS for row in rows if (one := _cell(row, s))}
    ids, country = sorted(sites | other), _only(rows, "country")
    if role == "investor":
        return Investor(id=f"wikidata:{item}", name=name, names=names, country=country, ids=ids)
    dates = {date for row in rows if (date := _date(row, "inception"))}
    founded = min(dates) if len(dates) == 1 else ""
    return Startup(
        id=f"wikidata:{item}", name=name, names=names, country=country, founded=founded, ids=ids
    )


def _date(row: Row, variable: str) -> str:
    """A date as far as it is known: a day, month or year; empty for a decade or more."""
    precision = str(_cell(row, f"{variable}Precision"))
    return str(_cell(row, variable))[: LENGTH.get(precision, 0 if precision else 4)]


def _seats(item: str, rows: Rows, role: str, seen: set[str]) -> Iterator[object]:
    for row in rows:
        if not (seat := _id(_cell(row, "seat"))):
            continue
        if f"city:{seat}" not in seen:
            seen.add(f"city:{seat}")
            point = POINT.match(_cell(row, "place"))
            yield City(
                id=f"wikidata:{seat}",
                name=_cell(row, "seatLabel") or seat,
                country=_cell(row, "seatCountry"),
                longitude=point[1] if point else None,
                latitude=point[2] if point else None,
            )
        yield Link(
            type="seat",
            of="startup" if role == "startup" else "investor",
            source=f"wikidata:{item}",
            target=f"wikidata:{seat}",
            basis="source-stated",
            report=_page(item),
        )


def _owners(row: Row) -> Iterator[tuple[str, Cell, float | None, bool]]:
    """Whose an item is: who, its label, its share in percent, whether that is control."""
    if parent := _id(_cell(row, "parent")):
        yield parent, _cell(row, "parentLabel"), None, True
    if owner := _id(_cell(row, "owner")):
        factor, share = PERCENT.get(_id(_cell(row, "shareUnit"))), None
        with suppress(ValueError):
            share = float(_cell(row, "share")) * factor if factor else None
        yield owner, _cell(row, "ownerLabel"), share, share is not None and share > 50


def _part_of(item: str, whole: str, row: Row, share: float | None) -> Link:
    return Link(
        type="part-of",
        source=f"wikidata:{item}",
        target=f"wikidata:{whole}",
        since=_date(row, "since"),
        until=_date(row, "until"),
        share_min=share,
        share_max=share,
        basis="source-stated",
        report=_page(item),
    )
