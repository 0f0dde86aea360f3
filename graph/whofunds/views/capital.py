"""The page of facts: one fact table behind all its pictures, and what Python says of it itself."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from whofunds import schema
from whofunds.views import words
from whofunds.views.facts import EPOCH, UNNAMED, Rows, Table, table
from whofunds.views.frame import Columns, columns, render

_SCRIPTS = (
    "dom.js",
    "texts.js",
    "search.js",
    "facts.js",
    "state.js",
    "groups.js",
    "lanes.js",
    "columns.js",
    "flow.js",
    "axes.js",
    "marks.js",
    "geography.js",
    "flows.js",
    "citymap.js",
    "cities.js",
    "together.js",
    "pairs.js",
    "table.js",
    "panel.js",
    "save.js",
    "page.js",
)
_STATIC_ROWS = 1000
_RAISED = ("equity", "debt", "mixed", "grant")
Said = tuple[str, Mapping[str, Any]]
"""The key of a text, and its values."""


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
    answers: Mapping[str, tuple[str, Sequence[Any], Sequence[Sequence[Any]]]],
    settings: Mapping[str, Any],
    asked: Mapping[str, str],
    coverage: Mapping[str, int] | None,
) -> str:
    """See `whofunds.views.of_facts`."""
    from whofunds import __version__

    held = table(facts, reports, accounts, currency=currency, language=language)
    entities = _packed(held.entities, counts=held.counts)
    participations = _packed(held.participations)
    rounds, told, pages = _packed(held.rounds), _packed(held.accounts), _packed(held.reports)
    content = "".join(c.json for c in (entities, participations, rounds, told, pages))
    digest = hashlib.blake2b(content.encode(errors="replace"), digest_size=8).hexdigest()
    headline, trust = _headline(held, words.clean(as_of)), _trust(held, currency, coverage)
    rows = _rows(held, language)
    cited = sorted({n for row in rows for n in row["round"]["reports"]})
    shown = [_answer(key, *answer) for key, answer in answers.items()]
    named = _cleaned(title)
    data: dict[str, Any] = {
        "name": name,
        "tabs": list(tabs),
        "title": named,
        "as_of": words.clean(as_of),
        "language": language,
        "currency": currency,
        "settings": dict(settings),
        "headline": headline,
        "trust": trust,
        "texts": words.interface(),
        "answers": shown,
        "asked": [{"name": query, "cypher": text} for query, text in asked.items()],
        "facts": {"hash": digest, "version": __version__},
        "rounds": rounds,
        "accounts": told,
    }
    return render(
        "page.html",
        nodes=[entities],
        edges=[participations],
        scripts=_SCRIPTS,
        data=data,
        reports=pages,
        t=lambda key, **values: words.t(language, key, **values),
        rows=rows,
        sources=[(n + 1, _report(held, n)) for n in cited],
        caption=_caption(len(rows), len(held.participations["investor"]), language),
        name=name,
        tabs=data["tabs"],
        title=named if isinstance(named, str) else words.t(language, named[0], **named[1]),
        language=language,
        answers=shown,
        asked=data["asked"],
        facts=data["facts"],
        headline=[words.t(language, key, **values) for key, values in headline],
        trust=[words.t(language, key, **values) for key, values in trust],
    )


def _cleaned(title: str | Said) -> Any:
    """A title whose names are fit to be shown."""
    if isinstance(title, str):
        return words.clean(title)
    return [title[0], {k: _cleaned(v) for k, v in title[1].items()}]


def _packed(held: Mapping[str, Sequence[Any]], **more: Any) -> Columns:
    return columns(held, len(next(iter(held.values()))), **more)


def _headline(held: Table, as_of: str) -> list[Said]:
    rounds = held.rounds
    closed = [i for i, status in enumerate(rounds["status"]) if status == "closed"]
    inside, keys = set(closed), held.entities["key"]
    named = {
        i for i, r in zip(held.participations["investor"], _of(held), strict=True) if r in inside
    }
    said: list[Said] = [
        ("unit.closed-rounds", {"n": len(closed)}),
        ("unit.companies", {"n": len({rounds["company"][i] for i in closed})}),
        ("unit.named-investors", {"n": sum(1 for i in named if keys[i] != UNNAMED)}),
    ]
    return [*said, ("trust.as-of", {"day": as_of})] if as_of else said


def _of(held: Table) -> list[int]:
    """The round of each participation."""
    return [i for i, parts in enumerate(held.rounds["parts"]) for _ in range(parts)]


def _trust(held: Table, currency: str, coverage: Mapping[str, int] | None) -> list[Said]:
    """What the figures rest on, and what was left out; of closed rounds."""
    rounds, parts, keys = held.rounds, held.participations, held.entities["key"]
    closed = [status == "closed" for status in rounds["status"]]
    unknown = list(schema.KINDS).index("unknown")
    bare, taking, cheques, kindless = set[int](), 0, 0, 0
    money = dict[int, float]()
    floors, own = _floors(rounds, "", currency), _floors(parts, "cheque_", currency)
    columns_ = ("investor", "kinds", "cheque_min", "cheque_over", "cheque_said")
    for i, (r, investor, kinds, *cheque) in enumerate(
        zip(_of(held), *(parts[c] for c in columns_), strict=True)
    ):
        if not closed[r]:
            continue
        if keys[investor] == UNNAMED:
            bare.add(r)
            continue
        taking += 1
        kindless += kinds == unknown or (isinstance(kinds, tuple) and unknown in kinds)
        if any(v is not None for v in cheque):
            cheques += 1
            money[r] = money.get(r, 0) + (own[i] or 0)
    known = [
        (r, floor)
        for r, floor in enumerate(floors)
        if closed[r] and floor and rounds["instrument"][r] in _RAISED
    ]
    floor = sum(v for _, v in known)
    published = sum(min(v, money.get(r, 0)) for r, v in known)
    left = {
        "talks": closed.count(False),
        "undated": sum(1 for i, v in enumerate(rounds["first"]) if closed[i] and v is None),
        "disputed": sum(1 for i, v in enumerate(rounds["disputed"]) if closed[i] and v),
    }
    said: list[Said] = []
    if coverage:
        said.append(("trust.coverage", dict(coverage)))
    said.append(("trust.cheques", {"share": [cheques, taking]}))
    if floor:
        said.append(("trust.money", {"share": [published, floor]}))
    said += [
        ("trust.unknown-kind", {"share": [kindless, taking]}),
        ("trust.unnamed", {"n": len(bare)}),
        ("trust.disputed", {"n": left["disputed"]}),
        ("trust.left-out", {"n": left["talks"]}),
        ("trust.undated", {"n": left["undated"]}),
    ]
    return said


def _floors(held: Mapping[str, Sequence[Any]], prefix: str, currency: str) -> list[float | None]:
    """The lower bounds of a sum in the page's currency."""
    names = (f"{prefix}min", f"{prefix}currency", f"{prefix}sum_min")
    triples = zip(*(held[name] for name in names), strict=True)
    return [own if code == currency else other for own, code, other in triples]


