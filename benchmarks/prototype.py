"""The prototype's page, filled with facts: what the capital map is measured by."""

import json
import re
from typing import Any

from benchmarks.facts import FIRST_YEAR, LAST_YEAR, Facts

from whofunds import schema

TOP = 40
_COLORS = ("#D55E00", "#E69F00", "#0072B2", "#56B4E9", "#009E73", "#CC79A7")
_SHAPES = ("square", "diamond", "hexagon", "dot", "triangle", "star", "triangleDown")


def page(template: str, found: Facts) -> str:
    """The prototype's page with these facts. It has no word for an undisclosed sum: that is 0."""
    kinds = list(schema.KINDS)
    names = {r["url"]: r["name"] or r["publisher"] for r in found.reports}
    numbers: dict[str, dict[str, int]] = {"investor": {}, "round": {}, "company": {}, "city": {}}

    def number(what: str, row: Any) -> int:
        return numbers[what].setdefault(row[what], len(numbers[what]))

    held: dict[str, dict[str, list[Any]]] = {
        "kind": {
            "label": list(schema.KINDS.values()),
            "color": [_COLORS[i % 6] for i in range(len(kinds))],
            "dark": [_COLORS[i % 6] for i in range(len(kinds))],
            "shape": [_SHAPES[i % 7] for i in range(len(kinds))],
        },
        "inv": {"label": [], "zh": [], "kind": []},
        "rnd": {"label": [], "comp": [], "year": [], "amount": [], "est": [], "src": []},
        "comp": {"label": [], "zh": [], "city": []},
        "city": {"label": [], "zh": []},
        "f": {"inv": [], "rnd": [], "amt": []},
    }

    def add(what: str, **values: Any) -> None:
        for name, value in values.items():
            held[what][name].append(value)

    for row in found.rows:
        known = {what: len(numbers[what]) for what in numbers}
        city, company = number("city", row), number("company", row)
        round_, investor = number("round", row), number("investor", row)
        amount = (row["amount_min"] or 0) / 1e6
        year = int(row["first"][:4])
        if city == known["city"]:
            add("city", label=row["city_name"], zh=row["city_names"][1])
        if company == known["company"]:
            add("comp", label=row["company_name"], zh=row["company_names"][1], city=city)
        if round_ == known["round"]:
            sources = [[names[u], u] for u in row["reports"]]
            label = f"{row['stage']} {year}"
            add("rnd", label=label, comp=company, year=year, amount=amount, est=0, src=sources)
        if investor == known["investor"]:
            some = row["investor_names"] or ["No named investor", ""]
            kind = kinds.index((row["kinds"] or ["unknown"])[0])
            add("inv", label=some[0], zh=some[1], kind=kind)
        add("f", inv=investor, rnd=round_, amt=amount)
    drawn = _drawn(held)
    years = {"y0": FIRST_YEAR, "y1": LAST_YEAR, "topk": TOP, "zh": False}
    data = held | {"meta": years | {"rank": {id_: i for i, id_ in enumerate(drawn)}}}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    parts = {
        r'(<script type="application/json" id="facts">).*?(</script>)': text,
        r"(var nodes = new vis\.DataSet\().*?(\);\n)": json.dumps(
            [
                {"id": id_, "label": " ", "shape": "dot", "size": 5, "x": 0, "y": 18 * i}
                for i, id_ in enumerate(drawn)
            ]
        ),
        r"(var edges = new vis\.DataSet\().*?(\);\n)": "[]",
    }
    for pattern, filling in parts.items():
        place = re.search(pattern, template, re.DOTALL)
        if not place:
            raise SystemExit("PROTOTYPE is not the page that the capital map was designed on")
        template = template[: place.end(1)] + filling + template[place.start(2) :]
    return template


def _drawn(held: dict[str, dict[str, list[Any]]]) -> list[str]:
    """Ids of what it draws at first: all kinds, the largest TOP of the other columns, others."""
    totals: dict[str, dict[int, float]] = {"kind": {}, "inv": {}, "comp": {}, "city": {}}
    for investor, round_, amount in zip(*held["f"].values(), strict=True):
        company = held["rnd"]["comp"][round_]
        at = {"kind": held["inv"]["kind"][investor], "inv": investor, "comp": company}
        at["city"] = held["comp"]["city"][company]
        for what, i in at.items():
            totals[what][i] = totals[what].get(i, 0) + amount
    ids = []
    for what, held_ in totals.items():
        largest = sorted((i for i, sum_ in held_.items() if sum_), key=lambda i: (-held_[i], i))
        ids += [f"{what}:{i}" for i in (largest if what == "kind" else largest[:TOP])]
        ids += [] if what == "kind" else [f"{what}:o"]
    return ids
