"""The shipped queries' rows, worked out by hand from the CSV files of loaders/data/ai-funding."""

import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import STORES
from tests.support import ROOT, load, load_records

from whofunds import shipped
from whofunds.answers import Answer
from whofunds.catalog import find_queries
from whofunds.errors import UsageError
from whofunds.graph import Graph
from whofunds.model import (
    City,
    Condition,
    Investor,
    Link,
    Participant,
    Report,
    Round,
    Startup,
    Total,
)
from whofunds.stores import open_store
from whofunds.stores.base import Path as GraphPath
from whofunds.stores.base import Store


@pytest.fixture(scope="module", params=STORES)
def facts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Graph]:
    """The shipped facts, loaded once into a store of each kind."""
    with pytest.MonkeyPatch.context() as environment:
        address = str(tmp_path_factory.mktemp("facts") / "facts.store")
        if request.param != "embedded":
            database = request.getfixturevalue("servers").get(request.param)
            database.empty()
            address = database.uri
            environment.setenv("NEO4J_USERNAME", database.username)
            environment.setenv("NEO4J_PASSWORD", database.password)
        with open_store(address) as store:
            load(store, "ai-funding")
            yield Graph(store)


def pick(answer: Answer, *columns: str, **where: Any) -> list[tuple[Any, ...]]:
    """These columns of the rows in which those have these values."""
    rows = [r for r in answer if all(r[k] == v for k, v in where.items())]
    return [tuple(row[c] for c in columns) for row in rows]


MONEY = ("amount_min", "amount_max", "amount_stated", "own_currency")


def test_rounds_with_a_dispute_and_talks(facts: Graph) -> None:
    rows = facts.query("companies/rounds", company="零一万物")
    assert pick(rows, "first", "last", "status", "qualifier", *MONEY, "disputed", "accounts") == [
        ("2023-11-01", "2023-11-30", "closed", "exact", 2e8, 2e8, 2e8, "USD", ["amount"], 2),
        ("2023-12-14", "2023-12-14", "talks", "at_most", None, 2e8, 2e8, "USD", [], 1),
    ]
    assert pick(rows, "leads", "investors", status="closed") == [
        (["Alibaba Cloud"], ["Alibaba Cloud", "Sinovation Ventures"])
    ]
    assert pick(rows, "valuation_min", "valuation_max") == [(1e9, None), (None, None)]
    assert pick(rows, "reports")[0] == (
        [
            "https://finance.yahoo.com/news/little-known-chinese-ai-startup-212717824.html",
            "https://www.chinamoneynetwork.com/2023/11/07/"
            "kai-fu-lees-ai-firm-01-ai-hits-unicorn-status-with-alibaba-cloud-led-funding",
        ],
    )


def test_rounds_with_bounds(facts: Graph) -> None:
    over = facts.query("companies/rounds", company="aisphere", currency="CNY")
    assert pick(over, "min", "max", "stated", "unconverted") == [(1e8, None, 1e8, 0)]
    hundreds = facts.query("companies/rounds", company="面壁智能", currency="CNY")
    assert pick(hundreds, "qualifier", "min", "max") == [
        ("undisclosed", None, None),
        ("range", 2e8, 999_999_999),
        ("range", 2e8, 999_999_999),
        ("range", 2e8, 999_999_999),
    ]
    nearly = facts.query("companies/rounds", company="MiniMax")
    assert pick(nearly, "min", "max", "stated", "accounts", stage="C") == [(None, 3e8, 3e8, 2)]


def test_rounds_as_of_a_day_are_the_certain_ones(facts: Graph) -> None:
    rows = facts.query("companies/rounds", company="minimax", as_of="2024-03-15")
    # Left out as merely possible: two rounds of March 2024, two that are undated.
    assert pick(rows, "last", "stage", "possible") == [
        ("2022-01-31", "angel", 4),
        ("2023-06-01", "A", 4),
        ("2023-11-30", "strategic", 4),
    ]


