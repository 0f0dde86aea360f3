/* A network on vis-network's canvas: boxes with names at given places; nothing moves by itself. */

const SIZE = 11;
const LETTERS = 13.5;
const WIDEST_BOX = 214;
/* For each label of the graph: the shape it has in the legend, and its colour. */
const LOOKS = {
  CapitalSource: ["asset-manager", "vc"],
  Investor: ["internet-giant", "internet-giant"],
  FundingRound: ["city-fund", "unknown"],
  Startup: ["state-fund", "state-fund"],
  City: ["pe", "asset-manager"],
  Report: ["university", "university"],
};
const look = (type) => (Object.hasOwn(LOOKS, type) ? LOOKS[type] : ["pe", "pe"]);
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

/** How wide a shape's line is: an angel's cross is only lines, and open shapes are seen by theirs. */
const shapeLine = (name) => (name === "angel" ? SIZE * 0.54 : OPEN_SHAPES.has(name) ? 2 : 1);

/** A name as its box shows it, and how wide that is; names differ at their ends, so the middle goes. */
function boxed(name) {
  const room = WIDEST_BOX - 32;
  let short = fit(name, room, LETTERS);
  for (let n = name.length >> 1; short !== name && n > 1; n--) {
    short = `${name.slice(0, n).trimEnd()}…${name.slice(-n).trimStart()}`;
    if (ruler.measureText(short).width <= room) break;
  }
  return { short, wide: 32 + ruler.measureText(short).width };
}

/**
 * A drawing in `host`. It shows items {id, x, y, short, wide, shape, tint, lit, rest} (x the middle
 * of the box; `lit` is "on", "off" or ""; `rest` neighbours aren't shown) and ties {id, from, to,
 * label, lit, soft}. `events` has choose(id or null), open(id), tie(id) and moved(id, {x, y}).
 */
