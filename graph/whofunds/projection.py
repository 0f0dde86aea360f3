"""Records to graph rows, one unit (a startup, an investor, a city, a report) at a time. Pure.

What two sources say of one entity is laid together: every name is kept, and of a single value the
first source by name that gives one wins, so the order of loading never matters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from whofunds import rates
from whofunds.accounts import Account, account, money, span
from whofunds.dates import Span
from whofunds.decisions import ENTITIES, Body, corrections, of_accounts
from whofunds.decisions import corrected as correction
from whofunds.model import StoredRecord
from whofunds.money import Money
from whofunds.policy import Round, conclude
from whofunds.resolve import rounds
from whofunds.schema import BOUNDS, CURRENCIES, KINDS, LABELS
from whofunds.stores.base import Properties, UnitRows

_LABEL = {"startup": "Startup", "investor": "Investor", "city": "City", "report": "Report"}
_TYPE = {"kind": "IS_A", "part-of": "PART_OF", "acts-for": "ACTS_FOR", "seat": "BASED_IN"}
_TARGET = {"part-of": "investor", "acts-for": "city", "seat": "city"}
_BASIS = ("sourced", "source-stated", "", "name-derived", "unsourced")


def project_unit(unit: str, records: Sequence[StoredRecord], known: set[str]) -> UnitRows:
    """The rows of one unit.

    `records` are those that name it, sorted by key; `known` the startups, investors and cities that
    have a record of their own: an edge to any other is left out.
    """
    kind, _, id_ = unit.partition(":")
    own = [r.fields for r in records if r.kind == kind and _names(r, kind, id_)]
    rows = UnitRows()
    if not own and kind != "report":
        return rows
    if kind == "report" and not own and not any(_cites(r, id_) for r in records):
        return rows
    decisions = [r.fields for r in records if r.kind == "decision"]
    corrected = corrections(decisions, kind, id_)
    rows.nodes[_LABEL[kind]] = [(id_, _node(kind, id_, own, corrected))]
    if kind in ENTITIES:
        ids = {r.key.split(":", 2)[2] for r in records if r.kind == kind and _names(r, kind, id_)}
        rows.nodes[_LABEL[kind]][0][1]["former"] = sorted(ids - {id_})
    if kind in ("startup", "investor"):
        _links(rows, kind, id_, [*_bodies(records, corrected)], known)
    if kind == "startup":
        name = rows.nodes["Startup"][0][1]["name"]
        _rounds(rows, id_, name, records, known)
        _totals(rows, id_, records)
        _conditions(rows, id_, records, known)
    return rows


def _names(record: StoredRecord, kind: str, id_: str) -> bool:
    return bool(record.fields["url" if kind == "report" else "id"] == id_)


def _cites(record: StoredRecord, url: str) -> bool:
    return record.kind in ("round", "total") and f"report:{url}" in record.units


def _node(
    kind: str, id_: str, bodies: Sequence[dict[str, Any]], corrected: Mapping[str, Body]
) -> Properties:
    if corrected:
        values = {f: correction(body) for f, body in corrected.items()}
        bodies = [{**bodies[0], "names": (), **values}, *bodies]
        bodies = [b | {f: v for f, v in values.items() if f != "name"} for b in bodies]

    def first(field: str) -> Any:
        return next((b[field] for b in bodies if b[field] not in ("", None)), None)

    properties: Properties = dict.fromkeys(LABELS[_LABEL[kind]].properties)
    if kind == "report":
        published = span(first("published_on")) if bodies else None
        name = first("name") if bodies else None
        properties["url"] = id_
        properties["publisher"] = first("publisher") if bodies else None
        properties["published_on"] = published.first.isoformat() if published else None
        return {"name": name or id_, **properties}
    names = list(dict.fromkeys(n for body in bodies for n in (body["name"], *body["names"])))
    properties["names"] = names
    if kind == "startup":
        founded = span(first("founded"))
        properties |= _days("founded", founded)
        properties["cohort"] = first("cohort")
    elif kind == "investor":
        stated = [b["state_controlled"] for b in bodies if b["state_controlled"] != "unknown"]
        properties["state_controlled"] = stated[0] if stated else "unknown"
        properties["level"] = first("level")
    else:
        properties |= {"latitude": first("latitude"), "longitude": first("longitude")}
    properties["country"] = first("country")
    return {"name": names[0], **properties}


def _bodies(records: Iterable[StoredRecord], corrected: Mapping[str, Body]) -> Iterator[Body]:
    """The links of an entity, with what decisions say in their place."""
    nothing = dict.fromkeys(("since", "until", "share_min", "share_max"))
    for record in records:
        body = record.fields
        if record.kind == "link" and not (body["type"] == "kind" and "kind" in corrected):
            yield body
        elif record.kind == "decision" and body["type"] == "part-of":
            ends = {"of": "investor", "source": body["a"], "target": body["b"]}
            yield {**nothing, "type": "part-of", "basis": "", "report": "", **ends}
    if "kind" in corrected:
        ends = {"of": "investor", "source": corrected["kind"]["a"]}
        target = correction(corrected["kind"])
        yield {**nothing, "type": "kind", "basis": "", "report": "", "target": target, **ends}


def _links(rows: UnitRows, kind: str, id_: str, bodies: Iterable[Body], known: set[str]) -> None:
    label = _LABEL[kind]
    best: dict[tuple[str, str, Any, Any], tuple[int, Properties]] = {}
    for body in bodies:
        if (body["of"], body["source"]) != (kind, id_):
            continue
        target = _TARGET.get(body["type"])
        if f"{target}:{body['target']}" not in known if target else body["target"] not in KINDS:
            continue
        since, until = span(body["since"]), span(body["until"])
        properties: Properties = {
            "since": since.first.isoformat() if since else None,
            "until": until.last.isoformat() if until else None,
            "basis": body["basis"] or None,
            "report": body["report"] or None,
        }
        if body["type"] == "part-of":
            properties |= {"share_min": body["share_min"], "share_max": body["share_max"]}
        edge = (_TYPE[body["type"]], body["target"], properties["since"], properties["until"])
        rank = _BASIS.index(body["basis"])
        if edge not in best or rank < best[edge][0]:
            best[edge] = (rank, properties)
    for (type_, target, _, _), (_, properties) in best.items():
        rows.edges.setdefault((type_, label), []).append((id_, target, properties))
    if kind == "investor" and ("IS_A", label) not in rows.edges:
        nothing = dict.fromkeys(("since", "until", "basis", "report"))
        rows.edges["IS_A", label] = [(id_, "unknown", nothing)]


def _rounds(
    rows: UnitRows, id_: str, name: str, records: Sequence[StoredRecord], known: set[str]
) -> None:
    for group in company_rounds(id_, records):
        concluded = conclude(group)
        rows.nodes.setdefault("FundingRound", []).append(
            (concluded.key, _round_node(concluded, name))
        )
        rows.edges.setdefault(("FUNDS", "FundingRound"), []).append((concluded.key, id_, {}))
        for member in concluded.members:
            if f"investor:{member.investor}" not in known:
                continue
            properties = {
                "lead": member.lead,
                **_sums("amount", member.amount, concluded.announced),
                "currency": member.amount.currency or None if member.amount else None,
                "via": member.via or None,
                "reports": list(member.reports),
                "disputed": member.disputed,
            }
            rows.edges.setdefault(("INVESTED_IN", "Investor"), []).append(
                (member.investor, concluded.key, properties)
            )
        for one in group:
            rows.edges.setdefault(("STATES", "Report"), []).append(
                (one.report, concluded.key, _states(one))
            )


def company_rounds(id_: str, records: Sequence[StoredRecord]) -> list[list[Account]]:
    """The accounts of a company in groups, each one round, as resolution and decisions have it."""
    decisions = [r.fields for r in records if r.kind == "decision"]
    told = [r for r in records if r.kind == "round" and r.fields["company"] == id_]
    return rounds([account(r, decisions) for r in told], *of_accounts(decisions))


def _round_node(found: Round, company: str) -> Properties:
    word = found.stage or (found.listing if found.listing == "ipo" else found.instrument)
    when = str(found.announced) if found.announced else None
    other = [c for c in CURRENCIES if found.amount and c != found.amount.currency]
    dated = next((r for c in other if (r := _rate(found.amount, c, found.announced))), None)
    return {
        "name": f"{company} · {word} · {when or 'undated'}",
        "announced": when,
        **_days("announced", found.announced),
        "precision": found.announced.precision if found.announced else None,
        "stage": found.stage or None,
        "status": found.status,
        "instrument": found.instrument,
        "listing": found.listing,
        **_sums("amount", found.amount, found.announced),
        "amount_qualifier": found.amount.qualifier if found.amount else "undisclosed",
        "currency": found.amount.currency or None if found.amount else None,
        **_sums("valuation", found.valuation, found.announced),
        "valuation_basis": found.valuation_basis or None,
        "valuation_currency": found.valuation.currency or None if found.valuation else None,
        "rate_date": dated[1].isoformat() if dated else None,
        "rate_source": rates.SOURCE if dated else None,
        "disputed": list(found.disputed),
        "accounts": [a.key for a in found.accounts],
    }


def _states(one: Account) -> Properties:
    return {
        "account": one.key,
        **_days("announced", one.announced),
        "precision": one.announced.precision if one.announced else None,
        "stage": one.stage.text or None,
        "status": one.status,
        "instrument": one.instrument,
        "listing": one.listing,
        **_bounds("amount", one.amount),
        "amount_qualifier": one.amount.qualifier if one.amount else "undisclosed",
        "currency": one.amount.currency or None if one.amount else None,
        **_bounds("valuation", one.valuation),
        "valuation_qualifier": one.valuation.qualifier if one.valuation else None,
        "valuation_basis": one.valuation_basis or None,
        "valuation_currency": one.valuation.currency or None if one.valuation else None,
        "members": sorted(one.members),
        "leads": sorted(one.leads),
        "doubt": sorted(one.doubt),
        "note": one.note or None,
    }


def _totals(rows: UnitRows, id_: str, records: Iterable[StoredRecord]) -> None:
    for record in records:
        if record.kind == "total" and (body := record.fields)["company"] == id_:
            amount = money(body["amount"])
            properties = {
                **_sums("amount", amount, span(body["until"])),
                "amount_qualifier": amount.qualifier if amount else "undisclosed",
                "currency": amount.currency or None if amount else None,
                **_days("since", span(body["since"])),
                **_days("until", span(body["until"])),
                "rounds": body["rounds"],
                "doubt": list(body["doubt"]),
                "note": body["note"] or None,
            }
            edge = (body["report"], id_, properties)
            rows.edges.setdefault(("STATES_TOTAL", "Report"), []).append(edge)


def _conditions(rows: UnitRows, id_: str, records: Iterable[StoredRecord], known: set[str]) -> None:
    for record in records:
        if record.kind != "condition" or (body := record.fields)["company"] != id_:
            continue
        if f"investor:{body['investor']}" in known:
            published = span(body["published_on"])
            properties = {
                "kind": body["type"],
                "city": body["city"] or None,
                "text": body["text"] or None,
                "report": body["report"],
                "published_on": published.first.isoformat() if published else None,
            }
            edge = (body["investor"], id_, properties)
            rows.edges.setdefault(("SET_CONDITION", "Investor"), []).append(edge)


def _days(prefix: str, days: Span | None) -> Properties:
    return {
        f"{prefix}_first": days.first.isoformat() if days else None,
        f"{prefix}_last": days.last.isoformat() if days else None,
    }


def _bounds(prefix: str, sum_: Money | None) -> Properties:
    return {f"{prefix}_{bound}": getattr(sum_, bound) if sum_ else None for bound in BOUNDS}


def _sums(prefix: str, sum_: Money | None, when: Span | None) -> Properties:
    """The bounds in their own currency, and whole units of each of CURRENCIES where a rate is."""
    properties = _bounds(prefix, sum_)
    for currency in CURRENCIES:
        found = _rate(sum_, currency, when)
        for bound in BOUNDS:
            value = getattr(sum_, bound) if sum_ and found else None
            converted = round(value * found[0]) if value is not None and found else None
            properties[f"{prefix}_{bound}_{currency.lower()}"] = converted
    return properties


def _rate(sum_: Money | None, to: str, when: Span | None) -> tuple[float, Any] | None:
    if not sum_ or not sum_.currency:
        return None
    if sum_.currency == to:
        return (1.0, when.last) if when else (1.0, None)
    return rates.rate(sum_.currency, to, when) if when else None
