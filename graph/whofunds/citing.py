"""The part of a graph that saves answers and cites reports."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, cast

from whofunds.answers import Answer

if TYPE_CHECKING:
    from whofunds.graph import Graph
    from whofunds.saved import Filled


class Citing(ABC):
    """What fills texts with answers, and lists the reports that a round or an answer rests on."""

    @property
    @abstractmethod
    def facts_as_of(self) -> str:
        """The date of the newest report."""

    @abstractmethod
    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query."""

    @abstractmethod
    def _round(self, text: str) -> dict[str, Any]:
        """The round of this id, or with an account of this key."""

    def report(self, text: str, before: str | None = None) -> "Filled":
        """A Markdown text with its ```whofunds blocks answered; its `markdown(stem)` is the text.

        What changed is told against `before`, what an earlier run gave, or else the text itself.
        Raises UsageError and the like with the line of what can't be answered.
        """
        from whofunds import saved

        return saved.fill(cast("Graph", self), text, before)

    def cite(self, what: str | Answer) -> Answer:
        """The reports of a round (its id, or an account's key) or of an answer.

        Rows of title, publisher, published_on and address, in the order in which they are named.
        """
        from whofunds import citations

        title, rows = "Reports", what
        if isinstance(rows, str):
            held = self._round(rows)
            of_company = self.query("companies/rounds", company=f"startup:{held['company']}")
            title = f"Reports on {held['name']}"
            named = [row for row in of_company if row["round"] == held["id"]]
        else:
            title, named = f"Reports of {rows.title or 'an answer'}", list(rows)
        addresses = [str(url) for row in named for url in row.get("reports") or ()]
        cited = citations.cited(addresses, self.query("views/reports"))
        return Answer(title, citations.COLUMNS, cited, self.facts_as_of)
