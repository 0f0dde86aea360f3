/* A query's result on vis-network's canvas: positions come with the page, nothing moves by itself. */

const NODES = unpack(embedded("entities"));
const EDGES = unpack(embedded("links"));
const { words: TYPE_WORDS, title: TITLE } = embedded("data");
const typeWord = (type) => (Object.hasOwn(TYPE_WORDS, type) ? TYPE_WORDS[type] : type || "Node");
/* For each label of the graph: the shape it has in the capital map's legend, and a colour. */
const LOOKS = {
  CapitalSource: ["asset-manager", "vc"],
  Investor: ["internet-giant", "internet-giant"],
  FundingRound: ["city-fund", "unknown"],
  Startup: ["state-fund", "state-fund"],
  City: ["pe", "asset-manager"],
  Report: ["university", "university"],
};
const look = (type) => (Object.hasOwn(LOOKS, type) ? LOOKS[type] : ["pe", "pe"]);
const SIZE = 11;
const LABEL = 13.5;
const FEW = 14; // that many links have their type written on them
const flow = (type) => Object.keys(LOOKS).indexOf(type) + 1 || 99;
const types = [...new Set(NODES.map((n) => n.type))].sort((a, b) => flow(a) - flow(b));
const shownTypes = new Set(types);
const narrow = matchMedia("(max-width: 700px)");
let selected = null;
let graph = null;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const around = (id) => EDGES.filter((e) => e.from === id || e.to === id);

function litNodes() {
  if (selected === null) return null;
  return new Set([selected, ...around(selected).flatMap((e) => [e.from, e.to])]);
}

/** A box with the node's shape and name; vis-network's own names stand below, one on another. */
function renderer(node) {
  const outline = new Path2D(SHAPES[look(node.type)[0]](SIZE * 0.72));
  return ({ ctx, x, y }) => ({
    drawNode() {
      const lit = litNodes();
      const chosen = node.id === selected;
      ctx.save();
      ctx.translate(x - node.wide / 2, y);
      ctx.fillStyle = chosen ? paint.mark : paint.ground;
      ctx.globalAlpha = 1;
      ctx.beginPath();
      ctx.roundRect(0, -SIZE, node.wide, 2 * SIZE, 5);
      ctx.fill();
      ctx.globalAlpha = lit && !lit.has(node.id) ? 0.35 : 1;
      ctx.lineWidth = chosen ? 2.5 : 1;
      ctx.strokeStyle = chosen ? paint.accent : paint.line;
      ctx.stroke();
      ctx.font = `${LABEL}px ${FONT}`;
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      ctx.fillStyle = paint.text;
      ctx.fillText(node.short, 24, 0.5);
      ctx.translate(13, 0);
      ctx.fillStyle = tints.get(node.type);
      ctx.fill(outline);
      ctx.restore();
    },
    nodeDimensions: { width: node.wide, height: 2 * SIZE },
  });
}

let paint = {};
let tints = new Map();

function mixPaint() {
  paint = Object.fromEntries(["text", "ground", "mark", "line", "accent"].map((name) => [name, color(name)]));
  tints = new Map(types.map((type) => [type, color("k-" + look(type)[1])]));
}

for (const n of NODES) {
  n.short = fit(n.label, 255, LABEL);
  n.wide = 32 + ruler.measureText(n.short).width;
  n.x += n.wide / 2; // Python gives the left edge, so that a layer's boxes start in line
}

const visNodes = () => NODES.map((n) => ({ id: n.id, x: n.x, y: n.y, shape: "custom", size: SIZE, hidden: !shownTypes.has(n.type), ctxRenderer: n.renderer }));

function visEdges() {
  const near = selected === null ? 0 : around(selected).length;
  return EDGES.map((e) => {
    const on = selected === null || e.from === selected || e.to === selected;
    return {
      id: e.id, from: e.from, to: e.to, arrows: { to: { enabled: true, scaleFactor: 0.5 } }, width: on && selected !== null ? 2.5 : 1.2,
      label: EDGES.length <= FEW || (selected !== null && on && near <= FEW) ? e.type.toLowerCase().replaceAll("_", " ") : " ",
      color: { color: color("edge"), highlight: color("accent"), hover: color("accent"), opacity: on ? 0.8 : 0.15 },
      font: { color: color("soft"), size: 11, face: FONT, strokeWidth: 3, strokeColor: color("ground"), align: "middle" },
    };
  });
}

