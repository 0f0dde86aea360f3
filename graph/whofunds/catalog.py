"""Canned queries: one `.cypher` file each, found by its path, and given values.

What a file has to hold says `header.py`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from whofunds.errors import NameNotFound, UsageError
from whofunds.header import (
    ENTITIES,
    EXPECTED,
    HELD,
    Column,
    Parameter,
    Query,
    Reader,
    converted,
    last_day,
)

__all__ = [
    "EXPECTED",
    "Column",
    "Parameter",
    "Query",
    "bind",
    "console",
    "find_queries",
    "find_query",
    "last_day",
]

SUFFIX = ".cypher"


def find_queries(folders: Sequence[Path], broken: list[str] | None = None) -> dict[str, Query]:
    """All queries in the folders, by name, sorted.

    Raises UsageError for a folder that isn't there, a file that isn't right, a name twice, a
    related query that isn't there; with a list `broken`, all but the first are left out and their
    messages added to it.
    """
    paths: dict[str, list[Path]] = {}
    for name, path in _files(folders):
        paths.setdefault(name, []).append(path)
    found = {}
    for name in sorted(paths):
        try:
            found[name] = _read(name, _only(name, paths[name]))
        except UsageError as error:
            if broken is None:
                raise
            broken.append(str(error))
    for name, query in list(found.items()):
        if unknown := [other for other in query.related if other not in paths]:
            wrong = (
                f"{query.path}: related names {unknown[0]!r}, which is no query; mend or drop it"
            )
            if broken is None:
                raise UsageError(wrong)
            broken.append(wrong)
            del found[name]
    return found


def find_query(folders: Sequence[Path], name: str) -> Query:
    """The query of that name; reads no other file. Raises UsageError as `find_queries` does."""
    proper = re.fullmatch(r"\w[\w.-]*(/\w[\w.-]*)*", name)
    if proper and (found := [p for f in folders if (p := f / f"{name}{SUFFIX}").is_file()]):
        return _read(name, _only(name, found))
    from difflib import get_close_matches

    names = sorted({n for n, _ in _files(folders)})
    lasts = {n.rpartition("/")[2]: n for n in names}
    near = get_close_matches(name, names, 3, 0.5)
    near += [lasts[n] for n in get_close_matches(name.rpartition("/")[2], lasts, 3, 0.6)]
    like = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
    raise UsageError(f"no query is called {name!r}{like}; `whofunds queries` lists them all")


class Taking(Protocol):
    """What has a name and takes parameters: a query, a view."""

    @property
    def name(self) -> str: ...

    @property
    def params(self) -> tuple[Parameter, ...] | None: ...


def bind(
    query: Taking, values: Mapping[str, object], look_up: Callable[[str, str], str]
) -> dict[str, object]:
    """Values for every parameter of a query, checked, with defaults.

    `look_up(type, text)` gives the id of a startup, investor, city or entity, and a cohort or
    country as it is held. Raises UsageError that names the parameter, the value and what is
    expected.
    """
    known = {p.name: p for p in query.params or ()}
    for name in values:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise UsageError(f"{query.name} has no parameter {name!r}; {takes}")
    bound: dict[str, object] = {}
    for name, parameter in known.items():
        if name in values:
            bound[name] = _bound(parameter, values[name], look_up)
        elif parameter.required:
            what = f"{name}: {EXPECTED[parameter.type]} ({parameter.help}); give {name}=..."
            raise UsageError(f"{query.name} needs {what}")
        else:
            bound[name] = parameter.default
    return bound


def console(query: Query, params: Mapping[str, object]) -> str:
    """The statement after a `:param` line for each bound value, to paste into Neo4j Browser."""
    lines = [f":param {name} => {_literal(value)};" for name, value in params.items()]
    return "\n".join([*lines, query.cypher])


def _literal(value: object) -> str:
    escapes = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    text = "".join(escapes.get(c, c) for c in str(value))
    return f"'{text}'" if isinstance(value, str) else f"{value}"


def _bound(parameter: Parameter, value: object, look_up: Callable[[str, str], str]) -> object:
    if parameter.type in (*ENTITIES, *HELD) and isinstance(value, str) and value.strip():
        try:
            return look_up(parameter.type, value.strip())
        except NameNotFound as error:
            raise NameNotFound(f"{parameter.name}: {error}", error.candidates) from None
    try:
        return converted(parameter.type, value)
    except ValueError:
        raise UsageError(
            f"{parameter.name}={value} is not right; give {EXPECTED[parameter.type]}"
        ) from None


def _files(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder; give one that holds {SUFFIX} files")
        for path in folder.rglob(f"*{SUFFIX}"):
            yield path.relative_to(folder).with_suffix("").as_posix(), path


def _only(name: str, paths: list[Path]) -> Path:
    if len(paths) > 1:
        raise UsageError(f"two queries are {name}: {' and '.join(map(str, paths))}; rename one")
    return paths[0]


def _read(name: str, path: Path) -> Query:
    return _checked(name, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _checked(name: str, path: Path, _changed: int) -> Query:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}; save it as UTF-8 text") from None
    return Reader(name, path, text).query()
