"""The frame of every page: a pyvis Network holds nodes, edges and options, our template shows them.

pyvis' own template loads from the network, and runs what a name holds; ours does neither. What the
data say reaches the page as escaped JSON or through Jinja's autoescape, never as markup.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from whofunds.views import words
from whofunds.views.words import Said

_HERE = Path(__file__).parent
_KEY = 8  # what the number of a row takes before a value, about
_FIRST, _LETTERS = ord("?"), 64  # up to "~": none that would be escaped in a script


class Columns(dict[str, Any]):
    """Rows as columns, as `pack` and `columns` make them; its JSON is made once."""

    @cached_property
    def json(self) -> str:
        """The text that stands inside a script element."""
        return _escaped(dict(self))


def to_json(value: object) -> str:
    """JSON that can stand inside a script element; what isn't a finite number is null."""
    if isinstance(value, Columns):
        return value.json
    if isinstance(value, dict):
        items = (f"{_escaped(str(k))}:{to_json(v)}" for k, v in value.items())
        return "{" + ",".join(items) + "}"
    return _escaped(value)


def _escaped(value: object) -> str:
    try:
        text = _dump(value)
    except ValueError:
        text = _dump(_finite(value))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(k): _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return value


def pack(rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Rows as columns, {"n": rows, "columns": {name: values}}, each as short as can be."""
    return columns({k: [row[k] for row in rows] for k in (rows[0] if rows else ())}, len(rows))


def columns(values: Mapping[str, Any], n: int, **more: Any) -> Columns:
    """Columns of `n` values each; `more` stands beside them."""
    return Columns(more, n=n, columns={name: _column(held) for name, held in values.items()})


def addresses(values: Sequence[str]) -> dict[str, Any]:
    """A column of addresses: {"heads": column of hosts or folders, "tails": what follows}."""

    def parted(ends: list[int]) -> dict[str, Any]:
        pairs = list(zip(values, ends, strict=True))
        heads = _column([v[:end] for v, end in pairs])
        return {"heads": heads, "tails": [v[end:] for v, end in pairs]}

    hosts = parted([v.find("/", len("https://")) + 1 for v in values])
    folders = parted([v.rfind("/") + 1 for v in values])
    return min(hosts, folders, key=lambda parts: len(_dump(parts)))


def _column(values: Sequence[Any] | dict[str, Any]) -> Any:
    """The shortest of three: the values; {"else": the usual one, "held": {row: another}}; and
    {"words": distinct values, "at": which of them}, in letters.
    """
    if isinstance(values, dict):  # as `addresses` made it
        return values
    try:
        times = Counter(values)
    except TypeError:  # lists and maps, in small tables alone
        return values
    if not times:
        return values
    ordered = times.most_common(None if len(times) <= _LETTERS**2 else 1)
    usual, often = ordered[0]
    others: float = (len(values) - often) * _KEY
    if usual is not None and None in times:
        others = math.inf  # a null among the others would read as the usual one
    if len(ordered) < len(times):
        plain, held, worded = often * _size(usual), others, math.inf
    else:
        sizes = [_size(word) for word, _ in ordered]
        plain = sum(size * n for size, (_, n) in zip(sizes, ordered, strict=True))
        held = plain - often * sizes[0] + others
        worded = sum(sizes) + len(values) * (1 + (len(ordered) > _LETTERS))
    if plain <= min(held, worded):
        return values
    if held <= worded:
        return {"else": usual, "held": {i: v for i, v in enumerate(values) if v != usual}}
    words = [word for word, _ in ordered]
    letters = _letters(len(words))
    place = dict(zip(words, letters, strict=True))
    return {"words": words, "at": "".join([place[v] for v in values])}


def _letters(n: int) -> list[str]:
    """The numbers below `n`: a letter each, or two where there are more than letters."""
    single = [chr(_FIRST + i) for i in range(_LETTERS)]
    return single[:n] if n <= _LETTERS else [a + b for a in single for b in single][:n]


def _size(value: object) -> int:
    """What a value takes, with its comma, about."""
    if isinstance(value, str):
        return len(value) + 3
    return len(json.dumps(value, ensure_ascii=False)) + 1


def _read(names: Iterable[str]) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def vis_network() -> str:
    """The source of vis-network as pyvis ships it, with its licence."""
    import pyvis

    lib = Path(pyvis.__file__).parent / "lib"
    newest = max(lib.glob("vis-*/vis-network.min.js"), key=lambda p: p.parent.name)
    return newest.read_text(encoding="utf-8")


def embedded(
    content: str,
    *,
    name: str,
    tabs: Sequence[str],
    title: str | Said,
    as_of: str,
    language: str,
    asked: Mapping[str, str],
    **more: Any,
) -> dict[str, Any]:
    """What every page embeds beside nodes and edges; `content` is what the facts' hash is of.

    `asked` is the Cypher behind the page by the name of its query; `more` stands beside it all.
    """
    from whofunds import __version__

    digest = hashlib.blake2b(content.encode(errors="replace"), digest_size=8).hexdigest()
    return {
        "name": name,
        "tabs": list(tabs),
        "title": words.cleaned(title),
        "as_of": words.clean(as_of),
        "language": language,
        "texts": words.interface(),
        "asked": [{"name": words.clean(n), "cypher": text} for n, text in asked.items()],
        "facts": {"hash": digest, "version": __version__},
        **more,
    }


def render(
    template: str,
    *,
    nodes: Columns,
    edges: Columns,
    scripts: Sequence[str],
    data: Mapping[str, Any],
    options: Mapping[str, Any] | None = None,
    library: str = "",
    **shown: Any,
) -> str:
    """Fill a template of this folder; `shown` is what it prints itself, autoescaped.

    `data` is what `embedded` made; its language is the page's.
    """
    from markupsafe import Markup
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    # pyvis looks through lists; add_node and add_edge through all that is there, each time.
    net.nodes, net.edges, net.options = [nodes], [edges], dict(options or {})
    net.set_template((_HERE / template).as_posix())
    environment = net.templateEnv
    environment.autoescape = True
    environment.filters["json"] = lambda value: Markup(to_json(value))
    say, named = partial(words.t, data["language"]), data["title"]
    title = named if isinstance(named, str) else say(named[0], **named[1])
    cited = {"title": title, "day": data["as_of"] or "–", "address": "", **data["facts"]}
    script = f'(() => {{\n"use strict";\n{_read(scripts)}\n}})();'
    # From the content, so that the same facts give the same page; no name can foresee it.
    seed = repr((data["facts"], title, script)).encode(errors="replace")
    environment.globals.update(
        shown,
        t=say,
        title=title,
        citation=say("cite.text", **cited).strip(),
        data=data,
        css=Markup(_read(["page.css", "maps.css"])),
        script=Markup(script),
        library=Markup(library),
        nonce=hashlib.blake2b(seed, digest_size=18).hexdigest(),
    )
    html: str = net.generate_html()
    return html
