"""The part of a graph that judges pairs of entities."""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from whofunds.answers import Answer
from whofunds.lookup import WORDS, Names, kind_of
from whofunds.stores.base import Store

if TYPE_CHECKING:
    from whofunds.entities import Facts
    from whofunds.pairs import Pair
    from whofunds.projecting import Tell


class Comparing(ABC):
    """What reads the facts of a kind once, and proposes and compares pairs."""

    store: Store

    @abstractmethod
    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query."""

    @property
    @abstractmethod
    def _names(self) -> Names:
        """The names of every entity."""

    def review(self, kind: str | None = None, tell: "Tell | None" = None) -> "list[Pair]":
        """Pairs that may be one firm, or a part and its whole; of company, investor or city.

        The undecided come first.
        """
        from whofunds.review import review

        kinds = WORDS.values() if kind is None else (kind,)
        found = [pair for k in kinds for pair in review(self._facts(k), tell)]
        return sorted(found, key=lambda pair: not pair.undecided)

    def compare(self, a: str, b: str, kind: str = "investor") -> "Pair":
        """The verdict on one pair; a and b are ids or names, or `name:TEXT` for a text.

        Raises NameNotFound where an id or name means none or several.
        """
        from whofunds import pairs

        facts = self._facts(kind)
        x, y = (facts.asked(text, self._names.id_of) for text in (a, b))
        return pairs.compare(x, y, facts)

    @cached_property
    def _facts_of(self) -> "dict[str, Facts]":
        return {}

    def _facts(self, kind: str) -> "Facts":
        from whofunds.entities import read

        if kind not in self._facts_of:
            found = self._facts_of[kind] = read(kind, self.query)
            type_ = kind_of(kind)
            for batch in self.store.all_records(kind="decision"):
                for body in (record.fields for record in batch):
                    if (body["type"], body["of"]) == ("different", type_):
                        found.apart[frozenset((body["a"], body["b"]))] = body["why"]
        return self._facts_of[kind]
