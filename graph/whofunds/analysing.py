"""The part of a graph that is analysed as a network."""

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from whofunds.answers import Answer
from whofunds.errors import UsageError
from whofunds.exporting import Exporting

if TYPE_CHECKING:
    from whofunds.graph import Graph
    from whofunds.participations import Participations
    from whofunds.projecting import Tell

ANALYSES = ("bridges", "syndicates", "core", "without")


class Analysing(Exporting):
    """What reads the graph page by page and hands it on as a table."""

    known_day: str
    left_out: int

    @abstractmethod
    def known_by(self, day: str, tell: "Tell | None" = None) -> "Graph":
        """The graph as the reports published by the end of a day have it."""

    def analyse(
        self,
        what: str,
        kind: str = "",
        tell: "Tell | None" = None,
        *,
        as_of: object = None,
        known_by: object = None,
    ) -> Answer:
        """One of ANALYSES of the network of investors and companies, from closed rounds that
        brought the company money: equity, debt, mixed, grants; no talks, no secondary sale.

        `bridges`: investors that bridge kinds of capital. `syndicates`: communities of
        co-investors. `core`: the core of the network. `without`: what falls apart without a
        `kind` of capital. Each answer's `note` says what it rests on and by which method.
        `as_of` keeps what had certainly closed by that day, `known_by` what the reports published
        by that day say. Raises UsageError for an analysis, a kind or a day that isn't one.
        """
        from whofunds import analysis, withdrawal
        from whofunds.history import day_of

        if what not in ANALYSES:
            raise UsageError(f"no analysis is called {what!r}; there are {', '.join(ANALYSES)}")
        if what != "without" and kind:
            raise UsageError(f"{what} takes no kind of capital, as {kind!r}; leave it out")
        taken = withdrawal.kind_of(kind) if what == "without" else ""
        if known_by is not None:
            then = self.known_by(str(known_by), tell)
            return then.analyse(what, kind, tell, as_of=as_of)
        facts = self._participations(tell, "" if as_of is None else day_of(str(as_of)))
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

    def _participations(self, tell: "Tell | None", as_of: str) -> "Participations":
        from whofunds.participations import participations

        day = {"as_of": as_of} if as_of else {}
        pages = self.paged("export/participations", "rows read", tell, **day)
        return participations((row for page in pages for row in page), as_of)
