"""Any table of deals or companies, by a map of its columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from whofunds import (
    Cell,
    City,
    Investor,
    Kinds,
    Link,
    Map,
    Mapped,
    Participant,
    Reject,
    Report,
    Round,
    Startup,
    Total,
    UsageError,
    cell_id,
    cell_slug,
    joined,
    read_kinds,
    read_map,
)

OF_A_ROUND = ("company", "date", "stage", "amount", "valuation", "status")

OF_ONE = ("lead", "cheque", "investor_id", "investor_kind", "investor_country")


def records(
    path: Path,
    *,
    map: Path | None = None,
    order: Literal["", "dmy", "mdy"] = "",
    currency: str = "",
    unit: str = "",
    decimal: Literal["", ",", "."] = "",
    kinds: Path | None = None,
) -> Iterator[object]:
    """Any table of deals or companies, by a map of its columns.

    `whofunds map FILE --write map.toml` proposes the map; look it over and answer its questions,
    there or with order, currency, unit and decimal. kinds: your copy of kinds.csv, where the table
    tells the types of investors.
    """
    if map is None:
        raise UsageError(
            f"a table needs a map: whofunds map {path} --write map.toml, then load it "
            "with --map map.toml"
        )
    plan = read_map(map, order=order, currency=currency, unit=unit, decimal=decimal)
    yield from _Table(plan, read_kinds(plan.source, kinds)).records(path)


def source_name(*, map: Path | None = None, **_: object) -> str:
    """The facts are the map's source's, so that each table can be taken back by itself."""
    return read_map(map, check=False).source if map else "table"


class _Table:
    """Turns rows to records; each entity has one spelling, and its standing facts are told once."""

    def __init__(self, plan: Map, kinds: Kinds) -> None:
        self.plan, self.kinds, self.source = plan, kinds, plan.source
        self.names: dict[str, str] = {}
        self.told: set[tuple[str, ...]] = set()

    def records(self, path: Path) -> Iterator[object]:
        for deal in self._deals(path):
            head = deal[0]
            if head.fault or not head["company"]:
                fault = head.fault or "no company is named"
                yield Reject(head["company"], f"{fault}; the row is left out")
                continue
            company, report = self._id("company", head), self._report(head)
            published = head.date("published")
            if isinstance(published, Cell):
                yield Reject(published, published.fault)
                published = None
            title, publisher = head["title"], head["publisher"]
            yield Report(url=report, name=title, publisher=publisher, published_on=published)
            yield from self._company(head, company, report)
            if self.plan.has_rounds:
                yield from self._round(deal, company, report)

    def _deals(self, path: Path) -> Iterator[list[Mapped]]:
        """The rows of each round, which may stand apart where a row is one investor."""
        table = self.plan.read(path)
        if self.plan.rows != "participations":
            for row in table:
                yield [self.plan.row(row)]
            return
        role = "round_id" if self.plan.of("round_id") else "company"
        by = self.plan.of(role)[0].header
        held, done = joined(table, by), set()
        for row in self.plan.read(path):
            if row[by].fault or not row[by].strip():
                yield [self.plan.row(row)]
            elif row[by].strip() not in done:
                done.add(row[by].strip())
                rows: dict[str, list[Mapped]] = {}
                for part in (self.plan.row(r) for r in held.take(row[by])):
                    rows.setdefault(part["round_id"] or self._key(part, "amount"), []).append(part)
                yield from rows.values()

    def _key(self, row: Mapped, *but: str) -> str:
        """What tells a round from others, where the table has no id for it."""
        roles = [r for r in ("company", "date", "stage", "amount") if r not in but]
        return row["round_id"] or ", ".join(str(row[r]) for r in roles if row[r])

    def _report(self, row: Mapped) -> Cell | str:
        one = () if self.plan.rows == "rounds" else ("amount",)
        return row["link"] or f"{row.file}, row {self._key(row, *one)}"

    def _id(self, role: str, row: Mapped, name: Cell | None = None) -> Cell:
        own = row[f"{role}_id"]
        return cell_id(self.source, own) if own else cell_slug(self.source, name or row[role])

    def _company(self, row: Mapped, company: Cell, report: str) -> Iterator[object]:
        country, founded, names = row.country(), row.date("founded"), row.names("alias")
        if isinstance(founded, Cell):
            yield Reject(founded, founded.fault)
            founded = None
        if self._new("company", company, country, str(founded), *names, row["domain"]):
            yield Startup(
                id=company,
                name=self.names.setdefault(company, row["company"]),
                names=names,
                country=country,
                founded=founded,
                ids=[("domain", row["domain"])],
            )
        if row["city"]:
            city = cell_slug(self.source, Cell(f"{row['city']} {country}", row.file, 0, ""))
            if self._new("city", city):
                yield City(id=city, name=row["city"], country=country)
            if self._new("seat", company, city):
                link = Link(type="seat", of="startup", source=company, target=city)
                link.basis, link.report = "source-stated", report
                yield link
        if row["total"]:
            until = row.date("date") if self.plan.has_rounds else None
            yield Total(company=company, report=report, amount=row.money("total"), until=until)

    def _round(self, deal: list[Mapped], company: Cell, report: str) -> Iterator[object]:
        whole = {role: next((r for r in deal if r[role]), deal[0]) for role in OF_A_ROUND}
        for role, first in whole.items():
            if other := next((r for r in deal if r[role] and r[role] != first[role]), None):
                reason = f"the rows of one round have {first[role]!r} too, so it is left out"
                reason += "; mend one, or the map"
                yield Reject(other[role], reason)
                return
        participants = []
        for row in deal:
            own = self._report(row)
            if own != report:
                yield Report(url=own, name=row["title"], publisher=row["publisher"])
            for record in self._investors(row, own):
                if isinstance(record, Participant):
                    record.report = own if own != report else ""
                    participants.append(record)
                else:
                    yield record
        if not participants and not any(deal[0][role] for role in ("round_id", *OF_A_ROUND[1:])):
            return  # a company of which no round is told
        money = whole["valuation"]
        yield Round(
            id=self._key(deal[0], *(() if self.plan.rows == "rounds" else ("amount",))),
            company=company,
            report=report,
            announced=whole["date"].date(),
            amount=whole["amount"].money(),
            valuation=money.money("valuation"),
            valuation_basis=money.basis() if money["valuation"] else "",
            status=whole["status"].status(whole["stage"]["stage"]),
            note=deal[0]["note"],
            participants=participants,
            **whole["stage"].stage(),
        )

    def _investors(self, row: Mapped, report: str) -> Iterator[object]:
        """Investors of a row, what it tells of the one in it, and participants."""
        leads, named = row.leads(), row.names("investors")
        count = len({*leads, *named})
        one = count == 1
        for role in OF_ONE if not one else ():
            if row[role] and (role != "lead" or row.led() is not False):
                names = f"{count} investors" if count else "none"
                reason = f"it is one investor's, and the row names {names}; it is left out"
                yield Reject(row[role], reason)
        parts: dict[str, Participant] = {}
        for name in (*leads, *named):
            id_ = self._id("investor", row, name) if one else cell_slug(self.source, name)
            if id_ in parts:
                continue
            country = row.country("investor_country") if one else ""
            if self._new("investor", id_, country):
                known = self.names.setdefault(f"investor {id_}", name)
                yield Investor(id=id_, name=known, country=country)
            kind = self.kinds.get(row["investor_kind"]) if one and row["investor_kind"] else ""
            if kind and self._new("kind", id_, kind):
                basis = "source-stated"
                yield Link(type="kind", source=id_, target=kind, basis=basis, report=report)
            lead = row.led() if one and row["lead"] else name in leads
            cheque = row.money("cheque") if one else None
            parts[id_] = Participant(investor=id_, lead=lead, amount=cheque)
        yield from parts.values()

    def _new(self, *fact: str) -> bool:
        """Whether a standing fact was not told before."""
        if fact in self.told:
            return False
        self.told.add(fact)
        return True
