"""Made-up facts as `views/facts` and `views/reports` return them, by the number of their nodes."""

import random
from dataclasses import dataclass, field
from typing import Any

from whofunds import catalog, schema, shipped

Row = dict[str, Any]
FIRST_YEAR, LAST_YEAR = 2014, 2025
# Nine nodes in a hundred are cities, at most CITIES; the others are shared out as 30 to 36 to 25.
CITIES = 300
INVESTORS, ROUNDS, COMPANIES = 30 / 91, 36 / 91, 25 / 91
PARTICIPATIONS = 1.23  # a node
UNDISCLOSED, CHEQUES, TALKS, UNNAMED = 0.40, 0.04, 0.06, 0.03

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


@dataclass
class Facts:
    """Rows of the two queries, and how many nodes they make."""

    rows: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)


def facts(nodes: int) -> Facts:
    """The same facts each time; few investors take part in much, as in reality."""
    chance = random.Random(nodes)
    columns = catalog.find_query([shipped.folder("queries")], "views/facts").columns
    empty: Row = dict.fromkeys(c.name for c in columns)
    cities = [_city(i) for i in range(min(CITIES, nodes * 9 // 100))]
    rest = nodes - len(cities)
    companies, rounds = round(rest * COMPANIES), round(rest * ROUNDS)
    investors = [_investor(i, chance) for i in range(round(rest * INVESTORS))]
    held = [_company(i, _few(chance, cities)) for i in range(companies)]
    found = Facts()
    mean = PARTICIPATIONS * nodes / rounds / (1 - UNNAMED)
    for i in range(rounds):
        company = held[i] if i < companies else _few(chance, held)
        urls = [_report(found, chance) for _ in range(1 + (chance.random() < 0.4))]
        row = empty | company | _round(i, urls, chance)
        # The first rounds see to it that each investor takes part somewhere.
        few = {j for j in (i,) if j < len(investors)}
        wanted = 0 if chance.random() < UNNAMED else max(1, round(chance.gauss(mean, mean / 3)))
        while len(few) < wanted:
            few.add(int(len(investors) * chance.random() ** 3))
        for j in sorted(few):
            found.rows.append(_fresh(row | investors[j] | _share(row, chance)))
        if not few:
            found.rows.append(_fresh(row | {"investor_names": None, "kinds": []}))
    found.rows.sort(key=lambda r: (r["company"], r["round"], r["investor"] or ""))
    found.reports.sort(key=lambda r: str(r["url"]))
    return found


def _few(chance: random.Random, of: list[Row]) -> Row:
    """One of them, the first far more often than the last."""
    return of[int(len(of) * chance.random() ** 2)]


def _fresh(row: Row) -> Row:
    """A row whose lists are its own, as a store returns them."""
    return {k: list(v) if isinstance(v, list) else v for k, v in row.items()}


def _names(number: int, kinds: tuple[tuple[str, str], ...], shift: int) -> list[str]:
    """A name in either script; distinct by its number once the words are used up."""
    (a, x), (b, y) = _STEMS[number % 20], _ENDS[number // 20 % 10]
    c, z = kinds[(number // 200 + shift) % len(kinds)]
    n = str(number // 200) if number >= 200 else ""
    return [" ".join(filter(None, (a + b, n, c))), f"{x}{y}{n}{z}"]


def _city(i: int) -> Row:
    names = [f"{_STEMS[i % 20][0]}{'ton' if i < 20 else 'burg'} {i}", f"{_STEMS[i % 20][1]}州{i}"]
    return {"city": f"city-{i}", "city_name": names[0], "city_names": names}


def _investor(i: int, chance: random.Random) -> Row:
    names = _names(i, _FUNDS, 1)
    some = chance.sample(list(schema.KINDS), 2 if chance.random() < 0.05 else 1)
    basis = [chance.choice(("sourced", "name-derived", "")) for _ in some]
    who = {"investor": f"investor-{i}", "investor_name": names[0], "investor_names": names}
    return who | {"kinds": sorted(some), "kind_basis": basis}


def _company(i: int, city: Row) -> Row:
    names = _names(i, _TRADES, 0)
    return {"company": f"company-{i}", "company_name": names[0], "company_names": names} | city


def _report(found: Facts, chance: random.Random) -> str:
    """A new report's address, of 60 to 100 characters."""
    i = len(found.reports)
    day = f"{chance.randint(FIRST_YEAR, LAST_YEAR)}-{chance.randint(1, 12):02}-17"
    words = "-".join(
        a.lower() + b
        for (a, _), (b, _) in zip(
            chance.choices(_STEMS, k=3), chance.choices(_ENDS, k=3), strict=True
        )
    )
    url = f"https://news.example.org/{day.replace('-', '/')}/{words}-raises-{i:06}.html"[:100]
    title = f"{words.replace('-', ' ').title()} raises funds" if i % 4 == 0 else None
    found.reports.append(
        {"url": url, "name": title, "publisher": chance.choice(_PUBLISHERS), "published_on": day}
    )
    return url


def _round(i: int, urls: list[str], chance: random.Random) -> Row:
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
        "reports": sorted(urls),
    }
    if chance.random() >= UNDISCLOSED:
        sum_ = round(10 ** chance.uniform(0, 3), 1) * 1e6
        high = sum_ if chance.random() < 0.8 else None
        row |= {"amount_min": int(sum_), "amount_max": high and int(high), "currency": "USD"}
        row |= {"amount_stated": int(sum_), "amount_qualifier": "exact" if high else "at_least"}
    return row


def _share(row: Row, chance: random.Random) -> Row:
    """What one investor did in a round: seldom known to have led, seldom its cheque."""
    did: Row = {"lead": True if chance.random() < 0.2 else None}
    if row["amount_min"] and chance.random() < CHEQUES:
        cheque = row["amount_min"] // 5
        did |= dict.fromkeys(("cheque_min", "cheque_max", "cheque_stated"), cheque)
        did["cheque_currency"] = "USD"
    return did