def _rows(held: Table, language: str) -> list[dict[str, Any]]:
    """The newest participations, as the table shows them without JavaScript."""
    rounds, parts, labels = held.rounds, held.participations, held.entities["label"]
    last = [
        -1e9 if first is None else first + span
        for first, span in zip(rounds["first"], rounds["span"], strict=True)
    ]
    names = [labels[c] for c in rounds["company"]]
    order = sorted(
        range(len(last)),
        key=list(zip(last, names, rounds["key"], strict=True)).__getitem__,
        reverse=True,
    )
    start = [0]
    for n in rounds["parts"]:
        start.append(start[-1] + n)
    rows: list[dict[str, Any]] = []
    for r in order:
        if len(rows) >= _STATIC_ROWS:
            break
        round_ = _round(held, r, language)
        inside = range(start[r], start[r + 1])
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
            for p in sorted(inside, key=lambda p: labels[parts["investor"][p]], reverse=True)
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
        "status": rounds["status"][r],
        "status_word": words.word(language, "status-of", rounds["status"][r]),
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


def _answer(name: str, title: str, meant: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Any:
    """A canned query's answer as the page shows it."""
    from whofunds.views.result import cell

    return {
        "name": name,
        "title": words.clean(title),
        "columns": [
            {"name": words.clean(c.name), "meaning": words.clean(c.meaning)} for c in meant
        ],
        "rows": [[cell(v) for v in row] for row in rows],
    }
