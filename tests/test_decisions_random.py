"""Random worlds with decisions: the order of loading never matters, nor what was taken back."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.conftest import SERVERS
from tests.support import load_records, snapshot
from tests.worlds import SOURCES, World, held, worlds

from whofunds import Graph
from whofunds.stores import open_store
from whofunds.stores.base import Store

MANY = settings(
    phases=(Phase.generate,),
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
FEW = settings(MANY, max_examples=8, phases=(Phase.generate,))


def lived(store: Store, world: World, data: st.DataObject) -> dict[str, dict[str, Any]]:
    """Load a world in any order, change some of it, take some back; returns what is left."""
    left: dict[str, dict[str, Any]] = {}

    def load(name: str, records: list[Any]) -> None:
        load_records(store, name, records)
        left.setdefault(name, {}).update(held(name, records))

    graph = Graph(store)
    for name in data.draw(st.permutations([*world, *SOURCES])):
        # A source that comes twice brings half of its records first, without their identifiers.
        records = world[name]
        if name in SOURCES and name not in left:
            half = records[: len(records) // 2]
            load(name, [replace(r, ids=()) if hasattr(r, "ids") else r for r in half])
        else:
            load(name, data.draw(st.permutations(records)))
    for _ in range(data.draw(st.integers(0, 4))):
        undone = [
            k for records in left.values() for k, r in records.items() if r.kind == "decision"
        ]
        if data.draw(st.booleans()) and undone:
            key = data.draw(st.sampled_from(sorted(undone)))
            graph.undo(key)
            del left[key.split(":")[0]][key]
        elif some := sorted(name for name in left if left[name]):
            name = data.draw(st.sampled_from(some))
            graph.unload(name)
            del left[name]
    return left


def check(store: Store, world: World, data: st.DataObject) -> None:
    left = lived(store, world, data)
    assert not store.unfinished()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s") as fresh:
        for name in data.draw(st.permutations(sorted(left))):
            load_records(fresh, name, data.draw(st.permutations([*left[name].values()])))
        assert snapshot(store) == snapshot(fresh)
        assert Graph(store).decisions().values == Graph(fresh).decisions().values


@MANY
@given(worlds, st.data())
def test_embedded_graph_follows_from_what_is_left(world: World, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s") as store:
        check(store, world, data)


@pytest.mark.parametrize("database", SERVERS, indirect=True)
@FEW
@given(world=worlds, data=st.data())
def test_neo4j_graph_follows_from_what_is_left(
    database: Any, world: World, data: st.DataObject
) -> None:
    database.empty()
    with open_store("neo4j") as store:
        check(store, world, data)
