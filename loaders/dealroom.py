"""Dealroom's CSV exports: a company a row, its rounds as lists in one row's cells."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from whofunds import (
    Cell,
    Investor,
    Link,
    Participant,
    Reject,
    Round,
    Row,
    Startup,
    country_code,
    read_kinds,
    read_table,
)

EACH = ("type", "amount", "currency", "date", "investors")
NOTHING = ("", "-", "n/a", "na", "none", "null")
# A round's type to stage, instrument, listing.
TYPES = {
    "seed": ("seed", "", ""),
    "pre-seed": ("pre-seed", "", ""),
    "angel": ("angel", "", ""),
    **{f"series {letter}": (letter.upper(), "", "") for letter in "abcdefghijkl"},
    "early vc": ("early VC", "", ""),
    "late vc": ("late VC", "", ""),
    "growth equity vc": ("growth equity", "", ""),
    "growth equity non vc": ("growth equity", "", ""),
    "private placement vc": ("private placement", "", ""),
    "convertible": ("convertible note", "mixed", ""),
    "debt": ("", "debt", ""),
    "lending capital": ("", "debt", ""),
    "grant": ("", "grant", ""),
    "media for equity": ("", "in-kind", ""),
    "secondary": ("", "secondary", ""),
    "buyout": ("", "acquisition", ""),
    "acquisition": ("", "acquisition", ""),
    "merger": ("", "acquisition", ""),
    "ipo": ("", "", "ipo"),
    "spac ipo": ("", "", "ipo"),
    "post ipo equity": ("", "", "post-ipo"),
    "post ipo convertible": ("", "mixed", "post-ipo"),
    "post ipo debt": ("", "debt", "post-ipo"),
    "post ipo secondary": ("", "secondary", "post-ipo"),
    **dict.fromkeys(NOTHING, ("", "", "")),
}


def records(path: Path, *, unit: int = 1_000_000, kinds: Path | None = None) -> Iterator[object]:
    """Dealroom company exports (CSV): companies, their rounds with investors, kinds of capital.

    The columns `Each round type`, `amount`, `currency`, `date` and `investors` hold lists that
    belong together by position (parts by `;`, the investors of one round by `++`). Where they are
    of different lengths, nobody can say which belongs to which: the rounds of that company are
    rejected, and the company stays. Amounts are in millions, or as `unit` says. Types that aren't
    listed in this file are rejected too.

    Who led is said of a company and not of a round, so no lead is loaded; nor are valuations,
    which belong to dates and not to rounds. An investor is known by its name alone. Its types are
    read as kinds of capital by a table, which `kinds` replaces by your own copy.
    """
    kind_of = read_kinds("dealroom", kinds)
    known: set[str] = set()

    def investor(name: Cell) -> Iterator[object]:
        if (id_ := _id(name)) not in known:
            known.add(id_)
            yield Investor(id=id_, name=name)

    for row in read_table(path, header=("Name", "Each round type")):
        if row.fault:
            yield Reject(row["Name"], row.fault)
            continue
        own = _cell(row, "ID")
        company = _id(own or row["Name"])
        page = _cell(row, "Profile URL", "Dealroom URL") or f"{row.file}, {company}"
        country = _cell(row, "HQ country")
        yield Startup(
            id=company,
            name=row["Name"],
            country=country_code(country) or country,
            ids=[("domain", _cell(row, "Website")), ("dealroom", own)],
        )
        names = _parts(_cell(row, "Investors", "Investors names"))
        types = _parts(_cell(row, "Each investor types", "Each investor type"))
        for name in filter(None, names):
            yield from investor(name)
        if types and len(types) != len(names):
            yield Reject(types[0], f"types of {len(types)} investors, but {len(names)} are named")
        else:
            pairs = [(n, t) for n, t in zip(names, types, strict=False) if n]
            for name, kind in {
                (n, kind_of.get(one)): None for n, t in pairs for one in t.split(",")
            }:
                if kind:
                    yield Link(
                        type="kind",
                        source=_id(name),
                        target=kind,
                        basis="source-stated",
                        report=page,
                    )
        lists = {what: _parts(_cell(row, f"Each round {what}")) for what in EACH}
        count = max(map(len, lists.values()))
        if any(parts and len(parts) != count for parts in lists.values()):
            counts = ", ".join(f"{len(parts)} of {what}" for what, parts in lists.items())
            yield Reject(row["Each round type"], f"lists of different lengths: {counts}")
            continue
        nothing = [_at("", row["Each round type"])] * count  # a cell without a list is no list
        rounds = list(zip(*(parts or nothing for parts in lists.values()), strict=True))
        keys = Counter(f"{company}/{date}/{type_}" for type_, _, _, date, _ in rounds)
        for type_, amount, currency, date, investors in rounds:
            key = f"{company}/{date}/{type_}"
            if type_.lower() not in TYPES:
                yield Reject(type_, "no type of round that this loader knows; list it in TYPES")
                continue
            stage, instrument, listing = TYPES[type_.lower()]
            members = [_at(name, investors) for name in investors.split("++") if _given(name)]
            for name in members:
                yield from investor(name)
            yield Round(
                id=f"{key}/{amount} {currency}" if keys[key] > 1 else key,
                company=company,
                report=page,
                announced=date,
                stage=stage,
                amount=(_scaled(amount, unit), currency, ""),
                instrument=instrument,
                listing=listing,
                participants=[Participant(investor=_id(name)) for name in members],
            )


def _given(text: str) -> bool:
    return text.strip().lower() not in NOTHING


def _at(text: str, cell: Cell) -> Cell:
    """Other text, at the place of a cell; empty where it says that nothing is known."""
    return Cell(text.strip() * _given(text), cell.file, cell.line, cell.column, cell.fault)


def _cell(row: Row, *columns: str) -> Cell:
    """The cell of the first of these columns that the table has; empty where it has none."""
    found = next((row[c] for c in columns if c in row), Cell("", row.file, row.line, columns[0]))
    return _at(found, found)


def _parts(cell: Cell) -> list[Cell]:
    """The parts of a list, those that say nothing as well; none where the whole cell says so."""
    return [_at(part, cell) for part in cell.split(";")] if cell else []


def _id(name: str) -> str:
    return f"dealroom:{' '.join(name.casefold().split())}"


def _scaled(figure: Cell, unit: int) -> Cell:
    """A figure in units, written out; what is no number is left to the check."""
    try:
        return _at(f"{Decimal(figure) * unit:f}", figure)
    except InvalidOperation:
        return figure
