"""Reports as one cites them: a list, or BibTeX."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from whofunds.catalog import Column

COLUMNS = (
    Column("title", "the report's title"),
    Column("publisher", "who published it"),
    Column("published_on", "day of publication; empty where it isn't known", "day"),
    Column("address", "its address, or the key of a record that has none"),
)
Row = tuple[Any, ...]
_TEX = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def cited(addresses: Iterable[str], reports: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows of COLUMNS for some addresses, once each and in their order.

    `reports` are rows with url, name, publisher, published_on; an address that isn't there stands
    alone.
    """
    wanted = list(dict.fromkeys(addresses))
    held = {r["url"]: r for r in reports if r["url"] in set(wanted)}
    none: dict[str, Any] = {}
    return [
        (r.get("name") or "", r.get("publisher") or "", r.get("published_on") or "", url)
        for url in wanted
        for r in (held.get(url, none),)
    ]


def sentence(row: Row) -> str:
    """Title, publisher and date in a sentence, without the address; empty where none is known."""
    title, publisher, day, url = (" ".join(str(v).split()) for v in row)
    parts = ["" if title == url else title.rstrip("."), ", ".join(filter(None, (publisher, day)))]
    return ". ".join(filter(None, parts)) + "." if any(parts) else ""


def listed(rows: Sequence[Row]) -> str:
    """A numbered list, a report a line."""
    lines = (" ".join(filter(None, (sentence(row), row[3]))) for row in rows)
    text = "".join(f"[{i}] {line}\n" for i, line in enumerate(lines, 1))
    return "".join(c for c in text if c.isprintable() or c == "\n")


def bibtex(rows: Sequence[Row]) -> str:
    """An entry a report, with a key of its site and year."""
    taken: set[str] = set()
    entries = []
    for title, publisher, day, url in rows:
        site = re.sub(r"[^a-z0-9]+", "", urlsplit(url).netloc.lower().removeprefix("www."))
        base = f"{site or 'record'}{day[:4]}"
        keys = (f"{base}{letters(n)}" for n in count())
        key = next(k for k in keys if k not in taken)
        taken.add(key)
        texts = {"title": title or url, "organization": publisher, "date": day}
        fields = {k: _tex(v) for k, v in texts.items() if v}
        # An address is taken as it stands, so that only what would end the field is written else.
        fields["url"] = url.replace("{", "%7B").replace("}", "%7D")
        body = "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items())
        entries.append(f"@online{{{key},\n{body}}}\n")
    return "\n".join(entries)


def letters(n: int) -> str:
    """Nothing, a, b ... z, aa: what tells the n-th of one name apart."""
    text = ""
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))
