"""The part of a graph that loads records, previews a load, and takes a source back."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whofunds.answers import Answer
from whofunds.lookup import Names
from whofunds.stores.base import Store

if TYPE_CHECKING:
    from whofunds.catalog import Query
    from whofunds.ingest import Outcome
    from whofunds.loading import Loader
    from whofunds.projecting import Tell


class Intake(ABC):
    """Loads by loaders, found by name or file."""

    store: Store
    _loaders: Sequence[Path]

    @abstractmethod
    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query."""

    @abstractmethod
    def queries(self) -> "dict[str, Query]":
        """The canned queries there are, by name."""

    @abstractmethod
    def _beside(self, store: Store) -> "Intake":
        """Another store, with the same loaders and queries."""

    @abstractmethod
    def _forget(self) -> None:
        """Drop what was read of a graph that is about to change."""

    @property
    @abstractmethod
    def _names(self) -> Names:
        """The names of every entity."""

    def loaders(self) -> dict[str, "Loader"]:
        """The loaders there are, by name."""
        from whofunds.loading import find_loaders

        return find_loaders(self._loaders)

    def load(
        self,
        loader: str | Path,
        path: str | Path | None = None,
        *,
        preview: bool = False,
        replace: bool = False,
        rejects: str | Path | None = None,
        tell: "Tell | None" = None,
        **options: object,
    ) -> "Outcome":
        """Run a loader, by name or by its file, on `path`, and load what it yields.

        With `preview` nothing is stored: it is loaded into a copy, which takes as long as loading
        all records anew, and the outcome's `answers` has what would change in those of queries that
        need no parameter (rows of `changes.COLUMNS`). With `replace` what this source brought
        before and doesn't bring now is taken back, once all was read. Values that were not taken go
        to the CSV file `rejects`. `options` are the loader's own (`loaders()[NAME].options`).
        """
        from whofunds import changes, history, ingest, loading
        from whofunds.checking import Rejects
        from whofunds.readers import begun, bytes_of

        found = loading.find_loader(str(loader), self._loaders)
        source = loading.source_name(found, options)
        place = Path(path) if path is not None else None
        given: dict[str, Any] = {
            "path": str(path or ""),
            "replace": replace,
            "rejects": Rejects(Path(rejects) if rejects else None),
            "tell": tell,
        }
        with begun(bytes_of(place)):
            records = loading.run(found, place, options)
            if preview:
                with history.trial(self.store) as store:
                    outcome = ingest.load(store, source, records, **given)
                    causes = changes.Causes(history.changed(store, 0))
                    after = self._beside(store).query
                    rows = changes.changes(self._free(), self.query, after, causes)
                    outcome.preview, outcome.answers = True, [*rows]
                return outcome
            self._forget()
            outcome = ingest.load(self.store, source, records, **given)
        self._names.make()
        return outcome

    def unload(self, source: str, tell: "Tell | None" = None) -> int:
        """Take back all that a source brought; returns how many records that were."""
        from whofunds import ingest

        self._forget()
        return ingest.unload(self.store, source, tell)

    def _free(self) -> list[str]:
        """The queries that need no parameter and that people ask."""
        return [
            name
            for name, query in self.queries().items()
            if not name.startswith(("checks/", "entities/", "export/", "views/"))
            and not any(p.required for p in query.params)
        ]
