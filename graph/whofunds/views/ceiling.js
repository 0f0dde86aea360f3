/* Ceiling: what each company raised, or is worth, over time, against a line. */

const HUES = 8; // curves with a colour of their own
const CURVES = 300; // curves that keys reach, until more are asked for; a click or the search reaches any
const ceilingSwitches = [];
let logarithmicNow = false;

/** Scales and edges of the chart in pixels, for curves and a line. */
function framed(curves, line, width, worth) {
  const narrow = width < 560;
  const steps = curves.flatMap((c) => c.steps);
  const days = steps.filter((s) => s.at !== null).map((s) => s.at);
  const first = days.reduce((a, b) => Math.min(a, b), Infinity);
  const known = asOf() ?? -Infinity;
  const today = wholeSpan() ? known : Math.min(known, dayOf(state.until + 1) - 1);
  const last = days.reduce((a, b) => Math.max(a, b), today);
  const [from, until] = days.length ? [first - Math.max(30, (last - first) * 0.03), last + Math.max(10, (last - first) * 0.03)] : [0, 1];
  const sums = steps.flatMap((s) => [s.main, s.said, s.top]).filter((v) => v > 0);
  const most = sums.reduce((a, b) => Math.max(a, b), line);
  const log = state.own.scale === "log" || (state.own.scale !== "linear" && most > 8 * line);
  const undated = steps.some((s) => s.at === null);
  const unsaid = steps.some((s) => s.main === null);
  const f = { narrow, log, undated, dated: days.length > 0, unsaid, from, until, left: 46, top: 34, height: narrow ? 430 : 540 };
  const size = narrow ? 12 : 13;
  // Where there is little room a sum stands under its name.
  f.tall = narrow ? 31 : 17;
  const names = curves.slice(0, state.top).map((c) => (narrow ? Math.max : (a, b) => a + b + 14)(wide(bothNames(c.id).join(" "), size, 600), wide(c.main === null ? "" : endOf(c, worth, narrow) + arrowOf(c, worth), size, 600)));
  f.names = Math.min(narrow ? 96 : width < 800 ? 190 : 290, names.reduce((a, b) => Math.max(a, b), 60));
  f.right = width - f.names - (narrow ? 16 : 22);
  f.edge = f.right - (undated ? (narrow ? 22 : 46) : 0);
  f.bottom = f.height - 28 - (unsaid ? 26 : 0);
  const lowest = sums.reduce((a, b) => Math.min(a, b), line);
  f.levels = log ? decades(Math.max(lowest, most / 1e6), most) : ticks(most, narrow ? 5 : 7);
  f.y = (log ? logarithmic : linear)(f.levels[0], f.levels.at(-1), f.bottom, f.top);
  f.time = linear(from, until, f.left, f.edge);
  f.x = (day) => (day === null ? (f.edge + f.right) / 2 : f.time(day));
  f.strip = f.bottom + 15; // where rounds stand before any sum is known
  return f;
}

/** The path of steps at the days and sums that `day` and `sum` take of them, and its corners. */
function stairs(f, steps, day, sum, lift = 0, end = f.right) {
  const corners = [];
  for (const s of steps) {
    if (sum(s) === null) continue;
    const [x, y] = [day(s), Math.max(f.top - 8, f.y(sum(s)) - lift)];
    // A logarithmic scale has no zero to rise from.
    if (corners.length || !f.log) corners.push([x, corners.length ? corners.at(-1)[1] : f.bottom]);
    corners.push([x, y]);
  }
  if (corners.length) corners.push([end, corners.at(-1)[1]]);
  return corners;
}

const drawn = (corners) => "M" + corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");
const between = (upper, lower) => `${drawn(upper)}L${drawn([...lower].reverse()).slice(1)}Z`;

/** What is filled behind a curve: to the printed sum, to the ceiling, or a fade where it is open. */
function bandsOf(f, { steps, closed }, worth) {
  const at = (s) => f.x(s.at);
  const lower = stairs(f, steps, at, (s) => (worth ? (s.floor ?? s.main) : s.floor));
  if (!lower.length) return [];
  const band = (upper) => [svg("path", { class: "band", d: between(upper, lower) })];
  const fade = (open, end) => [5, 10, 15].map((lift) => svg("path", { class: "fade", d: between(stairs(f, open, at, (s) => s.main, lift, end), stairs(f, open, at, (s) => s.main, 0, end)) }));
  // A valuation is the last one alone, each with bounds of its own.
  if (worth) return [...band(stairs(f, steps, at, (s) => s.top ?? s.main)), ...steps.flatMap((s, i) => (s.top === null ? fade([s], i + 1 < steps.length ? at(steps[i + 1]) : f.right) : []))];
  if (!closed) return [...band(stairs(f, steps, at, (s) => s.said)), ...fade(steps.slice(Math.max(0, steps.findIndex((s) => s.top === null))), f.right)];
  // A ceiling holds from the first day on which the round may have been announced.
  const early = sumsOf([...steps].sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity)));
  return band(stairs(f, early, (s) => (s.from === null ? lower[0][0] : f.time(Math.max(f.from, s.from))), (s) => s.top));
}

/** Ceilings added up anew in the order of the first days. */
function sumsOf(steps) {
  let top = 0;
  return steps.map((s) => ({ ...s, top: (top += R.ceiling[s.round]) }));
}

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
  const text = t("ceiling.of", { name: labelOf(curve.id), what: roundText(s, worth) });
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

/** Where more may have been raised than a curve's end, or the valuation is at most that. */
const arrowOf = ({ floor, closed }, worth) => (worth && floor === null ? " ↓" : closed ? "" : " ↑");

