"""Files for `neo4j-admin database import full`: all that an online load puts into Neo4j.

A folder with a header file and a data file for each label and type, the options (`import.args`),
and what is still to be run when the server has started (`finish.cypher`): the constraints, and the
empty lists, which such files can't say. Until that is done the database says so, and whofunds does
not read it; whatever loads into it does it too.

Numbers are written as the type that they have. Where a property is a whole number in one row and a
fraction in another, or a list in one and a text in another, these rows stand in files of their own.
"""

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from whofunds import schema
from whofunds.errors import StoreError
from whofunds.export.pages import Read, starting
from whofunds.model import stored
from whofunds.projecting import Tell
from whofunds.stores import imported
from whofunds.stores.base import Store
from whofunds.stores.statements import FORMAT, batches

# Between the texts of a list: a noncharacter, which texts don't hold.
_BETWEEN = "\ufdd0"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string", list: "string[]"}
_AT_ONCE = 5_000


def write(folder: Path, store: Store, read: Read, tell: Tell | None) -> list[str]:
    """Write the files into a folder that is empty or new; returns what to do with them.

    Raises StoreError where a part of the graph is still to be projected.
    """
    if store.dirty_count():
        raise StoreError(
            f"{store.address} holds a load that is not finished, and its files would lack facts; "
            "load its source again, then export"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if strangers := sorted(path.name for path in folder.iterdir()):
        raise StoreError(f"{folder} holds other files ({strangers[0]}); name a new folder")
    revision = store.revision()
    with ExitStack() as stack:
        tables = _Tables(folder, stack)
        for label, page in read():
            for node, relationships in page:
                tables.node(label, "id", {**node.properties, "id": node.id})
                for end, values in starting(relationships):
                    end_label, _, end_id = end.partition(":")
                    type_ = values.pop("type")
                    tables.edge(type_, (label, node.id), (end_label, end_id), values)
            if tell:
                tell("written", tables.rows, None)
        _records(store, tables, tell)
        for load in store.loads(gone=True):
            tables.node("Load", "", asdict(load))
        last = max((load.id for load in store.loads(gone=True)), default=0)
        meta = {"id": "whofunds", "format": FORMAT, "revision": time.time_ns() // 1_000_000}
        tables.node(
            "Meta",
            "",
            {**meta, "loads": last or None, imported.MARK: imported.mark(tables.emptied)},
        )
        options = tables.finish()
    if store.revision() != revision:
        raise StoreError(
            f"{store.address} was changed while it was read; delete {folder} and export again "
            "when no load runs"
        )
    (folder / "import.args").write_text("\n".join(options) + "\n", encoding="utf-8")
    text = "".join(f"{statement};\n" for statement in imported.statements(tables.emptied))
    (folder / "finish.cypher").write_text(text, encoding="utf-8")
    return [
        "With the server stopped, on its machine:",
        f"  cd {folder.absolute()} && neo4j-admin database import full neo4j @import.args",
        "then start it, and once:",
        f"  cypher-shell -u neo4j -f {folder.absolute() / 'finish.cypher'}",
    ]


def _records(store: Store, tables: "_Tables", tell: Tell | None) -> None:
    """The records, those that were, and the units that they are about."""
    # An empty name is a temporary file that SQLite deletes on close.
    with closing(sqlite3.connect("")) as units:
        units.execute("CREATE TABLE unit (id TEXT PRIMARY KEY) WITHOUT ROWID")
        for past in (False, True):
            for batch in store.versions(past=past):
                for version in batch:
                    record = version.record
                    fields = {f: getattr(record, f) for f in ("key", "source", "kind", "body")}
                    fields |= {"hash": record.hash, "load": version.load}
                    if past:
                        tables.node("Past", "", {**fields, "until": version.until})
                        continue
                    tables.node("Record", "key", fields)
                    about = stored(record.source, record.kind, record.fields).units
                    units.executemany(
                        "INSERT OR IGNORE INTO unit VALUES (?)", ((u,) for u in about)
                    )
                    for unit in about:
                        tables.edge("ABOUT", ("Record", record.key), ("Unit", unit), {})
                if tell:
                    tell("written", tables.rows, None)
        for some in batches(units.execute("SELECT id FROM unit ORDER BY id"), _AT_ONCE):
            ids = [id_ for (id_,) in some]
            hashes = store.unit_hashes(ids)
            for id_ in ids:
                kind = id_.partition(":")[0]
                tables.node("Unit", "id", {"id": id_, "kind": kind, "hash": hashes.get(id_, "")})


class _Tables:
    """The files of all labels and types; each row goes where its values have the right types."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._tables: dict[tuple[str, ...], list[_Table]] = {}
        self.emptied: set[str] = set()
        self.rows = 0

    def node(self, label: str, key: str, values: Mapping[str, Any]) -> None:
        """Add a node; `key` is the property that relationships find it by, if any do."""
        of = schema.LABELS.get(label)
        names = ("id", "name", *of.properties) if of else tuple(values)
        self._add((label, key, label), names, values, label)

    def edge(
        self, type_: str, start: tuple[str, str], end: tuple[str, str], values: Mapping[str, Any]
    ) -> None:
        """Add a relationship between two nodes, each as (label, key)."""
        of = schema.TYPES.get(type_)
        names = (":START", *(of.properties if of else ()), ":END")
        ends = {":START": start[1], ":END": end[1]}
        self._add((start[0], end[0], type_), names, {**values, **ends}, type_)

    def _add(
        self, of: tuple[str, str, str], names: Sequence[str], values: Mapping[str, Any], word: str
    ) -> None:
        row = {name: value for name in names if (value := values.get(name)) is not None}
        types = {name: type(value) for name, value in row.items()}
        found = self._tables.setdefault(of, [])
        table = next((t for t in found if t.takes(types)), None)
        if table is None:
            name = "-".join(dict.fromkeys((word, of[0], str(len(found) + 1))))
            table = _Table(self._folder, name, of, names, self._stack)
            found.append(table)
        table.add(row, types, word)
        self.emptied |= {f"{word}.{name}" for name, value in row.items() if value == []}
        self.rows += 1

    def finish(self) -> list[str]:
        """Write the headers; returns the options of the import."""
        tables = [table for of in self._tables.values() for table in of]
        return [
            *(table.finish() for table in tables),
            f"--array-delimiter=U+{ord(_BETWEEN):04X}",
            "--multiline-fields=true",
        ]


class _Table:
    """A data file, whose header is written when the types of all its columns are known."""

    def __init__(
        self, folder: Path, name: str, of: tuple[str, str, str], names: Sequence[str],
        stack: ExitStack,
    ) -> None:  # fmt: skip
        self._folder, self._name, self._of, self._names = folder, name, of, names
        self._types: dict[str, type] = {}
        path = folder / f"{name}.csv"
        self._file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))

    def takes(self, types: Mapping[str, type]) -> bool:
        """Whether a row with these types can stand in this file."""
        return all(self._types.get(name, type_) is type_ for name, type_ in types.items())

    def add(self, row: Mapping[str, Any], types: Mapping[str, type], word: str) -> None:
        """Add a row whose types it takes."""
        self._types.update(types)
        fields = [_field(row.get(name), f"{word}.{name}") for name in self._names]
        self._file.write(",".join([*fields, _quoted(word)]) + "\n")

    def finish(self) -> str:
        """Write the header; returns the option that names both files."""
        self._file.flush()
        header = f"{self._name}-header.csv"
        columns = ",".join([*map(self._column, self._names), self._last()])
        (self._folder / header).write_text(columns + "\n", encoding="utf-8")
        what = "relationships" if self._edge() else "nodes"
        return f"--{what}=./{header},./{self._name}.csv"

    def _edge(self) -> bool:
        return self._names[0] == ":START"

    def _last(self) -> str:
        return ":TYPE" if self._edge() else ":LABEL"

    def _column(self, name: str) -> str:
        start_or_label, key_or_end, _ = self._of
        if self._edge() and name in (":START", ":END"):
            return f"{name}_ID({start_or_label if name == ':START' else key_or_end})"
        if not self._edge() and name == key_or_end:
            return f"{name}:ID({start_or_label})"
        return f"{name}:{_TYPES[self._types.get(name, str)]}"


def _field(value: Any, what: str) -> str:
    """A value as the import reads it: what has none is empty, and a text always quoted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        if any(_BETWEEN in text or imported.EMPTY in text or not text for text in value):
            raise StoreError(
                f"a list in {what} holds an empty text or U+FDD0 or U+FDD1, which can't be "
                "imported; load into Neo4j with --store instead"
            )
        return _quoted(_BETWEEN.join(value) if value else imported.EMPTY)
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
