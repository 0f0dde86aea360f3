"""Queries about cities: rows worked out by hand from the CSV files, and from small cases."""

from tests.support import load_records
from tests.test_queries import closed, facts, pick, report  # noqa: F401

from whofunds.graph import Graph
from whofunds.model import City, Condition, Investor, Link, Startup, Total
from whofunds.stores.base import Store


def test_city_funds_at_home_and_elsewhere(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("cities/same-city")
    columns = ("funds", "companies", "rounds", "parts", "same_city", "other_city", "no_seat")
    # Same: five parts in MiniMax, four in StepFun. Other: Sailing in SenseTime of 2017 (Hong
    # Kong), Shanghai AI Fund in Baichuan, two in Zhipu. Of SenseTime's listing (three) two seats
    # are known, and of Infinigence's (one) none.
    assert pick(rows, *columns, city="shanghai") == [(11, 6, 10, 17, 9, 4, 4)]
    # Beijing's AI fund in seven rounds of four companies, Zhongguancun in two of these companies.
    assert pick(rows, *columns, city="beijing") == [(2, 4, 8, 9, 9, 0, 0)]
    assert pick(rows, *columns, "local", city="suzhou") == [(2, 1, 2, 2, 2, 0, 0, ["AISpeech"])]
    # The same parts as one by one.
    one_by_one = facts.query("cities/city-funds")
    for whole, part in (("same_city",) * 2, ("other_city",) * 2, ("parts", "rounds")):
        assert sum(r[whole] for r in rows) == sum(r[part] for r in one_by_one)
    unclear = sum(r["no_city"] + r["no_seat"] for r in rows)
    assert unclear == sum(r["unclear"] for r in one_by_one)


def test_what_cannot_be_told_of_a_city_fund_says_why(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("mover", "nowhere", "double")),
            *(City(id=c, name=c.title()) for c in ("here", "there")),
            *(Investor(id=i, name=i.title()) for i in ("fund", "stray", "town")),
            *(Link(type="kind", source=i, target="city-fund") for i in ("fund", "stray")),
            Link(type="part-of", source="fund", target="town"),
            Link(type="acts-for", source="town", target="here"),
            Link(type="seat", of="startup", source="mover", target="here", until="2020-12-31"),
            Link(type="seat", of="startup", source="mover", target="there", since="2021-01-01"),
            Link(type="seat", of="startup", source="double", target="here"),
            Link(type="seat", of="startup", source="double", target="there"),
            closed("mover", "2020-01-15", "fund"),
            closed("mover", "2022-01-15", "fund", "stray", stage="B"),
            closed("nowhere", "2022-01-15", "fund"),
            closed("double", "2022-01-15", "fund"),
            closed("double", "2023", "fund", stage="B"),
            closed("double", "2022-05-15", "fund", stage="A+", status="talks"),
        ],
    )
    rows = Graph(store).query("cities/same-city", as_of="2023-06-30")
    columns = ("city", "parts", "same_city", "other_city", "no_city", "no_seat", "possible")
    assert pick(rows, *columns) == [("here", 4, 1, 1, 0, 2, 1), (None, 1, 0, 0, 1, 0, 0)]
    assert pick(rows, "local", "elsewhere", "of_rounds", "rounds_named", city="here") == [
        (["Mover"], ["Mover"], 4, 4)
    ]


