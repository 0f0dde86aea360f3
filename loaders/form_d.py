"""SEC Form D, the notices of securities that US issuers sell without a registration."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from whofunds import (
    Cell,
    Decision,
    Reject,
    Report,
    Round,
    Row,
    Span,
    Startup,
    joined,
    parse_date,
    read_csv,
    read_table,
)

SOURCE = Path(__file__).stem.replace("_", "-")
PLACES = Path(__file__).parent / "data" / "edgar-places.csv"
FILED = "https://www.sec.gov/Archives/edgar/data"
SHARES = ("ISEQUITYTYPE", "ISOPTIONTOACQUIRETYPE", "ISSECURITYTOBEACQUIREDTYPE")
FORMER = tuple(f"{by}_PREVIOUSNAME_{n}" for by in ("ISSUER", "EDGAR") for n in (1, 2, 3))
APART = 7  # days by which an amendment may move the first sale and say the same


def records(path: Path, *, funds: bool = False, mergers: bool = False) -> Iterator[object]:
    """SEC Form D quarterly sets: the offerings of US filers, how much was sold, to nobody named.

    Give a quarter's ZIP or folder, or a folder of many: an amendment is one more account of its
    offering's round, and the earlier ones stand inside the last, so what was sold is counted once.
    The amount is what was sold so far: at least that, unless nothing remains to be sold. An
    offering of which nothing is sold yet is planned, not money. The date is that of the first sale.

    A filing names no investors: related persons are officers and recipients are sales agents, so
    neither is loaded. Nor is a stage stated. The securities are equity, debt or mixed (both, as in
    a convertible note); other paper counts as equity and is named in the note.

    Pooled investment funds are left out unless `funds`, business combinations unless `mergers`.
    An amendment that doesn't name the filing it amends is rejected: it would be counted twice.
    """
    amended: dict[str, str] = {}
    offerings = joined(_noting(read_table(path, "OFFERING"), amended), "ACCESSIONNUMBER")
    filings = joined(read_table(path, "FORMDSUBMISSION"), "ACCESSIONNUMBER")
    issuers = joined(read_table(path, "ISSUERS"), "ACCESSIONNUMBER")
    companies = joined(read_table(path, "ISSUERS"), "CIK")
    known: set[str] = set()

    def offering(rows: Iterable[Row]) -> Iterator[object]:
        """The accounts of one offering, and the companies that aren't known yet."""
        accounts = defaultdict(list)
        for row in rows:
            accession = row["ACCESSIONNUMBER"]
            if accession.fault:
                yield Reject(accession, accession.fault)
            elif (_funds(row) and not funds) or (_merges(row) and not mergers):
                continue
            elif _amends(row) and accession not in amended:
                yield Reject(accession, "an amendment that doesn't say of which filing")
            elif not (issuer := _primary(issuers.take(accession))):
                yield Reject(accession, "ISSUERS names no primary issuer of this filing")
            else:
                filing = Filing(row, issuer, next(iter(filings.take(accession)), row))
                accounts[filing.company].append(filing)
        for company, of_company in accounts.items():
            if company not in known:
                known.add(company)
                yield _startup(company, companies.take(of_company[0].issuer["CIK"]))
            yield from _accounts(of_company, amended)

    for family in _families(amended):
        yield from offering(row for a in family for row in offerings.take(a)[:1])
    for row in offerings.rest():
        yield from offering([row])


@dataclass
class Filing:
    """One filing: its rows in OFFERING, ISSUERS and FORMDSUBMISSION."""

    offering: Row
    issuer: Row
    submission: Row

    def __post_init__(self) -> None:
        self.accession = self.offering["ACCESSIONNUMBER"]
        self.cik = self.issuer["CIK"].strip().lstrip("0")
        self.company = f"cik:{self.cik}"
        self.sold = _number(self.offering["TOTALAMOUNTSOLD"])
        self.plan = self.sold == 0 or (self.sold is None and _true(self.offering["YETTOOCCUR"]))
        # A plan doesn't bear the id by which an amendment could draw it into a paid round.
        self.id = f"planned:{self.accession}" if self.plan else str(self.accession)
        self.page = f"{FILED}/{self.cik}/{self.accession.replace('-', '')}/{self.accession}-index.htm"
        self.filed = _day(self.submission["FILING_DATE"])
        self.first_sale = _day(self.offering["SALE_DATE"])

    @property
    def order(self) -> tuple[date, str]:
        return (self.filed.last if isinstance(self.filed, Span) else date.min, self.accession)


def _accounts(filings: list[Filing], amended: dict[str, str]) -> Iterator[object]:
    """Reports and accounts of filings of one offering, the earlier inside the last."""
    plans = {f.accession for f in filings if f.plan}
    last = {f.plan: f for f in sorted(filings, key=lambda f: f.order)}
    for filing in filings:
        form = "D/A" if _amends(filing.offering) else "D"
        title = f"Form {form}: {filing.issuer['ENTITYNAME']}"
        yield Report(url=filing.page, name=title, publisher="SEC", published_on=filing.filed)
        yield _round(filing, last[filing.plan])
        before = amended.get(filing.accession)
        if before and not filing.plan and before not in plans and before != filing.accession:
            # Holds also where the two are loaded one without the other.
            yield Decision(
                type="join",
                a=f"{SOURCE}:{before}",
                b=f"{SOURCE}:{filing.accession}",
                company=filing.company,
                by=f"Form D/A {filing.accession}",
                on=filing.filed,
                why=f"it amends {before}",
            )


