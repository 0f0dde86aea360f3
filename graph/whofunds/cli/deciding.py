"""Commands that show pairs of entities which may be one firm, and ask what they are."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from whofunds.cli.session import one_of, open_graph
from whofunds.errors import WhofundsError
from whofunds.progress import shown

if TYPE_CHECKING:
    from whofunds.graph import Graph
    from whofunds.pairs import Pair

FORMATS = ("table", "jsonl")
KEYS = {
    **{"s": "same", "p": "part-of", "q": "whole-of", "d": "different"},
    **{" ": "skip", "\r": "skip", "\n": "skip", "x": "leave"},
}
HELP = (
    "s same  p the first is a part of the second  q the second of the first  d different"
    "  Enter skip  x leave"
)


def review(
    kind: Annotated[str | None, typer.Option(help="company, investor or city.")] = None,
    format: Annotated[
        str | None, typer.Option(help="table or jsonl.  [in a terminal: one key a pair]")
    ] = None,
) -> None:
    """Propose pairs that may be one firm, or a part and its whole."""
    one_of(format or "table", FORMATS)
    asking = format is None and sys.stdin.isatty() and sys.stdout.isatty()
    if asking:
        open_graph().close()  # what isn't there is not made
    with open_graph(write=asking) as graph:
        with shown() as tell:
            pairs = graph.review(kind, tell)
        if asking:
            _ask(graph, [p for p in pairs if p.undecided])
            return
    for pair in pairs:
        typer.echo(_line(pair) if format == "jsonl" else _block(pair))
    if not pairs and format != "jsonl":
        typer.echo("no pairs")


def compare(
    a: Annotated[str, typer.Argument(help="An id, a name, or name:TEXT.")],
    b: Annotated[str, typer.Argument(help="An id, a name, or name:TEXT.")],
    kind: Annotated[str, typer.Option(help="company, investor or city.")] = "investor",
    format: Annotated[str, typer.Option(help="table or jsonl.")] = "table",
) -> None:
    """Say whether two are one firm, one a part of the other, or neither."""
    one_of(format, FORMATS)
    with open_graph() as graph:
        pair = graph.compare(a, b, kind)
    typer.echo(_line(pair) if format == "jsonl" else _block(pair))


def _line(pair: "Pair") -> str:
    return json.dumps(pair.line(), ensure_ascii=False)


def _block(pair: "Pair") -> str:
    head = f"{pair.verdict:<9}  {pair.score:>3}  {pair.kind}  {pair.a}  {pair.b}"
    text = "\n".join((head, *(f"{'':16}{why}" for why in pair.why)))
    # What a terminal would obey, or turn round, is not shown.
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _ask(graph: "Graph", pairs: "list[Pair]") -> None:
    """Go through pairs, one key each."""
    for n, pair in enumerate(pairs, 1):
        typer.echo(f"\n{n} of {len(pairs)}\n{_block(pair)}\n{HELP}")
        word = _word()
        if word == "leave":
            break
        if word != "skip":
            try:
                typer.echo(_decide(graph, pair, word))
            except WhofundsError as error:
                typer.echo(f"whofunds: {error}", err=True)
    typer.echo(f"{len(pairs)} undecided" if pairs else "nothing is undecided")


def _word() -> str:
    """What the next key that means something means; the end of the input means to leave."""
    while True:
        try:
            key = typer.getchar()
        except (EOFError, KeyboardInterrupt):
            return "leave"
        if word := KEYS.get(key.lower()):
            return word
        typer.echo(HELP)


def _decide(graph: "Graph", pair: "Pair", word: str) -> str:
    """Write down what a key said of a pair; returns the decision's key."""
    a, b = (pair.b, pair.a) if word == "whole-of" else (pair.a, pair.b)
    type_ = "part-of" if word == "whole-of" else word
    return graph.decide(type_, a, b, kind=pair.kind, why=f"reviewed: {pair.why[0]}")
