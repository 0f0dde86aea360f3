"""A source's types of investors as our kinds of capital, from a table that can be edited."""

from pathlib import Path

from whofunds import schema, shipped
from whofunds.errors import InputError
from whofunds.readers import read_csv
from whofunds.readers.reading import log

FILE = "kinds.csv"


def read_kinds(source: str, path: str | Path | None = None) -> "Kinds":
    """The kinds of a source's types: from the shipped table, or one's own copy of it.

    Columns are source, type, kind (empty where the type says nothing of it) and note. Raises
    InputError where the table is damaged, or a kind isn't one of ours.
    """
    table = Path(path) if path else shipped.folder("loaders") / "data" / FILE
    if not table.is_file():
        raise InputError(f"{table}: there is no such file; copy {FILE} of loaders/data")
    found: dict[str, str] = {}
    for row in read_csv(table):
        of, type_, kind = row["source"], row["type"], row["kind"].strip()
        if fault := of.fault or type_.fault or row["kind"].fault:
            raise InputError(f"{table}:{row.line}: {fault}; mend the table")
        if kind and kind not in schema.KINDS:
            known = ", ".join(schema.KINDS)
            raise InputError(f"{table}:{row.line} {kind!r}: no kind of capital; use {known}")
        if of.strip().casefold() == source.casefold():
            found[_word(type_)] = kind
    return Kinds(source, found)


class Kinds:
    """A source's types of investors, and our kinds of capital."""

    def __init__(self, source: str, kinds: dict[str, str]) -> None:
        self.source, self._kinds = source, kinds
        self._unlisted: set[str] = set()

    def get(self, type_: str) -> str:
        """Our kind, or empty where the type doesn't settle it; each that isn't listed is logged."""
        word = _word(type_)
        if word and word not in self._kinds and word not in self._unlisted:
            self._unlisted.add(word)
            log.warning(
                "%s: the type %r is not in the table of kinds, so no kind of capital is stated; "
                "add it to a copy of %s and load with --set kinds=FILE",
                *(self.source, str(type_).strip(), FILE),
            )
        return self._kinds.get(word, "")


def _word(type_: str) -> str:
    return " ".join(type_.replace("_", " ").casefold().split())