def test_conditions_that_reports_state(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("cities/local-conditions")
    columns = ("city", "investor", "kind", "rounds", "announced", "seats")
    found = pick(rows, *columns, company="zhipu-ai")
    # Required by Hangzhou alone, of a company in Beijing.
    assert [r for r in found if r[2] == "required"] == [
        ("hangzhou", "hz-city-industry-fund", "required", 1, ["2025-03-03"], ["Beijing"]),
        ("hangzhou", "shangcheng-capital", "required", 1, ["2025-03-03"], ["Beijing"]),
    ]
    assert ("chengdu", "chengdu-hitech-zone", "came-with", 1, ["2025-03-19"], ["Beijing"]) in found
    # In no round of Galbot that we hold does Hong Kong's fund stand.
    assert pick(rows, "rounds", "announced", company="galbot") == [(0, [])] * 2
    assert len(rows) == 14
    early = facts.query("cities/local-conditions", as_of="2025-03-14")
    # By then: two required, two of Zhuhai, one use of money; four reports of six rows are undated.
    assert [(r["kind"], r["undated"]) for r in early] == [
        ("required", 6),
        ("required", 6),
        ("came-with", 6),
        ("came-with", 6),
        ("use-of-money", 6),
    ]


def test_a_condition_is_not_a_seat(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            Startup(id="acme", name="Acme"),
            *(City(id=c, name=c.title()) for c in ("here", "there")),
            Investor(id="fund", name="Fund"),
            Link(type="seat", of="startup", source="acme", target="there"),
            closed("acme", "2020-01-15", "fund"),
            closed("acme", "2021", "fund", stage="B"),
            Condition(
                investor="fund",
                company="acme",
                city="here",
                type="required",
                text="a plant",
                report=report("condition"),
            ),
        ],
    )
    rows = Graph(store).query("cities/local-conditions")
    columns = ("city", "kind", "text", "rounds", "seats", "reports")
    pages = [report("acme-2020-01-15"), report("acme-2021"), report("condition")]
    assert pick(rows, *columns) == [("here", "required", "a plant", 2, ["There"], pages)]


def test_capital_of_the_companies_of_a_city(facts: Graph) -> None:  # noqa: F811
    rows = facts.query("cities/capital")
    columns = ("kind", "rounds", "parts", "investors", "companies", "of_rounds", "rounds_named")
    # Guangzhou: CloudWalk's pre-IPO round alone; Heidelberg: Aleph Alpha's B.
    assert {r["of_rounds"] for r in rows if r["city"] == "guangzhou"} == {1}
    assert pick(rows, *columns, city="suzhou", kind="city-fund") == [
        # Oriza and Shenzhen Capital in the D of 2018, Yuanhe in September 2020.
        ("city-fund", 2, 3, 3, 1, 6, 5)
    ]
    held: dict[str | None, int] = {r["city"]: r["of_rounds"] for r in rows}
    every = facts.query("cities/same-city")
    assert sum(held.values()) == every[0]["of_rounds"]


def test_a_company_that_moved_counts_where_it_was(store: Store) -> None:
    load_records(
        store,
        "cases",
        [
            *(Startup(id=c, name=c.title()) for c in ("mover", "nowhere")),
            *(City(id=c, name=c.title()) for c in ("here", "there")),
            *(Investor(id=i, name=i.title()) for i in ("one", "two")),
            Link(type="kind", source="one", target="vc"),
            Link(type="kind", source="two", target="vc"),
            Link(type="seat", of="startup", source="mover", target="here", until="2020-06-30"),
            Link(type="seat", of="startup", source="mover", target="there", since="2020-07-01"),
            closed("mover", "2020-01-15", "one", "two"),
            closed("mover", "2020-05", stage="A+", amount="$7m"),
            # Before the move or after it.
            closed("mover", "2020", "one", stage="pre-B", amount="$9m"),
            closed("mover", "2022-01-15", "one", stage="B"),
            closed("nowhere", "2022-01-15", "two"),
            Total(company="mover", report=report("n"), rounds=5, since="2020", until="2020"),
        ],
    )
    rows = Graph(store).query("cities/capital")
    columns = ("city", "kind", "rounds", "parts", "investors", "of_rounds", "rounds_named")
    assert pick(rows, *columns) == [
        (None, "vc", 2, 2, 2, 2, 2),
        ("here", "not named", 1, 0, 0, 2, 1),
        ("here", "vc", 1, 2, 2, 2, 1),
        ("there", "vc", 1, 1, 1, 1, 1),
    ]
    # A report counts five rounds of the mover's in 2020; three that we hold are of that year.
    coverage = ("counted", "of_companies", "rounds_stated", "rounds_held")
    assert pick(rows, *coverage, kind="vc", city="there") == [(1, 1, 5, 3)]
    assert pick(rows, *coverage, city=None) == [(1, 2, 5, 3)]
