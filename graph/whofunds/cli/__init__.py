"""The command line: parse, call one function, print."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from whofunds.cli import (
    analysis,
    completion,
    decide,
    deciding,
    exporting,
    loads,
    mapping,
    quality,
    reading,
    saved,
    server,
)
from whofunds.cli.arguments import numbered, pairs
from whofunds.cli.session import (
    Folders,
    Format,
    Output,
    form_of,
    one_of,
    open_graph,
    options,
    print_answer,
    ready,
)
from whofunds.errors import UsageError, WhofundsError

LOADS_SHOWN = 20


class _Commands(typer.core.TyperGroup):
    """Turns whofunds' own errors into one line on stderr and their exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except WhofundsError as error:
            typer.echo(f"whofunds: {error}", err=True)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo(
                "whofunds: interrupted; what was read is kept, and the same load finishes it",
                err=True,
            )
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # The reader went away; give the interpreter nothing to flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(f"whofunds: {where}{error.strerror}; choose another path", err=True)
            raise typer.Exit(UsageError.exit_code) from None


app = typer.Typer(
    cls=_Commands,
    help="Who funds whom, and how we know: a sourced graph of companies, investors and rounds.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(decide.app, name="decide")
app.add_typer(server.app, name="neo4j")


@app.callback()
def _main(
    store: Annotated[
        str | None,
        typer.Option(
            envvar="WHOFUNDS_STORE",
            help="A folder, `neo4j` (NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE),"
            " or a neo4j:// or bolt:// address.  [default: ./whofunds.store]",
        ),
    ] = None,
    into_existing: Annotated[
        bool,
        typer.Option("--into-existing", help="Allow a Neo4j database that holds nodes of others."),
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from whofunds import __version__

        typer.echo(f"whofunds {__version__}")
        raise typer.Exit
    options.store, options.into_existing = store, into_existing


@app.command("queries")
def list_queries(
    search: Annotated[
        str,
        typer.Argument(
            help="Words that must all occur, or a query's name.",
            autocompletion=completion.query_names,
        ),
    ] = "",
    tag: Annotated[
        str, typer.Option(help="Those with this tag.", autocompletion=completion.tags)
    ] = "",
    queries: Folders = None,
    format: Annotated[str, typer.Option(help="table or jsonl.")] = "table",
) -> None:
    """List the canned queries, search them, or say all about one."""
    from whofunds import shipped
    from whofunds.catalog import find_queries
    from whofunds.output import listing

    one_of(format, ("table", "jsonl"))
    broken: list[str] = []
    found = find_queries([*(queries or []), shipped.folder("queries")], broken)
    if tag and tag not in (tags := sorted({t for q in found.values() for t in q.tags})):
        raise UsageError(f"no query has the tag {tag!r}; there are {', '.join(tags)}")
    typer.echo(listing(found, search, format, tag), nl=False)
    for message in broken:
        typer.echo(f"whofunds: {message}", err=True)


@app.command()
def query(
    name: Annotated[
        str,
        typer.Argument(
            help="TOPIC/NAME, as `whofunds queries` lists them.",
            autocompletion=completion.query_names,
        ),
    ],
    params: Annotated[
        list[str] | None,
        typer.Argument(metavar="key=value ...", autocompletion=completion.parameters),
    ] = None,
    queries: Folders = None,
    format: Format = None,
    output: Output = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print the Cypher, for Neo4j Browser.")
    ] = False,
) -> None:
    """Ask a canned query; known_by=DAY asks what the reports had said by then."""
    form = form_of(format, output)
    with open_graph(queries=queries) as graph:
        values = pairs(params)
        if show:
            typer.echo(graph.console(name, **values))
            return
        ready(graph, values)
        print_answer(graph.query(name, **values), form, output)


@app.command()
def cypher(
    text: Annotated[str, typer.Argument(help="A read-only Cypher statement.")],
    params: Annotated[list[str] | None, typer.Argument(metavar="key=value ...")] = None,
    format: Format = None,
    output: Output = None,
    timeout: Annotated[float, typer.Option(help="Seconds.", min=0.01)] = 30.0,
    limit: Annotated[int, typer.Option(help="Rows.", min=1)] = 10_000,
) -> None:
    """Ask a question of your own in Cypher."""
    form = form_of(format, output)
    with open_graph() as graph:
        answer = graph.cypher(text, numbered(pairs(params)), timeout=timeout, limit=limit)
        print_answer(answer, form, output)


@app.command()
def view(
    name: Annotated[
        str,
        typer.Argument(
            help="The view; without one, all of them are listed.",
            autocompletion=completion.views,
        ),
    ] = "",
    params: Annotated[
        list[str] | None,
        typer.Argument(metavar="key=value ...", autocompletion=completion.of_view),
    ] = None,
    queries: Folders = None,
    output: Annotated[Path | None, typer.Option(help="The page.  [NAME.html]")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write a view as one HTML page that needs nothing else; `language=fr` and `zh` are there."""
    if not name:
        from whofunds.pages import listing

        typer.echo(listing())
        return
    from whofunds.progress import shown

    target = output or Path(f"{name}.html")
    with open_graph(queries=queries) as graph:
        values = pairs(params)
        ready(graph, values)
        with shown() as tell:
            graph.view(name, target, tell=tell, **values)
    typer.echo(str(target))
    if open_:
        typer.launch(target.resolve().as_uri())


@app.command()
def status() -> None:
    """Say which store this is, and what it holds."""
    with open_graph() as graph:
        found = graph.status()
    held = found.held
    typer.echo(f"store          {found.address}")
    for word in ("companies", "investors", "cities", "rounds", "accounts", "reports"):
        typer.echo(f"{word:<14} {held[word]:,}")
    typer.echo(f"newest report  {held['newest_report'] or 'none'}")
    typer.echo(f"records        {sum(found.records.values()):,}")
    if earlier := found.loads[:-LOADS_SHOWN]:
        typer.echo(f"loads          {len(earlier):,} before these")
    for entry in found.loads[-LOADS_SHOWN:]:
        typer.echo(
            f"load {entry.id:<9} {entry.source} {entry.path} at {entry.at}: {entry.new:,} new, "
            f"{entry.changed:,} changed, {entry.unchanged:,} unchanged, {entry.rejected:,} rejected"
            + ("" if entry.state == "done" else f" ({entry.state})")
        )
    if found.unfinished:
        typer.echo(
            f"unfinished     {found.unfinished:,} parts of the graph; load again to finish",
            err=True,
        )


app.command("loaders")(loads.list_loaders)
for command in (
    loads.load,
    loads.unload,
    reading.parse,
    reading.find,
    reading.rounds,
    reading.why,
    deciding.review,
    deciding.compare,
    quality.diff,
    quality.check,
    analysis.analyse,
    exporting.export,
    saved.report,
    saved.cite,
):
    app.command()(command)
app.command("map")(mapping.map_)


def main() -> None:
    """The command `whofunds`."""
    app()
