"""The rules of the house that a machine can hold: imports, names, sizes."""

import ast
from pathlib import Path

from tests.support import ROOT

import whofunds

PACKAGE = ROOT / "graph" / "whofunds"

# From the ground up; a module imports only from tiers below its own.
TIERS = [
    {"errors"},
    {
        "numerals",
        "countries",
        "currencies",
        "spans",
        "pinyin",
        "tables",
        "schema",
        "shipped",
        "cypher",
        "namewords",
        "identifiers",
        "places",
    },
    {"wording", "dialect", "names", "readers", "options", "joining"},
    {"nameparts", "slips", "index", "kinds"},
    {"entities"},
    {"evidence", "owners", "aliases"},
    {"pairs"},
    {"review"},
    {"sums", "calendars", "hints"},
    {"money", "dates"},
    {"fields", "rates", "header", "cells"},
    {"decisions"},
    {"model"},
    {"accounts", "identity", "sameness", "stores.base", "checking", "lookup", "catalog", "loading"},
    {"resolve", "views", "stores", "mapping"},
    {"policy"},
    {"projection"},
    {"projecting"},
    {"ingest", "output", "progress", "explain", "parsing", "history", "changes", "participations"},
    {"markup", "citations"},
    {"deciding", "pages", "fences", "backup"},
    {"export"},
    {"saved"},
    {"paper"},
    {"answers"},
    {"quality", "comparing", "intake", "analysis", "citing"},
    {"withdrawal", "exporting"},
    {"analysing"},
    {"graph"},
    {"cli"},
]


def tier(module: str) -> int:
    for level, modules in enumerate(TIERS):
        if module in modules:
            return level
    family = module.split(".")[0]
    return next(level for level, modules in enumerate(TIERS) if family in modules)


def imports(path: Path) -> set[str]:
    """The whofunds modules that a file imports when it runs."""
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped or not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        names = [a.name for a in node.names]
        if isinstance(node, ast.Import):
            found |= {n.removeprefix("whofunds.") for n in names if n.startswith("whofunds.")}
        elif node.module == "whofunds":
            found |= {n for n in names if (PACKAGE / f"{n}.py").exists() or (PACKAGE / n).is_dir()}
        elif node.module and node.module.startswith("whofunds."):
            module = node.module.removeprefix("whofunds.")
            deeper = {f"{module}.{n}" for n in names if (PACKAGE / module / f"{n}.py").exists()}
            found |= deeper or {module}
    return found


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != PACKAGE / "__init__.py" and "shipped/" not in str(path)
    }


def test_imports_go_downward() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, path in modules().items()
        for other in imports(path)
        if module.split(".")[0] != other.split(".")[0] and tier(other) >= tier(module)
    ]
    assert wrong == []


def test_stores_and_views_know_nothing_of_each_other_or_of_resolution() -> None:
    for module, path in modules().items():
        family = module.split(".")[0]
        used = imports(path)
        if family == "stores":
            assert not used & {"accounts", "resolve", "policy", "projection", "ingest"}, module
        if family in ("views", "analysis"):
            assert {u for u in used if u.startswith("stores")} <= {"stores.base"}, module


def test_only_one_module_each_uses_typer_and_pyvis() -> None:
    for library, home in (("typer", "cli"), ("pyvis", "views")):
        users = {
            module.split(".")[0]
            for module, path in modules().items()
            if f"import {library}" in path.read_text("utf-8")
            or f"from {library}" in path.read_text("utf-8")
        }
        assert users <= {home}, library


def test_shipped_loaders_use_only_what_anybody_can() -> None:
    for path in (ROOT / "loaders").glob("*.py"):
        assert imports(path) == set(), path


def test_cypher_stands_in_queries_or_in_the_stores() -> None:
    for module, path in modules().items():
        if module.split(".")[0] not in ("stores", "schema", "dialect", "catalog"):
            assert "MATCH (" not in path.read_text("utf-8"), module


def test_modules_stay_small() -> None:
    assert {
        m: n for m, p in modules().items() if (n := len(p.read_text().splitlines())) > 350
    } == {}


def test_public_names_are_sorted_and_there() -> None:
    assert whofunds.__all__ == sorted(whofunds.__all__)
    for name in whofunds.__all__:
        assert getattr(whofunds, name).__doc__, name
