"""The notebook of the five questions: it runs, and says what it says in the repository."""

from typing import Any

import pytest
from tests import notebook
from tests.support import ROOT


@pytest.fixture(scope="module")
def cells() -> dict[str, Any]:
    return {cell.id: cell for cell in notebook.run().cells}


@pytest.fixture(scope="module", autouse=True)
def _ours() -> Any:
    """The kernel imports this checkout, whatever is installed."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(ROOT / "graph"))
        yield


def printed(cell: Any) -> str:
    return "".join(o.text for o in cell.outputs if o.output_type == "stream")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_run_gives_the_outputs_that_are_kept(cells: dict[str, Any]) -> None:
    kept = {cell.id: cell for cell in notebook.read().cells}
    assert kept.keys() == cells.keys()
    for name, cell in cells.items():
        assert cell.get("outputs") == kept[name].get("outputs"), f"{name}: run `make notebook`"


def test_it_holds_nothing_of_the_machine() -> None:
    text = notebook.PATH.read_text("utf-8")
    assert str(ROOT) not in text
    assert "/tmp/" not in text


def test_its_answers_are_those_worked_out_by_hand(cells: dict[str, Any]) -> None:
    """From events.csv, participations.csv, kinds.csv and conditions.csv, as in test_queries.py."""
    said = printed(cells["q1-answer"]).splitlines()
    assert "raised past 20bn CNY by the floor: DeepSeek, Moonshot AI" in said
    assert "raised, certainly below: Shengshu Technology" in said
    assert "valued past it on stated figures: DeepSeek" in said
    # Beijing 9, Guangzhou 1, Shanghai 9 (Fortera 3, Guotou 4 with the unnamed, Xuhui 1, listed 1),
    # Suzhou 2.
    assert "same_city 21\n" in printed(cells["q3-answer"])
    assert "Shangcheng Capital in Zhipu AI ['required']" in printed(cells["q3-answer"])
    # Baichuan, Infinigence, MiniMax, ModelBest, Moonshot, StepFun, Zhipu; CloudWalk, SenseTime.
    parts = [" ".join(s.split()) for s in printed(cells["q4-answer"]).splitlines() if "City" in s]
    assert parts == ["City fund 15.6 % in 7 companies", "City fund 10.0 % in 2 companies"]
    assert printed(cells["q3-cheques"]).count("not published") == 5