def test_raised_against_a_line(facts: Graph) -> None:
    rows = facts.query("ceiling/raised", cohort="llm-2023")
    sums = ("raised", "floor", "stated", "ceiling", "open", "rounds", "rounds_stated")
    assert pick(rows, *sums, "missing", "valued", "parent_deals", company="deepseek") == [
        ("by 2026-06-16", 51e9, 51e9, 51e9, "", 1, 1, 0, "on stated figures, 2026-06-16", 1)
    ]
    assert pick(rows, *sums, "missing", company="modelbest") == [
        ("can't be excluded", 6e8, 6e8, None, "open: 1 undisclosed, 0 at least", 4, 4, 19.4e9)
    ]
    assert pick(rows, *sums, company="aisphere") == [
        ("can't be excluded", 1e8, 1e8, None, "open: 0 undisclosed, 1 at least", 1, None)
    ]


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        (0.8e9, "by 2024-03-31"),
        (1e9, "on stated figures, 2025-07-31"),
        (2e9, "can't be excluded"),
    ],
)
def test_a_line_is_reached_by_the_floor_else_by_what_is_stated(
    facts: Graph, line: float, raised: str
) -> None:
    rows = facts.query("ceiling/raised", line=line, currency="USD")
    # Floor 30 + 250 + 600 (over) million; stated also the 300 that is a maximum (nearly).
    valued = "by 2023-06-01" if line <= 1e9 else "by 2024-03-31"
    sums = ("raised", "floor", "stated", "open", "valued")
    assert pick(rows, *sums, company="minimax") == [
        (raised, 880e6, 1180e6, "open: 3 undisclosed, 1 at least", valued)
    ]


def test_what_is_not_raised_stands_apart(facts: Graph) -> None:
    rows = facts.query("ceiling/raised", line=1e9, currency="USD")
    apart = ("raised", "floor", "open", "commitments_floor", "rounds")
    assert pick(rows, *apart, company="light-years-beyond") == [
        ("can't be excluded", None, "no round held", 50e6, 0)
    ]
    # One account of two gives the sum, as a conflict.
    assert pick(rows, "raised", "floor", "ceiling", "open", company="01-ai") == [
        ("can't be excluded", 200e6, None, "open: 1 disputed")
    ]


def test_a_ceiling_is_open_where_a_report_has_more_or_the_first_rounds_are_not_held(
    facts: Graph,
) -> None:
    rows = facts.query("ceiling/raised", line=1.5e9, currency="USD")
    columns = ("raised", "floor", "ceiling", "reported_total", "open")
    # C 270m, 450m, D 500m, D-ext 100m; totals of 970m until 2024-12 and 1.6bn until 2026-04.
    assert pick(rows, *columns, company="cohere") == [
        (
            "can't be excluded",
            1.32e9,
            None,
            1.6e9,
            "open: first round held: C, a report has 1.6bn in all",
        )
    ]
    before = facts.query("ceiling/raised", line=1.5e9, currency="USD", as_of="2025-06")
    assert pick(before, *columns, company="cohere") == [
        (
            "can't be excluded",
            720e6,
            None,
            970e6,
            "open: first round held: C, a report has 970m in all",
        )
    ]
    total = "https://news.promtvault.app/editions/2026/05/28/stories/03-cohere-aleph-alpha-20b-sovereign-ai.html"
    assert total in pick(rows, "reports", company="cohere")[0][0]
    assert total not in pick(before, "reports", company="cohere")[0][0]
    rows = facts.query("ceiling/raised", line=350e6, currency="USD")
    # C 100m and D 235m; totals of nearly 400m, which has no minimum, and of 400m.
    assert pick(rows, *columns, company="hugging-face") == [
        (
            "can't be excluded",
            335e6,
            None,
            400e6,
            "open: first round held: C, a report has 400m in all",
        )
    ]
    assert pick(rows, "open", company="cloudwalk") == [
        ("open: 1 disputed, first round held: pre-ipo",)
    ]
    assert pick(facts.query("ceiling/raised"), *columns, company="deepseek") == [
        ("by 2026-06-16", 51e9, 51e9, 51e9, "")
    ]
    # A total of 376bn is in doubt; 3.9bn USD of May 2026 is the most that isn't.
    assert pick(
        facts.query("ceiling/raised", currency="USD"), columns[3], company="moonshot-ai"
    ) == [(3.9e9,)]


