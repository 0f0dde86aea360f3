"""Commands that say how good the facts are, and what changed."""

from typing import Annotated

import typer

from whofunds.cli.session import (
    EXIT_NO,
    Folders,
    Format,
    Output,
    form_of,
    one_of,
    open_graph,
    print_answer,
    warn,
)
from whofunds.errors import UsageError

WORST = 10


def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME ...", help="Checks.  [default: all]")
    ] = None,
    fail_on: Annotated[
        str, typer.Option(metavar="NAME[,NAME]", help="Exit 1 where these find any; or `any`.")
    ] = "",
    queries: Folders = None,
    format: Annotated[str, typer.Option(help="table or jsonl.")] = "table",
) -> None:
    """Say what is doubtful in the facts: counts, and the worst ten of each check."""
    from whofunds.output import checks

    one_of(format, ("table", "jsonl"))
    with open_graph(queries=queries) as graph:
        found = graph.check(*names or ())
    strict = [word.strip() for word in fail_on.split(",") if word.strip()]
    for name in strict:
        if name != "any" and name not in found:
            raise UsageError(f"--fail-on {name!r} is not among the checks: {', '.join(found)}, any")
    typer.echo(checks(found, WORST, format), nl=False)
    warn(next(iter(found.values())))
    if any(found[n] for n in (found if "any" in strict else strict)):
        raise typer.Exit(EXIT_NO)


def diff(
    since: Annotated[str, typer.Option(help="A load's number, or a day.", show_default=False)],
    format: Format = None,
    output: Output = None,
) -> None:
    """Say which answers changed since a load, and because of which report."""
    from whofunds.progress import shown

    form = form_of(format, output)
    with open_graph() as graph, shown() as tell:
        print_answer(graph.diff(since, tell), form, output)
