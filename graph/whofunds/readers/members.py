"""The files that a path means: itself, or those of a folder or a ZIP that bear a name."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from whofunds.errors import InputError
from whofunds.readers.reading import Reading, current

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES = (".csv", ".tsv", ".tab", ".txt", *WORKBOOKS)
JSONS = (".json", ".jsonl", ".ndjson")
BREAKS = (EOFError, zlib.error, zipfile.BadZipFile, OSError, UnicodeError)
"""What reading raises where a file is damaged."""
PLAIN = 100 * 1024 * 1024
RATIO = 200
"""More than so many bytes from one, past PLAIN bytes, is no table but a bomb."""


@dataclass(frozen=True)
class Member:
    """A file to be read; `within` is its path in the ZIP at `path`, empty for a file of its own.

    `size` in bytes as they are counted while it is read.
    """

    path: Path
    within: str
    size: int

    @property
    def label(self) -> str:
        """What messages and cells call it."""
        name = PurePosixPath(self.within).name
        return f"{self.path.name}/{name}" if name else self.path.name

    @property
    def name(self) -> str:
        """Its own name without `.gz`."""
        name = PurePosixPath(self.within).name or self.path.name
        return name[:-3] if name.lower().endswith(".gz") else name

    def answers_to(self, name: str) -> bool:
        """Whether it bears a name, with or without its ending."""
        own = self.name.casefold()
        return name.casefold() in (own, own.rpartition(".")[0])

    @contextmanager
    def opened(self, *, counted: bool = True) -> Iterator[BinaryIO]:
        """Its bytes, unpacked; counted as progress unless they are only looked at."""
        with ExitStack() as stack:
            try:
                if self.within:
                    archive = stack.enter_context(zipfile.ZipFile(self.path))
                    packed = cast(BinaryIO, stack.enter_context(archive.open(self.within)))
                else:
                    packed = stack.enter_context(self.path.open("rb"))
                raw = _Counted(packed, current() if counted else None)
                file = stack.enter_context(io.BufferedReader(raw, 1 << 16))
                zipped = file.peek(2)[:2] == b"\x1f\x8b"
            except (*BREAKS, NotImplementedError, RuntimeError) as error:
                reason = getattr(error, "strerror", None) or error
                raise InputError(f"{self.label}: {reason}; check the file") from None
            if zipped:
                unpacked = _Unpacked(gzip.GzipFile(fileobj=file), raw, self.label)
                yield stack.enter_context(io.BufferedReader(unpacked, 1 << 16))
            else:
                yield file


def members(path: Path, endings: tuple[str, ...] = (*TABLES, *JSONS)) -> list[Member]:
    """All files with one of these endings that a folder or a ZIP holds, or the file itself."""
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path))
        return [m for p in files if _ends(p.name, (*endings, ".zip")) for m in members(p, endings)]
    if not path.is_file():
        raise InputError(f"{path}: there is no such file or folder; check the path")
    if path.suffix.lower() in WORKBOOKS or not zipfile.is_zipfile(path):
        return [Member(path, "", path.stat().st_size)]
    try:
        with zipfile.ZipFile(path) as archive:
            held = archive.infolist()
    except zipfile.BadZipFile as error:
        raise InputError(f"{path.name}: {error}; check the file") from None
    found = []
    for info in sorted(held, key=lambda i: i.filename):
        inside = Path(info.filename)
        if not info.is_dir() and _ends(info.filename, endings) and not _hidden(inside, Path()):
            refuse_bomb(f"{path.name}/{inside.name}", info.compress_size, info.file_size)
            found.append(Member(path, info.filename, info.file_size))
    return found


def bytes_of(path: Path | None) -> int:
    """How many bytes there are to be read; 0 where that can't be told."""
    if path is None or not path.exists():
        return 0
    endings = ("",) if path.is_file() else (*TABLES, *JSONS)
    return sum(m.size for m in members(path, endings))


def named(path: Path, name: str, endings: tuple[str, ...]) -> list[Member]:
    """The members that bear a name, in order of name; the file itself whatever it is called.

    Without a name the only one. None where there is none; InputError where several could be meant.
    """
    held = members(path, endings)
    alone = len(held) == 1 and not held[0].within and held[0].path == path
    if alone or (not name and len(held) == 1):
        return held
    if not name and held:
        raise InputError(f"{path} holds {_names(held)}; say which by its name")
    return [m for m in held if m.answers_to(name)]


def absent(path: Path, name: str, endings: tuple[str, ...]) -> str:
    """What to say where no member bears the name."""
    held = _names(members(path, endings))
    what = f"no file called {name!r}" if name else "nothing that can be read"
    return f"{path.name} holds {what}; it has {held or 'no table'}; check the file or its name"


def refuse_bomb(label: str, packed: int, unpacked: int) -> None:
    """Raise InputError where a file would unpack to far more than a table does."""
    if unpacked > PLAIN and unpacked > RATIO * max(packed, 1):
        times = unpacked // max(packed, 1)
        raise InputError(
            f"{label}: {packed:,} bytes would unpack to {unpacked:,}, {times:,} times as many; "
            "unpack it yourself if it is no trap, and load what comes out"
        )


def _names(held: list[Member]) -> str:
    names = sorted({m.name for m in held})
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(names[:12]) + more


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().removesuffix(".gz").endswith(endings)


def _hidden(path: Path, base: Path) -> bool:
    parts = path.relative_to(base).parts if base.parts else path.parts
    return any(part.startswith((".", "~$", "__MACOSX")) for part in parts)


class _Counted(io.RawIOBase):
    """Bytes as they are read, counted."""

    def __init__(self, file: BinaryIO, reading: Reading | None) -> None:
        self._file, self._reading, self.count = file, reading, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read: int = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self.count += read
        if self._reading:
            self._reading.done += read
        return read


class _Unpacked(io.RawIOBase):
    """The bytes of a gzip file, which has no size that could be trusted beforehand."""

    def __init__(self, file: gzip.GzipFile, packed: _Counted, label: str) -> None:
        self._file, self._packed, self._label, self._count = file, packed, label, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = self._file.readinto(buffer)
        self._count += read
        refuse_bomb(self._label, self._packed.count, self._count)
        return read
