/* Cohorts: generations of companies side by side at the same age, as bars stacked by kind. */

const UNNAMED = -1; // rounds that name nobody, on top of the kinds
const cohortSwitches = [];
const unitOf = () => (["rounds", "money"].includes(state.own.unit) ? state.own.unit : "participations");
const clockOf = () => (state.own.since === "money" ? "money" : "founding");

/** A day some months on, as Cypher's durations have it: no later than the month's last day. */
function monthsAfter(day, months) {
  const date = new Date(day * 864e5);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / 864e5;
}

const least = (values) => values.reduce((a, b) => (b !== null && (a === null || b < a) ? b : a), null);

/** The companies of each cohort, a Map of [{id, rounds, first, last}]: rounds that count as raised, their first day. */
function generations() {
  const rounds = new Map();
  for (let r = 0; r < R.n; r++) if (isMoney(r)) (rounds.get(R.company[r]) ?? rounds.set(R.company[r], []).get(R.company[r])).push(r);
  const found = new Map();
  for (let id = COMPANIES.start; id < COMPANIES.end; id++) {
    const own = rounds.get(id) ?? [];
    const company = { id, rounds: own, first: least(own.map((r) => R.first[r])), last: least(own.map((r) => R.last[r])) };
    if (COHORT[id]) (found.get(COHORT[id]) ?? found.set(COHORT[id], []).get(COHORT[id])).push(company);
  }
  return found;
}

/**
 * The rounds of a company at an age in months: those certainly within it, and those that may be;
 * none where the company isn't certainly that old by `today`.
 */
function atAge({ id, rounds, first, last }, age, today, sinceMoney) {
  const [start, end] = sinceMoney ? [first, last] : [FOUNDED_FIRST[id], FOUNDED_LAST[id]];
  if (end === null || monthsAfter(end, age) > today) return { within: [], maybe: [] };
  const [sure, possible] = [start === null ? -Infinity : monthsAfter(start, age), monthsAfter(end, age)];
  const within = rounds.filter((r) => R.last[r] !== null && R.last[r] <= sure);
  const maybe = sinceMoney ? [] : rounds.filter((r) => !(R.last[r] !== null && R.last[r] <= sure) && (R.first[r] ?? -Infinity) <= possible);
  return { within, maybe };
}

/** How often each kind takes part in some rounds, by kind, UNNAMED for rounds that name nobody. */
function stackOf(rounds, unit, only = null) {
  const stack = new Map();
  let n = 0;
  for (const r of rounds) {
    const kinds = new Set();
    for (let p = R.start[r]; p < R.start[r + 1]; p++) {
      const held = P.kinds(p).filter((k) => state.kinds.has(k) && (only === null || typeOf(only) !== "kind" || k === only));
      if (!held.length || (only !== null && !runsThrough(p, only))) continue;
      n += unnamed(P.investor[p]) ? 0 : 1;
      for (const k of unnamed(P.investor[p]) ? [UNNAMED] : held) {
        if (unit === "rounds" && kinds.has(k)) continue;
        kinds.add(k);
        (stack.get(k) ?? stack.set(k, { n: 0, rounds: new Set() }).get(k)).n++;
        stack.get(k).rounds.add(r);
      }
    }
  }
  return { stack, n: unit === "rounds" ? rounds.length : n, tall: [...stack.values()].reduce((sum, s) => sum + s.n, 0) };
}

/** What rounds raised at least, as printed and at most, null where none states it or it is open, and how many leave it open. */
function sumOf(rounds) {
  const add = (values) => values.reduce((sum, v) => (v === null ? sum : (sum ?? 0) + v), null);
  const open = rounds.filter((r) => R.ceiling[r] === null || (R.own(r).min !== null && R.floor[r] === null)).length;
  // Of a sum that reports contradict without bounds around it nobody knows how much it is at most.
  const contested = (r) => R.own(r).min === R.own(r).max && R.disputed[r].some((field) => field === "amount" || field === "currency");
  const most = open || rounds.some(contested) ? null : add(rounds.map((r) => R.ceiling[r]));
  return { floor: add(rounds.map((r) => R.floor[r])), stated: add(rounds.map((r) => R.said[r] ?? R.floor[r])), most, open };
}

