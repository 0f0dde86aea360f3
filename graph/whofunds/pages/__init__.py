"""From a graph's answers to the page of a view: one module a view."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from whofunds.catalog import bind
from whofunds.errors import UsageError
from whofunds.pages import (
    capital_map,
    ceiling,
    city_map,
    co_investors,
    cohorts,
    neighbourhood,
    path,
    result,
)
from whofunds.views.words import LANGUAGES

if TYPE_CHECKING:
    from whofunds.graph import Graph

_MODULES = (
    capital_map,
    neighbourhood,
    path,
    co_investors,
    ceiling,
    cohorts,
    city_map,
    result,
)
VIEWS = {module.VIEW.name: module.VIEW for module in _MODULES}


def listing() -> str:
    """The views with what they show, and what they take."""
    lines = []
    for view in VIEWS.values():
        given = [f"{p.name}=…" if p.required else f"[{p.name}=]" for p in view.params or ()]
        lines += [f"{view.name:<16} {view.help}", f"{'':<16} {' '.join(given) or view.takes}"]
    return "\n".join(lines)


class Page(str):
    """The text of a page, which a notebook shows as the page itself."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from whofunds.markup import frame

        return frame(self)


def page(
    graph: "Graph", name: str, params: Mapping[str, object], look_up: Callable[[str, str], str]
) -> Page:
    """The page of one of VIEWS, as HTML; `language` is one of LANGUAGES.

    `look_up(type, text)` is `bind`'s. Raises UsageError for what can't be drawn.
    """
    if name not in VIEWS:
        raise UsageError(f"no view is called {name!r}; there are {', '.join(VIEWS)}")
    view, values = VIEWS[name], dict(params)
    tell = values.pop("tell", None)
    language = str(values.pop("language", LANGUAGES[0]))
    if language not in LANGUAGES:
        raise UsageError(f"language={language} is not right; give one of {', '.join(LANGUAGES)}")
    if view.params is not None:
        values = bind(view, values, look_up)
    return Page(view.draw(graph, {**values, "language": language, "tell": tell}))
