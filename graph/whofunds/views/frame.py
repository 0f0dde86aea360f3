"""The frame of every page: a pyvis Network holds nodes, edges and options, our template shows them.

pyvis' own template loads from the network, and runs what a name holds; ours does neither. What the
data say reaches the page as escaped JSON or through Jinja's autoescape, never as markup.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_USUAL = 0.5


def to_json(value: object) -> str:
    """JSON that can stand inside a script element; what isn't a finite number is null."""
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


def pack(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows as columns, {"n": rows, "columns": {name: values}}.

    A column that mostly holds one value is {"else": that, "held": {row: value}} of the others.
    """
    columns: dict[str, Any] = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        keys = [repr(v) for v in values]
        usual, times = Counter(keys).most_common(1)[0]
        if times > _USUAL * len(values):
            held = {i: v for i, v in enumerate(values) if keys[i] != usual}
            columns[name] = {"else": values[keys.index(usual)], "held": held}
        else:
            columns[name] = values
    return {"n": len(rows), "columns": columns}


def _read(names: Iterable[str]) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def vis_network() -> str:
    """The source of vis-network as pyvis ships it, with its licence."""
    import pyvis

    lib = Path(pyvis.__file__).parent / "lib"
    newest = max(lib.glob("vis-*/vis-network.min.js"), key=lambda p: p.parent.name)
    return newest.read_text(encoding="utf-8")


def render(
    template: str,
    *,
    nodes: list[dict[str, Any]],
    edges: list[dict[str, Any]],
    scripts: Sequence[str],
    data: Mapping[str, Any],
    options: Mapping[str, Any] | None = None,
    library: str = "",
    **shown: Any,
) -> str:
    """Fill a template of this folder; `shown` is what it prints itself, autoescaped."""
    from markupsafe import Markup
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    # add_node and add_edge look through all that is there, each time.
    net.nodes, net.edges, net.options = nodes, edges, dict(options or {})
    net.set_template((_HERE / template).as_posix())
    environment = net.templateEnv
    environment.autoescape = True
    environment.filters["json"] = lambda value: Markup(to_json(value))
    environment.filters["pack"] = pack
    script = f'(() => {{\n"use strict";\n{_read(scripts)}\n}})();'
    # From the content, so that the same facts give the same page; no name can foresee it.
    seed = repr((data, nodes, edges, script)).encode(errors="replace")
    environment.globals.update(
        shown,
        data=data,
        css=Markup(_read(["page.css"])),
        script=Markup(script),
        library=Markup(library),
        nonce=hashlib.blake2b(seed, digest_size=18).hexdigest(),
    )
    html: str = net.generate_html()
    return html
