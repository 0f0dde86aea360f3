"""The commands that decide how the records are read."""

from typing import Annotated

import typer

from whofunds.cli.session import Format, Output, form_of, open_graph, print_answer

app = typer.Typer(
    help="Decide how the records are read; each decision is a record and can be taken back.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Kind = Annotated[str, typer.Option(help="company, investor or city.")]
Why = Annotated[str, typer.Option(help="Why, for whoever reads it later.")]
By = Annotated[str, typer.Option(help="Who decides.  [the user of this machine]")]
A = Annotated[str, typer.Argument(help="An id or a name.")]
B = Annotated[str, typer.Argument(help="An id or a name.")]
AccountA = Annotated[str, typer.Argument(help="An account's key, or a round's id.")]
AccountB = Annotated[str, typer.Argument(help="An account's key, or a round's id.")]


def _decide(type_: str, a: str, b: str = "", **given: str) -> None:
    from whofunds.progress import shown

    open_graph().close()
    with open_graph(write=True) as graph, shown() as tell:
        key = graph.decide(type_, a, b, tell=tell, **given)
    typer.echo(key)


@app.command()
def same(a: A, b: B, kind: Kind = "investor", why: Why = "", by: By = "") -> None:
    """Two ids are one entity."""
    _decide("same", a, b, kind=kind, why=why, by=by)


@app.command()
def different(a: A, b: B, kind: Kind = "investor", why: Why = "", by: By = "") -> None:
    """Two ids are two entities."""
    _decide("different", a, b, kind=kind, why=why, by=by)


@app.command("part-of")
def part_of(a: A, b: B, why: Why = "", by: By = "") -> None:
    """Investor A belongs to investor B."""
    _decide("part-of", a, b, why=why, by=by)


@app.command()
def join(a: AccountA, b: AccountB, why: Why = "", by: By = "") -> None:
    """Two accounts tell of one round."""
    _decide("join", a, b, why=why, by=by)


@app.command()
def split(a: AccountA, b: AccountB, why: Why = "", by: By = "") -> None:
    """Two accounts tell of two rounds."""
    _decide("split", a, b, why=why, by=by)


@app.command()
def correct(
    what: Annotated[str, typer.Argument(help="An account's key, or an entity's id or name.")],
    field: Annotated[str, typer.Argument(help="The field that is wrong.")],
    value: Annotated[str, typer.Argument(help="What it should be.")],
    kind: Annotated[str, typer.Option(help="round, company, investor or city.")] = "round",
    why: Why = "",
    by: By = "",
) -> None:
    """A field of an account, or of an entity, is another."""
    _decide("correct", what, kind=kind, field=field, value=value, why=why, by=by)


@app.command()
def reject(
    report: Annotated[str, typer.Argument(help="The report's address.")],
    why: Why = "",
    by: By = "",
) -> None:
    """Nothing counts that rests on this report."""
    _decide("reject", report, why=why, by=by)


@app.command()
def undo(key: Annotated[str, typer.Argument(help="As `whofunds decide list` has it.")]) -> None:
    """Take a decision back; the graph is as if it had never been taken."""
    from whofunds.progress import shown

    open_graph().close()
    with open_graph(write=True) as graph, shown() as tell:
        graph.undo(key, tell)
    typer.echo(f"{key}: taken back")


@app.command("list")
def list_(format: Format = None, output: Output = None) -> None:
    """List the decisions; `whofunds load decisions FILE.csv` reads such a list."""
    form = form_of(format, output)
    with open_graph() as graph:
        print_answer(graph.decisions(), form, output)
