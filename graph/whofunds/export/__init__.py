"""All that is held, as files: for restoring it, for other programs and for spreadsheets."""

from importlib import import_module
from pathlib import Path

from whofunds import backup
from whofunds.errors import UsageError
from whofunds.export import network as networks
from whofunds.export.network import network, read_graph
from whofunds.export.pages import Pages, Read
from whofunds.projecting import Tell
from whofunds.stores.base import Store

__all__ = ["FORMATS", "Pages", "check", "form_of", "network", "read_graph", "write"]

_FOLDERS = ("csv", "neo4j-admin")
_MODULES = {"csv": "folder", "xlsx": "workbook", "ftm": "ftm", "neo4j-admin": "admin"}
FORMATS = (backup.NAME, *_MODULES, *networks.FORMATS)
_ENDINGS = {".jsonl.gz": backup.NAME, ".jsonl": backup.NAME, ".ftm.json": "ftm", ".ftm": "ftm"}


def form_of(target: Path) -> str:
    """The format that a name's ending says; `csv` where it has none."""
    name = target.name.lower()
    found = next((form for ending, form in _ENDINGS.items() if name.endswith(ending)), "")
    return found or target.suffix.removeprefix(".").lower() or "csv"


def check(form: str, target: Path) -> None:
    """UsageError for what is no format, or a target that can't be of it."""
    if form not in FORMATS:
        raise UsageError(f"no format is called {form!r}; use {', '.join(FORMATS)}")
    if form in _FOLDERS and target.is_file():
        raise UsageError(f"{target} is a file; name a folder, as {form} is several files")
    if form not in _FOLDERS and target.is_dir():
        raise UsageError(f"{target} is a folder; name a file, as {form} is one")


def write(form: str, target: Path, store: Store, read: Read, tell: Tell | None = None) -> list[str]:
    """Write what `read` gives, and a store's records where the format has them, in one of FORMATS.

    Returns lines that say what to do next.
    """
    if form == backup.NAME:
        backup.write(store, target, tell)
    elif form in networks.FORMATS:
        networks.write(network(read()), form, target)
    else:
        module = import_module(f"whofunds.export.{_MODULES[form]}")
        return list(module.write(target, store, read, tell) or ())
    return []
