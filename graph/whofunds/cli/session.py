"""What the commands share: the store that was named, and how answers are printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whofunds.errors import UsageError

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.graph import Graph

EXIT_NO = 1

Folders = Annotated[
    list[Path] | None, typer.Option(metavar="DIR", help="A folder of your own; may be repeated.")
]
Format = Annotated[
    str | None,
    typer.Option(help="table, json, jsonl, csv or md.  [by the output's ending, else table]"),
]
Output = Annotated[Path | None, typer.Option(help="Write here instead of printing.")]


class Options:
    """What stands before the command."""

    store: str | None = None
    into_existing = False


options = Options()


def open_graph(
    loaders: list[Path] | None = None, queries: list[Path] | None = None, *, write: bool = False
) -> "Graph":
    """The graph that `--store` names; only readers don't make what isn't there."""
    from whofunds import graph

    return graph.open(
        options.store,
        loaders=loaders or (),
        queries=queries or (),
        into_existing=options.into_existing,
        read_only=not write,
    )


def ready(graph: "Graph", params: dict[str, str]) -> None:
    """Make what `known_by` asks, with progress, where it isn't kept."""
    if day := params.get("known_by"):
        from whofunds.progress import shown

        with shown() as tell:
            graph.known_by(day, tell)


def print_answer(answer: "Answer", form: str, output: Path | None) -> None:
    """Rows to stdout or a file; what is to be said of them to stderr."""
    from whofunds.output import known, render

    text = render(answer, form)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        typer.echo(text, nl=False)
    warn(answer)
    if form not in ("table", "md"):
        if answer.note:
            typer.echo(answer.note, err=True)
        if answer.known_by:
            typer.echo(known(answer), err=True)
        typer.echo(f"Facts as of {answer.facts_as_of or 'unknown'}.", err=True)
        if answer.cut:
            typer.echo(f"cut at {len(answer):,} rows; there are more (--limit)", err=True)


def warn(answer: "Answer") -> None:
    """Say on stderr where facts may be missing from an answer."""
    if answer.unfinished:
        typer.echo(
            "whofunds: a load is under way, or was broken off, so facts may be missing; "
            "`whofunds status` names it, and loading its source again finishes it",
            err=True,
        )


def form_of(form: str | None, output: Path | None) -> str:
    """The format that was asked for, else the one of the output's ending, else a table."""
    from whofunds.output import FORMATS

    ending = output.suffix.removeprefix(".") if output else ""
    form = form or (ending if ending in FORMATS else "table")
    one_of(form, FORMATS)
    return form


def one_of(word: str, words: tuple[str, ...]) -> None:
    """UsageError where a word is none of these."""
    if word not in words:
        raise UsageError(f"no format is called {word!r}; use {', '.join(words)}")
