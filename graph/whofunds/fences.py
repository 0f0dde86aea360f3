"""A Markdown text with blocks that ask: where they stand, and what an earlier run put below them.

    ```whofunds
    query ceiling/raised cohort=llm-2023
    view capital-map
    ```

What is made stands between two comments, so that it is found and made anew; what it was made from
is kept in one comment at the end.
"""

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from whofunds.errors import UsageError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

INFO = "whofunds"
BEGIN, END = "<!-- whofunds made -->", "<!-- whofunds end -->"
_STATE = re.compile(r"<!-- whofunds state (\{.*\}) -->")
COMMANDS = ("query", "view")


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a block: `query` or `view`, a name, and parameters."""

    word: str
    name: str
    params: dict[str, str]
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """A block: the number of lines up to its end, and its commands."""

    end: int
    commands: tuple[Command, ...]


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables and struck text, as the blocks are found and pages are made with."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def is_ours(token: "Token") -> bool:
    """Whether a token is a block that asks."""
    return token.type == "fence" and token.info.split()[:1] == [INFO]


def source(text: str) -> tuple[str, dict[str, Any]]:
    """The text without what an earlier run made, and what that kept; {} where there was none.

    Raises UsageError where the comments around what was made don't match.
    """
    kept: list[str] = []
    state: dict[str, Any] = {}
    begun = 0
    for number, line in enumerate(text.replace("\r\n", "\n").rstrip("\n").split("\n"), 1):
        if line == BEGIN:
            if begun:
                raise UsageError(f"line {begun}: what was made has no end; add a line {END}")
            begun = number
            if kept and not kept[-1]:
                kept.pop()
        elif line == END and begun:
            begun = 0
        elif begun and (found := _STATE.fullmatch(line)):
            state = _state(found[1], number)
        elif not begun:
            kept.append(line)
    if begun:
        raise UsageError(f"line {begun}: what was made has no end; add a line {END}")
    return "\n".join(kept) + "\n", state


def _state(text: str, line: int) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        raise UsageError(f"line {line}: what was kept can't be read; delete the line") from None
    return found


def state_line(state: dict[str, Any]) -> str:
    """The comment that keeps a state; nothing in it can end the comment."""
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for plain, safe in (("<", "\\u003c"), (">", "\\u003e"), ("--", "-\\u002d")):
        text = text.replace(plain, safe)
    return f"<!-- whofunds state {text} -->"


def fences(text: str) -> Iterator[Fence]:
    """The blocks of a text, in order.

    Raises UsageError, with the line, for a block within a list or a quotation and for a line that
    is neither a query nor a view.
    """
    rows = text.split("\n")
    for token in parser().parse(text):
        if not is_ours(token):
            continue
        assert token.map
        start, end = token.map
        if token.level:
            raise UsageError(
                f"line {start + 1}: this block stands in a list or a quotation; move it out"
            )
        if not rows[end - 1].strip().startswith(token.markup) or end - start < 2:
            raise UsageError(f"line {start + 1}: this block has no end; add a line {token.markup}")
        lines = enumerate(token.content.splitlines(), start + 2)
        yield Fence(end, tuple(_command(line.strip(), n) for n, line in lines if _asks(line)))


def _asks(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _command(text: str, line: int) -> Command:
    try:
        words = shlex.split(text)
    except ValueError:
        raise UsageError(f"line {line}: {text!r} has a quote without its end; add it") from None
    if len(words) < 2 or words[0] not in COMMANDS:
        step = "write `query TOPIC/NAME key=value` or `view NAME key=value`"
        raise UsageError(f"line {line}: {text!r} asks nothing; {step}")
    return Command(words[0], words[1], _params(words[2:], line), line, text)


def _params(words: Sequence[str], line: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.isidentifier() or key in found:
            raise UsageError(f"line {line}: {word!r} is no parameter; write each as key=value once")
        found[key] = value
    return found
