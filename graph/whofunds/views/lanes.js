/* What Columns and Flow share: lanes of labelled nodes, links between lanes, a walk by keyboard. */

const HEAD = 30;
let zoom = 1;

/** Places as near as can be to `wanted`, in order, at least `apart(i)` from the one before. */
function spaced(wanted, apart, height) {
  const offsets = [];
  wanted.reduce((sum, _, i) => (offsets[i] = i ? sum + apart(i) : 0), 0);
  const pools = [];
  wanted.forEach((w, i) => {
    pools.push({ sum: w - offsets[i], n: 1 });
    while (pools.length > 1 && pools.at(-2).sum / pools.at(-2).n > pools.at(-1).sum / pools.at(-1).n) {
      const { sum, n } = pools.pop();
      pools.at(-1).sum += sum;
      pools.at(-1).n += n;
    }
  });
  const ends = (offsets.at(-1) ?? 0) + apart(0) / 2;
  const low = apart(0) / 2;
  return pools
    .flatMap(({ sum, n }) => Array(n).fill(sum / n))
    .map((base, i) => Math.max(low, Math.min(base, Math.max(low, height - ends))) + offsets[i]);
}

const curve = (x0, y0, x1, y1) => {
  const middle = ((x0 + x1) / 2).toFixed(1);
  return `M${x0.toFixed(1)},${y0.toFixed(1)}C${middle},${y0.toFixed(1)} ${middle},${y1.toFixed(1)} ${x1.toFixed(1)},${y1.toFixed(1)}`;
};

/** Lane positions for a width, [{x, w}]; what is left over goes between them by `shares`. */
function lanes(widths, shares, width) {
  const left = width - widths.reduce((a, b) => a + b, 0);
  const whole = shares.reduce((a, b) => a + b, 0);
  let x = 0;
  return widths.map((w, i) => {
    const lane = { x, w };
    x += w + (left * (shares[i] ?? 0)) / whole;
    return lane;
  });
}

const chineseName = (entity) => (CJK.test(entity.label) ? "" : (entity.names.find((n) => CJK.test(n)) ?? ""));

function described(node, part) {
  const what = node.group ? `${WORD[node.level]}: ${nodeName(node)}, opens` : `${nodeName(node)}, ${WORD[node.level].toLowerCase()}`;
  const kind = node.level === "investor" && !node.group ? `, ${ENTITIES[HOME.get(node.id)].label}` : "";
  const rounds = count(node.rounds.size, "round");
  return `${what}${kind}, ${part && part !== node.rounds.size ? `${part} of ${rounds} here` : rounds}`;
}

/** A node: icon, name, number of rounds; `block` draws it as a box of the height `h`. */
function nodeElement(pic, node, { x, y, w, h }, { block = false } = {}) {
  const lit = pic.through?.nodes.get(node.id);
  const part = lit && lit.rounds.size !== node.rounds.size ? `${lit.rounds.size}/` : "";
  const number = part + node.rounds.size.toLocaleString("en");
  const kind = nodeKind(node);
  const room = w - 34 - 7.5 * number.length;
  const name = fit(nodeName(node), room);
  const chosen = node.id === state.selected;
  const g = svg("g", {
    class: ["node", kindClass(kind), node.group ? "more" : "", chosen ? "on" : "", pic.through && !lit ? "off" : ""].filter(Boolean).join(" "),
    role: "button",
    tabindex: -1,
    "data-id": node.id,
    "aria-label": described(node, lit?.rounds.size),
    "aria-pressed": node.group ? null : String(chosen),
    transform: `translate(${x.toFixed(1)},${y.toFixed(1)})`,
  });
  const tall = Math.max(h, 17);
  g.append(svg("rect", { class: block ? "block hit" : "hit", x: 0, y: -tall / 2, width: w, height: tall, rx: 4 }));
  g.append(svg("g", { transform: "translate(11,0)" }, shape(kind, node.level === "kind" ? 6 : 5)));
  const text = svg("text", { x: 22, y: 0.5 }, name);
  const other = node.group ? "" : chineseName(ENTITIES[node.id]);
  if (other && name === nodeName(node)) {
    const left = room - ruler.measureText(name).width - 8;
    if (left > ruler.measureText(other).width) text.append(svg("tspan", { class: "soft", dx: 6 }, other));
  }
  g.append(text, svg("text", { class: "count", x: w - 5, y: 0.5, "text-anchor": "end" }, number));
  g.append(svg("title", {}, node.group ? `${nodeName(node)}: click to open` : `${nodeName(node)} · ${count(node.rounds.size, "round")}`));
  return g;
}

