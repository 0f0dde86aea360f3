"""Entities of one kind with all that tells one from another, as pairs of them are judged. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from whofunds.errors import UsageError
from whofunds.identifiers import tells
from whofunds.nameparts import Parts, Reader
from whofunds.names import fold

Rows = Iterable[Mapping[str, Any]]

DEPTH = 8
"""Links of a chain that are followed upward."""
TEXT = "name:"
"""What stands before a text that is to be compared as a name."""
MANAGERS = frozenset(("vc", "pe", "asset-manager"))
"""Kinds that manage other people's money: their short and long names are one firm's."""
PUBLIC = frozenset(("state-fund", "city-fund"))
"""Kinds that hold a government's shares."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity, or a text that may be the name of one (its id is `name:TEXT`, all else unknown).

    `name` is the first of `names`; `place` latitude and longitude in degrees; `founded` the first
    and last day on which that may have been; `ids` identifiers, without those that tell nothing.
    A city of a gazetteer where nobody is based is not `used`.
    """

    id: str
    names: tuple[str, ...]
    country: str = ""
    kinds: frozenset[str] = frozenset()
    state: str = "unknown"
    level: str = ""
    seats: frozenset[str] = frozenset()
    acts_for: frozenset[str] = frozenset()
    founded: tuple[str, str] | None = None
    place: tuple[float, float] | None = None
    ids: frozenset[str] = frozenset()
    used: bool = True

    @property
    def name(self) -> str:
        """Its first name."""
        return self.names[0]

    @property
    def text(self) -> bool:
        """Whether it is a text alone."""
        return self.id.startswith(TEXT)

    @property
    def manager(self) -> bool:
        """Whether it is known to do nothing but manage money."""
        return bool(self.kinds) and self.kinds <= MANAGERS


@dataclass(frozen=True)
class Facts:
    """What is held of one kind: entities by id, who belongs to whom, who is named in which account.

    `kind` is company, investor or city. `parents` is part -> whole -> report, `accounts` is
    investor -> round -> accounts that name it, `funded` investor -> companies, or for companies
    company -> investors. `apart` holds the pairs that somebody decided are two, with the reason.
    """

    kind: str
    entities: dict[str, Entity]
    reader: Reader
    parents: dict[str, dict[str, str]] = field(default_factory=dict)
    accounts: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    funded: dict[str, set[str]] = field(default_factory=dict)
    apart: dict[frozenset[str], str] = field(default_factory=dict)

    def parts(self, entity: Entity) -> list[Parts]:
        """Its names taken apart, the first name first."""
        return [p for name in entity.names for p in self.reader.read(name)]

    @cached_property
    def holders(self) -> dict[str, set[str]]:
        """A folded name -> the ids of those that bear it."""
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities.values():
            for name in entity.names:
                found[fold(name)].add(entity.id)
        return found

    @cached_property
    def bearing(self) -> dict[str, set[str]]:
        """An identifier -> the ids of those that bear it."""
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities.values():
            for one in entity.ids:
                found[one].add(entity.id)
        return found

    @cached_property
    def cores(self) -> dict[tuple[str, frozenset[str]], set[str]]:
        """A core with what a name says around it -> the ids of those with such a name."""
        found: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
        for entity in self.entities.values():
            for parts in self.parts(entity):
                found[parts.joined, parts.around].add(entity.id)
        return found

    def bearers(self, name: Parts) -> set[str]:
        """The ids of those that have this name, or one of its core that says less."""
        said = sorted(name.around)
        less = (frozenset(some) for n in range(len(said) + 1) for some in combinations(said, n))
        return {id_ for some in less for id_ in self.cores.get((name.joined, some), ())}

    @cached_property
    def children(self) -> dict[str, set[str]]:
        """A whole -> its parts."""
        found: dict[str, set[str]] = defaultdict(set)
        for part, wholes in self.parents.items():
            for whole in wholes:
                found[whole].add(part)
        return found

    def above(self, id_: str) -> dict[str, tuple[str, ...]]:
        """All that it belongs to, each with the chain that leads there from it."""
        chains: dict[str, tuple[str, ...]] = {}
        level: list[tuple[str, ...]] = [(id_,)]
        for _ in range(DEPTH):
            following = []
            for chain in level:
                for whole in sorted(self.parents.get(chain[-1], ())):
                    if whole not in chains and whole != id_:
                        chains[whole] = (*chain, whole)
                        following.append(chains[whole])
            level = following
        return chains

    def asked(self, text: str, id_of: Callable[[str, str], str]) -> Entity:
        """The entity that a text asks for by `id_of(kind, text)`; after `name:` the text itself."""
        name = text.removeprefix(TEXT).strip()
        if not text.startswith(TEXT):
            return self.entities[id_of("startup" if self.kind == "company" else self.kind, text)]
        if not fold(name):
            raise UsageError(f"{text!r} holds no name; write {TEXT}TEXT")
        return Entity(TEXT + name, (name,))

    def meant(self, text: str) -> Entity | None:
        """The one entity that bears exactly this name; None where none or several do."""
        folded = fold(text)
        if self.kind == "city" and folded not in self.holders:
            folded = folded.removesuffix("市")
        ids = self.holders.get(folded, set())
        return self.entities[next(iter(ids))] if len(ids) == 1 else None


def read(kind: str, query: Callable[[str], Rows]) -> Facts:
    """The facts of a kind, by asking canned queries. Raises UsageError for another kind."""
    if kind not in _QUERIES:
        kinds = ", ".join(_QUERIES)
        raise UsageError(f"no kind of entity is called {kind!r}; use {kinds}")
    return facts(kind, **{name: query(f"entities/{q}") for name, q in _QUERIES[kind].items()})


_QUERIES = {
    "company": {"entities": "company-facts", "cities": "city-facts", "members": "members"},
    "investor": {
        "entities": "investor-facts",
        "cities": "city-facts",
        "parents": "parents",
        "members": "members",
    },
    "city": {"entities": "city-facts"},
}


def facts(
    kind: str, entities: Rows, cities: Rows = (), parents: Rows = (), members: Rows = ()
) -> Facts:
    """The facts of a kind, from the rows of those queries."""
    held = {row["id"]: _entity(row) for row in entities}
    # A city's name says where something is, unless it is a city's.
    used = (c for c in cities if c.get("used", True))
    places = [(name, c["id"]) for c in used for name in (c["name"], *c["names"])]
    found = Facts(kind, dict(sorted(held.items())), Reader(places if kind != "city" else ()))
    for row in parents:
        if row["part"] != row["whole"]:
            found.parents.setdefault(row["part"], {})[row["whole"]] = row["report"]
    for row in members:
        for one in row["members"]:
            of, other = (row["company"], one) if kind == "company" else (one, row["company"])
            if of in held:
                found.funded.setdefault(of, set()).add(other)
            if kind == "investor" and of in held:
                rounds = found.accounts.setdefault(of, {})
                rounds.setdefault(row["round"], set()).add(row["account"])
    return found


def _entity(row: Mapping[str, Any]) -> Entity:
    place, founded = (row.get("latitude"), row.get("longitude")), row.get("founded_first")
    return Entity(
        row["id"],
        tuple(dict.fromkeys((row["name"], *row["names"]))),
        row.get("country") or "",
        frozenset(row.get("kinds") or ()) - {"unknown"},
        row.get("state_controlled") or "unknown",
        row.get("level") or "",
        frozenset(row.get("seats") or ()),
        frozenset(row.get("acts_for") or ()),
        (founded, row["founded_last"]) if founded else None,
        (place[0], place[1]) if place[0] is not None and place[1] is not None else None,
        frozenset(filter(tells, row.get("ids") or ())),
        row.get("used", True),
    )