/** All that is drawn: a cell a cohort, a bar an age: {cohort, bars: [{age, told, rounds, maybe, ...}]}. */
function cells() {
  const shown = shownRounds();
  const sinceMoney = clockOf() === "money";
  const unit = unitOf();
  const today = asOf() ?? Infinity;
  const found = generations();
  const drawn = new Map();
  for (const told of DATA.settings.told) {
    const rounds = { within: [], maybe: [] };
    for (const company of found.get(told.cohort) ?? []) {
      const held = atAge(company, told.age, today, sinceMoney);
      for (const name of ["within", "maybe"]) rounds[name].push(...held[name].filter((r) => shown[r]));
    }
    const bar = { age: told.age, told, companies: sinceMoney ? told.funded : told.companies, rounds: rounds.within, maybe: rounds.maybe, ...sumOf(rounds.within) };
    bar.stacked = stackOf(bar.rounds, unit);
    bar.possible = stackOf(bar.maybe, unit).tall;
    bar.lit = state.selected === null ? null : stackOf(bar.rounds, unit, state.selected);
    bar.top = unit === "money" ? (bar.stated ?? bar.floor ?? 0) : bar.stacked.tall + bar.possible;
    (drawn.get(told.cohort) ?? drawn.set(told.cohort, []).get(told.cohort)).push(bar);
  }
  return [...drawn].map(([cohort, bars]) => ({ cohort, bars }));
}

const years = (age) => number(age / 12);
const layers = () => [...range(KINDS), UNNAMED];
const layerName = (k) => (k === UNNAMED ? t("name.no-investor") : labelOf(k));
const layerClass = (k) => (k === UNNAMED ? "k-none" : kindClass(KEY[k]));

const ageName = ({ cohort }, { age }) => listed([cohort, t(clockOf() === "money" ? "cohorts.money-age" : "cohorts.age", { n: age / 12 })]);
const barName = (name, { rounds, companies }) => t("cohorts.bar", { name, rounds: ["unit.rounds", { n: rounds.length }], companies: ["unit.companies", { n: companies }] });

/** A rectangle or mark that shows its rounds on a click. */
function opening(at, title, rounds, ...children) {
  return svg("g", { class: "step", role: "button", tabindex: -1, "data-at": at, "aria-label": title, on: { click: () => chooseRounds(title, rounds) } }, ...children, svg("title", {}, title));
}

