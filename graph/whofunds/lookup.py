"""Find entities by id or by any of their names, in any script."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from whofunds.errors import NameNotFound, UsageError
from whofunds.identifiers import identifier
from whofunds.index import Entities, Entity, Index, Named
from whofunds.names import COMMON, cores, fold, words
from whofunds.pinyin import HAN, readings, without_tones

if TYPE_CHECKING:
    from whofunds.stores.base import Store

SHOWN = 5
_LOOKED_AT = 200
_LONGEST = 60
_LEAST_SPELT = 7
"""Letters of the pinyin in which a slip is forgiven, as few are many names' sound."""
_PAGE = 50_000
_LITTLE = COMMON | {"city", "district", "provincial"}
KINDS = ("startup", "investor", "city")
HOLDERS = {"cohort": "company", "country": "company or investor"}
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
    """The names of every entity; `entities(kind)` gives what an index holds of each.

    They are read once, into an index; with a `file` it is kept there until `revision()` differs.
    `held(type)` gives the cohorts or countries there are.
    """

    def __init__(
        self,
        entities: Entities,
        file: Path | None = None,
        revision: Callable[[], str] = str,
        held: Callable[[str], Sequence[str]] = lambda _type: (),
    ) -> None:
        self._index = Index(entities, KINDS, file, revision)
        self._held = held

    def make(self) -> None:
        """Read the names now rather than when one is first asked for, where they can be kept."""
        self._index.make()

    def id_of(self, type_: str, text: str) -> str:
        """The id that a text means; `type_` is a kind, or `entity` for any of them.

        A `cohort` or `country` is given as it is held. Raises NameNotFound, with candidates, where
        none or several answer to it.
        """
        if type_ in HOLDERS:
            return self._word(type_, text)
        kinds = KINDS if type_ == "entity" else (type_,)
        kind, _, id_ = text.partition(":")
        named = self._index.entity(kind, id_) if kind in kinds else None
        certain = [] if named else self.certain(text, kinds)
        if named or len(certain) == 1:
            found = named[0] if named else certain[0].id
            holders = [k for k in kinds if self._index.entity(k, found)]
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

    def _word(self, type_: str, text: str) -> str:
        words_ = self._held(type_)
        same = [w for w in words_ if w.casefold() == text.casefold()]
        if same:
            return text if text in same else same[0]
        there = f"there are {', '.join(words_)}" if words_ else "load some facts first"
        raise NameNotFound(f"no {HOLDERS[type_]} is of {type_} {text!r}; {there}")

    def verdict(self, text: str, kinds: Iterable[str] = KINDS) -> tuple[str, list[Match]]:
        """What a text means: "match" with one entity, "ambiguous" with several, or "none".

        Slips of typing are forgiven where the name can be no other; "none" comes with the names
        that look most like the text, best first.
        """
        kinds = tuple(kinds)
        kind, _, id_ = text.partition(":")
        if kind in kinds and (named := self._index.entity(kind, id_)):
            return "match", [Match(*named, kind, 100.0, text)]
        # A text may be the id of one entity and the name of another.
        both = self.certain(text, kinds) + self._called(fold(text), kinds, 0)
        found = list({(m.kind, m.id): m for m in both}.values())
        # What is the very name of an entity of another kind is no mistyped one of this kind.
        another = not found and self.certain(text)
        if not found and not another:
            found = self._in_full(text, kinds) or self._mistyped(
                text, self._a_letter_off(text, kinds)
            )
        if not found:
            like = self._like(text, kinds)
            if not another:
                found = self._mistyped(text, like) or self._begun(text, like)
            if not found:
                return "none", self._nearest(text, like, SHOWN)
        return ("match" if len(found) == 1 else "ambiguous"), found

    def certain(self, text: str, kinds: Iterable[str] = KINDS) -> list[Match]:
        """The entities with this id, else those with this identifier or exactly this name, folded.

        A web address, or a domain alone, is an identifier too.
        """
        kinds = tuple(kinds)
        ids = ((kind, self._index.entity(kind, text)) for kind in kinds)
        found = [Match(*named, kind, 100.0, text) for kind, named in ids if named]
        form = fold(text)
        both = self._identified(text, kinds) + self._called(form, kinds, 0)
        return (
            found
            or list({(m.kind, m.id): m for m in reversed(both)}.values())[::-1]
            or self._called(form, kinds, 1)
            or self._called(fold(without_tones(text)), kinds, 1)
        )

    def near(self, text: str, kinds: Iterable[str] = KINDS, limit: int = SHOWN) -> list[Match]:
        """The entities whose names look most like a text, best first."""
        return self._nearest(text, self._like(text, tuple(kinds)), limit)

    def _identified(self, text: str, kinds: Sequence[str]) -> list[Match]:
        """The entities with an identifier, "scheme:value", or with an address of this site."""
        address = "." in text and not re.match(r"(?!https?:)[A-Za-z-]+:", text)
        try:
            found = identifier(f"domain:{text}" if address else text)
        except ValueError:
            return []
        held = ((kind, named) for kind in kinds for named in self._index.identified(found, kind))
        return [Match(*named, kind, 100.0, found) for kind, named in held]

    def _called(self, form: str, kinds: Sequence[str], spelt: int) -> list[Match]:
        """The entities with a name of this form; `spelt`: by its sound."""
        found = {
            (one.kind, one.id): Match(one.id, one.name, one.kind, 100.0, one.matched)
            for one in self._index.named([form], kinds)
            if one.spelt == spelt
        }
        return list(found.values())

    def _in_full(self, text: str, kinds: Sequence[str]) -> list[Match]:
        """The entities whose name a text says in full: a city with that word beside it, a Chinese
        firm with its seat or its trade.
        """
        form, said = fold(text), words(text)
        found: list[Match] = []
        if "city" in kinds:
            bare = "".join(said[:-1]) if said[-1:] == ("city",) else form.removesuffix("市")
            found = self._called(bare, ("city",), 0)
        firms = [kind for kind in kinds if kind != "city"]
        if HAN.search(form):
            found += [m for core in sorted(cores(form)) for m in self._called(core, firms, 0)]
        return list({(m.kind, m.id): m for m in found}.values())

    def _begun(self, text: str, like: Iterable[Named]) -> list[Match]:
        """The entities, if several, whose names say more than a text by words that tell little."""
        said = words(text)
        found: dict[tuple[str, str], Match] = {}
        if not COMMON.issuperset(said):
            for one in like:
                name = words(one.matched)
                rest = name[len(said) :]
                if rest and name[: len(said)] == said and _LITTLE.issuperset(rest):
                    match = Match(one.id, one.name, one.kind, 90.0, one.matched)
                    found.setdefault((one.kind, one.id), match)
        return list(found.values()) if len(found) > 1 else []

    def _mistyped(self, text: str, candidates: Iterable[Named]) -> list[Match]:
        """The candidates that a text with a slip or two can mean: those with the fewest slips."""
        from whofunds.slips import forgiven

        form = fold(text)
        han = HAN.search(form) is not None
        typed = (form,) if han else words(text)
        counts: dict[int, dict[tuple[str, str], Match]] = {}
        for one in candidates:
            if one.spelt and len(one.form) < _LEAST_SPELT:
                continue
            ours = (one.form,) if one.spelt else words(one.matched)
            if han or HAN.search(one.form):
                ours = (fold(one.matched),)
            if count := forgiven(ours, typed):
                match = Match(one.id, one.name, one.kind, 100.0 - 5 * count, one.matched)
                counts.setdefault(count, {}).setdefault((one.kind, one.id), match)
        return list(counts[min(counts)].values()) if counts else []

    def _a_letter_off(self, text: str, kinds: Sequence[str]) -> list[Named]:
        """The names that a text is one letter off from, or that it sounds like."""
        from whofunds.slips import neighbours

        form = fold(text)
        if len(form) > _LONGEST:
            return []
        return self._index.named(readings(form) if HAN.search(form) else neighbours(form), kinds)

    def _like(self, text: str, kinds: Sequence[str]) -> list[Named]:
        """Names that may look or sound like a text."""
        form = fold(text)
        sounds = sorted(readings(form)) if HAN.search(form) else []
        found = [one for f in (form, *sounds) for one in self._index.like(f, kinds, _LOOKED_AT)]
        return list(dict.fromkeys(found))

    def _nearest(self, text: str, candidates: Iterable[Named], limit: int) -> list[Match]:
        """The entities of the candidates that look most like a text, best first."""
        from rapidfuzz import fuzz

        wanted = " ".join(words(text))
        found: dict[tuple[str, str], Match] = {}
        for one in candidates:
            seen = " ".join(words(one.matched))
            score = round(fuzz.WRatio(wanted, seen, score_cutoff=60), 1)
            best = found.get((one.kind, one.id))
            # A name much shorter than the text is a part of anything.
            if score and 2 * len(seen) > len(wanted) and (best is None or best.score < score):
                found[one.kind, one.id] = Match(one.id, one.name, one.kind, score, one.matched)
        return sorted(found.values(), key=lambda m: (-m.score, m.kind, m.id))[:limit]


def names_of(store: "Store", cypher: Callable[[str], str]) -> Names:
    """The names in a store, kept in its `derived` folder; `cypher(kind)` asks for one kind's.

    It gives id, name, names, former ids and identifiers (a city has none) by id, of those whose id
    comes after `$after`; of a cohort or a country the word alone.
    """

    def entities(kind: str) -> Iterator[Entity]:
        after = ""
        while rows := store.query(cypher(kind), {"after": after}, limit=_PAGE).rows:
            for id_, name, names, former, *ids in rows:
                yield id_, name, names, former or (), ids[0] or () if ids else ()
            after = rows[-1][0]

    def revision() -> str:
        return "" if store.unfinished() or store.behind() else store.revision()

    def held(type_: str) -> list[str]:
        return [row[0] for row in store.query(cypher(type_), {}).rows]

    return Names(entities, store.derived / "names.sqlite", revision, held)
