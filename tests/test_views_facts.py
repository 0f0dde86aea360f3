"""The facts that views draw: the queries' rows, and the columns in which a page carries them.

The cases of places, worked out by hand:

    fund (city fund, part of town, which acts for Here)    mover 2020 (seat Here)     same
                                                           mover 2022 (seat There)    other
                                                           double (seats in both)     no seat
                                                           nowhere (no seat)          no seat
    stray (city fund that acts for no city, seat There)    mover 2022                 no city
    plain (no city fund; seat Here to 2020, then There)    mover 2020, mover 2022     -
"""

import json
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import load_records
from tests.test_queries import closed, facts, pick, report  # noqa: F401
from tests.test_views import FACTS, REPORTS, hostile_facts

from whofunds import views
from whofunds.answers import Answer
from whofunds.catalog import Column
from whofunds.graph import Graph
from whofunds.model import City, Investor, Link, Report, Startup
from whofunds.pages.facts import coverage
from whofunds.stores.base import Store
from whofunds.views.facts import table
from whofunds.views.frame import addresses, columns, to_json

RAISED = ("equity", "debt", "mixed")


def places() -> list[Any]:
    return [
        Startup(id="mover", name="Mover", country="CN", founded="2019-03"),
        *(Startup(id=c, name=c.title()) for c in ("nowhere", "double")),
        City(id="here", name="Here", country="CN", latitude=30.5, longitude=114.25),
        City(id="there", name="There", names=["那里"], country="CN"),
        *(Investor(id=i, name=i.title(), country="CN") for i in ("fund", "stray", "plain", "town")),
        *(Link(type="kind", source=i, target="city-fund") for i in ("fund", "stray")),
        Link(type="part-of", source="fund", target="town"),
        Link(type="acts-for", source="town", target="here"),
        Link(type="seat", of="investor", source="fund", target="there"),
        Link(type="seat", of="investor", source="stray", target="there"),
        Link(type="seat", of="investor", source="plain", target="here", until="2020-12-31"),
        Link(type="seat", of="investor", source="plain", target="there", since="2021-01-01"),
        Link(type="seat", of="startup", source="mover", target="here", until="2020-12-31"),
        Link(type="seat", of="startup", source="mover", target="there", since="2021-01-01"),
        Link(type="seat", of="startup", source="double", target="here"),
        Link(type="seat", of="startup", source="double", target="there"),
        closed("mover", "2020-01-15", "fund", "plain", valuation="$50m", valuation_basis="post"),
        closed("mover", "2022-01-17", "fund", "stray", "plain", stage="B", amount="over 20m CNY"),
        closed("nowhere", "2022-01-17", "fund"),
        closed("double", "2022-01-17", "fund"),
    ]


def test_seats_and_whether_money_is_local(store: Store) -> None:
    load_records(store, "cases", places())
    rows = Graph(store).query("views/facts")
    columns_ = ("investor", "first", "city", "seat", "local", "near")
    assert sorted(pick(rows, *columns_, company="mover")) == [
        ("fund", "2020-01-15", "here", "here", "same", "same"),
        ("fund", "2022-01-17", "there", "here", "other", "other"),
        ("plain", "2020-01-15", "here", "here", "", "same"),
        ("plain", "2022-01-17", "there", "there", "", "same"),
        ("stray", "2022-01-17", "there", "there", "no city", "same"),
    ]
    assert pick(rows, "seat", "local", "near", company="double") == [("here", "no seat", "no seat")]
    assert pick(rows, "city", "seat", "local", company="nowhere") == [(None, "here", "no seat")]
    place = ("seat_name", "seat_names", "seat_country", "seat_latitude", "seat_longitude")
    assert pick(rows, *place, investor="stray") == [("There", ["There", "那里"], "CN", None, None)]
    assert pick(rows, *place[2:], company="double") == [("CN", 30.5, 114.25)]
    city = ("city_country", "city_latitude", "city_longitude")
    assert pick(rows, *city, first="2020-01-15", investor="fund") == [("CN", 30.5, 114.25)]
    company = ("country", "founded_first", "founded_last", "investor_country", "doubt")
    assert pick(rows, *company, first="2020-01-15", investor="fund") == [
        ("CN", "2019-03-01", "2019-03-31", "CN", False)
    ]