function stackElements(cell, bar, f) {
  const out = [];
  const name = ageName(cell, bar);
  let base = f.bottom;
  for (const k of layers()) {
    const held = bar.stacked.stack.get(k);
    if (!held) continue;
    const tall = f.scale(held.n);
    const y = base - tall;
    const lit = bar.lit?.stack.get(k)?.n ?? 0;
    const what = t(unitOf() === "rounds" ? "unit.rounds" : "unit.participations", { n: held.n });
    const fill = k === UNNAMED ? { fill: "url(#nobody)", class: "bare" } : { class: "bar" };
    const block = (height, extra) => svg("rect", { ...fill, ...extra, x: bar.x, y: base - height, width: f.bar, height: Math.max(0.5, height) });
    out.push(
      opening(`${cell.cohort}/${bar.age}/${k}`, t("cohorts.part", { name, layer: layerName(k), what }), held.rounds,
        svg("g", { class: layerClass(k) },
          svg("g", { class: bar.lit ? "off" : "" }, block(tall)),
          lit ? block(f.scale(lit)) : "",
          tall >= 13 && k !== UNNAMED ? svg("g", { class: "sign", transform: `translate(${bar.x + f.bar / 2},${(base - tall / 2).toFixed(1)})` }, shape(KEY[k], 4)) : ""),
        svg("rect", { class: "hit", x: bar.x - 1, y, width: f.bar + 2, height: Math.max(1, tall) })),
    );
    base = y;
  }
  const certain = base;
  if (bar.maybe.length) {
    const tall = f.scale(bar.possible);
    const text = t("cohorts.maybe", { name, n: bar.maybe.length });
    out.push(opening(`${cell.cohort}/${bar.age}/maybe`, text, bar.maybe, svg("rect", { class: "ghost", "stroke-dasharray": "3 2", x: bar.x + 0.5, y: base - tall, width: f.bar - 1, height: Math.max(2, tall) }), svg("rect", { class: "hit", x: bar.x, y: base - tall, width: f.bar, height: Math.max(2, tall) })));
    // The number of what is certain stands in the outline of what isn't, where that has room.
    base = tall >= 18 ? certain : base - tall;
  }
  const words = barName(name, bar);
  if (bar.rounds.length) out.push(opening(`${cell.cohort}/${bar.age}`, words, bar.rounds, svg("rect", { class: "hit", x: bar.x - 2, y: base - 16, width: f.bar + 4, height: 14 }), svg("text", { class: "total", x: bar.x + f.bar / 2, y: base - 9, "text-anchor": "middle" }, number(bar.stacked.n))));
  return out;
}

/** A sum in so few digits that it fits over a bar; never more than it is. */
function short(sum) {
  const size = Math.floor(Math.log10(Math.max(sum, 1)));
  const unit = 10 ** Math.max(0, size - (size % 3 === 2 ? 2 : 1));
  return compact(Math.floor(sum / unit) * unit, "", { bare: true });
}

function moneyElements(cell, bar, f) {
  if (!bar.rounds.length) return [];
  const { floor, stated, most, open } = bar;
  const name = ageName(cell, bar);
  const sum = money(floor, most, null, "", DATA.currency);
  const text = t("cohorts.sum", { bar: barName(name, bar), sum: listed([sum, ...(open ? [t("cohorts.open", { n: open })] : [])]) });
  const x = bar.x + f.bar / 2;
  const [low, high] = [f.bottom - f.scale(floor ?? 0), f.bottom - f.scale(stated ?? floor ?? 0)];
  const known = floor !== null || stated !== null;
  const mark = known
    ? [svg("rect", { class: "bar", x: bar.x, y: low, width: f.bar, height: Math.max(0.5, f.bottom - low) }), high < low ? svg("rect", { class: "bar printed", x: bar.x, y: high, width: f.bar, height: low - high }) : ""]
    : [svg("path", { class: "mark hollow", d: circle(4), transform: `translate(${x},${f.bottom - 7})` })];
  const top = known ? high : f.bottom - 12;
  return [
    opening(`${cell.cohort}/${bar.age}`, text, bar.rounds,
      svg("rect", { class: "hit", x: bar.x - 2, y: top - 28, width: f.bar + 4, height: f.bottom - top + 28 }),
      svg("g", { class: "c-0" }, mark, open && known ? svg("path", { class: "mark", d: `M${x},${(top - 8).toFixed(1)}l4,7h-8z` }) : ""),
      floor === null ? "" : svg("text", { class: "total", x, y: top - (open ? 15 : 8), "text-anchor": "middle" }, short(floor))),
  ];
}

