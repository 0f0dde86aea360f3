"""Words of stages and states in cells, in six languages, as the fields that they mean."""

from whofunds.cells import faulty
from whofunds.mapping.vocabulary import meanings, unfinished
from whofunds.tables import Cell

_UNKNOWN = (
    "no status of a round that is known; write closed, talks, planned, filed or withdrawn there, "
    "or leave the column out"
)


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


def cell_status(cell: Cell | str, stage: str = "") -> Cell | str:
    """The status of a round; a word that is none we know is a fault.

    Where the cell is empty, a stage may say that no money came yet: "Series B (in talks)".
    """
    if isinstance(cell, Cell) and (cell.strip() or cell.fault):
        if cell.fault:
            return cell
        return meanings(cell).get("status") or faulty(cell, _UNKNOWN)
    return unfinished(stage)
