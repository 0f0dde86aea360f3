"""Commands that save answers in a text of one's own, and cite reports."""

from pathlib import Path
from typing import Annotated

import typer

from whofunds.cli import completion
from whofunds.cli.arguments import pairs
from whofunds.cli.session import Folders, Output, one_of, open_graph, print_answer, ready
from whofunds.errors import UsageError

FORMS = ("list", "bibtex", "json", "jsonl", "csv", "md")


def report(
    file: Annotated[Path, typer.Argument(help="A Markdown text with ```whofunds blocks.")],
    output: Annotated[
        Path | None, typer.Option(help="Write the filled text here instead of printing it.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write it as an HTML page here.")] = None,
    queries: Folders = None,
) -> None:
    """Fill a text with answers; run on what it wrote before, it says which numbers changed."""
    from whofunds.paper import page
    from whofunds.views import write

    if html and html in (file, output):
        raise UsageError(f"{html} would hold both a text and a page; give --html another name")
    text = _read(file)
    before = _read(output) if output and output != file and output.is_file() else None
    with open_graph(queries=queries) as graph:
        try:
            filled = graph.report(text, before)
        except UsageError as error:
            error.args = (f"{file}: {error}",)
            raise
    stem = (output or file).stem
    pages = filled.pages(stem)
    if output is None and html is None and pages:
        raise UsageError(
            f"{file} has views, whose pages need a place; give --output OUT.md or --html OUT.html"
        )
    if output:
        write(output, filled.markdown(stem))
        for name, view in pages.items():
            write(output.with_name(name), view)
    if html:
        write(html, page(filled, file.stem))
    if output is None and html is None:
        typer.echo(filled.markdown(stem), nl=False)
    if not any(block for _, block in filled.made):
        typer.echo(f"{file} asks nothing; write queries in a block of ```whofunds", err=True)
    for change in filled.changes:
        typer.echo(change, err=True)
    if filled.again and not filled.changes:
        typer.echo("no number changed since it was last filled", err=True)


def cite(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="ROUND | query TOPIC/NAME key=value ...",
            help="A round's id or an account's key, or a question as `whofunds query` takes it.",
            autocompletion=completion.cited,
        ),
    ],
    queries: Folders = None,
    format: Annotated[str, typer.Option(help=f"{', '.join(FORMS[:-1])} or {FORMS[-1]}.")] = "list",
    output: Output = None,
) -> None:
    """List the reports that a round or an answer rests on."""
    from whofunds.citations import bibtex, listed

    one_of(format, FORMS)
    with open_graph(queries=queries) as graph:
        if what[0] == "query":
            if len(what) < 2:
                raise UsageError("cite query needs TOPIC/NAME; `whofunds queries` lists them")
            values = pairs(what[2:])
            ready(graph, values)
            found = graph.cite(graph.query(what[1], **values))
        elif len(what) > 1:
            raise UsageError(f"{what[1]!r} is one too many; cite one round, or query TOPIC/NAME")
        else:
            found = graph.cite(what[0])
    if not len(found):
        typer.echo("no report is named there", err=True)
    if format not in ("list", "bibtex"):
        print_answer(found, format, output)
        return
    text = listed(found.values) if format == "list" else bibtex(found.values)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        typer.echo(text, nl=False)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text; save it as UTF-8") from None
