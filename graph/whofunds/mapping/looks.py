"""How the cells of each column read, and what has to be asked because nothing in them tells it."""

from typing import cast

from whofunds.cells import is_nobody, parts_of
from whofunds.countries import country_code
from whofunds.dates import Order, Span, parse_date
from whofunds.hints import currency_of
from whofunds.mapping import columns, sums, values, vocabulary
from whofunds.mapping.asking import SHOWN, Asking, Question
from whofunds.mapping.columns import LIKELY, Guess
from whofunds.mapping.maps import OPEN, Column
from whofunds.mapping.vocabulary import DATES, MONEY
from whofunds.money import parse_money


class Look(Asking):
    """Looks at the cells of guessed columns: completes the columns, `questions` and `doubts`."""

    def all(self) -> None:
        """Look at every column, then at what a row is."""
        for guess in self.guesses:
            if not self.map.loads(guess.column.role):
                self._plain(guess)
            elif guess.role in MONEY:
                self._money(guess)
            elif guess.role in DATES:
                self._date(guess)
            elif guess.role in ("investors", "lead_investors"):
                self._list(guess)
            else:
                self._plain(guess)
        self._shared_separator()
        self._roles()
        self._rows()
        self._complete()

    def _money(self, guess: Guess) -> None:
        column, header = guess.column, guess.header
        column.unit = header.unit
        texts, codes = self._with_currency(guess)
        read = sums.read(texts, lambda i: codes[i], header.unit)
        guess.read, guess.failed = len(read.read), read.failed
        strong = {"元": "CNY"}.get(header.currency, header.currency)
        if len(strong) == 3:
            column.currency = strong
        elif read.bare:
            signs = {"$": ("USD", "SGD", "AUD"), "¥": ("CNY", "JPY")}
            marked = [s for s in signs if s in "".join((header.currency, *read.bare))]
            choices = signs[marked[0]] if marked else ("USD", "EUR", "CNY")
            said = f"a bare {marked[0]}" if marked else "no currency is stated"
            self.ask(guess, "currency", f"{said}: which currency is it?", choices, read.bare)
        if read.small and len(read.small) >= 0.2 * max(1, len(read.small) + len(read.read)):
            text = "small figures without a unit: what are they counted in?"
            self.ask(guess, "unit", text, ("m", "k", ""), read.small)
        elif read.small:
            self.doubt(guess, "small figures without a unit", read.small)
        if read.large:
            text = f"too large to be counted in {header.unit!r}: what are they counted in?"
            self.ask(guess, "unit", text, ("", header.unit), read.large)
        if read.split:
            text = "is the dot or the comma the decimal sign?"
            self.ask(guess, "decimal", text, (".", ","), read.split)
        elif read.decimal == ",":
            column.decimal = ","
        if read.zero:
            text = "some cells are 0: do they stand for a sum that isn't disclosed?"
            self.ask(guess, "zero", text, ("undisclosed", "rejected"), read.zero)
        if read.failed:
            seen = (f"{t} ({why})" for t, why in read.failed)
            self.doubt(guess, f"{len(read.failed):,} cells can't be read", seen)

        guess.examples = [
            (text, shown)
            for text, code in zip(texts, codes, strict=True)
            if (shown := _sum(text, column, code))
        ][:SHOWN]

    def _with_currency(self, guess: Guess) -> tuple[list[str], list[str]]:
        """The filled cells of a sum, and of each the currency that header or column state."""
        roles = ("valuation_currency", "currency") if guess.role == "valuation" else ("currency",)
        beside = [self.by_role[r][0].column.header for r in roles if r in self.by_role]
        texts, codes = [], []
        for i, text in enumerate(self.cells[guess.column.header]):
            if text.strip() and not is_nobody(text):
                code = guess.header.currency
                if not code and beside:
                    code = _code(self.cells[beside[0]][i])
                texts.append(text.strip())
                codes.append(code)
        return texts, codes

    def _date(self, guess: Guess) -> None:
        told: dict[str, list[str]] = {"dmy": [], "mdy": []}
        open_: list[str] = []
        texts = [t for t in guess.values.texts if not is_nobody(t)]
        for text in texts:
            both = {order: _span(text, order) for order in told}
            if both["dmy"] == both["mdy"]:
                if both["dmy"] is None:
                    guess.failed.append((text, _date_fault(text)))
            elif both["dmy"] and both["mdy"]:
                open_.append(text)
            else:
                told["dmy" if both["dmy"] else "mdy"].append(text)
        guess.read = len(texts) - len(guess.failed)
        if open_ or (told["dmy"] and told["mdy"]):
            if bool(told["dmy"]) != bool(told["mdy"]):
                guess.column.order = "dmy" if told["dmy"] else "mdy"
            else:
                text = "does the day or the month come first?"
                if told["dmy"]:
                    text = f"some cells have the day first, others the month; {text}"
                seen = [*told["dmy"][:1], *told["mdy"][:1], *open_]
                self.ask(guess, "order", text, ("dmy", "mdy"), seen)
        order = guess.column.order if guess.column.order != OPEN else ""
        good = [t for t in texts if _span(t, order)][:SHOWN]
        guess.examples = [(t, str(_span(t, order))) for t in good]
        if guess.failed:
            seen_failed = (f"{t} ({why})" for t, why in guess.failed)
            self.doubt(guess, f"{len(guess.failed):,} cells can't be read", seen_failed)

    def _list(self, guess: Guess) -> None:
        texts = [t for t in guess.values.texts if not is_nobody(t)]
        found = values.separators(texts)
        guess.read = len(texts)
        if found:
            first, *rest = found
            if first in (",", "/", " / ") and len(found[first]) < 0.05 * len(texts):
                text = f"few cells have {first!r}: is it between two names, or in one?"
                self.ask(guess, "separator", text, (first, ""), found[first])
                return
            guess.column.separator = first
            if first == "," and guess.sure == columns.CERTAIN:
                guess.sure = LIKELY
            for sign in rest:
                others = [t for t in found[sign] if sign.strip() not in first]
                if others:
                    hint = f'separator = ["{first}", "{sign}"] splits it too'
                    text = f"{sign!r} stands inside names split at {first!r}; {hint}"
                    self.doubt(guess, text, others)
        sign = str(guess.column.separator)
        for word in (" and ", " & ", " et ", " und ", " y ", "和", "及"):
            joined = [t for t in texts if any(word in part for part in parts_of(t, sign))]
            if joined:
                both = ", ".join(f'"{s}"' for s in (sign, word) if s)
                hint = f"separator = [{both}] splits it too"
                self.doubt(guess, f"{word.strip()!r} in a name that is kept whole; {hint}", joined)
        for text in texts[:SHOWN]:
            names = (part.strip() for part in parts_of(text, sign))
            guess.examples.append((text, " | ".join(n for n in names if not is_nobody(n))))

    def _shared_separator(self) -> None:
        """Lists of one table are written alike: who led, too, though the sample shows one each."""
        lists = [g.column for r in ("investors", "lead_investors") for g in self.by_role.get(r, ())]
        used = {str(c.separator) for c in lists if c.separator not in ("", OPEN)}
        for column in lists:
            if not column.separator and len(used) == 1:
                column.separator = next(iter(used))

    def _plain(self, guess: Guess) -> None:
        texts = list(dict.fromkeys(guess.values.texts))
        guess.read = len(guess.values.texts)
        shown = [(t, t) for t in texts[:SHOWN]]
        if guess.role in ("country", "investor_country"):
            shown = [(t, country_code(t) or t) for t in texts[:SHOWN]]
            if unknown := [t for t in texts if not country_code(t) and not is_nobody(t)]:
                self.doubt(guess, "no country that is known, kept as printed", unknown)
        elif guess.role == "stage":
            if unknown := [t for t in texts if not values.is_stage(t)]:
                text = "no stage that is known: kept as a stage's name, its money as equity"
                self.doubt(guess, text, unknown)
            if forms := [t for t in texts if _form(t)]:
                self.doubt(guess, "read as a form of money, not as a stage", forms)
            if unpaid := [t for t in texts if vocabulary.unfinished(t)]:
                text = "read as talks or plans, not as money raised, where no status is told"
                self.doubt(guess, text, unpaid)
        elif guess.role == "status" and (
            unknown := [t for t in texts if "status" not in vocabulary.meanings(t)]
        ):
            self.doubt(guess, "no status that is known, such rows will be rejected", unknown)
        guess.examples = shown

    def _roles(self) -> None:
        """A question for the columns of which one must be chosen."""
        for role in MONEY:
            for guess in self.by_role.get(role, ()):
                if guess.column.role == OPEN:
                    lines = (f'is = "{role}" for one, is = "" for the others',)
                    text = f"which of these columns is the {role}?"
                    self.put(guess, Question((), text, lines, (), f"{role}=HEADER"))

    def _rows(self) -> None:
        """Whether a row is a round, an investor of a round, or a company."""
        map_, has = self.map, self.by_role
        lone = [g for g in has.get("amount", ()) if not g.said]
        if not has.keys() & {"stage", "date", "round_id", "cheque"} and len(lone) == 1:
            text = (
                "nothing else tells of a round: is it one round's amount, or all that was raised?"
            )
            self.which(lone[0], text, ("total", "amount"), lone[0].values.texts)
        dated = [g for g in self.guesses if not g.role and g.values.fits("date")]
        if map_.has_rounds and "date" not in has and dated:
            seen = [g.column.header for g in dated]
            text = f"no column is known as the date; --set date={seen[0]} if that is one"
            self.doubts.append(f"{text}: {', '.join(map(repr, seen[:SHOWN]))}")
        if not map_.has_rounds:
            lost = [r for r in ("investors", "lead_investors", "valuation") if r in has]
            also = f"; {', '.join(lost)} have no place there" if lost else ""
            self.doubts.append(f"no column tells of a round, so companies alone are loaded{also}")
            return
        key = ("round_id",) if "round_id" in has else ("company", "date", "stage")
        used = [self.cells[has[r][0].column.header] for r in key if r in has]
        keys = [" ".join(parts) for parts in zip(*used, strict=True)]
        repeated = len(keys) - len(set(keys))
        one = has.keys() & {"investor_id", "lead", "cheque"}
        listed = any(g.column.separator for g in has.get("investors", ()))
        if one or ("investors" in has and not listed and repeated >= 0.1 * len(keys) > 0):
            map_.rows = "participations"
            self._cheques(keys)
        elif repeated:
            self.doubts.append(
                f"{repeated:,} rows have {', '.join(key)} of another row: "
                'each is a round of its own; rows = "participations" puts them together'
            )

    def _cheques(self, keys: list[str]) -> None:
        """An amount that differs within a round may be each investor's own."""
        for guess in self.by_role.get("amount", ()):
            by_key: dict[str, set[str]] = {}
            for key, text in zip(keys, self.cells[guess.column.header], strict=True):
                if text.strip():
                    by_key.setdefault(key, set()).add(text.strip())
            differing = [texts for texts in by_key.values() if len(texts) > 1]
            if differing and not guess.said:
                text = "it differs within a round: is it the round's, or each investor's own?"
                seen = [" and ".join(sorted(texts)) for texts in differing]
                # The flag that is offered must not put out a column of cheques that is there.
                taken = "cheque" in self.by_role
                roles = ("amount", "cheque") if taken else ("cheque", "amount")
                self.which(guess, text, roles, seen)

    def _complete(self) -> None:
        if "company" not in self.by_role:
            text = "no column is known as the company: which one is it?"
            lines = ('"HEADER" = "company"',)
            self.questions.append(Question((), text, lines, (), "company=HEADER"))


