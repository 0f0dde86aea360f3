"""The shipped facts. Copy this file to write a loader of your own: one function, `records`.

Cells go into the records as they stand in the tables. The check that follows names each one that
can't be used by file, line, column and value, and the rest loads.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from whofunds import (
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
    UsageError,
    read_csv,
)

Basis = dict[tuple[str, str], Row]


def records(path: Path | None = None) -> Iterator[object]:
    """Who funds AI companies, to June 2026: a folder of CSV files, by default the shipped one."""
    folder = path or Path(__file__).parent / "data" / "ai-funding"
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name the one that holds rounds.csv")
    absent: list[Reject] = []
    table = partial(_table, folder, absent)
    for row in table("cities"):
        degrees = {"latitude": row["latitude"], "longitude": row["longitude"]}
        names, country = (row["name_zh"],), row["country"]
        yield City(id=row["id"], name=row["name"], names=names, country=country, **degrees)
    for row in table("sources"):
        title, publisher, published = row["title"], row["publisher"], row["published_on"]
        yield Report(url=row["url"], name=title, publisher=publisher, published_on=published)
    yield from _startups(table("companies"), list(table("company_facts")))
    basis = {(str(row["id"]), str(row["field"])): row for row in table("basis")}
    for row in table("investors"):
        yield from _investor(row, basis)
    yield from _rounds(table("rounds"), table("participations"))
    for row in table("totals"):
        if row["of"] == "raised" or row["of"].fault:
            yield Total(
                company=row["company_id"],
                report=row["source_url"],
                amount=(row["amount"], row["currency"], row["qualifier"]),
                since=row["since"],
                until=row["until"],
                rounds=row["rounds"],
                doubt=row.list("doubt"),
                note=row["note"],
            )
    for row in table("conditions"):
        yield Condition(
            investor=row["investor_id"],
            company=row["company_id"],
            city=row["city"],
            type=row["kind"],
            text=row["condition"],
            report=row["source_url"],
            published_on=row["published_on"],
        )
    yield from absent


def _table(folder: Path, absent: list[Reject], name: str) -> Iterator[Row]:
    """Rows of a file of the folder; a file that isn't there is noted and the others are read."""
    file = folder / f"{name}.csv"
    if file.is_file():
        yield from read_csv(file)
    else:
        absent.append(Reject(file.name, "the folder has no such file; the others are read"))


def _given(cell: str) -> bool:
    """Whether a cell holds something: text, or a fault that the check should name."""
    return bool(cell or getattr(cell, "fault", ""))


def _startups(companies: Iterable[Row], facts: list[Row]) -> Iterator[object]:
    """Companies and their seats; a seat that a report states replaces the plain one."""
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
            company, city = row["id"], row["city"]
            yield Link(type="seat", of="startup", source=company, target=city, basis="unsourced")
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
    """An investor with its kind of capital, its parent, its seat and the city that it acts for."""
    yield Investor(
        id=row["id"],
        name=row["name"],
        names=(row["name_zh"], *row.list("aliases")),
        country=row["country"],
        state_controlled=row["state_controlled"],
        level=row["level"],
    )
    if row["id"].fault:  # the row is damaged, and named once
        return
    id_, city = row["id"], row["city"]
    links = [
        (Link(type="kind", source=id_, target=row["kind"]), ("kind",)),
        (Link(type="part-of", source=id_, target=row["parent_id"]), ("parent", "parent_id")),
        (Link(type="seat", source=id_, target=city), ("city/country",)),
    ]
    if row["kind"] == "city-fund":
        links.append((Link(type="acts-for", source=id_, target=city), ("kind",)))
    for link, fields in links:
        if _given(link.target):
            if found := next((basis[id_, f] for f in fields if (id_, f) in basis), None):
                link.basis, link.report = found["basis"], found["source_url"]
            yield link


def _rounds(rounds: Iterable[Row], participations: Iterable[Row]) -> Iterator[object]:
    """Accounts of rounds with those who took part."""
    named = defaultdict(list)
    for row in participations:
        if row["round_id"].fault:
            yield Reject(row["round_id"], row["round_id"].fault)
        else:
            named[row["round_id"]].append(row)
    for row in rounds:
        yield Round(
            id=row["id"],
            company=row["company_id"],
            report=row["source_url"],
            announced=row["announced_on"],
            stage=row["stage"],
            amount=(row["amount"], row["currency"], row["amount_qualifier"]),
            valuation=(row["valuation"], row["valuation_currency"], row["valuation_qualifier"]),
            valuation_basis=row["valuation_basis"],
            status=row["status"],
            instrument=row["instrument"],
            listing=row["listing"],
            inside=row["inside"],
            doubt=row.list("doubt"),
            conflicts=row.list("conflict"),
            note=row["note"],
            participants=[
                Participant(
                    investor=part["investor_id"],
                    lead=part["lead"],
                    amount=(part["amount"], part["currency"], part["amount_qualifier"]),
                    report=part["source_url"],
                )
                for part in named.pop(row["id"], ())
            ],
        )
    for row in chain.from_iterable(named.values()):
        yield Reject(row["round_id"], "no such round in rounds.csv")
