"""The command that analyses the network."""

from typing import Annotated

import typer

from whofunds.cli import completion
from whofunds.cli.arguments import pairs
from whofunds.cli.session import Format, Output, form_of, open_graph, print_answer
from whofunds.errors import UsageError

DAYS = ("as_of", "known_by")


def analyse(
    what: Annotated[
        str,
        typer.Argument(
            help="bridges (investors that bridge kinds of capital), syndicates (communities of"
            " co-investors), core (core of the network) or without (what falls apart without a"
            " kind of capital).",
            autocompletion=completion.analyses,
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KIND as_of=DAY known_by=DAY",
            help="For without the kind, such as state-fund; as_of keeps what had certainly closed"
            " by a day, known_by what the reports published by a day say.",
            autocompletion=completion.of_analysis,
        ),
    ] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Analyse the network of investors and companies: closed rounds with money, never talks."""
    from whofunds.progress import shown

    form = form_of(format, output)
    rest = list(words or ())
    kind = rest.pop(0) if rest and "=" not in rest[0] else ""
    days = pairs(rest)
    if unknown := [key for key in days if key not in DAYS]:
        raise UsageError(f"analyse has no parameter {unknown[0]!r}; it takes {', '.join(DAYS)}")
    with open_graph() as graph:
        with shown() as tell:
            answer = graph.analyse(what, kind, tell, **days)
        print_answer(answer, form, output)
