"""Whether two entities are one, one a part of the other, or neither: the verdict on a pair. Pure.

`same` stands only where it is beyond doubt, for it is applied without asking: every name of one is
a name of the other, nobody else bears them, other facts agree and none speaks against it. `part-of`
is stated, or told by a name that is the whole's with words of a part. `different` needs something
that says so. All else is `unsure`.
"""

from dataclasses import dataclass
from itertools import pairwise

from whofunds.aliases import doubt
from whofunds.entities import Entity, Facts
from whofunds.evidence import Evidence
from whofunds.nameparts import Parts
from whofunds.namewords import ARMS, OWNERS, SOFT, TRADES
from whofunds.owners import owner

_SCORES = {
    **{"equal": 75, "variant": 65, "derived": 60, "origin": 60, "inside": 45, "around": 45},
    **{"kin": 40, "acronym": 45, "near": 50, "shares": 30, "elsewhere": 20, "series": 15},
    **{"alike": 15, "cousins": 15, "": 5},
}
_WORDS = {
    "equal": "both are called {x}",
    "variant": "{x} and {y} differ in form alone",
    "derived": "{x} is {y} with more said of it",
    "origin": "{y} is {x} with more said of it",
    "inside": "{x} begins with the name {y}",
    "around": "{y} begins with the name {x}",
    "kin": "{x} and {y} have their own word in common, and each says something else",
    "series": "{x} and {y} are two of one series",
    "acronym": "{x} and {y}: one may be the other's initials",
    "near": "{x} and {y} are a slip of typing apart",
    "shares": "{x} and {y} have words in common",
    "elsewhere": "{x} and {y} are of different places",
    "alike": "{x} and {y} only look or sound alike",
    "cousins": "{x} and {y} begin alike, and go on differently",
}


@dataclass(frozen=True)
class Pair:
    """A verdict on a pair: same, part-of (a belongs to b), different or unsure.

    `kind` is company, investor or city; `score`, 0 to 100, how much speaks for their belonging
    together; `why` the evidence in sentences; `stated` whether a link in the graph already says it.
    """

    kind: str
    a: str
    b: str
    verdict: str
    score: int
    why: tuple[str, ...]
    stated: bool = False

    @property
    def undecided(self) -> bool:
        """Whether a person should look at it."""
        return not self.stated and self.verdict != "different"

    def line(self) -> dict[str, object]:
        """What programs read."""
        names = ("kind", "a", "b", "verdict", "score")
        return {n: getattr(self, n) for n in names} | {"why": list(self.why)}


Verdict = tuple[str, int, list[str], bool]
"""same, part-of (the first belongs to the second), whole-of, different or unsure; then as Pair."""
_SAME: Verdict = ("same", 100, ["one and the same name"], False)


def compare(a: Entity, b: Entity, facts: Facts) -> Pair:
    """The verdict on two entities, or texts that may be names of some."""
    x, y = sorted((a, b), key=lambda e: e.id)
    p, q = (facts.meant(e.name) or e if e.text else e for e in (x, y))
    notes = [f"{e.name} is a name of {m.id}" for e, m in ((x, p), (y, q)) if e is not m]
    doubts = [d for e, m in ((x, p), (y, q)) if e is not m and (d := doubt(e.name, m, facts))]
    if p.id == q.id or (p.text and q.text and _plain(p.name) == _plain(q.name)):
        verdict, score, why, stated = _SAME
    elif frozenset((p.id, q.id)) in facts.apart:
        reason = facts.apart[frozenset((p.id, q.id))]
        told = "decided: they are two" + (f" ({reason})" if reason else "")
        verdict, score, why, stated = "different", 0, [told], True
    else:
        verdict, score, why, stated = _judged(Evidence(p, q, facts))
    if verdict == "same" and doubts:
        verdict, score, why = "unsure", 70, [*why, *doubts]
    # Nobody should have to care which of the two is written first, but in part-of it tells.
    first, second = (x, y) if a.id == x.id else (y, x)
    if verdict in ("part-of", "whole-of"):
        first, second = (x, y) if verdict == "part-of" else (y, x)
        verdict = "part-of"
    return Pair(facts.kind, first.id, second.id, verdict, score, (*notes, *why), stated)


