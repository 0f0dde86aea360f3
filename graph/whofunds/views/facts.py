"""The fact table as a page carries it: entities, rounds, participations and reports, in columns.

Facts are an `Answer` of views/facts, or rows with its columns; a column that isn't there is null. A
null investor is a round that names none. `kind_basis` has a word a kind, or one for all. Each
distinct value is cleaned once, and no row is made a dict.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from whofunds import schema
from whofunds.views import words
from whofunds.views.source import Columns, Rows, Source, Values, each_of, numbered, source_of

UNNAMED = ""
"""The key of who stands for the unnamed investors, and of the city where none is known."""
EPOCH = date(1970, 1, 1).toordinal()
_KINDS = {key: number for number, key in enumerate(schema.KINDS)}
_LOCAL = ("same", "other", "no city", "no seat")


@dataclass(frozen=True)
class Table:
    """Columns by their names, as they travel in the page; a row's number is what refers to it.

    Entities are kinds of capital, investors, companies and cities, in this order; `counts` says how
    many. Participations stand in the rounds' order. Days are numbered from 1970-01-01. `over` is
    max - (min or 0), `said` stated - (min or 0).
    """

    counts: dict[str, int]
    entities: Columns
    rounds: Columns
    participations: Columns
    accounts: Columns
    reports: Columns


def table(facts: Rows, reports: Rows, accounts: Rows = (), *, currency: str) -> Table:
    """Number and clean what the page shows; `currency` is the one that sums were converted to."""
    source = source_of(facts)
    of, first = numbered(source.ids("round"))
    if of != sorted(of):
        source = source.at(sorted(range(source.n), key=of.__getitem__))
        of, first = numbered(source.ids("round"))
    held = source.at(first)
    entities = _Entities()
    investors = entities.add("investor", source, source.ids("investor"))
    companies = entities.add("company", held, held.ids("company"))
    cities, seats = entities.places(held, source)
    cited = _Reports()
    urls: list[dict[str, None]] = [{} for _ in first]
    before: object = None
    for number, found in zip(of, source["reports"], strict=True):
        if (number, found) != before and isinstance(found, list | tuple):
            urls[number].update(dict.fromkeys(map(str, found)))
        before = (number, found)
    rounds: Columns = {
        "key": held.each("round", words.clean),
        "company": companies,
        "city": cities,
        "parts": [b - a for a, b in pairwise([*first, source.n])],
        **_round(held, currency),
        "reports": [cited.numbers(u) for u in urls],
    }
    named = dict(zip(source.ids("investor"), investors, strict=True))
    told = _accounts(source_of(accounts), held.ids("round"), cited, named)
    return Table(
        counts=entities.counts,
        entities=entities.columns,
        rounds=rounds,
        participations={"investor": investors, **_part(source, currency), "seat": seats},
        accounts=told,
        reports=cited.columns(source_of(reports)),
    )


def spoken(held: Table, language: str) -> list[str]:
    """The entities' labels, those that no data give in a language; in the page they are English.

    Of several with one name each has its key beside it.
    """
    labels, keys = list(held.entities["label"]), held.entities["key"]
    end = 0
    for type_, n in held.counts.items():
        named = Counter(labels[end : end + n])
        for i in range(end, end + n):
            if type_ == "kind":
                labels[i] = words.word(language, "kind", keys[i])
            elif not keys[i]:
                labels[i] = words.t(language, _NONE[type_])
            elif named[labels[i]] > 1:
                labels[i] = words.t(language, "list.noted", name=labels[i], note=keys[i])
        end += n
    return labels


class _Entities:
    """Entities as they are numbered, type by type."""

    def __init__(self) -> None:
        kinds = list(schema.KINDS)
        self.counts = {"kind": len(kinds)}
        self.columns: dict[str, Any] = {
            "key": kinds,
            "label": list(schema.KINDS.values()),
            **{name: [""] * len(kinds) for name in ("names", "cohort", "country")},
            **{name: [None] * len(kinds) for name in (*_FOUNDED, *_PLACE)},
        }

    def add(self, type_: str, source: Source, ids: list[str]) -> list[int]:
        """The numbers of these entities, which are added; their columns start with the type."""
        start = len(self.columns["key"])
        numbers, places = numbered(ids)
        new = source.at(places)
        keys = [words.clean(ids[i]) for i in places]
        names = new.each(f"{type_}_name", words.clean)
        none = words.t("en", _NONE[type_])
        labels = [none if not key else name or key for name, key in zip(names, keys, strict=True)]
        others = new.lists(f"{type_}_names")
        joined = [
            "\n".join(n for n in words.texts(held) if n != label)
            for held, label in zip(others, labels, strict=True)
        ]
        company, city = type_ == "company", type_ == "city"
        country = "country" if company else f"{type_}_country"
        added = {
            "key": keys,
            "label": labels,
            "names": joined,
            "cohort": new.each("cohort", words.clean) if company else [""] * new.n,
            "country": new.each(country, words.clean),
            **{n: new.each(n, day) if company else [None] * new.n for n in _FOUNDED},
            **{n: new.each(f"city_{n}", words.number) if city else [None] * new.n for n in _PLACE},
        }
        for name, values in added.items():
            self.columns[name] += values
        self.counts[type_] = new.n
        return [start + n for n in numbers]

    def places(self, rounds: Source, parts: Source) -> tuple[list[int], list[int | None]]:
        """The cities of the rounds' companies, and of the participations' investors if known."""
        seated = [i for i, seat in enumerate(parts["seat"]) if seat is not None]
        seats = parts.at(seated)

        def column(name: str) -> Values:
            return [*rounds[name], *seats[name.replace("city", "seat", 1)]]

        both = Source(rounds.n + seats.n, column)
        numbers = self.add("city", both, both.ids("city"))
        found: list[int | None] = [None] * parts.n
        for i, number in zip(seated, numbers[rounds.n :], strict=True):
            found[i] = number
        return numbers[: rounds.n], found


_NONE = {"investor": "name.no-investor", "company": "name.none", "city": "name.no-city"}
_FOUNDED = ("founded_first", "founded_last")
_PLACE = ("latitude", "longitude")


class _Reports:
    """Reports, numbered as they are cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, url: str) -> int:
        """The number of a report."""
        return self._numbers.setdefault(url, len(self._numbers))

    def numbers(self, urls: Iterable[str]) -> int | tuple[int, ...]:
        """A number, or several or none of them."""
        return _one(tuple(sorted(map(self.number, urls))))

    def columns(self, source: Source) -> Columns:
        """What is known of the cited ones; a name is empty where it is the address."""
        place = {url: i for i, url in enumerate(source.ids("url"))}
        known = [(url, place.get(url)) for url in self._numbers]

        def column(name: str, made: Callable[[Any], Any]) -> list[Any]:
            values = source.each(name, made)
            return [made(None) if i is None else values[i] for _, i in known]

        urls = [words.address(url) for url, _ in known]
        names = [
            name or ("" if url else words.clean(given))
            for name, url, (given, _) in zip(column("name", words.clean), urls, known, strict=True)
        ]
        return {
            "url": urls,
            "name": names,
            "publisher": column("publisher", words.clean),
            "on": column("published_on", day),
        }


