"""How well texts, names and accounts are read, measured on labels made by hand.

A function a row of the table; each gives its figures with what was wrong.
"""

import atexit
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from whofunds import Graph, graph, read_table
from whofunds.dates import Order
from whofunds.mapping.maps import OPEN
from whofunds.mapping.proposal import propose
from whofunds.parsing import date_line, money_line

FOLDER = Path(__file__).parent
FIELDS = ("date", "precision", "stage", "status", "bounds", "currency")


@dataclass(frozen=True)
class Figure:
    """A share to be reached of `of` labels, or, where `reach` is 0, a count of what may not be."""

    what: str
    value: float
    reach: float
    of: int
    wrong: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether it is as good as it has to be."""
        return self.value >= self.reach if self.reach else self.value == 0


def labels(name: str) -> list[dict[str, str]]:
    """The rows of a file of labels."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def shipped() -> Graph:
    """The shipped facts, in a store of their own."""
    folder = TemporaryDirectory()
    opened = graph.open(folder.name)
    atexit.register(folder.cleanup)
    atexit.register(opened.close)
    opened.load("ai-funding")
    return opened


def _share(what: str, reach: float, told: list[tuple[bool, str]]) -> Figure:
    """The share that is right; `told` says of each label whether it is, and what came instead."""
    wrong = tuple(text for right, text in told if not right)
    return Figure(what, 1 - len(wrong) / len(told), reach, len(told), wrong)


def _none(what: str, of: int, wrong: list[str]) -> Figure:
    return Figure(what, len(wrong), 0, of, tuple(wrong))


def _events(name: str) -> dict[str, list[dict[str, str]]]:
    events: dict[str, list[dict[str, str]]] = {}
    for row in labels(name):
        events.setdefault(row["event"], []).append(row)
    return events


def _rounds() -> list[dict[str, Any]]:
    return list(shipped().query("companies/all-rounds"))


def rounds(name: str = "rounds") -> list[Figure]:
    """Pairs of accounts that are in one round, against pairs of one event."""
    wanted = {
        pair
        for rows in _events(name).values()
        for pair in combinations(sorted(row["account"] for row in rows), 2)
    }
    found = {pair for r in _rounds() for pair in combinations(sorted(r["accounts"]), 2)}
    right = len(wanted & found)
    f1 = 2 * right / (len(wanted) + len(found))
    apart = tuple(f"{a} and {b} are apart" for a, b in sorted(wanted - found))
    together = tuple(f"{a} and {b} are together" for a, b in sorted(found - wanted))
    return [
        Figure("accounts in rounds, pairwise F1", f1, 0.97, len(wanted), apart),
        Figure("  and precision", right / len(found), 0.98, len(found), together),
    ]


def values(name: str = "rounds") -> list[Figure]:
    """Each event's values, against those of the round that holds most of its accounts."""
    found = _rounds()
    told: dict[str, list[tuple[bool, str]]] = {field: [] for field in (*FIELDS, "disputed")}
    for event, rows in _events(name).items():
        keys = {row["account"] for row in rows}
        held = max(found, key=lambda r: (len(keys & set(r["accounts"])), -len(r["accounts"])))
        wanted, has = _labelled(rows[0]), _concluded(held)
        for field in told:
            # What talks and plans are called changes while they last, so it isn't labelled.
            if field != "stage" or wanted["status"] not in ("talks", "planned"):
                text = f"{event}: {field} is {wanted[field]}, not {has[field]}"
                told[field].append((wanted[field] == has[field], text))
    fields = [_share(f"a round's {field} right", 0.95, told[field]) for field in FIELDS]
    return [*fields, _share("disputed: the right set", 0.85, told["disputed"])]


def second() -> list[Figure]:
    """The same on the labels of a second reader, who saw neither the first's nor what comes out."""
    figures = [*rounds("rounds-second"), *values("rounds-second")]
    return [replace(figure, what=f"{figure.what}, 2nd reader") for figure in figures]


def _labelled(row: dict[str, str]) -> dict[str, object]:
    return {
        "date": (row["announced_first"], row["announced_last"]),
        "bounds": (_number(row["amount_min"]), _number(row["amount_max"])),
        "disputed": sorted(filter(None, row["disputed"].split("|"))),
        **{field: row[field] for field in ("precision", "stage", "status", "currency")},
    }


def _concluded(held: dict[str, Any]) -> dict[str, object]:
    return {
        "date": (held["announced_first"] or "", held["announced_last"] or ""),
        "bounds": (held["amount_min"], held["amount_max"]),
        "disputed": sorted(held["disputed"]),
        **{field: held[field] or "" for field in ("precision", "stage", "status", "currency")},
    }


def _number(text: str) -> float | None:
    return float(text) if text else None


def money() -> list[Figure]:
    """Texts to sums: an error where the label says error, else bounds, currency and qualifier."""
    fields = ("min", "max", "currency", "qualifier")
    return _texts("money", fields, lambda row: money_line(row["text"]))


