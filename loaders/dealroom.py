"""Dealroom's CSV exports: a company a row, its rounds as lists in one row's cells."""

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
    "early vc": ("", "", ""),
    "late vc": ("", "", ""),
    "growth equity vc": ("", "", ""),
    "growth equity non vc": ("", "", ""),
    "private placement vc": ("", "", ""),
    "convertible": ("", "mixed", ""),
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
        company = f"dealroom:{row['ID'].strip()}" if _given(row.get("ID")) else _id(row["Name"])
        page = _first(row, "Profile URL", "Dealroom URL") or f"{row.file}, {company}"
        yield Startup(
            id=company,
            name=row["Name"],
            country=country_code(row.get("HQ country")) or row.get("HQ country"),
            ids=[("domain", _first(row, "Website")), ("dealroom", row.get("ID"))],
        )
        names = _parts(row, "Investors", "Investors names")
        types = _parts(row, "Each investor types", "Each investor type")
        for name in names:
            if _given(name):
                yield from investor(name)
        if types and len(types) != len(names):
            yield Reject(types[0], f"types of {len(types)} investors, of whom {len(names)} are named")
        else:
            for name, all_ in zip(names, types, strict=False):
                for kind in {kind_of.get(type_) for type_ in all_.split(",")} - {""}:
                    yield Link(
                        type="kind",
                        source=_id(name),
                        target=kind,
                        basis="source-stated",
                        report=page,
                    )
        lists = [_parts(row, f"Each round {what}") for what in EACH]
        if len({len(parts) for parts in lists}) > 1:
            counts = ", ".join(f"{len(p)} of {what}" for what, p in zip(EACH, lists, strict=True))
            yield Reject(row["Each round type"], f"lists of different lengths: {counts}")
            continue
        for type_, amount, currency, date, investors in zip(*lists, strict=True):
            if type_.lower() not in TYPES:
                yield Reject(type_, "no type of round that the loader knows; list it in TYPES")
                continue
            stage, instrument, listing = TYPES[type_.lower()]
            members = [_cell(n, investors) for n in investors.split("++") if _given(n)]
            for name in members:
                yield from investor(name)
            yield Round(
                id="/".join((company, date, type_.lower(), amount, currency)),
                company=company,
                report=page,
                announced=date if _given(date) else None,
                stage=stage,
                amount=_sum(amount, currency, unit),
                instrument=instrument,
                listing=listing,
                participants=[Participant(investor=_id(name)) for name in members],
            )