function netCanvas(host, events) {
  let items = new Map();
  let ties = [];
  let paint = {};
  const sets = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
  const view = new vis.Network(host, sets, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: false, zoomView: false, selectConnectedEdges: false, multiselect: false },
    edges: { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 } },
  });
  host.querySelector("canvas").removeAttribute("tabindex");
  // A plain wheel scrolls the page; with Ctrl it zooms, as it does everywhere.
  const wheel = (e) => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    zoomBy(e.deltaY < 0 ? 1.1 : 1 / 1.1);
  };
  host.addEventListener("wheel", wheel, { passive: false });
  view.on("click", ({ nodes: [id], edges, pointer }) => {
    if (id === undefined && edges.length) return events.tie(edges[0]);
    if (id === undefined) return events.choose(null);
    const { x, wide, rest } = items.get(id);
    return rest && pointer.canvas.x > x + wide / 2 ? events.open(id) : events.choose(id);
  });
  view.on("doubleClick", ({ nodes: [id] }) => id !== undefined && events.open(id));
  view.on("dragEnd", ({ nodes: [id] }) => id !== undefined && moved(id, view.getPosition(id)));

  function moved(id, { x, y }) {
    const node = items.get(id);
    Object.assign(node, { x: x - restWide(node) / 2, y });
    events.moved(id, { x: node.x, y });
  }


  const zoomBy = (step) => view.moveTo({ scale: view.getScale() * step, animation: false });

  /** A box with the node's shape and name; vis-network's own names stand below, one on another. */
  function renderer(id) {
    return ({ ctx, x, y }) => {
      const node = items.get(id);
      return {
        drawNode() {
          const more = restWords(node);
          ctx.save();
          ctx.translate(x - (node.wide + restWide(node)) / 2, y);
          ctx.globalAlpha = 1;
          ctx.fillStyle = node.lit === "on" ? paint.mark : paint.ground;
          ctx.beginPath();
          ctx.roundRect(0, -SIZE, node.wide + restWide(node), 2 * SIZE, 5);
          ctx.fill();
          ctx.globalAlpha = node.lit === "off" ? 0.35 : 1;
          ctx.lineWidth = node.lit === "on" ? 2.5 : 1;
          ctx.strokeStyle = node.lit === "on" ? paint.accent : paint.line;
          ctx.stroke();
          ctx.font = `${LETTERS}px ${FONT}`;
          ctx.textBaseline = "middle";
          ctx.textAlign = "left";
          ctx.fillStyle = paint.text;
          ctx.fillText(node.short, 24, 0.5);
          ctx.fillStyle = paint.accent;
          if (more) ctx.fillText(more, node.wide + 2, 0.5);
          ctx.translate(13, 0);
          const outline = new Path2D(SHAPES[node.shape](SIZE * 0.72));
          ctx.strokeStyle = color(node.tint);
          ctx.lineWidth = shapeLine(node.shape);
          ctx.fillStyle = OPEN_SHAPES.has(node.shape) ? paint.ground : color(node.tint);
          ctx.fill(outline);
          ctx.stroke(outline);
          ctx.restore();
        },
        nodeDimensions: { width: node.wide + restWide(node), height: 2 * SIZE },
      };
    };
  }

  function draw(nodes, edges) {
    paint = Object.fromEntries(["text", "ground", "mark", "line", "accent", "edge", "soft"].map((name) => [name, color(name)]));
    const before = items;
    const [keptNodes, keptEdges] = [nodes, edges].map((list) => new Set(list.map((one) => one.id)));
    // What goes is drawn once more while it goes.
    sets.edges.remove(sets.edges.getIds().filter((id) => !keptEdges.has(id)));
    sets.nodes.remove([...before.keys()].filter((id) => !keptNodes.has(id)));
    items = new Map(nodes.map((n) => [n.id, n]));
    ties = edges;
    sets.nodes.update(nodes.map((n) => ({ id: n.id, x: n.x + restWide(n) / 2, y: n.y, shape: "custom", size: SIZE, ...(before.has(n.id) ? {} : { ctxRenderer: renderer(n.id) }) })));
    sets.edges.update(
      edges.map((e) => ({
        id: e.id, from: e.from, to: e.to,
        arrows: { to: { enabled: true, scaleFactor: 0.5 } },
        width: (e.lit === "on" ? 2.5 : 1.2) * (e.soft ? 0.6 : 1),
        dashes: e.soft ? [4, 4] : false,
        label: e.label || " ",
        color: { color: paint.edge, highlight: paint.accent, hover: paint.accent, opacity: e.lit === "off" ? 0.15 : 0.8 },
        font: { color: paint.soft, size: 11, face: FONT, strokeWidth: 3, strokeColor: paint.ground, align: "middle" },
      })),
    );
  }

  const bounds = () => {
    const all = [...items.values()];
    const [xs, ys] = [all.flatMap((n) => [n.x - n.wide / 2, n.x + n.wide / 2 + restWide(n)]), all.map((n) => n.y)];
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys) - SIZE, bottom: Math.max(...ys) + SIZE };
  };

  /** All in view, in a host that is tall enough for every name to be read. */
  function fitAll() {
    if (!items.size || !host.clientWidth) return;
    const { left, right, top, bottom } = bounds();
    // On a phone names stay readable, and the rest is beyond the edge.
    const across = Math.max(host.clientWidth < 500 ? 0.6 : 0, Math.min(1.2, host.clientWidth / (right - left + 30)));
    host.style.height = `max(${Math.min(2400, Math.round((bottom - top + 40) * across))}px, min(60vh, 420px))`;
    view.setSize("100%", "100%");
    view.redraw();
    const scale = Math.min(across, host.clientHeight / (bottom - top + 40));
    const over = Math.max(0, right - left + 30 - host.clientWidth / scale) / 2;
    view.moveTo({ position: { x: (left + right) / 2 - over, y: (top + bottom) / 2 }, scale, animation: false });
  }

  /** Bring a node into view where it isn't: within the canvas, and the canvas within the page. */
  function reveal(id) {
    const at = () => view.canvasToDOM(items.get(id));
    const { clientWidth, clientHeight } = host;
    const { x, y } = at();
    if (x < 40 || y < 20 || x > clientWidth - 40 || y > clientHeight - 20 || view.getScale() < 0.6)
      view.focus(id, { scale: Math.max(0.8, view.getScale()), animation: false });
    const top = host.getBoundingClientRect().top + at().y;
    if (top < 60 || top > innerHeight - 60) scrollBy({ top: top - innerHeight / 2 });
  }

  /** The item that an arrow key leads to; boxes of one layer start in line, whatever their widths. */
  function nearest(id, key) {
    const at = ({ id: name, x, y, wide }) => ({ id: name, x: x - wide / 2, y });
    const from = items.get(id);
    if (!from) return items.size ? [...items.keys()][0] : null;
    return towards(at(from), [...items.values()].map(at), key)?.id ?? null;
  }

  /** What is drawn, as an SVG chart for the exports. */
  function chart() {
    const { left, right, top, bottom } = items.size ? bounds() : { left: 0, right: 1, top: 0, bottom: 1 };
    const tip = svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { d: "M0,0L8,4L0,8Z", fill: paint.edge, stroke: "none" }));
    const text = (attributes, value) => svg("text", { "font-size": LETTERS, fill: paint.text, "font-family": FONT, "dominant-baseline": "central", ...attributes }, value);
    const line = (e) => {
      const [a, b] = [items.get(e.from), items.get(e.to)];
      const ahead = a.x <= b.x ? 1 : -1;
      const [x0, x1] = [a.x + (ahead * a.wide) / 2 + (ahead > 0 ? restWide(a) : 0), b.x - (ahead * b.wide) / 2 + (ahead < 0 ? restWide(b) : 0)];
      const label = e.label && text({ x: (x0 + x1) / 2, y: (a.y + b.y) / 2 - 7, "text-anchor": "middle", fill: paint.soft, "font-size": 11 }, e.label);
      return [svg("path", { d: curve(x0, a.y, x1, b.y), fill: "none", stroke: paint.edge, "stroke-width": e.lit === "on" ? 2.5 : 1.2, "stroke-dasharray": e.soft ? "4 4" : null, opacity: e.lit === "off" ? 0.15 : 0.8, "marker-end": "url(#tip)" }), label];
    };
    const box = (n) =>
      svg(
        "g",
        { transform: `translate(${(n.x - n.wide / 2).toFixed(1)},${n.y.toFixed(1)})`, opacity: n.lit === "off" ? 0.45 : 1 },
        svg("rect", { y: -SIZE, width: (n.wide + restWide(n)).toFixed(1), height: 2 * SIZE, rx: 5, fill: n.lit === "on" ? paint.mark : paint.ground, stroke: paint.line }),
        svg("path", { d: SHAPES[n.shape](SIZE * 0.72), transform: "translate(13,0)", fill: OPEN_SHAPES.has(n.shape) ? paint.ground : color(n.tint), stroke: color(n.tint), "stroke-width": shapeLine(n.shape) }),
        text({ x: 24, y: 0.5 }, n.short),
        n.rest ? text({ x: n.wide + 2, y: 0.5, fill: paint.accent }, restWords(n)) : "",
      );
    const [width, height] = [right - left + 20, bottom - top + 20];
    return svg("svg", { class: "chart", viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height) }, svg("defs", {}, tip), svg("g", { transform: `translate(${(10 - left).toFixed(1)},${(10 - top).toFixed(1)})` }, ties.flatMap(line), [...items.values()].map(box)));
  }

  return { draw, fit: fitAll, reveal, zoom: zoomBy, nearest, chart, has: (id) => items.has(id), get: (id) => items.get(id) };
}

