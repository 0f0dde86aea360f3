"""The shipped facts. Copy this file to write a loader of your own: one function, `records`.

Cells go into the records as they stand in the tables. The check that follows names each one that
can't be used by file, line, column and value, and the rest loads.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from whofunds import (
    Cell,
    City,
    Condition,
    Investor,
    Link,
    Participant,
    Reject,
    Report,
    Round,
    Row,
    Startup,
    Total,
    read_csv,
)

Basis = dict[tuple[str, str], Row]
Sum = tuple[str, ...]


def records(path: Path | None = None) -> Iterator[object]:
    """AI funding to June 2026: a folder of CSV files, the one that comes along if none is named."""
    folder = path or Path(__file__).parent / "data" / "ai-funding"
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder; name the one that holds rounds.csv")
    missing: list[Reject] = []

    def table(name: str) -> Iterator[Row]:
        if (folder / name).is_file():
            yield from read_csv(folder / name)
        else:
            missing.append(Reject(name, "the file is missing; the other files are read"))

    for row in table("cities.csv"):
        names, country = (row["name_zh"],), row["country"]
        place = {"latitude": row["latitude"], "longitude": row["longitude"]}
        yield City(id=row["id"], name=row["name"], names=names, country=country, **place)
    for row in table("sources.csv"):
        published = row["published_on"]
        name, publisher = row["title"], row["publisher"]
        yield Report(url=row["url"], name=name, publisher=publisher, published_on=published)
    yield from _startups(list(table("companies.csv")), list(table("company_facts.csv")))
    basis = {(row["id"], row["field"]): row for row in table("basis.csv")}
    for row in table("investors.csv"):
        yield from _investor(row, basis)
    yield from _rounds(table("rounds.csv"), table("participations.csv"))
    for row in table("totals.csv"):
        if row["of"] == "raised" or row["of"].fault:
            yield Total(
                company=row["company_id"],
                report=row["source_url"],
                amount=None if row["doubt"] else _sum(row, "amount", "currency", "qualifier"),
                since=row["since"],
                until=row["until"],
                rounds=row["rounds"],
                note=row["note"],
            )
    for row in table("conditions.csv"):
        yield Condition(
            investor=row["investor_id"],
            company=row["company_id"],
            city=row["city"],
            type=row["kind"],
            text=row["condition"],
            report=row["source_url"],
            published_on=row["published_on"],
        )
    yield from missing


def _startups(companies: list[Row], facts: list[Row]) -> Iterator[object]:
    """Companies and their seats; a seat that a report dates or states stands for the plain one."""
    seats = [row for row in facts if _given(row["city"]) and not row["doubt"]]
    stated = {(row["company_id"], row["city"]) for row in seats}
    for row in companies:
        yield Startup(
            id=row["id"],
            name=row["name"],
            names=(row["name_zh"], *row.list("aliases")),
            country=row["country"],
            founded=row["founded"],
            cohort=row["generation"],
        )
        if _given(row["city"]) and (row["id"], row["city"]) not in stated:
            source, target = row["id"], row["city"]
            yield Link(type="seat", of="startup", source=source, target=target, basis="unsourced")
    for row in seats:
        yield Link(
            type="seat",
            of="startup",
            source=row["company_id"],
            target=row["city"],
            since=row["since"],
            until=row["until"],
            basis="sourced",
            report=row["source_url"],
        )


def _investor(row: Row, basis: Basis) -> Iterator[object]:
    """An investor, its kind, its parent, its seat and the city for which a city's fund acts."""
    yield Investor(
        id=row["id"],
        name=row["name"],
        names=(row["name_zh"], *row.list("aliases")),
        country=row["country"],
        state_controlled=row["state_controlled"],
        level=row["level"],
    )
    links = [("kind", "kind", "kind"), ("part-of", "parent_id", "parent"), ("seat", "city", "")]
    if row["kind"] == "city-fund":
        links.append(("acts-for", "city", "kind"))