/** A cell: its heading, grid, bars, and under them ages and how many companies are that old. */
function cellElements(cell, f, first) {
  const cut = cutOf(cell.bars);
  const out = [svg("text", { x: f.left, y: f.y0 + 10, "font-size": 14, "font-weight": 600 }, fit(cell.cohort, f.width - 4, 14, 600))];
  for (const v of f.levels) {
    const y = f.bottom - f.scale(v);
    out.push(svg("path", { class: "grid", d: `M${f.left},${y.toFixed(1)}h${f.width}` }));
    if (first) out.push(svg("text", { class: "soft", x: f.left - 6, y, "text-anchor": "end" }, v ? compact(v, "", { bare: true }) : "0"));
  }
  if (cut.length) out.push(svg("rect", { class: "cut", fill: "url(#cut)", x: f.left, y: f.top, width: 9, height: f.bottom - f.top }, svg("title", {}, t("cohorts.cut", { names: listed(cut) }))));
  if (first) for (const [text, y] of [["cohorts.years", 14], ["cohorts.companies", 30]]) out.push(svg("text", { class: "soft", x: f.left - 6, y: f.bottom + y, "text-anchor": "end" }, t(text)));
  for (const bar of cell.bars)
    out.push(
      svg("text", { x: bar.x + f.bar / 2, y: f.bottom + 14, "text-anchor": "middle", "font-size": 12 }, years(bar.age)),
      svg("text", { class: "soft", x: bar.x + f.bar / 2, y: f.bottom + 30, "text-anchor": "middle" }, number(bar.companies)),
    );
  return out;
}

/** "NAME (first round held: STAGE)", as the query says it at any age, in the page's language. */
function cutOf(bars) {
  const texts = [...new Set(bars.flatMap((bar) => bar.told.cut))];
  return texts.map((text) => {
    const [, name, stage] = /^(.*) \(first round held: (.*)\)$/.exec(text) ?? [];
    return name ? t("cohorts.cut-name", { name, stage: stageWord(stage) }) : text;
  });
}

/** What stands in no bar, and what can't be known, in words. */
function cohortNotes(all) {
  const sinceMoney = clockOf() === "money";
  const count = (name) => listed(all.filter(({ bars }) => bars[0].told[name]).map(({ cohort, bars }) => t("cohorts.of", { cohort, n: bars[0].told[name] })));
  const cut = listed(all.filter(({ bars }) => cutOf(bars).length).map(({ cohort, bars }) => t("cohorts.of-names", { cohort, names: listed(cutOf(bars)) })), "semicolon");
  const counts = [["cohorts.not-held", count("not_held")], ["cohorts.uncounted", count("uncounted")], ["cohorts.ageless", sinceMoney ? "" : count("unknown_age")]].filter(([, parts]) => parts).map(([text, parts]) => t(text, { parts }));
  const without = range(COMPANIES).filter((id) => !COHORT[id]).length;
  if (without) counts.push(t("cohorts.none", { n: without }));
  return [
    `${t(sinceMoney ? "cohorts.certainly-money" : "cohorts.certainly")} ${t(unitOf() === "money" ? "cohorts.unsplit" : "cohorts.two-kinds")}`,
    cut && t("cohorts.cut", { names: cut }),
    counts.join(" "),
    state.kinds.size < KINDS.end ? t("charts.kinds") : "",
  ];
}

