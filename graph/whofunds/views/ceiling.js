/* Ceiling: what each company raised, or is worth, over time, against a line. */

const HUES = 8; // curves with a colour of their own
const CURVES = 300; // curves that keys and labels reach; a click or the search reaches the rest
const ceilingSwitches = [];
const measureOf = () => state.own.measure ?? "raised";
/** What the query says of each company, by its key. */
const toldOf = lazy(() => new Map(DATA.settings.told.map((row) => [row.company, row])));

/**
 * Closed rounds of a company as the steps of its curve: {round, at, from, floor, said, top, sign},
 * days and sums after the step. A null top is open; a null floor is one that nobody states.
 */
function stepsOf(rounds, worth) {
  const steps = [];
  let [floor, said, top] = [null, null, 0];
  for (const r of rounds.sort(byDate)) {
    const low = worth ? R.worthFloor[r] : R.floor[r];
    const high = worth ? R.worthCeiling[r] : R.ceiling[r];
    const printed = worth ? R.worthSaid[r] : (R.said[r] ?? low);
    const known = low !== null || high !== null || printed !== null;
    if (worth && !known) continue;
    if (worth) [floor, said, top] = [low, printed, high];
    else {
      if (low !== null) floor = (floor ?? 0) + low;
      if (printed !== null) said = (said ?? 0) + printed;
      top = high === null || top === null ? null : top + high;
    }
    const sign = !known ? "undisclosed" : high === null ? "at-least" : low === null ? "at-most" : "known";
    steps.push({ round: r, at: R.last[r], from: R.first[r], floor, said, top, sign, main: worth ? (said ?? floor ?? top) : floor });
  }
  return steps;
}

/** The curves of what is shown, highest first: {id, steps, floor, said, top, main, closed, row}. */
function curvesOf(worth) {
  const shown = shownRounds();
  const rows = toldOf();
  const held = new Map();
  for (let r = 0; r < shown.length; r++)
    if (shown[r] && (worth ? R.status[r] === "closed" : isMoney(r))) (held.get(R.company[r]) ?? held.set(R.company[r], []).get(R.company[r])).push(r);
  const found = [];
  for (const [id, rounds] of held) {
    const steps = stepsOf(rounds, worth);
    if (!steps.length) continue;
    const row = rows.get(KEY[id]) ?? {};
    const { floor, said, top, main } = steps.at(-1);
    // What reports count beyond our rounds keeps a sum open too: the query's row knows of it.
    const closed = top !== null && (worth || (row.ceiling ?? null) !== null);
    found.push({ id, steps, floor, said, top, main, closed, row });
  }
  return found.sort((a, b) => (b.main ?? -1) - (a.main ?? -1) || (labelOf(a.id) < labelOf(b.id) ? -1 : 1));
}

/** Scales and edges of the chart in pixels, for curves and a line. */
function framed(curves, line, width, worth) {
  const narrow = width < 560;
  const steps = curves.flatMap((c) => c.steps);
  const days = steps.filter((s) => s.at !== null).map((s) => s.at);
  const first = days.reduce((a, b) => Math.min(a, b), Infinity);
  const today = wholeSpan() && DATA.as_of ? Date.parse(DATA.as_of) / 864e5 : -Infinity;
  const last = days.reduce((a, b) => Math.max(a, b), today);
  const [from, until] = days.length ? [first - Math.max(30, (last - first) * 0.03), last + Math.max(10, (last - first) * 0.015)] : [0, 1];
  const sums = steps.flatMap((s) => [s.main, s.said, s.top]).filter((v) => v > 0);
  const most = sums.reduce((a, b) => Math.max(a, b), line);
  const log = (state.own.scale ?? (most > 8 * line ? "log" : "linear")) === "log";
  const undated = steps.some((s) => s.at === null);
  const unsaid = steps.some((s) => s.main === null);
  const f = { narrow, log, undated, unsaid, from, until, left: 46, top: 34, height: narrow ? 430 : 540 };
  const size = narrow ? 12 : 13;
  // Where there is little room a sum stands under its name.
  f.tall = narrow ? 31 : 17;
  const names = curves.slice(0, state.top).map((c) => (narrow ? Math.max : (a, b) => a + b + 14)(wide(labelOf(c.id), size, 600), wide(endOf(c, worth, narrow), size, 600)));
  f.names = Math.min(narrow ? 96 : width < 800 ? 190 : 250, names.reduce((a, b) => Math.max(a, b), 60));
  f.right = width - f.names - (narrow ? 16 : 22);
  f.edge = f.right - (undated ? (narrow ? 22 : 46) : 0);
  f.bottom = f.height - 28 - (unsaid ? 26 : 0);
  const least = sums.reduce((a, b) => Math.min(a, b), line);
  f.levels = log ? decades(Math.max(least, most / 1e6), most) : ticks(most, narrow ? 5 : 7);
  f.y = (log ? logarithmic : linear)(f.levels[0], f.levels.at(-1), f.bottom, f.top);
  f.time = linear(from, until, f.left, f.edge);
  f.x = (day) => (day === null ? (f.edge + f.right) / 2 : f.time(day));
  f.strip = f.bottom + 15; // where rounds stand before any sum is known
  return f;
}

