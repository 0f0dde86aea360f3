"""Find entities by id or by any of their names, in any script."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whofunds.errors import NameNotFound, UsageError
from whofunds.names import fold, spellings, words

SHOWN = 5
SWAPPED, SLIP = 5, 7
"""Letters that a word must have before two swapped, or one missed or too many, are forgiven."""
KINDS = ("startup", "investor", "city")
Entities = dict[str, tuple[str, list[str]]]
"""id -> the entity's name, and all of its names."""
Index = dict[str, dict[str, str]]
"""A name's folded form -> id -> the name as it is written."""

WORDS = {"startup": "company", "investor": "investor", "city": "city"}


def kind_of(word: str) -> str:
    """The kind of entity that a reader's word means: `company` is a startup."""
    kinds = {word: kind for kind, word in WORDS.items()}
    if word not in kinds:
        raise UsageError(f"no kind of entity is called {word!r}; use {', '.join(kinds)}")
    return kinds[word]


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a text may mean; `score` from 0 to 100, `matched` the name that it met."""

    id: str
    name: str
    kind: str
    score: float
    matched: str


class Names:
    """The names of every entity; `entities(kind)` gives (id, name, names), asked once a kind."""

    def __init__(self, entities: Callable[[str], Iterable[tuple[str, str, list[str]]]]) -> None:
        self._entities = entities
        self._held: dict[str, Entities] = {}
        self._folded: dict[str, Index] = {}
        self._spelt: dict[str, Index] = {}

    def id_of(self, type_: str, text: str) -> str:
        """The id that a text means; `type_` is a kind, or `entity` for any of them.

        Raises NameNotFound, with candidates, where none or several answer to it.
        """
        kinds = KINDS if type_ == "entity" else (type_,)
        kind, _, id_ = text.partition(":")
        named = kind in kinds and id_ in self._of(kind)
        certain = [] if named else self.certain(text, kinds)
        if named or len(certain) == 1:
            found = id_ if named else certain[0].id
            holders = [k for k in kinds if found in self._of(k)]
            if len(holders) > 1:
                raise NameNotFound(
                    f"{found!r} is the id of a {' and of a '.join(holders)}; give one another id"
                )
            return found
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

    def verdict(self, text: str, kinds: Iterable[str] = KINDS) -> tuple[str, list[Match]]:
        """What a text means: "match" with one entity, "ambiguous" with several, or "none".

        A typing error is forgiven where the name can be no other; "none" comes with the names
        that look most like the text, best first.
        """
        kinds = tuple(kinds)
        kind, _, id_ = text.partition(":")
        if kind in kinds and id_ in self._of(kind):
            return "match", [Match(id_, self._of(kind)[id_][0], kind, 100.0, text)]
        # A text may be the id of one entity and the name of another.
        named = self._matches(self._folded, lambda name: {fold(name)}, text, kinds)
        found = list({(m.kind, m.id): m for m in self.certain(text, kinds) + named}.values())
        # What is the very name of an entity of another kind is no mistyped one of this kind.
        if not found and not self.certain(text):
            found = self._mistyped(text, kinds)
        if not found:
            return "none", self.near(text, kinds)
        return ("match" if len(found) == 1 else "ambiguous"), found

    def _mistyped(self, text: str, kinds: Iterable[str]) -> list[Match]:
        """The entities that a text with a slip can mean: two letters swapped, one missed or one too
        many inside a long word. Another letter makes another name, so it is not forgiven.
        """
        from rapidfuzz.distance import OSA

        typed = words(text)
        found: dict[tuple[str, str], Match] = {}
        for kind in kinds:
            for id_, (name, names) in self._of(kind).items():
                for one in names:
                    ours = words(one)
                    wrong = [(a, b) for a, b in zip(typed, ours, strict=False) if a != b]
                    if len(typed) != len(ours) or len(wrong) != 1:
                        continue
                    a, b = wrong[0]
                    swapped = len(b) >= SWAPPED and sorted(a) == sorted(b)
                    missed = len(b) >= SLIP and len(a) != len(b) and a[-1] == b[-1]
                    slip = (swapped or missed) and a[0] == b[0] and b.isalpha()
                    if slip and OSA.distance(a, b, score_cutoff=1) == 1:
                        found[kind, id_] = Match(id_, name, kind, 95.0, one)
        return list(found.values())

    def certain(self, text: str, kinds: Iterable[str] = KINDS) -> list[Match]:
        """The entities with this id, else those with exactly this name once both are folded."""
        found = [
            Match(text, self._of(kind)[text][0], kind, 100.0, text)
            for kind in kinds
            if text in self._of(kind)
        ]
        if found:
            return found
        # Pinyin takes longer to make, so it is asked only where no name is the very one.
        return self._matches(self._folded, lambda name: {fold(name)}, text, kinds) or (
            self._matches(self._spelt, spellings, text, kinds)
        )

    def _of(self, kind: str) -> Entities:
        if kind not in self._held:
            self._held[kind] = {id_: (name, names) for id_, name, names in self._entities(kind)}
        return self._held[kind]

    def _matches(
        self,
        indexes: dict[str, Index],
        forms: Callable[[str], set[str]],
        text: str,
        kinds: Iterable[str],
    ) -> list[Match]:
        folded, found = fold(text), []
        for kind in kinds:
            if kind not in indexes:
                index: Index = defaultdict(dict)
                for id_, (_, names) in self._of(kind).items():
                    for name in names:
                        for form in forms(name):
                            index[form].setdefault(id_, name)
                indexes[kind] = index
            for id_, matched in sorted(indexes[kind].get(folded, {}).items()):
                found.append(Match(id_, self._of(kind)[id_][0], kind, 100.0, matched))
        return found

    def near(self, text: str, kinds: Iterable[str] = KINDS, limit: int = SHOWN) -> list[Match]:
        """The entities whose names look most like a text, best first."""
        from rapidfuzz import fuzz, process

        found: dict[tuple[str, str], Match] = {}
        wanted = " ".join(words(text))
        for kind in kinds:
            spaced = {
                (id_, name): " ".join(words(name))
                for id_, (_, names) in self._of(kind).items()
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
                    name = self._of(kind)[id_][0]
                    found[kind, id_] = Match(id_, name, kind, round(score, 1), matched)
        return sorted(found.values(), key=lambda m: (-m.score, m.kind, m.id))[:limit]
