"""Cities of the world."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from whofunds import Cell, City, Reject, UsageError

COLUMNS = (
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude"),
    *("feature class", "feature code", "country code", "cc2"),
    *("admin1 code", "admin2 code", "admin3 code", "admin4 code"),
    *("population", "elevation", "dem", "timezone", "modification date"),
)
NO_CITY = frozenset(("PPLX", "PPLH", "PPLCH", "PPLQ", "PPLW", "STLMT"))
"""A part of a city, and what is no longer one."""
LONGEST_CODE = 4


def records(path: Path, *, min_population: int = 100_000) -> Iterator[object]:
    """Cities with their names, country and place: cities15000.txt of GeoNames, or its ZIP.

    Tab-separated without a header, 19 columns, as all of GeoNames' files of places
    (cities500.zip, CN.zip, allCountries.zip); what isn't a city is left out, and so is a city of
    fewer than `min_population` inhabitants. A city of ours meets the one of the same name and
    country. Names of all scripts are taken, codes of airports and the like are not.

    It can't know who has a seat there.
    """
    with ExitStack() as stack:
        name, file = _opened(path, stack)
        text = TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
        for number, line in enumerate(text, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != len(COLUMNS):
                reason = f"{len(cells)} cells instead of {len(COLUMNS)}; is it a GeoNames file?"
                yield Reject(Cell(cells[0], name, number, COLUMNS[0]), reason)
                continue
            row = {c: Cell(v, name, number, c) for c, v in zip(COLUMNS, cells, strict=True)}
            if row["feature class"] == "P" and row["feature code"] not in NO_CITY:
                people = row["population"] or "0"
                if not people.isdecimal():
                    yield Reject(row["population"], "not a number of inhabitants")
                elif int(people) >= min_population:
                    yield _city(row)


def _opened(path: Path, stack: ExitStack) -> tuple[str, IO[bytes]]:
    """The file's name and bytes; a ZIP's are those of the one table in it."""
    if not zipfile.is_zipfile(path):
        return path.name, stack.enter_context(path.open("rb"))
    archive = stack.enter_context(zipfile.ZipFile(path))
    names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n]
    if len(names) != 1:
        raise UsageError(f"{path.name} should hold one .txt file; unpack it and name one")
    return names[0], stack.enter_context(archive.open(names[0]))


def _city(row: dict[str, Cell]) -> City:
    other = (row["asciiname"], *row["alternatenames"].split(","))
    return City(
        id=f"geonames:{row['geonameid']}",
        name=row["name"],
        names=sorted({n for n in other if n != row["name"] and not _code(n)}),
        country=row["country code"],
        latitude=row["latitude"],
        longitude=row["longitude"],
    )


def _code(name: str) -> bool:
    """Whether it is a code, as PEK for Beijing."""
    return len(name) <= LONGEST_CODE and name.isascii() and name.isupper()
