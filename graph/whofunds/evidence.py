"""What speaks for and against two entities being one, or one a part of the other. Pure.

A verdict rests on these facts; each comes with a sentence that a reader understands.
"""

from dataclasses import dataclass, field
from functools import cached_property

from whofunds.entities import Entity, Facts
from whofunds.identifiers import against
from whofunds.nameparts import RANK, Parts, relation
from whofunds.names import fold
from whofunds.namewords import WIDE
from whofunds.places import NEARBY, kilometres

BRIEFEST = 4
"""Letters that a name must have to be told by itself; Chinese ones need fewer."""


@dataclass(frozen=True)
class Meeting:
    """How a name of the first entity stands to one of the second."""

    relation: str
    mine: Parts
    other: Parts


@dataclass
class Evidence:
    """What is known of two entities together; `points` counts facts, not names, that agree."""

    a: Entity
    b: Entity
    facts: Facts
    pro: list[str] = field(default_factory=list)
    contra: list[str] = field(default_factory=list)
    points: int = 0
    foreign: bool = False
    strangers: bool = False
    together: bool = False
    swapped_in: bool = False
    identified: bool = False

    def __post_init__(self) -> None:
        self._identifiers()
        self._country()
        self._places()
        self._kinds()
        self._family()
        self._rounds()
        self._founded()

    # names

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The names that meet, strongest first. Scripts are crossed only where one must."""
        mine, others = self.facts.parts(self.a), self.facts.parts(self.b)
        a_han, b_han = any(p.han for p in mine), any(p.han for p in others)
        found = [
            Meeting(how, x, y)
            for x in mine
            for y in others
            if not (x.han != y.han and (b_han if x.han else a_han)) and (how := relation(x, y))
        ]
        return sorted(found, key=lambda m: (RANK[m.relation], m.mine.folded, m.other.folded))

    @cached_property
    def best(self) -> str:
        """The strongest relation between their names."""
        return self.meetings[0].relation if self.meetings else ""

    @cached_property
    def met(self) -> set[str]:
        """The names that both bear, folded, without notes in brackets."""
        return _bare(self.a, self.facts) & _bare(self.b, self.facts)

    @cached_property
    def nameless(self) -> bool:
        """Whether one of them has no name that isn't the other's."""
        mine, others = _bare(self.a, self.facts), _bare(self.b, self.facts)
        return mine <= others or others <= mine

    @cached_property
    def telling(self) -> set[str]:
        """Names that both bear, that nobody else bears, and that are long enough to tell."""
        ids = {self.a.id, self.b.id}
        return {
            n
            for n in {fold(n) for n in self.a.names} & {fold(n) for n in self.b.names}
            if len(n) >= (BRIEFEST if n.isascii() else 2) and self.facts.holders.get(n, ids) <= ids
        }

    def first_name(self, *, turned: bool = False) -> list[Meeting]:
        """How the first name of a (of b where `turned`) stands to the other's names."""
        of = self.b if turned else self.a
        firsts = self.facts.reader.read(of.name)
        return [m for m in self.meetings if (m.other if turned else m.mine) in firsts]

    def own_names(self, *, turned: bool = False) -> list[str]:
        """Names of a (of b) that have nothing to do with the other's in the same script."""
        of, other = (self.b, self.a) if turned else (self.a, self.b)
        met = {(m.other if turned else m.mine).folded for m in self.meetings}
        scripts = {p.han for p in self.facts.parts(other)}
        return sorted(
            p.folded for p in self.facts.parts(of) if p.folded not in met and p.han in scripts
        )

    @cached_property
    def comparable(self) -> bool:
        """Whether they have names in one script that are more than the sound of the other."""
        mine, others = _scripts(self.a, self.facts), _scripts(self.b, self.facts)
        return not mine.isdisjoint(others)

    # facts

    def _identifiers(self) -> None:
        if common := sorted(self.a.ids & self.b.ids):
            self.identified = True
            self.points += 2
            self.pro.append(f"both have the identifier {common[0]}")
        if apart := against(self.a.ids, self.b.ids):
            self.strangers = True
            self.contra.append(f"one is {apart[0]}, the other {apart[1]}")

    def _country(self) -> None:
        if self.a.country and self.b.country:
            self.foreign = self.a.country != self.b.country
            if self.foreign:
                words = f"{self.a.name} is of {self.a.country}, {self.b.name} of {self.b.country}"
                self.contra.append(words)
            else:
                self.pro.append(f"both are of {self.a.country}")

    def _places(self) -> None:
        a, b = self.a, self.b
        if a.seats and b.seats:
            if common := sorted(a.seats & b.seats):
                self.points += 1
                self.pro.append(f"both have their seat in {common[0]}")
            else:
                self.strangers = True
                self.contra.append(f"seats in {_list(a.seats)} and in {_list(b.seats)}")
        if a.place and b.place:
            away = kilometres(a.place, b.place)
            if away <= NEARBY:
                self.points += 2
                self.pro.append(f"their coordinates are {away:.0f} km apart")
            else:
                self.foreign = True
                self.contra.append(f"their coordinates are {away:,.0f} km apart")

    def _kinds(self) -> None:
        a, b = self.a, self.b
        if a.kinds and b.kinds and a.kinds.isdisjoint(b.kinds):
            self.strangers = True
            self.contra.append(f"one is {_list(a.kinds)}, the other {_list(b.kinds)}")
        if {a.state, b.state} == {"yes", "no"}:
            self.strangers = True
            self.contra.append("one is controlled by a state, the other is not")
        if a.level and b.level and a.level != b.level:
            self.strangers = True
            self.contra.append(f"one is {a.level}, the other {b.level}")

    def _family(self) -> None:
        mine, others = self.facts.parents.get(self.a.id, {}), self.facts.parents.get(self.b.id, {})
        self.siblings = sorted(mine.keys() & others.keys())
        above_a, above_b = self.facts.above(self.a.id), self.facts.above(self.b.id)
        self.up, self.down = above_a.get(self.b.id), above_b.get(self.a.id)
        self.kindred = bool(above_a.keys() & above_b.keys())
        if self.siblings:
            self.points += 2
            self.pro.append(f"both are stated to be a part of {self._name(self.siblings[0])}")
        elif self.kindred:
            top = min(above_a.keys() & above_b.keys())
            self.pro.append(f"both belong to {self._name(top)} in the end")
        elif mine and others and not self.up and not self.down:
            self.strangers = True
            words = f"{self._name(min(mine))} and of {self._name(min(others))}"
            self.contra.append(f"they are stated to be parts of {words}")

    def _rounds(self) -> None:
        mine = self.facts.accounts.get(self.a.id, {})
        others = self.facts.accounts.get(self.b.id, {})
        shared = sorted(mine.keys() & others.keys())
        beside = [r for r in shared if mine[r] & others[r]]
        if beside:
            self.together = self.strangers = True
            self.contra.append(f"one report names both side by side in {beside[0]}")
        elif shared:
            self.swapped_in = True
            self.points += 2
            self.pro.append(f"each is named in {shared[0]}, never both by one report")

    def _founded(self) -> None:
        a, b = self.a.founded, self.b.founded
        if a and b:
            if a[1] < b[0] or b[1] < a[0]:
                self.strangers = True
                self.contra.append(f"founded by {a[1]} and by {b[1]}")
            else:
                self.points += 1
                self.pro.append("founded at the same time, as far as that is known")
        if self.facts.kind == "company" and not self.a.text and not self.b.text:
            mine = self.facts.funded.get(self.a.id, set())
            if common := sorted(mine & self.facts.funded.get(self.b.id, set())):
                self.pro.append(f"{len(common)} investors in common, such as {common[0]}")

    def regional(self, part: Entity, meeting: Parts) -> bool:
        """Whether a part's name says the country in which it is, other than the whole's."""
        said = {p for p in meeting.places if len(p) == 2 or p in WIDE}
        return bool(said) and (not part.country or part.country in said or bool(said & WIDE))

    def _name(self, id_: str) -> str:
        found = self.facts.entities.get(id_)
        return found.name if found else id_


def _bare(entity: Entity, facts: Facts) -> set[str]:
    return {facts.reader.read(name)[0].bare for name in entity.names}


def _scripts(entity: Entity, facts: Facts) -> set[bool]:
    """The scripts of its names (True: Chinese), without Latin that only spells the Chinese."""
    parts = facts.parts(entity)
    sounds = {s for p in parts if p.han for s in p.sounds}
    return {p.han for p in parts if p.han or p.joined not in sounds}


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
