"""PitchBook's exports of deals (XLSX or CSV), a deal a row."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

from whofunds import (
    Cell,
    Investor,
    Participant,
    Reject,
    Round,
    Row,
    Span,
    Startup,
    cell_country,
    parse_date,
    read_table,
)

STATUS = {
    "completed": "closed",
    **dict.fromkeys(("announced", "in progress", "announced/in progress", "upcoming"), "planned"),
    **dict.fromkeys(("rumored", "rumored/speculative"), "talks"),
    **dict.fromkeys(("failed", "cancelled", "failed/cancelled"), "withdrawn"),
}
TYPES = {
    "angel (individual)": ("angel", "equity", "private"),
    "pre-seed round": ("pre-seed", "equity", "private"),
    "seed round": ("seed", "equity", "private"),
    "accelerator/incubator": ("accelerator", "equity", "private"),
    "early stage vc": ("early VC", "equity", "private"),
    "later stage vc": ("late VC", "equity", "private"),
    "pe growth/expansion": ("growth equity", "equity", "private"),
    "corporate": ("corporate", "equity", "private"),
    "equity crowdfunding": ("equity crowdfunding", "equity", "private"),
    "convertible debt": ("convertible note", "mixed", "private"),
    "debt - general": ("", "debt", "private"),
    "grant": ("", "grant", "private"),
    "secondary transaction - private": ("", "secondary", "private"),
    "secondary transaction - open market": ("", "secondary", "post-ipo"),
    "buyout/lbo": ("", "acquisition", "private"),
    "merger/acquisition": ("", "acquisition", "private"),
    "ipo": ("", "equity", "ipo"),
    "pipe": ("", "equity", "post-ipo"),
    "public investment 2nd offering": ("", "equity", "post-ipo"),
}
"""Stage, instrument and listing by deal type."""
SERIES = re.compile(r"series ([a-l]\d?)\b", re.IGNORECASE)
PARTS = re.compile(r"[;,](?!\s*(?:inc|llc|ltd|lp|llp|l\.p|corp|co|plc|s\.a|gmbh)\b)", re.IGNORECASE)
"""What stands between investors; a comma before one of these words is part of a name."""


def records(
    path: Path,
    *,
    currency: str = "",
    dates: Literal["", "dmy", "mdy"] = "",
    unit: int = 1_000_000,
) -> Iterator[object]:
    """PitchBook deal exports (XLSX or CSV): companies, deals with investors, valuations.

    Sizes are in millions (else say `unit`) of the currency in which the export was made. The file
    doesn't state it, so name it, as in currency=USD; without it sums are kept in no currency and
    never converted. A size or valuation that PitchBook estimated is "about", and the note says so.
    Deals that are announced are planned, those that failed withdrawn; neither is money. A deal
    without a status, or of a type that this file doesn't list, is rejected. Days of a CSV file
    may need dates=mdy or dates=dmy.

    Lenders take part in debt alone, as other deals don't say what was lent. Investors are known by
    their names, in lists that commas or semicolons part; their kinds of capital are not stated.
    """
    known: set[str] = set()
    for row in read_table(path):
        deal, status, type_ = (_cell(row, f"Deal {what}") for what in ("ID", "Status", "Type"))
        if deal.startswith("©"):  # the line below the table
            continue
        if row.fault:
            yield Reject(deal, row.fault)
        elif status.lower() not in STATUS:
            yield Reject(status, "no status that says whether the deal was completed")
        elif _type(row) not in TYPES:
            yield Reject(type_, "no type of deal that this loader knows; list it in TYPES")
        else:
            company = f"pitchbook:{_cell(row, 'Company ID') or _folded(_cell(row, 'Companies'))}"
            if company not in known:
                known.add(company)
                yield _startup(company, row)
            round_ = _round(row, company, currency, unit)
            round_.announced = _day(_cell(row, "Announced Date") or _cell(row, "Deal Date"), dates)
            leads = _names(row, "Lead/Sole Investors")
            members = _names(row, "Investors") | leads
            if round_.instrument == "debt":
                members |= _names(row, "Lenders")
            for id_, name in members.items():
                if f"investor {id_}" not in known:
                    known.add(f"investor {id_}")
                    yield Investor(id=id_, name=name)
            round_.participants = [Participant(investor=i, lead=i in leads) for i in members]
            yield round_


def _startup(id_: str, row: Row) -> Startup:
    country = _cell(row, "Company Country", "Company Country/Territory/Region")
    return Startup(
        id=id_,
        name=_cell(row, "Companies"),
        country=cell_country(country),
        ids=[("domain", _cell(row, "Company Website", "Website"))],
    )


def _round(row: Row, company: str, currency: str, unit: int) -> Round:
    """The deal without date and investors."""
    deal, (stage, instrument, listing) = _cell(row, "Deal ID"), TYPES[_type(row)]
    series = SERIES.search(f"{_cell(row, 'Series')} {_cell(row, 'Deal Type')}")
    post, pre = _cell(row, "Post Valuation"), _cell(row, "Pre-money Valuation")
    size_status, status = _cell(row, "Deal Size Status"), _cell(row, "Post Valuation Status")
    estimates = {"deal size": size_status, "valuation": status}
    estimated = [what for what, word in estimates.items() if word.lower() == "estimated"]
    return Round(
        id=deal,
        event=deal,
        company=company,
        report=f"{row.file}, {deal}",
        stage=series[1].upper() if series else stage,
        amount=_sum(_cell(row, "Deal Size"), currency, unit, "deal size" in estimated),
        valuation=_sum(post or pre, currency, unit, "valuation" in estimated),
        valuation_basis="post" if post else "pre" if pre else "",
        status=STATUS[_cell(row, "Deal Status").lower()],
        instrument=instrument,
        listing=listing,
        note=f"estimated by PitchBook: {', '.join(estimated)}" if estimated else "",
    )


def _type(row: Row) -> str:
    return _cell(row, "Deal Type").partition(" (Series")[0].lower()


def _cell(row: Row, *columns: str) -> Cell:
    """The first of these columns that the table has, as "Deal ID" or DEAL_ID; else nothing."""
    columns = (*columns, *(re.sub(r"\W", "_", column) for column in columns))
    found = row.first(*columns)
    return found.put(found.strip())


def _names(row: Row, column: str) -> dict[str, Cell]:
    """The names of a list, by id."""
    cell = _cell(row, column)
    names = [cell.put(name.strip()) for name in PARTS.split(cell) if name.strip()]
    return {f"pitchbook:{_folded(name)}": name for name in names}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _sum(cell: Cell, currency: str, unit: int, estimated: bool) -> tuple[str, str, str]:
    """A sum in whole units; what is no number is left to the check."""
    with suppress(InvalidOperation):
        cell = cell.put(f"{Decimal(cell) * unit:f}")
    return cell, currency, "about" if cell and estimated else ""


def _day(cell: Cell, dates: Literal["", "dmy", "mdy"]) -> Span | Cell:
    try:
        return parse_date(cell, dates or None) if cell else cell
    except ValueError:
        return cell  # the check says why
