"""What the README shows is what the program does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import ROOT

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