def _plain(text: str) -> str:
    """A text without case, spaces and marks; its legal form stays."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _judged(e: Evidence) -> Verdict:
    """The verdict on two different entities; part-of where a belongs to b, whole-of the reverse."""
    if e.up or e.down:
        return _stated(e)
    weak = bool(e.meetings) and e.meetings[0].mine.weak
    near = e.best in ("equal", "variant") or (e.best in ("derived", "origin") and not weak)
    if e.kindred and not e.siblings and not near:
        return _verdict("different", 10, e)
    if _beyond_doubt(e):
        return _verdict("same", 98, e)
    if e.identified:
        return _identified(e)
    match e.best:
        case "equal":
            return _namesakes(e)
        case "series" | "elsewhere" | "alike" | "cousins":
            return _unlike(e)
        case "derived" | "origin":
            return _named(e)
        case "":
            return _unnamed(e)
    return _resembling(e)


def _stated(e: Evidence) -> Verdict:
    if e.up and e.down:
        return ("unsure", 50, ["each is stated to be a part of the other"], True)
    chain, why = e.up or e.down or (), list[str]()
    for one, other in pairwise(chain):
        names = [e.facts.entities[i].name if i in e.facts.entities else i for i in (one, other)]
        report = e.facts.parents[one][other]
        source = f" ({report})" if report else ""
        why.append(f"stated: {names[0]} is a part of {names[1]}{source}")
    part, whole = (e.a, e.b) if e.up else (e.b, e.a)
    if _bare(part, e) <= _bare(whole, e):
        but = f"but {part.name} has no name that {whole.name} hasn't"
        return ("unsure", 80, [*why, but], False)
    direction = "part-of" if e.up else "whole-of"
    return (direction, 102 - len(chain), why + _meeting_words(e), True)


def _bare(entity: Entity, e: Evidence) -> set[str]:
    return {e.facts.reader.read(name)[0].bare for name in entity.names}


def _beyond_doubt(e: Evidence) -> bool:
    if e.a.text or e.b.text:
        return False
    if e.facts.kind == "city":
        return bool(e.met) and not e.foreign and e.points >= 2 and bool(e.a.country and e.b.country)
    known = bool(e.a.country) and bool(e.b.country)
    agreed = known and not (e.foreign or e.strangers or e.contra) and e.nameless and bool(e.telling)
    return agreed and e.points >= (1 if len(e.telling) > 1 else 2)


def _identified(e: Evidence) -> Verdict:
    """One identifier, and not one entity by itself: somebody has to look."""
    ids = e.a.ids & e.b.ids
    common = [one for one in sorted(ids) if len(e.facts.bearing[one]) > 2]
    why = [f"{len(e.facts.bearing[one])} have {one}" for one in common[:1]]
    return _verdict("unsure", 20 if len(common) == len(ids) else 70, e, *why)


def _namesakes(e: Evidence) -> Verdict:
    """The same name, and not beyond doubt."""
    if (e.foreign and not e.swapped_in) or e.together:
        return _verdict("different", 20, e, "namesakes")
    return _verdict("unsure", _SCORES["equal"], e)


def _named(e: Evidence) -> Verdict:
    """One's name is the other's with words of a part: a fund, an arm, a region."""
    meeting = e.meetings[0]
    down = meeting.relation == "origin"
    part, whole = (e.b, e.a) if down else (e.a, e.b)
    small, large = (meeting.other, meeting.mine) if down else (meeting.mine, meeting.other)
    said = small.around - large.around
    firsts = [m for m in e.first_name(turned=down) if m.relation == meeting.relation]
    if e.foreign and not (firsts and e.regional(part, small)):
        return _verdict("different", 20, e, "namesakes in different countries")
    owned = e.own_names(turned=down)
    stranger = bool(e.facts.parents.get(part.id)) and not e.kindred
    rivals = e.facts.bearers(large) - {e.a.id, e.b.id}
    alone = not rivals or rivals <= _family(e, part, whole)
    # A bank or a foundation may bear a group's name and be its owner, or a firm of its own.
    own = said & (OWNERS | TRADES)
    told = bool(said & (ARMS | small.region | small.numbers)) and not own
    # Who manages money is known by a short and a long name; only a number tells its fund.
    managed = e.facts.reader.read(whole.name)[0].said & frozenset(SOFT.values())
    if whole.manager or managed or (whole.text and part.manager):
        told = bool(said & small.numbers)
    if "fund" in large.said and said <= small.numbers:
        told = False  # the second fund is no part of the first
    certain = firsts and told and alone and not owned and not stranger and not e.foreign
    if certain and e.facts.kind == "investor" and not e.together:
        return _verdict("whole-of" if down else "part-of", 85, e)
    if e.facts.kind == "city" and said & {"district", "zone"}:
        return _verdict("whole-of" if down else "part-of", 80, e)
    return _verdict("unsure", _SCORES["derived"], e)


def _family(e: Evidence, part: Entity, whole: Entity) -> set[str]:
    """All that is stated to belong to the whole, or to its own owners."""
    found = {*e.facts.above(whole.id), *e.facts.above(part.id), whole.id}
    return found.union(*(e.facts.children.get(i, set()) for i in found))


def _unlike(e: Evidence) -> Verdict:
    """Names that only look like each other."""
    first = e.meetings[0]
    sound = first.relation == "alike" and first.mine.han and first.mine.said | first.other.said
    text = e.facts.kind == "investor" and (e.a.text or e.b.text)
    if sound and text and not (e.a.manager or e.b.manager):
        return _verdict("unsure", 10, e, "a group's arm may be written in signs of the same sound")
    return _verdict("unsure" if e.swapped_in else "different", _SCORES[e.best], e)


def _resembling(e: Evidence) -> Verdict:
    """Names that may be one firm's, or those of a whole and its part, or of two strangers."""
    if e.best in ("shares", "acronym") and (owned := _owned(e)):
        return _verdict("unsure", 15, e, owned)
    strong = e.best in ("variant", "kin", "inside", "around") and e.facts.kind != "city"
    region = any(
        e.regional(*((e.a, m.mine) if m.relation == "inside" else (e.b, m.other)))
        for m in e.meetings
        if m.relation in ("inside", "around")
    )
    if e.foreign and not region and not e.swapped_in:
        return _verdict("different", 15, e, "namesakes in different countries")
    if e.siblings and e.best in ("kin", "shares", "acronym"):
        return _verdict("different", 20, e)
    if e.strangers and not e.siblings and not e.kindred and not strong:
        return _verdict("different", 15, e)
    first = e.meetings[0]
    if first.mine.said & first.other.said & TRADES and e.best != "variant" and not e.kindred:
        return _verdict("different", 20, e, "two firms of one trade")
    smaller = e.a if e.best == "inside" else e.b if e.best == "around" else None
    stated = smaller and e.facts.parents.get(smaller.id) and not (e.a.text or e.b.text)
    if smaller and stated and not e.kindred and not e.siblings:
        whole = min(e.facts.parents[smaller.id])
        return _verdict("different", 20, e, f"{smaller.name} is stated to be a part of {whole}")
    if e.together and e.best != "around" and e.best != "inside":
        return _verdict("different", 20, e)
    return _verdict("unsure", _SCORES[e.best], e)


