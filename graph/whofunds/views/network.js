/* The page of a query's result: its nodes as a network, a path's chains as steps, its rows as a table. */

const DATA = embedded("data");
/** Columns as Python packed them, as objects. */
const unpack = (packed) => {
  const held = Object.keys(packed.columns).map((name) => [name, column(packed, name)]);
  return Array.from({ length: packed.n }, (_, i) => Object.fromEntries(held.map(([name, values]) => [name, values[i]])));
};
const NODES = unpack(embedded("entities"));
const EDGES = unpack(embedded("links"));
const { chains: CHAINS, reports: REPORTS, tabs: TABS } = DATA;
const AROUND = 30; // neighbours that come in at once
const FEW = 14; // that many links have their type written on them
const flow = (type) => Object.keys(LOOKS).indexOf(type) + 1 || 99;
const types = [...new Set(NODES.map((n) => n.type))].sort((a, b) => flow(a) - flow(b));
const narrow = matchMedia("(max-width: 700px)");
const NEAR = NODES.map(() => []); // the links of each node
for (const e of EDGES) {
  NEAR[e.from].push(e);
  if (e.to !== e.from) NEAR[e.to].push(e);
}
const BY_NAME = new Map(NODES.map((n) => [`${n.type}/${n.key}`, n.id]));
const nameOf = (id) => `${NODES[id].type}/${NODES[id].key}`;
const typeWord = (type) => (Object.hasOwn(DATA.texts.en, "type." + type) ? t("type." + type) : type || t("type.Node"));
const tieWord = (type) => (Object.hasOwn(DATA.texts.en, "edge." + type) ? t("edge." + type) : type.toLowerCase().replaceAll("_", " "));

const initial = () => ({ tab: narrow.matches && TABS[0] === "network" ? "table" : TABS[0], selected: null, tie: null, chain: null, without: new Set(), moves: [] });
let state = initial();
let drawing = null;

for (const n of NODES) n.first = n.x !== null;

/** Give a node its box in the page's language; its left edge, where Python put it, stays. */
function dress(id) {
  const n = NODES[id];
  const open = n.status && n.status !== "closed" ? ` · ${word("status-of", n.status)}` : "";
  const { short, wide } = boxed(n.label + open);
  if (n.x !== null) n.x += (wide - (n.wide ?? 0)) / 2;
  Object.assign(n, { short, wide });
}

/* What is shown: what the page begins with, and what was brought in or put away since. */

let shown = new Set();
const around = (id) => [...new Set(NEAR[id].map((e) => (e.from === id ? e.to : e.from)))].filter((n) => n !== id);
const unshown = (id) => around(id).filter((n) => !shown.has(n));
const hidden = (id) => unshown(id).sort((a, b) => NEAR[b].length - NEAR[a].length || (NODES[a].label < NODES[b].label ? -1 : 1));
/** Neighbours that would stand alone without a node. */
const hanging = (id) => around(id).filter((n) => shown.has(n) && n !== state.selected && around(n).every((m) => m === id || !shown.has(m)));

function bring(id, beside_) {
  dress(id);
  if (NODES[id].x === null) {
    const tie = NEAR[id].find((e) => (e.from === id ? e.to : e.from) === beside_);
    const box = beside_ === undefined ? { x: 0, y: 0, wide: 0 } : NODES[beside_];
    const ahead = tie ? (tie.from === beside_) !== tie.back : true;
    Object.assign(NODES[id], beside(box, [...shown].map((n) => NODES[n]), NODES[id].wide, ahead));
  }
  shown.add(id);
}

const MOVES = {
  "+": (id) => hidden(id).slice(0, AROUND).forEach((n) => bring(n, id)),
  "-": (id) => hanging(id).forEach((n) => shown.delete(n)),
  "!": (id) => bring(id, around(id).find((n) => shown.has(n))),
};

function replay() {
  shown = new Set(NODES.filter((n) => n.first).map((n) => n.id));
  shown.forEach(dress);
  for (const [sign, id] of state.moves) MOVES[sign](id);
}

function move(sign, id) {
  state.moves.push([sign, id]);
  MOVES[sign](id);
  refresh();
}

/* The network. */

const visible = () => [...shown].filter((id) => !state.without.has(NODES[id].type));

