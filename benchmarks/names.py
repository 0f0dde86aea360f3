"""Look-ups among a million made-up names, beside rapidfuzz over all of them; can run alone."""

import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from whofunds.index import Entity
from whofunds.lookup import Names

COUNT = 1_000_000
ASKED = 200
_STARTS = [*"bcdfghjklmnprstvwz", "br", "cl", "dr", "fl", "gr", "kl", "pr", "qu", "sh", "st", "tr"]
_VOWELS = [*"aeiou", "ai", "ea", "ia", "io", "ou"]
_ENDS = ["", "", "l", "n", "nd", "r", "rn", "s", "sk", "st", "t", "x"]
_FIELDS = ("Capital", "Ventures", "Technologies", "Robotics", "Health", "Energy", "Labs", "AI")
_CHARACTERS = "云启智星海天元光明华创新远景深蓝科达力通博宇恒泰瑞丰嘉盛安信合众联"
_TRADES = ("科技", "资本", "创投", "智能", "投资", "机器人")


def entities(count: int = COUNT) -> Iterator[Entity]:
    """So many made-up entities, the same in every run: five of six Latin, one Chinese."""
    rng = random.Random(1)

    def word() -> str:
        parts = (
            rng.choice(_STARTS) + rng.choice(_VOWELS) + rng.choice(_ENDS)
            for _ in range(rng.choice((2, 2, 3)))
        )
        return "".join(parts).capitalize()

    known = [word() for _ in range(count // 20)]
    for i in range(count):
        if i % 6:
            name = " ".join((rng.choice(known), *((word(),) if i % 2 else ()), rng.choice(_FIELDS)))
        else:
            name = "".join(rng.choices(_CHARACTERS, k=rng.choice((2, 3, 4)))) + rng.choice(_TRADES)
        yield f"e{i}", name, [name], [], []


def typing_error(name: str, rng: random.Random) -> str:
    """A name with two letters swapped, one missed or one doubled."""
    i = rng.randrange(1, len(name) - 1)
    return rng.choice(
        (
            name[:i] + name[i + 1] + name[i] + name[i + 2 :],
            name[:i] + name[i + 1 :],
            name[:i] + name[i] + name[i:],
        )
    )


def look_ups() -> list[tuple[str, ...]]:
    """The rows of the table: exact names, and such with one typing error."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.sqlite"
        held = Names(lambda kind: entities() if kind == "startup" else (), file, lambda: "1")
        begin = time.perf_counter()
        held.make()
        built = time.perf_counter() - begin
        # Not ru_maxrss: a child starts with its parent's.
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        peak = int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024
        size = file.stat().st_size / 1e6
        rng = random.Random(2)
        every = [name for _, name, *_ in entities()]
        exact = rng.sample(every, ASKED)
        wrong = [typing_error(name, rng) for name in rng.sample(every, ASKED)]
        rows: list[tuple[str, ...]] = []
        for what, texts, aim in (("exact name", exact, 10), ("one typing error", wrong, 50)):
            ours = slow(lambda text: held.verdict(text, ("startup",)), texts)
            theirs = slow(
                lambda text: process.extract(text, every, scorer=fuzz.WRatio, limit=5), texts[:9]
            )
            rows.append(
                (
                    f"{COUNT:,} names, {what}, 95th percentile",
                    f"{ours * 1000:.1f} ms",
                    f"`rapidfuzz.process.extract` over all {theirs * 1000:.0f} ms",
                    f"{theirs / ours:.0f} × as fast",
                    f"≤ {aim} ms",
                )
            )
    rows.append(
        (
            f"{COUNT:,} names indexed",
            f"{built:.0f} s",
            f"{size:.0f} MB on disk, {peak} MB of memory",
            f"{built / COUNT * 1e6:.0f} µs a name",
            "memory flat",
        )
    )
    return rows


def slow(call: Callable[[str], object], texts: list[str]) -> float:
    """The 95th percentile of a call's seconds, after one that is not counted."""
    call(texts[0])
    times = []
    for text in texts:
        begin = time.perf_counter()
        call(text)
        times.append(time.perf_counter() - begin)
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    for row in look_ups():
        sys.stdout.write("| " + " | ".join(row) + " |\n")
