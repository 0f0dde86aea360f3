/* What the ceiling's curves are of: each company's closed rounds as steps, and the query's words. */

const measureOf = () => (state.own.measure === "valuation" ? "valuation" : "raised");
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

const touches = (r, id) => partsOf(r).some((p) => runsThrough(p, id));

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