def _sum(text: str, column: Column, code: str) -> str:
    """A cell as it is read so far; empty where it can't be read, or not yet."""
    options = {k: v for k in ("currency", "unit", "decimal") if (v := getattr(column, k)) != OPEN}
    if not options.get("currency") and len(code) == 3:
        options["currency"] = code
    try:
        money = parse_money(text, **options)
    except ValueError:
        return ""
    if money.qualifier == "undisclosed":
        return "undisclosed"
    ends = [f"{n:,}" if n is not None else "" for n in (money.min, money.max)]
    figure = ends[0] if ends[0] == ends[1] else f"{ends[0]}..{ends[1]}"
    currency = "?" if column.currency == OPEN else money.currency
    unit = " × ?" if column.unit == OPEN else ""
    return " ".join(p for p in (figure + unit, currency) if p)


def _span(text: str, order: str) -> Span | None:
    try:
        return parse_date(text, cast(Order, order) or None)
    except ValueError:
        return None


def _date_fault(text: str) -> str:
    try:
        parse_date(text, "dmy")
    except ValueError as error:
        return str(error)
    return ""


def _code(text: str) -> str:
    try:
        return currency_of(text)
    except ValueError:
        return text.strip() if text.strip() in ("$", "¥") else ""


def _form(text: str) -> bool:
    return bool({"instrument", "listing"} & vocabulary.meanings(text).keys())
