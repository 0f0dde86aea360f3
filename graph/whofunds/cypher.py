"""Read the text of a Cypher statement: tokens, the scopes they stand in, and patterns.

Enough to check a statement without running it. Strings, comments and quoted names are single
tokens, so nothing inside them is taken for Cypher.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>//[^\n]*)
  | (?P<block>/\*.*?\*/)
  | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
  | (?P<param>\$(?:\w+|`(?:[^`]|``)+`))
  | (?P<quoted>`(?:[^`]|``)*`)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<symbol><=|>=|<>|=~|\.\.|\+=|\|\||.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WRITES = (
    "CREATE",
    "MERGE",
    "SET",
    "DELETE",
    "DETACH",
    "REMOVE",
    "FOREACH",
    "DROP",
    "LOAD",
    "SHOW",
)
_READS = ("MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "ORDER", "SKIP", "LIMIT", "UNION", "CALL")
_CLAUSES = frozenset((*_READS, *_WRITES))
_NO_FUNCTIONS = _CLAUSES | {"AND", "OR", "NOT", "XOR", "IN", "WHEN", "THEN", "ELSE", "BY", "AS"}
_CLOSES = {")": "(", "]": "[", "}": "{"}
_SUBQUERIES = ("COUNT", "EXISTS", "COLLECT", "CALL")


class Unbalanced(ValueError):
    """A statement with a bracket, string or comment that is never closed."""


@dataclass(eq=False, slots=True)
class Frame:
    """An open bracket, a CASE, or the statement: `kind` is one of `( [ { CASE` or a subquery."""

    kind: str
    opened: int
    function: str = ""
    clause: str = ""

    @property
    def scope(self) -> bool:
        """Whether clauses can stand directly in it."""
        return self.kind in _SUBQUERIES or self.kind == "STATEMENT"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` without quotes for strings and names; `frames` outermost first; `clause` it is in."""

    kind: str
    text: str
    line: int
    frames: tuple[Frame, ...]
    clause: str

    @property
    def word(self) -> str:
        """Upper case, where it may be a keyword or a function's name."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def inner(self) -> Frame:
        """The innermost bracket, CASE or subquery around it."""
        return self.frames[-1]

    @property
    def scope(self) -> Frame:
        """The statement or subquery around it."""
        return next(f for f in reversed(self.frames) if f.scope)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship in a pattern; `start` is the `)` before it, `end` the `(` after it."""

    start: int
    end: int
    variable: str
    types: frozenset[str]
    direction: str
    starred: bool
    bounded: bool