def test_sums_are_in_their_own_currency_and_in_the_one_asked_for(store: Store) -> None:
    load_records(store, "cases", places())
    graph = Graph(store)
    own = ("amount_min", "amount_max", "currency", "valuation_stated", "valuation_currency")
    converted = ("sum_min", "sum_max", "valuation_sum_min", "valuation_sum_stated")
    # On 2020-01-15 a euro was 1.1142 dollars and 7.6746 yuan, on 2022-01-17 1.1403 and 7.2402.
    cny = graph.query("views/facts")
    usd = graph.query("views/facts", currency="USD")
    old = {"investor": "plain", "first": "2020-01-15"}
    assert pick(cny, *own, **old) == [(5e6, 5e6, "USD", 5e7, "USD")]
    assert pick(cny, *converted, **old) == [(CNY_5M, CNY_5M, CNY_50M, CNY_50M)]
    assert pick(usd, *converted, **old) == [(5e6, 5e6, 5e7, 5e7)]
    new = {"investor": "plain", "first": "2022-01-17"}
    assert pick(cny, *own, **new) == [(2e7, None, "CNY", None, None)]
    assert pick(cny, *converted, **new) == [(2e7, None, None, None)]
    assert pick(usd, *converted, **new) == [(USD_20M, None, None, None)]
    assert pick(cny, "valuation_basis", **old) == [("post",)]


# 5m / 1.1142 * 7.6746, and 20m / 7.2402 * 1.1403.
CNY_5M, CNY_50M, USD_20M = 34_439_957, 344_399_569, 3_149_913


def test_local_money_counted_over_the_facts_is_what_same_city_counts(facts: Graph) -> None:  # noqa: F811
    asked = facts.query("cities/same-city")
    found: dict[str, int] = defaultdict(int)
    for row in facts.query("views/facts"):
        if row["status"] == "closed" and row["instrument"] in (*RAISED, "grant"):
            found[row["local"]] += 1
    keys = {"same": "same_city", "other": "other_city", "no city": "no_city", "no seat": "no_seat"}
    assert {k: found[k] for k in keys} == {k: sum(r[c] for r in asked) for k, c in keys.items()}
    assert found["same"] > 0
    assert found["other"] > 0


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_sums_over_the_facts_are_what_is_raised(facts: Graph, currency: str) -> None:  # noqa: F811
    rows = facts.query("views/facts", currency=currency)
    rounds = {r["round"]: r for r in rows}.values()
    floor: dict[str, float] = defaultdict(float)
    stated: dict[str, float] = defaultdict(float)
    for r in rounds:
        if (r["status"], r["listing"]) == ("closed", "private") and r["instrument"] in RAISED:
            said = r["sum_min"] if r["sum_stated"] is None else r["sum_stated"]
            if r["sum_min"] is not None:
                floor[r["company"]] += r["sum_min"]
            if said is not None:
                stated[r["company"]] += said
    raised = facts.query("ceiling/raised", currency=currency)
    assert floor == {r["company"]: r["floor"] for r in raised if r["floor"] is not None}
    assert stated == {r["company"]: r["stated"] for r in raised if r["stated"] is not None}
    assert len(floor) > 20


def test_valuations_in_the_facts_are_the_highest(facts: Graph) -> None:  # noqa: F811
    top: dict[str, float] = {}
    for r in facts.query("views/facts"):
        bounds = (r["valuation_sum_stated"], r["valuation_sum_min"])
        said = next((v for v in bounds if v is not None), None)
        if r["status"] == "closed" and said is not None:
            top[r["company"]] = max(said, top.get(r["company"], said))
    asked = facts.query("ceiling/valuation")
    assert top == {r["company"]: r["top_stated"] for r in asked if r["top_stated"] is not None}


