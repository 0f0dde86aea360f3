"""The part of a graph that is analysed and exported as a network."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whofunds.answers import Answer
from whofunds.errors import UsageError
from whofunds.stores.base import Store

if TYPE_CHECKING:
    import networkx as nx

    from whofunds.participations import Participations
    from whofunds.projecting import Tell

ANALYSES = ("bridges", "syndicates", "core", "without")
_FILES = {
    "CapitalSource": "sources",
    "City": "cities",
    "Report": "reports",
    "Investor": "investors",
    "Startup": "companies",
    "FundingRound": "rounds",
}


class Analysing(ABC):
    """What reads the graph page by page and hands it on as a network or a table."""

    store: Store
    known_day: str
    left_out: int

    @abstractmethod
    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query."""

    def to_networkx(self, tell: "Tell | None" = None) -> "nx.MultiDiGraph[str]":
        """The whole graph: nodes are `LABEL:ID`, such as `Investor:tencent`; edges are numbered.

        Nodes have `label`, `name` and the properties of their label, edges `type` and those of
        their type, as `whofunds.schema` lists them: numbers, texts, yes or no, lists of texts.
        What has no value is left out. Equal on all stores.
        """
        from whofunds.export import network

        def entities() -> Iterator[tuple[str, list[Any]]]:
            for label, file in _FILES.items():
                for page in self._pages(f"export/{file}", f"{file} read", tell):
                    yield label, [(row["node"], row["relationships"]) for row in page]

        return network(entities())

    def export(self, form: str, target: str | Path, tell: "Tell | None" = None) -> None:
        """Write the whole graph: `graphml`, `gexf` or `json` (node-link) to a file, `csv` to a
        folder with a file for each label and each type of relationship.

        `whofunds.read_graph` reads the files back as `to_networkx` gave them.
        """
        from whofunds import export

        export.check(form, Path(target))
        export.write(self.to_networkx(tell), form, Path(target))

    def analyse(self, what: str, kind: str = "", tell: "Tell | None" = None) -> Answer:
        """One of ANALYSES of the network of investors and companies; closed rounds alone count.

        `bridges`: investors that bridge kinds of capital. `syndicates`: communities of
        co-investors. `core`: the core of the network. `without`: what falls apart without a
        `kind` of capital. Each answer's `note` says what it rests on and by which method.
        """
        from whofunds import analysis, withdrawal

        if what not in ANALYSES:
            raise UsageError(f"no analysis is called {what!r}; there are {', '.join(ANALYSES)}")
        if what != "without" and kind:
            raise UsageError(f"{what} takes no kind of capital, as {kind!r}; leave it out")
        taken = withdrawal.kind_of(kind) if what == "without" else ""
        facts = self._participations(tell)
        if taken:
            found = withdrawal.without(facts, taken, tell)
        else:
            found = getattr(analysis, what)(facts, tell)
        # No rows, and what every answer says of the store.
        held = self.query("export/participations", page=0)
        return replace(
            held,
            title=found.title,
            columns=found.columns,
            values=found.values,
            note=found.note,
        )

    def _participations(self, tell: "Tell | None") -> "Participations":
        from whofunds.participations import participations

        pages = self._pages("export/participations", "rows read", tell)
        return participations(row for page in pages for row in page)

    def _pages(self, name: str, stage: str, tell: "Tell | None") -> Iterator[Answer]:
        """The rows of a query page by page; its first column is the id to go on after."""
        after, done = "", 0
        while len(page := self.query(name, after=after)):
            yield page
            after, done = page.values[-1][0], done + len(page)
            if tell:
                tell(stage, done, None)
