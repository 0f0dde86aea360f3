"""A proposal as people read it: a table, questions, and a map in TOML to be edited."""

import json
from collections.abc import Iterator

from rich.cells import cell_len

from whofunds.mapping.columns import Guess
from whofunds.mapping.maps import OPEN, ROWS, Column
from whofunds.mapping.proposal import Proposal

_LONGEST = 90


def toml(found: Proposal) -> str:
    """The map: a line a column, what is open as `?` below the question that it waits for."""
    return "\n".join((*_top(found), *_columns(found))) + "\n"


def _top(found: Proposal) -> Iterator[str]:
    map_ = found.map
    yield f"# What the columns of {line(found.file)} are; look it over, then:"
    yield f"# whofunds load table {line(found.file)} --map THIS_FILE"
    if found.questions:
        yield f"# Wherever it says {OPEN!r}, answer the question above it first."
    yield ""
    yield f"source = {_text(map_.source)}  # begins the ids that the table doesn't give itself"
    if map_.has_rounds:
        others = "; ".join(f'"{word}": {meaning}' for word, meaning in ROWS.items())
        yield f"rows = {_text(map_.rows)}  # {others}"
    for name in ("sheet", "encoding", "delimiter"):
        if value := getattr(map_, name):
            yield f"{name} = {_text(value)}"
    yield ""
    for doubt in found.doubts:
        yield f"# Worth a look: {line(doubt)}"


def _columns(found: Proposal) -> Iterator[str]:
    yield ""
    yield "[columns]"
    for guess in found.guesses:
        header = guess.column.header
        for question in found.questions:
            if header in question.columns:
                seen = f"Seen: {' · '.join(question.examples)}" if question.examples else ""
                yield f"# ? {line(f'{question.text} {seen}')}"
                yield f"#   answers: {line(' | '.join(question.answers))}"
        yield f"{_text(header)} = {_value(guess.column)}  # {_comment(guess)}"
    for question in found.questions:
        if not question.columns:
            yield f"# ? {line(question.text)}"


def _value(column: Column) -> str:
    options = column.options()
    if not options:
        return _text(column.role)
    said = {"is": column.role, **options}
    words = (f"{k} = {_toml(v)}" for k, v in said.items())
    return f"{{{', '.join(words)}}}"


def _comment(guess: Guess) -> str:
    if not guess.role:
        return line(f"left out: {guess.why}")
    shown = "; ".join(t if t == r else f"{t} → {r}" for t, r in guess.examples[:2])
    return line(f"{guess.sure}. {shown}" if shown else guess.sure)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return "true" if value is True else _text(str(value))


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL and halves of surrogate pairs."""
    clean = value.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def line(text: str) -> str:
    clean = text.encode("utf-8", "replace").decode()
    return " ".join("".join(c if c.isprintable() else " " for c in clean).split())


def table(found: Proposal) -> str:
    """The proposal for a reader: a line a column."""
    rows: list[tuple[str, ...]] = [("column", "is", "sure", "read", "failed", "how", "as read")]
    for guess in found.guesses:
        column = guess.column
        how = ", ".join(f"{k} {v!r}" if v is not True else k for k, v in column.options().items())
        shown = "; ".join(t if t == r else f"{t} → {r}" for t, r in guess.examples)
        is_ = f"{guess.role}?" if column.role == OPEN else guess.role or "left out"
        said = shown if guess.role else guess.why
        read = f"{guess.read:,}" if guess.role else ""
        failed = f"{len(guess.failed):,}" if guess.role else ""
        rows.append((line(column.header), is_, guess.sure, read, failed, how, _cut(line(said))))
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * min(w, 40) for w in widths))
    lines = (
        "  ".join(c + " " * (w - cell_len(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    what = ROWS[found.map.rows] if found.map.has_rounds else "one company a row, without rounds"
    return "\n".join((*lines, "", f"{found.sampled:,} rows looked at; {what}.")) + "\n"


def remarks(found: Proposal) -> str:
    """Doubts, then questions with the lines that answer them."""
    lines = [f"doubt: {line(doubt)}" for doubt in found.doubts]
    for question in found.questions:
        where = f"{', '.join(question.columns)}: " if question.columns else ""
        lines.append(f"question: {line(where + question.text)}")
        if question.examples:
            lines.append(f"  seen: {line(' · '.join(question.examples))}")
        lines.append(f"  answer in the map: {line(' | '.join(question.answers))}")
        if question.flag:
            lines.append(f"  or here: --set {question.flag}")
    return "\n".join(lines) + "\n"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
