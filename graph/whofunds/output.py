"""Rows as a table, JSON, CSV or Markdown. Addresses become footnotes where people read them."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass, replace
from textwrap import indent
from typing import TYPE_CHECKING, Any

from whofunds.checking import neutral

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.catalog import Column, Query

FORMATS = ("table", "json", "jsonl", "csv", "md")
_MONEY = ("USD", "CNY", "EUR", "currency", "own currency", "valuation currency")
_NUMBER = re.compile(r"[\d.,]*(bn|m)?")
_LISTED = 3


def render(answer: "Answer", form: str) -> str:
    """The answer in one of FORMATS, with a line break at its end."""
    text = _WRITERS[form](answer)
    return text if text.endswith("\n") or not text else text + "\n"


def table(answer: "Answer") -> str:
    """Columns side by side; below them the reports that the rows name, by number."""
    from rich.cells import cell_len, set_cell_size

    names, rows, foot = _readable(answer)
    if not rows:
        return "no rows\n" + foot
    widths = [max(cell_len(row[i]) for row in [names, *rows]) for i in range(len(names))]
    right = [all(_NUMBER.fullmatch(row[i]) for row in rows) for i in range(len(names))]
    lines = [
        "  ".join(
            " " * (width - cell_len(cell)) + cell if to_right else set_cell_size(cell, width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in [names, *rows]
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n" + foot


def markdown(answer: "Answer") -> str:
    """A Markdown table; below it the reports that the rows name."""
    names, rows, foot = _readable(answer)

    def line(cells: list[str]) -> str:
        safe = (c.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for c in cells)
        return "| " + " | ".join(" ".join(c.split()) for c in safe) + " |"

    return "\n".join([line(names), line(["---"] * len(names)), *map(line, rows)]) + "\n" + foot


def known(answer: "Answer") -> str:
    """In a sentence, by which reports an answer of `known_by` goes, and what it leaves out."""
    return (
        f"As known by {answer.known_by}, from the reports published by then; "
        f"{answer.left_out:,} accounts and links are left out, as their report has no date."
    )


def previewed(changes: Sequence[tuple[Any, ...]]) -> str:
    """How answers would change, by query: how many values, and the first few of them.

    `changes` are rows of `changes.COLUMNS`.
    """
    by_answer: dict[str, list[str]] = {}
    for answer, row, column, before, after, _ in changes:
        said = after or before if not column else f"{column} {_said(before)} -> {_said(after)}"
        by_answer.setdefault(answer, []).append(f"{row}: {said}")
    lines = ["answers that would change:" if by_answer else "no answer would change"]
    for answer, said in by_answer.items():
        lines.append(f"  {answer}  {len(said):,}")
        lines += [f"    {one}" for one in said[:_LISTED]]
    return "\n".join(lines) + "\n"


def _said(value: object) -> str:
    text = json.dumps(plain(value), ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:79] + "…"


def _json(answer: "Answer") -> str:
    return json.dumps([plain(row) for row in answer], ensure_ascii=False, indent=2) + "\n"


def _jsonl(answer: "Answer") -> str:
    return "".join(json.dumps(plain(row), ensure_ascii=False) + "\n" for row in answer)


def _csv(answer: "Answer") -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.names)
    for row in answer.values:
        writer.writerow([neutral(_cell(v)) for v in row])
    return out.getvalue()


_WRITERS: dict[str, Callable[["Answer"], str]] = {
    "table": table,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "md": markdown,
}


def cells(
    answer: "Answer", numbers: dict[str, int]
) -> tuple[list[str], list[list[str | list[int]]]]:
    """Names and cells of the columns that a table shows.

    `numbers` holds the reports' numbers by address: a cell of reports is a list of these, and
    addresses that are new get the next free one.
    """
    shown = [
        i
        for i, column in enumerate(answer.columns)
        if column.table == "always"
        or (
            column.table == "filled"
            and any(row[i] not in (None, 0, "", []) for row in answer.values)
        )
    ]
    rows = [[told(answer.columns[i], row[i], numbers) for i in shown] for row in answer.values]
    columns = [answer.columns[i] for i in shown]
    names = [f"{c.name} {answer.currency}" if c.unit == "currency" else c.name for c in columns]
    return names, rows


def remarks(answer: "Answer") -> list[str]:
    """In sentences, what a reader of a table has to know: cut, known by when, as of when."""
    found = []
    if answer.cut:
        found.append(f"Cut at {len(answer):,} rows; there are more.")
    if answer.note:
        found.append(answer.note)
    if answer.known_by:
        found.append(known(answer))
    if answer.facts_as_of:
        found.append(f"Facts as of {answer.facts_as_of}; in our data, at least.")
    return found


def are_numbers(column: Sequence[str | list[int]]) -> bool:
    """Whether a column's cells are all numbers or empty, to be set to the right."""
    return all(isinstance(cell, str) and _NUMBER.fullmatch(cell) for cell in column)


