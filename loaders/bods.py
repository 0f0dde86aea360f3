"""Who controls whom, by the Beneficial Ownership Data Standard."""

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from whofunds import (
    Cell,
    InputError,
    Investor,
    Joined,
    Link,
    Reject,
    Report,
    Row,
    joined,
    read_json,
)

LOG = logging.getLogger("whofunds")
COUNTED = ("shareholding", "votingRights")
CONTROL = ("controlByLegalFramework", "controlViaCompanyRulesOrArticles")
STATE = ("state", "stateBody")
NO_CONTROL = "no control is stated (at most 50 %, of unknown size, or of another type)"
NO_NAME = "one of the two has no name"


def records(path: Path) -> Iterator[object]:
    """Who controls whom: statements of the Beneficial Ownership Data Standard 0.4.

    A JSON array or JSON lines. Each relationship that states control becomes a part-of link between
    two investors, with the share and the dates. Control is more than 50 % of the shares or of the
    votes, or a type of interest that says so: controlByLegalFramework,
    controlViaCompanyRulesOrArticles. All else is left out and counted, since every answer takes a
    part-of link for control: a smaller share, a range that begins at 50 %, the right to appoint to
    a board, a director, a trust.

    Of a record that was stated several times the last statement counts; a closed relationship ends
    on the day of that statement. An entity that stands in no such link is not taken.

    It can't know what kind of capital anybody is, so persons are not called angels; nor the country
    from which an entity is controlled, which is not that where it is registered (a state and its
    bodies have theirs). Versions before 0.4 are refused.
    """
    held = joined(_statements(path), by="recordId")
    left: Counter[str] = Counter()
    for row in _statements(path):
        if fault := row["recordId"].fault:
            yield Reject(row["recordId"], fault)
        elif row.get("recordType") == "relationship":
            last = _last(held, row["recordId"])
            if last and last.get("statementId") == row.get("statementId"):
                yield from _relationship(row, held, left)
    for why, count in left.items():
        LOG.warning("%s: relationships left out, as %s: %d", path.name, why, count)


def _statements(path: Path) -> Iterator[Row]:
    for row in read_json(path):
        if "statementID" in row:
            raise InputError(
                f"{row.file}:{row.line}: a statement of BODS 0.3 or before; convert it to 0.4"
            )
        yield row


def _last(held: Joined, record: str) -> Row | None:
    """The last statement of a record; of two of one day the one that stands further down."""
    last = None
    for row in held.take(record):
        if last is None or _when(row) >= _when(last):
            last = row
    return last


def _when(row: Row) -> tuple[str, str]:
    published = str(row.get("publicationDetails.publicationDate"))[:10]
    return str(row.get("statementDate"))[:10], published


def _relationship(row: Row, held: Joined, left: Counter[str]) -> Iterator[object]:
    part, whole = row["recordDetails.subject"], row["recordDetails.interestedParty"]
    if part.fault or whole.fault:  # a reason why somebody is not named
        return
    ended = str(row.get("statementDate"))[:10] if row["recordStatus"] == "closed" else ""
    found: dict[tuple[str, str], list[Row]] = {}
    for interest in row.rows("recordDetails.interests"):
        dates = str(interest.get("startDate")), str(interest.get("endDate")) or ended
        found.setdefault(dates, []).append(interest)
    control = {dates: all_ for dates, all_ in found.items() if any(map(_controls, all_))}
    if not control:
        left[NO_CONTROL] += 1
        return
    ends = [last for id_ in (part, whole) if (last := _last(held, id_))]
    if not all(map(_names, ends)):
        left[NO_NAME] += 1
        return
    yield from map(_investor, ends)
    report = row.get("source.url")
    if not report:
        report = f"{row.file}, {row['statementId']}"
        publisher = row.get("publicationDetails.publisher.name")
        published = str(row.get("publicationDetails.publicationDate"))[:10]
        yield Report(url=report, publisher=publisher, published_on=published)
    for (since, until), interests in control.items():
        shares = [i for i in interests if i.get("type") == "shareholding"]
        yield Link(
            type="part-of",
            source=_own(part),
            target=_own(whole),
            since=since,
            until=until,
            share_min=_bound(shares, "minimum", "exclusiveMinimum"),
            share_max=_bound(shares, "maximum", "exclusiveMaximum"),
            basis="source-stated",
            report=report,
        )


def _controls(interest: Row) -> bool:
    """Whether an interest is control for certain."""
    if interest.get("type") not in COUNTED:
        return interest.get("type") in CONTROL
    least = _bound([interest], "minimum")
    return _more(least) or _more(interest.get("share.exclusiveMinimum"), or_equal=True)


def _more(percent: str, *, or_equal: bool = False) -> bool:
    try:
        return float(percent) > 50 or (or_equal and float(percent) == 50)
    except ValueError:
        return False


def _bound(interests: list[Row], *bounds: str) -> str:
    """The first bound that is stated, in percent."""
    all_ = (i.get(f"share.{bound}") for i in interests for bound in ("exact", *bounds))
    return next(filter(None, all_), "")


def _own(record: Cell) -> Cell:
    return Cell(f"bods:{record}", record.file, record.line, record.column, record.fault)


def _names(row: Row) -> list[str]:
    names = [name.get("fullName") for name in row.rows("recordDetails.names")]
    other = row.list("recordDetails.alternateNames")
    return list(filter(None, (row.get("recordDetails.name"), *other, *names)))


def _investor(row: Row) -> Investor:
    name, *names = _names(row)
    state = row.get("recordDetails.entityType.type") in STATE
    entity = row["recordType"] == "entity"  # a person's are passports and the like
    return Investor(
        id=_own(row["recordId"]),
        name=name,
        names=names,
        country=str(row.get("recordDetails.jurisdiction.code"))[:2] if state else "",
        state_controlled="yes" if state else "",
        ids=[_id(i) for i in row.rows("recordDetails.identifiers") if entity and i.get("scheme")],
    )


def _id(identifier: Row) -> tuple[str, str]:
    """An identifier by its scheme of org-id.guide, in which XI-LEI are LEIs."""
    scheme = str(identifier.get("scheme")).lower()
    return "lei" if scheme == "xi-lei" else scheme, identifier["id"]