/** The path of steps at the days and sums that `day` and `sum` take of them, and its corners. */
function stairs(f, steps, day, sum, lift = 0) {
  const corners = [];
  for (const s of steps) {
    if (sum(s) === null) continue;
    const [x, y] = [day(s), Math.max(f.top - 8, f.y(sum(s)) - lift)];
    // A logarithmic scale has no zero to rise from.
    if (corners.length || !f.log) corners.push([x, corners.length ? corners.at(-1)[1] : f.bottom]);
    corners.push([x, y]);
  }
  if (corners.length) corners.push([f.right, corners.at(-1)[1]]);
  return corners;
}

const drawn = (corners) => "M" + corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");
const between = (upper, lower) => `${drawn(upper)}L${drawn([...lower].reverse()).slice(1)}Z`;

/** What is filled behind a curve: to the printed sum, to the ceiling, or a fade where it is open. */
function bandsOf(f, { steps, closed }, worth) {
  const at = (s) => f.x(s.at);
  const lower = stairs(f, steps, at, (s) => (worth ? (s.floor ?? s.main) : s.floor));
  const bands = [];
  if (!lower.length) return bands;
  const band = (upper, name) => bands.push(svg("path", { class: name, d: between(upper, lower) }));
  if (closed && (worth || steps.every((s) => s.top !== null))) {
    // A ceiling holds from the first day on which the round may have been announced.
    const early = [...steps].sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
    const tops = worth ? steps : sumsOf(early);
    band(stairs(f, tops, worth ? at : (s) => (s.from === null ? lower[0][0] : f.time(Math.max(f.from, s.from))), (s) => s.top ?? s.main), "band");
  } else {
    if (!worth) band(stairs(f, steps, at, (s) => s.said), "band");
    const open = steps.slice(worth ? 0 : Math.max(0, steps.findIndex((s) => s.top === null)));
    if (!worth || steps.at(-1).top === null)
      for (const lift of [5, 10, 15]) bands.push(svg("path", { class: "fade", d: between(stairs(f, open, at, (s) => s.main, lift), stairs(f, open, at, (s) => s.main)) }));
  }
  return bands;
}

/** Ceilings added up anew in the order of the first days. */
function sumsOf(steps) {
  let top = 0;
  return steps.map((s) => ({ ...s, top: (top += R.ceiling[s.round]) }));
}

const touches = (r, id) => partsOf(r).some((p) => runsThrough(p, id));

const SIGNS = {
  known: (r) => svg("path", { class: "mark", d: circle(r) }),
  "at-least": (r) => svg("path", { class: "mark", d: path(polygon(3, -Math.PI / 2, r * 1.35)) }),
  "at-most": (r) => svg("path", { class: "mark", d: path(polygon(3, Math.PI / 2, r * 1.35)) }),
  undisclosed: (r) => svg("path", { class: "mark hollow", d: circle(r) }),
};