def dates() -> list[Figure]:
    """Texts to dates: an error where the label says error, else first and last day."""
    return _texts(
        "dates",
        ("first", "last", "precision"),
        lambda row: date_line(row["text"], cast(Order | None, row["order"] or None)),
    )


def _texts(
    name: str, fields: tuple[str, ...], read: Callable[[dict[str, str]], dict[str, Any]]
) -> list[Figure]:
    told: list[tuple[bool, str]] = []
    silent = []
    for row in labels(name):
        line = read(row)
        wanted = [] if row["error"] else [row[f] for f in fields]
        got = [] if line["error"] else [str(line[f] or "") for f in fields]
        text = f"{row['text']!r} is {wanted or 'an error'}, not {got or line['error']}"
        told.append((wanted == got, text))
        if got and wanted != got:
            silent.append(text)
    return [
        _share(f"{name} in texts right", 0.99, told),
        _none("  wrong and silent", len(told), silent),
    ]


def lookups() -> list[Figure]:
    """What a name means, against the one entity that it means; certain is a match."""
    told: list[tuple[bool, str]] = []
    certain = []
    for row in labels("lookups"):
        found = shipped().find(row["query"], row["kind"])
        id_ = found["matches"][0]["id"] if found["verdict"] == "match" else ""
        right = (found["verdict"], id_) == (row["verdict"], row["expected_id"])
        near = ", ".join(f"{m['id']} {m['score']}" for m in found["matches"][:3])
        text = f"{row['query']} ({row['kind']}) is {row['verdict']} {row['expected_id']}, not "
        text += f"{found['verdict']} {near}"
        told.append((right, text))
        if not right and found["verdict"] == "match":
            certain.append(text)
    return [
        _share("look-ups right", 0.97, told),
        _none("  wrong and certain", len(told), certain),
    ]


def pairs() -> list[Figure]:
    """Pairs of entities: those that are one or part of the other, against what is proposed.

    A pair is proposed where a review lists it, or, of a text, where a comparison says so.
    """
    held = shipped()
    listed = {frozenset((p.a, p.b)): p for p in held.review()}
    told: list[tuple[bool, str]] = []
    false = []
    for row in labels("pairs"):
        a, b = row["a"], row["b"]
        text_asked = "name:" in a + b
        pair = held.compare(a, b, row["kind"]) if text_asked else listed.get(frozenset((a, b)))
        verdict = pair.verdict if pair else "not proposed"
        text = f"{a} and {b} ({row['kind']}) are {row['verdict']}, not {verdict}"
        if row["verdict"] != "different":
            turned = pair is not None and verdict == "part-of" and (pair.a, pair.b) != (a, b)
            told.append((verdict in ("same", "part-of", "unsure") and not turned, text))
        if verdict == "same" and row["verdict"] != "same":
            false.append(text)
    return [
        _none('pairs: false automatic "same"', len(labels("pairs")), false),
        _share("  true pairs proposed", 0.95, told),
    ]


def columns() -> list[Figure]:
    """What is proposed for the columns of real header sets, of our own, and of ours held out.

    Sure is certain or likely, with no question open on what the column is.
    """
    return [f for name in ("real", "own", "unseen") for f in _columns(name)]


def _columns(name: str) -> list[Figure]:
    told: list[tuple[bool, str]] = []
    telling: list[tuple[bool, str]] = []
    sure = []
    for group, rows in _sets(name).items():
        (table,) = (FOLDER / "columns").glob(f"{group}.*")
        found = propose(read_table(table), table.name)
        guesses = {g.column.header: g for g in found.guesses}
        for row in rows:
            guess = guesses[row["header"]]
            asked = guess.column.role == OPEN
            right = guess.role == row["role"] and not asked
            said = f"{guess.role or 'left out'}{'?' if asked else ''}, {guess.sure}"
            text = f"{group}: {row['header']} is {row['role'] or 'left out'}, not {said}"
            told.append((right, text))
            if row["role"]:
                telling.append((right, text))
            if not right and not asked and guess.sure != "unsure":
                sure.append(text)
    return [
        _share(f"columns of {name} tables right", 0.9, told),
        _share("  of those that are no left-out ones", 0.9, telling),
        _none("  wrong and sure", len(told), sure),
    ]


def _sets(name: str) -> dict[str, list[dict[str, str]]]:
    sets: dict[str, list[dict[str, str]]] = {}
    for row in labels("columns"):
        if row["of"] == name:
            sets.setdefault(row["set"], []).append(row)
    return sets


TABLE: tuple[Callable[[], list[Figure]], ...] = (
    rounds,
    values,
    second,
    money,
    dates,
    lookups,
    pairs,
    columns,
)


def table(figures: list[Figure]) -> Iterator[str]:
    """The lines of the table: what, its figure, what it has to reach, on how many labels."""
    yield f"{'what':<45} {'figure':>7}  {'reach':<6} labels"
    for f in figures:
        figure = f"{f.value:.3f}" if f.reach else f"{f.value:.0f}"
        reach = f"≥ {f.reach:g}" if f.reach else "none"
        yield f"{f.what:<45} {figure:>7}  {reach:<6} {f.of:>6}{'' if f.met else '  missed'}"