def test_who_came_early_and_what_came_after(facts: Graph) -> None:
    rows = facts.query("investors/early-and-after", kind="internet-giant")
    columns = ("company", "place", "after", "followed_on", "later_rounds", "possible")
    assert pick(rows, *columns, investor="alibaba-cloud") == [
        ("01-ai", 1, "no later round", None, 0, 0)
    ]
    assert pick(rows, *columns, investor="zhihu") == [
        ("modelbest", 1, "followed", "2024-04-01", 3, 0)
    ]
    unnamed = "not named in 4 later rounds (4 of which have a list of investors)"
    one = "not named in 1 later round (with a list of investors)"
    tencent = pick(rows, *columns, investor="tencent")
    assert ("minimax", 2, unnamed, None, 4, 2) in tencent
    assert ("manus", 1, one, None, 1, 1) in tencent
    # An A3 of "2023" may be of December, so it is after the angel of April and the A1 of October,
    # which one report dates to May: that account contradicts the others, and meets them.
    early = ("investor", "place", "stage", "announced", "followed", "cut")
    assert pick(rows, *early, company="baichuan") == [
        ("alibaba", 2, "A1", "2023-10-17", "2024-07-25", ""),
        ("baidu", 2, "A1", "2023-10-17", None, ""),
        ("tencent", 2, "A1", "2023-10-17", "2024-07-25", ""),
        ("xiaomi", 2, "A1", "2023-10-17", "2024-07-25", ""),
    ]
    assert pick(rows, *early, company="hugging-face") == [
        ("amazon", 2, "D", "2023-08-24", None, "first round held: C"),
        ("google", 2, "D", "2023-08-24", None, "first round held: C"),
    ]
    assert pick(rows, "groups", investor="alibaba-cloud") == [(["Alibaba Group"],)]


def test_city_funds_and_conditions(facts: Graph) -> None:
    rows = facts.query("cities/city-funds")
    columns = ("city", "company", "seats", "rounds", "same_city", "other_city", "conditions")
    assert pick(rows, *columns, fund="chengdu-hitech-zone") == [
        ("chengdu", "zhipu-ai", ["Beijing"], 1, 0, 1, ["came-with"])
    ]
    assert pick(rows, *columns, fund="shangcheng-capital") == [
        ("hangzhou", "zhipu-ai", ["Beijing"], 1, 0, 1, ["required"])
    ]
    assert pick(rows, *columns, fund="fortera", company="minimax") == [
        ("shanghai", "minimax", ["Shanghai"], 2, 2, 0, [])
    ]
    # Chengdu's 300m and Zhuhai's 500m are published; the 1bn with Hangzhou's is the round's.
    cheques = ("fund", "cheques", "cheque_min", "cheque_max", "unconverted")
    assert pick(rows, *cheques, city="chengdu") == [("chengdu-hitech-zone", 1, 300e6, 300e6, 0)]
    assert pick(rows, *cheques, city="zhuhai") == [("huafa", 1, 500e6, 500e6, 0)]
    for city in ("hangzhou", "suzhou"):
        assert {r["cheques"] for r in rows if r["city"] == city} == {0}
        assert {r["cheque_min"] for r in rows if r["city"] == city} == {None}


def test_capital_behind_a_company(facts: Graph) -> None:
    rows = facts.query("capital/behind-company", company="光年之外")
    columns = ("kind", "investor", "rounds", "apart", "cheques")
    # A pledge and a purchase: no money of its own came to the company.
    assert pick(rows, *columns) == [
        ("angel", "wang-huiwen", 0, 1, 0),
        ("internet-giant", "meituan", 0, 1, 0),
    ]
    tencent = facts.query("capital/behind-company", company="minimax")
    cheque = ("rounds", "cheques", "cheque_min", "cheque_max", "announced", "first", "last")
    assert pick(tencent, *cheque, investor="tencent") == [
        (1, 1, 40e6, 40e6, ["2023-06-01"], "2023-06-01", "2023-06-01")
    ]
    assert pick(tencent, "announced", investor="alibaba") == [(["2024-03", "2026-01-09"],)]


def test_sources_by_company(facts: Graph) -> None:
    rows = facts.query("capital/sources-by-company")
    columns = ("kind", "rounds", "investors", "as_lead", "apart")
    assert pick(rows, *columns, company="manus") == [
        ("internet-giant", 2, 1, 0, 1),  # Tencent in the seed and the A; Meta bought it
        ("vc", 3, 3, 1, 0),  # ZhenFund, HongShan, Benchmark, which led the B
    ]
    assert pick(rows, *columns, company="deepseek") == [
        ("asset-manager", 0, 0, 0, 1),  # High-Flyer, its parent
        ("not named", 1, 0, 0, 0),
    ]


def test_portfolio_and_co_investors(facts: Graph) -> None:
    rows = facts.query("investors/portfolio", investor="知乎", currency="CNY")
    columns = ("company", "announced", "first", "lead", "cheque_min", "round_min", "round_max")
    assert pick(rows, *columns) == [
        ("modelbest", "2023-04", "2023-04-01", True, None, None, None),
        ("modelbest", "2024-04", "2024-04-01", False, None, 2e8, 999_999_999),
    ]
    assert pick(facts.query("investors/co-investors", investor="zhihu"), "investor", "rounds") == [
        ("beijing-ai-fund", 1),
        ("primavera", 1),
        ("zhipu-ai-inv", 1),
    ]
    group = facts.query("investors/portfolio", investor="meituan")
    assert {"meituan", "meituan-longzhu"} <= {r["investor"] for r in group}


