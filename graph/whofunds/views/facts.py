"""The fact table as a page carries it: entities, rounds, participations and reports, by number.

A row of facts has company, company_name, company_names, cohort, city, city_name, city_names, round,
stage, status, instrument, listing, first, last, precision, amount_min, amount_max, amount_stated,
amount_qualifier, currency, disputed, investor, investor_name, investor_names, kinds, kind_basis,
lead, cheque_min, cheque_max, cheque_stated, cheque_currency, reports. `kind_basis` has one
word a kind, or one for all. A null investor is a round that names none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whofunds import schema
from whofunds.views import words

Row = Mapping[str, Any]
UNNAMED = ""
"""The id of who stands for the unnamed investors."""


@dataclass
class Table:
    """`entities` are kinds of capital, investors, companies and cities; the rest refers to them by
    position. `participations` goes investor -> company, as money does.
    """

    entities: list[dict[str, Any]] = field(default_factory=list)
    rounds: list[dict[str, Any]] = field(default_factory=list)
    participations: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)

    @property
    def closed(self) -> list[dict[str, Any]]:
        """The rounds whose money is there."""
        return [r for r in self.rounds if r["status"] == "closed"]


class _Entities:
    """Numbers entities as they come."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows, self.numbers = rows, dict[tuple[str, str], int]()

    def number(
        self, type_: str, id_: str, name: object, names: object = (), cohort: object = ""
    ) -> int:
        key = (type_, id_)
        if key not in self.numbers:
            self.numbers[key] = len(self.rows)
            label = words.clean(name) or words.clean(id_) or "(no name)"
            others = [n for n in words.texts(names) if n != label]
            self.rows.append(
                {"id": len(self.rows), "type": type_, "key": words.clean(id_), "label": label}
                | {"names": others, "cohort": words.clean(cohort)}
            )
        return self.numbers[key]


def table(facts: Sequence[Row], reports: Sequence[Row]) -> Table:
    """Number and clean what the page shows; bounds and dates are put in words once, here."""
    out = Table()
    entities = _Entities(out.entities)
    for id_, name in schema.KINDS.items():
        entities.number("kind", id_, name)
    pages = {str(r["url"]): r for r in reports}
    page_numbers: dict[str, int] = {}
    round_numbers: dict[str, int] = {}

    def cited(addresses: object) -> list[int]:
        urls = addresses if isinstance(addresses, list | tuple) else ()
        for url in map(str, urls):
            if url not in page_numbers:
                page_numbers[url] = len(out.reports)
                out.reports.append(_report(url, pages.get(url, {})))
        return sorted({page_numbers[str(u)] for u in urls})

    for row in facts:
        company = entities.number(
            "company",
            str(row["company"]),
            row["company_name"],
            row["company_names"],
            row["cohort"],
        )
        city = entities.number(
            "city",
            str(row["city"] or ""),
            row["city_name"] if row["city"] else "City unknown",
            row["city_names"],
        )
        investor = entities.number(
            "investor",
            str(row["investor"]) if row["investor"] is not None else UNNAMED,
            row["investor_name"] if row["investor"] is not None else "No named investor",
            row["investor_names"],
        )
        kinds = [entities.number("kind", k, k) for k in words.texts(row["kinds"]) or ("unknown",)]
        key = str(row["round"])
        sources = cited(row["reports"])
        if key not in round_numbers:
            round_numbers[key] = len(out.rounds)
            out.rounds.append(_round(row, company, city))
        held = out.rounds[round_numbers[key]]
        held["reports"] = sorted({*held["reports"], *sources})
        out.participations.append(
            {
                "from": investor,
                "to": company,
                "round": round_numbers[key],
                "kinds": kinds,
                "basis": _bases(row["kind_basis"], len(kinds)),
                "lead": row["lead"] is True,
                **_cheque(row),
            }
        )
    return out


def _bases(value: object, kinds: int) -> list[str]:
    """What each kind rests on; one basis stands for all."""
    bases = [words.clean(v) for v in value] if isinstance(value, list | tuple) else []
    if not bases and words.clean(value):
        bases = [words.clean(value)] * kinds
    return bases if any(bases) else []


def _report(url: str, row: Row) -> dict[str, Any]:
    address = words.address(url)
    return {
        "url": address,
        "name": words.clean(row.get("name")) or words.clean(address or url),
        "publisher": words.clean(row.get("publisher")),
        "on": words.iso(row.get("published_on")) or words.clean(row.get("published_on")),
    }


def _round(row: Row, company: int, city: int) -> dict[str, Any]:
    status = words.clean(row["status"])
    return {
        "key": words.clean(row["round"]),
        "company": company,
        "city": city,
        "stage": words.clean(row["stage"]),
        "status": status if status in schema.STATUSES else "closed",
        "instrument": words.clean(row["instrument"]),
        "listing": words.clean(row["listing"]),
        "first": words.iso(row["first"]),
        "last": words.iso(row["last"]),
        "precision": words.clean(row["precision"]),
        "when": words.when(row["first"], row["last"], row["precision"]),
        "amount": words.money(
            row["amount_min"],
            row["amount_max"],
            row["amount_stated"],
            row["amount_qualifier"],
            row["currency"],
        ),
        "min": words.number(row["amount_min"]),
        "max": words.number(row["amount_max"]),
        "stated": words.number(row["amount_stated"]),
        "qualifier": words.clean(row["amount_qualifier"]),
        "currency": words.clean(row["currency"]),
        "disputed": words.texts(row["disputed"]),
        "reports": [],
    }


def _cheque(row: Row) -> dict[str, Any]:
    low, high, stated = (words.number(row[f"cheque_{bound}"]) for bound in schema.BOUNDS)
    known = any(v is not None for v in (low, high, stated))
    currency = words.clean(row["cheque_currency"]) if known else ""
    return {
        "cheque": words.money(low, high, stated, "", currency) if known else "",
        "cheque_min": low,
        "cheque_max": high,
        "cheque_stated": stated,
        "cheque_currency": currency,
    }