def test_accounts_of_rounds_that_have_several(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("views/accounts")
    columns_ = ("report", "status", "amount_stated", "members", "leads", "copy")
    found = pick(rows, *columns_, round="ai-funding:01ai-2023-11")
    finance, network = [r[0] for r in found]
    assert finance.startswith("https://finance.yahoo.com/")
    assert network.startswith("https://www.chinamoneynetwork.com/")
    # "Benzinga via Yahoo Finance" carries another's story; of the other nothing tells.
    assert [r[1:] for r in found] == [
        ("closed", 2e8, 2, [], "copy"),
        ("closed", None, 1, ["alibaba-cloud"], ""),
    ]
    told: dict[str, int] = defaultdict(int)
    for row in rows:
        told[row["round"]] += 1
    assert min(told.values()) == 2


def test_a_copy_says_so_by_its_publisher_and_so_tells_the_original(store: Store) -> None:
    publishers = {
        "2020-01-15": "Wire",
        "2020-01-16": "Wire via Local News",
        "2020-01-17": "Daily copy",
        "2020-01-18": "Viable Copyists",
        "2020-01-19": "",
    }
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            Investor(id="fund", name="Fund"),
            *(Report(url=report(f"acme-{d}"), publisher=p) for d, p in publishers.items()),
            *(closed("acme", day, "fund") for day in publishers),
        ],
    )
    rows = Graph(store).query("views/accounts")
    assert [r["copy"] for r in rows] == ["original", "copy", "copy", "", ""]


def test_coverage_is_of_the_companies_shown_whose_rounds_reports_count(facts: Graph) -> None:  # noqa: F811
    everything = facts.query("views/facts")
    asked = [r for r in facts.query("quality/coverage") if r["rounds_stated"] is not None]
    found, one = coverage(facts, everything), "zhipu-ai"
    assert found["companies"] == len(asked)
    assert found["counted"] - found["held"] == sum(r["not_held"] for r in asked)
    zhipu = [
        v for v, r in zip(everything.values, everything, strict=True) if r["company"] == "zhipu-ai"
    ]
    (row,) = [r for r in asked if r["company"] == one]
    assert coverage(facts, replace(everything, values=zhipu)) == {
        "companies": 1,
        "held": row["rounds"],
        "counted": row["rounds"] + row["not_held"],
    }
    assert coverage(facts, replace(everything, values=[])) == {}


def test_a_page_as_known_says_what_it_leaves_out_for_want_of_a_date(store: Store) -> None:
    dated, undated = closed("acme", "2020-01-15", "fund"), closed("acme", "2021-01-15", "fund")
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            Investor(id="fund", name="Fund"),
            dated,
            undated,
            Report(url=dated.report, published_on="2020-01-16"),
        ],
    )
    graph = Graph(store).known_by("2022-12-31")
    said = "as known by 2022-12-31, without 1 account or link whose report has no date"
    for view, asked in (("capital-map", {}), ("path", {"from": "fund", "to": "acme"})):
        assert said in graph.view(view, **asked)


# The page


def decoded(packed: dict[str, Any], name: str) -> list[Any]:
    """A column, as the page reads it."""
    column, n = packed["columns"][name], packed["n"]
    return _decoded(column, n)


def _decoded(column: Any, n: int) -> list[Any]:
    if isinstance(column, list):
        return column
    if "tails" in column:
        heads = _decoded(column["heads"], n)
        return [a + b for a, b in zip(heads, column["tails"], strict=True)]
    if "words" in column:
        words, at = column["words"], [ord(c) - 63 for c in column["at"]]
        if len(words) > 64:
            at = [64 * a + b for a, b in zip(at[::2], at[1::2], strict=True)]
        return [words[i] for i in at]
    return [column["held"].get(str(i), column["else"]) for i in range(n)]


def embedded(html: str, id_: str) -> Any:
    text = re.search(rf'id="{id_}"[^>]*>(.*?)</script>', html, re.S)
    assert text
    return json.loads(text[1])


def drawn(facts_: Any, reports: Any = REPORTS, accounts: Any = (), **more: Any) -> str:
    given_: dict[str, Any] = {"name": "capital-map", "tabs": ("columns",), "as_of": "", **more}
    return views.of_facts(facts_, reports, accounts, title="T", **given_)


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.integers(-5, 5),
            st.integers(),
            st.sampled_from(["", "a", "</script>", "\\", "é"]),
        ),
        max_size=200,
    )
)
def test_columns_come_back_as_they_were(values: list[Any]) -> None:
    packed = json.loads(to_json(columns({"x": values}, len(values))))
    assert decoded(packed, "x") == values


