"""Which ids are beyond doubt one entity, by an identifier or a name that they share. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, combinations, product

from whofunds.decisions import ENTITIES, Body
from whofunds.identifiers import STRICT, against, identifiers, scheme_of
from whofunds.model import StoredRecord
from whofunds.names import COMMON, fold, spellings, words
from whofunds.pinyin import HAN
from whofunds.places import NEARBY, kilometres

DISTINCTIVE = 4
"""Letters from which a Latin name is no mere acronym, which two firms may share."""
CROWD = 20
"""Ids that may share an identifier before it is none."""

Held = Mapping[str, list[Body]]
"""Entities of one kind by id, with what each record of them says."""
Judged = tuple[str, str, str]
"""Two ids that are one, and why."""


def automatic(shared: str, records: Iterable[StoredRecord]) -> list[tuple[str, str, str, str]]:
    """The ids that are beyond doubt one, of those that share something: (kind, a, b, why).

    `shared` is an identifier, "scheme:value", or a folded name; `records` those of its bearers.
    """
    held: dict[str, list[Body]] = defaultdict(list)
    sources: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.kind in ENTITIES:
            id_ = record.fields["id"]
            held[id_].append(record.fields)
            sources[id_] |= {f"loader {record.source}", scheme_of(id_)} - {""}
            kind = record.kind
    judge = _identified if scheme_of(shared) else _named
    return [(kind, a, b, why) for a, b, why in judge(shared, dict(sorted(held.items())), sources)]


def _identified(shared: str, held: Held, sources: Mapping[str, set[str]]) -> Iterator[Judged]:
    """Those that bear an identifier, unless their identifiers or all else tell against it.

    But for a strict scheme's, it tells nothing where one source knows several that bear it.
    """
    several = [s for of in sources.values() for s in of]
    strict = scheme_of(shared) in STRICT
    if len(held) > CROWD or (not strict and len({*several}) < len(several)):
        return
    for a, b in combinations(held, 2):
        if against(_identifiers(held[a]), _identifiers(held[b])):
            continue
        if scheme_of(shared) != "domain" or not _strangers(held[a], held[b]):
            yield a, b, f"both have the identifier {shared}"


def _strangers(a: list[Body], b: list[Body]) -> bool:
    """Whether two are of different countries, and have no part of a name in common."""
    countries = _values(a, "country"), _values(b, "country")
    return all(countries) and not countries[0] & countries[1] and not _pieces(a) & _pieces(b)


def _pieces(bodies: Iterable[Body]) -> set[str]:
    """What tells in the names of an entity: words, the sound, pairs of Chinese signs."""
    found = set[str]()
    for name in (n for body in bodies for n in (body["name"], *body["names"])):
        form = fold(name)
        found |= {*words(name), *spellings(name)} - COMMON
        if HAN.search(form):
            found |= {form[i : i + 2] for i in range(len(form) - 1)}
    return found


def _named(name: str, held: Held, _: object) -> Iterator[Judged]:
    """Those with a name in common of whom one is a source's own.

    They share the name that one goes by, and a second name, the country or, of cities, the place;
    nothing tells against them, and no third id could be meant.
    """
    sharing = [id_ for id_, bodies in held.items() if name in _folds(bodies)]
    for near in map(partial(_going_by, name, held), _together(sharing, held)):
        if len({*map(scheme_of, near)}) == len(near):
            for a, b in combinations(near, 2):
                if why := _beyond_doubt(name, held[a], held[b]):
                    yield a, b, why


def _together(ids: Iterable[str], held: Held) -> list[list[str]]:
    """Ids that may be one. Cities of one name are many, so those that are apart are no third."""
    groups: list[list[str]] = []
    for id_ in ids:
        near = [g for g in groups if not all(_apart(held[id_], held[other]) for other in g)]
        groups = [*(g for g in groups if g not in near), [*chain(*near), id_]]
    return groups


def _going_by(name: str, held: Held, ids: list[str]) -> list[str]:
    """The cities that go by a name, where several do: what bears it as another is a part of it."""
    own = [
        i for i in ids if "latitude" in held[i][0] and name in {fold(b["name"]) for b in held[i]}
    ]
    return own if len(own) > 1 else ids


def _apart(a: list[Body], b: list[Body]) -> bool:
    """Whether two are cities of different countries, or too far from each other to be one."""
    if "latitude" not in a[0]:
        return False
    countries = _values(a, "country"), _values(b, "country")
    if all(countries) and not countries[0] & countries[1]:
        return True
    pairs = [*product(_places(a), _places(b))]
    return bool(pairs) and min(kilometres(*pair) for pair in pairs) > NEARBY


def _places(bodies: Iterable[Body]) -> list[tuple[float, float]]:
    """The coordinates of a city; none of what is no city."""
    degrees = ((body.get("latitude"), body.get("longitude")) for body in bodies)
    return [(y, x) for y, x in degrees if y is not None and x is not None]


def _beyond_doubt(name: str, a: list[Body], b: list[Body]) -> str:
    """Why two entities are one; empty where that isn't beyond doubt."""
    if against(_identifiers(a), _identifiers(b)) or _apart(a, b):
        return ""
    if name not in {fold(body["name"]) for body in (*a, *b)}:
        return ""
    for field in ("country", "level", "cohort"):
        if _values(a, field) and _values(b, field) and not _values(a, field) & _values(b, field):
            return ""
    if _values(a, "state_controlled") | _values(b, "state_controlled") >= {"yes", "no"}:
        return ""
    years = [_years(a), _years(b)]
    if all(years) and not years[0] & years[1]:
        return ""
    shared = _folds(a) & _folds(b)
    if len(shared) > 1:
        return f"they share {len(shared)} names"
    if _places(a) and _places(b):
        return f"both are called {a[0]['name']} and are at most {NEARBY:.0f} km apart"
    if _values(a, "country") & _values(b, "country"):
        if name.isascii() and len(name) < DISTINCTIVE:
            return ""
        return f"both are called {a[0]['name']} and are of {min(_values(a, 'country'))}"
    return ""


def _folds(bodies: Iterable[Body]) -> set[str]:
    return {fold(n) for body in bodies for n in (body["name"], *body["names"])} - {""}


def _identifiers(bodies: Iterable[Body]) -> set[str]:
    return set[str]().union(*map(identifiers, bodies))


def _values(bodies: Iterable[Body], field: str) -> set[str]:
    return {body[field] for body in bodies if body.get(field)}


def _years(bodies: Iterable[Body]) -> set[str]:
    return {
        year
        for body in bodies
        if body.get("founded")
        for year in (body["founded"]["first"][:4], body["founded"]["last"][:4])
    }
