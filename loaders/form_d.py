"""SEC Form D, the notices of securities that US issuers sell without a registration."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
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
SHARES = ("ISEQUITYTYPE", "ISOPTIONTOACQUIRETYPE", "ISSECURITYTOBEACQUIREDTYPE")
FORMER = [f"{by}_PREVIOUSNAME_{n}" for by in ("ISSUER", "EDGAR") for n in (1, 2, 3)]


def records(path: Path, *, funds: bool = False, mergers: bool = False) -> Iterator[object]:
    """SEC Form D quarterly sets: what US filers offered and sold; a filing names no investors.

    Give a quarter's ZIP or folder, or better a folder of many: an amendment is one more account of
    its offering's round, and the earlier ones stand inside the last, so that money is counted once.
    The amount is what was sold so far: at least that, unless nothing remains to be sold; the date
    is that of the first sale, whenever the rest was sold. An offering of which nothing is sold yet
    is planned, not money.

    Related persons are officers and recipients are sales agents, so neither is loaded; no stage is
    stated. The securities are equity, debt or mixed (both, as in a convertible note); other paper
    counts as equity, and the note says what it is. The year of incorporation is when a company was
    founded, its country that of its address. Pooled investment funds are left out unless `funds`,
    business combinations (paid for in securities) unless `mergers`. An amendment is of the filing
    that it names, else of the one with its file number; one of neither is rejected, as what it sold
    would be counted twice: load the set of the filing that it amends along with it.
    """
    amended: dict[str, str] = {}
    offerings = joined(_noting(read_table(path, "OFFERING"), amended), "ACCESSIONNUMBER")
    submissions = joined(read_table(path, "FORMDSUBMISSION"), "ACCESSIONNUMBER")
    issuers = joined(read_table(path, "ISSUERS"), "ACCESSIONNUMBER")
    companies = joined(read_table(path, "ISSUERS"), "CIK")
    numbers = joined(read_table(path, "FORMDSUBMISSION"), "FILE_NUM")
    for accession in [a for a, before in amended.items() if not before]:
        own = next(iter(submissions.take(accession)), None)
        same = [r["ACCESSIONNUMBER"] for r in numbers.take(own["FILE_NUM"])] if own else []
        amended[accession] = next((a for a in same if a != accession), "")
    places = {row["code"]: row["country"] for row in read_csv(PLACES)}
    known: set[str] = set()

    def offering(rows: Iterable[Row]) -> Iterator[object]:
        accounts = defaultdict(list)
        for row in rows:
            accession = row["ACCESSIONNUMBER"]
            of = [i for i in issuers.take(accession) if _true(i["IS_PRIMARYISSUER_FLAG"])]
            if accession.fault or not of:
                yield Reject(accession, accession.fault or "ISSUERS names no primary issuer of it")
            elif (_pooled(row) and not funds) or (_merges(row) and not mergers):
                continue
            elif amended.get(accession) == "":
                yield Reject(accession, "it amends a filing that is neither named nor here")
            else:
                filing = Filing(row, of[0], [*submissions.take(accession), row][0])
                accounts[filing.company].append(filing)
        for company, filings in accounts.items():
            if company not in known:
                known.add(company)
                yield _startup(company, companies.take(filings[0].issuer["CIK"]), places)
            yield from _accounts(filings, amended)

    for family in _families(amended):
        yield from offering(row for a in family for row in offerings.take(a)[:1])
    for row in offerings.rest():
        yield from offering([row])


class Filing:
    """One filing: its rows in OFFERING, ISSUERS and FORMDSUBMISSION, and what follows from them."""

    def __init__(self, offering: Row, issuer: Row, submission: Row) -> None:
        self.offering, self.issuer = offering, issuer
        self.accession = offering["ACCESSIONNUMBER"]
        cik = issuer["CIK"].strip().lstrip("0")
        folder = f"https://www.sec.gov/Archives/edgar/data/{cik}/{self.accession.replace('-', '')}"
        self.company, self.page = f"cik:{cik}", f"{folder}/{self.accession}-index.htm"
        self.sold = _number(offering["TOTALAMOUNTSOLD"])
        self.plan = self.sold == 0 or (self.sold is None and _true(offering["YETTOOCCUR"]))
        # A plan doesn't bear the id by which an amendment could draw it into a paid round.
        self.id = f"planned:{self.accession}" if self.plan else str(self.accession)
        self.filed: Span | Cell = submission["FILING_DATE"]
        with suppress(ValueError):  # which the check names
            self.filed = parse_date(submission["FILING_DATE"], "dmy")
        self.order = self.filed.last if isinstance(self.filed, Span) else date.min, self.accession


def _accounts(filings: list[Filing], amended: dict[str, str]) -> Iterator[object]:
    """The reports and accounts of one offering's filings, paid and planned apart."""
    last = {f.plan: f for f in sorted(filings, key=lambda f: f.order)}
    plans = {f.accession for f in filings if f.plan}
    for filing in filings:
        title = f"Form D of {filing.issuer['ENTITYNAME']}"
        yield Report(url=filing.page, name=title, publisher="SEC", published_on=filing.filed)
        yield _round(filing, last[filing.plan])
        before = amended.get(filing.accession) or filing.accession
        if not filing.plan and before not in plans | {filing.accession}:
            # So that they meet where the two were loaded one without the other, too.
            yield Decision(
                type="join",
                a=f"{SOURCE}:{before}",
                b=f"{SOURCE}:{filing.accession}",
                company=filing.company,
                by="Form D/A",
                on=filing.filed,
                why=f"{filing.accession} amends {before}",
            )


