"""The figures on the labels made by hand: none below what has to be reached."""

from collections.abc import Callable

import pytest
from tests.truth import figures
from tests.truth.figures import Figure

BEHIND: dict[str, float] = {}
"""What is not reached yet, and what it may not fall below."""
LEAST = {"rounds": 240, "rounds-second": 240, "lookups": 150, "money": 150, "dates": 100}


@pytest.mark.parametrize("measure", figures.TABLE)
def test_reached(measure: Callable[[], list[Figure]]) -> None:
    for figure in measure():
        floor = BEHIND.get(figure.what)
        assert figure.met or (floor and figure.value >= floor), "\n".join(
            [*figures.table([figure]), *figure.wrong]
        )


@pytest.mark.parametrize("name", LEAST)
def test_labels_are_many_and_none_is_there_twice(name: str) -> None:
    asked = ("text", "order", "account", "query", "kind", "a", "b")
    keys = [tuple(row.get(column) for column in asked) for row in figures.labels(name)]
    assert len(set(keys)) == len(keys) >= LEAST[name]


def test_a_figure_is_met_or_missed() -> None:
    assert [Figure("", value, 0.97, 1).met for value in (0.96, 0.97, 1)] == [False, True, True]
    assert [Figure("", value, 0, 1).met for value in (0, 1)] == [True, False]
    told = [Figure("a", 0.5, 0.97, 4, ("x",)), Figure("b", 0, 0, 4)]
    assert [line.split() for line in figures.table(told)] == [
        ["what", "figure", "reach", "labels"],
        ["a", "0.500", "≥", "0.97", "4", "missed"],
        ["b", "0", "none", "4"],
    ]
