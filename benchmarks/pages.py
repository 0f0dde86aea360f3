"""Measure the capital map beside what else could draw it; writes its section of README.md.

PROTOTYPE in the environment is the path of the page that the capital map was designed on.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import peers, prototype
from benchmarks.browser import LONGEST, METHOD, Figures, chromium, measure
from benchmarks.facts import PARTICIPATIONS, UNDISCLOSED, Facts, facts
from benchmarks.report import write_section
from playwright.sync_api import Browser

from whofunds import views

RUNS = 5
LONG = 5
"""Seconds: what takes longer is not built again, and another's page not opened again."""
SIZES = (1_000, 5_000, 20_000, 100_000)
OURS, PROTOTYPE = "capital map", "prototype"
DEFAULT = "pyvis, as in its handbook"
LEGENDS = {OURS: '#legend [data-kind="city-fund"]', PROTOTYPE: "#legend button:nth-child(2)"}
AIMS = {
    "page, MB": ("0.7", "1.2", "3.0", "13"),
    "built and written, s": ("0.3", "0.3", "0.4", "1.3"),
    "answer to a filter, ms": ("60", "120", "150", "320"),
    "memory of the tab, MB": ("", "", "", "400"),
}
Maker = Callable[[], str | None]


@dataclass
class Measured:
    """One page at one size; no figures where it wasn't ready in LONGEST seconds."""

    built: list[float] = field(default_factory=list)
    size: int = 0
    figures: list[Figures | None] = field(default_factory=list)

    def median(self, name: str) -> float | None:
        values = [getattr(f, name) for f in self.figures if f]
        return statistics.median(values) if values else None


def main() -> None:
    given = os.environ.get("PROTOTYPE")
    template = Path(given).read_text(encoding="utf-8") if given else ""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        found = [pages(browser, Path(folder), size, template) for size in SIZES]
        version = browser.version
    default = found[0].pop(DEFAULT)
    rows = [["nodes", "what", *found[0], "aim"], ["---"] * (len(found[0]) + 3)]
    rows += [row for i, by_page in enumerate(found) for row in table(i, by_page)]
    write_section(
        "Pages",
        f"""`make benchmarks-pages` measures this and writes it here: medians of {RUNS} pages opened
in turn from files (one, where another's took over {LONG} s), offline, in headless Chromium
{version}, {os.cpu_count()} processors, Python {platform.python_version()}.

{table_text(rows)}

* {METHOD}
* The facts are made up. A node is an investor, a round, a company or a city; {PARTICIPATIONS}
  participations a node, {UNDISCLOSED:.0%} of the amounts undisclosed, one or two reports a round.
* The filter is a click on a kind of capital. Memory is what the tab's process has for itself after
  a collection.
* pyvis, vis-network and neo4j-viz draw all investors, rounds, companies and cities, at positions
  that they are given and without physics. They have no filter; neo4j-viz stops at
  {peers.NEO4J_VIZ_CAP:,} nodes.
* pyvis as in its handbook (`add_node`, `add_edge`, its physics) is built in
  {shown(default.built, ".1f")} s at {SIZES[0]:,} nodes and ready in {ready(default)} s.
* The prototype is the page that the capital map was designed on, given to `make` as `PROTOTYPE=`.
  It counts an undisclosed amount as 0.
""",
    )


def table_text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def pages(browser: Browser, desk: Path, size: int, template: str) -> dict[str, Measured]:
    """Builds the pages of one size, and opens them in turn."""
    given = facts(size)
    drawn = peers.drawn(given)
    makers: dict[str, Maker] = {OURS: lambda: capital_map(given)}
    if template:
        makers[PROTOTYPE] = lambda: prototype.page(template, given)
    makers["pyvis"] = lambda: peers.pyvis(drawn)
    makers["vis-network"] = lambda: peers.vis(drawn)
    makers["neo4j-viz"] = lambda: peers.neo4j_viz(drawn)
    if size == SIZES[0]:
        makers[DEFAULT] = lambda: peers.pyvis_default(drawn)
    found = {name: Measured() for name in makers}
    for name, made in found.items():
        build(makers[name], desk / f"{name}.html", made)
    for run in range(RUNS):
        for name, made in found.items():
            if made.size and (name in LEGENDS or not over(made)):
                begin = time.perf_counter()
                made.figures.append(measure(browser, desk / f"{name}.html", LEGENDS.get(name, "")))
                took = time.perf_counter() - begin
                say(f"{size:,} nodes, {name}, run {run + 1} of {RUNS}: {took:.1f} s")
    return found


def capital_map(given: Facts) -> str:
    return views.capital_map(*given, title="Who funds whom", as_of="2025-12-31")


def build(maker: Maker, path: Path, made: Measured) -> None:
    for _ in range(RUNS):
        begin = time.perf_counter()
        html = maker()
        if html is None:
            return
        views.write(path, html)
        made.built.append(time.perf_counter() - begin)
        if made.built[-1] > LONG:
            break
    made.size = path.stat().st_size


def over(made: Measured) -> bool:
    """Whether a page has taken too long to be opened again."""
    last = made.figures[-1] if made.figures else Figures(0, 0, 0)
    return last is None or last.ready > LONG


def table(i: int, found: dict[str, Measured]) -> list[list[str]]:
    """The rows of one size: its nodes, what, a cell a page, aim."""
    beside = found[PROTOTYPE].median("ready") if PROTOTYPE in found else None
    own = found[OURS].median("ready")
    times = [ready(made) for made in found.values()]
    if beside and own:
        times[0] += f" ({own / beside:.2f} ×)"
    made = found.values()
    cells = {
        "time to interactive, s": times,
        "answer to a filter, ms": [whole(m.median("answer"), 1000) for m in made],
        "memory of the tab, MB": [whole(m.median("memory")) for m in made],
        "page, MB": [f"{m.size / 1e6:.1f}" if m.size else "-" for m in made],
        "built and written, s": [shown(m.built, ".2f") for m in made],
    }
    aims = {what: f"≤ {aim[i]}" for what, aim in AIMS.items() if aim[i]}
    if beside:
        aims["time to interactive, s"] = "≤ 1.1 × the prototype"
    return [[f"{SIZES[i]:,}", what, *row, aims.get(what, "")] for what, row in cells.items()]


def ready(made: Measured) -> str:
    if made.figures and None in made.figures:
        return f"over {LONGEST}"
    return shown([f.ready for f in made.figures if f], ".2f")


def shown(values: Sequence[float], form: str) -> str:
    """A median, or "-" where nothing was measured."""
    return format(statistics.median(values), form) if values else "-"


def whole(value: float | None, times: int = 1) -> str:
    return f"{value * times:.0f}" if value else "-"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