def test_paths(facts: Graph) -> None:
    rows = facts.query("paths/between", **{"from": "知乎", "to": "ModelBest"})
    assert pick(rows, "steps", "certain", "statuses") == [(2, True, ["closed"])] * 2
    assert all(isinstance(r["path"], GraphPath) for r in rows)
    state = facts.query("paths/from-government", government="shanghai-gov", company="MiniMax")
    ends = [r["path"].nodes for r in state]
    assert [(n[0].id, n[-1].id) for n in ends] == [("shanghai-gov", "minimax")] * len(ends)
    assert [n[1].id for n in ends if n[-3].id == "fortera"] == ["sscic", "sscic"]
    assert len([1 for n in ends if n[-3].id == "shanghai-state-capital"]) == 1
    assert all(
        t.type in ("PART_OF", "INVESTED_IN", "FUNDS")
        for r in state
        for t in r["path"].relationships
    )
    assert facts.query("paths/between", **{"from": "zhihu", "to": "zhihu"}).values == []
    # Tencent is in the same company, but no state controls it.
    private = facts.query("paths/from-government", government="tencent", company="MiniMax")
    assert private.values == []
    city = facts.query("paths/from-government", government="city:hangzhou", company="zhipu-ai")
    assert {r["path"].nodes[0].id for r in city} == {"hangzhou"}


def test_disputed_rounds_say_what_each_report_says(facts: Graph) -> None:
    rows = facts.query("quality/disputed")
    columns = ("account", "fields", "announced", "amount_stated", "members")
    both = ["alibaba-cloud", "sinovation"]
    assert pick(rows, *columns, company="01-ai") == [
        ("ai-funding:01ai-2023-11", ["amount"], "2023-11", None, ["alibaba-cloud"]),
        ("ai-funding:01ai-2023-11-yahoo", ["amount"], "2023-11", 2e8, both),
    ]


def test_facts_for_views(facts: Graph) -> None:
    rows = facts.query("views/facts")
    columns = ("investor", "kinds", "kind_basis", "lead", "city", "status")
    assert pick(rows, *columns, company="01-ai") == [
        ("alibaba-cloud", ["internet-giant"], ["sourced"], True, "beijing", "closed"),
        ("sinovation", ["vc"], ["sourced"], False, "beijing", "closed"),
        (None, [], [], None, "beijing", "talks"),
    ]
    urls = {url for (url,) in pick(facts.query("views/reports"), "url")}
    assert all(r["reports"] and set(r["reports"]) <= urls for r in rows)


def test_every_query_runs_with_its_defaults_and_sorts_its_reports(facts: Graph) -> None:
    given = {
        "company": "zhipu-ai",
        "investor": "shanghai-gov",
        "kind": "city-fund",
        "government": "city:hangzhou",
        "from": "openai",
        "to": "unitree",
        "round": "moonshot-2023-a",
        "other": "moonshot-ai",
    }
    for name, query in facts.queries().items():
        needed = {p.name: given[p.name] for p in query.params if p.required}
        rows = facts.query(name, **needed)
        assert len(rows) > 0 or name == "checks/rings", name
        assert rows.values == facts.query(name, **needed).values
        for row in rows if not name.startswith("entities/") else ():
            assert row.get("reports", []) == sorted(set(row.get("reports", []))), name


def report(page: str) -> str:
    return f"https://example.org/{page}"


def closed(company: str, day: str, *investors: str, **more: Any) -> Round:
    page = report(f"{company}-{day}")
    part = tuple(Participant(investor=i, report=page) for i in investors)
    money = {"amount": "$5m", "stage": "A", "instrument": "equity", **more}
    return Round(company=company, report=page, announced=day, participants=part, **money)


