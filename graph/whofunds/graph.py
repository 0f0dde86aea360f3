"""The graph as Python uses it; the command line calls nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whofunds import shipped
from whofunds.answers import Answer, Status
from whofunds.catalog import Column, Query, bind, console, find_queries, find_query
from whofunds.dialect import unsafe
from whofunds.errors import CypherError, NameNotFound, UsageError
from whofunds.index import Entity
from whofunds.lookup import KINDS, WORDS, Names
from whofunds.stores import open_store
from whofunds.stores.base import Store

if TYPE_CHECKING:
    from whofunds.ingest import Outcome, Tell
    from whofunds.loading import Loader

CYPHER_SECONDS = 30.0
CYPHER_ROWS = 10_000
PAGE = 10_000
VIEWS = ("capital-map", "query")
_FILES = {"startup": "startups", "investor": "investors", "city": "cities"}


def open(
    store: str | Path | None = None,
    *,
    loaders: Sequence[str | Path] = (),
    queries: Sequence[str | Path] = (),
    into_existing: bool = False,
    read_only: bool = False,
) -> "Graph":
    """Open a graph: a folder (`whofunds.store` by default), `neo4j`, or a Neo4j address.

    `loaders` and `queries` are folders of one's own. `into_existing` allows a Neo4j database that
    holds nodes of others; `read_only` refuses to make a store that isn't there.
    """
    opened = open_store(store, into_existing=into_existing, read_only=read_only)
    return Graph(opened, [Path(p) for p in loaders], [Path(p) for p in queries])


class Graph:
    """An open store with its loaders and queries. Close it, or use it as a context manager."""

    def __init__(
        self, store: Store, loaders: Sequence[Path] = (), queries: Sequence[Path] = ()
    ) -> None:
        self.store = store
        self._loaders = list(loaders)
        self._queries = [*queries, shipped.folder("queries")]

    # loading

    def loaders(self) -> dict[str, "Loader"]:
        """The loaders there are, by name."""
        from whofunds.loading import find_loaders

        return find_loaders(self._loaders)

    def load(
        self,
        loader: str | Path,
        path: str | Path | None = None,
        *,
        preview: bool = False,
        rejects: str | Path | None = None,
        tell: "Tell | None" = None,
    ) -> "Outcome":
        """Run a loader, by name or by its file, on `path`, and load what it yields.

        With `preview` nothing is stored. Values that were not taken go to the CSV file `rejects`.
        """
        from whofunds import ingest, loading
        from whofunds.checking import Rejects

        found = loading.find_loader(str(loader), self._loaders)
        records = loading.run(found, Path(path) if path is not None else None)
        self._forget()
        outcome = ingest.load(
            self.store,
            found.name,
            records,
            path=str(path or ""),
            preview=preview,
            rejects=Rejects(Path(rejects) if rejects else None),
            tell=tell,
        )
        self._names.make()
        return outcome

    def unload(self, source: str, tell: "Tell | None" = None) -> int:
        """Take back all that a source brought; returns how many records that were."""
        from whofunds import ingest

        self._forget()
        taken = ingest.unload(self.store, source, tell)
        self._names.make()
        return taken

    # asking

    def queries(self) -> dict[str, Query]:
        """The canned queries there are, by name."""
        return find_queries(self._queries)

    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query; an entity parameter takes an id or any name."""
        query, bound = self._bound(name, params)
        result = self.store.query(query.cypher, bound)
        return Answer(
            query.title,
            query.columns,
            result.rows,
            self.facts_as_of,
            unfinished=self.store.unfinished(),
            currency=str(bound.get("currency", "")),
        )

    def console(self, name: str, /, **params: object) -> str:
        """The Cypher of a canned query with `:param` lines, for Neo4j Browser."""
        return console(*self._bound(name, params))

    def cypher(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float = CYPHER_SECONDS,
        limit: int = CYPHER_ROWS,
    ) -> Answer:
        """One's own read-only question; `timeout` in seconds, at most `limit` rows."""
        if not self.store.runs_any_cypher and (wrong := unsafe(text)):
            raise CypherError(wrong[0])
        result = self.store.query(text, params, timeout=timeout, limit=limit)
        columns = tuple(Column(name) for name in result.columns)
        unfinished = self.store.unfinished()
        return Answer("", columns, result.rows, self.facts_as_of, result.cut, unfinished)

    def find(self, text: str, kind: str | None = None) -> dict[str, Any]:
        """What a text means among companies, investors or cities (`kind` says which).

        Gives query, matches (id, name, kind, score from 0 to 100, the name that matched) and a
        verdict: `match` for exactly one, `ambiguous` for several, `none` with the nearest names.
        """
        kinds = {word: kind for kind, word in WORDS.items()}
        if kind not in (None, *kinds):
            raise UsageError(f"no kind of entity is called {kind!r}; use {', '.join(kinds)}")
        verdict, found = self._names.verdict(text, (kinds[kind],) if kind else KINDS)
        matches = [asdict(m) | {"kind": WORDS[m.kind]} for m in found]
        return {"query": text, "matches": matches, "verdict": verdict}

    def why(self, round_: str) -> Answer:
        """A round's accounts side by side: what each says field by field, and what became of it.

        `round_` is a round's id, or the key of any account in it.
        """
        from whofunds.accounts import account
        from whofunds.explain import words
        from whofunds.policy import conclude
        from whofunds.resolve import rounds

        held = self.query("entities/round", round=round_)
        if len(held) != 1:
            several = ", ".join(row["id"] for row in held)
            raise NameNotFound(
                f"{round_!r} is in several rounds: {several}; give one of these ids"
                if several
                else f"no round or account is called {round_!r}; `whofunds rounds` lists them"
            )
        unit = f"startup:{held[0]['company']}"
        told = [account(r) for r in self.store.records([unit])[unit] if r.kind == "round"]
        found = next(conclude(g) for g in rounds(told) if g[0].key == held[0]["id"])
        columns = (
            Column("field", "field of the round"),
            Column("value", "the round's value"),
            Column("disputed", "whether the accounts differ in it"),
            Column("account", "the account's key"),
            Column("says", "what the account says"),
            Column("outcome", "what became of that"),
            Column("rule", "rule of the policy by which"),
            Column("reports", "address of the report"),
        )
        rows: list[tuple[Any, ...]] = [
            (w.field, w.value, w.disputed, w.account, w.says, w.outcome, w.rule, [w.report])
            for w in words(found)
        ]
        return Answer(held[0]["name"], columns, rows, self.facts_as_of)

    def view(self, name: str, /, file: str | Path | None = None, **params: object) -> str:
        """The page of a view, as HTML; written to `file` if one is given.

        `capital-map`, or `query` with `name=TOPIC/NAME` and that query's parameters.
        """
        from whofunds import views

        if name == "capital-map":
            if params:
                raise UsageError(f"capital-map takes no {next(iter(params))!r}; leave it out")
            page = views.capital_map(
                list(self.query("views/facts")),
                list(self.query("views/reports")),
                title="Who funds whom",
                as_of=self.facts_as_of,
            )
        elif name == "query":
            page = self._query_page(params)
        else:
            raise UsageError(f"no view is called {name!r}; there are {', '.join(VIEWS)}")
        if file is not None:
            views.write(file, page)
        return page

    def status(self) -> Status:
        """Which store this is, and what it holds."""
        held = self.query("entities/held")
        return Status(
            self.store.address,
            held[0],
            self.store.record_counts(),
            self.store.loads(),
            self.store.dirty_count(),
        )

    @cached_property
    def facts_as_of(self) -> str:
        """The date of the newest report; empty where none is dated."""
        query = find_query(self._queries, "entities/held")
        rows = self.store.query(query.cypher, {}).rows
        return str(rows[0][-1] or "") if rows else ""

    def close(self) -> None:
        """Give back files, locks and connections."""
        self._forget()
        self.store.close()

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forget(self) -> None:
        """Drop what was read of a graph that is about to change."""
        if "_names" in self.__dict__:
            self._names.close()
        for name in ("_names", "facts_as_of"):
            self.__dict__.pop(name, None)

    @cached_property
    def _names(self) -> Names:
        def entities(kind: str) -> Iterator[Entity]:
            query, after = find_query(self._queries, f"entities/{_FILES[kind]}"), ""
            while rows := self.store.query(query.cypher, {"after": after}, limit=PAGE).rows:
                for id_, name, names, *former in rows:
                    yield id_, name, names, former[0] if former else []
                after = rows[-1][0]

        def revision() -> str:
            return "" if self.store.unfinished() else self.store.revision()

        return Names(entities, self.store.derived / "names.sqlite", revision)

    def _bound(self, name: str, params: Mapping[str, object]) -> tuple[Query, dict[str, Any]]:
        query = find_query(self._queries, name)
        return query, bind(query, params, self._names.id_of)

    def _query_page(self, params: Mapping[str, object]) -> str:
        from whofunds import views
        from whofunds.stores.base import Node, Relationship
        from whofunds.stores.base import Path as GraphPath

        name = str(params.get("name", ""))
        if not name:
            raise UsageError("view query needs name=TOPIC/NAME; `whofunds queries` lists them")
        query, bound = self._bound(name, {k: v for k, v in params.items() if k != "name"})
        result = self.store.query(query.cypher, bound)
        nodes: dict[tuple[str, str], Node] = {}
        relationships: list[Relationship] = []
        for value in _flat(result.rows):
            if isinstance(value, Node):
                nodes[value.label, value.id] = value
            elif isinstance(value, Relationship):
                relationships.append(value)
            elif isinstance(value, GraphPath):
                nodes |= {(n.label, n.id): n for n in value.nodes}
                relationships += value.relationships
        if not result.rows:
            raise UsageError(f"{name} found nothing with these parameters, so nothing can be drawn")
        if not nodes:
            raise UsageError(
                f"{name} gave no node, relationship or path to draw; `whofunds query {name}` "
                "shows its rows, and paths/between is one that draws"
            )
        return views.network(
            list(nodes.values()),
            relationships,
            title=query.title,
            question=query.question,
            rows=result.rows,
            columns=list(result.columns),
        )


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _flat(item)
    else:
        yield value
