"""What a view is: its name, what it takes, and what draws it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whofunds.header import Parameter

if TYPE_CHECKING:
    from whofunds.graph import Graph

COHORT = Parameter(
    "cohort", "cohort", False, "", "companies of one cohort only, such as llm-2023; all when empty"
)
CURRENCY = Parameter("currency", "currency", False, "CNY", "currency that sums are converted to")


@dataclass(frozen=True, slots=True)
class View:
    """A view; `params` is None where `draw` takes what it is given, as `takes` says.

    `draw(graph, values)` gives the page's text, with a value for each of `params`, `language`,
    and `tell`, which is told how far it is, or None.
    """

    name: str
    help: str
    params: tuple[Parameter, ...] | None
    draw: Callable[["Graph", Mapping[str, Any]], str]
    takes: str = ""
