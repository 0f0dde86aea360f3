"""Runs `docs/questions.ipynb`; as a program, writes its outputs anew: `make notebook`."""

from typing import Any

import nbformat
from nbclient import NotebookClient
from tests.support import ROOT

PATH = ROOT / "docs" / "questions.ipynb"


def read() -> Any:
    """The notebook as it is in the repository."""
    return nbformat.read(PATH, as_version=4)


def run() -> Any:
    """The notebook with the outputs of a run; raises where a cell does."""
    found = read()
    NotebookClient(
        found, timeout=120, kernel_name="python3", record_timing=False, coalesce_streams=True
    ).execute()
    # What the kernel says of itself differs from machine to machine.
    found.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return found


if __name__ == "__main__":
    nbformat.write(run(), PATH)
