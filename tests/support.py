"""What several tests share."""

from pathlib import Path
from typing import Any

from whofunds import ingest, loading, schema
from whofunds.checking import Rejects
from whofunds.ingest import Outcome
from whofunds.stores.base import Store

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "fixtures"
FACTS = ROOT / "loaders" / "data" / "ai-funding"


def load(store: Store, loader: str | Path, path: Path | None = None, **options: Any) -> Outcome:
    """Run a loader, by name or file, into a store."""
    found = loading.find_loader(str(loader))
    return ingest.load(store, found.name, loading.run(found, path), **options)


def load_records(
    store: Store, source: str, records: list[Any], rejects: Path | None = None
) -> Outcome:
    """Load records made in a test, as a source."""
    return ingest.load(store, source, records, rejects=Rejects(rejects, keep=1000))


def snapshot(store: Store) -> dict[str, list[Any]]:
    """The whole graph, in a form that can be compared."""
    found: dict[str, list[Any]] = {}
    for node in schema.NODES:
        rows = store.query(f"MATCH (n:{node.label}) RETURN n ORDER BY n.id").rows
        found[node.label] = [(n.id, sorted(n.properties.items(), key=str)) for (n,) in rows]
    for edge in schema.EDGES:
        rows = store.query(
            f"MATCH (a)-[r:{edge.type}]->(b) RETURN a.id AS a, b.id AS b, r ORDER BY a, b"
        ).rows
        found[edge.type] = sorted(
            ((a, b, sorted(r.properties.items(), key=str)) for a, b, r in rows), key=str
        )
    return found
