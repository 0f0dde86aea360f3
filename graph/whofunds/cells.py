"""Cells as what they hold. What can't be read comes back as a cell with its fault, which the check
names by file, line and column, so that a loader needs no `try`.
"""

import re
from collections.abc import Sequence
from functools import cache

from whofunds.countries import country_code
from whofunds.dates import Order, Span, parse_date
from whofunds.hints import scaled
from whofunds.money import Money, parse_money
from whofunds.names import fold
from whofunds.numerals import plain
from whofunds.tables import Cell
from whofunds.wording import UNDISCLOSED

LARGE = 10**12
"""A sum from here on is unlikely: its figure is more likely not counted in the column's unit."""
_SMALL_UNITS = frozenset(("JPY", "KRW", "VND", "IDR", "COP", "CLP", "IRR", "LBP", "UZS"))

_FORM = re.compile(
    r"(?:inc|llc|l\.l\.c|ltd|lp|llp|l\.p|corp|co|plc|gmbh|ag|sa|sas|sarl|bv|nv|spa|srl|pte|limited"
    r"|incorporated|s\.a|co ltd|co\., ltd)\.?",
    re.IGNORECASE,
)
_LED = re.compile(
    r"\s*[(（]\s*(?:领投|lead(?: investor)?|led|leads|chef de file)\s*[)）]\s*$"
    r"|(?<=\S)\s*领投\s*$",
    re.I,
)
_FOLLOWED = re.compile(r"(?<=\S)\s*[(（]?\s*跟投\s*[)）]?\s*$")
_AND = re.compile(r"^(?:and|et|und|y|&|以及)\s+", re.IGNORECASE)
_OTHERS = re.compile(
    r",?\s+(?:(?:and|&|et|und|y) (?:other|autre|weitere|andere|otro)\w*(?: investors)?|among others"
    r"|et al\.?|u\. ?a\.)$|(?<=[\u3400-\u9fff])(?<![高平同均])等$",
    re.IGNORECASE,
)
_NOBODY = """
    undisclosed investors, undisclosed investor, other investors, others, other, and others, et al,
    et al., various, various investors, unknown investors, 等, 其他, 其它, 其他投资方, 投资方未知,
    existing investors, existing shareholders, private investors, business angels, angel investors,
    老股东, 现有股东, 个人投资者, 天使投资人,
    未披露投资方, 未公开投资方, autres, autres investisseurs, u.a., weitere, weitere investoren, 他,
    otros, no divulgado, no revelado, desconocido, sin datos, n.d., 非公表,
    no investors, not applicable, -, --, –, —, ?, /, ."""


def cell_money(cell: Cell, currency: str = "", unit: str = "", decimal: str = "") -> Money | Cell:
    """The sum in a cell; the rest says what the column does where the cell doesn't.

    A bare figure that the column's unit makes larger than any round is a fault.
    """
    if cell.fault:
        return cell
    try:
        money = parse_money(cell, currency=currency, unit=unit, decimal=decimal)
    except ValueError as error:
        return faulty(cell, str(error))
    largest = max(money.min or 0, money.max or 0)
    limit = LARGE * 1000 if money.currency in _SMALL_UNITS else LARGE
    if unit and largest >= limit and not scaled(plain(cell)):
        reason = f"{largest:,} if counted in {unit!r}: too large; write its unit in the cell"
        return faulty(cell, reason)
    return money


def cell_date(cell: Cell, order: Order | None = None) -> Span | Cell | None:
    """The date in a cell, None where it is empty or says that it has none."""
    if cell.fault or not cell.strip():
        return cell if cell.fault else None
    try:
        return parse_date(cell, order)
    except ValueError as error:
        return None if str(error) == "missing" else faulty(cell, str(error))


def cell_names(cell: Cell, separator: str | Sequence[str] = "") -> tuple[Cell, ...]:
    """The names in a cell, of a list whose parts one or more separators part.

    Words for nobody in particular ("undisclosed", 等, "and others") and marks of who led are left
    out; a legal form after a comma (`Acme, Inc.`) stays with its name.
    """
    if cell.fault:
        return (cell,)
    parts = parts_of(cell, separator)
    names = dict.fromkeys(_FOLLOWED.sub("", _LED.sub("", part)).strip() for part in parts)
    return tuple(cell.put(name) for name in names if not is_nobody(name))


def cell_leads(cell: Cell, separator: str | Sequence[str] = "") -> tuple[Cell, ...]:
    """The names in a list that bear a mark of having led, as `North Fund (lead)` or 领投."""
    led = [part for part in parts_of(cell, separator) if _LED.search(part)]
    return tuple(n for part in led for n in cell_names(cell.put(part)))


def parts_of(text: str, separator: str | Sequence[str] = "") -> list[str]:
    """The parts of a list, without the words that join the last and stand for others."""
    parts = [text]
    for sign in (separator,) if isinstance(separator, str) else separator:
        if sign:
            parts = [p for part in parts for p in joined_forms(part.split(sign))]
    return [_OTHERS.sub("", _AND.sub("", part.strip())) for part in parts]


def cell_country(cell: Cell) -> Cell:
    """The country's code of two letters, or what is printed where that names none we know."""
    return cell.put(country_code(cell) or cell)


def cell_id(source: str, cell: Cell) -> Cell:
    """The id of an entity to which its table gives one: `source:id`."""
    return cell.put(f"{source}:{cell.strip()}" if cell.strip() else "")


def cell_slug(source: str, cell: Cell) -> Cell:
    """The id of an entity that its table only names: `source:folded-name`."""
    return cell.put(f"{source}:{fold(cell) or cell.strip()}" if cell.strip() else "")


def faulty(cell: Cell, fault: str) -> Cell:
    """The cell, to be rejected for this reason."""
    return Cell(cell, cell.file, cell.line, cell.column, fault)


def joined_forms(parts: Sequence[str]) -> list[str]:
    """Parts of a list, those that are a legal form alone put back behind the name before them."""
    found: list[str] = []
    for part in parts:
        if found and _FORM.fullmatch(part.strip()):
            found[-1] = f"{found[-1].rstrip()}, {part.strip()}"
        else:
            found.append(part)
    return found


def is_nobody(text: str) -> bool:
    """Whether a text stands where a name should, and names nobody."""
    return not text.strip() or text.strip().lower() in _nobody()


@cache
def _nobody() -> frozenset[str]:
    words = f"{UNDISCLOSED},{_NOBODY}".replace("\n", ",").split(",")
    return frozenset(" ".join(word.split()).lower() for word in words if word.strip())
