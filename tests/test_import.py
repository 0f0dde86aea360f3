"""What neo4j-admin imports is what an online load puts into Neo4j, on real servers."""

import os
import subprocess
from pathlib import Path
from typing import Any

import neo4j
import pytest
from tests.conftest import VERSIONS, Database, untested
from tests.support import load, load_records, snapshot
from tests.test_backup import history
from tests.test_export import awkward, deals

from whofunds import Graph, Investor, Report, Round, StoreError, Total, backup
from whofunds.stores import distribution, open_store, server
from whofunds.stores.base import Store

PAGE = "https://example.org/2"


def numbers() -> list[Any]:
    """Sums of which one has a fraction, in each place where sums stand."""
    return [
        Report(url=PAGE, name="Sums"),
        *(
            Round(id=f"n{i}", company="acme", report=PAGE, announced=f"2020-0{i}", amount=text)
            for i, text in enumerate(("10m EUR", "0.5 EUR", "7.25 EUR"), 1)
        ),
        Total(company="acme", report=PAGE, amount="over 8.5 EUR", rounds="3"),
    ]


def fill(store: Store) -> None:
    load(store, "ai-funding")
    history(store)
    load_records(store, "awkward", awkward())
    load_records(store, "numbers", numbers())


def imported(folder: Path, version: str, files: Path) -> None:
    """Run the line that the export prints, with the tool of a version."""
    (folder / "conf").mkdir(parents=True)
    (folder / "conf" / "neo4j.conf").touch()
    try:
        words = distribution.command(folder, version, lambda _: None)
    except StoreError as error:
        untested(f"neo4j-admin {version}", str(error))
    entry = next(i for i, word in enumerate(words) if word.startswith("org.neo4j."))
    tool = ("org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j", "@import.args")
    home = {"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    done = subprocess.run(
        [*words[:entry], *tool],
        cwd=files,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and "IMPORT DONE" in done.stdout, done.stdout + done.stderr


def everything(database: Database) -> dict[str, list[str]]:
    """All nodes and relationships with the types of their values, the graph's and the store's."""
    # The revision is a count of its own.
    nodes = database.run("MATCH (n) RETURN labels(n) AS of, properties(n) AS p")
    for row in nodes:
        row["p"].pop("revision", None)  # type: ignore[attr-defined]
    edges = database.run(
        "MATCH (a)-[r]->(b) RETURN labels(a) + coalesce(a.id, a.key) AS a, type(r) AS type, "
        "labels(b) + coalesce(b.id, b.key) AS b, properties(r) AS p"
    )
    rows = {"nodes": nodes, "edges": edges}
    return {
        kind: sorted(
            str([(k, sorted(v.items()) if isinstance(v, dict) else v) for k, v in row.items()])
            for row in of_kind
        )
        for kind, of_kind in rows.items()
    }


def test_an_import_equals_the_online_load(
    request: pytest.FixtureRequest,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = VERSIONS.get(request.node.callspec.params["database"], server.VERSION)
    files, home = tmp_path / "files", tmp_path / "home"
    with open_store(tmp_path / "facts.store") as store:
        fill(store)
        said = Graph(store).export("neo4j-admin", files)
        assert f"cd {files} && neo4j-admin database import full neo4j @import.args" in said[1]
        Graph(store).export("records", tmp_path / "all.jsonl.gz")
        expected = snapshot(store)
    # Fractions stand in files of their own; whole numbers stay whole.
    assert (files / "FundingRound-2.csv").is_file() and (files / "Past-1.csv").is_file()
    with open_store(database.uri) as online:
        backup.restore(online, tmp_path / "all.jsonl.gz")
    imported(home, version, files)
    started = server.start(home, version=version)
    try:
        second = Database(started.uri, started.username, started.password)
        monkeypatch.setenv("NEO4J_PASSWORD", second.password)
        with pytest.raises(StoreError, match=r"is not ready: run finish\.cypher"):
            open_store(second.uri, read_only=True)
        if version == server.LTS_VERSION:
            with second.driver() as driver, driver.session() as session:
                for line in (files / "finish.cypher").read_text("utf-8").splitlines():
                    session.run(neo4j.Query(line.removesuffix(";"))).consume()
        else:
            open_store(second.uri).close()
        assert everything(second) == everything(database)
        names = "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"
        assert second.run(names) == database.run(names)
        with open_store(second.uri) as store:
            assert snapshot(store) == expected
            again = load(store, "ai-funding")
            assert (again.new, again.changed, again.rejected) == (0, 0, 0)
            # What comes later finds its place among what was imported.
            load_records(store, "deals", [*deals(), Investor(id="late", name="Late Fund")])
            changed = snapshot(store)
    finally:
        server.stop(home)
    with open_store(tmp_path / "facts.store") as store:
        load(store, "ai-funding")
        load_records(store, "deals", [*deals(), Investor(id="late", name="Late Fund")])
        assert snapshot(store) == changed