def follow_on_cases() -> list[Any]:
    """`early` is in the first round of each company; what comes after is in the company's name."""
    day = "2020-01-15"
    seen = ("followed", "through-an-arm", "left", "listed", "alone", "too-soon")
    companies = (*seen, "not-named", "perhaps")
    return [
        *(Startup(id=c, name=c.title()) for c in companies),
        *(Investor(id=i, name=i.title()) for i in ("early", "arm", "parent", "other")),
        *(Link(type="kind", source=i, target="vc") for i in ("early", "arm", "other")),
        Link(type="part-of", source="early", target="parent", until="2022-12-31"),
        Link(type="part-of", source="arm", target="parent"),
        *(closed(c, day, "early") for c in companies),
        closed("followed", "2021-01-15", "early", stage="B"),
        closed("through-an-arm", "2021-01-15", "arm", stage="B"),
        closed("left", "2021-01-15", "other", stage="B"),
        closed("left", "2022-01-15", stage="C"),
        closed("left", "2023-01-15", "early", stage="D", status="talks"),
        closed("left", "2023-06-15", "early", stage="E", instrument="secondary"),
        closed("listed", "2021-01-15", "early", stage="IPO", listing="ipo"),
        closed("too-soon", "2020-02-13", "early", stage="B", amount="$9m"),
        closed("not-named", "2020-02-14", stage="B", amount="$9m"),
        closed("perhaps", "2020", stage="B", amount="$9m"),
    ]


def test_the_words_for_what_came_after(store: Store) -> None:
    load_records(store, "cases", follow_on_cases())
    rows = Graph(store).query("investors/early-and-after", kind="vc")
    assert pick(rows, "company", "after", "followed_on", place=1, investor="early") == [
        ("alone", "no later round", None),
        ("followed", "followed", "2021-01-15"),
        (
            "left",
            "not named in 2 later rounds (1 of which has a list of investors)",
            None,
        ),
        ("listed", "at the listing only", "2021-01-15"),
        ("not-named", "not named in 1 later round (without a list of investors)", None),
        ("perhaps", "no later round for certain", None),
        ("through-an-arm", "followed", "2021-01-15"),
        ("too-soon", "no later round", None),
    ]
    before = Graph(store).query("investors/early-and-after", kind="vc", as_of="2020-12")
    assert pick(before, "after", company="followed") == [("no later round",)]


def test_kinds_groups_and_seats_are_those_of_the_day(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            Investor(id="fund", name="Fund"),
            Investor(id="old", name="Old parent"),
            Link(type="kind", source="fund", target="vc", until="2020-12-31"),
            Link(type="kind", source="fund", target="state-fund", since="2021-01-01"),
            Link(type="part-of", source="fund", target="old", until="2020-12-31"),
            closed("acme", "2020-01-15", "fund"),
            closed("acme", "2022-01-15", "fund", stage="B"),
        ],
    )
    graph = Graph(store)
    rows = graph.query("capital/sources-by-company")
    assert pick(rows, "kind", "rounds", "first") == [
        ("state-fund", 1, "2022-01-15"),
        ("vc", 1, "2020-01-15"),
    ]
    assert pick(graph.query("investors/portfolio", investor="old"), "first", "kinds") == [
        ("2020-01-15", ["vc"])
    ]


def test_seats_are_those_of_the_day_and_conditions_another_question(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("mover", "nowhere")),
            *(City(id=c, name=c.title()) for c in ("here", "there")),
            Investor(id="fund", name="Fund"),
            Investor(id="town", name="Town"),
            Link(type="kind", source="fund", target="city-fund"),
            Link(type="part-of", source="fund", target="town"),
            Link(type="acts-for", source="town", target="here"),
            Link(type="seat", of="startup", source="mover", target="here", until="2020-12-31"),
            Link(type="seat", of="startup", source="mover", target="there", since="2021-01-01"),
            closed("mover", "2020-01-15", "fund"),
            closed("mover", "2022-01-15", "fund", stage="B"),
            closed("nowhere", "2022-01-15", "fund"),
            Condition(
                investor="fund",
                company="nowhere",
                city="here",
                type="required",
                report=report("condition"),
            ),
        ],
    )
    rows = Graph(store).query("cities/city-funds")
    columns = ("city", "seats", "rounds", "same_city", "other_city", "unclear", "conditions")
    assert pick(rows, *columns, company="mover") == [("here", ["Here", "There"], 2, 1, 1, 0, [])]
    assert pick(rows, *columns, company="nowhere") == [("here", [], 1, 0, 0, 1, ["required"])]
    assert pick(rows, "reports", company="nowhere") == [
        ([report("condition"), report("nowhere-2022-01-15")],)
    ]
    # Nobody knows when the condition's report was published.
    dated = Graph(store).query("cities/city-funds", as_of="2023")
    assert pick(dated, *columns, company="nowhere") == [("here", [], 1, 0, 0, 1, [])]


