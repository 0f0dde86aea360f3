"""What relationships need of the nodes at their ends: read once, kept on disk."""

import json
import sqlite3
from typing import Any

from whofunds.export.pages import Pages

_OF_ROUNDS = ("stage", "status", "instrument", "announced", "announced_first", "announced_last")


class Register:
    """The names of all nodes by `LABEL:ID`; of a round also its company, what it is, its reports.

    Close it after use. It is a temporary file, so memory stays flat.
    """

    def __init__(self, pages: Pages) -> None:
        # An empty name is a temporary file that SQLite deletes on close.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE node (key TEXT PRIMARY KEY, fields TEXT) WITHOUT ROWID;"
            "CREATE TABLE cited (round TEXT, report TEXT, PRIMARY KEY (round, report))"
            " WITHOUT ROWID;"
        )
        for label, page in pages:
            nodes, cited = [], []
            for node, relationships in page:
                fields = {"name": node.properties.get("name")}
                if label == "FundingRound":
                    fields |= {name: node.properties.get(name) for name in _OF_ROUNDS}
                for relationship in relationships:
                    if relationship.type == "FUNDS":
                        fields["company"] = relationship.end
                    elif relationship.type == "STATES":
                        cited.append((relationship.end, node.id))
                nodes.append((f"{label}:{node.id}", json.dumps(fields)))
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR IGNORE INTO node VALUES (?, ?)", nodes)
            self._db.executemany("INSERT OR IGNORE INTO cited VALUES (?, ?)", cited)
            self._db.execute("COMMIT")

    def node(self, label: str, id_: str) -> dict[str, Any]:
        """The fields of a node; none where it isn't held."""
        sql = "SELECT fields FROM node WHERE key = ?"
        row = self._db.execute(sql, (f"{label}:{id_}",)).fetchone()
        return json.loads(row[0]) if row else {}

    def name(self, label: str, id_: str) -> str:
        """The name of a node."""
        return str(self.node(label, id_).get("name") or "")

    def round(self, id_: str) -> dict[str, Any]:
        """The fields of a round, with its company's name."""
        found = self.node("FundingRound", id_)
        return {**found, "company_name": self.name("Startup", str(found.get("company") or ""))}

    def reports(self, round_: str) -> list[str]:
        """The addresses of the reports on a round, sorted."""
        sql = "SELECT report FROM cited WHERE round = ? ORDER BY report"
        return [report for (report,) in self._db.execute(sql, (round_,))]

    def close(self) -> None:
        """Delete it."""
        self._db.close()