function roundText(s, worth) {
  const { min, max, stated, qualifier, currency } = R.own(s.round);
  const sum = worth ? money(s.floor, s.top, s.said, "", DATA.currency) : money(min, max, stated, qualifier, currency);
  return [stageWord(R.stage[s.round]), when(R.first[s.round], R.last[s.round], R.precision[s.round]), sum].join(" · ");
}

const openRound = (r) => chooseRounds(`${labelOf(R.company[r])} · ${stageWord(R.stage[r])}`, [r]);

function markOf(f, curve, s, worth, size) {
  const text = `${labelOf(curve.id)}: ${roundText(s, worth)}`;
  const y = s.main === null ? f.strip : f.y(s.main);
  const off = state.selected !== null && typeOf(state.selected) !== "company" && !touches(s.round, state.selected);
  const g = svg("g", { class: off ? "step off" : "step", role: "button", tabindex: -1, "data-at": s.round, "aria-label": text, transform: `translate(${f.x(s.at).toFixed(1)},${y.toFixed(1)})` });
  g.append(svg("circle", { class: "hit", r: Math.max(7, size + 3) }), SIGNS[s.sign](size), svg("title", {}, text));
  return g;
}

/** The rounds of a curve; what it comes to stands in its attributes. */
function marksOf(f, curve, worth) {
  const { id, floor, said, top, closed, rank } = curve;
  const size = rank < HUES || id === state.selected ? 3.6 : 2;
  return svg("g", { class: `marks ${hueClass(curve)}`, "data-company": KEY[id], "data-floor": floor, "data-stated": said, "data-ceiling": closed ? top : null }, curve.steps.map((s) => markOf(f, curve, s, worth, size)));
}

/** The end of a curve in words: the sum, and an arrow where more may have been raised. */
function endOf({ main, said, closed }, worth, narrow = false) {
  if (main === null) return t("ceiling.unsaid");
  const [a, b] = [main, worth || said === null ? main : said].map((sum) => compact(sum, "", { bare: true }));
  return (a === b || narrow ? a : `${a}–${b}`) + (closed ? "" : " ↑");
}

/** The query's words on a company: whether it reached the line, and what keeps its sum open. */
function verdict(row, worth) {
  const said = (worth ? row.valued : row.raised) ?? "";
  const [, how, day] = /^(by|on stated figures,) (.+)$/.exec(said) ?? [];
  const date = day === "an unknown date" ? t("ceiling.unknown-date") : (day ?? "");
  const words = how ? t(how === "by" ? "ceiling.by" : "ceiling.stated-by", { date }) : said === "below" ? t("ceiling.below") : t("ceiling.possible");
  if (worth || !row.open) return words;
  if (row.open === "no round held") return `${words} · ${t("ceiling.no-round")}`;
  const why = row.open.replace(/^open: /, "").split(", ").map((one) => {
    const [, n, what] = /^(\d+) (undisclosed|at least|not convertible|disputed|possible|not held)$/.exec(one) ?? [];
    const [, stage] = /^first round held: (.*)$/.exec(one) ?? [];
    const [, sum] = /^a report has (.*) in all$/.exec(one) ?? [];
    if (what) return t("ceiling.open-" + what.replaceAll(" ", "-"), { n: +n });
    return stage === undefined ? (sum === undefined ? one : t("ceiling.open-report", { sum })) : t("ceiling.open-cut", { stage: stageWord(stage) });
  });
  return `${words} · ${t("ceiling.open", { why: listed(why) })}`;
}

