"""Crunchbase's bulk export. Copy this file to read a like set of tables."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from whofunds import (
    Cell,
    City,
    Investor,
    Kinds,
    Link,
    Participant,
    Reject,
    Report,
    Round,
    Row,
    Startup,
    UsageError,
    cell_country,
    country_code,
    joined,
    read_kinds,
    read_table,
)

STAGES = {
    **{"pre_seed": "pre-seed", "seed": "seed", "angel": "angel"},
    **{f"series_{letter}": letter.upper() for letter in "abcdefghij"},
    **dict.fromkeys(("series_unknown", "undisclosed"), ""),
    "corporate_round": "corporate",
    "private_equity": "private equity",
    "equity_crowdfunding": "equity crowdfunding",
    "convertible_note": "convertible note",
}
PAPER = {
    **dict.fromkeys(STAGES, ("equity", "private")),
    "convertible_note": ("mixed", "private"),
    "debt_financing": ("debt", "private"),
    "grant": ("grant", "private"),
    "non_equity_assistance": ("in-kind", "private"),
    "secondary_market": ("secondary", "private"),
    "post_ipo_equity": ("equity", "post-ipo"),
    "post_ipo_debt": ("debt", "post-ipo"),
    "post_ipo_secondary": ("secondary", "post-ipo"),
}
"""Instrument and listing by investment type."""
SALES = {
    "product_crowdfunding": "customers paid for a product, which is no round",
    "initial_coin_offering": "tokens were sold, which is no round",
}
FLAGS = {"t": True, "true": True, "1": True, "f": False, "false": False, "0": False}


def records(path: Path, *, country: str = "", kinds: Path | None = None) -> Iterator[object]:
    """Crunchbase's bulk CSV export: companies with a funding round, and who paid.

    PATH is the export's folder or ZIP. Of it are read: organizations, funding_rounds, investments,
    investors and, where it is there, org_parents. country=CN takes the companies of one country;
    kinds=FILE is your own copy of kinds.csv, which says what the investor types mean.

    The export writes 1 January for a year, and the 1st for a month, of which it knows no more; so
    these days are read as the year and the month. Where the lead flags of investments and of
    funding_rounds differ, both lead and the round's lead is disputed. A convertible note is mixed:
    debt that may become equity. Sales of products and tokens are no rounds and are rejected.
    """
    nation = country_code(country)
    if country and not nation:
        raise UsageError(f"country={country}: no country that is known; give a code such as CN")
    rounds = joined(read_table(path, "funding_rounds"), by="org_uuid")
    investments = joined(read_table(path, "investments"), by="funding_round_uuid")
    funded: set[str] = set()
    named: dict[str, str] = {}
    for row in read_table(path, "organizations"):
        if row["uuid"].fault:
            yield Reject(row["uuid"], row["uuid"].fault)
            continue
        held = rounds.take(row["uuid"])
        if held and (not nation or country_code(row["country_code"]) == nation):
            funded.add(row["uuid"])
            yield from _entity(Startup, row)
            yield _report(row)
            for round_ in held:
                parts = investments.take(round_["uuid"])
                yield from _round(round_, parts)
                named |= {lead: named.get(lead, "") for lead in _leads(round_)}
                named |= {str(p["investor_uuid"]): str(p["investor_name"]) for p in parts}
    yield from _investors(path, named, funded, read_kinds("crunchbase", kinds))
    for row in rounds.rest():
        cell = row["org_uuid"]
        yield Reject(cell, cell.fault or "organizations has no such company")
    for row in investments.rest():
        cell = row["funding_round_uuid"]
        if cell.fault or not nation:
            yield Reject(cell, cell.fault or "funding_rounds has no such round")


def _round(row: Row, parts: list[Row]) -> Iterator[object]:
    """A round and those who took part; either table may say that they led."""
    type_ = row["investment_type"]
    if type_ not in PAPER and not type_.fault:
        yield Reject(type_, SALES.get(type_, "no investment type that this loader knows"))
        return
    instrument, listing = PAPER.get(type_, ("", ""))
    leads = _leads(row)
    said = sorted((p["investor_uuid"], p["is_lead_investor"]) for p in parts)
    flags = {uuid: FLAGS.get(flag.lower(), flag) for uuid, flag in said}
    differ = any(f in (True, False) and f != (u in leads) for u, f in flags.items() if leads)
    yield _report(row)
    yield Round(
        id=row["uuid"],
        event=row["uuid"],
        company=_id(row["org_uuid"]),
        report=row["cb_url"],
        announced=_date(row["announced_on"]),
        stage=STAGES.get(type_, ""),
        amount=_sum(row, "raised_amount"),
        valuation=_sum(row, "post_money_valuation"),
        valuation_basis="post",
        instrument=instrument,
        listing=listing,
        conflicts=["lead"] if differ else [],
        note="investments and funding_rounds differ on who led" if differ else "",
        participants=[
            *(Participant(investor=_id(u), lead=u in leads or f) for u, f in flags.items()),
            *(Participant(investor=f"crunchbase:{u}", lead=True) for u in leads if u not in flags),
        ],
    )


def _investors(
    path: Path, wanted: dict[str, str], funded: set[str], kinds: Kinds
) -> Iterator[object]:
    """Those whom rounds name, by uuid with a name, and who owns them, up to the top."""
    parents = joined(read_table(path, "org_parents", optional=True), by="uuid")
    for uuid in [*wanted]:
        while (found := parents.take(uuid)) and found[0]["parent_uuid"]:
            above = found[0]["parent_uuid"]
            yield _stated(found[0])(type="part-of", target=_id(above))
            if above in wanted:
                break
            uuid = str(above)
            wanted[uuid] = str(found[0]["parent_name"])
    for table in ("investors", "organizations"):
        for row in read_table(path, table) if wanted else ():
            if row["uuid"].fault and table == "investors":
                yield Reject(row["uuid"], row["uuid"].fault)
            elif wanted.pop(row["uuid"], None) is not None:
                yield from _entity(Investor, row)
                if row["uuid"] not in funded:  # else its page is there
                    yield _report(row)
                types = row.list("investor_types", ",") if "investor_types" in row else ()
                for kind in sorted({kinds.get(t) for t in types or (row["type"],)} - {""}):
                    yield _stated(row)(type="kind", target=kind)
    for uuid, name in wanted.items():
        if name:
            yield Investor(id=f"crunchbase:{uuid}", name=name)


def _entity(cls: type[Startup] | type[Investor], row: Row) -> Iterator[object]:
    """A company or an investor, and its seat."""
    page = "person/" if row["type"] == "person" else ""
    entity = cls(
        id=_id(row["uuid"]),
        name=row["name"],
        names=[row.get(n) for n in ("legal_name", "alias1", "alias2", "alias3")],
        country=cell_country(row["country_code"]),
        ids=[("domain", row["domain"]), ("crunchbase", page + row["permalink"])],
    )
    if isinstance(entity, Startup):
        entity.founded = _date(row["founded_on"])
    yield entity
    if row["city"]:
        city = f"crunchbase:{row['country_code']}/{row['region']}/{row['city']}"
        yield City(id=city, name=row["city"], country=entity.country)
        yield _stated(row)(type="seat", of=entity.kind, target=city)


def _stated(row: Row) -> partial[Link]:
    """A link of the row's entity, which its page states."""
    return partial(Link, source=_id(row["uuid"]), basis="source-stated", report=row["cb_url"])


def _report(row: Row) -> Report:
    """The row's page, as it stood when it was last changed."""
    url, name, day = row["cb_url"], row["name"], row["updated_at"]
    return Report(url=url, name=name, publisher="Crunchbase", published_on=day)


def _leads(row: Row) -> list[str]:
    return sorted({c.strip() for c in row.list("lead_investor_uuids", ",") if c.strip()})


def _sum(row: Row, column: str) -> tuple[str, str]:
    """A sum; 0 is none that is known."""
    known = row[column].strip("0. ") or row[column].fault
    return (row[column], row[f"{column}_currency_code"]) if known else ("", "")


def _date(cell: Cell) -> Cell:
    """As much of a date as is known."""
    return cell.put(cell.strip().removesuffix("-01").removesuffix("-01"))


def _id(cell: Cell) -> Cell:
    return cell.put(f"crunchbase:{cell.strip()}" if cell.strip() else "")
