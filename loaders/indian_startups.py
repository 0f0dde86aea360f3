"""The table of Indian startup funding that goes around as startup_funding.csv."""

import re
from collections.abc import Iterator
from pathlib import Path

from whofunds import (
    Cell,
    Investor,
    Participant,
    Reject,
    Round,
    Row,
    Span,
    Startup,
    parse_date,
    read_table,
)

TYPES = {
    **dict.fromkeys(("seed", "seed/angel", "angel/seed", "seed/angle"), ("seed", "equity")),
    "privateequity": ("private equity", "equity"),
    "crowd": ("equity crowdfunding", "equity"),
    **dict.fromkeys(("debt", "structured debt", "term loan"), ("", "debt")),
    **dict.fromkeys(("debt and preference capital", "mezzanine"), ("", "mixed")),
    **dict.fromkeys(("", "nan"), ("", "equity")),
}
"""Stage and instrument by investment type; of any other the type is the stage, and it is equity."""
SERIES = re.compile(r"(pre)?[- ]?series ([a-l])(?: \((ext)ension\))?")
SITE = re.compile(r"https?://(?:www\.)?")
BYTES = re.compile(r"(?:\\+x[0-9a-f]{2})+", re.IGNORECASE)
COMMA = re.compile(r",(?!\s*(?:inc|llc|ltd)\b)(?![^()]*\))", re.IGNORECASE)
AND = re.compile(r"\sand\s+(?![^()]*\))", re.IGNORECASE)
REST = re.compile(r"(.*\S)\s+(?:&|and)\s+(.*)", re.IGNORECASE)
NOBODY = re.compile(
    r"(?:[\s.&-]|\b(?:\d+|(?:un)?(?:disclosed|named|known)|an?|and|others?|existing|multiple|several"
    r"|various|individuals?|group|of|angels?|private|high|net|worth|networth|marquee|hnis?"
    r"|investors?|nan|n/a)\b)*|un(?:disclosed|named|known)\b(?!.*(?:&| as )).*",
    re.IGNORECASE,
)
"""Words that name no investor."""


def records(path: Path) -> Iterator[object]:
    """Indian startup funding (startup_funding.csv, as on Kaggle): companies, rounds, investors.

    Amounts are in US dollars, as the header says, in Indian grouping (1,30,00,000). Days are
    DD/MM/YYYY. One that lost a slash (05/072018) is read, as its eight digits are all there; one
    that can't be read is rejected, and its round stays without a date. Bytes that were written out
    (a name with a backslash and xc2) become the text that they stand for.

    Investors are parted by commas, and by the "and" before the last of such a list. Elsewhere "A
    and B" is two if A or B is named by itself somewhere in the table; else it stays one name, and
    the round's note says so. "Undisclosed investors" and the like are nobody. The table names no
    pages; it doesn't say who led, where a company is registered, or what kind of capital it was.
    """
    rows = list(read_table(path, header=("Startup Name",)))
    named = {
        _key(part) for row in rows for part in COMMA.split(_cell(row, "Investors Name")) if part
    }
    known: set[str] = set()
    for row in rows:
        printed, day = _cell(row, "Startup Name"), _cell(row, "Date dd/mm/yyyy", "Date")
        company = printed.put(SITE.sub("", printed).rstrip("/"))
        if row.fault or not _key(company):
            yield Reject(company, row.fault or "the name of no company")
            continue
        id_ = f"indian-startups:{_key(company)}"
        if id_ not in known:
            known.add(id_)
            site = company if company != printed else ""  # an address stands for some names
            yield Startup(id=id_, name=company, ids=[("domain", site)])
        announced = _day(day)
        if day and announced is None:
            yield Reject(day, "not a date, DD/MM/YYYY; the round stays without one")
        members, unsure = _investors(_cell(row, "Investors Name"), named)
        for investor, name in members.items():
            if f"investor {investor}" not in known:
                known.add(f"investor {investor}")
                yield Investor(id=investor, name=name)
        stage, instrument = _type(_cell(row, "Investment Type", "InvestmentnType"))
        amount = _cell(row, "Amount in USD")
        yield Round(
            company=id_,
            report=f"{row.file}, {company} {day}".strip(),
            announced=announced,
            stage=stage,
            instrument=instrument,
            amount=amount.put(f"USD {amount}") if re.search(r"\d", amount) else amount,
            participants=[Participant(investor=investor) for investor in members],
            note=f"one investor or two: {', '.join(unsure)}" if unsure else "",
        )


def _cell(row: Row, *columns: str) -> Cell:
    """The cell of the first of these columns that the table has, mended; else an empty one."""
    cell = row.first(*columns)
    text = BYTES.sub(
        lambda m: bytes.fromhex(re.sub(r"\\+x", "", m[0])).decode("utf-8", "replace"), cell
    )
    text = re.sub(r"\\+n", " ", text)
    text = re.sub(r"\\+(?=['\"])", "", text)
    return cell.put(" ".join(text.split()).strip('" '))


def _key(name: str) -> str:
    """A name as ids have it: BYJU’S and Byju's are one."""
    return " ".join(re.sub(r"[^\w\s]", "", name.casefold()).split())


def _day(cell: Cell) -> Span | None:
    whole = re.fullmatch(r"(\d\d)/?(\d\d)/?(\d{4})", cell)
    try:
        return parse_date("/".join(whole.groups()) if whole else cell, "dmy")
    except ValueError:
        return None


def _type(printed: str) -> tuple[str, str]:
    word = re.sub(r"[- ]?\b(?:based )?(?:funding|round)\b|(?<=seed)funding", "", printed.lower())
    word = re.sub(r"\s*/\s*", "/", word).strip(" -")
    if found := SERIES.fullmatch(word):
        pre, letter, extended = found.groups()
        return ("pre-" if pre else "") + letter.upper() + (" ext" if extended else ""), "equity"
    return TYPES.get(word, (word, "equity"))


def _investors(cell: Cell, named: set[str]) -> tuple[dict[str, Cell], list[str]]:
    """Investors by id, and what may be one or two."""
    parts = [re.sub(r"(?i)^\s*and\s", "", part).strip(" .") for part in COMMA.split(cell)]
    names, unsure = [], []
    for at, part in enumerate(parts):
        while (rest := REST.fullmatch(part)) and NOBODY.fullmatch(rest[2]):
            part = rest[1]
        ends = AND.split(part)
        ends_list = 0 < at == len(parts) - 1
        if len(ends) > 1 and not ends_list and not any(_key(end) in named for end in ends):
            unsure.append(part)
            ends = [part]
        names += [end.strip(" .") for end in ends]
    found = {_key(name): cell.put(name) for name in names if not NOBODY.fullmatch(name)}
    return {f"indian-startups:{key}": name for key, name in found.items() if key}, unsure
