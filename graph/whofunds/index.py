"""The names of all entities in one SQLite file: found by a folded form, or by the trigrams of one.

The file is made again when the store has changed, aside and then renamed into place, so that a
reader never meets half of one. Where it can't be kept, it lives in memory.
"""

import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, NamedTuple

from whofunds.errors import StoreError
from whofunds.identifiers import tells
from whofunds.names import fold, spellings

FORMAT = "2"
_AT_ONCE = 500
_LOOKED_AT = 10_000
_BATCH = 2_000
_ASIDE, _ABANDONED = "names-", 6 * 3600
_SCHEMA = """
CREATE TABLE meta (revision TEXT, format TEXT);
CREATE TABLE entity (n INTEGER PRIMARY KEY, kind TEXT, id TEXT, name TEXT);
CREATE TABLE known (id TEXT, kind TEXT, former INTEGER, entity INTEGER,
                    PRIMARY KEY (id, kind, former, entity)) WITHOUT ROWID;
CREATE TABLE identifier (text TEXT, kind TEXT, entity INTEGER,
                         PRIMARY KEY (text, kind, entity)) WITHOUT ROWID;
CREATE TABLE form (n INTEGER PRIMARY KEY, form TEXT, spelt INTEGER, entity INTEGER, name TEXT);
CREATE VIRTUAL TABLE part USING fts5(form, content='form', content_rowid='n', detail='none',
                                     columnsize=0, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE parts USING fts5vocab('part', 'row');
CREATE TABLE trigram (term TEXT PRIMARY KEY, forms INTEGER) WITHOUT ROWID;
"""
_FINISH = """
CREATE INDEX form_form ON form (form);
INSERT INTO part (part) VALUES ('rebuild');
INSERT INTO part (part) VALUES ('optimize');
INSERT INTO trigram SELECT term, doc FROM parts;
"""

Entity = tuple[str, str, Sequence[str], Sequence[str], Sequence[str]]
"""An entity's id, name, all of its names, its former ids, and its identifiers."""
Entities = Callable[[str], Iterable[Entity]]


class Named(NamedTuple):
    """A form of a name: of which entity, and the name as it is written; `spelt`: by its sound."""

    n: int
    kind: str
    id: str
    name: str
    matched: str
    form: str
    spelt: int


