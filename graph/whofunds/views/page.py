"""The page of facts: one fact table behind all its pictures, and what Python says of it itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from whofunds.views import trust, words
from whofunds.views.elements import cell
from whofunds.views.facts import EPOCH, Table, spoken, table
from whofunds.views.frame import Columns, addresses, columns, embedded, render, vis_network
from whofunds.views.source import Rows
from whofunds.views.words import Said

_BASE = (
    "dom.js",
    "texts.js",
    "search.js",
    "facts.js",
    "state.js",
    "groups.js",
    "lanes.js",
)
_PICTURES = {
    "columns": ("columns.js",),
    "flow": ("flow.js",),
    "network": ("canvas.js", "net.js"),
    "ceiling": ("axes.js", "curves.js", "ceiling.js"),
    "cohorts": ("axes.js", "cohorts.js"),
    "cities": ("axes.js", "marks.js", "geography.js", "flows.js", "citymap.js", "cities.js"),
    "pairs": ("axes.js", "marks.js", "together.js", "pairs.js"),
}
"""What a tab's picture is drawn by."""
_CONTROLS = ("table.js", "panel.js", "save.js", "page.js")
_TAGGED = (
    ("status", "status-of", "closed"),
    ("instrument", "instrument", "equity"),
    ("listing", "listing", "private"),
)
"""What the table names beside a round's stage: field, the field of its words, what goes unsaid."""
_STATIC_ROWS = 1000
_LONG = 40
"""A cell of more letters is given room, so that it is not broken into a tower."""


Answer = tuple[str, Sequence[Any], Sequence[Sequence[Any]]]
"""Title, columns and rows of a canned query."""


def page(
    facts: Rows,
    reports: Rows,
    accounts: Rows,
    *,
    name: str,
    tabs: Sequence[str],
    title: str | Said,
    as_of: str,
    currency: str,
    language: str,
    answers: Mapping[str, Answer],
    settings: Mapping[str, Any],
    asked: Mapping[str, str],
    hints: Sequence[tuple[Said, str]],
    coverage: Mapping[str, int] | None,
    counted: Rows | None,
) -> str:
    """See `whofunds.views.of_facts`."""
    held = table(facts, reports, accounts, currency=currency)
    entities = columns(held.entities, sum(held.counts.values()), counts=held.counts)
    participations = _packed(held.participations)
    rounds, told = _packed(held.rounds), _packed(held.accounts)
    pages = _packed(held.reports, url=addresses(held.reports["url"]))
    content = "".join(c.json for c in (entities, participations, rounds, told, pages))
    of = held
    if counted is not None:
        of = table(counted, reports, (), currency=currency)
    headline = trust.headline(of, words.clean(as_of))
    rests_on = trust.trust(of, currency, coverage)
    rows = _rows(held, language)
    cited = sorted({n for row in rows for n in row["round"]["reports"]})
    numbers = {url: n for n, url in enumerate(held.reports["url"], 1)}
    shown = [_answer(k, a, numbers, currency, language) for k, a in answers.items()]
    data = embedded(
        content,
        name=name,
        tabs=tabs,
        title=title,
        as_of=as_of,
        language=language,
        asked=asked,
        currency=currency,
        settings=dict(settings),
        hints=[[words.cleaned(text), address] for text, address in hints],
        rounds=rounds,
        accounts=told,
    )
    return render(
        "page.html",
        nodes=entities,
        edges=participations,
        scripts=_scripts(tabs),
        library=vis_network() if "network" in tabs else "",
        data=data,
        headline=headline,
        trust=rests_on,
        footnote="page.footnote",
        saves="save.csv",
        searches="search.label",
        reports=pages,
        report_count=len(held.reports["url"]),
        sources=[(n + 1, _report(held, n)) for n in cited],
        rows=rows,
        caption=_caption(len(rows), len(held.participations["investor"]), language),
        answers=shown,
    )


def _scripts(tabs: Sequence[str]) -> list[str]:
    """The scripts that a page with these tabs needs, in their order."""
    drawn = dict.fromkeys(script for tab in tabs for script in _PICTURES.get(tab, ()))
    return [*_BASE, *drawn, *_CONTROLS]


def _packed(held: Mapping[str, Sequence[Any]], **packed: Any) -> Columns:
    n = len(next(iter(held.values())))
    return columns({**held, **packed}, n)


