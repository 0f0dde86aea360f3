"""The sections of README.md, each written by the script that measures it."""

import re
from pathlib import Path

README = Path(__file__).parent / "README.md"


def write_section(title: str, text: str) -> None:
    """Puts a section in the place of the one of that title, or at the end; the others stay."""
    held = README.read_text(encoding="utf-8")
    section = f"## {title}\n\n{text.strip()}\n"
    own = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if own.search(held):
        held = own.sub(lambda _: f"{section}\n", held)
    else:
        held = f"{held.rstrip()}\n\n{section}"
    README.write_text(held.rstrip() + "\n", encoding="utf-8")
    print(text)