@dataclass
class Statement:
    """A statement's tokens, without comments; `blocks` are the lines of `/* */` comments."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    pair: dict[int, int] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        frames = [Frame("STATEMENT", -1)]
        line = 1
        for match in _TOKEN.finditer(self.text):
            kind, text = str(match.lastgroup), match.group()
            if kind == "block":
                self.blocks.append(line)
            elif kind not in ("space", "comment"):
                if text in ("'", '"', "`") and kind == "symbol":
                    raise Unbalanced(f"line {line}: {text} is never closed")
                if kind in ("string", "quoted"):
                    text = text[1:-1]
                self._add(kind, text, line, frames)
            line += match.group().count("\n")
        if len(frames) > 1:
            left = frames[-1]
            raise Unbalanced(f"line {self.tokens[left.opened].line}: {left.kind} is never closed")

    def _add(self, kind: str, text: str, line: int, frames: list[Frame]) -> None:
        at, inner = len(self.tokens), frames[-1]
        word = text.upper() if kind == "word" else ""
        if kind == "symbol" and text in _CLOSES:
            if inner.scope and text == "}" and len(frames) > 1:
                pass
            elif inner.kind != _CLOSES[text]:
                raise Unbalanced(f"line {line}: {text} closes nothing")
            frames.pop()
            self.pair[at], self.pair[inner.opened] = inner.opened, at
        elif word == "END" and inner.kind == "CASE":
            frames.pop()
        elif word in _CLAUSES and inner.scope and self._keyword(word):
            inner.clause = word
        scope = next(f for f in reversed(frames) if f.scope)
        self.tokens.append(Token(kind, text, line, tuple(frames), scope.clause))
        if kind == "symbol" and text in "([{":
            frames.append(self._frame(text, at))
        elif word == "CASE" and self._text(at - 1) != ".":
            frames.append(Frame("CASE", at))

    def _keyword(self, word: str) -> bool:
        before = self._text(-1).upper() if self.tokens else ""
        if word == "WITH" and before in ("STARTS", "ENDS"):
            return False
        return before not in (".", ":", "AS", "|", "&")

    def _frame(self, bracket: str, at: int) -> Frame:
        before = self.tokens[at - 1] if at else None
        name = before.text if before and before.kind == "word" else ""
        if bracket != "{":
            called = bracket == "(" and name.upper() not in _NO_FUNCTIONS
            return Frame(bracket, at, name if called else "")
        if name.upper() in _SUBQUERIES:
            return Frame(name.upper(), at, clause="MATCH")
        if before and before.text == ")" and self._text(self.pair[at - 1] - 1).upper() == "CALL":
            return Frame("CALL", at, clause="MATCH")
        return Frame("{", at)

    def _text(self, at: int) -> str:
        return self.tokens[at].text if -len(self.tokens) <= at < len(self.tokens) else ""

    def at(self, index: int) -> Token | None:
        """The token there, if there is one."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def is_(self, index: int, *texts: str) -> bool:
        """Whether the token there is one of these symbols or words (words in upper case)."""
        token = self.at(index)
        return token is not None and (
            (token.word in texts)
            if token.kind == "word"
            else token.kind == "symbol" and token.text in texts
        )

    def words(self, *words: str) -> Iterator[int]:
        """Where one of these words stands, not as a property, a label or a new name."""
        for i, token in enumerate(self.tokens):
            if token.word in words and not self.is_(i - 1, ".", ":", "AS", "|"):
                yield i

    def calls(self, *names: str) -> Iterator[int]:
        """Where one of these functions is called (names in upper case)."""
        return (i for i in self.words(*names) if self.is_(i + 1, "("))

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names of the parameters that are used."""
        return frozenset(t.text[1:].strip("`") for t in self.tokens if t.kind == "param")

    @cached_property
    def _last_return(self) -> int | None:
        found = [i for i in self.words("RETURN") if len(self.tokens[i].frames) == 1]
        return found[-1] if found else None

    @cached_property
    def returned(self) -> list[list[Token]]:
        """The tokens of each item of the last RETURN."""
        if self._last_return is None:
            return []
        start = self._last_return + 1
        start += self.is_(start, "DISTINCT")
        return self.items(start)

    @cached_property
    def columns(self) -> list[str]:
        """The names that the last RETURN gives, in order; `*` where it names none."""
        return [item[-1].text if item else "" for item in self.returned]

    @cached_property
    def order(self) -> list[list[Token]]:
        """The tokens of each item of the ORDER BY after the last RETURN."""
        for i in self.words("ORDER"):
            if self._last_return is not None and i > self._last_return:
                return self.items(i + 2)
        return []

    def items(self, start: int) -> list[list[Token]]:
        """What stands between commas from `start` to the next clause, at the same depth."""
        depth = len(self.tokens[start].frames) if start < len(self.tokens) else 0
        found: list[list[Token]] = [[]]
        for i in range(start, len(self.tokens)):
            token = self.tokens[i]
            if len(token.frames) == depth and token.clause != self.tokens[start].clause:
                break
            if len(token.frames) == depth and token.text == "," and token.kind == "symbol":
                found.append([])
            else:
                found[-1].append(token)
        return found

    @cached_property
    def relationships(self) -> dict[int, Relationship]:
        """The relationships of all patterns, by where they start."""
        found = {}
        for start in range(len(self.tokens)):
            if not self.is_(start, ")"):
                continue
            i = start + 1
            incoming = self.is_(i, "<")
            i += incoming
            if not self.is_(i, "-"):
                continue
            i += 1
            inside: list[Token] = []
            if self.is_(i, "["):
                inside = self.tokens[i + 1 : self.pair[i]]
                i = self.pair[i] + 1
            if not self.is_(i, "-"):
                continue
            outgoing = self.is_(i + 1, ">")
            found[start] = _relationship(start, i + 1 + outgoing, inside, incoming, outgoing)
        return found


def _relationship(
    start: int, end: int, inside: list[Token], incoming: bool, outgoing: bool
) -> Relationship:
    texts = [t.text for t in inside]
    named = bool(inside) and inside[0].kind in ("word", "quoted")
    star = texts.index("*") if "*" in texts else len(texts)
    stop = min(star, texts.index("{") if "{" in texts else star)
    types = texts[texts.index(":") + 1 : stop] if ":" in texts[:stop] else []
    hops = texts[star + 1 : texts.index("{", star) if "{" in texts[star:] else None]
    return Relationship(
        start,
        end,
        texts[0] if named else "",
        frozenset(t for t in types if t not in ("|", ":", "&")),
        "in" if incoming and not outgoing else "out" if outgoing and not incoming else "any",
        star < len(texts),
        bool(hops) and hops[-1] != "..",
    )
