"""Measure whofunds beside what a user would take instead; writes its section of README.md.

Every figure is a ratio or a median within one run, so it holds on a slow machine as on a fast one.
"""

import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import neo4j
from benchmarks.report import write_section
from pydantic import TypeAdapter

import whofunds
from whofunds import loading, schema
from whofunds.checking import Checker
from whofunds.model import adapter
from whofunds.projection import project_unit
from whofunds.stores import open_store, server
from whofunds.stores.base import UnitRows

HERE = Path(__file__).parent
RUNS = 7
ROUNDS = 10_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        rows = [*start_up(desk), *a_query(desk), *look_ups(), *checking(desk)]
        started = server.start(desk / "neo4j")
        try:
            os.environ.update(started.environment())
            rows += [*writing(started), *memory(started, desk)]
        finally:
            server.stop(desk / "neo4j")
    table = ["| what | here | beside | figure | aim |", "| --- | --- | --- | --- | --- |"]
    table += ["| " + " | ".join(row) + " |" for row in rows]
    write_section(
        "Library",
        "`make benchmarks` measures this and writes it here. Medians of "
        f"{RUNS} runs in turn, {os.cpu_count()} processors, Python {platform.python_version()}.\n\n"
        + "\n".join(table),
    )


def timed(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def in_turn(*calls: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Medians of calls that are made in turn, after one of each that is not counted."""
    times: list[list[float]] = [[] for _ in calls]
    for run in range(runs + 1):
        for found, call in zip(times, calls, strict=True):
            took = timed(call)
            if run:
                found.append(took)
    return [statistics.median(t) for t in times]


def process(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)


def start_up(desk: Path) -> list[tuple[str, ...]]:
    command = str(Path(sys.executable).with_name("whofunds"))
    store = str(desk / "store")
    with whofunds.open(store) as graph:
        graph.load("ai-funding")
    ask = ("query", "companies/rounds", "company=moonshot-ai")
    helped, typer, cold = in_turn(
        process(command, "--help"),
        process(sys.executable, "-c", "import typer"),
        process(command, "--store", store, *ask),
    )
    ratio = helped / typer
    return [
        ("`whofunds --help`", ms(helped), f"`import typer` {ms(typer)}", f"{ratio:.2f} ×", "≤ 3 ×"),
        ("a canned query, cold process", ms(cold), "", ms(cold), "≤ 600 ms"),
    ]


def a_query(desk: Path) -> list[tuple[str, ...]]:
    with whofunds.open(desk / "store") as graph:
        rows: list[tuple[str, ...]] = []
        for name, params in (
            ("companies/rounds", {"company": "moonshot-ai"}),
            ("capital/sources-by-company", {}),
        ):
            query, bound = graph._bound(name, params)
            engine = graph.store._graph.session()  # type: ignore[attr-defined]

            def raw(engine: Any = engine, text: str = query.cypher, bound: Any = bound) -> object:
                cursor = engine.cursor()
                return list(
                    cursor.cypher(text, params=bound, timeout_ms=30_000, disable_optimizer=True)
                )

            ours, bare = in_turn(partial(graph.query, name, **params), raw, runs=50)
            over = ours - 1.1 * bare
            rows.append(
                (
                    f"`{name}` through whofunds",
                    ms(ours),
                    f"the engine alone {ms(bare)}",
                    f"1.1 × {over * 1000:+.2f} ms",
                    "≤ 1.1 × + 1 ms",
                )
            )
    return rows


def look_ups() -> list[tuple[str, ...]]:
    """The rows that names.py prints, in a process of its own for its memory."""
    command = [sys.executable, str(HERE / "names.py")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [tuple(line.strip("| ").split(" | ")) for line in done.stdout.splitlines()]


def checking(desk: Path) -> list[tuple[str, ...]]:
    """A table to checked rounds without a store, beside what anybody would write.

    Once with pydantic's own types, which can't read a printed sum or half a date, and once with our
    fields.
    """
    table = desk / "rounds.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["id", "company", "report", "announced", "stage", "amount", "currency", "investors"]
        )
        for i in range(ROUNDS):
            page, day = f"https://example.org/{i}", f"{2010 + i % 15}-0{1 + i % 9}-1{i % 10}"
            sum_ = (str((i % 90 + 1) * 1_000_000), "USD") if i % 3 else ("", "")
            names = f"i{i % 1000}|i{i % 777}|i{i % 555}"
            writer.writerow([f"r{i}", f"c{i // 4}", page, day, "ABCD"[i % 4], *sum_, names])

    def ours() -> None:
        checker = Checker("generated", print)
        for row in whofunds.read_table(table):
            checker.check(
                whofunds.Round(
                    id=row["id"],
                    company=row["company"],
                    report=row["report"],
                    announced=row["announced"],
                    stage=row["stage"],
                    amount=(row["amount"], row["currency"]),
                    participants=[
                        whofunds.Participant(investor=name) for name in row.list("investors")
                    ],
                )
            )
        checker.close()

    def beside(checker: TypeAdapter[Any], plain: bool) -> None:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                values: dict[str, Any] = dict(row)
                names = values.pop("investors").split("|")
                values["participants"] = [{"investor": name} for name in names]
                if plain:
                    values["amount"] = values["amount"] or None
                else:
                    values["amount"] = (values["amount"], values.pop("currency"))
                checker.validate_python(values)

    mine, plain, same = in_turn(
        ours,
        partial(beside, TypeAdapter(_Plain), True),
        partial(beside, adapter("round"), False),
    )
    what, rate = f"{ROUNDS:,} rounds parsed and checked", "of its rate"
    return [
        (
            what,
            ms(mine),
            f"DictReader + pydantic, {kind} {ms(t)}",
            f"{t / mine:.2f} {rate}",
            "≥ 0.3",
        )
        for kind, t in (("our fields", same), ("its own types", plain))
    ]


@dataclass
class _Part:
    investor: str


@dataclass
class _Plain:
    id: str
    company: str
    report: str
    announced: date
    stage: str
    amount: Decimal | None
    currency: str
    participants: list[_Part]


def generated(rounds: int) -> list[object]:
    loader = loading.describe(HERE / "generated.py")
    function = loading._function(loader)
    return list(function(Path(f"{rounds}.rounds")))


def writing(started: server.Server) -> list[tuple[str, ...]]:
    """The write stage alone: the same graph rows by a store and by the bare driver."""
    checker = Checker("generated", print)
    records = [r for one in generated(ROUNDS) if (r := checker.check(one))]
    checker.close()
    by_unit: dict[str, list[Any]] = {}
    kinds = ["report", "city", "investor", "startup"]
    for record in sorted(records, key=lambda r: r.key):
        for unit in record.units:
            if unit.partition(":")[0] in kinds:
                by_unit.setdefault(unit, []).append(record)
    rows = {unit: project_unit(unit, found, set(by_unit)) for unit, found in by_unit.items()}
    order = sorted(rows, key=lambda u: kinds.index(u.partition(":")[0]))
    driver = neo4j.GraphDatabase.driver(started.uri, auth=(started.username, started.password))

    def wipe() -> None:
        with driver.session() as session:
            session.run(
                "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()

    def ours() -> float:
        wipe()
        with open_store("neo4j", into_existing=True) as store:
            store.put_records(records, [])
            begin = time.perf_counter()
            for i in range(0, len(order), 1000):
                store.replace({u: rows[u] for u in order[i : i + 1000]})
            return time.perf_counter() - begin

    def bare() -> float:
        wipe()
        with driver.session() as session:
            for statement in schema.constraints():
                session.run(statement).consume()
            for kind in schema.KINDS:
                session.run("MERGE (n:CapitalSource {id: $k}) SET n.name = $k", k=kind).consume()
        begin = time.perf_counter()
        write_bare(driver, [rows[u] for u in order])
        return time.perf_counter() - begin

    mine, theirs = [], []
    for run in range(4):
        a, b = ours(), bare()
        if run:
            mine.append(a)
            theirs.append(b)
    driver.close()
    a, b = statistics.median(mine), statistics.median(theirs)
    return [
        (
            f"writing {ROUNDS:,} rounds to Neo4j",
            f"{a:.1f} s",
            f"the bare driver, same rows {b:.1f} s",
            f"{b / a:.2f} of its rate",
            "≥ 0.7",
        )
    ]


def write_bare(driver: neo4j.Driver, rows: list[UnitRows]) -> None:
    nodes: dict[str, list[Any]] = {}
    edges: dict[tuple[str, str], list[Any]] = {}
    for unit in rows:
        for label, found in unit.nodes.items():
            nodes.setdefault(label, []).extend({"id": i, "props": p} for i, p in found)
        for kind, ends in unit.edges.items():
            edges.setdefault(kind, []).extend({"a": s, "b": e, "props": p} for s, e, p in ends)
    with driver.session() as session:
        work = [(schema.write_node(label), found) for label, found in nodes.items()]
        work += [(schema.write_edge(*kind), found) for kind, found in edges.items()]
        for statement, found in work:
            for i in range(0, len(found), 5000):
                session.execute_write(_write, statement, found[i : i + 5000])


def _write(tx: neo4j.ManagedTransaction, statement: str, rows: list[Any]) -> None:
    tx.run(statement, rows=rows).consume()


def memory(started: server.Server, desk: Path) -> list[tuple[str, ...]]:
    """The largest resident size of a load to Neo4j, for two sizes of input."""
    sizes = []
    for rounds in (10_000, 100_000):
        with (
            neo4j.GraphDatabase.driver(
                started.uri, auth=(started.username, started.password)
            ) as driver,
            driver.session() as session,
        ):
            session.run(
                "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
            ).consume()
        table = desk / f"{rounds}.rounds"
        table.touch()
        code = (
            "import re, whofunds\n"
            f"with whofunds.open('neo4j', into_existing=True) as graph:\n"
            f"    graph.load({str(HERE / 'generated.py')!r}, {str(table)!r})\n"
            # Not ru_maxrss: a child starts with its parent's.
            "status = open('/proc/self/status').read()\n"
            "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        sizes.append(int(done.stdout))
    return [
        (
            "memory of a load to Neo4j, 100,000 rounds",
            f"{sizes[1]} MB",
            f"10,000 rounds {sizes[0]} MB",
            f"{sizes[1] / sizes[0]:.2f} ×",
            "flat",
        )
    ]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
