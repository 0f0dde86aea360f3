"""Why a text may be somebody else's name, though one entity alone bears it. Pure.

An alias finds an entity; whether it is beyond doubt another name of the very firm is more: AWS is
a name of Amazon in many lists, and a firm of its own.
"""

import re
import unicodedata

from whofunds.entities import Entity, Facts
from whofunds.nameparts import relation
from whofunds.names import fold
from whofunds.namewords import ARMS, LEGAL

_ONE_FORM = {
    **{"corporation": "corp", "limited": "ltd", "incorporated": "inc", "company": "co"},
    **{"companylimited": "coltd", "companyltd": "coltd", "colimited": "coltd"},
}
_GROUP = re.compile(r"\b(group|holdings?|gruppe|groupe|konzern)\b|集团|控股", re.IGNORECASE)


def doubt(text: str, of: Entity, facts: Facts) -> str:
    """Why a text that is a name of an entity may not mean it; "" where it does beyond doubt."""
    if wrong := _legal_doubt(text, of):
        return wrong
    mine, first = facts.reader.read(text)[0], facts.reader.read(of.name)[0]
    if facts.kind == "city" or mine.folded == first.folded:
        return ""
    if not mine.joined:
        return f"{text} is the name of a place"
    if of.manager:
        # Its short name is its own; one that says more than its first name may be an arm's.
        more = mine.around >= first.around and mine.joined == first.joined
        if more and (mine.around - first.around) & ARMS:
            return f"{text} may be the name of an arm"
        return ""
    unlike = mine.han == first.han and relation(mine, first) in ("", "shares", "alike", "cousins")
    arm = facts.kind == "investor" and (mine.around ^ first.around) & ARMS
    if unlike or arm:
        return f"{text} may be the name of an arm, of a product, or of the group behind it"
    return ""


def _legal_doubt(text: str, of: Entity) -> str:
    """Whether the legal form makes it another firm: of another country, or one of a group."""
    countries = legal_countries(text)
    if countries and of.country and of.country not in countries:
        return f"{of.name} is of {of.country}, where no firm has the legal form of {text}"
    form, known = legal_form(text), {legal_form(name) for name in of.names} - {"", "co"}
    if form and known and form not in known:
        return f"{text} has another legal form than any name of {of.name}"
    grouped = any(_GROUP.search(name) for name in of.names) and not _GROUP.search(text)
    if form and form not in known and grouped:
        return f"{of.name} is a group, and {text} may be one firm of it"
    return ""


def legal_form(name: str) -> str:
    """The legal form at a name's end, in one spelling: "corp" of "Acme Corporation"; else ""."""
    whole = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
    bare = fold(name)
    form = whole.removeprefix(bare) if whole.startswith(bare) else ""
    return _ONE_FORM.get(form, form)


def legal_countries(name: str) -> frozenset[str]:
    """The countries that have the legal form at a name's end; empty where it says none, or any."""
    text = name.casefold().replace(".", "").rstrip(" )）")
    last = re.findall(r"[^\W_]+", text)[-2:]
    forms = [f for f in LEGAL if f in last or (not f.isascii() and text.endswith(f))]
    return frozenset.intersection(*(LEGAL[f] for f in forms)) if forms else frozenset()