function lit() {
  if (state.tie !== null) return new Set([EDGES[state.tie].from, EDGES[state.tie].to]);
  if (state.chain !== null) return new Set(CHAINS[state.chain].nodes);
  return state.selected === null ? null : new Set([state.selected, ...around(state.selected)]);
}

function drawNetwork() {
  const ids = new Set(visible());
  const on = lit();
  const items = [...ids].map((id) => {
    const { x, y, short, wide, type } = NODES[id];
    return { id, x, y, short, wide, shape: look(type)[0], tint: "k-" + look(type)[1], lit: id === state.selected ? "on" : on && !on.has(id) ? "off" : "", rest: unshown(id).length };
  });
  const links = EDGES.filter((e) => ids.has(e.from) && ids.has(e.to));
  const onTie = (e) => (state.tie !== null ? e.id === state.tie : state.chain !== null ? CHAINS[state.chain].links.includes(e.id) : e.from === state.selected || e.to === state.selected);
  const near = links.filter(onTie).length;
  const ties = links.map((e) => {
    const it = on && onTie(e);
    return { id: e.id, from: e.from, to: e.to, lit: on ? (it ? "on" : "off") : "", label: links.length <= FEW || (it && near <= FEW) ? (openStatus(e) ? word("status-of", openStatus(e)) : tieWord(e.type)) : "", soft: openStatus(e) !== "" };
  });
  const fresh = !drawing;
  drawing ??= netCanvas(byId("canvas"), {
    choose: (id) => choose(id),
    tie: (id) => chooseTie(id),
    open: turn,
    moved: (id, at) => Object.assign(NODES[id], at),
  });
  const before = drawing.size;
  drawing.draw(items, ties);
  if (fresh || before !== drawing.size) drawing.fit();
  drawing.size = items.length;
  byId("copy").replaceChildren(drawing.chart()); // what the exports take
}

/** Bring a node's neighbours in, or put them away where there are none to bring. */
const turn = (id) => move(unshown(id).length ? "+" : "-", id);

function drawStatus() {
  const parts = [t("network.showing", { shown: visible().length, nodes: ["unit.nodes", { n: NODES.length }], relationships: ["unit.relationships", { n: EDGES.length }] })];
  if (state.selected !== null) parts.push(`${typeWord(NODES[state.selected].type)}: ${NODES[state.selected].label}`);
  byId("status").textContent = parts.join(" · ");
}

function drawLegend() {
  const toggle = (type) => {
    if (!state.without.delete(type)) state.without.add(type);
    refresh();
    byId("legend").querySelector(`[data-kind="${CSS.escape(type)}"]`)?.focus();
  };
  byId("legend").hidden = state.tab !== "network";
  byId("legend").replaceChildren(
    ...types.map((type) => el("button", { "data-kind": type, "aria-pressed": String(!state.without.has(type)), on: { click: () => toggle(type) } }, coloredIcon(type), typeWord(type), el("b", {}, number(NODES.filter((n) => n.type === type).length)))),
  );
}

/* One state, kept in the address. */

function address() {
  const words = new URLSearchParams();
  if (state.tab !== initial().tab) words.set("tab", state.tab);
  if (state.selected !== null) words.set("at", nameOf(state.selected));
  if (state.tie !== null) words.set("tie", state.tie);
  if (state.chain !== null) words.set("chain", state.chain + 1);
  for (const type of state.without) words.append("without", type);
  for (const [sign, id] of state.moves) words.append("move", sign + nameOf(id));
  if (language() !== DATA.language) words.set("lang", language());
  return String(words);
}

function readAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const at = (name) => BY_NAME.get(name) ?? null;
  const within = (text, all) => (text !== null && all[+text] ? +text : null);
  state = initial();
  if (TABS.includes(words.get("tab"))) state.tab = words.get("tab");
  state.selected = words.has("at") ? at(words.get("at")) : null;
  state.tie = within(words.get("tie"), EDGES);
  state.chain = words.has("chain") ? within(words.get("chain") - 1, CHAINS) : null;
  state.without = new Set(words.getAll("without").filter((type) => types.includes(type)));
  state.moves = words.getAll("move").map((m) => [m[0], at(m.slice(1))]).filter(([sign, id]) => Object.hasOwn(MOVES, sign) && id !== null);
  return words.get("lang") ?? DATA.language;
}

function keepAddress() {
  const now = address();
  // "#report-3" is a place on the page, not a state.
  if (now === location.hash.slice(1) || (!now && !location.hash.includes("="))) return;
  writeAddress(now);
}

