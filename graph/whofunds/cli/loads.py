"""What goes in and is taken back: load, unload, loaders."""

import sys
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from whofunds.cli import exporting
from whofunds.cli.arguments import answers
from whofunds.cli.session import EXIT_NO, Folders, open_graph, options
from whofunds.errors import NoStore, UsageError
from whofunds.progress import notes, shown


def load(
    loader: Annotated[
        str,
        typer.Argument(help="A loader's name, its .py file, or records: a file of `export`."),
    ],
    path: Annotated[Path | None, typer.Argument(help="What it reads.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="name=value", help="The loader's option; may be repeated."),
    ] = None,
    map_: Annotated[
        Path | None, typer.Option("--map", help="For `table`: what `whofunds map` wrote.")
    ] = None,
    loaders: Folders = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would change, store nothing.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take back what this source brought and doesn't bring now."),
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Write what was not taken here.  [SOURCE.rejects.csv]")
    ] = None,
) -> None:
    """Load what a loader yields. Loading the same again changes nothing."""
    from whofunds.loading import find_loader, source_name
    from whofunds.output import previewed

    given = answers(set_) | ({"map": str(map_)} if map_ else {})
    restores = loader == exporting.RECORDS
    if restores and (given or replace):
        raise UsageError("a file of records takes no --set, --map or --replace; leave it out")
    name = loader if restores else source_name(find_loader(loader, loaders or []), given)
    target = rejects or Path(f"{name}.rejects.csv")
    target.unlink(missing_ok=True)
    with ExitStack() as stack:
        try:
            graph = stack.enter_context(open_graph(loaders, write=not preview))
        except NoStore:
            # A preview makes nothing, so what isn't there is previewed against an empty store.
            options.store = stack.enter_context(TemporaryDirectory())
            graph = stack.enter_context(open_graph(loaders, write=True))
        tell = stack.enter_context(shown())
        stack.enter_context(notes())
        # What a loader prints is not a result.
        stack.enter_context(redirect_stdout(sys.stderr))
        if restores:
            outcome = exporting.restore(graph, path, preview=preview, tell=tell)
        else:
            outcome = graph.load(
                loader,
                path,
                preview=preview,
                replace=replace,
                rejects=target,
                tell=tell,
                **given,
            )
    typer.echo(str(outcome))
    if preview:
        for word, record in outcome.sample:
            typer.echo(f"  {word}  {record.key}  {record.body}")
        if not restores:  # into a store that holds nothing
            typer.echo(previewed(outcome.answers), nl=False)
    if outcome.rejects:
        for reject in outcome.rejects:
            typer.echo(f"  {reject}", err=True)
        typer.echo(f"what was not taken stands in {target}; mend the file and load again", err=True)
    if outcome.held_back:
        typer.echo(f"--replace: {outcome.held_back}", err=True)
    if outcome.unseen:
        typer.echo(
            f"{outcome.unseen:,} records that {outcome.source} brought before are not in it now "
            "and stay; to take them back load it whole with --replace",
            err=True,
        )
    if outcome.rejected:
        raise typer.Exit(EXIT_NO)


def unload(source: Annotated[str, typer.Argument(help="As `whofunds status` lists it.")]) -> None:
    """Take back what a source brought; the graph is as if it had never been there."""
    open_graph().close()
    with open_graph(write=True) as graph, shown() as tell:
        removed = graph.unload(source, tell)
    typer.echo(f"{source}: {removed:,} records removed")


def list_loaders(
    name: Annotated[str, typer.Argument(help="A loader's name, or its .py file.")] = "",
    loaders: Folders = None,
) -> None:
    """List the loaders, or say what one reads and which options it has."""
    from whofunds.loading import find_loader, find_loaders

    if name:
        found = find_loader(name, loaders or [])
        typer.echo("\n\n".join(filter(None, (found.summary, found.help))))
        if found.options:
            typer.echo("\nOptions, as --set name=value:")
        for option in found.options:
            typer.echo(f"  {option}")
        return
    broken: list[str] = []
    for name, loader in sorted(find_loaders(loaders or [], broken).items()):
        typer.echo(f"{name}  {loader.summary}")
    for message in broken:
        typer.echo(f"whofunds: {message}", err=True)
