"""Words of stages and states in cells, in six languages, as the fields that they mean."""

from whofunds.cells import faulty
from whofunds.mapping.vocabulary import meanings
from whofunds.tables import Cell


def cell_stage(cell: Cell) -> dict[str, Cell | str]:
    """Stage, instrument and listing of a round, as far as its type says: `Round(**cell_stage(c))`.

    "debt_financing" is an instrument and no stage, "undisclosed" says nothing; a word that is not
    known is a stage as it is printed.
    """
    said = meanings(cell)
    found: dict[str, Cell | str] = {k: said[k] for k in ("instrument", "listing") if k in said}
    if cell.fault or not (found or said.get("stage") == "none"):
        text = cell.replace("_", " ")
        found["stage"] = cell.put(text)
    return found


def cell_status(cell: Cell) -> Cell | str:
    """The status of a round; a word that is none we know is a fault."""
    if not cell.strip() or cell.fault:
        return cell
    return meanings(cell).get("status") or faulty(cell, "no status of a round that is known")