@pytest.mark.parametrize("distinct", [1, 2, 64, 65, 4096, 4097])
def test_columns_of_few_words_come_back(distinct: int) -> None:
    values = [f"word {i % distinct}" for i in range(3 * distinct)]
    packed = json.loads(to_json(columns({"x": values}, len(values))))
    assert decoded(packed, "x") == values
    if 1 < distinct <= 4096:
        assert len(packed["columns"]["x"]["at"]) == len(values) * (1 if distinct <= 64 else 2)


def test_addresses_come_back() -> None:
    urls = [
        "https://a.org/2024/01/x",
        "https://a.org/2024/01/y",
        "http://b.org",
        "",
        "https://c/?/",
    ]
    packed = json.loads(to_json(columns({"x": addresses(urls)}, len(urls))))
    assert decoded(packed, "x") == urls


def test_what_travels_in_the_page() -> None:
    held = table(FACTS, REPORTS, currency="USD")
    assert held.counts == {"kind": 12, "investor": 6, "company": 3, "city": 2}
    keys = held.entities["key"]
    assert keys[12:] == [
        *("alibaba", "hongshan", "big-fund", "hangzhou-fund", "", "mystery"),
        *("moonshot-ai", "zhipu-ai", "mistral-ai", "beijing", "paris"),
    ]
    assert held.entities["names"][18] == "月之暗面\nKimi"
    rounds, parts = held.rounds, held.participations
    assert rounds["key"] == ["m-a", "m-t", "z-b", "z-c", "s-seed", "s-b"]
    assert rounds["parts"] == [2, 1, 2, 2, 1, 1]
    assert [keys[i] for i in rounds["city"]] == ["beijing"] * 4 + ["paris"] * 2
    day = (date(2023, 10, 1) - date(1970, 1, 1)).days
    assert (rounds["first"][0], rounds["span"][0]) == (day, 30)
    assert (rounds["first"][4], rounds["span"][4]) == (None, None)
    # Over $1bn; 200m to 999,999,999; up to 100m; about 468m.
    assert rounds["min"] == [1_000_000_000, None, 200_000_000, None, None, 468_000_000]
    assert rounds["over"] == [None, None, 799_999_999, None, 100_000_000, 0]
    assert rounds["reports"] == [0, (), (), 1, (), ()]
    assert (parts["cheque_min"][0], parts["cheque_over"][0], parts["cheque_said"][0]) == (
        *(800_000_000, 0, 0),
    )
    assert parts["kinds"] == [2, 4, 4, 0, 2, 0, 1, 11, 11]
    assert held.reports["url"] == ["https://example.org/moonshot", ""]
    assert held.reports["name"] == ["Moonshot raises over $1bn", "javascript:alert(1)"]


def test_converted_sums_stand_only_where_the_currency_is_another() -> None:
    both = {"sum_min": 7_000_000_000, "valuation_sum_stated": 9, "valuation_currency": "CNY"}
    rows = [FACTS[0] | both, FACTS[3] | both]  # over $1bn; CNY 200m to under 1bn
    held = table(rows, REPORTS, currency="CNY").rounds
    assert held["sum_min"] == [7_000_000_000, None]
    assert held["worth_sum_said"] == [None, None]
    assert held["worth_currency"] == ["CNY", "CNY"]


def test_rounds_that_come_in_pieces_are_put_together() -> None:
    mixed = [FACTS[i] for i in (0, 3, 1, 8, 4)]
    held = table(mixed, REPORTS, currency="CNY")
    assert held.rounds["key"] == ["m-a", "z-b", "s-b"]
    assert held.rounds["parts"] == [2, 2, 1]
    keys = held.entities["key"]
    assert [keys[i] for i in held.participations["investor"]] == [
        *("alibaba", "hongshan", "big-fund", "alibaba", "mystery"),
    ]