def _rows(held: Table, language: str) -> list[dict[str, Any]]:
    """The newest participations, as the table shows them without JavaScript, in the same order."""
    rounds, parts, labels = held.rounds, held.participations, spoken(held, language)
    last = [
        -1e9 if first is None else first + span
        for first, span in zip(rounds["first"], rounds["span"], strict=True)
    ]
    names = [labels[c] for c in rounds["company"]]
    order = sorted(range(len(last)), key=last.__getitem__, reverse=True)
    start = [0]
    for n in rounds["parts"]:
        start.append(start[-1] + n)
    rows: list[dict[str, Any]] = []
    for r in order:
        if len(rows) >= _STATIC_ROWS:
            break
        round_ = _round(held, r, language)
        rows += [
            {
                "round": round_,
                "company": names[r],
                "investor": labels[parts["investor"][p]],
                "kinds": ", ".join(labels[k] for k in _several(parts["kinds"][p])),
                "city": labels[rounds["city"][r]],
                "lead": parts["lead"][p],
                "cheque": _money(parts, "cheque_", p, "", language) if _priced(parts, p) else "",
            }
            for p in range(start[r], start[r + 1])
        ]
    return rows[:_STATIC_ROWS]


def _caption(shown: int, total: int, language: str) -> str:
    key = "table.newest" if shown < total else "table.sorted"
    what = words.t(language, key, shown=shown, participations=["unit.participations", {"n": total}])
    return words.t(language, "table.caption", what=what)


def _round(held: Table, r: int, language: str) -> dict[str, Any]:
    rounds = held.rounds
    first, span = rounds["first"][r], rounds["span"][r]
    start, end = (None if first is None else date.fromordinal(EPOCH + first + n) for n in (0, span))
    return {
        "when": words.when(start, end, rounds["precision"][r], language),
        "stage": words.stage(language, rounds["stage"][r]),
        "tags": [
            words.word(language, field, rounds[name][r])
            for name, field, usual in _TAGGED
            if rounds[name][r] not in ("", usual)
        ],
        "disputed": words.t(language, "tag.disputed", fields=words.listed(language, fields))
        if (fields := [words.word(language, "field", f) for f in rounds["disputed"][r]])
        else "",
        "amount": _money(rounds, "", r, rounds["qualifier"][r], language),
        "reports": _several(rounds["reports"][r]),
    }


def _money(
    held: Mapping[str, Sequence[Any]], prefix: str, i: int, qualifier: str, language: str
) -> str:
    low, over, said = (held[f"{prefix}{n}"][i] for n in ("min", "over", "said"))
    base = low or 0
    return words.money(
        low,
        None if over is None else base + over,
        None if said is None else base + said,
        qualifier,
        held[f"{prefix}currency"][i],
        language,
    )


def _priced(parts: Mapping[str, Sequence[Any]], p: int) -> bool:
    return any(parts[f"cheque_{n}"][p] is not None for n in ("min", "over", "said"))


def _several(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def _report(held: Table, n: int) -> dict[str, str]:
    url, name, publisher, on = (held.reports[c][n] for c in ("url", "name", "publisher", "on"))
    published = "" if on is None else date.fromordinal(EPOCH + on).isoformat()
    return {"url": url, "name": name or words.clean(url), "publisher": publisher, "on": published}


def _answer(
    name: str, answer: Answer, numbers: Mapping[str, int], currency: str, language: str
) -> dict[str, Any]:
    """A canned query's answer as a table for people: its own choice of columns, sums in words."""
    title, meant, rows = answer
    shown = [
        i
        for i, c in enumerate(meant)
        if c.table == "always" or (c.table == "filled" and any(row[i] for row in rows))
    ]

    def told(i: int, value: object) -> dict[str, Any]:
        if meant[i].name == "reports" and isinstance(value, list | tuple):
            urls = [url for v in value if (url := words.address(v))]
            return {"links": [(numbers.get(url, "↗"), url) for url in urls]}
        if meant[i].unit == "currency" and (sum_ := words.number(value)) is not None:
            return {"text": words.compact(sum_, currency, language, bare=True), "class": "n"}
        found = cell(value)
        class_ = (
            "n" if words.number(value) is not None else "w" if len(found["text"]) > _LONG else ""
        )
        return found | {"class": class_}

    return {
        "name": name,
        "title": words.clean(title),
        "columns": [
            {
                "name": words.clean(meant[i].name).replace("_", " ")
                + (f" {currency}" if meant[i].unit == "currency" else ""),
                "meaning": words.clean(meant[i].meaning),
            }
            for i in shown
        ],
        "rows": [[told(i, row[i]) for i in shown] for row in rows],
    }
