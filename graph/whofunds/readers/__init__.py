"""What loaders read with: tables and JSON, from a file, a folder or a ZIP, one row at a time."""

from whofunds.readers.items import read_json
from whofunds.readers.members import bytes_of
from whofunds.readers.reading import Reading, begun, current
from whofunds.readers.rows import read_csv, read_table

__all__ = ["Reading", "begun", "bytes_of", "current", "read_csv", "read_json", "read_table"]
