"""Made-up facts as `views/facts` and `views/reports` return them, by the number of their nodes."""

import random
from typing import Any, NamedTuple

from whofunds import catalog, schema, shipped
from whofunds.answers import Answer

Row = dict[str, Any]
FIRST_YEAR, LAST_YEAR = 2014, 2025
# Nine nodes in a hundred are cities, at most CITIES; the others are shared out as 30 to 36 to 25.
CITIES = 300
INVESTORS, ROUNDS, COMPANIES = 30 / 91, 36 / 91, 25 / 91
PARTICIPATIONS = 1.23  # a node
UNDISCLOSED, VALUED, CHEQUES, TALKS, UNNAMED = 0.40, 0.15, 0.04, 0.06, 0.03

_STEMS = (
    *(("Amber", "珀"), ("Cedar", "柏"), ("Cloud", "云"), ("Comet", "星"), ("Ember", "焰")),
    *(("Falcon", "隼"), ("Glacier", "冰"), ("Granite", "岩"), ("Harbor", "港"), ("Heron", "鹭")),
    *(("Indigo", "靛"), ("Jade", "玉"), ("Lantern", "灯"), ("Lotus", "莲"), ("North", "北")),
    *(("Orchid", "兰"), ("Pine", "松"), ("Raven", "鸦"), ("Silver", "银"), ("Willow", "柳")),
)
_ENDS = (
    *(("bridge", "桥"), ("field", "原"), ("gate", "门"), ("light", "光"), ("moor", "野")),
    *(("path", "径"), ("ridge", "岭"), ("spring", "泉"), ("stone", "石"), ("wood", "林")),
)
_TRADES = (
    *(("Robotics", "机器人"), ("Chips", "芯片"), ("Bio", "生物")),
    *(("Cloud", "云计算"), ("Auto", "汽车"), ("Space", "航天")),
)
_FUNDS = (("Capital", "资本"), ("Ventures", "创投"), ("Guidance Fund", "引导基金"))
_STAGES = ("seed", "angel", "pre-A", "A", "A+", "B", "B+", "C", "D", "pre-ipo")
_PUBLISHERS = ("Harbor Daily", "Venture Ledger", "Exchange filings", "资本日报", "创投观察", "Wire")


class Facts(NamedTuple):
    """Answers of views/facts and views/reports; a column that isn't made up here is null."""

    rows: Answer
    reports: Answer


