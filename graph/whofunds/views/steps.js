/* The chains of a path, drawn from left to right as money flows; on a narrow screen, downward. */

const MARK = 15; // what a box's shape takes of its first line
const BOX = { least: 97, most: 208, line: 16, pad: 7 };
const GAP = { tie: 60, most: 120, bare: 26, down: 40 };
const CROWD = 8; // ties between two columns that have their words beside them; of more, when pointed at
const CHAINS_STEP = 30;
let chainsShown = CHAINS_STEP;

/** A text in lines of a width in pixels, at most `most`, the first shorter by `indent`. */
function wrapped(text, width, most, { weight = 400, size = 12, indent = 0 } = {}) {
  const lines = [];
  // Chinese is broken anywhere, the rest at spaces; a no-break space is none.
  const words = text.split(/(?<= )|(?<=[\u3040-\u9fff\uf900-\ufaff\uac00-\ud7af])/u);
  let line = "";
  ruler.font = `${weight} ${size}px ${FONT}`;
  if (indent && ruler.measureText(words[0].trimEnd()).width > width - indent) lines.push("");
  for (const word of words) {
    if (line && ruler.measureText((line + word).trimEnd()).width > width - (lines.length ? 0 : indent)) {
      lines.push(line.trim());
      line = "";
    }
    line += word;
  }
  lines.push(line.trim());
  const kept = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(" ")] : lines;
  return kept.map((l, i) => fit(l, width - (i ? 0 : indent), size, weight));
}

const isRound = (node) => node.type === "FundingRound";

/** What a box says, as [text, class] by paragraph. */
function said(node) {
  if (!isRound(node)) return [[node.label, "name"]];
  return [
    [`${node.stage ? stageWord(node.stage) : t("type.FundingRound")} · ${node.when ? when(...node.when) : t("date.unknown")}`, "name"],
    [sumWords(node), "soft"],
    ...formWords(node).map((text) => [text, "soft"]),
    ...(node.status && node.status !== "closed" ? [[word("status-of", node.status), "warn"]] : []),
    ...(node.disputed.length ? [[disputedWords(node), "warn"]] : []),
  ];
}

/** What a round is where it isn't plain money for shares of a private company: a promise, a sale of old shares. */
const formWords = ({ facts }) => facts.filter(([name, text]) => (name === "instrument" && text !== "equity") || (name === "listing" && text !== "private")).map(([name, text]) => word(name, text));

/** A round's amount, which is the round's. */
const sumWords = ({ sum }) => (sum ? t("path.round", { sum: money(...sum) }) : t("path.undisclosed"));
const disputedWords = ({ disputed }) => t("tag.disputed", { fields: listed(disputed.map((f) => word("field", f))) });

/** The status of the round at either end of a relationship, where that isn't closed. */
const openStatus = ({ from, to }) => [NODES[from], NODES[to]].map((n) => n.status).find((status) => status && status !== "closed") ?? "";

/** What an arrow says: a verb, and the share or the cheque where one is known. */
function tieWords(tie) {
  // Talks and plans are not money.
  if (openStatus(tie)) return [tie.type === "INVESTED_IN" ? word("status-of", openStatus(tie)) : "", ""];
  if (tie.type === "INVESTED_IN") return [t(tie.lead ? "path.led" : "path.invested"), tie.sum ? t("path.cheque", { sum: money(...tie.sum) }) : ""];
  if (tie.type === "PART_OF") return [t("path.owns"), shareText(tie.share)];
  if (tie.type === "ACTS_FOR") return [t("path.acts"), ""];
  return ["", ""];
}

const nameSize = (width) => (width < 135 ? 12 : 13);

/** Lines of a box of a width, [{text, class}]. */
const boxLines = (node, width) =>
  said(node).flatMap(([text, name]) => {
    const how = name === "name" ? { weight: 600, size: nameSize(width), indent: MARK } : {};
    return wrapped(text, width - 2 * BOX.pad, name === "name" ? 6 : 3, how).map((line) => ({ line, name }));
  });

