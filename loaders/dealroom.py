"""Dealroom's exports of companies: a company a row, its rounds as lists within cells."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path

from whofunds import (
    Cell,
    Investor,
    Kinds,
    Link,
    Participant,
    Reject,
    Report,
    Round,
    Row,
    Startup,
    cell_country,
    read_kinds,
    read_table,
)

TYPES = {
    "": ("", "equity", "private"),
    "angel": ("angel", "equity", "private"),
    "pre-seed": ("pre-seed", "equity", "private"),
    "seed": ("seed", "equity", "private"),
    **{f"series {letter}": (letter.upper(), "equity", "private") for letter in "abcdefghijkl"},
    "early vc": ("early VC", "equity", "private"),
    "late vc": ("late VC", "equity", "private"),
    "growth equity vc": ("growth equity", "equity", "private"),
    "growth equity non vc": ("growth equity", "equity", "private"),
    "private placement vc": ("private placement", "equity", "private"),
    "convertible": ("convertible note", "mixed", "private"),
    "debt": ("", "debt", "private"),
    "lending capital": ("", "debt", "private"),
    "grant": ("", "grant", "private"),
    "media for equity": ("", "in-kind", "private"),
    "secondary": ("", "secondary", "private"),
    **dict.fromkeys(("buyout", "acquisition", "merger"), ("", "acquisition", "private")),
    **dict.fromkeys(("ipo", "spac ipo"), ("", "equity", "ipo")),
    "post ipo equity": ("", "equity", "post-ipo"),
    "post ipo convertible": ("", "mixed", "post-ipo"),
    "post ipo debt": ("", "debt", "post-ipo"),
    "post ipo secondary": ("", "secondary", "post-ipo"),
}
"""Stage, instrument and listing by type of round."""
EACH = ("type", "amount", "currency", "date", "investors")
NOTHING = ("-", "n/a", "na", "none", "null")


def records(path: Path, *, unit: int = 1_000_000, kinds: Path | None = None) -> Iterator[object]:
    """Dealroom company exports (CSV): companies, their rounds with investors, kinds of capital.

    The columns `Each round type`, `amount`, `currency`, `date` and `investors` hold lists that
    belong together by position (`;` between rounds, `++` between investors of one). Where they are
    of different lengths nobody can say what belongs to what, so the rounds of that company are
    rejected, and the company stays. So is a round of a type that this file doesn't list. Amounts
    are in millions, else say `unit`.

    Who led is said of a company and not of a round, so no lead is loaded; nor are valuations, which
    stand by dates and not by rounds. An investor is known by its name alone; what its types are as
    kinds of capital says a table, in whose place kinds=FILE takes your own copy.
    """
    table = read_kinds("dealroom", kinds)
    known: set[str] = set()
    for row in read_table(path, header=("Name", "Each round type")):
        if row.fault:
            yield Reject(row["Name"], row.fault)
            continue
        own = _cell(row, "ID") or _folded(row["Name"])
        company, country = f"dealroom:{own}", _cell(row, "HQ country")
        page = _cell(row, "Profile URL", "Dealroom URL") or f"{row.file}, {own}"
        yield Startup(
            id=company,
            name=row["Name"],
            country=cell_country(country),
            ids=[("domain", _cell(row, "Website")), ("dealroom", _cell(row, "ID"))],
        )
        yield Report(url=page, name=row["Name"], publisher="Dealroom")
        for record in (*_investors(row, page, table), *_rounds(row, own, page, unit)):
            if isinstance(record, Investor):
                if record.id in known:
                    continue
                known.add(record.id)
            yield record


def _investors(row: Row, page: str, kinds: Kinds) -> Iterator[Investor | Link | Reject]:
    """The company's investors, and what kinds of capital their types are."""
    names = _parts(_cell(row, "Investors", "Investors names"))
    types = _parts(_cell(row, "Each investor types", "Each investor type"))
    yield from (_investor(name) for name in names if name)
    if types and len(types) != len(names):
        yield Reject(types[0], f"types of {len(types)} investors, but {len(names)} are named")
        return
    for name, all_ in zip(names, types, strict=False):
        for kind in sorted({kinds.get(type_) for type_ in all_.split(",")} - {""}):
            id_, basis = _investor(name).id, "source-stated"
            yield Link(type="kind", source=id_, target=kind, basis=basis, report=page)


def _rounds(row: Row, own: str, page: str, unit: int) -> Iterator[Investor | Round | Reject]:
    """The company's rounds, each after those who took part."""
    lists = {what: _parts(_cell(row, f"Each round {what}")) for what in EACH}
    count = max(map(len, lists.values()))
    if any(parts and len(parts) != count for parts in lists.values()):
        counts = ", ".join(f"{len(parts)} of {what}" for what, parts in lists.items())
        yield Reject(row["Each round type"], f"lists of different lengths: {counts}")
        return
    unsaid = [_put(row["Each round type"], "")] * count  # what a cell without a list says of each
    rounds = list(zip(*(parts or unsaid for parts in lists.values()), strict=True))
    keys = Counter(f"{own}/{date}/{type_}" for type_, _, _, date, _ in rounds)
    for type_, amount, currency, date, investors in rounds:
        key = f"{own}/{date}/{type_}"
        if type_.lower() not in TYPES:
            yield Reject(type_, "no type of round that this loader knows; list it in TYPES")
            continue
        stage, instrument, listing = TYPES[type_.lower()]
        members = [_investor(_put(investors, n)) for n in investors.split("++") if n.strip()]
        yield from members
        with suppress(InvalidOperation):  # which the check names
            amount = _put(amount, f"{Decimal(amount) * unit:f}")
        id_ = f"{key}/{amount} {currency}" if keys[key] > 1 else key
        yield Round(
            id=id_,
            event=id_,
            company=f"dealroom:{own}",
            report=page,
            announced=date,
            stage=stage,
            amount=(amount, currency),
            instrument=instrument,
            listing=listing,
            participants=[Participant(investor=member.id) for member in members],
        )


def _cell(row: Row, *columns: str) -> Cell:
    """The cell of the first of these columns that the table has; empty where it has none."""
    found = row.first(*columns)
    return _put(found, found)


def _put(cell: Cell, text: str) -> Cell:
    """A text in a cell's place, so that a reject can name it; empty where it says nothing."""
    text = "" if text.strip().lower() in NOTHING else text.strip()
    return cell.put(text)


def _parts(cell: Cell) -> list[Cell]:
    return [_put(cell, part) for part in cell.split(";")] if cell else []


def _investor(name: Cell) -> Investor:
    return Investor(id=f"dealroom:{_folded(name)}", name=name)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
