"""Who may own an investor of whom no owner is stated, where no name tells. Pure.

These are hints, never verdicts: a city's fund and its government, a firm held by a state and who
holds others like it, a person and a fund that both put money into one company alone.
"""

from collections.abc import Iterator

from whofunds.entities import PUBLIC, Entity, Facts

_LEVELS = ("district", "municipal", "provincial", "central")
_FOREIGN = "sovereign-foreign"
_FIRMS = frozenset(("capital", "venture", "investment", "fund", "fund of funds", "bank"))
_HOLDERS = PUBLIC | {_FOREIGN}


def owner(part: Entity, whole: Entity, facts: Facts) -> str:
    """Why the one may belong to the other; "" where nothing says so."""
    if facts.kind != "investor" or part.id == whole.id or part.text or whole.text:
        return ""
    if part.country and whole.country and part.country != whole.country:
        return ""
    found = set(wants(part, facts)) & set(offers(whole, facts))
    if not found or part.id in facts.above(whole.id) or not _higher(part, whole, facts):
        return ""
    how, _, what = min(found).partition(" ")
    if how == "city":
        return f"{part.name} is of {what}, whose government is {whole.name}"
    if how == "like":
        return f"{whole.name} owns others of the kind and level of {part.name}"
    mine, others = facts.accounts[part.id], facts.accounts[whole.id]
    if any(mine[r] & others[r] for r in mine.keys() & others.keys()):
        return ""
    return f"{whole.name} and {part.name} both put money into {what}, and into nothing else"


def wants(part: Entity, facts: Facts) -> Iterator[str]:
    """What an owner of it would offer."""
    above = [facts.entities[i] for i in facts.above(part.id) if i in facts.entities]
    public = part.state == "yes" or bool(part.kinds & PUBLIC) or _government(part, facts)
    if public and not any(_government(a, facts) and _level(a, facts) != "district" for a in above):
        yield from (f"city {c}" for c in _places(part, facts))
    if above or part.state == "no" or not part.country:
        return
    peer = bool(part.kinds & PUBLIC) and part.id in facts.children
    if not peer and (_FOREIGN in part.kinds or (part.state == "yes" and part.level == "central")):
        yield from (f"like {part.country} {part.level} {k}" for k in part.kinds)
    if part.manager and len(facts.funded.get(part.id, ())) == 1:
        yield f"money {min(facts.funded[part.id])}"


def offers(whole: Entity, facts: Facts) -> Iterator[str]:
    """What it may own."""
    if _government(whole, facts) and _level(whole, facts) != "district":
        yield from (f"city {c}" for c in whole.acts_for | whole.seats)
    if whole.state != "no" and whole.kinds & _HOLDERS:
        children = facts.children.get(whole.id, set()) & facts.entities.keys()
        for kind in {k for child in children for k in facts.entities[child].kinds}:
            yield f"like {whole.country} {whole.level} {kind}"
    if "angel" in whole.kinds and len(facts.funded.get(whole.id, ())) == 1:
        yield f"money {min(facts.funded[whole.id])}"


def _government(entity: Entity, facts: Facts) -> bool:
    """Whether a name says so; a government's fund is none."""
    return any(p.government and not p.said & _FIRMS for p in facts.parts(entity))


def _level(entity: Entity, facts: Facts) -> str:
    district = any("district" in p.said for p in facts.parts(entity))
    return entity.level or ("district" if district else "")


def _places(entity: Entity, facts: Facts) -> frozenset[str]:
    """The cities that it is of; without any stated, those of what belongs to it."""
    children = facts.children.get(entity.id, set()) & facts.entities.keys()
    below = [facts.entities[i] for i in children]
    return entity.acts_for | entity.seats or frozenset().union(
        *(c.acts_for | c.seats for c in below)
    )


def _higher(part: Entity, whole: Entity, facts: Facts) -> bool:
    """Whether nothing known says that the part stands above the whole, or beside it."""
    mine, other = _level(part, facts), _level(whole, facts)
    if mine not in _LEVELS or other not in _LEVELS:
        return not (_government(part, facts) and _government(whole, facts))
    ranks = _LEVELS.index(mine), _LEVELS.index(other)
    return ranks[0] < ranks[1] if _government(part, facts) else ranks[0] <= ranks[1]
