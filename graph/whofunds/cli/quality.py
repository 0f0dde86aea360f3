"""Commands that say how good the facts are, and what changed."""

from typing import Annotated

import typer

from whofunds.cli.session import Format, Output, form_of, open_graph, print_answer


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
