"""A Markdown text filled with the answers that it asks for, and what changed since it last was.

Nothing is kept elsewhere: the text itself holds the rows, the hash of the facts, and the number of
the load that they were made from.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from whofunds import fences, history
from whofunds.changes import Causes, changes
from whofunds.citations import cited, sentence
from whofunds.decisions import AUTOMATIC
from whofunds.errors import UsageError, WhofundsError
from whofunds.markup import caption
from whofunds.output import cells, sum_in_words, text_of

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.graph import Graph
    from whofunds.stores.base import Store

_SPECIAL = re.compile(r"[\\`*\[\]<>|~&$]|(?<![^\W_])_|_(?![^\W_])")
_CAUSES_SHOWN = 3


@dataclass(repr=False)
class Filled:
    """A text and its answers; `numbers` are the reports' numbers by address.

    `made` holds, block by block, the lines up to its end and what its commands gave: an answer, or
    the page of a view. `again` says that an earlier run had kept what it gave, and `changes` in
    sentences what differs from that.
    """

    source: str
    made: list[tuple[int, list[tuple[fences.Command, "Answer | str"]]]]
    numbers: dict[str, int]
    reports: list[tuple[Any, ...]]
    facts: str
    stamp: str
    state: dict[str, Any]
    again: bool = False
    changes: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        answers = sum(len(block) for _, block in self.made)
        return f"<Filled: answers {answers:,}, reports {len(self.reports):,}. {self.facts}>"

    def pages(self, stem: str) -> dict[str, str]:
        """The pages of the views, by the file's name beside a text of that stem."""
        found = [made for _, block in self.made for _, made in block if isinstance(made, str)]
        return {f"{stem}.view-{i}.html": page for i, page in enumerate(found, 1)}

    def markdown(self, stem: str) -> str:
        """The text with its answers, linking the pages of its views as `pages(stem)` names them."""
        lines = self.source.rstrip("\n").split("\n")
        pages = iter(self.pages(stem))
        filled: list[str] = []
        at = 0
        for end, block in self.made:
            filled += [*lines[at:end], "", fences.BEGIN]
            for command, made in block:
                filled.append("")
                if isinstance(made, str):
                    filled.append(f"[{_safe(command.text)}](<{next(pages)}>)")
                else:
                    filled += self._table(made)
            filled += ["", fences.END]
            at = end
        filled += [*lines[at:], "", fences.BEGIN, "", f"{_safe(self.facts)} {self.stamp}", ""]
        filled += [_note(n, row) for n, row in enumerate(self.reports, 1)]
        filled += ["", fences.state_line(self.state), fences.END, ""]
        return "\n".join(filled)

    def _table(self, answer: "Answer") -> Iterator[str]:
        names, rows = cells(answer, self.numbers)
        if not rows:
            yield "no rows"
        else:
            yield f"| {' | '.join(map(_safe, names))} |"
            yield f"|{' --- |' * len(names)}"
        for row in rows:
            told = (_safe(c) if isinstance(c, str) else "".join(f"[^r{n}]" for n in c) for c in row)
            yield f"| {' | '.join(told)} |"
        yield from ("", f"*{_safe(caption(replace(answer, facts_as_of='')))}*")


def fill(graph: "Graph", text: str, before: str | None = None) -> Filled:
    """The text with its answers; what changed is told against `before`, or the text itself.

    Raises UsageError, NameNotFound and so on with the line of what can't be answered.
    """
    from whofunds import __version__

    source, state = fences.source(text)
    if before is not None:
        _, state = fences.source(before)
    made = [(f.end, [(c, _made(graph, c)) for c in f.commands]) for f in fences.fences(source)]
    numbers: dict[str, int] = {}
    for _, block in made:
        for _, one in block:
            if not isinstance(one, str):
                cells(one, numbers)
    rows = cited(numbers, graph.query("views/reports")) if numbers else []
    loads = graph.store.loads(gone=True)
    held = {
        "version": __version__,
        "facts": fingerprint(graph.store),
        "load": max((entry.id for entry in loads), default=0),
        "reports": list(numbers),
        "answers": [_kept(c, one, numbers) for _, block in made for c, one in block],
    }
    as_of = graph.facts_as_of or "unknown"
    facts = f"Facts as of {as_of}; in our data, at least."
    stamp = f"whofunds {__version__}, facts `{held['facts']}`."
    filled = Filled(source, made, numbers, rows, facts, stamp, held)
    filled.again = bool(state)
    if state:
        filled.changes = [*_told(graph.store, state, filled)]
    return filled


def fingerprint(store: "Store", load: int | None = None) -> str:
    """A hash of all records, as they are or as they were after a load; the same on every store."""
    digest = hashlib.sha256()
    for batch in store.all_records(load):
        for record in batch:
            if record.source != AUTOMATIC:
                digest.update(f"{record.key}\t{record.hash}\n".encode(errors="replace"))
    return digest.hexdigest()


def _made(graph: "Graph", command: fences.Command) -> "Answer | str":
    try:
        if command.word == "view":
            if "file" in command.params:
                raise UsageError("a view in a text takes no file; leave it out")
            return graph.view(command.name, None, **command.params)
        return graph.query(command.name, **command.params)
    except WhofundsError as error:
        error.args = (f"line {command.line}: {error}",)
        raise


