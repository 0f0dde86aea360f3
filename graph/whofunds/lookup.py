"""Find entities by id or by any of their names, in any script."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from whofunds.errors import NameNotFound
from whofunds.names import fold, spellings, words

SHOWN = 5
KINDS = ("startup", "investor", "city")
Index = dict[str, dict[str, dict[str, str]]]
"""kind -> a name's folded form -> id -> the name as it is written."""

WORDS = {"startup": "company", "investor": "investor", "city": "city"}


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a text may mean; `score` from 0 to 100, `matched` the name that it met."""

    id: str
    name: str
    kind: str
    score: float
    matched: str


class Names:
    """The names of every entity, read once; `entities(kind)` gives (id, name, names)."""

    def __init__(self, entities: Callable[[str], Iterable[tuple[str, str, list[str]]]]) -> None:
        self._entities = entities

    @cached_property
    def _all(self) -> dict[str, dict[str, tuple[str, list[str]]]]:
        return {
            kind: {id_: (name, names) for id_, name, names in self._entities(kind)}
            for kind in KINDS
        }

    @cached_property
    def _folded(self) -> Index:
        return self._index(lambda name: {fold(name)})

    @cached_property
    def _spelt(self) -> Index:
        """With pinyin, which takes longer to make; asked only where no name is the very one."""
        return self._index(spellings)

    def _index(self, forms: Callable[[str], set[str]]) -> Index:
        index: Index = {k: defaultdict(dict) for k in KINDS}
        for kind, entities in self._all.items():
            for id_, (_, names) in entities.items():
                for name in names:
                    for form in forms(name):
                        index[kind][form].setdefault(id_, name)
        return index

    def id_of(self, type_: str, text: str) -> str:
        """The id that a text means; `type_` is a kind, or `entity` for any of them.

        Raises NameNotFound, with candidates, where none or several answer to it.
        """
        kinds = KINDS if type_ == "entity" else (type_,)
        kind, _, id_ = text.partition(":")
        if kind in kinds and id_ in self._all[kind]:
            return id_
        certain = self.certain(text, kinds)
        if len({(m.kind, m.id) for m in certain}) == 1:
            return certain[0].id
        word = " or ".join(WORDS[k] for k in kinds)
        if certain:
            listed = ", ".join(f"{m.kind}:{m.id} ({m.name})" for m in certain)
            text_ = f"{text!r} is the name of several: {listed}; give one of these ids"
            raise NameNotFound(text_, [(m.id, m.name) for m in certain])
        near = self.near(text, kinds)
        listed = ", ".join(f"{m.id} ({m.matched})" for m in near) or "nothing like it"
        raise NameNotFound(
            f"no {word} is called {text!r}; the nearest names: {listed}",
            [(m.id, m.name) for m in near],
        )

    def certain(self, text: str, kinds: Iterable[str] = KINDS) -> list[Match]:
        """The entities with this id, else those with exactly this name once both are folded."""
        found = [
            Match(text, self._all[kind][text][0], kind, 100.0, text)
            for kind in kinds
            if text in self._all[kind]
        ]
        if found:
            return found
        folded = fold(text)
        return self._matches(self._folded, folded, kinds) or self._matches(
            self._spelt, folded, kinds
        )

    def _matches(self, index: Index, folded: str, kinds: Iterable[str]) -> list[Match]:
        return [
            Match(id_, self._all[kind][id_][0], kind, 100.0, matched)
            for kind in kinds
            for id_, matched in sorted(index[kind].get(folded, {}).items())
        ]

    def near(self, text: str, kinds: Iterable[str] = KINDS, limit: int = SHOWN) -> list[Match]:
        """The entities whose names look most like a text, best first."""
        from rapidfuzz import fuzz, process

        found: dict[tuple[str, str], Match] = {}
        wanted = " ".join(words(text))
        for kind in kinds:
            spaced = {
                (id_, name): " ".join(words(name))
                for id_, (_, names) in self._all[kind].items()
                for name in names
            }
            # A name much shorter than the text is a part of anything.
            long = {key: name for key, name in spaced.items() if 2 * len(name) > len(wanted)}
            hits = process.extract(
                wanted, long, scorer=fuzz.WRatio, limit=3 * limit, score_cutoff=60
            )
            for _, score, (id_, matched) in hits:
                best = found.get((kind, id_))
                if best is None or best.score < score:
                    name = self._all[kind][id_][0]
                    found[kind, id_] = Match(id_, name, kind, round(score, 1), matched)
        return sorted(found.values(), key=lambda m: (-m.score, m.kind, m.id))[:limit]
