/* The facts as a network, where they are few: investor, round, company, city, at places from Python. */

const MOST_NODES = 300;
const FEW_TIES = 8; // that many have their words on them
const ACROSS = { investor: 0, round: 300, company: 480, city: 760 };
const LOOK = { round: ["city-fund", "k-unknown"], company: ["company", "neutral"], city: ["city", "neutral"] };
const placed = new Map(); // where each node stands, once it has been shown
let net = null;

const ties = lazy(() => (DATA.settings.ties ?? []).map((tie, i) => ({ ...tie, i, from: entityByKey().get(tie.from), to: entityByKey().get(tie.to) })));

const isOpen = (r) => R.status[r] !== "closed"; // talks and plans are not money
const roundName = (r) => [stageWord(R.stage[r]), when(R.first[r], R.last[r], R.precision[r]), isOpen(r) ? word("status-of", R.status[r]) : ""].filter(Boolean).join(" · ");

/** Nodes {id, level, name} and links of what is shown; with rounds between, unless those are too many. */
function netFacts() {
  const parts = shownParts();
  const build = (withRounds) => {
    const nodes = new Map();
    const links = new Map();
    const node = (id, level, name) => nodes.set(id, { id, level, name }).get(id).id;
    const join = (from, to, soft, label = "") => {
      const id = `${from}>${to}`;
      links.set(id, { id, from, to, label, soft: soft && (links.get(id)?.soft ?? true) });
    };
    for (const p of parts) {
      const r = P.round[p];
      const company = node(R.company[r], "company", labelOf(R.company[r]));
      const into = withRounds ? node("r" + r, "round", roundName(r)) : company;
      if (withRounds) join(into, company, isOpen(r));
      if (!unnamed(P.investor[p])) join(node(P.investor[p], "investor", labelOf(P.investor[p])), into, isOpen(r), withRounds && P.lead[p] && !isOpen(r) ? t("tag.lead") : "");
      if (!unnamed(R.city[r])) join(company, node(R.city[r], "city", labelOf(R.city[r])), false);
    }
    return { nodes, links };
  };
  const full = build(true);
  return full.nodes.size <= MOST_NODES ? full : build(false);
}

/** Entities that the page holds facts of with this one, and doesn't show. */
function netRest(nodes) {
  const rest = new Map();
  if (!centres()) return rest;
  for (let p = 0; p < P.n; p++) {
    if (isNear(p)) continue;
    const ends = [P.investor[p], R.company[P.round[p]]].filter((id) => !unnamed(id));
    for (const id of ends) if (nodes.has(id)) for (const other of ends) if (!nodes.has(other)) (rest.get(id) ?? rest.set(id, new Set()).get(id)).add(other);
  }
  return rest;
}

/** Give every node a place: Python's, the one it had, or a free one beside a neighbour. */
function placeAll(nodes, links) {
  const given = DATA.settings.places ?? {};
  for (const node of nodes.values()) {
    Object.assign(node, boxed(node.name));
    const key = node.level === "round" ? `round:${R.key[+node.id.slice(1)]}` : nameInAddress(node.id);
    if (!placed.has(node.id) && Object.hasOwn(given, key)) placed.set(node.id, { x: given[key][0] + node.wide / 2, y: given[key][1] });
  }
  const shown = [...nodes.values()].filter((n) => placed.has(n.id));
  for (const node of shown) Object.assign(node, placed.get(node.id));
  let waiting = [...nodes.values()].filter((n) => !placed.has(n.id));
  const near = new Map();
  for (const { from, to } of links.values()) for (const [a, b, ahead] of [[from, to, false], [to, from, true]]) (near.get(a) ?? near.set(a, []).get(a)).push([b, ahead]);
  while (waiting.length) {
    const next = waiting.find((n) => (near.get(n.id) ?? []).some(([id]) => placed.has(id))) ?? waiting[0];
    const [anchor, ahead] = (near.get(next.id) ?? []).find(([id]) => placed.has(id)) ?? [];
    const box = anchor === undefined ? { x: ACROSS[next.level] - 90, y: 0, wide: 0 } : nodes.get(anchor);
    const lefts = shown.filter((n) => n.level === next.level).map((n) => n.x - n.wide / 2);
    Object.assign(next, beside(box, shown, next.wide, anchor === undefined || ahead, lefts.length ? Math.min(...lefts) : null));
    placed.set(next.id, { x: next.x, y: next.y });
    shown.push(next);
    waiting = waiting.filter((n) => n !== next);
  }
}

/** What runs through the selection, as ids of nodes; null where nothing is selected. */
function netLit(nodes, links) {
  if (state.rounds) return new Set(state.rounds.rounds.flatMap((r) => ["r" + r, R.company[r], ...partsOf(r).map((p) => P.investor[p])]));
  if (state.selected === null) return null;
  const on = new Set([state.selected]);
  for (const p of shownParts()) if (runsThrough(p, state.selected)) for (const id of [P.investor[p], "r" + P.round[p], R.company[P.round[p]], R.city[P.round[p]]]) on.add(id);
  for (const tie of ties()) if (tie.from === state.selected || tie.to === state.selected) on.add(tie.from).add(tie.to);
  return on;
}

const tieLabel = (tie) => word("edge", tie.type);