/** Replace a host's picture; focus stays on the node it was on. */
function draw(host, { width, height, label, pic, heads, links, lit, nodes, view }) {
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const chart = svg(
    "svg",
    {
      class: "chart" + (pic.through ? " dim" : ""),
      viewBox: `0 0 ${width} ${height}`,
      width: width * zoom,
      height: height * zoom,
      role: "group",
      "aria-label": label,
    },
    svg("g", { "aria-hidden": "true" }, heads),
    svg("g", { class: "links", "aria-hidden": "true" }, links),
    svg("g", { class: "lit", "aria-hidden": "true" }, lit),
    svg("g", { class: "nodes" }, nodes),
  );
  const place = host.scrollLeft;
  host.replaceChildren(chart);
  host.scrollLeft = place;
  host.view = view;
  const entry = focused ?? (state.selected === null ? null : String(state.selected));
  const stop = nodes.find((n) => n.dataset.id === entry) ?? nodes[0];
  if (stop) stop.tabIndex = 0;
  if (focused && stop) stop.focus({ preventScroll: true });
}

const headings = (pic, columns, places) =>
  pic.levels.map((level, i) => {
    const named = columns[i].filter((n) => n.group || ENTITIES[n.id].key !== "");
    const shown = named.filter((n) => !n.group).length;
    const all = named.reduce((n, node) => n + (node.group ? node.group.members.length : 1), 0);
    const number = shown < all ? `${shown} of ${all.toLocaleString("en")}` : String(all);
    return svg("text", { class: "head", x: places[i].x + 4, y: 13 }, WORD[level], svg("tspan", { class: "soft", dx: 6 }, number));
  });

/** What a link says when it is pointed at. */
function linkTitle(pic, link, rounds) {
  const years = [...rounds].flatMap((r) => ROUNDS[r].year ?? []);
  const span = years.length ? `, ${[...new Set([Math.min(...years), Math.max(...years)])].join("–")}` : "";
  return svg("title", {}, `${nodeName(pic.nodes.get(link.from))} → ${nodeName(pic.nodes.get(link.to))}: ${count(rounds.size, "round")}${span}`);
}

/** Clicks and keys of a picture: `choose(id)` for a node, `open(group)` for a group. */
function listen(host, { choose, open, redraw }) {
  const nodeOf = (target) => target.closest?.("[data-id]");
  const act = (element) => {
    const { id } = element.dataset;
    if (id.startsWith("+")) open(id);
    else choose(+id);
  };
  host.addEventListener("click", (e) => {
    const element = nodeOf(e.target);
    if (element) act(element);
    else if (state.selected !== null) choose(null);
  });
  host.addEventListener("keydown", (e) => {
    const element = nodeOf(e.target);
    if (!element) return;
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      act(element);
    } else if (e.key.startsWith("Arrow")) {
      e.preventDefault();
      const next = neighbour(host.view, element.dataset.id, e.key);
      const target = next !== null && host.querySelector(`[data-id="${CSS.escape(String(next))}"]`);
      if (!target) return;
      element.tabIndex = -1;
      target.tabIndex = 0;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
  document.addEventListener("keydown", (e) => {
    if (host.hidden || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    const next = { "+": zoom * 1.2, "=": zoom * 1.2, "-": zoom / 1.2, "−": zoom / 1.2, 0: 1 }[e.key];
    if (next === undefined) return;
    zoom = Math.max(0.4, Math.min(4, next));
    redraw();
  });
}

/** The node that an arrow key leads to: the next in the column, or the strongest link across. */
function neighbour({ columns, links }, id, key) {
  const at = columns.findIndex((c) => c.some((n) => String(n.id) === id));
  const row = columns[at].findIndex((n) => String(n.id) === id);
  if (key === "ArrowUp" || key === "ArrowDown") return columns[at][row + (key === "ArrowDown" ? 1 : -1)]?.id ?? null;
  const [here, there] = key === "ArrowRight" ? ["from", "to"] : ["to", "from"];
  let best = null;
  for (const l of links.values()) if (String(l[here]) === id && (!best || l.rounds.size > best.rounds.size)) best = l;
  return best ? best[there] : null;
}
