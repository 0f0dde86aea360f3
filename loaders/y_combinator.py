"""Y Combinator's companies. Copy this file to read a like list."""

import re
from collections.abc import Iterator
from pathlib import Path

from whofunds import Cell, City, Link, Report, Startup, country_code, read_json

SEASONS = {"winter": "w", "spring": "x", "summer": "s", "fall": "f"}
BATCH = re.compile(r"(winter|spring|summer|fall|[wxsf]) ?(?:20)?([0-9]{2})")


def records(path: Path) -> Iterator[object]:
    """Y Combinator's companies by batch: the lists of yc-oss and of yclist, as JSON.

    PATH is yc-oss's all.json, one of its batches or companies, or yclist's list.json. The batch
    becomes the cohort: "Winter 2024" and "W24" are yc-w24. A company's only place is its seat; of
    several the list doesn't say which is. No round is stated, so there is none, nor an investor.
    """
    for row in read_json(path, "all"):
        own = "slug" in row
        id_ = f"yc:{row['slug']}" if own else f"yc:{row['batch']}/{row['name']}".lower()
        places = [p.strip() for p in row.get("all_locations").split(";")]
        parts = [[piece.strip() for piece in p.split(",")] for p in places if p and p != "Remote"]
        nations = {country_code(place[-1]) for place in parts}
        nation = min(nations) if len(nations) == 1 else ""
        yield Startup(
            id=id_,
            name=row["name"],
            names=row.list("former_names"),
            country=nation,
            cohort=_cohort(row["batch"]),
            ids=[("domain", row.get("website" if own else "url"))],
        )
        if own:
            yield Report(url=row["url"], name=row["name"], publisher="Y Combinator")
        if own and nation and len(parts) == 1 and len(parts[0]) > 1:
            city = f"yc:{nation}/{'/'.join(parts[0][-2:0:-1])}/{parts[0][0]}"
            yield City(id=city, name=parts[0][0], country=nation)
            yield Link(
                type="seat",
                of="startup",
                source=id_,
                target=city,
                basis="source-stated",
                report=row["url"],
            )


def _cohort(batch: Cell) -> Cell:
    """One name for a batch, however it is written."""
    text = batch.strip().lower()
    if found := BATCH.fullmatch(text):
        text = SEASONS.get(found[1], found[1]) + found[2]
    named = f"yc-{text.replace(' ', '-')}" if text not in ("", "unspecified") else ""
    return Cell(named, batch.file, batch.line, batch.column, batch.fault)