function drawCohorts(host) {
  for (const { show } of cohortSwitches) show();
  const all = cells();
  const money = unitOf() === "money";
  const width = Math.max(320, host.clientWidth);
  const margin = 76;
  // As many side by side as leave room for what is written over the bars; rows of equal length.
  const most = Math.max(1, Math.floor((width - margin) / (30 + (all[0]?.bars.length ?? 1) * (money ? 43 : 28))));
  const across = Math.ceil(all.length / Math.ceil(all.length / most)) || 1;
  const room = (width - margin) / across;
  const held = layers().filter((k) => all.some(({ bars }) => bars.some((b) => b.stacked.stack.has(k))));
  const ghost = all.some(({ bars }) => bars.some((b) => b.maybe.length));
  const signs = money
    ? [[svg("rect", { class: "bar c-0", x: -5, y: -5, width: 10, height: 10 }), t("cohorts.sign-floor")], [svg("rect", { class: "bar printed c-0", x: -5, y: -5, width: 10, height: 10 }), t("cohorts.sign-stated")], [svg("path", { class: "mark c-0", d: "M0,-4l4,7h-8z" }), t("cohorts.sign-open")], [svg("path", { class: "mark hollow c-0", d: circle(4) }), t("cohorts.sign-unsaid")]]
    : held.map((k) => [svg("g", { class: layerClass(k) }, k === UNNAMED ? svg("rect", { class: "bare", fill: "url(#nobody)", x: -5, y: -5, width: 10, height: 10 }) : shape(KEY[k], 5)), layerName(k)]);
  if (!money) signs.push([svg("text", { class: "total", "text-anchor": "middle" }, "12"), t(`cohorts.sign-${unitOf()}`)]);
  if (ghost && !money) signs.push([svg("rect", { class: "ghost", "stroke-dasharray": "3 2", x: -5, y: -5, width: 10, height: 10 }), t("cohorts.sign-maybe")]);
  if (all.some(({ bars }) => cutOf(bars).length)) signs.push([svg("rect", { fill: "url(#cut)", x: -5, y: -5, width: 10, height: 10 }), t("cohorts.sign-cut")]);
  const legend = key(signs, width - 8);
  const levels = ticks(Math.max(1, ...all.flatMap(({ bars }) => bars.map((b) => b.top))), 4);
  const tall = width < 560 ? 180 : 240;
  const start = 26 + legend.height + 8;
  const f = { levels, width: room - 18, scale: linear(0, levels.at(-1), 0, tall) };
  const step = (f.width - 12) / Math.max(1, all[0]?.bars.length ?? 1);
  f.bar = Math.min(34, step * 0.72);
  const drawn = [];
  const columns = [];
  all.forEach((cell, i) => {
    f.left = margin + (i % across) * room;
    f.y0 = start + Math.floor(i / across) * (tall + 98);
    f.top = f.y0 + 42;
    f.bottom = f.top + tall;
    cell.bars.forEach((bar, n) => (bar.x = f.left + 12 + n * step + (step - f.bar) / 2));
    drawn.push(svg("g", { "aria-hidden": "true" }, cellElements(cell, f, i % across === 0)));
    for (const bar of cell.bars) {
      columns.push((money ? moneyElements : stackElements)(cell, bar, f));
      const { floor, stated, open, rounds, maybe } = bar;
      drawn.push(svg("g", { "data-cohort": cell.cohort, "data-age": bar.age, "data-rounds": rounds.length, "data-possible": maybe.length, "data-floor": floor, "data-stated": stated, "data-open": open }, columns.at(-1)));
    }
  });
  const height = start + Math.ceil(all.length / across) * (tall + 98);
  const pattern = (id, d, angle) => svg("pattern", { id, patternUnits: "userSpaceOnUse", width: 5, height: 5, patternTransform: `rotate(${angle})` }, svg("path", { class: "hatch", d }));
  const chart = svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${width} ${height}`, width: width * zoom, height: height * zoom, role: "group", "aria-label": t(money ? "cohorts.label-money" : "cohorts.label") },
    svg("defs", {}, pattern("cut", "M0,0V5", 45), pattern("nobody", "M0,0V5", -45)),
    svg("g", { "aria-hidden": "true" }, svg("text", { class: "head", x: 0, y: 10 }, t(money ? "cohorts.axis-money" : `cohorts.axis-${unitOf()}`, { currency: DATA.currency })), svg("g", { transform: "translate(2,30)" }, legend.drawn)),
    drawn,
  );
  place(host, chart, columns.filter((c) => c.length), true, [], cohortNotes(all));
}

PICTURES.cohorts = { draw: drawCohorts, footnote: () => "cohorts.footnote" };
CONTROLS.cohorts = (host) => {
  cohortSwitches.splice(
    0,
    Infinity,
    choice("unit", ["participations", "rounds", "money"], (value) => t(`cohorts.unit-${value}`), unitOf),
    choice("since", ["founding", "money"], (value) => t(`cohorts.since-${value}`), clockOf),
  );
  host.append(...cohortSwitches.map((s) => s.element));
};
