"""Lists of companies valued at a billion dollars. Copy this file to read a like list."""

from collections.abc import Iterator
from pathlib import Path

from whofunds import City, Link, Reject, Startup, Total, country_code, read_table

NOTHING = ("", "none", "unknown")


def records(path: Path, *, encoding: str = "") -> Iterator[object]:
    """Lists of unicorns as CSV: companies, their seats, and what they raised in all.

    PATH is a list with the columns of CB Insights (Company, Valuation ($B), Date Joined, Country,
    City, ..., Founded Year, Total Raised) or of Maven (Company, Valuation, ..., Year Founded,
    Funding). encoding=latin-1 is for a file whose encoding can't be told.

    A valuation is no round, nor are the investors that are named without one: both are left out.
    What was raised in all is a stated total, without dates; it is never added to rounds.
    """
    for row in read_table(path, encoding=encoding, header=("Company", "Country", "City")):
        name, city = row["Company"], row["City"].strip()
        if name.fault:
            yield Reject(name, name.fault)
            continue
        nation = country_code(row["Country"]) or row["Country"].strip()
        id_, report = f"unicorns:{nation}/{name.casefold()}", f"{row.file}, {name} ({nation})"
        founded = row.get("Founded Year") or row.get("Year Founded")
        raised = row.get("Total Raised") or row.get("Funding")
        yield Startup(
            id=id_,
            name=name,
            country=nation,
            founded=founded if founded.lower() not in NOTHING else "",
        )
        if city:
            place = f"unicorns:{nation}/{city}"
            yield City(id=place, name=city, country=nation)
            yield Link(
                type="seat",
                of="startup",
                source=id_,
                target=place,
                basis="source-stated",
                report=report,
            )
        if raised.lower() not in NOTHING:
            yield Total(id=report, company=id_, report=report, amount=raised)
