"""What both stores say in Cypher: the check of a read-only statement, and the writing of units.

Deletes name nodes by id alone, after a read has selected the ids: the embedded engine drops what
a statement asks for beside an id.
"""

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from whofunds import schema
from whofunds.errors import CypherError
from whofunds.stores.base import EndMissing, UnitRows

# Runs a statement; gives its rows as dicts and the number of relationships that it created.
Run = Callable[[str, Mapping[str, Any]], tuple[list[dict[str, Any]], int]]
T = TypeVar("T")

# The hash of a unit whose rows are in the graph, but for relationships that went with a node of
# another unit: it equals no rows', so the unit is cleared and written again.
INCOMPLETE = "incomplete"

# Of a store's records and units: another number is refused when a store is opened.
FORMAT = 3

UNIT_LABELS = {
    "startup": "Startup",
    "investor": "Investor",
    "city": "City",
    "report": "Report",
}
# Kinds of units of which nothing is in the graph: folded names, identifiers, what decisions are
# about, and whom something may keep from being one with another.
MARKS = ("name", "id", "self", "decision")
_OWN_EDGES = {
    "startup": ("-[r:BASED_IN]->()", "<-[r:SET_CONDITION]-()", "<-[r:STATES_TOTAL]-()"),
    "investor": (
        "-[r:IS_A]->()",
        "-[r:PART_OF]->()",
        "-[r:ACTS_FOR]->()",
        "-[r:BASED_IN]->()",
    ),
    "city": (),
    "report": (),
}
# What goes with a node and is other units': how to get from it to their nodes, and their kind.
_OTHERS_EDGES = {
    "startup": (),
    "investor": (
        ("<-[:PART_OF]-(o:Investor)", "investor"),
        ("-[:INVESTED_IN]->(:FundingRound)-[:FUNDS]->(o:Startup)", "startup"),
        ("-[:SET_CONDITION]->(o:Startup)", "startup"),
    ),
    "city": (
        ("<-[:BASED_IN]-(o:Startup)", "startup"),
        ("<-[:BASED_IN]-(o:Investor)", "investor"),
        ("<-[:ACTS_FOR]-(o:Investor)", "investor"),
    ),
    "report": (
        ("-[:STATES]->(:FundingRound)-[:FUNDS]->(o:Startup)", "startup"),
        ("-[:STATES_TOTAL]->(o:Startup)", "startup"),
    ),
}
_PROCEDURES = {"db.labels", "db.relationshiptypes", "db.propertykeys"}
_HIDDEN = re.compile(
    r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/", re.DOTALL
)
_WRITES = re.compile(
    r"(?<![.:$|&!%\w])(?<!\bAS )"
    r"(CREATE|MERGE|INSERT|FOREACH|DELETE|DETACH|NODETACH|REMOVE|SET|DROP|ALTER|RENAME"
    r"|GRANT|DENY|REVOKE|TERMINATE|ENABLE|DEALLOCATE|REALLOCATE|DRYRUN)(?= ?\(| [\w`(])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(LOAD CSV)\b|\b(FORMAT CSV)$|(?:^|[{;] ?|\b(?:EXPLAIN|PROFILE|UNION|ALL|DISTINCT) )"
    r"(SHOW|USE)\b(?! ?[.,)=])",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?<![.:$\w])(?<!\bAS )CALL ([^\s({]+)", re.IGNORECASE)
_ROWS = 10_000
_json = json.JSONEncoder(separators=(",", ":")).encode


def readable(cypher: str, params: Mapping[str, Any]) -> str:
    """A statement as it may be sent to be read: one, without its closing semicolon.

    Raises CypherError for a write, for what reads files, users or settings of the server, for a
    procedure off a short list, and for a parameter without a value.
    """
    text = cypher.strip().rstrip(";").rstrip()
    # Older Cypher turns \u0041 into a letter before it parses, so that form is looked at too.
    plain = re.sub(r"\\u+([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    for form in {text, plain}:
        bare = re.sub(r"\s+", " ", _HIDDEN.sub(_blank, form)).strip()
        if write := _WRITES.search(bare):
            raise CypherError(
                f"{write[1].upper()} writes, and a query only reads; facts come in by "
                "`whofunds load` (a name that looks like this goes in backticks)"
            )
        if other := _OTHERS.search(bare):
            word = (other[1] or other[2] or other[3]).upper()
            raise CypherError(f"{word} is not for queries here; ask with MATCH ... RETURN")
        for call in _CALL.finditer(bare):
            if call[1].lower() not in _PROCEDURES:
                raise CypherError(
                    f"the procedure {call[1]} is not for queries here; "
                    f"use one of {', '.join(sorted(_PROCEDURES))}, or MATCH ... RETURN"
                )
        missing = sorted(set(re.findall(r"\$(\w+)", bare)) - set(params))
        if missing:
            raise CypherError(
                f"the parameter {missing[0]} has no value; give {missing[0]}=VALUE with the query"
            )
    return text


def _blank(hidden: re.Match[str]) -> str:
    return {"`": "``", "/": " "}.get(hidden[0][0], "''")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size` items."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def digest(rows: UnitRows) -> str:
    """A hash of a unit's rows, in any order of nodes and ends; empty for empty rows."""
    if not size(rows):
        return ""
    parts = [
        *((label, sorted(rows.nodes[label], key=itemgetter(0))) for label in sorted(rows.nodes)),
        *((*key, sorted(rows.edges[key], key=itemgetter(0, 1))) for key in sorted(rows.edges)),
    ]
    return hashlib.blake2b(_json(parts).encode(), digest_size=16).hexdigest()


def size(rows: UnitRows) -> int:
    """How many rows a unit has."""
    return sum(map(len, rows.nodes.values())) + sum(map(len, rows.edges.values()))


def whole_units(rows: Mapping[str, UnitRows], most: int) -> Iterator[dict[str, UnitRows]]:
    """Units for a transaction each: whole ones, up to `most` rows."""
    batch: dict[str, UnitRows] = {}
    total = 0
    for unit, of_unit in rows.items():
        count = 1 + size(of_unit)
        if batch and total + count > most:
            yield batch
            batch, total = {}, 0
        batch[unit] = of_unit
        total += count
    if batch:
        yield batch


def write_sources(run: Run) -> None:
    """Write the capital sources, which are there in every store."""
    rows = [{"id": kind, "props": {"name": name}} for kind, name in schema.KINDS.items()]
    run(schema.write_node("CapitalSource"), {"rows": rows})


def write_stubs(run: Run, rows: Mapping[str, UnitRows]) -> None:
    """Write the units' own nodes, and nothing that hangs on them."""
    for kind, label in UNIT_LABELS.items():
        own = [
            {"id": id_, "props": props}
            for unit, of_unit in rows.items()
            if unit.startswith(f"{kind}:")
            for id_, props in of_unit.nodes.get(label, ())
        ]
        for batch in batches(own, _ROWS):
            run(schema.write_node(label), {"rows": batch})


def write_units(run: Run, rows: Mapping[str, UnitRows], held: Container[str]) -> set[str]:
    """Make the graph hold exactly these rows for these units; `held` are those to be cleared.

    A round that another unit holds under the same id is taken over, with all that hangs on it.
    Returns the other units that lost relationships to it, or to a node that went: to be marked as
    INCOMPLETE in the same transaction. Raises EndMissing.
    """
    nodes: dict[str, list[dict[str, Any]]] = {}
    edges: dict[tuple[str, str], list[dict[str, Any]]] = {}
    clear: dict[str, list[str]] = {}
    gone: dict[str, list[str]] = {}
    for unit, of_unit in rows.items():
        kind, _, id_ = unit.partition(":")
        if kind in MARKS:
            continue
        if not size(of_unit):
            gone.setdefault(kind, []).append(id_)
        elif unit in held:
            clear.setdefault(kind, []).append(id_)
        for label, of_label in of_unit.nodes.items():
            nodes.setdefault(label, []).extend({"id": i, "props": p} for i, p in of_label)
        for key, of_type in of_unit.edges.items():
            edges.setdefault(key, []).extend({"a": a, "b": b, "props": p} for a, b, p in of_type)

    _delete_rounds(run, clear.get("startup", []) + gone.get("startup", []))
    incomplete = _take_rounds(run, [row["id"] for row in nodes.get("FundingRound", ())])
    for kind, ids in clear.items():
        for pattern in _OWN_EDGES[kind]:
            for batch in batches(ids, _ROWS):
                run(
                    f"UNWIND $ids AS x MATCH (n:{UNIT_LABELS[kind]} {{id: x}}){pattern} DELETE r",
                    {"ids": batch},
                )
    for kind, ids in gone.items():
        for pattern, other in _OTHERS_EDGES[kind]:
            start = f"(n:{UNIT_LABELS[kind]} {{id: x}})"
            found = _ids(run, f"MATCH {start}{pattern} RETURN DISTINCT o.id AS id", ids)
            incomplete.update(f"{other}:{id_}" for id_ in found)
        _delete_nodes(run, UNIT_LABELS[kind], ids)
    for label, of_label_ in nodes.items():
        for some in batches(of_label_, _ROWS):
            run(schema.write_node(label), {"rows": some})
    for (type_, start), of_type_ in edges.items():
        for some in batches(of_type_, _ROWS):
            _, created = run(schema.write_edge(type_, start), {"rows": some})
            if created != len(some):
                raise EndMissing(
                    f"{len(some) - created} of {len(some)} {type_} relationships lack an end "
                    f"in the graph (the first runs from {some[0]['a']} to {some[0]['b']}); load "
                    "again when no other load runs, and report it as a fault if that does not help"
                )
    return incomplete - rows.keys()


def _delete_rounds(run: Run, startups: list[str]) -> None:
    match = "MATCH (:Startup {id: x})<-[:FUNDS]-(r:FundingRound) RETURN DISTINCT r.id AS id"
    _delete_nodes(run, "FundingRound", _ids(run, match, startups))


def _take_rounds(run: Run, rounds: list[str]) -> set[str]:
    """Delete rounds that other units hold; returns those units."""
    match = "MATCH (:FundingRound {id: x})-[:FUNDS]->(o:Startup) RETURN DISTINCT o.id AS id"
    if holders := _ids(run, match, rounds):
        _delete_nodes(run, "FundingRound", rounds)
    return {f"startup:{id_}" for id_ in holders}


def _ids(run: Run, match: str, ids: list[str]) -> list[str]:
    """The ids that a statement finds, from nodes of these ids, `x`."""
    found = (run(f"UNWIND $ids AS x {match}", {"ids": some})[0] for some in batches(ids, _ROWS))
    return [row["id"] for rows in found for row in rows]


def _delete_nodes(run: Run, label: str, ids: list[str]) -> None:
    for batch in batches(ids, _ROWS):
        run(f"UNWIND $ids AS x MATCH (n:{label} {{id: x}}) DETACH DELETE n", {"ids": batch})