def _kept(
    command: fences.Command, made: "Answer | str", numbers: Mapping[str, int]
) -> dict[str, Any]:
    """What tells, next time, whether an answer changed; reports by their numbers from 0."""
    if isinstance(made, str):
        page = hashlib.sha256(made.encode(errors="replace")).hexdigest()
        return {"asks": command.text, "page": page}
    values = [
        [
            [numbers[str(u)] - 1 for u in value or ()]
            if column.name == "reports"
            else _plain(value)
            for column, value in zip(made.columns, row, strict=True)
        ]
        for row in made.values
    ]
    return {"asks": command.text, "columns": list(made.names), "rows": values}


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, (str, int, float)) else text_of(value)


def _told(store: "Store", old: dict[str, Any], filled: Filled) -> Iterator[str]:
    """What changed, in sentences. Raises UsageError for a state that whofunds did not write."""
    new = filled.state
    before: dict[str, list[dict[str, Any]]] = {}
    after: dict[str, list[dict[str, Any]]] = {}
    shown: dict[str, set[str]] = {}
    made = [pair for _, block in filled.made for pair in block]
    try:
        then = {entry["asks"]: entry for entry in old["answers"]}
        causes = _causes(store, old, new)
        for (command, one), entry in zip(made, new["answers"], strict=True):
            asks = command.text
            was = then.pop(asks, None)
            if was is None:
                continue
            if isinstance(one, str):
                if was["page"] != entry["page"]:
                    yield f"{asks}: the page changed{_why(causes.of([]), old, new)}"
                continue
            shown[asks] = {c.name for c in one.columns if c.table != "never"}
            # Rows are told apart by what a reader sees, where that does.
            names = sorted(one.names, key=lambda name: name not in shown[asks])
            both = [name for name in names if name in was["columns"]]
            before[asks], after[asks] = _rows(was, old, both), _rows(entry, new, both)
        for asks, row, column, was_, is_, urls in changes(
            after, before.__getitem__, after.__getitem__, causes
        ):
            if column and column not in shown[asks]:
                continue
            what = (
                f"{column} {_difference(was_, is_)}" if column else "is new" if is_ else "is gone"
            )
            yield f"{asks}: {row}: {what}{_why(urls, old, new)}"
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise UsageError(
            f"what the text keeps of its last run is damaged ({error!r}); delete its line "
            "`<!-- whofunds state ... -->`"
        ) from None


def _rows(
    entry: Mapping[str, Any], state: Mapping[str, Any], names: Sequence[str]
) -> list[dict[str, Any]]:
    rows = [dict(zip(entry["columns"], row, strict=True)) for row in entry["rows"]]
    for row in rows:
        if "reports" in row:
            row["reports"] = [state["reports"][n] for n in row["reports"]]
    return [{name: row[name] for name in names} for row in rows]


class _Rows(Causes):
    """Where the records of then are not there: the reports that came into a row or left it."""

    def __init__(self) -> None:
        super().__init__(())

    def of(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        named = [set(row.get("reports") or ()) for row in rows]
        return sorted(named[0] ^ named[1] if len(named) == 2 else set().union(*named))


def _causes(store: "Store", old: Mapping[str, Any], new: Mapping[str, Any]) -> Causes:
    """What changed among the records since, if this store was then as the text has it."""
    if old["facts"] == new["facts"]:
        return Causes(())
    if old["load"] <= new["load"] and fingerprint(store, old["load"]) == old["facts"]:
        return Causes(history.changed(store, old["load"]))
    return _Rows()


def _why(urls: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    causes = list(urls)
    if causes:
        more = f" and {len(causes) - _CAUSES_SHOWN} more" if len(causes) > _CAUSES_SHOWN else ""
        return f" ({', '.join(map(text_of, causes[:_CAUSES_SHOWN]))}{more})"
    if old["facts"] != new["facts"]:
        return " (no report that it names; other facts changed)"
    if old["version"] != new["version"]:
        return f" (the same facts; whofunds was {old['version']})"
    return " (the same facts; the question or its rates changed)"


def _difference(was: Any, is_: Any) -> str:
    texts = [_short(was), _short(is_)]
    if texts[0] == texts[1]:
        texts = [text_of(was), text_of(is_)]
    return " -> ".join(text or "nothing" for text in texts)


def _short(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 1_000_000:
        return sum_in_words(value)
    return text_of(value)


def _note(number: int, row: tuple[Any, ...]) -> str:
    """A footnote: the sentence about a report, linked where its address is one of the web."""
    url = str(row[3])
    said = sentence(row)
    if url.lower().startswith(("http://", "https://")):
        target = re.sub(r"[\s<>\\]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)
        return f"[^r{number}]: {_safe(said)} <{target}>" if said else f"[^r{number}]: <{target}>"
    return f"[^r{number}]: {_safe(' '.join(filter(None, (said, url))))}"


def _safe(text: str) -> str:
    """A text as Markdown has to write it to mean nothing but itself."""
    return _SPECIAL.sub(r"\\\g<0>", text_of(text))