def test_a_governments_money_goes_through_what_it_controls_alone(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("funded", "shared", "later")),
            Investor(id="state", name="State", state_controlled="yes"),
            *(Investor(id=i, name=i.title()) for i in ("manager", "fund", "private")),
            Link(type="part-of", source="manager", target="state"),
            Link(type="part-of", source="fund", target="manager", until="2021-12-31"),
            closed("funded", "2020-01-15", "fund", "private"),
            closed("shared", "2020-06-15", "private"),
            closed("later", "2022-01-15", "fund"),
        ],
    )
    graph = Graph(store)
    asked = {"government": "state"}
    (row,) = graph.query("paths/from-government", company="funded", **asked)
    assert [n.id for n in row["path"].nodes][:3] == ["state", "manager", "fund"]
    assert [r.type for r in row["path"].relationships] == [
        "PART_OF",
        "PART_OF",
        "INVESTED_IN",
        "FUNDS",
    ]
    assert (row["announced"], row["first"]) == ("2020-01-15", "2020-01-15")
    # Of these nobody says that a state controls them.
    for start in ("manager", "private"):
        assert not graph.query("paths/from-government", company="funded", government=start).values
    assert graph.query("paths/from-government", company="shared", **asked).values == []
    assert graph.query("paths/from-government", company="later", **asked).values == []
    assert len(graph.query("paths/between", **{"from": "state", "to": "shared"})) == 1
    # The manager had sold the fund when it came to the later one.
    for company, certain in (("funded", True), ("later", False)):
        chains = graph.query("paths/between", **{"from": "manager", "to": company})
        assert pick(chains, "steps", "certain") == [(3, certain)]


def test_what_cannot_be_converted_or_may_be_later_is_counted(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            closed("acme", "2020-01-15", "nobody", amount="¥7m"),
            closed("acme", "2021", stage="B", amount="$8m"),
            closed("acme", "2022-01-15", stage="C", amount="$1m", instrument="secondary"),
            Investor(id="nobody", name="Nobody"),
        ],
    )
    graph = Graph(store)
    columns = ("floor", "open", "rounds", "unconverted", "possible")
    asked = {"currency": "USD", "line": 5_000_000}
    assert pick(graph.query("ceiling/raised", **asked), "raised", *columns) == [
        ("by 2021-12-31", 8e6, "open: 1 not convertible", 2, 1, 0)
    ]
    assert pick(graph.query("ceiling/raised", **asked, as_of="2021-06-30"), *columns) == [
        (None, "open: 1 not convertible, 1 possible", 1, 1, 1)
    ]
    kinds = graph.query("capital/sources-by-company", as_of="2021-06-30")
    assert pick(kinds, "kind", "rounds", "possible") == [
        ("not named", 0, 1),
        ("unknown", 1, 0),
    ]


def total(company: str, amount: str, until: str, *doubt: str) -> Total:
    page = report(f"{company}-{amount}")
    return Total(company=company, report=page, amount=amount, until=until, doubt=doubt)


def test_a_stated_total_is_compared_and_never_added(store: Store) -> None:
    day = "2020-01-15"
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("agrees", "doubted", "less", "more", "none")),
            *(closed(c, day) for c in ("agrees", "doubted", "less", "more")),
            total("agrees", "$5m", "2020-12-31"),
            total("doubted", "$50m", "2020-12-31", "amount"),
            total("less", "$2m", "2020-12-31"),
            total("more", "over $7.5m", "2020-12-31"),
            total("more", "$90m", "2022"),
            total("none", "$9m", "2020"),
        ],
    )
    asked = {"currency": "USD", "line": 6_000_000, "as_of": "2021-12-31"}
    rows = Graph(store).query("ceiling/raised", **asked)
    columns = ("company", "raised", "floor", "stated", "ceiling", "reported_total", "open")
    # The 7.5m alone would pass the line, but a total is no round: it only opens the ceiling.
    assert sorted(pick(rows, *columns)) == [
        ("agrees", "below", 5e6, 5e6, 5e6, 5e6, ""),
        ("doubted", "below", 5e6, 5e6, 5e6, None, ""),
        ("less", "below", 5e6, 5e6, 5e6, 2e6, ""),
        ("more", "can't be excluded", 5e6, 5e6, None, 7.5e6, "open: a report has 7.5m in all"),
        ("none", "can't be excluded", None, None, None, 9e6, "no round held"),
    ]
    assert pick(rows, "reports", company="more") == [
        ([report(f"more-{day}"), report("more-over $7.5m")],)
    ]
    later = Graph(store).query("ceiling/raised", currency="USD", line=6_000_000)
    assert pick(later, "reported_total", "open", company="more") == [
        (90e6, "open: a report has 90m in all")
    ]


