"""Crunchbase's exports of 2013 to 2015, a worksheet each. Copy this file for like tables."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from whofunds import (
    Cell,
    City,
    InputError,
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

TYPES = {
    "venture": ("", "equity", "private"),
    "undisclosed": ("", "equity", "private"),
    "series-a": ("A", "equity", "private"),
    "series-b": ("B", "equity", "private"),
    "series-c+": ("C or later", "equity", "private"),
    "seed": ("seed", "equity", "private"),
    "angel": ("angel", "equity", "private"),
    "private_equity": ("private equity", "equity", "private"),
    "private-equity": ("private equity", "equity", "private"),
    "equity_crowdfunding": ("equity crowdfunding", "equity", "private"),
    "convertible_note": ("convertible note", "mixed", "private"),
    "debt_financing": ("", "debt", "private"),
    "grant": ("", "grant", "private"),
    "non_equity_assistance": ("", "in-kind", "private"),
    "secondary_market": ("", "secondary", "private"),
    "post_ipo_equity": ("", "equity", "post-ipo"),
    "post_ipo_debt": ("", "debt", "post-ipo"),
}
"""Stage, instrument and listing by funding_round_type; the stage of "venture" is its code."""
SITE = "https://www.crunchbase.com"


def records(
    path: Path, *, kinds: Path | None = None, encoding: str = "", published: str = ""
) -> Iterator[object]:
    """Crunchbase's worksheets of 2013 to 2015: rounds, who paid, and their companies.

    PATH is the workbook, a folder or ZIP with rounds, investments and companies as CSV
    (crunchbase-rounds and so on are found too), or investments alone; then rounds that name nobody
    are missing. kinds=FILE is your own copy of kinds.csv; published=2015-12-04 says of what day the
    export is; encoding=latin-1 is for a file whose encoding can't be told.

    Sums are in dollars, at Crunchbase's own rate where they were not raised in dollars. 1 January
    and the 1st of a month are read as the year and the month. The tables of 2013 have no id for a
    round: rounds of one company, day, type and sum are one. Nobody is said to have led. Types that
    don't say what was sold ("other", "crowdfunding", "post-ipo") are rejected.
    """
    investments = joined(_table(path, "investments", encoding), by="company_permalink")
    companies = joined(_table(path, "companies", encoding), by="permalink")
    types = read_kinds("crunchbase-2015", kinds)
    tables = (_table(path, name, encoding) for name in ("rounds", "investments"))
    seen: set[object] = set()
    for row in chain.from_iterable(tables):
        company = row["company_permalink"]
        usable = bool(company) and not company.fault
        key = _key(row) if usable else f"{row.file}, line {row.line}"
        if key in seen:
            continue
        seen.add(key)
        if not usable:
            yield Reject(company, company.fault or "a round without a company")
            continue
        if company not in seen:
            seen.add(company)
            yield from _entity(Startup, row, "company", companies.take(company))
            yield _report(row, company, published)
        parts = [p for p in investments.take(company) if _key(p) == key and _payer(p)]
        for part in parts:
            payer = _payer(part)
            if payer not in seen:
                seen.add(payer)
                yield from _entity(Investor, part, "investor", [])
                if kind := types.get(payer.strip("/").partition("/")[0]):
                    yield _stated(payer)(type="kind", target=kind)
        yield _round(row, key, parts)
        yield _report(row, row.get("funding_round_permalink") or company, published)
    if not seen:
        raise InputError(f"{path.name} holds no rounds and no investments; check the path")


def _round(row: Row, key: str, parts: list[Row]) -> Round | Reject:
    type_, company = row["funding_round_type"], row["company_permalink"]
    if type_ not in TYPES and not type_.fault:
        return Reject(type_, "no type of which it is known that it is a round, and what was sold")
    stage, instrument, listing = TYPES.get(type_, ("", "", ""))
    own = row.get("funding_round_permalink")
    return Round(
        id=key,
        event=key,
        company=_id(company),
        report=_page(row["funding_round_permalink"] if own else company),
        announced=_date(row["funded_at"]),
        stage=row.get("funding_round_code").upper() if type_ == "venture" else stage,
        amount=(_sum(row["raised_amount_usd"]), "USD"),
        instrument=instrument,
        listing=listing,
        participants=[Participant(investor=_id(_payer(part))) for part in parts],
    )


def _table(path: Path, name: str, encoding: str) -> Iterator[Row]:
    """A table under either of its names."""
    rows = read_table(path, name, encoding=encoding, optional=True)
    if first := next(rows, None):
        return chain((first,), rows)
    return read_table(path, f"crunchbase-{name}", encoding=encoding, optional=True)


def _key(row: Row) -> str:
    """What tells a round from others: its permalink, or all that is said of it."""
    told = ("company_permalink", "funded_at", "funding_round_type", "raised_amount_usd")
    return row.get("funding_round_permalink") or " ".join(row[c].strip() for c in told)


def _entity(
    cls: type[Startup] | type[Investor], row: Row, side: str, more: list[Row]
) -> Iterator[object]:
    """A company or an investor, and its seat."""
    known = row[f"{side}_permalink"]
    nation, city = row[f"{side}_country_code"], row[f"{side}_city"]
    entity = cls(
        id=_id(known or row[f"{side}_name"]),
        name=row[f"{side}_name"],
        country=cell_country(nation),
        ids=[("crunchbase", known), *(("domain", r["homepage_url"]) for r in more)],
    )
    if isinstance(entity, Startup) and more:
        entity.founded = _date(more[0]["founded_at"])
    yield entity
    if city and known:
        place = f"crunchbase-2015:{nation}/{row[f'{side}_state_code']}/{city}"
        yield City(id=place, name=city, country=entity.country)
        yield _stated(known)(type="seat", of=entity.kind, target=place)


def _report(row: Row, permalink: str, published: str) -> Report:
    """The page of the row's company or of its round."""
    url, name = f"{SITE}{permalink}", row["company_name"]
    return Report(url=url, name=name, publisher="Crunchbase", published_on=published)


def _stated(permalink: Cell) -> partial[Link]:
    """A link of an entity, which its page states."""
    source, page = _id(permalink), _page(permalink)
    return partial(Link, source=source, basis="source-stated", report=page)


def _payer(row: Row) -> Cell:
    """The permalink of an investor, else its name; empty in a table of rounds alone."""
    name = Cell(row.get("investor_name"), row.file, row.line, "investor_name")
    return row["investor_permalink"] or name


def _page(permalink: Cell) -> Cell:
    return permalink.put(f"{SITE}{permalink}")


def _id(cell: Cell) -> Cell:
    return cell.put(f"crunchbase-2015:{cell.strip('/ ')}")


def _sum(cell: Cell) -> Cell:
    """A sum without its commas; a dash or 0 is none that is known."""
    text = cell.replace(",", "").strip(" -")
    return cell.put(text if text.strip("0.") else "")


def _date(cell: Cell) -> Cell:
    """As much of a date as is known."""
    return cell.put(cell.strip().removesuffix("-01").removesuffix("-01"))