function boxElement(cell, width, doubtful) {
  const node = NODES[cell.node];
  const [kind, tint] = look(node.type);
  const off = isLit(cell, cell.first) === false;
  const lines = cell.lines;
  const g = svg(
    "g",
    { class: ["node step", kindClass(tint), doubtful ? "doubtful" : "", node.id === state.selected ? "on" : "", off ? "off" : ""].filter(Boolean).join(" "), role: "button", tabindex: -1, "data-id": node.id, "aria-label": `${typeWord(node.type)}: ${said(node).map(([text]) => text).join(", ")}`, "aria-pressed": String(node.id === state.selected), on: { click: () => choose(node.id) } },
    svg("rect", { class: "block", width, height: cell.h, rx: 6 }),
    svg("g", { transform: `translate(${BOX.pad + 5},${BOX.pad + BOX.line / 2})` }, shape(kind, 4.6)),
    lines.map(({ line, name }, i) => svg("text", { class: name, "font-size": name === "name" ? nameSize(width) : 12, x: BOX.pad + (i ? 0 : MARK), y: BOX.pad + BOX.line * (i + 0.5) }, line)),
    svg("title", {}, node.label),
  );
  return g;
}

const litChains = () => {
  if (state.chain !== null) return new Set([state.chain]);
  if (state.selected === null) return null;
  return new Set(CHAINS.flatMap((c, n) => (c.nodes.includes(state.selected) ? [n] : [])));
};

const isLit = ({ chains }, first) => {
  const lit = litChains();
  return lit === null ? null : [...chains].some((n) => lit.has(first + n));
};

function tieElement(one, d, label, at, doubtful, first, quiet = false) {
  const { tie } = one;
  const link = EDGES[tie];
  const off = isLit(one, first) === false;
  const ends = `${NODES[link.from].label} – ${NODES[link.to].label}`;
  const words = label.filter(Boolean);
  return svg(
    "g",
    { class: ["tie", doubtful ? "doubtful" : "", off ? "off" : "", quiet ? "quiet" : "", tie === state.tie ? "on" : ""].filter(Boolean).join(" "), role: "button", tabindex: -1, "data-at": tie, "aria-label": [ends, ...words, t("unit.reports", { n: link.reports.length })].join(", "), on: { click: () => chooseTie(tie) } },
    svg("path", { class: "reach", d }),
    svg("path", { class: "line", d, "marker-end": "url(#tip-steps)" }),
    words.map((text, i) => svg("text", { class: i ? "soft" : "", x: at.x, y: at.y + (i ? 11 : words.length === 1 ? -8 : -9), "text-anchor": at.anchor ?? "middle" }, at.width ? fit(text, at.width, 12) : text)),
    svg("title", {}, words.length ? words.join(" · ") : ends),
  );
}

/** From the edge of one thing to the edge of the next, through the bends between them; the arrow
 * points as money flows. */
function tiePath(stops, xs, width, ahead) {
  const points = stops.flatMap((s, i) => {
    const left = { x: xs[s.column], y: s.y };
    const right = { x: xs[s.column] + width, y: left.y };
    return i === 0 ? [right] : i === stops.length - 1 ? [left] : [left, right];
  });
  if (!ahead) points.reverse();
  return points.slice(1).map((p, i) => {
    const from = points[i];
    return i % 2 || from.y === p.y ? `${i ? "" : `M${from.x.toFixed(1)},${from.y.toFixed(1)}`}L${p.x.toFixed(1)},${p.y.toFixed(1)}` : (i ? curve(from.x, from.y, p.x, p.y).replace(/^M[^C]*/, "") : curve(from.x, from.y, p.x, p.y));
  }).join("");
}

/** What an arrow takes between two boxes, for its words to be read. */
function gapOf(tie) {
  ruler.font = `12px ${FONT}`;
  const widest = Math.max(...tieWords(EDGES[tie]).map((text) => ruler.measureText(text).width));
  return widest ? Math.max(GAP.tie, Math.min(GAP.most, Math.ceil(widest) + 8)) : GAP.bare;
}

