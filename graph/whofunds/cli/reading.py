"""Commands that show how texts are read, names found and rounds concluded."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from whofunds.cli.arguments import texts_of
from whofunds.cli.session import (
    EXIT_NO,
    Format,
    Output,
    form_of,
    one_of,
    open_graph,
    print_answer,
)


class What(StrEnum):
    """What a text is read as."""

    money = "money"
    date = "date"


class Order(StrEnum):
    """The order of day and month in a column of dates."""

    dmy = "dmy"
    mdy = "mdy"


_ORDERS: dict[Order, Literal["dmy", "mdy"]] = {Order.dmy: "dmy", Order.mdy: "mdy"}


class Form(StrEnum):
    """How a reading is printed."""

    table = "table"
    jsonl = "jsonl"


def parse(
    what: Annotated[What, typer.Argument(help="money or date.")],
    texts: Annotated[list[str] | None, typer.Argument(metavar="TEXT ...")] = None,
    file: Annotated[Path | None, typer.Option(help="Texts, one a line.")] = None,
    order: Annotated[Order | None, typer.Option(help="For dates: dmy or mdy.")] = None,
    format: Annotated[Form, typer.Option(help="table or jsonl.")] = Form.table,
) -> None:
    """Show what texts become as sums or dates."""
    from whofunds.parsing import date_line, money_line

    for text in texts_of(texts, file):
        hint = _ORDERS[order] if order else None
        line = money_line(text) if what == What.money else date_line(text, hint)
        if format == Form.jsonl:
            typer.echo(json.dumps(line, ensure_ascii=False))
            continue
        said = [f"{k} {v}" for k, v in line.items() if k != "text" and v is not None]
        typer.echo(f"{text}  {'  '.join(said)}")


def find(
    texts: Annotated[list[str] | None, typer.Argument(metavar="TEXT ...")] = None,
    file: Annotated[Path | None, typer.Option(help="Texts, one a line.")] = None,
    kind: Annotated[str | None, typer.Option(help="company, investor or city.")] = None,
    format: Annotated[str, typer.Option(help="table or jsonl.")] = "table",
) -> None:
    """Find entities by name, in any script, or by an identifier."""
    one_of(format, ("table", "jsonl"))
    missed = False
    with open_graph() as graph:
        for text in texts_of(texts, file):
            found = graph.find(text, kind)
            missed = missed or found["verdict"] == "none"
            if format == "jsonl":
                typer.echo(json.dumps(found, ensure_ascii=False))
                continue
            typer.echo(f"{text}: {found['verdict']}")
            for m in found["matches"]:
                typer.echo(f"  {m['kind']}:{m['id']}  {m['name']}  {m['score']:g}  {m['matched']}")
    if missed and format == "table":
        raise typer.Exit(EXIT_NO)


def rounds(format: Format = None, output: Output = None) -> None:
    """List every round with its accounts, bounds and disputes."""
    form = form_of(format, output)
    with open_graph() as graph:
        print_answer(graph.query("companies/all-rounds"), form, output)


def why(
    round: Annotated[str, typer.Argument(help="A round's id, or the key of an account in it.")],
    format: Format = None,
    output: Output = None,
) -> None:
    """Say why a round says what it says: its accounts side by side."""
    form = form_of(format, output)
    with open_graph() as graph:
        print_answer(graph.why(round), form, output)
