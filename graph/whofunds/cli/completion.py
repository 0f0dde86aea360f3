"""What a shell offers after Tab: names of queries, their parameters, and names of entities."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from whofunds.errors import WhofundsError
from whofunds.schema import CURRENCIES, KINDS

if TYPE_CHECKING:
    from whofunds.catalog import Parameter, Query

Offer = tuple[str, str]
OFFERED = 50
KNOWN_BY = ("known_by", "from the reports published by this day alone")
_QUERIES: dict[str, tuple[str, ...]] = {
    "startup": ("entities/startups",),
    "investor": ("entities/investors",),
    "city": ("entities/cities",),
}
_QUERIES["entity"] = tuple(q for some in _QUERIES.values() for q in some)


def query_names(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """The queries whose name starts so."""
    for name, query in _queries(ctx).items():
        if name.startswith(incomplete):
            yield name, query.title


def tags(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """The tags that start so."""
    held = {tag for query in _queries(ctx).values() for tag in query.tags}
    yield from sorted(tag for tag in held if tag.startswith(incomplete))


def parameters(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """What a query takes: `key=`, and after it the values there are."""
    before = list(ctx.params.get("params") or ())
    yield from _parameters(ctx, ctx.params.get("name") or "", before, incomplete)


def cited(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """After `cite`: `query`, and what `whofunds query` takes."""
    before = list(ctx.params.get("what") or ())
    if not before:
        yield from (("query", "the reports of an answer"),) * "query".startswith(incomplete)
    elif before[0] == "query" and len(before) == 1:
        yield from query_names(ctx, incomplete)
    elif before[0] == "query":
        yield from _parameters(ctx, before[1], before[2:], incomplete)


def views(incomplete: str) -> Iterator[Offer]:
    """The views whose name starts so."""
    from whofunds.pages import VIEWS

    yield from ((v.name, v.help) for v in VIEWS.values() if v.name.startswith(incomplete))


def of_view(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """What a view takes: `key=`, and after it the values there are."""
    from whofunds.pages import VIEWS

    view = VIEWS.get(ctx.params.get("name") or "")
    if view and view.params is not None:
        yield from _of_params(ctx, view.params, list(ctx.params.get("params") or ()), incomplete)


def analyses(incomplete: str) -> Iterator[str]:
    """The analyses whose name starts so."""
    from whofunds.analysing import ANALYSES

    yield from (name for name in ANALYSES if name.startswith(incomplete))


def of_analysis(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """What an analysis takes: a kind of capital, and days."""
    if ctx.params.get("what") == "without" and not ctx.params.get("words"):
        yield from ((id_, name) for id_, name in KINDS.items() if id_.startswith(incomplete))
    for day, meaning in (("as_of", "what had certainly closed by this day"), KNOWN_BY):
        if day.startswith(incomplete):
            yield f"{day}=", meaning


def _parameters(
    ctx: typer.Context, name: str, before: list[str], incomplete: str
) -> Iterator[Offer]:
    if query := _queries(ctx).get(name):
        yield from _of_params(ctx, query.params, before, incomplete)


def _of_params(
    ctx: typer.Context, params: "tuple[Parameter, ...]", before: list[str], incomplete: str
) -> Iterator[Offer]:
    key, equals, value = incomplete.partition("=")
    start = f"{key}="
    if before[-1:] == ["="] and len(before) > 1:  # bash takes `=` for a word of its own
        key, equals, value, start = before[-2], "=", incomplete, ""
    elif not incomplete and before and "=" not in before[-1]:  # right after that `=`
        key, equals, start = before[-1], "=", ""
    if not equals:
        yield from ((f"{p.name}=", p.help) for p in params if p.name.startswith(incomplete))
        if KNOWN_BY[0].startswith(incomplete):
            yield f"{KNOWN_BY[0]}=", KNOWN_BY[1]
        return
    type_ = next((p.type for p in params if p.name == key), "")
    for offered, meaning in _values(ctx, type_, value):
        yield start + offered, meaning


def _values(ctx: typer.Context, type_: str, text: str) -> Iterator[Offer]:
    if type_ == "kind":
        yield from ((id_, name) for id_, name in KINDS.items() if id_.startswith(text))
    elif type_ == "currency":
        yield from ((c, "") for c in CURRENCIES if c.startswith(text.upper()))
    elif type_ in _QUERIES:
        yield from _entities(ctx, _QUERIES[type_], text)


def _entities(ctx: typer.Context, queries: tuple[str, ...], text: str) -> Iterator[Offer]:
    """Ids, and names that are one word, as a shell would part others; at most OFFERED."""
    from whofunds import graph

    offered = 0
    try:
        with graph.open(ctx.find_root().params.get("store"), read_only=True) as opened:
            for query in queries:
                for row in opened.query(query):
                    names = {row["id"]: None, **dict.fromkeys(row["names"] or ())}
                    for name in names:
                        if name.lower().startswith(text.lower()) and not any(
                            map(str.isspace, name)
                        ):
                            yield text + name[len(text) :], row["name"]
                            offered += 1
                            break
                    if offered == OFFERED:
                        return
    except (WhofundsError, OSError):
        return  # a shell has no place for a message here


def _queries(ctx: typer.Context) -> "dict[str, Query]":
    from whofunds import shipped
    from whofunds.catalog import find_queries

    own = [Path(folder) for folder in ctx.params.get("queries") or ()]
    try:
        return find_queries([*own, shipped.folder("queries")], [])
    except WhofundsError:
        return {}
