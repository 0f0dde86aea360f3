"""Where records and graph are kept: a folder, or a Neo4j database."""

import os
from pathlib import Path

from whofunds.errors import UsageError
from whofunds.stores.base import Store

DEFAULT = "whofunds.store"
_SCHEMES = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")


def open_store(
    address: str | Path | None = None, *, into_existing: bool = False, read_only: bool = False
) -> Store:
    """Open a store; close it after use, or use it as a context manager.

    `address` is a folder (`./whofunds.store` when None), "neo4j" for the server that NEO4J_URI
    names, or a server's neo4j:// or bolt:// address. NEO4J_USERNAME, NEO4J_PASSWORD and
    NEO4J_DATABASE hold the rest, as the file that Aura hands out writes them. A database with
    nodes of others is refused without `into_existing`. Readers of a folder never wait for its
    writer, and see the graph as it was last finished.

    Raises StoreError when the store is away, in use, somebody else's or of another version.
    """
    text = str(address or DEFAULT)
    if text == "neo4j":
        text = os.environ.get("NEO4J_URI", "")
        if not text:
            raise UsageError("NEO4J_URI is not set; set it, or name the server's address")
    elif "://" not in text:
        from whofunds.stores.embedded import EmbeddedStore

        return EmbeddedStore(Path(text), read_only=read_only)
    if not text.startswith(_SCHEMES):
        raise UsageError(
            f"{text} is not an address of a store; give a folder, neo4j, "
            "neo4j://HOST or bolt://HOST:PORT"
        )
    from whofunds.stores.neo4j import Neo4jStore

    return Neo4jStore(
        text,
        os.environ.get("NEO4J_USERNAME") or "neo4j",
        os.environ.get("NEO4J_PASSWORD", ""),
        os.environ.get("NEO4J_DATABASE") or None,
        into_existing=into_existing,
        read_only=read_only,
    )