function endElement(f, curve, worth, at) {
  const value = endOf(curve, worth, f.narrow);
  const size = f.narrow ? 12 : 13;
  const x = f.right + (f.narrow ? 14 : 20);
  const room = f.names - (f.narrow ? 0 : wide(value, size) + 8);
  const sum = f.narrow ? { x, y: at + 7 } : { x: x + f.names - 2, y: at, "text-anchor": "end" };
  const words = curve.closed ? value : t("ceiling.or-more", { sum: endOf({ ...curve, closed: true }, worth) });
  const text = `${labelOf(curve.id)}: ${words} · ${verdict(curve.row, worth)}`;
  return svg(
    "g",
    { class: `end ${hueClass(curve)}`, role: "button", tabindex: -1, "data-id": curve.id, "aria-label": text, "aria-pressed": String(curve.id === state.selected) },
    svg("path", { class: "leader", d: `M${f.right + 3},${f.y(curve.main ?? 0).toFixed(1)}L${x - 4},${at.toFixed(1)}` }),
    svg("rect", { class: "hit", x: x - 3, y: at - f.tall / 2 + 0.5, width: f.names + 3, height: f.tall - 1, rx: 3 }),
    svg("text", { class: "name", x, y: f.narrow ? at - 7 : at, "font-size": size }, fit(labelOf(curve.id), room, size)),
    svg("text", { class: "name", ...sum, "font-size": size }, value),
    svg("title", {}, text),
  );
}

const hueClass = (curve) => [curve.rank < HUES ? `c-${curve.rank}` : "c-none", curve.id === state.selected ? "on" : "", curve.off ? "off" : ""].filter(Boolean).join(" ");

function curveOf(f, curve, worth) {
  const plain = curve.rank >= HUES && curve.id !== state.selected;
  const main = stairs(f, curve.steps, (s) => f.x(s.at), (s) => s.main);
  const g = svg("g", { class: `curve ${hueClass(curve)}` }, plain ? [] : bandsOf(f, curve, worth));
  if (!main.length) return g;
  g.append(svg("path", { class: "line", d: drawn(main) }));
  if (!plain && !curve.closed) g.append(svg("path", { class: "mark", d: `M${f.right},${f.y(curve.main) - 9}l3.5,7h-7z` }));
  return g;
}

function axesOf(f, line, worth) {
  const parts = [svg("text", { class: "head", x: 0, y: 12 }, t(worth ? "ceiling.axis-valuation" : "ceiling.axis-raised", { currency: DATA.currency }))];
  for (const v of f.levels) {
    const y = f.y(v);
    parts.push(svg("path", { class: "grid", d: `M${f.left},${y.toFixed(1)}H${f.right}` }), svg("text", { class: "soft", x: f.left - 6, y, "text-anchor": "end" }, v ? compact(v, "", { bare: true }) : "0"));
  }
  for (const [day, text] of dateTicks(f.from, f.until, (f.edge - f.left) / 52)) {
    const x = f.x(day).toFixed(1);
    parts.push(svg("path", { class: "grid", d: `M${x},${f.bottom}v5` }), svg("text", { class: "soft", x, y: f.height - 14, "text-anchor": "middle" }, text));
  }
  if (f.undated)
    parts.push(
      svg("rect", { class: "apart", x: f.edge, y: f.top, width: f.right - f.edge, height: f.bottom - f.top }),
      svg("text", { class: "soft", x: (f.edge + f.right) / 2, y: f.top - 8, "text-anchor": "middle" }, t("ceiling.undated-axis")),
    );
  if (f.unsaid)
    parts.push(
      svg("path", { class: "grid dashed", "stroke-dasharray": "2 3", d: `M${f.left},${f.strip}H${f.right}` }),
      svg("text", { class: "soft", x: f.left - 6, y: f.strip, "text-anchor": "end" }, "?", svg("title", {}, t("ceiling.unsaid-axis"))),
    );
  const y = f.y(line);
  parts.push(svg("path", { class: "limit", d: `M${f.left},${y.toFixed(1)}H${f.right}` }), svg("text", { class: "limit-name", "paint-order": "stroke", x: f.left + 6, y: y - 9 }, compact(line, DATA.currency)));
  return parts;
}