def _round(filing: Filing, last: Filing) -> Round:
    """A filing's account; `last` is the newest, whose sum holds what this one sold."""
    row, conflicts = filing.offering, []
    offered, sold = row["TOTALOFFERINGAMOUNT"], row["TOTALAMOUNTSOLD"]
    if filing.plan:
        amount = (offered, "USD", "up to") if _number(offered) else None
        notes = [f"nothing sold yet, of {offered} USD offered"]
    else:
        whole = _number(row["TOTALREMAINING"]) == 0
        amount = (sold, "USD", "" if whole or filing.sold is None else "at least")
        notes = [f"sold so far, of {offered} USD offered"]
        if (filing.sold or 0) > (last.sold or 0):
            conflicts.append("amount")
        if _apart(filing.first_sale, last.first_sale):
            conflicts.append("date")
    notes += [row["DESCRIPTIONOFOTHERTYPE"], row["SALESAMTCLARIFICATIONOFRESP"]]
    return Round(
        id=filing.id,
        company=filing.company,
        report=filing.page,
        announced=filing.filed if filing.plan else filing.first_sale,
        amount=amount,
        status="planned" if filing.plan else "closed",
        instrument=_instrument(row),
        inside="" if filing is last else last.id,
        conflicts=conflicts,
        note="; ".join(n for n in notes if n.strip()),
    )


def _startup(id_: str, rows: list[Row]) -> Startup:
    """A company as its filings have it, the newest first."""
    newest = rows[-1]
    names = [row[column] for row in rows for column in ("ENTITYNAME", *FORMER)]
    founded = [row["YEAROFINC_VALUE_ENTERED"] for row in rows]
    return Startup(
        id=id_,
        name=newest["ENTITYNAME"],
        names=[n for n in dict.fromkeys(names) if n.lower() != "none" and n != rows[-1]["ENTITYNAME"]],
        country=_places().get(newest["STATEORCOUNTRY"].strip(), ""),
        founded=next((year for year in reversed(founded) if year.strip()), ""),
        ids=[("cik", newest["CIK"])],
    )


def _noting(offerings: Iterable[Row], amended: dict[str, str]) -> Iterator[Row]:
    """The rows, while `amended` gathers which filing amends which."""
    for row in offerings:
        if _amends(row) and (before := row["PREVIOUSACCESSIONNUMBER"].strip()):
            amended[str(row["ACCESSIONNUMBER"])] = before
        yield row


def _families(amended: dict[str, str]) -> Iterator[list[str]]:
    """The filings of each offering that was amended."""
    families: dict[str, dict[str, None]] = {}
    for filing in amended:
        first, seen = filing, set[str]()
        while first in amended and first not in seen:
            seen.add(first)
            first = amended[first]
        first = min(seen) if first in seen else first
        families.setdefault(first, {first: None})[filing] = None
    return map(list, families.values())


def _primary(issuers: list[Row]) -> Row | None:
    return next((i for i in issuers if _true(i["IS_PRIMARYISSUER_FLAG"])), None)


def _amends(row: Row) -> bool:
    return _true(row["ISAMENDMENT"])


def _funds(row: Row) -> bool:
    pooled = _true(row["ISPOOLEDINVESTMENTFUNDTYPE"])
    return pooled or row["INDUSTRYGROUPTYPE"].strip() == "Pooled Investment Fund"


def _merges(row: Row) -> bool:
    return _true(row["ISBUSINESSCOMBINATIONTRANS"])


def _instrument(row: Row) -> str:
    if not _true(row["ISDEBTTYPE"]):
        return "equity"
    return "mixed" if any(_true(row[column]) for column in SHARES) else "debt"


def _true(cell: Cell) -> bool:
    return cell.strip().lower() in ("true", "yes", "y", "1")


def _number(cell: Cell) -> float | None:
    """A sum; None for `Indefinite`, or nothing."""
    try:
        return float(cell)
    except ValueError:
        return None


def _day(cell: Cell) -> Span | Cell:
    """A day, as in 31-MAR-2021; what can't be read is left to the check."""
    try:
        return parse_date(cell, "dmy")
    except ValueError:
        return cell


def _apart(a: Span | Cell, b: Span | Cell) -> bool:
    return (
        isinstance(a, Span) and isinstance(b, Span) and abs((a.first - b.first).days) > APART
    )


@cache
def _places() -> dict[str, str]:
    """EDGAR's codes of states and countries, to countries of ISO 3166."""
    return {row["code"]: row["country"] for row in read_csv(PLACES)}