def _readable(answer: "Answer") -> tuple[list[str], list[list[str]], str]:
    """Names and texts of the columns that a table shows, and what stands below it."""
    numbers: dict[str, int] = {}
    names, told = cells(answer, numbers)
    rows = [[c if isinstance(c, str) else _ranges(c) for c in row] for row in told]
    foot = [f"[{i}] {url}" for url, i in numbers.items()]
    if foot:
        foot.insert(0, "")
    said = remarks(answer)
    if answer.facts_as_of and (hidden := len(answer.columns) - len(names)):
        said[-1] += f" {hidden} more columns in csv and json."
    for sentence in said:
        foot += [sentence] if sentence.startswith("Cut") else ["", sentence]
    return names, rows, "".join(line + "\n" for line in foot)


def told(column: "Column", value: object, numbers: dict[str, int]) -> str | list[int]:
    """A value as a table tells it; reports as their numbers, of which it adds what is new."""
    if column.name == "reports":
        urls = [str(u) for u in value] if isinstance(value, list) else []
        return sorted(numbers.setdefault(u, len(numbers) + 1) for u in urls)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and column.unit in _MONEY:
        return sum_in_words(value)
    if isinstance(value, list) and len(value) > _LISTED + 1:
        return f"{text_of(value[:_LISTED])} +{len(value) - _LISTED}"
    return text_of(value)


def _ranges(numbers: list[int]) -> str:
    """[1-3,7] for 1, 2, 3, 7."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    words = (f"{r[0]}-{r[-1]}" if len(r) > 2 else ",".join(map(str, r)) for r in runs)
    return f"[{','.join(words)}]" if numbers else ""


def sum_in_words(value: float) -> str:
    """A sum to four digits, as people say it: 1.25bn, 300m, 465,090."""
    rounded = abs(float(f"{value:.4g}")) if abs(value) >= 1_000_000 else 0
    for scale, unit in ((1_000_000_000, "bn"), (1_000_000, "m")):
        if rounded >= scale:
            return f"{float(f'{value / scale:.4g}'):,g}{unit}"
    return f"{value:,}"


def text_of(value: object) -> str:
    """A value in words, on one line, without what a terminal would obey."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(text_of(v) for v in value)
    if hasattr(value, "nodes") and hasattr(value, "relationships"):
        return _path(value)
    if is_dataclass(value) and not isinstance(value, type):
        held = asdict(value)
        return str(held.get("properties", {}).get("name") or held.get("id") or held.get("type"))
    # What a terminal would obey, or turn round, is not shown.
    return "".join(c for c in " ".join(str(value).split()) if c.isprintable())


def _path(path: Any) -> str:
    names = {n.id: n.properties.get("name", n.id) for n in path.nodes}
    text = str(names[path.nodes[0].id])
    for before, edge, after in zip(path.nodes, path.relationships, path.nodes[1:], strict=False):
        forward = edge.start == before.id
        arrow = f" -[{edge.type}]-> " if forward else f" <-[{edge.type}]- "
        text += arrow + str(names[after.id])
    return text


