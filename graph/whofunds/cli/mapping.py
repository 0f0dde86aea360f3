"""The command that proposes what the columns of a table are."""

import json
from pathlib import Path
from typing import Annotated

import typer

from whofunds.cli.arguments import answers
from whofunds.cli.session import one_of
from whofunds.errors import UsageError


def map_(
    file: Annotated[Path, typer.Argument(help="A table: CSV, TSV, XLSX, or a ZIP of one.")],
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="name=value",
            help="An answer: order, currency, unit, decimal, zero, separator, or ROLE=HEADER.",
        ),
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write map.toml, or my_loader.py, instead.")
    ] = None,
    source: Annotated[str, typer.Option(help="What the ids begin with.  [the file's name]")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook.")] = "",
    encoding: Annotated[str, typer.Option(help="As gb18030.  [detected]")] = "",
    delimiter: Annotated[str, typer.Option(help="Between cells.  [detected]")] = "",
    format: Annotated[str, typer.Option(help="table or json.")] = "table",
) -> None:
    """Propose what the columns of a table are, and ask what nothing in it tells."""
    from whofunds.mapping import loaders, proposal, writing
    from whofunds.progress import notes
    from whofunds.readers import read_table

    one_of(format, ("table", "json"))
    if write and write.suffix not in (".toml", ".py"):
        raise UsageError(f"{write}: a map ends in .toml, a loader in .py; give one of these")
    how = {"sheet": sheet, "encoding": encoding, "delimiter": delimiter}
    with notes():
        rows = read_table(file, encoding=encoding, delimiter=delimiter, sheet=sheet)
        found = proposal.propose(rows, file.name, source, answers(set_), **how)
    if write:
        text = loaders.loader(found) if write.suffix == ".py" else writing.toml(found)
        write.write_text(text, encoding="utf-8")
        typer.echo(str(write))
    elif format == "json":
        typer.echo(json.dumps(proposal.as_dict(found), ensure_ascii=False, indent=2))
    else:
        typer.echo(writing.table(found), nl=False)
    if found.doubts or found.questions:
        typer.echo(writing.remarks(found), nl=False, err=True)