function refresh(step = true) {
  if (state.tab === "network") drawNetwork();
  if (state.tab === "steps") drawSteps(byId("steps"));
  drawLegend();
  drawPanel();
  drawStatus();
  if (step) keepAddress();
  drawShare();
}

function choose(id, go = false) {
  state.selected = id;
  state.tie = state.chain = null;
  if (id !== null && !shown.has(id)) {
    state.moves.push(["!", id]);
    MOVES["!"](id);
  }
  if (id !== null) state.without.delete(NODES[id].type);
  refresh();
  if (id !== null && go && state.tab === "network") drawing.reveal(id);
  if (id !== null && narrow.matches) byId("details").scrollIntoView();
}

function chooseTie(id) {
  state.tie = id;
  state.selected = state.chain = null;
  refresh();
  if (narrow.matches) byId("details").scrollIntoView();
}

function keys(e) {
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape" && (state.selected !== null || state.tie !== null || state.chain !== null)) choose(null);
  if (!drawing || state.tab !== "network") return;
  const step = zoomStep(e.key);
  if (step) drawing.zoom(step);
  if (e.key === "0") drawing.fit();
  if (document.activeElement !== byId("canvas")) return;
  if (e.key === "Enter" && state.selected !== null) byId("details").focus();
  if (e.key.startsWith("Arrow")) {
    e.preventDefault();
    const next = drawing.nearest(state.selected, e.key);
    if (next !== null) choose(next, true);
  }
}

/** What the page says by itself, in the reader's language. */
function say(code) {
  setLanguage(code);
  shown.forEach(dress);
  document.title = titleText();
  byId("language").value = language();
}

function showTab() {
  byId("main").classList.remove("wide");
  showTabs(TABS, state.tab);
  for (const id of ["save-svg", "save-png"]) byId(id).disabled = state.tab === "table";
}

/** Show the state that the address stands for. */
function goTo() {
  const code = readAddress();
  replay();
  if (code !== language()) say(code);
  showTab();
  refresh(false);
}

/** The rows as a file: all columns, all rows. */
const saveTable = () => download(`${DATA.name}.csv`, "text/csv;charset=utf-8", csv([DATA.columns, ...DATA.rows]));

function sortTable() {
  const table = byId("table").querySelector("table");
  const collator = new Intl.Collator("en", { numeric: true });
  [...(table.tHead.rows[0]?.cells ?? [])].forEach((head, i) => {
    const sort = () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => (up ? 1 : -1) * collator.compare(a.cells[i].textContent, b.cells[i].textContent));
      table.tBodies[0].append(...rows);
    };
    head.replaceChildren(el("button", { on: { click: sort } }, head.textContent));
  });
}

/** A link to a report in the table opens the list of reports, which is folded. */
const openSources = () => /^#report-\d+$/.test(location.hash) && byId("sources") && (byId("sources").open = true);

function start() {
  const box = searchBox(
    () => NODES.map((n) => ({ names: [n.label, n.key, ...n.names], weight: NEAR[n.id].length, kind: null, note: () => typeWord(n.type), value: n.id })),
    (id) => {
      choose(id, true);
      if (state.tab === "network") byId("canvas").focus({ preventScroll: true });
    },
  );
  document.addEventListener("keydown", keys);
  byId("save-csv").addEventListener("click", saveTable);
  byId("save-svg").addEventListener("click", saveSvg);
  byId("save-png").addEventListener("click", savePng);
  byId("language").addEventListener("change", (e) => {
    say(e.target.value);
    refresh();
  });
  byId("reset").addEventListener("click", () => {
    box.clear();
    chainsShown = CHAINS_STEP;
    state = { ...initial(), tab: state.tab };
    replay();
    refresh();
    drawing?.fit();
  });
  listenCopies();
  sortTable();
  tabs(TABS, (tab) => {
    state.tab = tab;
    showTab();
    refresh();
  });
  addEventListener("popstate", () => (openSources() || goTo()));
  document.documentElement.dataset.ready = "";
  say(DATA.language);
  goTo();
  openSources();
  themeButton(refresh);
  let width = byId("main").clientWidth;
  new ResizeObserver(() => {
    if (byId("main").clientWidth === width) return;
    width = byId("main").clientWidth;
    refresh();
  }).observe(byId("main"));
}

start();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
