"""What each column of a table seems to be: header and cells weighed, contests left open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from whofunds.errors import UsageError
from whofunds.mapping import vocabulary
from whofunds.mapping.maps import OPEN, Column
from whofunds.mapping.values import Values, is_stage, is_url
from whofunds.mapping.vocabulary import Header, Match

CERTAIN, LIKELY, UNSURE = "certain", "likely", "unsure"
_SEVERAL = ("alias", "investors", "note")
_FALLS_BACK = ("stage", "date", "link", "valuation")
_LAST = {"last", "latest", "current", "dernier", "letzte", "ultima", "最新", "最近", "当前"}


@dataclass
class Guess:
    """A column, what it seems to be, how sure that is, and why.

    `column.role` is empty where it is left out, `?` where it is one of several that could be
    `meant`, which a question asks about; `said` where somebody told what it is.
    """

    column: Column
    header: Header
    values: Values
    sure: str = UNSURE
    why: str = ""
    meant: str = ""
    match: Match | None = None
    said: bool = False
    examples: list[tuple[str, str]] = field(default_factory=list)
    read: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def role(self) -> str:
        """What it is meant to be, though a question may still be open."""
        return self.meant if self.column.role == OPEN else self.column.role

    def out(self, sure: str, why: str) -> None:
        """Leave it out."""
        self.column.role, self.sure, self.why = "", sure, why


def guesses(
    headers: Sequence[str],
    cells: Mapping[str, Sequence[str]],
    rows: int,
    said: Mapping[str, str] | None = None,
) -> list[Guess]:
    """A guess a column; `cells` holds the sampled cells of each, `said` the headers of roles.

    Raises UsageError for a header that the table doesn't have.
    """
    found = []
    for text in headers:
        guess = Guess(Column(text), vocabulary.header(text), Values(cells[text], rows))
        _first_look(guess)
        found.append(guess)
    _last_rounds(found)
    _ids(found)
    for role in {g.column.role for g in found} - {"", *_SEVERAL}:
        _contest(role, [g for g in found if g.column.role == role], found)
    for role, text in (said or {}).items():
        _say(role, text, found)
    _bases(found)
    return found


def _say(role: str, text: str, found: list[Guess]) -> None:
    """What somebody says of a column is so, and no other is that too."""
    if text and text not in (headers := [g.column.header for g in found]):
        raise UsageError(f"no column is called {text!r}; there are {', '.join(headers)}")
    for guess in found:
        if guess.column.header == text:
            guess.column.role, guess.sure, guess.why = role, CERTAIN, "you say so"
            guess.said = True
        elif guess.role == role:
            guess.out(CERTAIN, "you say so")


def _first_look(guess: Guess) -> None:
    candidates = vocabulary.matches(guess.header)
    if not candidates:
        return _by_values(guess)
    if candidates[0].role == "out" and candidates[0].score > 1:
        return guess.out(CERTAIN, "such a header is no fact of ours")
    for match in candidates:
        if match.role == "out":
            continue
        fits = guess.values.fits(match.role)
        if fits is False:
            continue
        guess.match, guess.column.role = match, match.role
        if match.score == 3 and fits:
            guess.sure, guess.why = CERTAIN, "header and cells"
        elif match.score == 3 or (match.score == 2 and fits):
            guess.sure = LIKELY
            guess.why = "header" if fits is None else "header, a word of many meanings, and cells"
        else:
            guess.sure, guess.why = UNSURE, "part of the header"
        return None
    words = " or ".join(m.role for m in candidates if m.role != "out")
    return guess.out(UNSURE, f"called like {words}, but the cells are not")


def _by_values(guess: Guess) -> None:
    """An unknown header: left out, and said what the cells look like."""
    looks = [
        ("addresses", is_url),
        ("stages", is_stage),
    ]
    told = [word for word, test in looks if guess.values.share(test) >= 0.8]
    told += ["dates"] if guess.values.fits("date") and not told else []
    seen = f"; its cells look like {told[0]}" if told else ""
    guess.out(UNSURE, f"an unknown header{seen}" if guess.values.texts else "empty in the sample")


def _last_rounds(found: list[Guess]) -> None:
    """A last round of which a list of companies says the stage alone is no round to load."""
    if not {"amount", "date", "round_id"} & {g.column.role for g in found}:
        for guess in found:
            words = {*guess.header.words, guess.header.joined[:2]}
            if guess.column.role == "stage" and words & _LAST:
                guess.out(LIKELY, "the stage of the last round, and nothing else of it")


def _ids(found: list[Guess]) -> None:
    """A bare "id" or "uuid" is the company's, or the round's in a table of rounds."""
    weak = [
        g
        for g in found
        if g.match and g.match.score < 3 and g.column.role in ("company_id", "round_id")
    ]
    has = {g.column.role for g in found if g.match and g.match.score == 3}
    rounds = bool(has & {"stage", "amount"}) or any(
        g.column.role in ("stage", "date") for g in found
    )
    for guess in weak:
        unique = guess.values.distinct == len(guess.values.texts) == guess.values.rows
        taken = "company_id" in has
        if rounds and unique and "round_id" not in has:
            guess.column.role = "round_id"
            guess.sure = LIKELY if taken else UNSURE
        elif taken or rounds:
            guess.out(UNSURE, "an id, and it isn't said of what")
        else:
            guess.column.role = "company_id"


def _contest(role: str, rivals: list[Guess], found: list[Guess]) -> None:
    """Several columns of one role: one is taken, or they are kept in order, or a question asks."""
    if len(rivals) < 2:
        return None
    rivals.sort(key=lambda g: _rank(role, g))
    first, *others = rivals
    if role == "valuation":
        bases = {_basis(g.header) for g in rivals}
        if len(bases) == len(rivals):
            return _in_order(rivals)
    if role in vocabulary.MONEY:
        others = [g for g in others if not _converted(g, first, found)]
        tied = [g for g in others if _score(g) >= _score(first)]
        if role in ("amount", "valuation") and tied:
            for guess in (first, *tied):
                guess.column.role, guess.meant, guess.sure = OPEN, role, UNSURE
                guess.why = f"several columns could be the {role}"
        for guess in others:
            if guess.column.role == role:
                guess.out(UNSURE, f"{first.column.header!r} is taken for the {role}")
        return None
    if role in _FALLS_BACK:
        strong = [g for g in rivals if _score(g) == 3 and g.values.fits(role)]
        for guess in others:
            if first not in strong or guess not in strong:
                guess.out(UNSURE, f"{first.column.header!r} is taken for the {role}")
        return _in_order([g for g in rivals if g.column.role])
    for guess in others:
        sure = LIKELY if _score(guess) < _score(first) == 3 else UNSURE
        guess.out(sure, f"{first.column.header!r} is taken for the {role}")
    return None


def _in_order(rivals: list[Guess]) -> None:
    for guess in rivals[1:]:
        guess.column.fallback = True
        guess.why = f"read where {rivals[0].column.header!r} is empty"


def _score(guess: Guess) -> int:
    return guess.match.score if guess.match else 0


def _rank(role: str, guess: Guess) -> tuple[float, ...]:
    order = guess.match.order if guess.match else 0
    own = -guess.values.share(_letter_stage) if role == "stage" else 0.0
    pre = float(_basis(guess.header) == "pre")
    converted = float(role in vocabulary.MONEY and bool(guess.header.currency))
    fits = not guess.values.fits(role)
    return (-_score(guess), fits, pre, converted, round(own, 1), order, -guess.values.filled)


def _letter_stage(text: str) -> bool:
    from whofunds.accounts import stage

    return stage(text.replace("_", " ")).sure


def _converted(guess: Guess, first: Guess, found: list[Guess]) -> bool:
    """Whether a column holds the sums of `first` in another currency; if so it is left out."""
    code = guess.header.currency
    if guess.header.words != first.header.words or not code or code == first.header.currency:
        return False
    role = "valuation_currency" if first.column.role == "valuation" else "currency"
    currencies = next((g for g in found if g.column.role == role), None)
    if not first.header.currency and currencies is None:
        return False
    guess.out(LIKELY, f"{first.column.header!r} converted to {code}")
    return True


def _bases(found: list[Guess]) -> None:
    for guess in found:
        if guess.role == "valuation":
            guess.column.basis = _basis(guess.header)


def _basis(header: Header) -> str:
    joined = header.joined
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("post", lambda w: w.startswith("post") or "投后" in w or "ポスト" in w),
        ("pre", lambda w: w.startswith("pre") or "投前" in w or "プレ" in w),
    )
    return next((b for b, test in tests if any(map(test, (*header.words, joined)))), "")
