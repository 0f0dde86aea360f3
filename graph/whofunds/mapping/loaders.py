"""A loader of one file that does what a map says, for a data engineer to edit."""

import json
from collections.abc import Iterator
from textwrap import fill

from whofunds.errors import UsageError
from whofunds.mapping.maps import Column
from whofunds.mapping.proposal import Proposal
from whofunds.mapping.writing import line

_WIDE = 88


def loader(found: Proposal) -> str:
    """A loader as Python. Raises UsageError while a question is open: code can't wait for it."""
    if found.questions:
        first = found.questions[0]
        where = f" {', '.join(first.columns)}:" if first.columns else ""
        raise UsageError(
            f"a loader can't ask, and {len(found.questions)} of these wait:{where} {first.text} "
            f"Answer with --set {first.flag}, or write a map (--write map.toml) and answer there"
        )
    return _Writer(found).text()


class _Writer:
    """The lines of a loader, and the names that they import."""

    def __init__(self, found: Proposal) -> None:
        self.file, self.map = line(found.file).replace("\\", "/").replace('"', "'"), found.map
        self.source = _text(self.map.source)
        self.grouped = self.map.has_rounds and self.map.rows == "participations"
        self.used: set[str] = set()

    def text(self) -> str:
        """All of it."""
        rows = [*(self._groups() if self.grouped else self._rows())]
        body = [*self._company(), *(self._round() if self.map.has_rounds else ())]
        if self._has("investor_kind"):
            rows = [f"    kinds = {self._use('read_kinds')}({self.source})", *rows]
        names = ", ".join(sorted(self.used, key=lambda n: (not n[0].isupper(), n)))
        if len(names) > 70:
            names = (
                f"(\n{fill(names + ',', 98, initial_indent='    ', subsequent_indent='    ')}\n)"
            )
        top = ["from collections import defaultdict", ""] if self.grouped else []
        doc = f'    """Deals of {self.file}, as `whofunds map` read it."""'
        head = [*top, f"from whofunds import {names}", "", "", "def records(path):", doc]
        return "\n".join((*head, *rows, *(f"        {text}" for text in body))) + "\n"

    def _rows(self) -> Iterator[str]:
        yield f"    for row in {self._table()}:"

    def _groups(self) -> Iterator[str]:
        roles = ("round_id",) if self._has("round_id") else ("company", "date", "stage")
        cells = [f"row[{_text(self._of(r)[0].header)}]" for r in roles if self._has(r)]
        key = cells[0] if len(cells) == 1 else f"({', '.join(cells)})"
        yield "    deals = defaultdict(list)"
        yield f"    for row in {self._table()}:"
        yield f"        deals[{key} if {cells[0]} else row.line].append(row)"
        yield "    for rows in deals.values():"
        yield "        row = rows[0]"

    def _table(self) -> str:
        how = "".join(f", {k}={_text(v)}" for k, v in self.map.reading.items())
        return f"{self._use('read_table')}(path{how})"

    def _company(self) -> Iterator[str]:
        yield f"company = {self._id('company')}"
        own = " or ".join((*self._cells("link"), self._stands()))
        yield f"report = {own}"
        fields = self._fields(name="title", publisher="publisher", published_on="published")
        yield from self._call("yield Report", ["url=report", *fields])
        fields = self._fields(name="company", country="country", founded="founded")
        if self._has("alias"):
            fields.append(f"names=[{', '.join(self._cells('alias'))}]")
        if self._has("domain"):
            fields.append(f'ids=[("domain", {self._cell("domain")})]')
        yield from self._call("yield Startup", ["id=company", *fields])
        if self._has("city"):
            where = self._cell("city")
            yield f"if {where}:"
            yield f"    city = {self._use('cell_slug')}({self.source}, {where})"
            country = self._fields(country="country")
            yield from self._call("    yield City", ["id=city", f"name={where}", *country])
            seat = ['type="seat"', 'of="startup"', "source=company", "target=city"]
            seat += ['basis="source-stated"', "report=report"]
            yield from self._call("    yield Link", seat)
        if self._has("total"):
            sums = ["company=company", "report=report", f"amount={self._money('total')}"]
            yield from self._call("yield Total", sums)

    def _stands(self) -> str:
        """Where a row stands, as its report where no page is: the file and what is stable in it."""
        roles = ("round_id",) if self._has("round_id") else ("company", "date")
        cells = [c.replace('"', "'") for r in roles for c in self._cells(r)[:1]]
        return f'f"{{path.name}}, row {", ".join(f"{{{c}}}" for c in cells)}"'

    def _round(self) -> Iterator[str]:
        lists = [(c, r) for r in ("lead_investors", "investors") for c in self._of(r)]
        if lists:
            yield "participants = {}"
        row, indent = ("part", "    ") if self.grouped else ("row", "")
        if lists and self.grouped:
            yield "for part in rows:"
        for column, role in lists:
            sign = (
                f", {json.dumps(column.separator, ensure_ascii=False)}" if column.separator else ""
            )
            cell = f"{row}[{_text(column.header)}]"
            yield f"{indent}for name in {self._use('cell_names')}({cell}{sign}):"
            yield from (f"{indent}    {text}" for text in self._investor(role, row))
        fields = ["company=company", "report=report", *self._fields(announced="date")]
        if self._has("round_id"):
            fields.insert(0, f"id={self._cell('round_id')}")
        for role in ("amount", "valuation"):
            if self._has(role):
                fields.append(f"{role}={self._money(role)}")
        if self._has("valuation") and (basis := self._of("valuation")[0].basis):
            fields.append(f'valuation_basis="{basis}"')
        if self._has("status") or self._has("stage"):
            told = [self._cell(r) if self._has(r) else '""' for r in ("status", "stage")]
            fields.append(f"status={self._use('cell_status')}({', '.join(told)})")
        fields += self._fields(note="note")
        fields += ["participants=[*participants.values()]"] if lists else []
        if self._has("stage"):
            fields.append(f"**{self._use('cell_stage')}({self._cell('stage')})")
        yield from self._call("yield Round", fields)

    def _investor(self, role: str, row: str) -> Iterator[str]:
        one = self.grouped and role == "investors"
        own = one and self._has("investor_id")
        yield f"investor = {self._id('investor', row) if own else self._slug('name')}"
        fields = ["id=investor", "name=name"]
        if one and self._has("investor_country"):
            cell = self._cell("investor_country", row)
            fields.append(f"country={self._use('cell_country')}({cell})")
        yield from self._call("yield Investor", fields)
        if one and self._has("investor_kind"):
            yield f"if kind := kinds.get({self._cell('investor_kind', row)}):"
            kind = ['type="kind"', "source=investor", "target=kind", 'basis="source-stated"']
            yield from self._call("    yield Link", [*kind, "report=report"])
        self._use("Participant")
        lead = ", lead=True" if role == "lead_investors" else ""
        lead = f", lead={self._cell('lead', row)}" if one and self._has("lead") else lead
        if one and self._has("cheque"):
            lead += f", amount={self._money('cheque', row)}"
        yield f"participants.setdefault(investor, Participant(investor=investor{lead}))"

    def _call(self, what: str, fields: list[str]) -> Iterator[str]:
        """A call on one line, or with its fields below it; those of a round a line each."""
        self._use(what.split()[-1])
        indent = what[: len(what) - len(what.lstrip())]
        if len(short := f"{what}({', '.join(fields)})") <= _WIDE:
            yield short
            return
        yield f"{what}("
        if what != "yield Round":
            yield from (f"{indent}    {text}" for text in _filled(fields))
        else:
            yield from (f"{indent}    {field}," for field in fields)
        yield f"{indent})"

    def _fields(self, **roles: str) -> list[str]:
        """`field=cell` of those roles that there are."""
        return [f"{f}={self._value(role)}" for f, role in roles.items() if self._has(role)]

    def _value(self, role: str) -> str:
        cell = self._cell(role)
        if role in ("date", "published", "founded"):
            order = self._of(role)[0].order
            return f"{self._use('cell_date')}({cell}{f', {_text(order)}' if order else ''})"
        return f"{self._use('cell_country')}({cell})" if role == "country" else cell

    def _money(self, role: str, row: str = "row") -> str:
        column = self._of(role)[0]
        said = [f"{row}[{_text(column.header)}]"]
        beside = ("valuation_currency", "currency") if role == "valuation" else ("currency",)
        held = next((r for r in beside if self._has(r)), "")
        if column.currency:
            said.append(f"currency={_text(column.currency)}")
        elif held:
            said.append(f"currency={self._cell(held, row)}")
        said += [f"{k}={_text(v)}" for k in ("unit", "decimal") if (v := getattr(column, k))]
        return f"{self._use('cell_money')}({', '.join(said)})"

    def _id(self, role: str, row: str = "row") -> str:
        if self._has(f"{role}_id"):
            return f"{self._use('cell_id')}({self.source}, {self._cell(f'{role}_id', row)})"
        return self._slug(self._cell(role, row))

    def _slug(self, cell: str) -> str:
        return f"{self._use('cell_slug')}({self.source}, {cell})"

    def _cell(self, role: str, row: str = "row") -> str:
        """The cell of a role; those to fall back on behind an `or`."""
        return " or ".join(self._cells(role, row))

    def _cells(self, role: str, row: str = "row") -> list[str]:
        return [f"{row}[{_text(c.header)}]" for c in self._of(role)]

    def _of(self, role: str) -> list[Column]:
        return self.map.of(role)

    def _has(self, role: str) -> bool:
        return bool(self._of(role))

    def _use(self, name: str) -> str:
        self.used.add(name)
        return name


def _filled(fields: list[str]) -> Iterator[str]:
    """Fields, as many a line as there is room for."""
    held: list[str] = []
    for field in fields:
        if held and len(", ".join([*held, field])) > _WIDE - 8:
            yield f"{', '.join(held)},"
            held = []
        held.append(field)
    yield f"{', '.join(held)},"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
