"""Real stores, servers and a browser for the tests; what could not be tested is said loudly.

Every test that takes `store` or `address` runs on the embedded store and on both Neo4j versions.
Servers are started on first use and stopped at the end. NEO4J_TEST_URI (with
NEO4J_TEST_USERNAME and NEO4J_TEST_PASSWORD) names one to be used, and emptied, instead. With
WHOFUNDS_REQUIRE_ALL=1 what can't be started fails the tests that need it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import neo4j
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from whofunds.errors import StoreError
from whofunds.stores import open_store, server
from whofunds.stores.base import Store
from whofunds.views import write

GIVEN = os.environ.get("NEO4J_TEST_URI")
VERSIONS = {"neo4j-5": server.LTS_VERSION, "neo4j-2026": server.VERSION}
SERVERS = ("neo4j-given",) if GIVEN else tuple(VERSIONS)
STORES = ("embedded", *SERVERS)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
UNTESTED: dict[str, str] = {}
Open = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Database:
    """A Neo4j database that tests may empty."""

    uri: str
    username: str
    password: str

    def driver(self) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(
            self.uri,
            auth=(self.username, self.password),
            notifications_disabled_classifications=["UNRECOGNIZED", "PERFORMANCE"],
        )

    def run(self, cypher: str) -> list[dict[str, object]]:
        """The rows of a statement, read or write, sent past whofunds."""
        with self.driver() as driver, driver.session() as session:
            return session.run(cypher).data()

    def empty(self) -> None:
        """Take all nodes away; constraints stay, so that the next store opens faster."""
        self.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


class Servers:
    """The Neo4j servers of a test run, each started on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: dict[str, Database] = {}

    def get(self, name: str) -> Database:
        if GIVEN:
            return Database(
                GIVEN,
                os.environ.get("NEO4J_TEST_USERNAME", "neo4j"),
                os.environ.get("NEO4J_TEST_PASSWORD", ""),
            )
        what = f"Neo4j {VERSIONS[name]}"
        if name not in self._started:
            if what in UNTESTED:
                untested(what, UNTESTED[what])
            try:
                started = server.start(self._folder / name, version=VERSIONS[name])
            except StoreError as error:
                untested(what, str(error))
            self._started[name] = Database(started.uri, started.username, started.password)
        return self._started[name]

    def stop(self) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(server.stop, [self._folder / name for name in self._started]))


def untested(what: str, why: str) -> NoReturn:
    """Skip the test, to be named at the end; or fail it, where all is required."""
    UNTESTED[what] = why
    if os.environ.get("WHOFUNDS_REQUIRE_ALL") == "1":
        pytest.fail(f"{what}: {why}", pytrace=False)
    pytest.skip(f"{what}: {why}")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    yield
    for what, why in UNTESTED.items():
        terminalreporter.write_line(f"NOT TESTED: {what}: {why}", red=True, bold=True)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    started = Servers(tmp_path_factory.mktemp("servers"))
    yield started
    started.stop()


@pytest.fixture(params=SERVERS)
def database(
    request: pytest.FixtureRequest,
    servers: Servers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Database:
    """An empty Neo4j database, which `open_store("neo4j")` opens."""
    return _ready(servers.get(request.param), tmp_path, monkeypatch)


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `open_store` takes for an empty store, one of each kind."""
    if request.param == "embedded":
        return str(tmp_path / "facts.store")
    found = request.getfixturevalue("servers").get(request.param)
    return _ready(found, tmp_path, monkeypatch).uri


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store, one of each kind."""
    with open_store(address) as opened:
        yield opened


def _ready(found: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    found.empty()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("NEO4J_URI", found.uri)
    monkeypatch.setenv("NEO4J_USERNAME", found.username)
    monkeypatch.setenv("NEO4J_PASSWORD", found.password)
    monkeypatch.delenv("NEO4J_DATABASE", raising=False)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, as the system has it."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        untested("the browser", f"none of {', '.join(CHROMIUMS)} is on PATH; install chromium")
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        except BrowserError as error:
            reason = str(error).partition("\n")[0]
            untested("the browser", f"{path} does not start: {reason}")
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from a file, offline; at the end it must have asked for and said nothing.

    `ready`: to wait until the scripts of one of our views are done.
    """
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(
        html: str,
        *,
        javascript: bool = True,
        ready: bool = True,
        width: int = 1440,
        **options: Any,
    ) -> Page:
        path = tmp_path / f"page-{len(contexts)}.html"
        write(path, html)
        context = browser.new_context(
            offline=True,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            **options,
        )
        contexts.append(context)

        def only_the_file(route: Any) -> None:
            if route.request.url == path.as_uri():
                route.continue_()
            else:
                said.append(f"request {route.request.url}")
                route.abort()

        context.route(lambda url: not url.startswith(("data:", "blob:")), only_the_file)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"console {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error {error}"))
        page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
        page.goto(path.as_uri())
        if javascript and ready:
            page.wait_for_selector("html[data-ready]:not([data-ready=''])", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