def _round(source: Source, currency: str) -> Columns:
    """What is said of rounds."""
    return {
        "stage": source.each("stage", words.clean),
        "status": source.each("status", _status),
        "instrument": source.each("instrument", words.clean),
        "listing": source.each("listing", words.clean),
        **_days(source),
        **_sum(source, "amount", ""),
        "qualifier": source.each("amount_qualifier", words.clean),
        "currency": source.each("currency", words.clean),
        **_sum(source, "sum", "sum_", other=("currency", currency)),
        **_worth(source),
        **_sum(source, "valuation_sum", "worth_sum_", other=("valuation_currency", currency)),
        "disputed": each_of(source.lists("disputed"), _texts),
    }


def _worth(source: Source) -> Columns:
    return {
        **_sum(source, "valuation", "worth_"),
        "worth_currency": source.each("valuation_currency", words.clean),
        "worth_basis": source.each("valuation_basis", words.clean),
    }


def _part(source: Source, currency: str) -> Columns:
    """What is said of participations."""
    kinds = zip(source.lists("kinds"), source["kind_basis"], strict=True)
    based = [(k, tuple(b) if isinstance(b, list | tuple) else b) for k, b in kinds]
    found = each_of(based, _kinds)
    return {
        "kinds": [numbers for numbers, _ in found],
        "basis": [basis for _, basis in found],
        "lead": [v is True for v in source["lead"]],
        **_sum(source, "cheque", "cheque_"),
        "cheque_currency": source.each("cheque_currency", words.clean),
        **_sum(source, "cheque_sum", "cheque_sum_", other=("cheque_currency", currency)),
        **{n: source.each(n, lambda v: v if v in _LOCAL else "") for n in ("local", "near")},
        "doubt": [v is True for v in source["doubt"]],
    }


