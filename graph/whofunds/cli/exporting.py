"""The command that writes all that is held, and what takes it back in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whofunds.cli.session import open_graph
from whofunds.errors import UsageError

if TYPE_CHECKING:
    from whofunds.graph import Graph
    from whofunds.ingest import Outcome
    from whofunds.projecting import Tell

RECORDS = "records"
"""Stands where a loader does, for a file that `export` wrote in this format."""


def restore(graph: "Graph", path: Path | None, *, preview: bool, tell: "Tell | None") -> "Outcome":
    """What `load records` does."""
    if path is None:
        raise UsageError(f"{RECORDS} needs a file: whofunds load {RECORDS} FILE")
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file; check the path")
    return graph.restore(path, preview=preview, tell=tell)


def export(
    target: Annotated[
        Path | None, typer.Argument(help="The file; for csv and neo4j-admin a folder.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="The same.", hidden=True)] = None,
    format: Annotated[
        str | None,
        typer.Option(
            help="records (a backup, for `load records`), csv, xlsx, ftm (FollowTheMoney),"
            " neo4j-admin, graphml, gexf or json (node-link).  [by the ending]"
        ),
    ] = None,
) -> None:
    """Write all that is held: a backup, tables, or files for other programs."""
    from whofunds.export import form_of as by_ending
    from whofunds.progress import shown

    path = target or output
    if path is None or (target and output):
        raise UsageError("name one file or folder to write: whofunds export TARGET")
    with open_graph() as graph, shown() as tell:
        after = graph.export(format or by_ending(path), path, tell)
    typer.echo(str(path))
    for line in after:
        typer.echo(line)
