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

const chineseName = (id) => (CJK.test(labelOf(id)) ? "" : (namesOf(id).find((n) => CJK.test(n)) ?? ""));

function described(node, lit) {
  const what = node.group ? t("chart.opens", { level: t(`level.${node.level}`), name: nodeName(node) }) : t("chart.named", { name: nodeName(node), level: t(`level.${node.level}`).toLowerCase() });
  const kind = node.level === "investor" && !node.group ? `, ${labelOf(HOME[node.id])}` : "";
  const rounds = t("unit.rounds", { n: node.rounds });
  const money = state.measure === "cheques" ? `, ${t("panel.cheques", { sum: sizeText(node) })}` : "";
  return `${what}${kind}, ${lit && lit.rounds !== node.rounds ? t("chart.part", { part: lit.rounds, rounds }) : rounds}${money}`;
}

/** A node: icon, name, number of rounds; `block` draws it as a box of the height `h`. */
function nodeElement(pic, node, { x, y, w, h }, { block = false } = {}) {
  const lit = pic.through?.nodes.get(node.id);
  const part = lit && size(lit) !== size(node) ? `${sizeText(lit)}/` : "";
  const figure = part + sizeText(node);
  const kind = nodeKind(node);
  const room = w - 34 - 7.5 * figure.length;
  const name = fit(nodeName(node), room);
  const chosen = node.id === state.selected;
  const g = svg("g", {
    class: ["node", kindClass(kind), node.group ? "more" : "", chosen ? "on" : "", pic.through && !lit ? "off" : ""].filter(Boolean).join(" "),
    role: "button",
    tabindex: -1,
    "data-id": node.id,
    "aria-label": described(node, lit),
    "aria-pressed": node.group ? null : String(chosen),
    transform: `translate(${x.toFixed(1)},${y.toFixed(1)})`,
  });
  const tall = Math.max(h, 17);
  g.append(svg("rect", { class: block ? "block hit" : "hit", x: 0, y: -tall / 2, width: w, height: tall, rx: 4 }));
  g.append(svg("g", { transform: "translate(11,0)" }, shape(kind, node.level === "kind" ? 6 : 5)));
  const text = svg("text", { x: 22, y: 0.5 }, name);
  const other = node.group ? "" : chineseName(node.id);
  if (other && name === nodeName(node)) {
    const left = room - ruler.measureText(name).width - 8;
    if (left > ruler.measureText(other).width) text.append(svg("tspan", { class: "soft", dx: 6 }, other));
  }
  g.append(text, svg("text", { class: "count", x: w - 5, y: 0.5, "text-anchor": "end" }, figure));
  g.append(svg("title", {}, node.group ? t("chart.click", { name: nodeName(node) }) : `${nodeName(node)} · ${t("unit.rounds", { n: node.rounds })}`));
  return g;
}

/** What stands where nothing can be drawn. */
const empty = (host) => host.replaceChildren(el("p", { class: "note" }, t("chart.empty")));

/** Replace a host's picture; focus stays on the node it was on. */
function draw(host, { width, height, label, pic, heads, links, lit, nodes }) {
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
  const entry = focused ?? (state.selected === null ? null : String(state.selected));
  const stop = nodes.find((n) => n.dataset.id === entry) ?? nodes[0];
  if (stop) stop.tabIndex = 0;
  if (focused && stop) stop.focus({ preventScroll: true });
  host.next = (id, key) => neighbour(pic, id, key);
}

const headings = (pic, places) =>
  pic.levels.map((level, i) => {
    const named = pic.columns[i].filter((n) => n.group || !unnamed(n.id));
    const shown = named.filter((n) => !n.group).length;
    const all = named.reduce((n, node) => n + (node.group ? node.group.members.length : 1), 0);
    const text = shown < all ? t("chart.shown", { shown, all }) : number(all);
    return svg("text", { class: "head", x: places[i].x + 4, y: 13 }, t(`level.${level}`), svg("tspan", { class: "soft", dx: 6 }, text));
  });

/** What a link says when it is pointed at. */
const linkTitle = (link, held) => {
  const money = held.money ? `, ${t("panel.cheques", { sum: compact(held.money, DATA.currency) })}` : "";
  return svg("title", {}, t("chart.link", { from: nodeName(link.from), to: nodeName(link.to), rounds: t("unit.rounds", { n: held.rounds }) }) + money);
};

/** Clicks and keys of a picture's nodes: a group opens, another is chosen; `host.next` walks. */
function listen(host) {
  const nodeOf = (target) => target.closest?.("[data-id]");
  const act = (element) => {
    const { id } = element.dataset;
    if (id.startsWith("+")) openGroup(id);
    else choose(+id);
  };
  host.addEventListener("click", (e) => {
    const element = nodeOf(e.target);
    if (element) act(element);
    else if (host.next && state.selected !== null) choose(null);
  });
  host.addEventListener("keydown", (e) => {
    const element = nodeOf(e.target);
    if (!element) return;
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      act(element);
    } else if (e.key.startsWith("Arrow")) {
      e.preventDefault();
      const next = host.next?.(element.dataset.id, e.key) ?? null;
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
    const next = e.key === "0" ? 1 : zoom * zoomStep(e.key);
    if (!next) return;
    zoom = Math.max(0.4, Math.min(4, next));
    redraw();
  });
}

/** The node that an arrow key leads to: the next in the column, or the strongest link across. */
function neighbour({ columns, links }, id, key) {
  const column = columns.find((c) => c.some((n) => String(n.id) === id));
  const row = column?.findIndex((n) => String(n.id) === id);
  if (key === "ArrowUp" || key === "ArrowDown") return column?.[row + (key === "ArrowDown" ? 1 : -1)]?.id ?? null;
  const [here, there] = key === "ArrowRight" ? ["from", "to"] : ["to", "from"];
  let best = null;
  for (const link of links.values()) if (String(link[here].id) === id && (!best || link.rounds > best.rounds)) best = link;
  return best ? best[there].id : null;
}

/**
 * Arrow keys over the marks of a chart: `rows` are lists of elements that can be focused, in the
 * order in which they are met; columns from the bottom up where `upright`. One of them is a stop of
 * the Tab key.
 */
function walk(rows, upright = false) {
  const all = rows.flat();
  for (const element of all) element.setAttribute("tabindex", -1);
  if (all[0]) all[0].setAttribute("tabindex", 0);
  const go = (e) => {
    const at = rows.findIndex((row) => row.includes(e.currentTarget));
    const row = rows[at];
    const i = row.indexOf(e.currentTarget);
    const across = (other) => other?.[Math.min(i, other.length - 1)];
    const along = [() => row[i - 1], () => row[i + 1], () => across(rows[at - 1]), () => across(rows[at + 1])];
    const keys = upright ? ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"] : ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
    const steps = Object.fromEntries(keys.map((key, k) => [key, along[k]]));
    pressByKey(e);
    if (!Object.hasOwn(steps, e.key)) return;
    e.preventDefault();
    const next = steps[e.key]();
    if (!next) return;
    e.currentTarget.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  };
  for (const element of all) element.addEventListener("keydown", go);
}