/** The end of a curve in figures: the floor to what it is at most or, where it is open, what is printed. */
function endOf({ main, floor, said, top, closed }, worth, narrow = false) {
  const most = closed ? top : worth || said === null ? main : said;
  const [a, b] = [floor ?? main, most].map((sum) => compact(sum, "", { bare: true }));
  return a === b || narrow ? a : `${a}–${b}`;
}

const bothNames = (id) => [labelOf(id), chineseName(id)].filter(Boolean);

function endElement(f, curve, worth, at) {
  const arrow = arrowOf(curve, worth);
  const value = endOf(curve, worth, f.narrow) + arrow;
  const size = f.narrow ? 12 : 13;
  const x = f.right + (f.narrow ? 14 : 20);
  const room = f.names - (f.narrow ? 0 : wide(value, size) + 8);
  const [name, other] = bothNames(curve.id);
  const sum = f.narrow ? { x, y: at + 7 } : { x: x + f.names - 2, y: at, "text-anchor": "end" };
  const figure = endOf(curve, worth);
  const words = arrow ? t(arrow === " ↑" ? "ceiling.or-more" : "ceiling.or-less", { sum: figure }) : figure;
  const text = t("ceiling.of", { name: labelOf(curve.id), what: `${words} · ${verdict(curve.row, worth)}` });
  return svg(
    "g",
    { class: `end ${hueClass(curve)}`, role: "button", tabindex: -1, "data-id": curve.id, "aria-label": text, "aria-pressed": String(curve.id === state.selected) },
    svg("path", { class: "leader", d: `M${f.right + 3},${f.y(curve.main ?? 0).toFixed(1)}L${x - 4},${at.toFixed(1)}` }),
    svg("rect", { class: "hit", x: x - 3, y: at - f.tall / 2 + 0.5, width: f.names + 3, height: f.tall - 1, rx: 3 }),
    svg("text", { class: "name", x, y: f.narrow ? at - 7 : at, "font-size": size }, fit(name, room, size), other && wide(`${name} ${other}`, size) < room ? svg("tspan", { class: "also", dx: 5 }, other) : ""),
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
  for (const [day, text] of f.dated ? dateTicks(f.from, f.until, (f.edge - f.left) / 52) : []) {
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
  parts.push(svg("path", { class: "limit", d: `M${f.left},${y.toFixed(1)}H${f.right}` }), svg("text", { class: "limit-name", "paint-order": "stroke", x: f.left + 6, y: y < f.top + 12 ? y + 11 : y - 9 }, compact(line, DATA.currency)));
  return parts;
}

function drawCeiling(host) {
  const worth = measureOf() === "valuation";
  const line = DATA.settings.line;
  const all = curvesOf(worth);
  all.forEach((c, i) => {
    c.rank = i;
    c.off = state.selected !== null && !c.steps.some((s) => touches(s.round, state.selected));
  });
  const reach = CURVES + (state.opened.get("+curves") ?? 0);
  const reached = all.filter((c) => c.rank < reach || c.id === state.selected);
  const width = Math.max(320, host.clientWidth);
  const f = framed(all, line, width, worth);
  logarithmicNow = f.log;
  for (const { show } of ceilingSwitches) show();
  const back = [...reached].reverse().sort((a, b) => (a.id === state.selected) - (b.id === state.selected));
  const rest = all.length > reached.length ? svg("path", { class: "rest", d: all.filter((c) => c.rank >= reach && c.id !== state.selected).map((c) => drawn(stairs(f, c.steps, (s) => f.x(s.at), (s) => s.main))).filter((d) => d.length > 1).join("") }) : "";
  const named = labelled(
    reached.filter((c) => c.main !== null && (c.rank < state.top || c.id === state.selected)).sort((a, b) => (b.id === state.selected) - (a.id === state.selected)).map((c) => ({ id: c.id, y: f.y(c.main), curve: c })),
    { apart: f.tall, low: f.top - 10, high: f.bottom + 8, reach: 30, kept: (l) => l.curve.rank < HUES || l.id === state.selected },
  );
  const ends = new Map(named.map((l) => [l.id, endElement(f, l.curve, worth, l.at)]));
  const marks = new Map(reached.map((c) => [c.id, marksOf(f, c, worth)]));
  const signs = ["known", "at-least", "at-most", "undisclosed"].filter((sign) => reached.some((c) => c.steps.some((s) => s.sign === sign))).map((sign) => [SIGNS[sign](3.6), t("ceiling.sign-" + sign)]);
  const arrows = new Set(reached.filter((c) => c.main !== null).map((c) => arrowOf(c, worth)));
  for (const [arrow, text] of [[" ↑", worth ? "ceiling.sign-open-valuation" : "ceiling.sign-open"], [" ↓", "ceiling.sign-less"]])
    if (arrows.has(arrow)) signs.push([svg("text", { class: "soft", "text-anchor": "middle" }, arrow.trim()), t(text)]);
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
  const notes = notesOf(all, all.filter((c) => c.main !== null).length - ends.size, worth);
  const more = all.length > reached.length ? el("button", { on: { click: () => openGroup("+curves") } }, t("ceiling.more", { n: all.length - reached.length })) : "";
  place(host, chart, rows, false, [el("p", { class: "verdict" }, summary(worth, line))], [...notes, more]);
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

PICTURES.ceiling = { draw: drawCeiling, about: aboutCompany, footnote: () => `ceiling.footnote-${measureOf()}` };
CONTROLS.ceiling = (host) => {
  ceilingSwitches.splice(
    0,
    Infinity,
    choice("measure", ["raised", "valuation"], (value) => t(`ceiling.measure-${value}`), measureOf),
    choice("scale", ["linear", "log"], (value) => t(`ceiling.scale-${value}`), () => (logarithmicNow ? "log" : "linear")),
  );
  host.append(...ceilingSwitches.map((s) => s.element));
};