def facts(nodes: int) -> Facts:
    """The same facts each time; few investors take part in much, as in reality."""
    chance = random.Random(nodes)
    cities = [_city(i) for i in range(min(CITIES, nodes * 9 // 100))]
    rest = nodes - len(cities)
    companies, rounds = round(rest * COMPANIES), round(rest * ROUNDS)
    investors = [_investor(i, cities, chance) for i in range(round(rest * INVESTORS))]
    held = [_company(i, cities, chance) for i in range(companies)]
    rows: list[Row] = []
    reports: list[Row] = []
    mean = PARTICIPATIONS * nodes / rounds / (1 - UNNAMED)
    for i in range(rounds):
        company = held[i] if i < companies else _few(chance, held)
        told = [_report(len(reports), chance) for _ in range(1 + (chance.random() < 0.4))]
        reports += told
        row = company | _round(i, chance) | {"reports": sorted(r["url"] for r in told)}
        # The first rounds see to it that each investor takes part somewhere.
        few = {j for j in (i,) if j < len(investors)}
        wanted = 0 if chance.random() < UNNAMED else max(1, round(chance.gauss(mean, mean / 3)))
        while len(few) < wanted:
            few.add(int(len(investors) * chance.random() ** 3))
        rows += [row | investors[j] | _share(row, chance) for j in sorted(few)]
        if not few:
            rows.append(row | {"investor": None, "kinds": [], "kind_basis": []})
    rows.sort(key=lambda r: (r["company"], r["round"], r["investor"] or ""))
    reports.sort(key=lambda r: str(r["url"]))
    return Facts(_answer("views/facts", rows), _answer("views/reports", reports))


def _answer(name: str, rows: list[Row]) -> Answer:
    """Rows as a store returns them: lists are each row's own."""
    query = catalog.find_query([shipped.folder("queries")], name)
    names = [c.name for c in query.columns]
    values = [
        tuple(list(v) if isinstance(v := row.get(name), list) else v for name in names)
        for row in rows
    ]
    return Answer(query.title, query.columns, values, "")


def _few(chance: random.Random, of: list[Row]) -> Row:
    """One of them, the first far more often than the last."""
    return of[int(len(of) * chance.random() ** 2)]


def _names(number: int, kinds: tuple[tuple[str, str], ...], shift: int) -> list[str]:
    """A name in either script; distinct by its number once the words are used up."""
    (a, x), (b, y) = _STEMS[number % 20], _ENDS[number // 20 % 10]
    c, z = kinds[(number // 200 + shift) % len(kinds)]
    n = str(number // 200) if number >= 200 else ""
    return [" ".join(filter(None, (a + b, n, c))), f"{x}{y}{n}{z}"]


def _city(i: int) -> Row:
    names = [f"{_STEMS[i % 20][0]}{'ton' if i < 20 else 'burg'} {i}", f"{_STEMS[i % 20][1]}州{i}"]
    return {
        "": f"city-{i}",
        "_name": names[0],
        "_names": names,
        "_country": "CN",
        "_latitude": round(22 + i % 17 + i / 1000, 4),
        "_longitude": round(100 + i % 21 + i / 1000, 4),
    }


def _as(role: str, place: Row) -> Row:
    """A place in the columns of a role, city or seat."""
    return {role + name: value for name, value in place.items()}


def _investor(i: int, cities: list[Row], chance: random.Random) -> Row:
    names = _names(i, _FUNDS, 1)
    some = chance.sample(list(schema.KINDS), 2 if chance.random() < 0.05 else 1)
    row: Row = {
        "investor": f"investor-{i}",
        "investor_name": names[0],
        "investor_names": names,
        "investor_country": "CN",
        "kinds": sorted(some),
        "kind_basis": [chance.choice(("sourced", "name-derived", "")) for _ in some],
        "local": "",
        "near": "no city",
    }
    if "city-fund" in some:
        local = chance.choice(("same", "other"))
        row |= _as("seat", _few(chance, cities)) | {"local": local, "near": local}
    return row


def _company(i: int, cities: list[Row], chance: random.Random) -> Row:
    names = _names(i, _TRADES, 0)
    year = chance.randint(FIRST_YEAR - 10, FIRST_YEAR)
    return {
        "company": f"company-{i}",
        "company_name": names[0],
        "company_names": names,
        "country": "CN",
        "founded_first": f"{year}-01-01",
        "founded_last": f"{year}-12-31",
    } | _as("city", _few(chance, cities))


def _report(i: int, chance: random.Random) -> Row:
    """A report with an address of 60 to 100 characters; one in four has a title."""
    day = f"{chance.randint(FIRST_YEAR, LAST_YEAR)}-{chance.randint(1, 12):02}-17"
    words = "-".join(chance.choice(_STEMS)[0].lower() + chance.choice(_ENDS)[0] for _ in range(3))
    return {
        "url": f"https://news.example.org/{day.replace('-', '/')}/{words}-raises-{i:06}.html"[:100],
        "name": f"{words.replace('-', ' ').title()} raises funds" if i % 4 == 0 else None,
        "publisher": chance.choice(_PUBLISHERS),
        "published_on": day,
    }


def _round(i: int, chance: random.Random) -> Row:
    year, month = chance.randint(FIRST_YEAR, LAST_YEAR), chance.randint(1, 12)
    first, last, precision = {
        0: (f"{year}-01-01", f"{year}-12-31", "year"),
        1: (f"{year}-{month:02}-01", f"{year}-{month:02}-28", "month"),
    }.get(chance.randint(0, 4), (f"{year}-{month:02}-11", f"{year}-{month:02}-11", "day"))
    row: Row = {
        "round": f"round-{i}",
        "stage": chance.choice(_STAGES),
        "status": "talks" if chance.random() < TALKS else "closed",
        "instrument": "equity",
        "listing": "private",
        "first": first,
        "last": last,
        "precision": precision,
        "amount_qualifier": "undisclosed",
        "disputed": ["amount"] if chance.random() < 0.02 else [],
    }
    if chance.random() >= UNDISCLOSED:
        least = chance.random() < 0.2
        sum_ = int(round(10 ** chance.uniform(0, 3), 1) * 1e6)
        row |= _sum("amount", "sum", sum_, chance, least=least) | {"currency": "USD"}
        row["amount_qualifier"] = "at_least" if least else "exact"
        if chance.random() < VALUED:
            row |= _sum("valuation", "valuation_sum", 8 * sum_, chance)
            row |= {"valuation_currency": "USD", "valuation_basis": "post"}
    return row


def _sum(own: str, converted: str, sum_: int, chance: random.Random, *, least: bool = False) -> Row:
    """A sum in USD and converted, by a rate of its day."""
    other = int(sum_ * chance.uniform(6.2, 7.3))
    return {
        f"{name}_{bound}": None if least and bound == "max" else value
        for name, value in ((own, sum_), (converted, other))
        for bound in schema.BOUNDS
    }


def _share(row: Row, chance: random.Random) -> Row:
    """What one investor did in a round: seldom known to have led, seldom its cheque."""
    did: Row = {"lead": True if chance.random() < 0.2 else None, "doubt": False}
    if "amount_min" in row and chance.random() < CHEQUES:
        did |= _sum("cheque", "cheque_sum", row["amount_min"] // 5, chance)
        did["cheque_currency"] = "USD"
    return did
