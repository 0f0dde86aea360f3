/* Axes: scales, ticks, labels that keep off each other; and what charts of money share. */

/** The day of the facts, or null where none of their reports is dated. */
function asOf() {
  const day = Date.parse(DATA.as_of) / 864e5;
  return Number.isFinite(day) ? day : null;
}

/** A scale from [from, to] to pixels [a, b]; a logarithmic one takes what is below `from` as `from`. */
const linear = (from, to, a, b) => (v) => a + ((v - from) / (to - from || 1)) * (b - a);
const logarithmic = (from, to, a, b) => {
  const scale = linear(Math.log10(from), Math.log10(to), a, b);
  return (v) => scale(Math.log10(Math.max(v, from)));
};

/** About `n` round numbers from 0 to the first that is no less than `top`. */
function ticks(top, n) {
  const rough = Math.max(top, 1e-9) / n;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((m) => m * unit >= rough * 0.999);
  return Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, i) => i * step);
}

/** Powers of ten around [low, high], with what stands between them where they are few. */
function decades(low, high) {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const powers = Array.from({ length: Math.max(2, last - first + 1) }, (_, i) => 10 ** (first + i));
  return powers;
}

/** The first days of years or, where they are few, of quarters, as [day, text]; at most `n`. */
function dateTicks(first, last, n) {
  const years = [];
  for (let y = yearOf(first); dayOf(y) <= last; y++) if (dayOf(y) >= first) years.push(y);
  const every = [1, 2, 5, 10, 20, 50].find((s) => years.length / s <= n) ?? 100;
  if (years.length > 2) return years.filter((y) => y % every === 0).map((y) => [dayOf(y), String(y)]);
  const months = [];
  const startOf = (m) => dayOf(Math.floor(m / 12), m % 12);
  for (let m = yearOf(first) * 12; startOf(m) <= last; m++)
    if (startOf(m) >= first) months.push([startOf(m), `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`, m]);
  const apart = [1, 3, 6, 12].find((s) => months.length / s <= n) ?? 12;
  return months.filter(([, , m]) => m % apart === 0).map(([day, text]) => [day, text]);
}

const wide = (text, size = 13, weight = 400) => {
  ruler.font = `${weight} ${size}px ${FONT}`;
  return ruler.measureText(text).width;
};

/**
 * Which of some labels, most important first, can stand in a column of their own, and at which
 * heights: each at its `y` or at most `reach` from it. `kept` says which stand in any case.
 */
function labelled(labels, { apart, low, high, reach, kept }) {
  let placed = [];
  const most = Math.floor((high - low) / apart);
  for (const label of labels) {
    const must = kept(label);
    if (placed.length >= most && !must) continue;
    const trial = [...placed, label].sort((a, b) => a.y - b.y || a.id - b.id);
    const heights = spaced(trial.map((l) => l.y - low), () => apart, high - low).map((y) => y + low);
    if (must || trial.every((l, i) => kept(l) || Math.abs(heights[i] - l.y) <= reach)) placed = trial.map((l, i) => ({ ...l, at: heights[i] }));
  }
  return placed;
}

/** Words in lines of a width, each [what stands before the word, the word]: groups, and how high. */
function key(items, width, size = 12) {
  let x = 0;
  let y = 0;
  const drawn = items.map(([mark, text]) => {
    const need = 18 + wide(text, size) + 16;
    if (x && x + need > width) {
      x = 0;
      y += 18;
    }
    const g = svg("g", { transform: `translate(${x.toFixed(1)},${y})` }, svg("g", { transform: "translate(7,0)" }, mark), svg("text", { class: "soft", x: 18 }, fit(text, width - 20, size)));
    x += need;
    return g;
  });
  return { drawn, height: items.length ? y + 18 : 0 };
}

/**
 * A chart in its place with notes below it; what had the focus keeps it. `lists` are rows, or
 * columns from the bottom up, of what the arrow keys walk over.
 */
function place(host, chart, lists, upright, above, below) {
  const at = host.contains(document.activeElement) ? document.activeElement.dataset : {};
  host.replaceChildren(...above, chart, ...below.filter(Boolean).map((said) => el("p", { class: "note" }, said)));
  walk(lists, upright);
  // The host's own listeners are for nodes: here Enter has been a click already.
  chart.addEventListener("keydown", (e) => (e.key === "Enter" || e.key === " ") && e.stopPropagation());
  const name = at.at ? "at" : "id";
  if (at[name]) host.querySelector(`[data-${name}="${CSS.escape(at[name])}"]`)?.focus({ preventScroll: true });
}

/** Buttons of which one is pressed, for a setting of a view's own; `say` has its values' words, and "label". */
function choice(setting, values, say, current) {
  const buttons = values.map((value) => el("button", { "data-value": value, on: { click: () => setOwn(setting, value) } }, say(value)));
  const show = () => {
    for (const b of buttons) b.setAttribute("aria-pressed", String(b.dataset.value === current()));
  };
  show();
  return { element: el("div", { class: "choice", role: "group", "aria-label": say("label") }, buttons), show };
}

/** Money from outside before a listing, as the canned queries on ceilings count it. */
const ofMoney = (r) => R.instrument[r] === "equity" || R.instrument[r] === "debt" || R.instrument[r] === "mixed";
const isMoney = (r) => R.status[r] === "closed" && R.listing[r] === "private" && ofMoney(r);

/** By the last day on which a round may have been announced; undated ones last. */
const byDate = (a, b) => (R.last[a] ?? Infinity) - (R.last[b] ?? Infinity) || (R.first[a] ?? Infinity) - (R.first[b] ?? Infinity) || a - b;
