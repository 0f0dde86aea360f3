"""Answers and pages as HTML: escaped, and with links to web addresses alone."""

import re
from html import escape
from typing import TYPE_CHECKING

from whofunds.output import are_numbers, cells, remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whofunds.answers import Answer

SHOWN = 200
"""Rows that a notebook shows; `print` shows all."""
_STYLE = (
    ".whofunds caption{text-align:left;caption-side:top}"
    ".whofunds th,.whofunds td{text-align:left;vertical-align:top}"
    ".whofunds .n{text-align:right}.whofunds .n,.whofunds .d{white-space:nowrap}"
    ".whofunds .w{min-width:16rem}"
)
# A cell of more is given room, so that it is not broken into a tower; a day is not broken.
_LONG, _MANY = 40, 5
_DAY = re.compile(r"\d-\d")
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


def notebook(answer: "Answer") -> str:
    """An answer as a notebook shows it: a table, its caption, and the reports that it names."""
    numbers: dict[str, int] = {}
    names, rows = cells(answer, numbers)
    shown = rows[:SHOWN]
    # Only the reports of the rows that are shown, which come first.
    last = max((n for row in shown for c in row if isinstance(c, list) for n in c), default=0)
    urls = list(numbers)[:last]
    said = caption(answer)
    if len(rows) > SHOWN:
        said += f" {SHOWN} of {len(rows):,} rows are shown."
    listed = "".join(f"<li>{link(url, url)}</li>" for url in urls)
    more = f"<details><summary>Reports: {last}</summary><ol>{listed}</ol></details>" if urls else ""
    body = table(names, shown, said, urls)
    return f'<div class="whofunds"><style>{_STYLE}</style>{body}{more}</div>'


def caption(answer: "Answer") -> str:
    """What an answer is about, and as of when; not yet escaped."""
    said = [f"{answer.title}."] if answer.title else []
    if answer.currency:
        said.append(f"Converted sums in {answer.currency}.")
    if answer.unfinished:
        said.append("A load was not finished, so facts may be missing.")
    return " ".join([*said, *remarks(answer)])


def table(
    names: "Sequence[str]",
    rows: "Sequence[Sequence[str | list[int]]]",
    said: str,
    hrefs: "Sequence[str]",
) -> str:
    """A table with a caption; the report of number n links to the n-th of `hrefs`."""
    right = [are_numbers([row[i] for row in rows]) for i in range(len(names))]

    def cell(value: str | list[int], i: int) -> str:
        if isinstance(value, str):
            inner, wide = escape(value), len(value) > _LONG
        else:
            inner = " ".join(link(hrefs[n - 1], f"[{n}]") for n in value)
            wide = len(value) > _MANY
        short = isinstance(value, str) and bool(_DAY.search(value))
        return f"<td{_mark(n=right[i], w=wide, d=short and not wide)}>{inner}</td>"

    head = "".join(
        f'<th scope="col"{_mark(n=right[i])}>{escape(n)}</th>' for i, n in enumerate(names)
    )
    lines = ("".join(cell(v, i) for i, v in enumerate(row)) for row in rows)
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    if not rows:
        body = f'<tr><td colspan="{len(names)}">no rows</td></tr>\n'
    return (
        f"<table><caption>{escape(said)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody></table>"
    )


def _mark(**classes: bool) -> str:
    given = next((name for name, is_ in classes.items() if is_), "")
    return f' class="{given}"' if given else ""


def link(href: str, text: str) -> str:
    """A link to a web address or within the page; the text alone for any other address."""
    if href.startswith("#"):
        return f'<a href="{escape(href)}">{escape(text)}</a>'
    if not href.lower().startswith(("http://", "https://")):
        return escape(text)
    return f'<a href="{escape(href)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def frame(page: str) -> str:
    """A page within another, which it can't read or change."""
    # A sandbox without an origin of its own: the page runs its scripts and nothing of ours.
    return (
        f'<iframe class="view" srcdoc="{escape(page)}" sandbox="{SANDBOX}" title="view" '
        'width="100%" height="720" frameborder="0" loading="lazy"></iframe>'
    )