/** One group of chains (all certain, or none), from `first` on; gives its elements and height. */
function wideGroup(chains, first, room, doubtful) {
  const cells = merged(chains);
  const { columns, ties } = columned(cells, chains);
  const gaps = columns.slice(1).map((_, i) => Math.max(GAP.bare, ...ties.filter(({ stops }) => stops[0].column === i && stops.length === 2).map(({ tie }) => gapOf(tie))));
  const width = Math.max(BOX.least, Math.min(BOX.most, Math.floor((room - gaps.reduce((a, b) => a + b, 0) - 4) / columns.length)));
  const xs = gaps.reduce((all, gap) => [...all, all.at(-1) + width + gap], [2]);
  for (const cell of cells) {
    cell.first = first;
    cell.lines = boxLines(NODES[cell.node], width);
    cell.h = cell.lines.length * BOX.line + 2 * BOX.pad;
  }
  const height = settled(columns, ties);
  const [boxes, lines] = [[], []];
  const quiet = (one) => {
    const lit = isLit(one, first);
    const beside = ties.filter((other) => other.stops[0].column === one.stops[0].column && isLit(other, first) === lit);
    return lit === false || beside.length > CROWD;
  };
  for (const one of ties) {
    const link = EDGES[one.tie];
    const [start, end] = one.stops;
    const ahead = (link.from === one.stops[0].node) !== link.back;
    // Where it crosses a column it runs straight, and alone.
    const across = one.stops.find((s) => s.bend);
    const at = across
      ? { x: xs[across.column] + width / 2, y: across.y, width }
      : { x: xs[start.column] + width + gaps[start.column] / 2, y: (start.y + end.y) / 2, width: gaps[start.column] - 4 };
    lines.push(tieElement(one, tiePath(one.stops, xs, width, ahead), tieWords(link), at, doubtful, first, quiet(one)));
  }
  columns.forEach((column, i) => {
    for (const cell of column)
      if (!cell.bend) {
        const g = boxElement(cell, width, doubtful);
        g.setAttribute("transform", `translate(${xs[i]},${(cell.y - cell.h / 2).toFixed(1)})`);
        boxes.push(g);
      }
  });
  return { height, width: xs.at(-1) + width + 2, boxes, lines };
}

/** The same for a narrow screen: chain by chain, box under box. */
function narrowGroup(chains, first, room, doubtful) {
  let y = 0;
  const [boxes, lines] = [[], []];
  chains.forEach((chain, n) => {
    chain.nodes.forEach((id, i) => {
      const link = i ? EDGES[chain.links[i - 1]] : null;
      if (link) {
        const ahead = (link.from === chain.nodes[i - 1]) !== link.back;
        const [top, bottom] = [y, y + (tieWords(link)[0] ? GAP.down : GAP.bare)];
        const one = { tie: link.id, chains: new Set([n]) };
        lines.push(tieElement(one, `M26,${ahead ? top : bottom}V${ahead ? bottom : top}`, [tieWords(link).filter(Boolean).join(", ")], { x: 40, y: (top + bottom) / 2 + 8, anchor: "start", width: room - 48 }, doubtful, first));
        y = bottom;
      }
      const cell = { node: id, chains: new Set([n]), first, lines: boxLines(NODES[id], room - 4) };
      cell.h = cell.lines.length * BOX.line + 2 * BOX.pad;
      const g = boxElement(cell, room - 4, doubtful);
      g.setAttribute("transform", `translate(2,${y})`);
      boxes.push(g);
      y += cell.h;
    });
    y += 26;
  });
  return { height: y - 26, width: room, boxes, lines };
}

const ROOM = 1040; // what a picture has beside the panel
/** The least that a chain takes, in pixels. */
const widthOf = ({ nodes, links }) => nodes.length * BOX.least + links.reduce((sum, l) => sum + gapOf(l), 0);

