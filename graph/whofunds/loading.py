"""Find loaders and run them. A loader is one Python file with a function `records(path)`.

Its options are the function's keyword-only arguments, its docstring is its help.

Shipped loaders are found like anybody's: by the path of a file, by name in a folder, or as an
installed entry point of the group `whofunds.loaders`.
"""

import ast
import importlib.util
import inspect
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from whofunds import shipped
from whofunds.errors import InputError, UsageError, WhofundsError
from whofunds.options import Option, converted, declared
from whofunds.tables import Cell

GROUP = "whofunds.loaders"


@dataclass(frozen=True)
class Loader:
    """A loader's name (the source that its records come from), its file and what it reads.

    `summary` is the first line of its docstring, `help` the rest.
    """

    name: str
    path: Path
    summary: str
    help: str = ""
    options: tuple[Option, ...] = ()


def find_loaders(
    folders: Sequence[Path] = (), broken: list[str] | None = None
) -> dict[str, Loader]:
    """Loaders by name: the user's folders first, then the shipped, then installed ones.

    Files that are no loaders are left out, and why is appended to `broken`.
    """
    found: dict[str, Loader] = {}
    for folder in (*folders, shipped.folder("loaders")):
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder of loaders; name one that is")
        for path in sorted(p for p in folder.glob("*.py") if p.is_file()):
            if path.name.startswith("_"):
                continue
            try:
                found.setdefault(_name(path), describe(path))
            except InputError as error:
                if broken is not None:
                    broken.append(str(error))
    for point in entry_points(group=GROUP):
        spec = importlib.util.find_spec(point.module)
        if spec and spec.origin:
            found.setdefault(point.name, describe(Path(spec.origin), point.name))
    return found


def find_loader(name: str, folders: Sequence[Path] = ()) -> Loader:
    """The loader of this name, or in this file."""
    if name.endswith(".py"):
        path = Path(name)
        if not path.is_file():
            raise UsageError(f"{name}: there is no such file; check the path of the loader")
        return describe(path)
    broken: list[str] = []
    loaders = find_loaders(folders, broken)
    if name not in loaders:
        known = ", ".join(sorted(loaders))
        wrong = next((b for b in broken if Path(b.partition(":")[0]).stem == name), "")
        raise UsageError(
            wrong or f"no loader is called {name!r}; there are {known}, or give a .py file"
        )
    return loaders[name]


def describe(path: Path, name: str = "") -> Loader:
    """A loader's name and summary, read without running it."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) else ""
        raise InputError(f"{path}{line}: not a loader, {error}; mend the file") from None
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "records"]
    text = (functions and ast.get_docstring(functions[0])) or ast.get_docstring(tree) or ""
    name = name or _name(path)
    if not re.fullmatch(r"[\w.-]+", name):
        raise InputError(f"{name!r} can't name a source; use letters, digits, - and . alone")
    summary, _, rest = text.partition("\n")
    found = declared(functions[0]) if functions else ()
    return Loader(name, path, summary, rest.strip(), found)


def run(
    loader: Loader, path: Path | None, given: Mapping[str, object] | None = None
) -> Iterator[Any]:
    """What the loader yields for `path` with some options, as texts or typed.

    Its own failures become InputError with its line.
    """

    function = _function(loader)
    arguments = converted(loader.name, function, given or {})
    if path is None and not _needs_no_path(function):
        raise UsageError(f"{loader.name} needs a file: whofunds load {loader.name} FILE")
    if path is not None and not path.exists():
        raise UsageError(f"{path}: there is no such file or folder; check the path")
    return _yielded(loader, function if path is None else partial(function, path), arguments)


def _yielded(
    loader: Loader, function: Callable[..., Any], arguments: dict[str, Any]
) -> Iterator[Any]:
    from whofunds.model import RECORDS, Reject  # pydantic, for which a list of loaders doesn't wait

    try:
        yielded = function(**arguments)
        if not hasattr(yielded, "__iter__"):
            raise TypeError(f"records() returned {type(yielded).__name__}, not records")
        for record in yielded:
            if isinstance(record, Reject) or getattr(record, "kind", None) in RECORDS:
                yield record
            else:
                place = (loader.path.name, _line(loader, yielded), "")
                yield Reject(
                    Cell(repr(record), *place), "a loader yields records, and this is none"
                )
    except WhofundsError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(_failure(loader, error)) from error


def source_name(loader: Loader, given: Mapping[str, object] | None = None) -> str:
    """The source under which the loader's records are kept: its name, or what its file says.

    A loader of many tables has a function `source_name`, which takes the options of `records`.
    """
    records = _function(loader)
    function = getattr(sys.modules[records.__module__], "source_name", None)
    if not callable(function):
        return loader.name
    name = str(function(**converted(loader.name, records, given or {})))
    if not re.fullmatch(r"[\w.-]+", name):
        raise InputError(f"{name!r} can't name a source; use letters, digits, - and . alone")
    return name


def _name(path: Path) -> str:
    return path.stem.replace("_", "-")


def _function(loader: Loader) -> Callable[..., Any]:
    module = _import(loader)
    function: Callable[..., Any] | None = getattr(module, "records", None)
    if not callable(function):
        raise InputError(f"{loader.path}: no function records(path); write one that yields records")
    return function


def _import(loader: Loader) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        f"_whofunds_loader_{loader.path.stem}", loader.path
    )
    if spec is None or spec.loader is None:
        raise InputError(f"{loader.path}: can't be imported; is it a .py file?")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise InputError(_failure(loader, error)) from error
    return module


def _needs_no_path(function: Callable[..., Any]) -> bool:
    parameters = [
        p for p in inspect.signature(function).parameters.values() if p.kind is not p.KEYWORD_ONLY
    ]
    return not parameters or parameters[0].default is not inspect.Parameter.empty


def _line(loader: Loader, yielded: Any) -> int:
    """Where in its file a loader stands."""
    line = 0
    while yielded is not None:
        frame = getattr(yielded, "gi_frame", None)
        if frame and Path(frame.f_code.co_filename).resolve() == loader.path.resolve():
            line = frame.f_lineno
        yielded = getattr(yielded, "gi_yieldfrom", None)
    return line


def _failure(loader: Loader, error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).resolve() == loader.path.resolve()]
    where = f"{loader.path}:{own[-1].lineno}" if own else str(loader.path)
    line = f", at `{own[-1].line}`" if own and own[-1].line else ""
    said = " ".join(str(error).split())[:300]
    return (
        f"{where}: the loader failed, {type(error).__name__}: {said}{line}; mend it and load again"
    )