/** Of places {x, y}, the nearest in an arrow key's direction; distance off the axis counts double. */
function towards(from, all, key) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null;
  for (const one of all) {
    const [x, y] = [one.x - from.x, one.y - from.y];
    const along = x * dx + y * dy;
    const off = Math.abs(x * dy) + Math.abs(y * dx);
    if (along > 1 && off < 4 * along && (best === null || along + 2 * off < best.cost)) best = { one, cost: along + 2 * off };
  }
  return best?.one ?? null;
}

/** Bounds of a share in percent, in words; null is an open or unknown bound. */
function shareText(share) {
  const [low, high] = share ?? [null, null];
  if (low === null && high === null) return t("path.share.unknown");
  const text = low === high ? number(low) : low === null ? "≤ " + number(high) : high === null ? "≥ " + number(low) : `${number(low)}–${number(high)}`;
  return t("path.share", { share: text });
}

const restWords = ({ rest }) => (rest ? "+" + number(rest) : "");
/** What "+12" takes at the end of a box. */
function restWide(node) {
  if (!node.rest) return 0;
  ruler.font = `${LETTERS}px ${FONT}`;
  return ruler.measureText(restWords(node)).width + 8;
}

/** A free place beside a shown box, on the side to which money flows (or from which it comes), or
 * where `left` is the box's left edge. */
function beside(box, shown, wide, ahead, left = null) {
  const x = left !== null ? left + wide / 2 : box.x + (ahead ? 1 : -1) * (box.wide / 2 + 90 + wide / 2);
  for (let i = 0; i < 4000; i++) {
    const y = box.y + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * 28;
    if (!shown.some((n) => Math.abs(n.y - y) < 25 && Math.abs(n.x - x) < (n.wide + wide) / 2 + 40)) return { x, y };
  }
  return { x, y: box.y };
}
