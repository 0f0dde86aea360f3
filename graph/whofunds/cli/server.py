"""The commands of a local Neo4j."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="A local Neo4j that whofunds starts itself.", no_args_is_help=True, rich_markup_mode=None
)

Folder = Annotated[
    Path | None, typer.Option(help="Where its data are.  [a folder of the user's own]")
]


@app.command("start")
def start(
    folder: Folder = None,
    port: Annotated[int | None, typer.Option(help="A free one by default.")] = None,
) -> None:
    """Start a local Neo4j; prints what to set so that `--store neo4j` reaches it."""
    from whofunds.stores import server

    started = server.start(folder, port, tell=lambda line: typer.echo(line, err=True))
    for key, value in started.environment().items():
        typer.echo(f"export {key}={shlex.quote(value)}")


@app.command("stop")
def stop(folder: Folder = None) -> None:
    """Stop it."""
    from whofunds.stores import server

    typer.echo("stopped" if server.stop(folder) else "it was not running")


@app.command("status")
def status(folder: Folder = None) -> None:
    """Say whether it runs, and where."""
    from whofunds.stores import server

    running = server.status(folder)
    typer.echo(f"running at {running.uri}" if running else "not running")
    if not running:
        raise typer.Exit(1)
