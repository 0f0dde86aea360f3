"""Every query on random small graphs: all stores give the same rows."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.conftest import SERVERS

from whofunds import schema, shipped
from whofunds.catalog import Query, find_queries
from whofunds.stores import open_store
from whofunds.stores.base import Store, UnitRows

CITIES = ("c0", "c1")
REPORTS = ("http://r/0", "http://r/1", "http://r/2")
INVESTORS = ("i0", "i1", "i2", "i3", "i4")
STARTUPS = ("s0", "s1")
NAMES = st.sampled_from(
    ["Acme", "acme", "O'Neil \"& <b>", "智谱", "Éa", "Z", "\U0001f680", "北国投"]
)
DAYS = st.sampled_from([None, None, None, "2020-02-01", "2020-03-15", "2020-12-31", "2021-06-15"])
SPANS = st.sampled_from(
    [
        (None, None, None),
        ("2020-01-01", "2020-12-31", "year"),
        ("2020-03-01", "2020-03-31", "month"),
        ("2020-03-15", "2020-03-15", "day"),
        ("2020-04-14", "2020-04-14", "day"),
        ("2021-06-01", "2021-06-30", "month"),
        ("2022-01-31", "2022-01-31", "day"),
    ]
)
SUMS = st.tuples(
    st.sampled_from(
        [(None, None, None), (5, 5, 5), (7, None, 7), (None, 9, 9), (2, 10, None), (12, 12, 12)]
    ),
    st.sampled_from(["USD", "CNY", "HKD", None]),
)
KINDS = st.sampled_from(["vc", "city-fund", "internet-giant", "unknown"])
COUNTRIES = st.sampled_from(["CN", "US", None])
FIELDS = st.lists(st.sampled_from(["amount", "currency", "members"]), unique=True, max_size=2)
URLS = st.lists(st.sampled_from(REPORTS), unique=True, max_size=3)
SOME = st.lists(st.sampled_from(INVESTORS), unique=True, max_size=3)
MANY = st.lists(st.sampled_from(INVESTORS), unique=True, min_size=1, max_size=4)


def sums(name: str, value: tuple[Any, Any]) -> dict[str, Any]:
    """A sum's properties; what has no currency, or HKD, can't be converted."""
    bounds, currency = value
    rates = {"USD": 1, "CNY": 7, "EUR": 1} if currency in ("USD", "CNY") else {}
    found = dict(zip((f"{name}_{b}" for b in schema.BOUNDS), bounds, strict=True))
    for other in schema.CURRENCIES:
        for bound, figure in zip(schema.BOUNDS, bounds, strict=True):
            rate = rates.get(other)
            known = figure is not None and rate is not None
            found[f"{name}_{bound}_{other.lower()}"] = figure * rate if known else None
    return found


@st.composite
def rounds(draw: st.DrawFn, name: str, startup: str) -> tuple[Any, list[Any]]:
    """A round: its node, and its edges as (type and start, edge)."""
    first, last, precision = draw(SPANS)
    amount, valuation = draw(SUMS), draw(SUMS)
    closed = st.sampled_from(("closed", "closed", "closed", "closed", "talks"))
    instruments = st.sampled_from((*["equity"] * 9, "debt", "mixed", *schema.INSTRUMENTS))
    properties = {
        "name": name,
        "stage": draw(st.sampled_from(["A", "B", "pre-B", "seed", None])),
        "announced": first and first[:7],
        "announced_first": first,
        "announced_last": last,
        "precision": precision,
        "status": draw(closed),
        "instrument": draw(instruments),
        "listing": draw(st.sampled_from(("private", "private", *schema.LISTINGS))),
        **sums("amount", amount),
        "currency": amount[1],
        "amount_qualifier": "exact",
        **sums("valuation", valuation),
        "valuation_currency": valuation[1],
        "valuation_basis": draw(st.sampled_from(["post", None])),
        "disputed": draw(FIELDS),
        "accounts": [name],
    }
    edges: list[Any] = [(("FUNDS", "FundingRound"), (name, startup, {}))]
    for investor in draw(st.one_of(MANY, MANY, SOME)):
        cheque = draw(SUMS)
        part = {
            "lead": draw(st.booleans()),
            **sums("amount", cheque),
            "currency": cheque[1],
            "reports": draw(URLS),
            "disputed": draw(st.booleans()),
        }
        edges.append((("INVESTED_IN", "Investor"), (investor, name, part)))
    for report in draw(URLS):
        states: dict[str, Any] = {"account": f"{name} {report}", "members": draw(SOME)}
        states |= {"leads": [], "doubt": draw(st.sampled_from([[], [], ["amount"]]))}
        figure = draw(st.sampled_from([None, 5, 50, 0.5, 500_000_000, 5_123_000_000]))
        states |= {"amount_stated": figure, "currency": draw(st.sampled_from(["USD", "CNY", None]))}
        states["valuation_stated"] = draw(st.sampled_from([None, 5]))
        since, until, exact = draw(SPANS)
        states |= {"announced_first": since, "announced_last": until, "precision": exact}
        edges.append((("STATES", "Report"), (report, name, states)))
    return (name, properties), edges


@st.composite
def startups(draw: st.DrawFn, id_: str) -> UnitRows:
    founded = draw(SPANS)
    node = {
        "name": draw(NAMES),
        "names": [id_],
        "cohort": draw(st.sampled_from(["x", "y", None])),
        "country": draw(COUNTRIES),
        "founded_first": founded[0],
        "founded_last": founded[1],
    }
    made = [draw(rounds(f"{id_}r{n}", id_)) for n in range(draw(st.integers(1, 4)))]
    rows = UnitRows({"Startup": [(id_, node)], "FundingRound": [node for node, _ in made]}, {})
    found = [edge for _, edges in made for edge in edges]
    for city in draw(st.lists(st.sampled_from(CITIES), max_size=2)):
        found.append((("BASED_IN", "Startup"), (id_, city, draw(links()))))
    for report in draw(URLS):
        total = {"rounds": draw(st.integers(1, 3)), "since_first": "2020-01-01"}
        total["until_last"] = draw(st.sampled_from(["2020-12-31", "2022-12-31"]))
        total["until_first"] = draw(st.sampled_from([total["until_last"], "2020-03-20"]))
        stated = draw(st.sampled_from([(9, 9, 9), (15, None, 15), (1_525_000_000, None, None)]))
        currency = draw(st.sampled_from(["USD", "CNY", None]))
        total |= {**sums("amount", (stated, currency)), "currency": currency}
        total["doubt"] = draw(st.sampled_from([[], [], ["amount"]]))
        found.append((("STATES_TOTAL", "Report"), (report, id_, total)))
    for investor in draw(SOME):
        condition: dict[str, Any] = {
            "kind": draw(st.sampled_from(schema.CONDITIONS)),
            "report": REPORTS[0],
        }
        condition |= {"city": draw(st.sampled_from([None, *CITIES])), "published_on": draw(DAYS)}
        found.append((("SET_CONDITION", "Investor"), (investor, id_, condition)))
    return with_edges(rows, found)


@st.composite
def links(draw: st.DrawFn) -> dict[str, Any]:
    report = draw(st.sampled_from([None, *REPORTS]))
    basis = draw(st.sampled_from(["sourced", "name-derived", None]))
    return {"since": draw(DAYS), "until": draw(DAYS), "basis": basis, "report": report}


@st.composite
def investor_nodes(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    controlled = draw(st.sampled_from(["yes", "yes", "no", "unknown"]))
    found = {"name": draw(NAMES), "names": [id_], "state_controlled": controlled}
    level = st.sampled_from(["central", "municipal", None])
    return found | {"country": draw(COUNTRIES), "level": draw(level)}


@st.composite
def investors(draw: st.DrawFn, id_: str) -> UnitRows:
    rows = UnitRows({"Investor": [(id_, draw(investor_nodes(id_)))]}, {})
    found: list[Any] = []
    for kind in draw(st.lists(KINDS, min_size=1, max_size=2)):
        found.append((("IS_A", "Investor"), (id_, kind, draw(links()))))
    for parent in draw(st.lists(st.sampled_from(INVESTORS), max_size=2)):
        if parent != id_:
            found.append((("PART_OF", "Investor"), (id_, parent, draw(links()))))
    for city in draw(st.lists(st.sampled_from(CITIES), max_size=1)):
        found.append((("ACTS_FOR", "Investor"), (id_, city, draw(links()))))
    return with_edges(rows, found)


def with_edges(rows: UnitRows, edges: list[Any]) -> UnitRows:
    for key, edge in edges:
        rows.edges.setdefault(key, []).append(edge)
    return rows


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, UnitRows]:
    """A graph over the same few entities; every one of its units is there."""
    rows = {f"city:{c}": UnitRows({"City": [(c, {"name": draw(NAMES)})]}) for c in CITIES}
    for url in REPORTS:
        report = {"name": url, "url": url, "published_on": draw(DAYS)}
        rows[f"report:{url}"] = UnitRows({"Report": [(url, report)]})
    rows |= {f"investor:{i}": draw(investors(i)) for i in INVESTORS}
    return rows | {f"startup:{s}": draw(startups(s)) for s in STARTUPS}


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "after": st.sampled_from(["", *STARTUPS[:1], *CITIES[:1]]),
    "as_of": st.sampled_from(["9999-12-31", "9999-12-31", "2020-03-20", "2021-06-15"]),
    "page": st.sampled_from([1, 20_000]),
    "line": st.sampled_from([5, 12, 20]),
    "days": st.sampled_from([20, 45]),
    "months": st.sampled_from([12, 24]),
    "talks_months": st.sampled_from([6, 12]),
    "cohort": st.sampled_from(["", "x"]),
    "country": st.sampled_from(["", "CN"]),
    "round": st.sampled_from(["r0", "r1", "a:r0"]),
    "kind": st.sampled_from(["vc", "internet-giant", "unknown"]),
    "currency": st.sampled_from(schema.CURRENCIES),
    "startup": st.sampled_from(STARTUPS),
    "investor": st.sampled_from(INVESTORS),
    "government": st.sampled_from(CITIES + INVESTORS),
    "entity": st.sampled_from(CITIES + INVESTORS + STARTUPS),
}
QUERIES = find_queries([shipped.folder("queries")])


def values(query: Query) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {p.name: VALUES[p.name if p.name in VALUES else p.type] for p in query.params}
    )


@pytest.fixture(scope="module")
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Store]]:
    """One of each kind, open together."""
    with pytest.MonkeyPatch.context() as environment:
        opened = {"embedded": open_store(str(tmp_path_factory.mktemp("random") / "facts.store"))}
        for name in SERVERS:
            database = request.getfixturevalue("servers").get(name)
            database.empty()
            environment.setenv("NEO4J_USERNAME", database.username)
            environment.setenv("NEO4J_PASSWORD", database.password)
            opened[name] = open_store(database.uri)
        yield opened
        for store in opened.values():
            store.close()


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(graph=graphs(), given=st.fixed_dictionaries({n: values(q) for n, q in QUERIES.items()}))
def test_all_stores_give_the_same_rows(
    stores: dict[str, Store], graph: dict[str, UnitRows], given: dict[str, dict[str, Any]]
) -> None:
    for store in stores.values():
        store.put_nodes(graph)
        store.replace(graph)
        store.finish()
    for name, query in QUERIES.items():
        rows = {n: s.query(query.cypher, given[name]).rows for n, s in stores.items()}
        for other in rows:
            assert rows[other] == rows["embedded"], (name, given[name], other)