def _round(filing: Filing, last: Filing) -> Round:
    """A filing's account; `last` is the newest, whose sum holds what this one sold."""
    row, conflicts = filing.offering, []
    offered, left = row["TOTALOFFERINGAMOUNT"], _number(row["TOTALREMAINING"])
    if filing.plan:
        figure, qualifier = (offered if _number(offered) else ""), "up to"
    else:
        figure, qualifier = row["TOTALAMOUNTSOLD"], "" if left == 0 else "at least"
        if (filing.sold or 0) > (last.sold or 0):
            conflicts.append("amount")
        if row["SALE_DATE"] != last.offering["SALE_DATE"]:
            conflicts.append("date")
    notes = [f"{'nothing' if filing.plan else 'sold'} so far, of {offered} USD offered"]
    notes += [row["DESCRIPTIONOFOTHERTYPE"], row["SALESAMTCLARIFICATIONOFRESP"]]
    return Round(
        id=filing.id,
        company=filing.company,
        report=filing.page,
        announced=filing.filed if filing.plan else row["SALE_DATE"],
        amount=(figure, "USD", qualifier if figure else ""),
        status="planned" if filing.plan else "closed",
        instrument=_instrument(row),
        inside="" if filing is last else last.id,
        conflicts=conflicts,
        note="; ".join(n for n in notes if n.strip()),
    )


def _startup(id_: str, rows: list[Row], places: dict[Cell, Cell]) -> Startup:
    """A company as its filings have it, of which the last counts most."""
    newest = rows[-1]
    names = dict.fromkeys(row[column] for row in rows for column in ("ENTITYNAME", *FORMER))
    years = [row["YEAROFINC_VALUE_ENTERED"] for row in rows]
    return Startup(
        id=id_,
        name=newest["ENTITYNAME"],
        names=[n for n in names if n.lower() != "none" and n != newest["ENTITYNAME"]],
        country=places.get(newest["STATEORCOUNTRY"], ""),
        founded=next((year for year in reversed(years) if year.strip()), ""),
        ids=[("cik", newest["CIK"])],
    )


def _noting(offerings: Iterable[Row], amended: dict[str, str]) -> Iterator[Row]:
    """The rows, while `amended` gathers which filing amends which."""
    for row in offerings:
        if _true(row["ISAMENDMENT"]):
            amended[str(row["ACCESSIONNUMBER"])] = row["PREVIOUSACCESSIONNUMBER"].strip()
        yield row


def _families(amended: dict[str, str]) -> Iterator[list[str]]:
    """The filings of each offering that was amended."""
    families: dict[str, dict[str, None]] = {}
    for filing in amended:
        first, seen = filing, set[str]()
        while amended.get(first) and first not in seen:
            seen.add(first)
            first = amended[first]
        first = min(seen) if first in seen else first
        families.setdefault(first, {first: None})[filing] = None
    return map(list, families.values())


def _pooled(row: Row) -> bool:
    pooled = _true(row["ISPOOLEDINVESTMENTFUNDTYPE"])
    return pooled or row["INDUSTRYGROUPTYPE"].strip() == "Pooled Investment Fund"


def _merges(row: Row) -> bool:
    return _true(row["ISBUSINESSCOMBINATIONTRANS"])


def _instrument(row: Row) -> str:
    if _merges(row):
        return "in-kind"
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
