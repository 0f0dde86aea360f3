"""Look-ups among the shipped names: what each means, and that none is wrong and certain."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.support import FACTS

from whofunds import City, Investor, Startup, loading
from whofunds.checking import Checker
from whofunds.index import Entity
from whofunds.lookup import Names

TRUTH = Path(__file__).parent / "truth" / "lookups.csv"
KIND = {"company": "startup", "investor": "investor", "city": "city"}


def names(*records: Startup | Investor | City) -> Names:
    """The names of records, as the graph holds them."""
    checker = Checker("s", lambda rejected: pytest.fail(str(rejected)))
    found = [one.fields | {"kind": one.kind} for r in records if (one := checker.check(r))]
    checker.close()

    def entities(kind: str) -> Iterable[Entity]:
        for one in found:
            if one["kind"] == kind:
                yield one["id"], one["name"], [one["name"], *one["names"]], []

    return Names(entities)


@cache
def shipped() -> Names:
    records = loading.run(loading.find_loader("ai-funding"), FACTS)
    return names(*(r for r in records if isinstance(r, Startup | Investor | City)))


def labels() -> Iterator[tuple[str, str, str, str]]:
    with TRUTH.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["query"], row["kind"], row["expected_id"], row["verdict"]


def test_lookups_of_the_shipped_names() -> None:
    wrong, certain, total = [], [], 0
    for query, kind, expected, verdict in labels():
        total += 1
        found, matches = shipped().verdict(query, (KIND[kind],))
        id_ = matches[0].id if found == "match" else ""
        if (found, id_) != (verdict, expected):
            shown = ", ".join(f"{m.id} {m.score}" for m in matches[:3])
            line = f"{query:32} {kind:9} {verdict:9} {expected:20} got {found:9} {shown}"
            wrong.append(line)
            if found == "match":
                certain.append(line)
    print(f"\n{total - len(wrong)} of {total} right, {len(certain)} wrong and certain")
    print("\n".join(wrong))
    assert total >= 150
    assert not certain
    assert total - len(wrong) >= 0.89 * total