class Index:
    """The names of the entities of `kinds`; `entities(kind)` gives them, and may do so lazily.

    With a `file` they are kept there as long as `revision()` stays what it was when they were
    read; empty, it says that they can't be kept now.
    """

    def __init__(
        self,
        entities: Entities,
        kinds: Sequence[str],
        file: Path | None = None,
        revision: Callable[[], str] = str,
    ) -> None:
        self._entities = entities
        self._kinds = kinds
        self._file = file
        self._revision = revision
        self._db: sqlite3.Connection | None = None

    def entity(self, kind: str, id_: str) -> tuple[str, str] | None:
        """The id and the name of the entity that has an id, or else that had it before."""
        rows = self._rows(
            "SELECT e.id, e.name FROM known k JOIN entity e ON e.n = k.entity"
            " WHERE k.id = ? AND k.kind = ? ORDER BY k.former, e.id LIMIT 1",
            (id_, kind),
        )
        return rows[0] if rows else None

    def identified(self, text: str, kind: str) -> list[tuple[str, str]]:
        """The ids and the names of the entities that have an identifier."""
        return self._rows(
            "SELECT e.id, e.name FROM identifier i JOIN entity e ON e.n = i.entity"
            " WHERE i.text = ? AND i.kind = ? ORDER BY e.id",
            (text, kind),
        )

    def named(self, forms: Iterable[str], kinds: Sequence[str]) -> list[Named]:
        """The names that have one of these forms, by kind and id."""
        found: list[Named] = []
        wanted = list(forms)
        for i in range(0, len(wanted), _AT_ONCE):
            found += self._names("form", wanted[i : i + _AT_ONCE], kinds)
        return sorted(found, key=lambda one: (kinds.index(one.kind), one.id, one.n))

    def like(self, form: str, kinds: Sequence[str], most: int) -> list[Named]:
        """The names that share most with a form, by its rarest trigrams; best first."""
        terms = list({form[i : i + 3] for i in range(len(form) - 2)})[:_AT_ONCE]
        counts = self._rows(
            f"SELECT forms, term FROM trigram WHERE term IN ({_marks(terms)}) ORDER BY 1, 2", terms
        )
        shared: Counter[int] = Counter()
        seen = 0
        for forms, term in counts:
            seen += forms
            if shared and seen > _LOOKED_AT:
                break
            quoted = '"' + term.replace('"', '""') + '"'
            found = "SELECT rowid FROM part WHERE part MATCH ? LIMIT ?"
            shared.update(chain.from_iterable(self._rows(found, (quoted, _LOOKED_AT))))
        best = [n for n, _ in shared.most_common(_AT_ONCE)]
        by_n = {one.n: one for one in self._names("n", best, kinds)}
        return [by_n[n] for n in best if n in by_n][:most]

    def make(self) -> None:
        """Read the names and keep them, if they can be kept and aren't yet."""
        if self._file is not None and self._revision():
            self._opened()

    def close(self) -> None:
        """Give back the file; it is opened again when it is asked for."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def __del__(self) -> None:
        self.close()

    def _names(
        self, column: str, values: Sequence[str | int], kinds: Sequence[str]
    ) -> Iterator[Named]:
        rows = self._rows(
            "SELECT f.n, e.kind, e.id, e.name, f.name, f.form, f.spelt"
            f" FROM form f JOIN entity e ON e.n = f.entity WHERE f.{column} IN ({_marks(values)})",
            values,
        )
        return (Named(*row) for row in rows if row[1] in kinds)

    def _rows(self, sql: str, values: Sequence[str | int]) -> list[Any]:
        try:
            return self._opened().execute(sql, values).fetchall()
        except UnicodeEncodeError:  # half a character, so no name
            return []
        except sqlite3.DatabaseError:  # a damaged file
            self.close()
            self._db = self._made()
            return self._db.execute(sql, values).fetchall()

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = self._kept() or self._made()
        return self._db

    def _kept(self) -> sqlite3.Connection | None:
        """The file, if there is one and it is of the store as it is now."""
        if self._file is None or not self._file.is_file():
            return None
        db = _open(self._file)
        try:
            if db.execute("SELECT revision, format FROM meta").fetchone() == self._stamp():
                return db
        except sqlite3.DatabaseError:
            pass
        db.close()
        return None

    def _made(self) -> sqlite3.Connection:
        stamp = self._stamp()
        if self._file is not None and stamp[0]:
            with suppress(OSError, sqlite3.OperationalError), _aside(self._file) as half:
                with closing(sqlite3.connect(half)) as db:
                    self._fill(db, stamp)
                if self._stamp() == stamp:
                    half.replace(self._file)
                    return _open(self._file)
        db = sqlite3.connect("", check_same_thread=False)  # a file of its own, gone when closed
        try:
            self._fill(db, stamp)
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the names can't be indexed: {error}; make room in {gettempdir()}, then ask again"
            ) from None
        return db

    def _stamp(self) -> tuple[str, str]:
        return self._revision(), FORMAT

    def _fill(self, db: sqlite3.Connection, stamp: tuple[str, str]) -> None:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        db.execute("INSERT INTO meta VALUES (?, ?)", stamp)
        n = 0
        for kind in self._kinds:
            entities = iter(self._entities(kind))
            while batch := list(islice(entities, _BATCH)):
                known: list[tuple[str, str, int, int]] = []
                forms: list[tuple[str, int, int, str]] = []
                identified: list[tuple[str, str, int]] = []
                numbered = list(enumerate(batch, n))
                for i, (id_, _, names, former, identifiers) in numbered:
                    known.append((id_, kind, 0, i))
                    known += ((was, kind, 1, i) for was in former)
                    identified += ((one, kind, i) for one in identifiers if tells(one))
                    forms += ((form, spelt, i, name) for (form, spelt), name in _forms(names))
                rows = ((i, kind, one[0], one[1]) for i, one in numbered)
                db.executemany("INSERT INTO entity VALUES (?, ?, ?, ?)", rows)
                db.executemany("INSERT INTO known VALUES (?, ?, ?, ?)", known)
                db.executemany("INSERT INTO identifier VALUES (?, ?, ?)", identified)
                db.executemany("INSERT INTO form VALUES (NULL, ?, ?, ?, ?)", forms)
                n += len(batch)
        db.commit()
        db.executescript(_FINISH)
        db.commit()


def _forms(names: Iterable[str]) -> Iterable[tuple[tuple[str, int], str]]:
    """The forms of an entity's names, written (0) or by sound (1), and the first with each."""
    found: dict[tuple[str, int], str] = {}
    for name in names:
        own = fold(name)
        for form in spellings(name):
            found.setdefault((form, int(form != own)), name)
    return found.items()


@contextmanager
def _aside(file: Path) -> Iterator[Path]:
    """A path in a folder of its own beside a file; takes away what a killed process left there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in file.parent.glob(f"{_ASIDE}*"):
        if old.stat().st_mtime < time.time() - _ABANDONED:
            shutil.rmtree(old, ignore_errors=True)
    with TemporaryDirectory(prefix=_ASIDE, dir=file.parent) as folder:
        yield Path(folder) / file.name


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _open(file: Path) -> sqlite3.Connection:
    # It is never written to again, so no lock is needed, nor a folder that can be written to.
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)