def _cell(value: object) -> object:
    if isinstance(value, list) and not any(is_dataclass(v) for v in value):
        return "|".join(text_of(v) for v in value)
    return text_of(value) if isinstance(value, (list, bool)) or is_dataclass(value) else value


def plain(value: object) -> object:
    """A value as JSON has it: nodes, relationships and paths as objects."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return plain(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else value


def listing(queries: "Mapping[str, Query]", search: str, form: str, tag: str = "") -> str:
    """The queries that have a tag, if one is given, and hold every word searched for.

    The words are looked for in name, title, question and tags. As a table: name, title, question
    and parameters, or all there is to say where the search is a query's name; as `jsonl`: an
    object a line.
    """
    wanted = search.lower().split()
    if search in queries and form != "jsonl":
        return _described(queries[search], queries)
    lines = []
    for name, query in queries.items():
        text = " ".join((name, query.title, query.question, *query.tags)).lower()
        if not all(word in text for word in wanted) or (tag and tag not in query.tags):
            continue
        lines.append(
            json.dumps(_object(query), ensure_ascii=False) if form == "jsonl" else _entry(query)
        )
    return "\n".join(lines) + "\n" if lines else ""


def _entry(query: "Query") -> str:
    given = " ".join(f"{p.name}=…" if p.required else f"[{p.name}=]" for p in query.params)
    return f"{query.name:<28} {query.title}\n{'':<28} {query.question}\n{'':<28} {given}"


def _object(query: "Query") -> dict[str, object]:
    """A query as JSON has it."""
    return {
        **{k: getattr(query, k) for k in ("name", "title", "question", "tags")},
        "params": [
            {k: getattr(p, k) for k in ("name", "type", "required", "default", "help")}
            for p in query.params
        ],
        "columns": [c.name for c in query.columns],
        **{k: getattr(query, k) for k in ("related", "examples")},
    }


def _described(query: "Query", queries: "Mapping[str, Query]") -> str:
    """All that is to say of one query."""
    names = [*(p.name for p in query.params), *(c.name for c in query.columns)]
    width = max(map(len, names))
    lines: list[str] = [query.name, f"  {query.title}", f"  {query.question}"]
    if query.tags:
        lines.append(f"  tags: {', '.join(query.tags)}")
    if query.params:
        lines += ["", "Parameters"]
    for p in query.params:
        rest = "required" if p.required else f"default {p.default}" if p.default != "" else ""
        lines.append(f"  {p.name:<{width}}  {p.help} ({', '.join(filter(None, (p.type, rest)))})")
    lines += ["", "Columns"]
    for c in query.columns:
        lines.append(f"  {c.name:<{width}}  {c.meaning}{f' ({c.unit})' if c.unit else ''}")
    if query.related:
        lines += ["", "Related"]
        lines += [f"  {name}  {queries[name].title}" for name in query.related if name in queries]
    if query.examples:
        lines += ["", "Examples", *(f"  {example}" for example in query.examples)]
    return "\n".join(lines) + "\n"


def checks(found: "Mapping[str, Answer]", worst: int, form: str) -> str:
    """For each check its name, count, title and the worst rows; as `jsonl` an object a line."""
    text = ""
    for name, answer in found.items():
        rows = list(answer)[:worst]
        if form == "jsonl":
            line = {"check": name, "count": len(answer), "worst": plain(rows)}
            text += json.dumps(line, ensure_ascii=False) + "\n"
            continue
        # The addresses would be longer than all else; `whofunds query checks/NAME` shows them.
        columns = [replace(c, table="never") if c.name == "reports" else c for c in answer.columns]
        top = replace(answer, columns=tuple(columns), values=answer.values[:worst], facts_as_of="")
        text += f"{name}: {len(answer):,}  {answer.title}\n"
        text += indent(table(top), "  ") + "\n" if rows else "\n"
    return text
