"""Crunchbase's snapshot of December 2013. Copy this file to read a like set of tables."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from whofunds import (
    Cell,
    City,
    Investor,
    Link,
    Participant,
    Reject,
    Report,
    Round,
    Row,
    Startup,
    cell_country,
    joined,
    read_kinds,
    read_table,
)

CODES = {
    "": ("", "equity", "private"),
    "unattributed": ("", "equity", "private"),
    "partial": ("", "equity", "private"),
    "angel": ("angel", "equity", "private"),
    "seed": ("seed", "equity", "private"),
    **{letter: (letter.upper(), "equity", "private") for letter in "abcdefgh"},
    "private_equity": ("private equity", "equity", "private"),
    "crowd_equity": ("equity crowdfunding", "equity", "private"),
    "convertible": ("convertible note", "mixed", "private"),
    "debt_round": ("", "debt", "private"),
    "grant": ("", "grant", "private"),
    "secondary_market": ("", "secondary", "private"),
    "post_ipo_equity": ("", "equity", "post-ipo"),
    "post_ipo_debt": ("", "debt", "post-ipo"),
}
"""Stage, instrument and listing by funding_round_code."""


def records(path: Path, *, kinds: Path | None = None) -> Iterator[object]:
    """Crunchbase's 2013 snapshot: objects with a funding round, their rounds, and who paid.

    PATH is a folder or ZIP with objects, funding_rounds and investments, as CSV. kinds=FILE is your
    own copy of kinds.csv. The snapshot says of an investor only whether it is a person.

    It writes 0 where a sum isn't known, 1 January for a year and the 1st for a month of which it
    knows no more; so 0 is read as undisclosed, these days as the year and the month. Nobody is said
    to have led, and no investor to belong to another (parent_id is empty throughout). Of rounds
    with the code "crowd" it isn't said whether shares or products were sold: they are rejected.
    """
    rounds = joined(read_table(path, "funding_rounds"), by="object_id")
    investments = joined(read_table(path, "investments"), by="funding_round_id")
    payers = joined(read_table(path, "investments"), by="investor_object_id")
    types = read_kinds("crunchbase-2013", kinds)
    for row in read_table(path, "objects"):
        if row["id"].fault:
            yield Reject(row["id"], row["id"].fault)
            continue
        held, paid = rounds.take(row["id"]), payers.take(row["id"])
        if held or paid:
            yield _page(row, held)
        if held:
            yield from _entity(Startup, row)
            for round_ in held:
                yield _round(round_, investments.take(round_["funding_round_id"]), _address(row))
        if paid:
            yield from _entity(Investor, row)
            if kind := types.get(row["entity_type"]):
                yield _stated(row)(type="kind", target=kind)
    for row in rounds.rest():
        yield Reject(row["object_id"], row["object_id"].fault or "objects has no such company")
    for row in investments.rest():
        cell = row["funding_round_id"]
        yield Reject(cell, cell.fault or "funding_rounds has no such round")


def _round(row: Row, parts: list[Row], page: Cell) -> Round | Reject:
    code = row["funding_round_code"]
    if code not in CODES and not code.fault:
        return Reject(code, "no round code of which it is known what was sold")
    stage, instrument, listing = CODES.get(code, ("", "", ""))
    post = _sum(row["post_money_valuation"], row["post_money_currency_code"])
    pre = _sum(row["pre_money_valuation"], row["pre_money_currency_code"])
    return Round(
        id=row["funding_round_id"],
        event=row["funding_round_id"],
        company=_id(row["object_id"]),
        report=page,
        announced=_date(row["funded_at"]),
        stage=stage,
        amount=_sum(row["raised_amount"], row["raised_currency_code"]),
        valuation=post if post[0] else pre,
        valuation_basis="post" if post[0] else "pre",
        instrument=instrument,
        listing=listing,
        note=f"Crunchbase cites {row['source_url']}" if row["source_url"] else "",
        participants=[Participant(investor=_id(p["investor_object_id"])) for p in parts],
    )


def _page(row: Row, rounds: list[Row]) -> Report:
    """The object's page, as it stood when it or a round was last changed."""
    day = max([row["updated_at"], *(r["updated_at"] for r in rounds)])
    return Report(url=_address(row), name=row["name"], publisher="Crunchbase", published_on=day)


def _entity(cls: type[Startup] | type[Investor], row: Row) -> Iterator[object]:
    """A company or an investor, and its seat."""
    entity = cls(
        id=_id(row["id"]),
        name=row["name"],
        country=cell_country(row["country_code"]),
        ids=[("domain", row["domain"]), ("crunchbase", row["permalink"])],
    )
    if isinstance(entity, Startup):
        entity.founded = _date(row["founded_at"])
    yield entity
    if row["city"]:
        city = f"crunchbase-2013:{row['country_code']}/{row['state_code']}/{row['city']}"
        yield City(id=city, name=row["city"], country=entity.country)
        yield _stated(row)(type="seat", of=entity.kind, target=city)


def _stated(row: Row) -> partial[Link]:
    """A link of the object, which its page states."""
    return partial(Link, source=_id(row["id"]), basis="source-stated", report=_address(row))


def _address(row: Row) -> Cell:
    return row["permalink"].put(f"https://www.crunchbase.com{row['permalink']}")


def _id(cell: Cell) -> Cell:
    return cell.put(f"crunchbase-2013:{cell}" if cell else "")


def _sum(figure: Cell, currency: Cell) -> tuple[str, str]:
    """A sum; 0 is how the snapshot writes that none is known."""
    return (figure, currency) if figure.strip("0.") or figure.fault else ("", "")


def _date(cell: Cell) -> Cell:
    """As much of a date as is known."""
    return cell.put(cell.strip().removesuffix("-01").removesuffix("-01"))
