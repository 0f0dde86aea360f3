"""What the README shows is what the program does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import ROOT

FACTS = "2026-07-02"
README = (ROOT / "README.md").read_text("utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
FILES = re.findall(r"`([\w./-]+)`:\n\n```(?:python|csv|cypher)\n(.*?)```", README, re.DOTALL)
FILES += re.findall(r"`([\w./-]+)`:\n\n````markdown\n(.*?)````", README, re.DOTALL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the README writes out."""
    folder = tmp_path_factory.mktemp("desk")
    for name, text in FILES:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def shell(line: str, cwd: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WHOFUNDS", "NEO4J"))}
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=cwd,
        env={**environment, "PATH": path, "COLUMNS": "100"},
        text=True,
        capture_output=True,
        check=False,
    )
    return done.stdout + (done.stderr if done.returncode not in (0, 1) else "")


def test_commands_print_what_is_shown(desk: Path) -> None:
    shown = 0
    for block in CONSOLE:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, expected = part.partition("\n")
            if not line.startswith("whofunds") or "neo4j" in line or "--open" in line:
                continue
            printed = shell(line, desk)
            if expected.strip():
                assert printed.rstrip() == expected.rstrip(), line
                shown += 1
    assert shown >= 3


def answer(question: str) -> list[list[str]]:
    """The cells of a table that the README prints, row by row."""
    (block,) = [p for b in CONSOLE for p in re.split(r"^\$ ", b, flags=re.M) if question in p[:99]]
    _, header, rule, *lines = block.splitlines()
    ends = [m.span() for m in re.finditer("-+", rule)]
    rows = [line for line in lines if line and not line.startswith("Facts as of")]
    assert f"Facts as of {FACTS}; in our data, at least." in block
    return [[line[a:b].strip() for a, b in ends] for line in (header, *rows)]


def columns(question: str, *names: str) -> list[tuple[str, ...]]:
    header, *rows = answer(question)
    return [
        tuple(row[next(i for i, h in enumerate(header) if h.startswith(n))] for n in names)
        for row in rows
    ]


def test_the_five_answers_are_those_worked_out_by_hand() -> None:
    """From rounds.csv, participations.csv, investors.csv and the totals that reports state."""
    said = columns("ceiling/raised", "company_name", "raised", "valued")
    by = {company: (raised, valued) for company, raised, valued in said}
    assert len(by) == 13
    # 51bn in one round; Moonshot's 1bn + 300m + 500m + 700m + 2bn USD by May 2026.
    assert [c for c, (raised, _) in by.items() if raised[:3] == "by "] == [
        "DeepSeek",
        "Moonshot AI",
    ]
    assert [c for c, (raised, _) in by.items() if raised == "below"] == ["Shengshu Technology"]
    assert not [c for c, (raised, _) in by.items() if raised.startswith("on stated")]
    assert {c for c, (_, valued) in by.items() if valued[:3] == "by "} == {
        "Moonshot AI",
        "Zhipu AI",
        "Baichuan Intelligent Technology",
        "MiniMax",
    }
    early = columns("early-and-after", "investor_name", "company_name", "after")
    assert ("Google", "Anthropic", "followed") in early
    four = "not named in 4 later rounds (4 of which have a list of investors)"
    assert ("Tencent", "MiniMax", four) in early
    # Hangzhou: three in Zhipu (Beijing) and Infinigence (no seat known); Suzhou: two in AISpeech.
    places = columns("cities/same-city", "city_name", "parts", "same_city", "other_city", "no_seat")
    assert ("Hangzhou", "3", "0", "2", "1") in places
    assert ("Suzhou", "2", "2", "0", "0") in places
    assert [sum(int(row[i]) for row in places) for i in (1, 2, 3, 4)] == [39, 21, 12, 6]
    funds = columns("cities/city-funds", "city_name", "company_name", "cheques")
    assert {(city, cheques) for city, _, cheques in funds} == {("Hangzhou", "0"), ("Suzhou", "0")}
    shares = columns(
        "shares-by-cohort", "cohort", "kind_name", "participations", "companies", "of_c"
    )
    # City funds: 39 parts less three of AISpeech's, one of CloudWalk's and five of SenseTime's.
    assert ("llm-2023", "City fund", "30", "7", "12") in shares
    assert ("vision-2015", "City fund", "6", "2", "4") in shares
    assert not [row for row in shares if row[:2] == ("west", "City fund")]
    assert {row[0] for row in shares if row[1] == "Unknown"} == {"llm-2023", "vision-2015", "west"}
    chains = [row[0] for row in columns("paths/state-money", "chain")]
    assert (
        "Beijing municipal government > Beijing Artificial Intelligence Industry Investment Fund"
        " > Moonshot AI"
    ) in chains
    behind = columns("behind-company company=智谱", "investor_name", "groups", "cheque_min")
    assert ("Prosperity7 Ventures", "Saudi Aramco", "400m") in behind
    fund, government = "Hangzhou City Investment Group Industrial Fund", "Hangzhou city government"
    assert (fund, government, "") in behind


def test_loader_is_short_and_complete() -> None:
    loaders = [text for name, text in FILES if name.endswith(".py")]
    assert loaders
    assert all(len(text.splitlines()) < 25 for text in loaders)


def test_every_command_is_in_the_readme_and_exists() -> None:
    start = r"(?:^\$ |`|\()whofunds (?:--store \S+ )?([a-z0-9]+)"
    named = set(re.findall(start, README, re.MULTILINE))
    listed = shell("whofunds --help", ROOT)
    known = set(re.findall(r"^  ([a-z][a-z0-9-]+)  ", listed, re.MULTILINE))
    assert named == known


def test_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^\$? ?make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
