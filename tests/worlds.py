"""Random small worlds: sources that overlap, and decisions of several people about them."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from whofunds import (
    City,
    Condition,
    Decision,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    Total,
)
from whofunds.model import stored, validated

PAGES = tuple(f"https://example.org/{n}" for n in range(4))
# Ours and another source's ids, so that some can be one by themselves.
INVESTORS = ("a", "b", "c", "cb:a", "cb:b", "ix:a", "cik:1")
COMPANIES = ("acme", "bolt", "cb:acme")
CITIES = ("xian", "cb:xian")
# Strict ones, of which two values are two entities; a telling domain, and one of many.
IDENTIFIERS = (
    "cik:1",
    "cik:2",
    "wikidata:Q1",
    "domain:a.org",
    "stock:HK:00001",
    "domain:github.com",
)
SOURCES = ("main", "other", "third")
PEOPLE = ("alice", "decisions")
ROUNDS = ("1", "2")

names = st.sampled_from(["North Fund", "Pole Group", "East Capital"])
countries = st.sampled_from(["", "CN", "FR"])
days = st.sampled_from([None, "2023-05", "2024-01-10", "2024-01-12", "2025-03-01"])
pages = st.sampled_from(PAGES)
investors, companies = st.sampled_from(INVESTORS), st.sampled_from(COMPANIES)
stages = st.sampled_from(["", "A", "B"])
sums = st.sampled_from([None, "20m USD", "over 20m USD", "30m USD"])
accounts = st.builds("{}:{}".format, st.sampled_from(SOURCES[:2]), st.sampled_from(ROUNDS))


def _pair(things: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(things, things).filter(lambda pair: pair[0] != pair[1])


several = st.lists(names, max_size=2)
ids = st.lists(st.sampled_from(IDENTIFIERS), max_size=3)
entities = st.one_of(
    st.builds(Investor, id=investors, name=names, names=several, country=countries, ids=ids),
    st.builds(Startup, id=companies, name=names, names=several, country=countries, ids=ids),
    st.builds(City, id=st.sampled_from(CITIES), name=names, country=countries),
)
rounds = st.builds(
    Round,
    id=st.sampled_from(ROUNDS),
    company=companies,
    report=pages,
    announced=days,
    stage=stages,
    amount=sums,
    status=st.sampled_from(["closed", "closed", "talks"]),
    participants=st.lists(
        st.builds(
            Participant,
            investor=investors,
            lead=st.booleans(),
            report=st.sampled_from(("", *PAGES)),
        ),
        max_size=3,
    ),
)
others = st.one_of(
    st.builds(Report, url=pages, name=names, published_on=days),
    st.builds(Total, company=companies, report=pages, amount=sums),
    st.builds(Condition, investor=investors, company=companies, type=st.just("required"),
              report=pages),
    _pair(investors).flatmap(
        lambda p: st.builds(
            Link, type=st.just("part-of"), source=st.just(p[0]), target=st.just(p[1]),
            since=days, report=st.sampled_from(("", *PAGES)),
        )
    ),
    st.builds(Link, type=st.just("kind"), source=investors, target=st.sampled_from(["vc", "pe"]),
              report=pages),
    st.builds(Link, type=st.just("seat"), of=st.just("startup"), source=companies,
              target=st.sampled_from(CITIES)),
    st.builds(Link, type=st.just("acts-for"), source=investors, target=st.sampled_from(CITIES)),
)  # fmt: skip


def _of(type_: str, of: str, ids: st.SearchStrategy[str]) -> st.SearchStrategy[Decision]:
    return _pair(ids).map(lambda p: Decision(type=type_, of=of, a=p[0], b=p[1]))


def _correct(
    of: str, a: st.SearchStrategy[str], field: str, values: list[str]
) -> st.SearchStrategy[Decision]:
    company = companies if of == "round" else st.just("")
    return st.builds(
        Decision, type=st.just("correct"), of=st.just(of), a=a, company=company,
        field=st.just(field), value=st.sampled_from(values),
    )  # fmt: skip


def _accounts(type_: str) -> st.SearchStrategy[Decision]:
    return st.tuples(_pair(accounts), companies).map(
        lambda t: Decision(type=type_, a=t[0][0], b=t[0][1], company=t[1])
    )


decisions = st.one_of(
    _of("same", "investor", investors),
    _of("same", "investor", investors),
    _of("different", "investor", investors),
    _of("same", "startup", companies),
    _of("different", "startup", companies),
    _of("same", "city", st.sampled_from(CITIES)),
    _of("part-of", "investor", investors),
    _accounts("join"),
    _accounts("split"),
    _correct("investor", investors, "kind", ["pe", "angel"]),
    _correct("investor", investors, "country", ["FR", ""]),
    _correct("startup", companies, "name", ["Renamed"]),
    _correct("round", accounts, "amount", ["40m USD", ""]),
    _correct("round", accounts, "status", ["closed", "talks"]),
    _correct("round", accounts, "announced", ["2024-01-11"]),
    st.builds(Decision, type=st.just("reject"), a=pages),
)

World = dict[str, list[Any]]
facts = st.lists(st.one_of(entities, entities, rounds, rounds, others), max_size=10)
# Everything is declared by somebody in most worlds, else little of it would be in the graph.
declared: list[Any] = [Investor(id=i, name=f"Fund {i}") for i in INVESTORS[:3]]
declared += [Startup(id=c, name=f"Company {c}") for c in COMPANIES]
declared += [City(id="xian", name="Xi'an")]
worlds = st.fixed_dictionaries(
    {
        "basic": st.sampled_from([declared, declared, []]),
        **dict.fromkeys(SOURCES, facts),
        **dict.fromkeys(PEOPLE, st.lists(decisions, max_size=4)),
    }
)


def held(source: str, records: list[Any]) -> dict[str, Any]:
    """What a load of these records keeps, by key: of two with one key, the first."""
    found: dict[str, Any] = {}
    for record in records:
        found.setdefault(stored(source, record.kind, validated(record)).key, replace(record))
    return found
