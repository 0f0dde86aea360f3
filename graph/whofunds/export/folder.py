"""A folder of CSV files: one for each label, and one for each type of relationship.

Lists are JSON text. Cells that a spreadsheet would run as a formula begin with an apostrophe.
"""

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from whofunds import schema
from whofunds.checking import neutral
from whofunds.export.pages import Read, encoded, starting
from whofunds.projecting import Tell
from whofunds.stores.base import Store

_ENDS = ("start_label", "start", "end_label", "end")


def write(folder: Path, _store: Store, read: Read, _tell: Tell | None) -> None:
    """Write all that `read` gives; a folder that is there keeps its other files."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {node.label: ("id", "name", *node.properties) for node in schema.NODES}
    columns |= {edge.type: (*_ENDS, *edge.properties) for edge in schema.EDGES}
    with ExitStack() as stack:
        tables = {}
        for name, header in columns.items():
            path = folder / f"{name}.csv"
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            tables[name] = csv.writer(file, lineterminator="\n")
            tables[name].writerow(header)
        for label, page in read():
            for node, relationships in page:
                names = columns[label][1:]
                tables[label].writerow(_cells([node.id, *map(node.properties.get, names)]))
                for end, values in starting(relationships):
                    type_ = values["type"]
                    properties = map(values.get, schema.TYPES[type_].properties)
                    ends = (label, node.id, *end.split(":", 1))
                    tables[type_].writerow(_cells([*ends, *properties]))


def _cells(values: Iterable[Any]) -> list[object]:
    return [encoded(v) if isinstance(v, (list, bool)) else neutral(v) for v in values]