def _kinds(value: tuple[tuple[Any, ...], Any]) -> tuple[int | tuple[int, ...], str]:
    """The numbers of kinds, and what each rests on, joined by "|"."""
    kinds, given = value
    bases = given if isinstance(given, tuple) else (given,) * len(kinds)
    held: dict[int, str] = {}
    for i, kind in enumerate(kinds):
        basis = words.clean(bases[i]) if i < len(bases) else ""
        held.setdefault(_KINDS.get(str(kind), _KINDS["unknown"]), basis)
    if not held:
        return _KINDS["unknown"], ""
    return _one(tuple(held)), "|".join(held.values()) if any(held.values()) else ""


def _accounts(
    source: Source, rounds: list[str], cited: _Reports, investors: Mapping[str, int]
) -> Columns:
    """The accounts of the rounds that the page shows, in their order."""
    number = {key: i for i, key in enumerate(rounds)}
    of = [number.get(key, -1) for key in source.ids("round")]
    held = source.at(sorted((i for i, r in enumerate(of) if r >= 0), key=of.__getitem__))
    leads = [[i for i in map(str, one) if i in investors] for one in held.lists("leads")]
    return {
        "round": [number[key] for key in held.ids("round")],
        "report": [cited.number(url) for url in held.ids("report")],
        "account": held.each("account", words.clean),
        **_days(held),
        "stage": held.each("stage", words.clean),
        "status": held.each("status", words.clean),
        **_sum(held, "amount", ""),
        "qualifier": held.each("amount_qualifier", words.clean),
        "currency": held.each("currency", words.clean),
        **_worth(held),
        "members": held.each("members", words.number),
        "leads": [_one(tuple(investors[i] for i in one)) for one in leads],
        "doubt": each_of(held.lists("doubt"), _texts),
        "note": held.each("note", words.clean),
        "copy": held.each("copy", words.clean),
    }


def _days(source: Source) -> Columns:
    first, last = source.each("first", day), source.each("last", day)
    known = [a is not None and b is not None for a, b in zip(first, last, strict=True)]
    return {
        "first": [a if is_ else None for a, is_ in zip(first, known, strict=True)],
        "span": [b - a if is_ else None for a, b, is_ in zip(first, last, known, strict=True)],
        "precision": source.each("precision", words.clean),
    }


def _sum(source: Source, name: str, to: str, *, other: tuple[str, str] | None = None) -> Columns:
    """The columns of a sum; with `other`, where the currency in that column is another."""
    bounds: list[Values] = [source.each(f"{name}_{b}", words.number) for b in schema.BOUNDS]
    if other:
        same = [v == other[1] for v in source[other[0]]]
        bounds = [
            [None if s else v for v, s in zip(held, same, strict=True)] if _filled(held) else held
            for held in bounds
        ]
    low, high, said = bounds
    return {f"{to}min": low, f"{to}over": _beyond(low, high), f"{to}said": _beyond(low, said)}


def _beyond(low: Values, values: Values) -> Values:
    """How much more values are than the lower bound, or than nothing where there is none."""
    if not _filled(values):
        return values
    return [None if v is None else v - (a or 0) for a, v in zip(low, values, strict=True)]


def _filled(values: Values) -> bool:
    return any(v is not None for v in values)


def _one(values: tuple[int, ...]) -> int | tuple[int, ...]:
    return values[0] if len(values) == 1 else values


def _texts(values: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(words.texts(values))


def _status(value: object) -> str:
    text = words.clean(value)
    return text if text in schema.STATUSES else "closed"


def day(value: object) -> int | None:
    """The number of a day from 1970-01-01; None where it isn't one."""
    try:
        return date.fromisoformat(str(value)[:10]).toordinal() - EPOCH
    except ValueError:
        return None
