"""The graph: labels, relationship types, their properties and the statements that write them.

    (:CapitalSource)<-[:IS_A]-(:Investor)-[:INVESTED_IN]->(:FundingRound)-[:FUNDS]->(:Startup)
    (:Startup|Investor)-[:BASED_IN]->(:City)
    (:Investor)-[:PART_OF]->(:Investor)
    (:Investor)-[:ACTS_FOR]->(:City)
    (:Report)-[:STATES]->(:FundingRound)
    (:Investor)-[:SET_CONDITION]->(:Startup)
    (:Report)-[:STATES_TOTAL]->(:Startup)

Money is drawn in the direction it flows. Dates are ISO texts, so both stores order and compare
them alike; a text holds a day, `YYYY-MM-DD`. Sums are whole units of their currency.
"""

from dataclasses import dataclass

CURRENCIES = ("USD", "CNY", "EUR")
BOUNDS = ("min", "max", "stated")

KINDS = {
    "state-fund": "State fund",
    "city-fund": "City fund",
    "internet-giant": "Internet giant",
    "corporate": "Corporate",
    "vc": "Venture capital",
    "pe": "Private equity",
    "asset-manager": "Asset manager",
    "financial-institution": "Financial institution",
    "sovereign-foreign": "Foreign sovereign",
    "university": "University",
    "angel": "Angel",
    "unknown": "Unknown",
}
STATUSES = ("closed", "talks", "planned", "filed", "withdrawn")
INSTRUMENTS = (
    "equity",
    "debt",
    "mixed",
    "grant",
    "in-kind",
    "commitment",
    "secondary",
    "acquisition",
    "licence",
    "parent",
)
LISTINGS = ("private", "ipo", "post-ipo")
LEVELS = ("", "central", "provincial", "municipal", "district")
CONDITIONS = ("required", "came-with", "use-of-money", "motive")
BASES = ("sourced", "source-stated", "name-derived", "unsourced")
QUALIFIERS = ("exact", "about", "at_least", "at_most", "range", "undisclosed")
DISPUTABLE = ("amount", "currency", "date", "stage", "members", "lead", "valuation")


def _sums(name: str) -> tuple[str, ...]:
    """The bounds of a sum in its own currency, and in each of CURRENCIES."""
    own = tuple(f"{name}_{bound}" for bound in BOUNDS)
    return own + tuple(f"{p}_{currency.lower()}" for currency in CURRENCIES for p in own)


@dataclass(frozen=True)
class Node:
    """A label and its properties beside `id` and `name`, which every node has."""

    label: str
    properties: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """A relationship type, the labels at its ends and its properties."""

    type: str
    start: tuple[str, ...]
    end: str
    properties: tuple[str, ...]


NODES = (
    Node("CapitalSource", ()),
    Node("City", ("names", "former", "country", "latitude", "longitude")),
    Node("Report", ("url", "publisher", "published_on")),
    Node("Investor", ("names", "former", "country", "state_controlled", "level")),
    Node("Startup", ("names", "former", "country", "founded_first", "founded_last", "cohort")),
    Node(
        "FundingRound",
        (
            "stage",
            "announced",
            "announced_first",
            "announced_last",
            "precision",
            "status",
            "instrument",
            "listing",
            *_sums("amount"),
            "amount_qualifier",
            "currency",
            *_sums("valuation"),
            "valuation_basis",
            "valuation_currency",
            "rate_date",
            "rate_source",
            "disputed",
            "accounts",
        ),
    ),
)

EDGES = (
    Edge("IS_A", ("Investor",), "CapitalSource", ("since", "until", "basis", "report")),
    Edge(
        "PART_OF",
        ("Investor",),
        "Investor",
        ("share_min", "share_max", "since", "until", "basis", "report"),
    ),
    Edge("ACTS_FOR", ("Investor",), "City", ("since", "until", "basis", "report")),
    Edge("BASED_IN", ("Startup", "Investor"), "City", ("since", "until", "basis", "report")),
    Edge(
        "INVESTED_IN",
        ("Investor",),
        "FundingRound",
        ("lead", *_sums("amount"), "currency", "via", "reports", "disputed"),
    ),
    Edge("FUNDS", ("FundingRound",), "Startup", ()),
    Edge(
        "STATES",
        ("Report",),
        "FundingRound",
        (
            "account",
            "announced_first",
            "announced_last",
            "precision",
            "stage",
            "status",
            "instrument",
            "listing",
            "amount_min",
            "amount_max",
            "amount_stated",
            "amount_qualifier",
            "currency",
            "valuation_min",
            "valuation_max",
            "valuation_stated",
            "valuation_qualifier",
            "valuation_basis",
            "valuation_currency",
            "members",
            "leads",
            "doubt",
            "note",
        ),
    ),
    Edge(
        "SET_CONDITION",
        ("Investor",),
        "Startup",
        ("kind", "city", "text", "report", "published_on"),
    ),
    Edge(
        "STATES_TOTAL",
        ("Report",),
        "Startup",
        (
            *_sums("amount"),
            "amount_qualifier",
            "currency",
            "since_first",
            "since_last",
            "until_first",
            "until_last",
            "rounds",
            "doubt",
            "note",
        ),
    ),
)

LABELS = {node.label: node for node in NODES}
TYPES = {edge.type: edge for edge in EDGES}
PROPERTIES = frozenset(
    {"id", "name"}.union(*(n.properties for n in NODES), *(e.properties for e in EDGES))
)


def constraints() -> list[str]:
    """One statement a label: ids are unique."""
    return [
        f"CREATE CONSTRAINT {node.label.lower()}_id IF NOT EXISTS "
        f"FOR (n:{node.label}) REQUIRE n.id IS UNIQUE"
        for node in NODES
    ]


def write_node(label: str) -> str:
    """Write nodes from `$rows` of {id, props}; a property that is null is removed."""
    return f"UNWIND $rows AS row MERGE (n:{LABELS[label].label} {{id: row.id}}) SET n += row.props"


def write_edge(type_: str, start: str) -> str:
    """Create relationships from `$rows` of {a, b, props}; both ends must be there."""
    edge = TYPES[type_]
    if start not in edge.start:
        raise ValueError(f"{type_} does not start at {start}")
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) "
        f"MATCH (b:{edge.end} {{id: row.b}}) CREATE (a)-[r:{type_}]->(b) SET r += row.props"
    )