/** A tie in words, as in "A part of B, share 35 %, since 2020". */
function tieSentence(tie) {
  const share = tie.type === "PART_OF" ? [shareText(tie.share)] : [];
  const days = ["since", "until"].filter((end) => tie[end]).map((end) => t("net." + end, { day: tie[end] }));
  return [`${labelOf(tie.from)} ${tieLabel(tie)} ${labelOf(tie.to)}`, ...share, ...days, tie.text].filter(Boolean).join(", ");
}

function drawNet(host) {
  const { nodes, links } = netFacts();
  const many = nodes.size > MOST_NODES;
  if (!net) {
    const canvas = el("div", { id: "canvas", class: "canvas", tabindex: 0, role: "application" });
    net = { canvas, words: el("p", { class: "note" }), ties: el("details", { class: "ties" }), copy: el("div", { hidden: true }) };
    host.replaceChildren(canvas, net.words, net.ties, net.copy);
    canvas.addEventListener("keydown", netKeys);
  }
  net.canvas.hidden = many;
  net.canvas.setAttribute("aria-label", t("net.label"));
  const shownTies = many ? [] : ties().filter((tie) => nodes.has(tie.from) && nodes.has(tie.to));
  const unnamedRounds = new Set(shownParts().filter((p) => unnamed(P.investor[p])).map((p) => P.round[p])).size;
  const homeless = new Set(shownParts().map((p) => P.round[p]).filter((r) => unnamed(R.city[r])).map((r) => R.company[r])).size;
  const said = [many ? t("net.many", { n: nodes.size, most: MOST_NODES }) : t("net.open"), unnamedRounds ? t("net.unnamed", { n: unnamedRounds }) : "", homeless ? t("net.no-city", { n: homeless }) : ""];
  net.words.textContent = said.filter(Boolean).join(" · ");
  listTies(shownTies);
  net.copy.replaceChildren();
  if (many) return;
  placeAll(nodes, links);
  const lights = netLit(nodes, links);
  const on = lights && [...nodes.keys()].every((id) => lights.has(id)) ? null : lights;
  const rest = netRest(nodes);
  const here = netAt();
  const items = [...nodes.values()].map((n) => {
    const [shape_, tint] = LOOK[n.level] ?? [kindOf(n.id), "k-" + kindOf(n.id)];
    return { ...n, shape: shape_, tint, rest: rest.get(n.id)?.size ?? 0, lit: n.id === here ? "on" : on && !on.has(n.id) ? "off" : "" };
  });
  const lit = (from, to) => (on ? (on.has(from) && on.has(to) ? "on" : "off") : "");
  const lines = [...links.values()].map((l) => ({ ...l, lit: lit(l.from, l.to), label: lit(l.from, l.to) === "off" ? "" : l.label }));
  const told = shownTies.filter((tie) => lit(tie.from, tie.to) !== "off");
  for (const tie of shownTies) lines.push({ id: "t" + tie.i, from: tie.from, to: tie.to, label: told.length <= FEW_TIES && told.includes(tie) ? tieLabel(tie) : "", soft: true, lit: lit(tie.from, tie.to) });
  net.drawing ??= netCanvas(net.canvas, { choose: netChoose, open: netOpen, tie: netTie, moved: (id, at) => placed.set(id, at) });
  net.drawing.draw(items, lines);
  if (net.size !== items.length) net.drawing.fit();
  // What was searched for is brought into view; what the page begins with is where it is.
  if (net.size !== undefined && here !== null && here !== net.here && nodes.has(here)) net.drawing.reveal(here);
  Object.assign(net, { size: items.length, here });
  net.copy.replaceChildren(net.drawing.chart());
}

/** Where the selection stands in the network. */
const netAt = () => (state.rounds?.rounds.length === 1 ? "r" + state.rounds.rounds[0] : state.selected);

function netChoose(id) {
  if (id === null) return choose(null);
  if (typeof id === "number") return choose(id, true);
  const r = +id.slice(1);
  return chooseRounds(labelOf(R.company[r]), [r]);
}

/** Bring an entity's neighbours in, or put them away. */
function netOpen(id) {
  if (typeof id !== "number") return;
  turnNeighbours(id);
}

function netTie(id) {
  if (!id.startsWith("t")) return netChoose(id.split(">").find((end) => end.startsWith("r")) ?? +id.split(">")[0]);
  net.ties.open = true;
  return net.ties.querySelector(`[data-tie="${id.slice(1)}"]`)?.focus();
}

/** The ties as sentences with their reports: what the thin arrows say, for everybody. */
function listTies(shown) {
  net.ties.hidden = !shown.length;
  const row = (tie) => el("li", { "data-tie": tie.i, tabindex: -1 }, tieSentence(tie), tie.url ? [" · ", link(tie.url, tie.report)] : "");
  net.ties.replaceChildren(el("summary", {}, t("net.ties", { n: shown.length })), el("ul", {}, shown.map(row)));
}

function netKeys(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || !net.drawing) return;
  if (e.key === "Enter" && netAt() !== null) byId("details").focus();
  if (e.key === "0") net.drawing.fit();
  const step = zoomStep(e.key);
  if (step) net.drawing.zoom(step);
  if (!e.key.startsWith("Arrow")) return;
  e.preventDefault();
  const next = net.drawing.nearest(netAt(), e.key);
  if (next === null) return;
  netChoose(next);
  net.drawing.reveal(next);
}

PICTURES.network = { draw: drawNet };
