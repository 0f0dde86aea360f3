"""Where the loaders, queries and facts that come with whofunds are."""

from pathlib import Path


def folder(name: str) -> Path:
    """The shipped `loaders` or `queries`: beside the package, else in the checkout."""
    beside = Path(__file__).parent / "shipped" / name
    return beside if beside.is_dir() else Path(__file__).parents[2] / name
