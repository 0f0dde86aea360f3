"""The part of a graph that is written for other programs, and restored."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from whofunds.answers import Answer
from whofunds.stores.base import Store

if TYPE_CHECKING:
    import networkx as nx

    from whofunds.export import Pages
    from whofunds.ingest import Outcome
    from whofunds.projecting import Tell

# With their relationships they are held in memory; each page costs a look at all ids.
_NODES_AT_ONCE = 1_000
_FILES = {
    "CapitalSource": "sources",
    "City": "cities",
    "Report": "reports",
    "Investor": "investors",
    "Startup": "companies",
    "FundingRound": "rounds",
}


class Exporting(ABC):
    """What reads the graph page by page and hands it on."""

    store: Store

    @abstractmethod
    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query."""

    @abstractmethod
    def _forget(self) -> None:
        """Drop what was read of a graph that is about to change."""

    def to_networkx(self, tell: "Tell | None" = None) -> "nx.MultiDiGraph[str]":
        """The whole graph: nodes are `LABEL:ID`, such as `Investor:tencent`; edges are numbered.

        Nodes have `label`, `name` and the properties of their label, edges `type` and those of
        their type, as `whofunds.schema` lists them: numbers, texts, yes or no, lists of texts.
        What has no value is left out. Equal on all stores.
        """
        from whofunds.export import network

        return network(self._entities(tell))

    def export(self, form: str, target: str | Path, tell: "Tell | None" = None) -> list[str]:
        """Write all that is held, in one of `whofunds.export.FORMATS`; returns what to do next.

        `records`: a file for `restore`, gzipped where its name ends in `.gz`. `csv`: a folder with
        a file for each label and each type of relationship. `xlsx`: a workbook. `ftm`:
        FollowTheMoney, JSON lines. `neo4j-admin`: a folder that `neo4j-admin database import full`
        reads. `graphml`, `gexf` and `json` (node-link): a network, which `whofunds.read_graph`
        reads back as `to_networkx` gave it, and which is held in memory; the others are not.
        """
        from whofunds import export

        path = Path(target)
        export.check(form, path)
        return export.write(form, path, self.store, lambda: self._entities(tell), tell)

    def restore(
        self, path: str | Path, *, preview: bool = False, tell: "Tell | None" = None
    ) -> "Outcome":
        """Fill this store, which must be empty, from a file that `export("records", …)` wrote.

        The graph then equals the one that was exported, whichever store that was in. Raises
        InputError, before anything is stored, for a file that is cut off or altered; UsageError
        where the store holds anything.
        """
        from whofunds import backup

        self._forget()
        return backup.restore(self.store, Path(path), preview=preview, tell=tell)

    def _entities(self, tell: "Tell | None") -> "Pages":
        for label, file in _FILES.items():
            for page in self.paged(f"export/{file}", f"{file} read", tell, page=_NODES_AT_ONCE):
                yield label, [(row["node"], row["relationships"]) for row in page]

    def paged(
        self, name: str, stage: str, tell: "Tell | None", **params: object
    ) -> Iterator[Answer]:
        """The rows of a query page by page; its first column is the id to go on after."""
        after, done = "", 0
        while len(page := self.query(name, after=after, **params)):
            yield page
            after, done = page.values[-1][0], done + len(page)
            if tell:
                tell(stage, done, None)
