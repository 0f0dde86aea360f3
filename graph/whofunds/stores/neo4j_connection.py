"""The way to a Neo4j server: managed transactions, and its errors as ours."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import neo4j
from neo4j import exceptions

from whofunds.errors import CypherError, QueryTimeout, StoreError, UsageError

T = TypeVar("T")
Work = Callable[[neo4j.ManagedTransaction], T]
_OLDEST = (5, 26)


class Connection:
    """A driver for one database. Retries and a cluster's routing are the driver's."""

    def __init__(
        self, uri: str, username: str, password: str, database: str | None, *, read_only: bool
    ) -> None:
        self._uri, self._database, self.read_only = uri, database, read_only
        if "@" in uri:
            raise UsageError(
                "an address holds no name or password; set NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        try:
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(username, password),
                connection_timeout=10,
                connection_acquisition_timeout=30,
                notifications_disabled_classifications=["UNRECOGNIZED", "PERFORMANCE"],
            )
        except (exceptions.DriverError, ValueError) as error:
            raise self._unusable(error) from None
        try:
            self._check()
        except ValueError as error:  # as the driver says that a port is no number
            self.close()
            raise self._unusable(error) from None
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        agent = self._call(self._driver.get_server_info).agent
        version = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
        if not version or (int(version[1]), int(version[2])) < _OLDEST:
            raise StoreError(
                f"{self._uri} runs {agent}, and whofunds needs Neo4j 5.26 or later; "
                "name another server, or start one with `whofunds neo4j start`"
            )

    def write(self, work: Work[T]) -> T:
        """Run `work` in a write transaction; it is run again when the server asks for that."""
        if self.read_only:
            raise StoreError(f"{self._uri} was opened for reading; open it without read_only")
        with self._driver.session(database=self._database) as session:
            return self._call(lambda: session.execute_write(work))

    def alone(self, cypher: str) -> None:
        """Run a statement that makes its own transactions."""
        with self._driver.session(database=self._database) as session:
            self._call(lambda: session.run(cypher).consume())

    def read(self, work: Work[T]) -> T:
        """Run `work` in a read transaction."""
        with self._session() as session:
            return self._call(lambda: session.execute_read(work))

    def rows(self, cypher: str, **params: object) -> list[dict[str, Any]]:
        """The rows of a reading statement of ours."""
        return self.read(lambda tx: tx.run(cypher, params).data())

    def query(self, work: Work[T], timeout: float | None) -> T:
        """Run a user's reading statement, for `timeout` seconds at most."""
        try:
            with self._session() as session:
                return session.execute_read(neo4j.unit_of_work(timeout=timeout or None)(work))
        except exceptions.Neo4jError as error:
            code = error.code or ""
            if "TimedOut" in code or code.endswith("Transaction.Terminated"):
                raise QueryTimeout(
                    f"the query was stopped after {timeout or 0:g} s; narrow it, "
                    "or allow it more time"
                ) from None
            if code.startswith("Neo.ClientError.Statement"):
                raise CypherError(f"the store refuses the query: {_line(error)}") from None
            raise self._error(error) from None
        except (TypeError, ValueError, OverflowError) as error:
            raise CypherError(f"the store refuses the query: {_line(error)}") from None
        except (exceptions.DriverError, OSError) as error:
            raise self._error(error) from None

    def close(self) -> None:
        """Give the connections back."""
        self._driver.close()

    def _session(self) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS)

    def _call(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise self._error(error) from None

    def _unusable(self, error: Exception) -> UsageError:
        return UsageError(
            f"{self._uri} is not an address of a server ({_line(error)}); "
            "write it as neo4j://HOST or bolt://HOST:PORT"
        )

    def _error(self, error: Exception) -> StoreError:
        code = str(getattr(error, "code", None) or "")
        where = f"{self._uri}, database {self._database}" if self._database else self._uri
        if code.endswith("Security.Forbidden"):
            return StoreError(f"{where}: {_line(error)}; ask for the right, or use another user")
        if isinstance(error, exceptions.AuthError) or code.startswith("Neo.ClientError.Security"):
            return StoreError(
                f"{where} refuses the user name or password; check NEO4J_USERNAME and "
                "NEO4J_PASSWORD (after several tries the server makes one wait a few seconds)"
            )
        if code.startswith("Neo.ClientError.Database"):
            return StoreError(f"{where}: {_line(error)}; check NEO4J_DATABASE, or leave it unset")
        if isinstance(error, exceptions.DriverError | OSError):
            return StoreError(
                f"{where} does not answer ({_line(error)}); check the address and that the "
                "server runs, or start one with `whofunds neo4j start`"
            )
        return StoreError(f"{where}: {_line(error)} ({code}); try again, or see the server's log")


def _line(error: Exception) -> str:
    text = str(getattr(error, "message", None) or error)
    return text.partition("\n")[0].strip().rstrip(".") or type(error).__name__
