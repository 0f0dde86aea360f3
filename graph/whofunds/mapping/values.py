"""What the cells of a column look like, whatever its header says."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from whofunds.accounts import stage
from whofunds.cells import is_nobody, joined_forms
from whofunds.countries import country_code
from whofunds.dates import Order, parse_date
from whofunds.hints import currency_of
from whofunds.mapping import vocabulary
from whofunds.money import parse_money

SEPARATORS = ("++", "|", ";", "；", "、", "，", "\n", ",", "/")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,24}/?", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_TOKEN = re.compile(r"[\w:/.#-]*[\d/:_#-][\w:/.#-]*|[a-z0-9]+(?:-[a-z0-9]+)+")
_NUMBER = re.compile(r"[^\w\s]{0,3}\s?[0-9][0-9.,' \u00a0\u202f]*(?:[-–~][0-9][0-9.,]*)?")
_YEAR = re.compile(r"(?:18|19|20)[0-9]{2}")
_HAN_SLASH = re.compile("[\u3400-\u9fff]/|/[\u3400-\u9fff]")
_FLAGS = {
    "true",
    "false",
    "t",
    "f",
    "yes",
    "no",
    "y",
    "n",
    "0",
    "1",
    "是",
    "否",
    "oui",
    "non",
    "ja",
}
_FLAGS |= {"nein", "lead", "x"}
_STAGES = ("stage", "instrument", "listing")
_LETTER = re.compile(r"[^\W\d_]")


class Values:
    """The filled cells of a column in the sample, and how many rows the sample has."""

    def __init__(self, texts: Iterable[str], rows: int) -> None:
        self.texts = [t for text in texts if (t := text.strip())]
        self.rows = rows

    @property
    def filled(self) -> float:
        """The share of rows in which the cell is filled."""
        return len(self.texts) / self.rows if self.rows else 0.0

    @cached_property
    def distinct(self) -> int:
        """How many different texts there are."""
        return len(set(self.texts))

    def share(self, test: Callable[[str], object]) -> float:
        """The share of filled cells that pass a test; one for nobody or nothing is no evidence."""
        counted = Counter(t for t in self.texts if not is_nobody(t))
        passed = sum(n for text, n in counted.items() if test(text))
        return passed / counted.total() if counted else 0.0

    def fits(self, role: str) -> bool | None:
        """Whether the cells may be what the role says: True, False, or None where nothing tells."""
        told = [t for t in self.texts if not is_nobody(t)]
        return _FITS[role](self) if told and role in _FITS else None

    @cached_property
    def names(self) -> bool:
        """Whether the cells are names or free text rather than ids, addresses, dates or figures."""
        return (
            self.share(lambda t: _LETTER.search(t)) >= 0.8
            and self.share(_UUID.search) < 0.2
            and self.share(is_url) < 0.2
            and self.share(lambda t: is_date(t)) < 0.5
            and self.share(is_sum) < 0.5
            and self.share(lambda t: t.lower() in _FLAGS) < 0.5
        )


def is_url(text: str) -> bool:
    """Whether a text is a web address."""
    return bool(_URL.fullmatch(text))


def is_site(text: str) -> bool:
    """Whether a text is a domain or the address of a site's first page."""
    return bool(_SITE.fullmatch(text))


def is_date(text: str) -> bool:
    """Whether a text is a date, its order aside."""
    return any(_reads(parse_date, text, order) for order in ("dmy", "mdy"))


def is_sum(text: str) -> bool:
    """Whether a text is a sum, its currency and unit aside."""
    return bool(_NUMBER.fullmatch(text)) or _reads(parse_money, text)


def is_stage(text: str) -> bool:
    """Whether a text is the word of a stage, or of a form of money."""
    said = vocabulary.meanings(text)
    return not said.keys().isdisjoint(_STAGES) or stage(text.replace("_", " ")).sure


def _reads(reader: Callable[..., object], text: str, *rest: Order | str) -> bool:
    try:
        reader(text, *rest)
    except ValueError:
        return False
    return True


def _is_currency(text: str) -> bool:
    return text in ("$", "¥") or _reads(currency_of, text)


def _at_least(
    test: Callable[[str], object], yes: float, no: float
) -> Callable[[Values], bool | None]:
    def fits(values: Values) -> bool | None:
        share = values.share(test)
        return True if share >= yes else (False if share < no else None)

    return fits


def _is_name(values: Values) -> bool:
    return values.names and values.share(is_stage) < 0.5 and values.share(_is_currency) < 0.5


def _is_id(values: Values) -> bool | None:
    if values.share(is_url) > 0.5 or values.share(lambda t: is_date(t)) > 0.5:
        return False
    return True if values.share(lambda t: _TOKEN.fullmatch(t)) >= 0.8 else None


def _is_link(values: Values) -> bool:
    return values.share(is_url) >= 0.7


def _is_domain(values: Values) -> bool:
    return values.share(lambda t: is_site(t) or is_url(t)) >= 0.7


def _is_place(values: Values) -> bool:
    return values.names and values.share(is_stage) < 0.5


def _is_stage(values: Values) -> bool | None:
    share = values.share(is_stage)
    if share >= 0.5:
        return True
    return None if share >= 0.1 and values.names else False


_money = _at_least(is_sum, 0.8, 0.5)
_date = _at_least(lambda t: is_date(t), 0.8, 0.5)
_currency = _at_least(_is_currency, 0.8, 0.8)
_FITS: dict[str, Callable[[Values], bool | None]] = {
    **dict.fromkeys(("company", "investors", "lead_investors"), _is_name),
    **dict.fromkeys(("alias", "title", "publisher", "investor_kind"), lambda v: v.names),
    **dict.fromkeys(("company_id", "round_id", "investor_id"), _is_id),
    **dict.fromkeys(("date", "published"), _date),
    **dict.fromkeys(("amount", "valuation", "total", "cheque"), _money),
    **dict.fromkeys(("currency", "valuation_currency"), _currency),
    **dict.fromkeys(("country", "investor_country"), _at_least(country_code, 0.8, 0.8)),
    "city": _is_place,
    "domain": _is_domain,
    "founded": _at_least(lambda t: _YEAR.fullmatch(t) or is_date(t), 0.8, 0.8),
    "stage": _is_stage,
    "status": _at_least(lambda t: "status" in vocabulary.meanings(t), 0.5, 0.3),
    "lead": _at_least(lambda t: t.lower() in _FLAGS, 0.9, 0.9),
    "link": _is_link,
}


def separators(texts: Sequence[str]) -> dict[str, list[str]]:
    """The separators of lists in cells, the commonest first, with the cells that hold each.

    A comma before a legal form ("Acme, Inc.") is none, nor a slash without spaces, but between
    Chinese names.
    """
    found: dict[str, list[str]] = {}
    for separator in SEPARATORS:
        sign = separator
        if sign == "/" and not any(_HAN_SLASH.search(t) for t in texts):
            sign = " / "
        cells = [t for t in texts if len(joined_forms(t.split(sign))) > 1]
        if cells:
            found[sign] = cells
    if "|" in found and "++" in found:
        found.pop("|")
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))
