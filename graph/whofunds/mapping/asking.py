"""What has to be asked about a table because nothing in it tells, and what is only doubtful."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whofunds.mapping import columns
from whofunds.mapping.columns import Guess
from whofunds.mapping.maps import OPEN, Map

SHOWN = 3
"""Examples of each doubt."""


@dataclass
class Question:
    """What nobody but the reader of the table knows.

    `answers` are lines of the map, `flag` is what `--set` takes.
    """

    columns: tuple[str, ...]
    text: str
    answers: tuple[str, ...]
    examples: tuple[str, ...] = ()
    flag: str = ""


class Asking:
    """Guessed columns with the questions and doubts about them; `answers` were given before."""

    def __init__(
        self,
        map_: Map,
        guesses: Sequence[Guess],
        cells: Mapping[str, Sequence[str]],
        answers: Mapping[str, str],
    ) -> None:
        self.map, self.guesses, self.cells, self.answers = map_, guesses, cells, answers
        self.questions: list[Question] = []
        self.doubts: list[str] = []
        self.used: set[str] = set()
        self.by_role: dict[str, list[Guess]] = {}
        for guess in guesses:
            self.by_role.setdefault(guess.role, []).append(guess)

    def ask(
        self, guess: Guess, name: str, text: str, answers: Iterable[str], seen: Iterable[str]
    ) -> None:
        """Leave `name` of a column open, with its question, unless the answer was given."""
        if name in self.answers:
            self.used.add(name)
            setattr(guess.column, name, self.answers[name])
            return
        setattr(guess.column, name, OPEN)
        words = list(answers)
        lines = tuple(f'{name} = "{word}"' for word in words)
        self.put(guess, Question((), text, lines, tuple(seen), f"{name}={words[0]}"))

    def put(self, guess: Guess, question: Question) -> None:
        """Keep a question of a column; one that is asked of several is asked once."""
        question.columns = (guess.column.header,)
        question.examples = tuple(dict.fromkeys(question.examples))[:SHOWN]
        for held in self.questions:
            if (held.text, held.answers) == (question.text, question.answers):
                held.columns += question.columns
                held.examples = (*held.examples, *question.examples)[:SHOWN]
                return
        self.questions.append(question)

    def doubt(self, guess: Guess, text: str, seen: Iterable[str]) -> None:
        shown = ", ".join(repr(s) for s in tuple(dict.fromkeys(seen))[:SHOWN])
        self.doubts.append(f"{guess.column.header!r}: {text}: {shown}")

    def which(self, guess: Guess, text: str, roles: tuple[str, str], seen: Sequence[str]) -> None:
        """Leave open which of two roles a column has."""
        guess.meant, guess.column.role, guess.sure = guess.role, OPEN, columns.UNSURE
        lines = tuple(f'is = "{role}"' for role in roles)
        flag = f"{roles[0]}={guess.column.header}"
        self.put(guess, Question((), text, lines, tuple(seen), flag))