def test_an_answer_and_its_rows_give_the_same_page() -> None:
    names = tuple(FACTS[0])
    values = [tuple(row[name] for name in names) for row in FACTS]
    answer = Answer("Facts", tuple(map(Column, names)), values, "")
    assert drawn(answer) == drawn(FACTS)
    assert drawn(Answer("Facts", tuple(map(Column, names)), [], "")) == drawn([])


def test_the_hash_is_of_the_facts() -> None:
    one, same = drawn(FACTS), drawn(FACTS, name="ceiling", language="zh")
    other = drawn([FACTS[0] | {"amount_min": 2_000_000_000}, *FACTS[1:]])
    hashes = [embedded(html, "data")["facts"]["hash"] for html in (one, same, other)]
    assert re.fullmatch("[0-9a-f]{16}", hashes[0])
    assert hashes[0] == hashes[1] != hashes[2]


def test_what_the_page_rests_on() -> None:
    converted = [row | ({"sum_min": 7_000} if row["round"] == "m-a" else {}) for row in FACTS]
    cheque = {"cheque_sum_min": 5_600, "sum_min": 7_000}
    facts_ = [FACTS[0] | cheque, *converted[1:]]
    html = drawn(facts_, coverage={"companies": 2, "held": 5, "counted": 8})
    assert said(html, "headline") == "5 closed rounds · 3 companies · 5 named investors"
    # Of CNY 7,000 of Moonshot and 200m of Zhipu, 5,600 have a published cheque.
    assert said(html, "coverage") == (
        "5 of at least 8 rounds held, of 2 companies whose rounds reports count · "
        "14 % of participations have a published cheque · "
        "under 1 % of the money has a published cheque · 14 % of unknown kind · "
        "1 round without a named investor · 1 disputed · "
        "left out: 1 round not closed (talks, plans, withdrawn) · "
        "1 undated (shown while all years are)"
    )
    assert "no amount is known" in said(drawn([FACTS[7]]), "coverage")


def said(html: str, line: str) -> str:
    """A line of the page's head, as it stands without JavaScript."""
    (found,) = re.findall(rf'<p class="{line}">(.*?)</p>', html)
    return re.sub("<[^>]+>", "", found).replace("\u00a0", " ")


def test_accounts_of_rounds_that_the_page_shows() -> None:
    one = {"round": "z-b", "report": "https://example.org/x", "account": "a:1", "status": "closed"}
    told = [
        one | {"amount_min": 5, "amount_stated": 7, "currency": "CNY", "leads": ["alibaba", "who"]},
        one | {"account": "a:2", "doubt": ["amount"], "members": 2, "copy": "copy"},
        one | {"round": "not shown"},
    ]
    data = embedded(drawn(FACTS, accounts=told), "data")
    held = data["accounts"]
    assert held["n"] == 2
    assert [data["rounds"]["columns"]["key"][r] for r in decoded(held, "round")] == ["z-b"] * 2
    assert decoded(held, "said") == [2, None]
    assert decoded(held, "leads") == [12, []]
    assert decoded(held, "doubt") == [[], ["amount"]]
    assert decoded(held, "copy") == ["", "copy"]
    assert embedded(drawn(FACTS, accounts=told), "reports")["n"] == 3


def test_a_thousand_rows_stand_without_javascript_the_newest_first() -> None:
    many = [
        FACTS[1] | {"round": f"r{i:04}", "first": f"{1000 + i}-01-01", "last": f"{1000 + i}-12-31"}
        for i in range(1200)
    ]
    html = drawn([row | {"precision": "year"} for row in many])
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    years = re.findall(r"<tr><td>(\d{4})", body)
    assert years == [str(y) for y in range(2199, 1199, -1)]


def test_what_is_no_text_number_or_list_is_no_harm() -> None:
    odd = [[], {}, float("nan"), float("inf"), "\ud800", b"x", True, 10**400, "x" * 10_000]
    rows = [dict.fromkeys(FACTS[0], value) | {"round": f"r{i}"} for i, value in enumerate(odd)]
    html = drawn([*rows, *hostile_facts(["</script>", "\ud800", "\u202e"])], rows, rows)
    assert embedded(html, "data")["rounds"]["n"] >= len(odd)
    html.encode()
