/* What is chosen and let through; it stands in the address, so that it can be sent and gone back to. */

const STEP = 200;
const MANY = 60; // of a node's neighbours, so many come in

const initial = () => ({
  tab: null,
  kinds: new Set(range(KINDS)),
  from: YEARS[0],
  until: YEARS[1],
  talks: false,
  disputed: true,
  least: 0,
  top: 30,
  measure: "rounds",
  opened: new Map(),
  pinned: new Set(),
  selected: null,
  rounds: null, // {title, rounds} shown in the panel instead of an entity
  own: {},
});
let state = initial();

/* Why a round isn't shown. */
const REASONS = ["", "talks", "disputed", "undated", "years", "least", "maybe-least", "undisclosed", "unconverted", "further"];
const [SHOWN, TALKS, DISPUTED, UNDATED, OTHER_YEARS, LESS, MAYBE_LESS, UNDISCLOSED, UNCONVERTED, FURTHER] = REASONS.keys();
const wholeSpan = () => state.from === YEARS[0] && state.until === YEARS[1];

/** For each round SHOWN or the reason why not. */
function reasons() {
  const out = new Uint8Array(R.n);
  const whole = wholeSpan();
  const [from, until] = [dayOf(state.from), dayOf(state.until + 1) - 1];
  for (let r = 0; r < R.n; r++) {
    if (!state.talks && R.status[r] !== "closed") out[r] = TALKS;
    else if (!state.disputed && R.disputed[r].length) out[r] = DISPUTED;
    else if (!whole && R.first[r] === null) out[r] = UNDATED;
    else if (!whole && (R.first[r] < from || R.last[r] > until)) out[r] = OTHER_YEARS;
    else if (state.least) out[r] = tooSmall(r);
  }
  return out;
}

/** Whether a round is certainly of the least amount that was asked for, or why that can't be said. */
function tooSmall(r) {
  if (R.floor[r] >= state.least) return SHOWN;
  if (R.ceiling[r] !== null) return R.ceiling[r] < state.least ? LESS : MAYBE_LESS;
  const { min, max, stated } = R.own(r);
  if (min === null && max === null && stated === null) return UNDISCLOSED;
  return R.floor[r] === null && R.said[r] === null ? UNCONVERTED : MAYBE_LESS;
}

/* A neighbourhood holds more than it shows: what is further comes in with whose neighbour it is. */
const centres = lazy(() => (DATA.settings.centres ? new Set(DATA.settings.centres.map((name) => entityByKey().get(name))) : null));
const isNear = (p) => !centres() || LEVELS.slice(1).some((level) => [centres(), state.pinned].some((held) => held.has(entityAt(p, level))));

let filtered = null; // of the state that is shown
function filters() {
  if (!filtered) {
    const why = reasons();
    let bits = 0;
    for (const k of state.kinds) bits |= 1 << k;
    const parts = [];
    if (centres()) for (let r = 0; r < R.n; r++) if (why[r] === SHOWN && !partsOf(r).some(isNear)) why[r] = FURTHER;
    for (let p = 0; p < P.n; p++) if (why[P.round[p]] === SHOWN && P.bits[p] & bits && isNear(p)) parts.push(p);
    filtered = { why, parts };
  }
  return filtered;
}
/** The participations that the filters let through, in order. */
const shownParts = () => filters().parts;
const roundShown = (r) => filters().why[r] === SHOWN;
/** 1 for each round that the filters let through and a shown kind is in. */
function shownRounds() {
  const mask = new Uint8Array(R.n);
  for (const p of shownParts()) mask[P.round[p]] = 1;
  return mask;
}
const liveKinds = (p) => P.kinds(p).filter((k) => state.kinds.has(k));

/* The address. What is as at the start isn't in it. */
const entityByKey = lazy(() => {
  const found = new Map();
  for (const level of LEVELS) for (const id of range(RANGES[level])) found.set(`${level}:${KEY[id]}`, id);
  return found;
});
const nameInAddress = (id) => `${typeOf(id)}:${KEY[id]}`;

function address() {
  const start = initial();
  const out = new URLSearchParams();
  if (state.tab !== DATA.tabs[0]) out.set("tab", state.tab);
  if (state.selected !== null) out.set("of", nameInAddress(state.selected));
  const hidden = range(KINDS).filter((k) => !state.kinds.has(k));
  if (hidden.length) out.set("without", hidden.map((k) => KEY[k]).join(" "));
  for (const key of ["from", "until", "least", "top", "measure"]) if (state[key] !== start[key]) out.set(key, state[key]);
  if (state.talks) out.set("talks", "yes");
  if (!state.disputed) out.set("disputed", "no");
  if (state.pinned.size) out.set("with", [...state.pinned].map(nameInAddress).join(" "));
  if (state.opened.size) out.set("open", [...state.opened].map(([group, n]) => `${group.slice(1)}:${n}`).join(" "));
  for (const [key, value] of Object.entries(state.own)) out.set(`own.${key}`, value);
  if (language() !== DATA.language) out.set("lang", language());
  return out.toString();
}

/** The state that an address stands for; what it doesn't know, or can't read, is as at the start. */
function stateOf(text) {
  const given = new URLSearchParams(text);
  const found = initial();
  const list = (key) => (given.get(key) ?? "").split(" ").filter(Boolean);
  const entity = (name) => entityByKey().get(name);
  found.tab = DATA.tabs.includes(given.get("tab")) ? given.get("tab") : null;
  if (given.has("of")) found.selected = entity(given.get("of")) ?? null;
  const without = new Set(list("without"));
  if (without.size) found.kinds = new Set(range(KINDS).filter((k) => !without.has(KEY[k])));
  const year = (key) => Math.min(YEARS[1], Math.max(YEARS[0], Math.round(+given.get(key))));
  for (const key of ["from", "until"]) if (/^\d{4}$/.test(given.get(key) ?? "")) found[key] = year(key);
  if (/^\d+$/.test(given.get("least") ?? "")) found.least = +given.get("least");
  if (/^\d{1,3}$/.test(given.get("top") ?? "")) found.top = +given.get("top");
  if (given.get("measure") === "cheques") found.measure = "cheques";
  found.talks = given.get("talks") === "yes";
  found.disputed = given.get("disputed") !== "no";
  for (const name of list("with")) if (entity(name) !== undefined) found.pinned.add(entity(name));
  for (const group of list("open")) {
    const [, name, n] = /^(.+):(\d+)$/.exec(group) ?? [];
    if (name) found.opened.set("+" + name, +n);
  }
  for (const [key, value] of given) if (key.startsWith("own.")) found.own[key.slice(4)] = value;
  return { state: found, lang: given.get("lang") ?? DATA.language };
}

/** Put the state into the address, where it isn't there. */
function remember(step = true) {
  const now = address();
  if ("#" + now !== (location.hash || "#")) writeAddress(now, step);
}
