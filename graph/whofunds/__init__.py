"""whofunds: a sourced map of who funds whom.

    import whofunds
    with whofunds.open("my.store") as graph:
        graph.load("ai-funding")
        for row in graph.query("companies/rounds", company="智谱"):
            print(row["announced"], row["stage"], row["reports"])

A loader imports the record classes and what it reads with from here.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whofunds.answers import Answer
    from whofunds.cells import (
        cell_country,
        cell_date,
        cell_id,
        cell_leads,
        cell_money,
        cell_names,
        cell_slug,
    )
    from whofunds.countries import country_code
    from whofunds.dates import Span, parse_date
    from whofunds.decisions import Decision
    from whofunds.errors import (
        CypherError,
        InputError,
        NameNotFound,
        NoStore,
        QueryTimeout,
        StoreError,
        UsageError,
        WhofundsError,
    )
    from whofunds.export import read_graph
    from whofunds.graph import Graph, open
    from whofunds.joining import Joined, joined
    from whofunds.kinds import Kinds, read_kinds
    from whofunds.mapping.mapped import Mapped
    from whofunds.mapping.maps import Map, read_map
    from whofunds.mapping.words import cell_stage, cell_status
    from whofunds.model import (
        City,
        Condition,
        Investor,
        Link,
        Participant,
        Record,
        Reject,
        Report,
        Round,
        Startup,
        Total,
    )
    from whofunds.money import Money, parse_money
    from whofunds.readers import read_csv, read_json, read_table
    from whofunds.stores.base import Node, Path, Relationship
    from whofunds.tables import Cell, Row

__version__ = "0.1.0"

# What is imported when its name is first used, so that `whofunds --help` stays instant.
_HOMES = {
    "countries": "country_code",
    "decisions": "Decision",
    "dates": "Span parse_date",
    "errors": "CypherError InputError NameNotFound NoStore QueryTimeout StoreError UsageError "
    "WhofundsError",
    "answers": "Answer",
    "cells": "cell_country cell_date cell_id cell_leads cell_money cell_names cell_slug",
    "export": "read_graph",
    "graph": "Graph open",
    "mapping.mapped": "Mapped",
    "mapping.maps": "Map read_map",
    "mapping.words": "cell_stage cell_status",
    "model": "City Condition Investor Link Participant Record Reject Report Round Startup Total",
    "money": "Money parse_money",
    "joining": "Joined joined",
    "kinds": "Kinds read_kinds",
    "readers": "read_csv read_json read_table",
    "stores.base": "Node Path Relationship",
    "tables": "Cell Row",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Answer",
    "Cell",
    "City",
    "Condition",
    "CypherError",
    "Decision",
    "Graph",
    "InputError",
    "Investor",
    "Joined",
    "Kinds",
    "Link",
    "Map",
    "Mapped",
    "Money",
    "NameNotFound",
    "NoStore",
    "Node",
    "Participant",
    "Path",
    "QueryTimeout",
    "Record",
    "Reject",
    "Relationship",
    "Report",
    "Round",
    "Row",
    "Span",
    "Startup",
    "StoreError",
    "Total",
    "UsageError",
    "WhofundsError",
    "cell_country",
    "cell_date",
    "cell_id",
    "cell_leads",
    "cell_money",
    "cell_names",
    "cell_slug",
    "cell_stage",
    "cell_status",
    "country_code",
    "joined",
    "open",
    "parse_date",
    "parse_money",
    "read_csv",
    "read_graph",
    "read_json",
    "read_kinds",
    "read_map",
    "read_table",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'whofunds' has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(f"whofunds.{_HOME[name]}"), name)
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