def _unnamed(e: Evidence) -> Verdict:
    """No name meets another."""
    if e.a.text or e.b.text:
        return _text_alone(e)
    if e.swapped_in and e.siblings:
        return _verdict("unsure", 30, e)
    if e.siblings and not e.comparable and not e.strangers and not e.together:
        return _verdict("unsure", 20, e, "their names are in two languages")
    if owned := _owned(e):
        return _verdict("unsure", 15, e, owned)
    return _verdict("different", 0, e, "no name of one meets a name of the other")


def _text_alone(e: Evidence) -> Verdict:
    """Nothing is known of a text but that it doesn't look like the other's names."""
    text, other = (e.a, e.b) if e.a.text else (e.b, e.a)
    if not e.comparable:
        why = f"of {other.name} no name is held that could be compared with {text.name}"
        return _verdict("unsure", 10, e, why)
    mine = e.facts.reader.read(text.name)[0]
    if any(mine.said & {*p.said, *p.core} & TRADES for p in e.facts.parts(other)):
        return _verdict("different", 5, e, "two firms of one trade, whose names don't meet")
    if other.manager or e.facts.kind == "company" or other.text:
        return _verdict("different", 5, e, "no name of one meets a name of the other")
    if e.facts.kind == "city":
        return _verdict("unsure", 5, e, "no name meets, and a city may have others")
    return _verdict("unsure", 5, e, f"no name meets, but {other.name} may own firms of other names")


def _owned(e: Evidence) -> str:
    return owner(e.a, e.b, e.facts) or owner(e.b, e.a, e.facts)


def _meeting_words(e: Evidence) -> list[str]:
    if not e.meetings:
        return []
    m = e.meetings[0]
    return [_WORDS[m.relation].format(x=_name(e.a, m.mine, e), y=_name(e.b, m.other, e))]


def _name(entity: Entity, parts: Parts, e: Evidence) -> str:
    found = (n for n in entity.names if parts in e.facts.reader.read(n))
    return f'"{next(found, entity.name)}"'


def _verdict(verdict: str, score: int, e: Evidence, *why: str) -> Verdict:
    base = score
    if verdict == "unsure":
        base = max(1, min(94, score + 3 * min(len(e.pro), 4) - 8 * len(e.contra)))
    contra = [f"against it: {c}" for c in e.contra]
    return (verdict, base, [*_meeting_words(e), *why, *e.pro, *contra], False)