def test_rates_that_moved_do_not_open_a_ceiling(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            closed("acme", "2022-01-17"),
            total("acme", "$5m", "2022-10-31"),
        ],
    )
    # The same 5m dollars were more in yuan in October 2022 than in January.
    (row,) = Graph(store).query("ceiling/raised")
    assert row["reported_total"] > row["ceiling"] * 1.1
    assert (row["raised"], row["open"]) == ("below", "")


def test_a_late_first_round_or_a_dispute_opens_the_ceiling(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("late", "early", "disputed")),
            # The year's round may be of December: the first one held is the B of May.
            closed("late", "2020-05", stage="B"),
            closed("late", "2020", stage="seed", amount="$1m"),
            closed("early", "2020-05", stage="pre-A"),
            closed("early", "2021-05", stage="pre-B", amount="$7m"),
            closed("disputed", "2020-05-04", conflicts=["amount"]),
        ],
    )
    asked = {"currency": "USD", "line": 20_000_000}
    columns = ("company", "raised", "floor", "ceiling", "open")
    assert sorted(pick(Graph(store).query("ceiling/raised", **asked), *columns)) == [
        ("disputed", "can't be excluded", 5e6, None, "open: 1 disputed"),
        ("early", "below", 12e6, 12e6, ""),
        ("late", "can't be excluded", 6e6, None, "open: first round held: B"),
    ]


def test_early_is_by_the_day_by_which_a_round_was_certainly_closed(store: Store) -> None:
    days = {"2020": "b", "2020-04": "angel", "2020-10-17": "a", "2021-03-01": "c"}
    investors = ["year", "angel", "first", "late"]
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("acme", "cut")),
            *(Investor(id=i, name=i.title()) for i in investors),
            *(Link(type="kind", source=i, target="vc") for i in investors),
            *(
                closed("acme", day, i, stage=stage)
                for (day, stage), i in zip(days.items(), investors, strict=True)
            ),
            closed("cut", "2020-06", "first", stage="Series B"),
            closed("cut", "2020-12", "angel", stage="C"),
        ],
    )
    rows = Graph(store).query("investors/early-and-after", kind="vc")
    columns = ("company", "place", "investor", "announced", "first", "last", "cut")
    assert pick(rows, *columns) == [
        ("acme", 1, "angel", "2020-04", "2020-04-01", "2020-04-30", ""),
        ("acme", 2, "first", "2020-10-17", "2020-10-17", "2020-10-17", ""),
        ("cut", 1, "first", "2020-06", "2020-06-01", "2020-06-30", "first round held: Series B"),
        ("cut", 2, "angel", "2020-12", "2020-12-01", "2020-12-31", "first round held: Series B"),
    ]


def test_cheques_keep_their_bounds(store: Store) -> None:
    page = report("cheques")
    parts = [
        Participant(investor="open", report=page, amount="over $3m"),
        Participant(investor="shut", report=page, amount="$2m"),
    ]
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            *(Investor(id=i, name=i.title()) for i in ("open", "shut")),
            replace(closed("acme", "2020-01-15"), participants=parts),
            replace(closed("acme", "2021", stage="B"), participants=parts[1:]),
        ],
    )
    graph = Graph(store)
    columns = ("cheque_min", "cheque_max", "cheque_stated")
    behind = graph.query("capital/behind-company", company="acme")
    assert pick(behind, "investor", "announced", *columns) == [
        ("shut", ["2020-01-15", "2021"], 4e6, 4e6, 4e6),
        ("open", ["2020-01-15"], 3e6, None, 3e6),
    ]
    portfolio = graph.query("investors/portfolio", investor="open")
    assert pick(portfolio, "announced", *columns) == [("2020-01-15", 3e6, None, 3e6)]


def test_tables_show_dates_as_printed_and_cheques_with_their_bounds() -> None:
    queries = find_queries([ROOT / "queries"])
    for name in (
        "capital/behind-company",
        "companies/rounds",
        "investors/early-and-after",
        "investors/portfolio",
        "paths/from-government",
        "quality/disputed",
    ):
        shown = {c.name: c.table for c in queries[name].columns}
        assert (shown["announced"], shown["first"], shown["last"]) == ("always", "never", "never")
    for name, query in queries.items():
        shown = {c.name: c.table for c in query.columns}
        if "cheque_stated" in shown and not name.startswith("views/"):
            bounds = [shown[f"cheque_{b}"] for b in ("min", "max", "stated")]
            assert bounds == ["filled", "filled", "never"], name


