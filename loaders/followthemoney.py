"""Who owns whom, as FollowTheMoney entities (OpenSanctions, Aleph and others)."""

import logging
import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from whofunds import Cell, Investor, Joined, Link, Reject, Row, joined, read_json

LOG = logging.getLogger("whofunds")
OWNERS = ("Company", "LegalEntity", "Organization", "Person", "PublicBody")
IDS = {
    "wikidata": "wikidataId",
    "lei": "leiCode",
    "cik": "cikCode",
    "isin": "isinCode",
    "domain": "website",
}
NUMBER = r"(\d+(?:[.,]\d+)?) ?%?"
SHARE = re.compile(rf"(>|>=)? ?{NUMBER}(?: ?[-–] ?{NUMBER})?")


def records(path: Path) -> Iterator[object]:
    """Who controls whom: FollowTheMoney entities, JSON lines.

    An Ownership of more than 50 % becomes a part-of link between two investors, with the share and
    the dates; so does an entity's `parent`. Every other Ownership is left out and counted, since
    every answer takes a part-of link for control: 50 % or less, "50-75", or no percentage. Owners
    and assets are of the schemas Company, LegalEntity, Organization, Person and PublicBody; who
    stands in no such link is not taken, nor is any other schema.

    It can't know what kind of capital anybody is, so persons are not called angels. A PublicBody is
    controlled by a state. The country is `mainCountry`, else the one `country`, never the
    jurisdiction in which an entity is registered.
    """
    held = joined(read_json(path), by="id")
    left = 0
    for row in read_json(path):
        if fault := row["id"].fault or row["schema"].fault:
            yield Reject(row["id"], fault)
        elif row["schema"] == "Ownership":
            least, most, control = _share(row.list("properties.percentage"))
            left += not control
            ends = product(row.list("properties.asset"), row.list("properties.owner"))
            for part, whole in ends if control else ():
                yield from _ends(held, part, whole)
                yield _link(row, part, whole, least, most)
        elif row["schema"] in OWNERS:
            for whole in row.list("properties.parent"):
                yield from _ends(held, row["id"], whole)
                yield _link(row, row["id"], whole)
    if left:
        why = "no control is stated (at most 50 %, or of unknown size)"
        LOG.warning("%s: ownerships left out, as %s: %d", path.name, why, left)


def _share(cells: Sequence[Cell]) -> tuple[str, str, bool]:
    """The least and the greatest of the stated percentages, and whether they are control."""
    read = [SHARE.fullmatch(cell.strip()) for cell in cells]
    if not read or not all(read):
        return "", "", False
    bounds = []
    for found in filter(None, read):
        sign, low, high = found[1], found[2].replace(",", "."), (found[3] or "").replace(",", ".")
        bounds.append((float(low), sign == ">", low, high or ("" if sign else low)))
    least, beyond, low, _ = min(bounds)
    highs = [high for *_, high in bounds]
    most = max(highs, key=float) if all(highs) else ""
    return low, most, least > 50 or (beyond and least == 50)


def _link(row: Row, part: Cell, whole: Cell, least: str = "", most: str = "") -> Link:
    edge = row["schema"] == "Ownership"
    return Link(
        type="part-of",
        source=_own(part),
        target=_own(whole),
        since=min(row.list("properties.startDate"), default="") if edge else "",
        until=max(row.list("properties.endDate"), default="") if edge else "",
        share_min=least,
        share_max=most,
        basis="source-stated",
        report=min(row.list("properties.sourceUrl"), default=f"{row.file}, {row['id']}"),
    )


def _own(entity: Cell) -> Cell:
    return Cell(f"ftm:{entity}", entity.file, entity.line, entity.column, entity.fault)


def _ends(held: Joined, *ids: str) -> Iterator[Investor]:
    for row in (row for id_ in ids for row in held.take(id_)[:1] if row["schema"] in OWNERS):
        stated, printed = row.list("properties.name"), row.get("caption")
        first = printed if printed in stated else min(stated, default=printed)
        other = (row.list(f"properties.{p}") for p in ("alias", "previousName", "weakAlias"))
        countries = {c.strip().upper() for c in row.list("properties.mainCountry")}
        countries = countries or {c.strip().upper() for c in row.list("properties.country")}
        yield Investor(
            id=_own(row["id"]),
            name=first,
            names=[n for names in (stated, *other) for n in names if n != first],
            country=min(countries) if len(countries) == 1 else "",
            state_controlled="yes" if row["schema"] == "PublicBody" else "",
            ids=[(s, c) for s, p in IDS.items() for c in row.list(f"properties.{p}")],
        )
