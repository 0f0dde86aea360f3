"""The graph as Python uses it; the command line calls nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whofunds import shipped
from whofunds.analysing import Analysing
from whofunds.answers import Answer, Status
from whofunds.catalog import Column, Query, bind, console, find_queries, find_query
from whofunds.citing import Citing
from whofunds.comparing import Comparing
from whofunds.dialect import unsafe
from whofunds.errors import CypherError, NameNotFound
from whofunds.intake import Intake
from whofunds.lookup import KINDS, WORDS, Names, kind_of, names_of
from whofunds.stores import open_store
from whofunds.stores.base import Store

if TYPE_CHECKING:
    from whofunds.history import Past
    from whofunds.pages import Page
    from whofunds.projecting import Tell

CYPHER_SECONDS = 30.0
CYPHER_ROWS = 10_000
_FILES = {
    "startup": "startups",
    "investor": "investors",
    "city": "cities",
    "cohort": "cohorts",
    "country": "countries",
}


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


class Graph(Intake, Comparing, Analysing, Citing):
    """An open store with its loaders and queries. Close it, or use it as a context manager."""

    def __init__(
        self, store: Store, loaders: Sequence[Path] = (), queries: Sequence[Path] = ()
    ) -> None:
        self.store = store
        self._loaders = list(loaders)
        self._queries = [*queries, shipped.folder("queries")]
        self._known: dict[tuple[str, str], Past] = {}
        self.known_day, self.left_out = "", 0

    # deciding

    def decide(
        self,
        type_: str,
        a: str,
        b: str = "",
        *,
        kind: str = "investor",
        field: str = "",
        value: str = "",
        by: str = "",
        why: str = "",
        tell: "Tell | None" = None,
    ) -> str:
        """Decide how the records are read (see `Decision`), and project it; returns its key.

        `a` and `b` are entities of `kind` (company, investor or city; ids or names), accounts or
        rounds where `type_` is join or split or `kind` is round, or the address of a report. `by`
        is the user of this machine unless given. Raises UsageError for a decision about nothing,
        and for one that contradicts another.
        """
        from whofunds import deciding
        from whofunds.decisions import Decision

        decision = Decision(type=type_, of=kind, a=a, b=b, field=field, value=value, by=by, why=why)
        meant = deciding.meant(self.store, decision, self._names.id_of, self._round)
        self._forget()
        return deciding.decide(self.store, meant, tell)

    def undo(self, key: str, tell: "Tell | None" = None) -> None:
        """Take the decision of this key back; the graph is as if it had never been taken."""
        from whofunds import deciding

        self._forget()
        deciding.undo(self.store, key, tell)

    def decisions(self) -> Answer:
        """Every decision, whosever it is, with what became of it."""
        from whofunds import deciding

        rows = [*deciding.listed(self.store)]
        return Answer("Decisions", deciding.COLUMNS, rows, self.facts_as_of)

    # the past

    def known_by(self, day: str, tell: "Tell | None" = None) -> "Graph":
        """The graph as the reports published by the end of a day have it (`2025`, `2025-06` ...).

        It is kept, and closed with this one. Its answers say how much was left out, as its report
        has no date.
        """
        from whofunds import history

        last = history.day_of(day)
        held = (last, self.store.revision())
        if held not in self._known:
            self._known[held] = history.known(self.store, last, tell)
        return self._of(self._known[held], last)

    def diff(self, since: str, tell: "Tell | None" = None) -> Answer:
        """Which answers of queries that need no parameter changed since a load, and why.

        `since` is a load's number, or a day: what was held at its end.
        """
        from whofunds import changes, history

        load = history.load_of(self.store.loads(gone=True), since)
        causes = changes.Causes(history.changed(self.store, load))
        past = history.after(self.store, load, tell)
        try:
            rows = [*changes.changes(self._free(), self._of(past).query, self.query, causes)]
        finally:
            past.close()
        return Answer(f"Changes since load {load}", changes.COLUMNS, rows, self.facts_as_of)

    def _of(self, past: "Past", day: str = "") -> "Graph":
        graph = self._beside(past.store)
        graph.known_day, graph.left_out = day, past.left_out
        return graph

    def _beside(self, store: Store) -> "Graph":
        return Graph(store, self._loaders, self._queries[:-1])

    # asking

    def queries(self) -> dict[str, Query]:
        """The canned queries there are, by name."""
        return find_queries(self._queries)

    def query(self, name: str, /, **params: object) -> Answer:
        """Ask a canned query; an entity parameter takes an id or any name."""
        if (day := params.pop("known_by", None)) is not None:
            return self.known_by(str(day)).query(name, **params)
        query, bound = self._bound(name, params)
        result = self.store.query(query.cypher, bound)
        return Answer(
            query.title,
            query.columns,
            result.rows,
            self.facts_as_of,
            unfinished=self.store.unfinished(),
            currency=str(bound.get("currency", "")),
            known_by=self.known_day,
            left_out=self.left_out,
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

    def check(self, *names: str) -> dict[str, Answer]:
        """What is doubtful in the facts, by check (`queries/checks/`), the worst first.

        Each row says what it is about (kind, id, name), why it is listed (detail), and the reports.
        """
        from whofunds import quality

        return quality.check(self, names)

    def find(self, text: str, kind: str | None = None) -> dict[str, Any]:
        """What a text means among companies, investors or cities (`kind` says which).

        Gives query, matches (id, name, kind, score from 0 to 100, the name that matched) and a
        verdict: `match` for exactly one, `ambiguous` for several, `none` with the nearest names.
        """
        verdict, found = self._names.verdict(text, (kind_of(kind),) if kind else KINDS)
        matches = [asdict(m) | {"kind": WORDS[m.kind]} for m in found]
        return {"query": text, "matches": matches, "verdict": verdict}

    def why(self, round_: str) -> Answer:
        """A round's accounts side by side: what each says field by field, and what became of it.

        `round_` is a round's id, or the key of any account in it.
        """
        from whofunds import explain

        held = self._round(round_)
        rows = [astuple(word) for word in explain.why(self.store, held["company"], held["id"])]
        return Answer(held["name"], explain.COLUMNS, rows, self.facts_as_of)

    def _round(self, text: str) -> dict[str, Any]:
        """The round of this id, or with an account of this key: its id, company and name."""
        held = self.query("entities/round", round=text)
        if len(held) != 1:
            several = ", ".join(row["id"] for row in held)
            raise NameNotFound(
                f"{text!r} is in several rounds: {several}; give one of these ids"
                if several
                else f"no round or account is called {text!r}; `whofunds rounds` lists them"
            )
        return held[0]

    def view(self, name: str, /, file: str | Path | None = None, **params: object) -> "Page":
        """The page of a view, as HTML that notebooks show; written to `file` if one is given.

        `whofunds view` lists the views and what they take; all take `language` (en, fr, zh), and
        `tell`, which is called with a stage, what is done of it and of how much.
        """
        from whofunds import pages, views

        if (day := params.pop("known_by", None)) is not None:
            return self.known_by(str(day)).view(name, file, **params)
        page = pages.page(self, name, params, self._names.id_of)
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
        self.store.close()

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forget(self) -> None:
        """Drop what was read of a graph that is about to change."""
        for name in ("_names", "_facts_of", "facts_as_of"):
            self.__dict__.pop(name, None)
        while self._known:
            self._known.popitem()[1].close()

    @cached_property
    def _names(self) -> Names:
        return names_of(
            self.store,
            lambda kind: find_query(self._queries, f"entities/{_FILES[kind]}").cypher,
        )

    def _bound(self, name: str, params: Mapping[str, object]) -> tuple[Query, dict[str, Any]]:
        query = find_query(self._queries, name)
        return query, bind(query, params, self._names.id_of)