def test_cohorts_at_the_same_age(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme", cohort="x", founded="2020-01"),
            Startup(id="late", name="Late", cohort="x", founded="2021"),
            Startup(id="old", name="Old", cohort="x"),
            closed("acme", "2020-06-15"),
            closed("acme", "2021-06-15", stage="B", amount="$10m"),
            closed("late", "2021-06-15", stage="B", amount="over $20m"),
            Report(url=report("acme-2020-06-15"), published_on="2023-03-01"),
        ],
    )
    rows = Graph(store).query("ceiling/cohorts", months=36, currency="USD")
    # Acme is 36 months old by February 2023; Late is 12, but not 24 (born in 2021, any day of it).
    # Since its first money Acme is 24 months old, and not 36.
    columns = ("age", "companies", "rounds", "floor", "open", "funded", "floor_since_money")
    assert pick(rows, *columns) == [
        (12, 2, 2, 25e6, 1, 2, 35e6),
        (24, 1, 2, 15e6, 0, 1, 15e6),
        (36, 1, 2, 15e6, 0, 0, None),
    ]
    assert pick(rows, "cut", "unknown_age", age=12) == [(["Late (first round held: B)"], 1)]
    folder = find_queries([ROOT / "queries"])
    # Sums fall with age as companies drop out (25m, then 15m), which the question says.
    assert "sums can fall with age" in folder["ceiling/cohorts"].question


def test_first_money_came_between_the_earliest_first_and_last_days(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme", cohort="x", founded="2019"),
            closed("acme", "2020", stage="A", amount="$1m"),
            closed("acme", "2020-04-15", stage="seed", amount="$2m"),
            closed("acme", "2021-02-15", stage="B", amount="$4m"),
            Report(url=report("acme-2020"), published_on="2021-05-01"),
        ],
    )
    rows = Graph(store).query("ceiling/cohorts", months=12, currency="USD")
    # First money came from 2020-01-01 to 2020-04-15: twelve months ago at least by May 2021.
    # Certainly within twelve months of it are the year's round and the seed, not February 2021.
    assert pick(rows, "funded", "rounds_since_money", "floor_since_money", "cut") == [
        (1, 2, 3e6, [])
    ]


def test_queries_answer_on_an_empty_store(store: Store) -> None:
    store.finish()
    for name, query in find_queries([shipped.folder("queries")]).items():
        if name == "export/sources":  # the kinds of capital are there in every store
            continue
        values = {p.name: "x" if p.required else p.default for p in query.params}
        rows = store.query(query.cypher, values).rows
        assert rows == ([] if name != "entities/held" else [(0, 0, 0, 0, 0, 0, None)]), name


def test_an_unknown_or_ambiguous_name_lists_candidates(facts: Graph) -> None:
    with pytest.raises(UsageError, match=r"company: .*moonshot-ai"):
        facts.query("companies/rounds", company="Moonshoot AI Labs")
    with pytest.raises(UsageError, match=r"several: .*fidelity-intl.*fidelity-us"):
        facts.query("investors/portfolio", investor="Fidelity")


def test_a_cohort_or_country_that_nobody_is_of_is_told(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c, cohort=c) for c in ("a", "B")),
            Investor(id="fund", name="Fund", country="CN"),
            closed("a", "2020-01-15", "fund"),
        ],
    )
    graph = Graph(store)
    with pytest.raises(UsageError, match=r"^cohort: no company is of cohort 'c'; there are B, a$"):
        graph.query("ceiling/raised", cohort="c")
    assert pick(graph.query("ceiling/raised", cohort="b"), "company") == [("B",)]
    with pytest.raises(UsageError, match=r"^country: no company or investor .* there are CN$"):
        graph.query("capital/state-exposure", country="FR")
    cn = graph.query("capital/state-exposure", country="cn", cohort="a")
    assert pick(cn, "company", "confirmed_max", level="any") == [("a", 1)]
    assert len(graph.query("ceiling/raised", cohort=" ")) == 2


def test_the_questions_are_there() -> None:
    folder: Path = ROOT / "queries"
    names = find_queries([folder])
    topics = [n for n in names if not n.startswith(("views/", "entities/", "checks/", "export/"))]
    assert len(topics) == 40
    assert sum(n.startswith("checks/") for n in names) == 12
    assert all(names[n].tags for n in topics)
    assert all("as_of" in {p.name for p in names[n].params} for n in topics)


def test_the_examples_of_the_headers_give_rows(facts: Graph) -> None:
    for query in find_queries([shipped.folder("queries")]).values():
        for example in query.examples:
            words = [word for word in shlex.split(example)[3:] if not word.startswith("--")]
            given = dict(word.split("=", 1) for word in words if "=" in word)
            assert len(facts.query(query.name, **given)) > 0, example