function drawNetwork() {
  mixPaint();
  const data = { nodes: visNodes(), edges: visEdges() };
  if (graph) {
    graph.data.nodes.update(data.nodes);
    graph.data.edges.update(data.edges);
    return;
  }
  for (const n of NODES) n.renderer = renderer(n);
  // Tall enough for every name of the fullest layer to be read.
  const lowest = NODES.reduce((y, n) => Math.max(y, n.y), 0);
  byId("canvas").style.height = `max(${Math.min(2400, Math.round(lowest * 0.8 + 80))}px, 60vh)`;
  data.nodes = visNodes();
  const sets = { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) };
  const view = new vis.Network(byId("canvas"), sets, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: false, zoomView: false, selectConnectedEdges: false, multiselect: false },
    edges: { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 } },
  });
  graph = { view, data: sets };
  byId("canvas").querySelector("canvas").removeAttribute("tabindex");
  // A plain wheel scrolls the page; with Ctrl it zooms, as it does everywhere.
  const wheel = (e) => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    view.moveTo({ scale: view.getScale() * (e.deltaY < 0 ? 1.1 : 1 / 1.1), animation: false });
  };
  byId("canvas").addEventListener("wheel", wheel, { passive: false });
  view.on("click", ({ nodes, edges }) => {
    if (!nodes.length && edges.length) return drawPanel(EDGES[edges[0]]);
    return choose(nodes.length ? nodes[0] : null);
  });
  fitAll();
}

/** All nodes in view, with room for the names at the edges. */
function fitAll() {
  const { clientWidth, clientHeight } = byId("canvas");
  const ys = NODES.map((n) => n.y);
  const [left, right] = [Math.min(...NODES.map((n) => n.x - n.wide / 2)), Math.max(...NODES.map((n) => n.x + n.wide / 2))];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(1.2, clientWidth / (right - left + 30), clientHeight / (bottom - top + 60));
  graph.view.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
}

const nodeButton = (id) => {
  const n = NODES[id];
  return el("button", { on: { click: () => choose(id, true) } }, coloredIcon(n.type), isolated(n.label), el("span", { class: "n" }, typeWord(n.type)));
};

function coloredIcon(type) {
  const [kind, tint] = look(type);
  const drawn = icon(kind);
  drawn.setAttribute("class", "icon " + kindClass(tint));
  return drawn;
}

function drawPanel(edge = null) {
  const panel = byId("details");
  const node = selected === null ? null : NODES[selected];
  byId("main").classList.toggle("chosen", Boolean(edge || node));
  const facts = (item) => el("dl", { class: "facts-list" }, item.facts.flatMap(([name, text, url]) => [el("dt", {}, name), el("dd", {}, url ? link(url, text) : isolated(text))]));
  if (edge) {
    panel.replaceChildren(
      el("button", { class: "close", on: { click: () => choose(null) } }, "Clear"),
      el("span", { class: "tag" }, "Relationship"),
      el("h2", {}, edge.type),
      el("ul", { class: "list" }, el("li", {}, nodeButton(edge.from)), el("li", {}, nodeButton(edge.to))),
      facts(edge),
    );
  } else if (node) {
    const near = around(node.id);
    panel.replaceChildren(
      el("button", { class: "close", on: { click: () => choose(null) } }, "Clear"),
      el("span", { class: "tag" }, typeWord(node.type)),
      el("h2", {}, isolated(node.label)),
      node.names.length ? el("p", { class: "also" }, "Also: ", node.names.slice(0, 12).flatMap((n, i) => [i ? ", " : "", isolated(n)])) : "",
      facts(node),
      el("h3", {}, `Relationships (${near.length})`),
      el("ul", { class: "list" }, near.map((e) => el("li", {}, el("span", { class: "soft" }, e.from === node.id ? `${e.type} →` : `← ${e.type}`), nodeButton(e.from === node.id ? e.to : e.from)))),
    );
  } else {
    panel.replaceChildren(
      el("h2", {}, "Details"),
      el("p", {}, "Click a node or an arrow, or press / and search."),
      ...types.map((t) => el("p", {}, coloredIcon(t), ` ${typeWord(t)}: ${NODES.filter((n) => n.type === t).length}`)),
    );
  }
  panel.scrollTop = 0;
}

/** Bring a node into view where it isn't. */
function reveal(id) {
  const { x, y } = graph.view.canvasToDOM(NODES[id]);
  const { clientWidth, clientHeight } = byId("canvas");
  if (x < 40 || y < 40 || x > clientWidth - 40 || y > clientHeight - 40 || graph.view.getScale() < 0.6)
    graph.view.focus(id, { scale: Math.max(0.8, graph.view.getScale()), animation: false });
}

function choose(id, move = false) {
  selected = id;
  if (graph) {
    drawNetwork();
    if (id !== null && move) reveal(id);
  }
  drawPanel();
  drawStatus();
}

