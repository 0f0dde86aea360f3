"""A filled text as one HTML page that opens without a network and runs no text of the data."""

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from whofunds.citations import sentence
from whofunds.fences import is_ours, parser
from whofunds.markup import caption, frame, link, table
from whofunds.output import cells

if TYPE_CHECKING:
    from markdown_it.token import Token

    from whofunds.fences import Command
    from whofunds.saved import Filled

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}"
    ".answer{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;margin:1rem 0}"
    # Stays in sight, and within it, where a wide table is scrolled.
    "caption{text-align:left;caption-side:bottom;padding:.4rem 0;font-size:.85rem;"
    "position:sticky;left:0;max-width:min(70rem,calc(100vw - 2rem))}"
    "th,td{text-align:left;vertical-align:top;padding:.2rem .6rem;border-bottom:1px solid #8886}"
    ".n{text-align:right}.n,.d{white-space:nowrap}.w{min-width:16rem}"
    ".asks,footer{font-size:.85rem;overflow-wrap:anywhere}.answer+.asks{margin:-.8rem 0 2rem}"
    "pre{overflow-x:auto}img{max-width:100%}iframe{border:0;width:100%;height:45rem}"
)
_NONCE = re.compile(r"'nonce-([0-9a-f]+)'")


def page(filled: "Filled", name: str) -> str:
    """The page of a filled text: its views stand in it, its reports at its end.

    `name` is its title where the text has no heading. Markup within the text is shown as text, and
    pictures from elsewhere as links.
    """
    blocks = iter(filled.made)
    pages: list[str] = []
    md = parser()
    parts: list[Token] = []
    title = ""
    tokens = md.parse(filled.source)
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and not title:
            title = tokens[i + 1].content
        if is_ours(token):
            token.type, token.tag, token.nesting = "html_block", "", 0
            token.meta["made"] = True
            token.content = "".join(
                _made(filled, command, made, pages) for command, made in next(blocks)[1]
            )
        parts.append(_safe(token))
    body = md.renderer.render(parts, md.options, {})
    return _TEMPLATE.format(
        policy=escape(_policy(pages)),
        title=escape(title or name),
        style=_STYLE,
        body=body,
        facts=f"{escape(filled.facts)} {_code(filled.stamp)}",
        reports=_reports(filled.reports),
    )


def _made(filled: "Filled", command: "Command", made: Any, pages: list[str]) -> str:
    asks = f'<p class="asks"><code>whofunds {escape(command.text)}</code></p>\n'
    if isinstance(made, str):
        pages.append(made)
        return f"{frame(made)}\n{asks}"
    names, rows = cells(made, filled.numbers)
    hrefs = [f"#report-{n}" for n in range(1, len(filled.numbers) + 1)]
    return f'<div class="answer">{table(names, rows, caption(made), hrefs)}</div>\n{asks}'


def _safe(token: "Token") -> "Token":
    """The token with its markup as text; without comments, which no reader is meant to see."""
    if token.type == "html_block" and not token.meta.get("made"):
        text = token.content.strip()
        token.content = "" if _is_comment(text) else f"<p>{escape(text)}</p>\n"
    for child in token.children or ():
        if child.type == "html_inline":
            child.type = "text"
            child.content = "" if _is_comment(child.content) else child.content
        elif child.type == "image" and re.match(r"(https?:)?//", str(child.attrs["src"])):
            source, text = str(child.attrs["src"]), child.content or "picture"
            child.type, child.content = "html_inline", link(source, text)
    return token


def _is_comment(text: str) -> bool:
    return text.startswith("<!--") and text.endswith("-->") and text.count("-->") == 1


def _code(text: str) -> str:
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))


def _reports(rows: Sequence[tuple[Any, ...]]) -> str:
    items = "".join(
        f'<li id="report-{n}">{escape(sentence(row))} {link(str(row[3]), str(row[3]))}</li>\n'
        for n, row in enumerate(rows, 1)
    )
    return f"<h2>Reports</h2>\n<ol>\n{items}</ol>" if rows else ""


def _policy(pages: Sequence[str]) -> str:
    """What the page may load: its own style, pictures beside it, and the scripts of its views."""
    # A page within it obeys this as well as its own, so that its nonces have to stand here too.
    nonces = sorted({f"'nonce-{n}'" for page in pages for n in _NONCE.findall(page)})
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    scripts = " ".join(nonces) or "'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{style}' {' '.join(nonces)}; "
        f"script-src {scripts}; img-src 'self' file: data: blob:; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="whofunds">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<main>
{body}</main>
<footer>
<p>{facts}</p>
{reports}
</footer>
</body>
</html>
"""