/** What is not in the curves, in words. */
function notesOf(curves, unlabelled, worth) {
  const shown = shownRounds();
  const tally = new Map();
  const add = (what) => tally.set(what, (tally.get(what) ?? 0) + 1);
  for (let r = 0; r < shown.length; r++) {
    if (R.status[r] !== "closed") add("talks");
    else if (shown[r] && !worth && !isMoney(r)) {
      add(ofMoney(r) ? "listing" : R.instrument[r] === "commitment" || R.instrument[r] === "parent" ? R.instrument[r] : "other");
    } else if (shown[r] && worth && R.worthFloor[r] === null && R.worthCeiling[r] === null && R.worthSaid[r] === null) add("unvalued");
  }
  const counted = ["talks", "commitment", "listing", "parent", "other", "unvalued"].filter((k) => tally.has(k)).map((k) => t("ceiling.apart-" + k, { n: tally.get(k) }));
  const undated = curves.reduce((n, c) => n + c.steps.filter((s) => s.at === null).length, 0);
  const companies = new Set(curves.map((c) => KEY[c.id]));
  const missing = [...toldOf().keys()].filter((key) => !companies.has(key)).length;
  const parts = [];
  if (undated) parts.push(t("ceiling.undated", { n: undated }));
  if (missing) parts.push(t(worth ? "ceiling.no-valuation" : "ceiling.no-rounds", { n: missing }));
  if (unlabelled) parts.push(t("ceiling.unnamed", { n: unlabelled }));
  if (state.kinds.size < KINDS.end) parts.push(t("charts.kinds"));
  return [counted.length ? t(worth ? "ceiling.apart-valuation" : "ceiling.apart", { parts: listed(counted) }) : "", parts.join(" ")];
}

/** How many companies reached the line, as the query has it: of all that is held, whatever is shown. */
function summary(worth, line) {
  const tally = { by: 0, on: 0, below: 0, other: 0 };
  for (const row of toldOf().values()) {
    const word = ((worth ? row.valued : row.raised) ?? "").split(" ")[0];
    tally[Object.hasOwn(tally, word) ? word : "other"]++;
  }
  const parts = Object.keys(tally).filter((word) => tally[word]).map((word) => t("ceiling.of-" + word, { n: tally[word] }));
  return t(worth ? "ceiling.summary-valuation" : "ceiling.summary", { sum: compact(line, DATA.currency), all: toldOf().size, parts: listed(parts, "semicolon") });
}

/** What the query says of a company, for the panel. */
function aboutCompany(id) {
  const row = typeOf(id) === "company" && toldOf().get(KEY[id]);
  if (!row) return [];
  const sum = compact(DATA.settings.line, DATA.currency);
  const apart = [["listing_stated", "listing"], ["commitments_stated", "commitment"], ["parent_stated", "parent"], ["grants_stated", "grant"]]
    .filter(([name]) => row[name]).map(([name, what]) => t("ceiling.sum-" + what, { sum: compact(row[name], DATA.currency) }));
  return [
    el("p", {}, el("b", {}, t("ceiling.has-raised", { sum })), " ", verdict(row, false)),
    el("p", {}, el("b", {}, t("ceiling.is-valued", { sum })), " ", verdict(row, true)),
    apart.length ? el("p", { class: "also" }, t("ceiling.besides", { parts: listed(apart) })) : null,
  ];
}

