"""What every store does, and the one form in which rows, nodes, relationships and paths come back.

A store keeps records (the ground) and the graph concluded from them. It knows nothing of how one
becomes the other: it is handed records, and the rows of a unit (a startup, an investor, a city or
a report, named `kind:id`), and it remembers which units still have to be projected.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from whofunds.errors import StoreError
from whofunds.model import StoredRecord

Scalar = str | int | float | bool | None
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A node in a result; `id` is its own id, `label` its label."""

    id: str
    label: str
    properties: Properties = field(hash=False)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship in a result; `start` and `end` are the ids of its nodes."""

    type: str
    start: str
    end: str
    properties: Properties = field(hash=False)


@dataclass(frozen=True, slots=True)
class Path:
    """A path in a result: n nodes, n - 1 relationships."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Columns and rows, in the order the query gave; `cut` when a row limit left some out."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool = False


@dataclass(slots=True)
class UnitRows:
    """The graph rows of one unit.

    `nodes`: label -> [(id, properties)]; `edges`: (type, start label) -> [(start, end, props)].
    Every declared property of a node is there, null where it has no value.
    """

    nodes: dict[str, list[tuple[str, Properties]]] = field(default_factory=dict)
    edges: dict[tuple[str, str], list[tuple[str, str, Properties]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Load:
    """One run of a loader: what it brought, and when (ISO, UTC).

    `state` is running (or broken off), failed (the loader did), done, gone (taken back), or
    restoring (its records come from a file, and are not all there yet).
    """

    id: int
    source: str
    path: str
    at: str
    new: int
    changed: int
    unchanged: int
    rejected: int
    state: str = "done"


@dataclass(frozen=True, slots=True)
class Version:
    """A record, without its units, as load number `load` brought it.

    It is held now where `until` is None; else it was, until that load replaced or deleted it.
    """

    record: StoredRecord
    load: int
    until: int | None = None


class EndMissing(StoreError):
    """A relationship's end is not in the graph, as another writer may just have taken it away.

    Nothing was written: make the rows again from the records as they are now.
    """


class Store(ABC):
    """Use `open_store`; close it, or use it as a context manager."""

    address: str
    derived: FilePath
    """A folder for what can be made again from the store, such as an index of names."""
    runs_any_cypher = True
    """Whether it gives right rows for every statement, not only for the dialect of `dialect.py`."""

    # records

    @abstractmethod
    def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        """The hashes of the records that are held among `keys`."""

    @abstractmethod
    def put_records(
        self, records: Sequence[StoredRecord], dirty: Iterable[str], load: int = 0
    ) -> None:
        """Insert or replace records in one transaction, and mark units as to be projected.

        The units that a replaced record named before are marked too. `load` is the id of the load
        that brings them; what it replaces is kept for `all_records`.
        """

    @abstractmethod
    def delete_records(self, keys: Sequence[str], dirty: Iterable[str], load: int = 0) -> None:
        """Delete records in one transaction; the units they named, and `dirty`, are marked.

        What load number `load` deletes is kept for `all_records`.
        """

    @abstractmethod
    def keys(self, source: str) -> Iterator[list[tuple[str, str]]]:
        """Batches of (key, kind) of a source's records; safe to delete while iterating."""

    @abstractmethod
    def records(
        self, units: Sequence[str], kinds: Sequence[str] = (), most: int | None = None
    ) -> dict[str, list[StoredRecord]]:
        """Per unit the records that name it, sorted by key.

        Only those of `kinds`, where some are given, and the first `most` of each unit.
        """

    @abstractmethod
    def all_records(self, load: int | None = None, kind: str = "") -> Iterator[list[StoredRecord]]:
        """Batches of all records, or those of a kind, by key and without their units.

        They are as they were after load number `load`, or as they are now.
        """

    @abstractmethod
    def versions(self, *, past: bool = False) -> Iterator[list[Version]]:
        """Batches of all records that are held by key, or with `past` those that were, by key too.

        Those of one key that were held come in the order in which they went.
        """

    @abstractmethod
    def put_past(self, versions: Sequence[Version]) -> None:
        """Keep records that were held in another store, in one transaction; twice is as once."""

    @abstractmethod
    def dependents(self, units: Sequence[str]) -> set[str]:
        """The units named by any record that names one of `units`."""

    @abstractmethod
    def declared(self, units: Sequence[str]) -> set[str]:
        """Those of `units` that have a record of their own (startup, investor, city, report)."""

    # graph

    @abstractmethod
    def dirty(self, kind: str, limit: int, after: str = "") -> list[str]:
        """Up to `limit` units of a kind that are to be projected, in order, from `after` on."""

    @abstractmethod
    def dirty_count(self) -> int:
        """How many units are to be projected."""

    @abstractmethod
    def unfinished(self) -> bool:
        """Whether units are to be projected, or the last load of a source was not done."""

    @abstractmethod
    def unit_hashes(self, units: Iterable[str]) -> dict[str, str]:
        """The hashes of the rows of those of `units` that the graph holds."""

    @abstractmethod
    def replace(self, rows: Mapping[str, UnitRows]) -> int:
        """Make the graph hold exactly these rows for these units, and mark them as projected.

        Empty rows take the unit's node away. Units whose rows are what is held are skipped.
        Whole units are written in one transaction. Other units that thereby lose relationships
        (to a node that goes, or of a round that is taken over) are marked as to be projected,
        and will be written even if their rows are what was held. Returns how many units changed.

        Raises EndMissing.
        """

    @abstractmethod
    def put_nodes(self, rows: Mapping[str, UnitRows]) -> None:
        """Write the nodes alone, so that edges between units find both ends; marks nothing."""

    @abstractmethod
    def finish(self) -> None:
        """Make the projected graph visible to readers; call it when nothing is dirty."""

    # reading

    @abstractmethod
    def revision(self) -> str:
        """A word for the records and the graph as they are; another after whatever changes them."""

    def behind(self) -> bool:
        """Whether what is read here is older than what the store holds by now."""
        return False

    @abstractmethod
    def query(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Result:
        """Run a read-only statement; `timeout` in seconds.

        Raises CypherError (syntax, a write, a missing parameter), QueryTimeout, StoreError.
        """

    # loads

    @abstractmethod
    def put_load(self, load: Load) -> int:
        """Remember a load; one with id 0 is new. Returns its id, higher than any there was."""

    @abstractmethod
    def delete_loads(self, source: str) -> None:
        """Take the loads of a source off the list, as all that they brought is gone."""

    @abstractmethod
    def loads(self, *, gone: bool = False) -> list[Load]:
        """All loads, oldest first; with `gone` also those of sources that were taken back."""

    @abstractmethod
    def record_counts(self) -> dict[str, int]:
        """How many records are held, by kind."""

    @abstractmethod
    def close(self) -> None:
        """Give back files, locks and connections."""

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