function drawSteps(host) {
  byId("main").classList.toggle("wide", CHAINS.some((c) => widthOf(c) > ROOM));
  const room = host.clientWidth;
  if (!room) return; // not laid out yet
  const shown = CHAINS.slice(0, chainsShown);
  const certain = shown.filter((c) => c.certain).length;
  const groups = [
    ["path.certain", shown.slice(0, certain), 0, false],
    ["path.uncertain", shown.slice(certain), certain, true],
  ].filter(([, chains]) => chains.length);
  const make = room < 620 ? narrowGroup : wideGroup;
  let y = 0;
  let width = room;
  const parts = [];
  for (const [key, chains, first, doubtful] of groups) {
    const group = make(chains, first, room, doubtful);
    parts.push(svg("text", { class: "head", x: 2, y: y + 14 }, t(key, { n: chains.length })));
    parts.push(svg("g", { transform: `translate(0,${y + 32})` }, group.lines, group.boxes));
    y += 32 + group.height + 30;
    width = Math.max(width, group.width);
  }
  const tip = svg("marker", { id: "tip-steps", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { class: "tip", d: "M0,0L8,4L0,8Z" }));
  const stops = () => [...host.querySelectorAll("[data-id], [data-at], [data-chain]")];
  const focused = stops().indexOf(document.activeElement);
  host.replaceChildren(
    svg("svg", { class: "chart steps", viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(y)}`, width: Math.ceil(width), height: Math.ceil(y), role: "group", "aria-label": t("path.label") }, svg("defs", {}, tip), parts),
    chainList(shown),
  );
  stroll(host);
  stops()[focused]?.focus({ preventScroll: true });
}

/** Arrow keys over boxes and arrows, to the nearest in their direction; one is a stop of Tab. */
function stroll(host) {
  const marks = [...host.querySelectorAll(".chart [data-id], .chart [data-at]")];
  const at = (mark) => {
    const { left, top, width, height } = (mark.querySelector("rect") ?? mark.querySelector(".line")).getBoundingClientRect();
    return { mark, x: left + width / 2, y: top + height / 2 };
  };
  const go = (e) => {
    pressByKey(e);
    if (!e.key.startsWith("Arrow")) return;
    e.preventDefault();
    const next = towards(at(e.currentTarget), marks.map(at), e.key);
    if (!next) return;
    e.currentTarget.setAttribute("tabindex", -1);
    next.mark.setAttribute("tabindex", 0);
    next.mark.focus();
  };
  for (const mark of marks) mark.addEventListener("keydown", go);
  host.querySelector(".chart .step")?.setAttribute("tabindex", 0);
}

/** The chains in words, each to be lit by a click. */
function chainList(shown) {
  const light = (n) => {
    state.chain = state.chain === n ? null : n;
    state.selected = state.tie = null;
    refresh();
  };
  const row = (chain, n) =>
    el("li", {}, el("button", { "data-chain": n, "aria-pressed": String(state.chain === n), on: { click: () => light(n) } },
      chain.nodes.map((id, i) => [i ? " › " : "", isolated(isRound(NODES[id]) ? said(NODES[id])[0][0] : NODES[id].label)]).flat(),
      chain.certain ? "" : " ", chain.certain ? "" : el("span", { class: "tag warn" }, why(chain))));
  const more = CHAINS.length - shown.length;
  const open = () => {
    chainsShown += CHAINS_STEP;
    refresh();
  };
  return el("div", { class: "chains" }, el("p", { class: "note" }, t("path.note")), el("ol", {}, shown.map(row)), more > 0 ? el("button", { on: { click: open } }, t("path.more", { n: more })) : "");
}

/** Why a chain is not certain. */
function why(chain) {
  const statuses = [...new Set(chain.nodes.map((id) => NODES[id].status).filter((s) => s && s !== "closed"))];
  if (statuses.length) return listed(statuses.map((s) => word("status-of", s)));
  return t(chain.possible ? "path.later" : "path.unheld");
}