function drawCeiling(host) {
  const worth = measureOf() === "valuation";
  const line = DATA.settings.line;
  const all = curvesOf(worth);
  all.forEach((c, i) => {
    c.rank = i;
    c.off = state.selected !== null && !c.steps.some((s) => touches(s.round, state.selected));
  });
  const reached = all.filter((c, i) => i < CURVES || c.id === state.selected);
  const width = Math.max(320, host.clientWidth);
  const f = framed(all, line, width, worth);
  for (const { show } of ceilingSwitches) show();
  const back = [...reached].reverse().sort((a, b) => (a.id === state.selected) - (b.id === state.selected));
  const rest = all.length > reached.length ? svg("path", { class: "rest", d: all.filter((c) => !reached.includes(c)).map((c) => drawn(stairs(f, c.steps, (s) => f.x(s.at), (s) => s.main))).filter((d) => d.length > 1).join("") }) : "";
  const named = labelled(
    reached.filter((c, i) => c.main !== null && (i < state.top || c.id === state.selected)).sort((a, b) => (b.id === state.selected) - (a.id === state.selected)).map((c) => ({ id: c.id, y: f.y(c.main), curve: c })),
    { apart: f.tall, low: f.top - 10, high: f.bottom + 8, reach: 30, kept: (l) => l.curve.rank < HUES || l.id === state.selected },
  );
  const ends = new Map(named.map((l) => [l.id, endElement(f, l.curve, worth, l.at)]));
  const marks = new Map(reached.map((c) => [c.id, marksOf(f, c, worth)]));
  const signs = ["known", "at-least", "at-most", "undisclosed"].filter((sign) => reached.some((c) => c.steps.some((s) => s.sign === sign))).map((sign) => [SIGNS[sign](3.6), t("ceiling.sign-" + sign)]);
  if (reached.some((c) => !c.closed && c.main !== null)) signs.push([svg("text", { class: "soft", "text-anchor": "middle" }, "↑"), t("ceiling.sign-open")]);
  const legend = key(signs, width - 8);
  const chart = svg(
    "svg",
    { class: "chart curves" + (state.selected === null ? "" : " dim"), viewBox: `0 0 ${width} ${f.height + legend.height + 4}`, width: width * zoom, height: (f.height + legend.height + 4) * zoom, role: "group", "aria-label": t(worth ? "ceiling.label-valuation" : "ceiling.label") },
    svg("g", { "aria-hidden": "true" }, axesOf(f, line, worth)),
    svg("g", { "aria-hidden": "true" }, rest, back.map((c) => curveOf(f, c, worth))),
    back.map((c) => marks.get(c.id)),
    [...ends.values()],
    svg("g", { "aria-hidden": "true", class: "c-none", transform: `translate(4,${f.height + 6})` }, legend.drawn),
  );
  chart.addEventListener("click", (e) => {
    e.stopPropagation();
    const { at, id } = e.target.closest("[data-at], [data-id]")?.dataset ?? {};
    if (at !== undefined) return openRound(+at);
    if (id !== undefined) return choose(+id);
    const box = chart.getBoundingClientRect();
    const near = nearest(f, all, ((e.clientX - box.left) * width) / box.width, ((e.clientY - box.top) * width) / box.width);
    if (near !== null || state.selected !== null) choose(near);
    return undefined;
  });
  // By hand as the eye has it: down the ends of the curves, and along each curve's rounds.
  const order = [...reached].sort((a, b) => (b.main ?? -1) - (a.main ?? -1));
  const rows = order.map((c) => [...marks.get(c.id).children, ...(ends.has(c.id) ? [ends.get(c.id)] : [])]);
  place(host, chart, rows, false, [el("p", { class: "verdict" }, summary(worth, line))], notesOf(all, all.filter((c) => c.main !== null).length - ends.size, worth));
}

/** The company whose curve runs nearest to a place, at most 9 pixels away; else null. */
function nearest(f, curves, x, y) {
  let [best, least] = [null, 9];
  for (const c of curves) {
    const corners = stairs(f, c.steps, (s) => f.x(s.at), (s) => s.main);
    for (let i = 1; i < corners.length; i++) {
      const [[ax, ay], [bx, by]] = [corners[i - 1], corners[i]];
      const away = Math.hypot(x - Math.max(ax, Math.min(bx, x)), y - Math.max(Math.min(ay, by), Math.min(Math.max(ay, by), y)));
      if (away < least) [best, least] = [c.id, away];
    }
  }
  return best;
}

PICTURES.ceiling = { draw: drawCeiling, about: aboutCompany };
CONTROLS.ceiling = (host) => {
  const log = () => framed(curvesOf(measureOf() === "valuation"), DATA.settings.line, 1000, false).log;
  ceilingSwitches.splice(0, Infinity, choice("ceiling", "measure", ["raised", "valuation"], measureOf), choice("ceiling", "scale", ["linear", "log"], () => (log() ? "log" : "linear")));
  host.append(...ceilingSwitches.map((s) => s.element));
};
