"""sdist -> wheel -> an empty environment -> the main job, away from the checkout."""

import subprocess
import sys
import venv
from pathlib import Path

from tests.support import ROOT


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_package_does_the_main_job_on_its_own(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    binaries = tmp_path / "env" / "bin"
    run(binaries / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    away = tmp_path / "away"
    away.mkdir()
    whofunds = binaries / "whofunds"
    assert "ai-funding" in run(whofunds, "loaders", cwd=away)
    assert "0 changed, 0 unchanged, 0 rejected" in run(whofunds, "load", "ai-funding", cwd=away)
    rows = run(
        whofunds, "query", "companies/rounds", "company=月之暗面", "--format", "csv", cwd=away
    )
    assert "ai-funding:moonshot" in rows or "2024-02" in rows
    run(whofunds, "view", "capital-map", "--output", "map.html", cwd=away)
    assert "月之暗面" in (away / "map.html").read_text("utf-8")
    (marker,) = (tmp_path / "env").glob("lib/python*/site-packages/whofunds/py.typed")
    assert marker.is_file()