function drawStatus() {
  const shown = NODES.filter((n) => shownTypes.has(n.type)).length;
  const at = selected === null ? "" : ` · ${typeWord(NODES[selected].type)}: ${NODES[selected].label}`;
  byId("status").textContent = `Showing ${shown} of ${count(NODES.length, "node")}, ${count(EDGES.length, "relationship")}${at}`;
}

function drawLegend() {
  byId("legend").replaceChildren(
    ...types.map((t) => {
      const toggle = () => {
        if (!shownTypes.delete(t)) shownTypes.add(t);
        drawLegend();
        drawStatus();
        if (graph) drawNetwork();
        byId("legend").querySelector(`[data-kind="${CSS.escape(t)}"]`)?.focus();
      };
      return el("button", { "data-kind": t, "aria-pressed": String(shownTypes.has(t)), on: { click: toggle } }, coloredIcon(t), typeWord(t), el("b", {}, String(NODES.filter((n) => n.type === t).length)));
    }),
  );
}

/** The shown node nearest in a direction; distance off the axis counts double. */
function nearest(from, key) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null;
  for (const n of NODES) {
    if (n === from || !shownTypes.has(n.type)) continue;
    const along = (n.x - from.x) * dx + (n.y - from.y) * dy;
    const off = Math.abs((n.x - from.x) * dy) + Math.abs((n.y - from.y) * dx);
    if (along > 1 && (best === null || along + 2 * off < best.cost)) best = { node: n, cost: along + 2 * off };
  }
  return best?.node ?? null;
}

function keys(e) {
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape") choose(null);
  if (!graph || byId("network").hidden) return;
  const step = { "+": 1.2, "=": 1.2, "-": 1 / 1.2, "−": 1 / 1.2 }[e.key];
  if (step) graph.view.moveTo({ scale: graph.view.getScale() * step, animation: false });
  if (e.key === "0") fitAll();
  if (document.activeElement !== byId("canvas")) return;
  if (e.key === "Enter") byId("details").focus();
  if (e.key.startsWith("Arrow")) {
    e.preventDefault();
    const next = selected === null ? NODES.find((n) => shownTypes.has(n.type)) : nearest(NODES[selected], e.key);
    if (next) choose(next.id, true);
  }
}

function sortTable() {
  const table = byId("table").querySelector("table");
  const collator = new Intl.Collator("en", { numeric: true });
  const value = (row, i) => row.cells[i]?.textContent ?? "";
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    const sort = () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const plain = (text) => (/^-?[\d,]+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text);
      const rows = [...table.tBodies[0].rows].sort((a, b) => (up ? 1 : -1) * collator.compare(plain(value(a, i)), plain(value(b, i))));
      table.tBodies[0].append(...rows);
    };
    head.replaceChildren(el("button", { on: { click: sort } }, head.textContent));
  });
}

function saveCsv() {
  const table = byId("table").querySelector("table");
  const text = (row) => [...row.cells].map((c) => (c.querySelector("a") ? c.querySelector("a").href : c.textContent.trim()));
  download("result.csv", "text/csv;charset=utf-8", csv([...table.tHead.rows, ...table.tBodies[0].rows].map(text)));
}

function savePng() {
  const source = byId("canvas").querySelector("canvas");
  const canvas = el("canvas", { width: source.width, height: source.height + 40 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = color("ground");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, 40);
  pen.fillStyle = color("text");
  pen.font = `600 18px ${FONT}`;
  pen.fillText(TITLE, 12, 26);
  canvas.toBlob((blob) => download("network.png", "image/png", blob));
}

searchBox(
  NODES.map((n) => ({ names: [n.label, n.key, ...n.names], weight: around(n.id).length, kind: null, note: typeWord(n.type), value: n.id })),
  (id) => {
    shownTypes.add(NODES[id].type);
    drawLegend();
    choose(id, true);
    byId("canvas").focus({ preventScroll: true });
  },
);
document.addEventListener("keydown", keys);
byId("save-csv").addEventListener("click", saveCsv);
byId("save-png").addEventListener("click", savePng);
sortTable();
drawLegend();
drawPanel();
drawStatus();
const choosePicture = tabs(["network", "table"], (name) => {
  byId("save-png").disabled = name !== "network";
  if (name === "network") drawNetwork();
});
document.documentElement.dataset.ready = "";
choosePicture(narrow.matches || !NODES.length ? "table" : "network");
themeButton(() => graph && drawNetwork());
document.documentElement.dataset.ready = String(Math.round(performance.now()));
