/* The fact table in columns. A row is a number: an entity, a round, a participation, a report. */

const DATA = embedded("data");

/* Entities: kinds of capital, investors, companies, cities, in this order. */
const entities = embedded("entities");
const LABEL = column(entities, "label");
const KEY = column(entities, "key");
const COHORT = column(entities, "cohort");
const COUNTRY = column(entities, "country");
const FOUNDED_FIRST = column(entities, "founded_first");
const FOUNDED_LAST = column(entities, "founded_last");
const LATITUDE = column(entities, "latitude");
const LONGITUDE = column(entities, "longitude");
const packedNames = column(entities, "names");
const namesOf = (id) => (packedNames[id] ? packedNames[id].split("\n") : []);

const LEVELS = ["kind", "investor", "company", "city"];
const RANGES = {};
LEVELS.reduce((start, level) => (RANGES[level] = { start, end: start + entities.counts[level] }).end, 0);
const { kind: KINDS, investor: INVESTORS, company: COMPANIES } = RANGES;
const typeOf = (id) => LEVELS.find((level) => id < RANGES[level].end);
const range = ({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i);
const UNKNOWN = range(KINDS).find((k) => KEY[k] === "unknown");
const unnamed = (id) => KEY[id] === "";

/* Bounds travel as a minimum, and what the upper end and the stated figure are over it. */
const plus = (min, more) => (more === null ? null : (min ?? 0) + more);

/** Bounds by row, {min, max, stated}, of the columns with a prefix. */
function bounds(packed, prefix) {
  const [min, over, said] = ["min", "over", "said"].map((name) => column(packed, prefix + name));
  return (i) => ({ min: min[i], max: plus(min[i], over[i]), stated: plus(min[i], said[i]) });
}

/** The same in the page's currency, as three arrays; null is unknown. */
function converted(packed, own, other, currency) {
  const currencies = column(packed, currency);
  const [mine, theirs] = [bounds(packed, own), bounds(packed, other)];
  const out = { floor: [], ceiling: [], said: [] };
  for (let i = 0; i < packed.n; i++) {
    const { min, max, stated } = (currencies[i] === DATA.currency ? mine : theirs)(i);
    out.floor.push(min);
    out.ceiling.push(max);
    out.said.push(stated);
  }
  return out;
}

const several = (value) => (Array.isArray(value) ? value : value === null ? [] : [value]);

const R = (() => {
  const packed = DATA.rounds;
  const of = (name) => column(packed, name);
  const names = ["key", "company", "city", "stage", "status", "instrument", "listing", "first", "precision", "currency", "disputed"];
  const R = { n: packed.n, ...Object.fromEntries(names.map((name) => [name, of(name)])) };
  const span = of("span");
  R.last = R.first.map((day, i) => (day === null ? null : day + span[i]));
  R.start = new Int32Array(R.n + 1);
  of("parts").forEach((n, i) => (R.start[i + 1] = R.start[i] + n));
  const reports = of("reports");
  R.reports = (i) => several(reports[i]);
  const sums = lazy(() => [bounds(packed, ""), of("qualifier")]);
  R.own = (i) => ({ ...sums()[0](i), qualifier: sums()[1][i], currency: R.currency[i] });
  const worth = lazy(() => [bounds(packed, "worth_"), of("worth_currency"), of("worth_basis")]);
  R.worth = (i) => ({ ...worth()[0](i), qualifier: "", currency: worth()[1][i], basis: worth()[2][i] });
  const raised = lazy(() => converted(packed, "", "sum_", "currency"));
  const valued = lazy(() => converted(packed, "worth_", "worth_sum_", "worth_currency"));
  const later = { floor: () => raised().floor, ceiling: () => raised().ceiling, said: () => raised().said };
  Object.assign(later, { worthFloor: () => valued().floor, worthCeiling: () => valued().ceiling, worthSaid: () => valued().said });
  for (const [name, get] of Object.entries(later)) Object.defineProperty(R, name, { get });
  return R;
})();

/* Participations, by round. A kind is also a bit of `bits`. */
const P = (() => {
  const packed = embedded("links");
  const of = (name) => column(packed, name);
  const kinds = of("kinds");
  const alone = range(KINDS).map((k) => [k]);
  const P = { n: packed.n, investor: of("investor"), lead: of("lead"), seat: of("seat"), local: of("local"), near: of("near"), doubt: of("doubt") };
  P.kinds = (p) => (typeof kinds[p] === "number" ? alone[kinds[p]] : kinds[p]);
  P.bits = Int32Array.from(kinds, (k) => (typeof k === "number" ? 1 << k : k.reduce((all, one) => all | (1 << one), 0)));
  P.round = new Int32Array(P.n);
  for (let r = 0; r < R.n; r++) P.round.fill(r, R.start[r], R.start[r + 1]);
  const basis = lazy(() => of("basis"));
  P.basis = (p) => (basis()[p] ?? "").split("|");
  const own = lazy(() => [bounds(packed, "cheque_"), of("cheque_currency")]);
  P.cheque = (p) => ({ ...own()[0](p), qualifier: "", currency: own()[1][p] });
  P.published = (p) => Object.values(own()[0](p)).some((bound) => bound !== null);
  const sums = lazy(() => converted(packed, "cheque_", "cheque_sum_", "cheque_currency"));
  Object.defineProperty(P, "chequeFloor", { get: () => sums().floor });
  Object.defineProperty(P, "chequeCeiling", { get: () => sums().ceiling });
  return P;
})();

const MONEY = new Set(["equity", "debt", "mixed", "grant"]);

/** Whether a round counts: closed, with money to the company, as canned queries on investors have it. */
const raisedMoney = (r) => R.status[r] === "closed" && MONEY.has(R.instrument[r]);

/** A published cheque at least, of a round that counts: talks, promises and shares sold on are no money. */
const paid = (p) => (raisedMoney(P.round[p]) ? P.chequeFloor[p] : null);

const partsOf = (r) => range({ start: R.start[r], end: R.start[r + 1] });

/* Reports and accounts are read when somebody looks. */
const reportColumns = lazy(() => {
  const packed = embedded("reports");
  return { n: packed.n, ...Object.fromEntries(["url", "name", "publisher", "on"].map((name) => [name, column(packed, name)])) };
});
const reportAt = (i) => {
  const { url, name, publisher, on } = reportColumns();
  return { url: url[i], name: name[i] || url[i] || "", publisher: publisher[i] ?? "", on: on[i] };
};
/** The accounts of a round that has several, as objects. */
const accountsOf = (() => {
  const byRound = lazy(() => {
    const { n, columns } = DATA.accounts;
    const held = Object.keys(columns).map((name) => [name, column(DATA.accounts, name)]);
    const found = new Map();
    for (let i = 0; i < n; i++) {
      const account = Object.fromEntries(held.map(([name, values]) => [name, values[i]]));
      (found.get(account.round) ?? found.set(account.round, []).get(account.round)).push(account);
    }
    return found;
  });
  return (r) => byRound().get(r) ?? [];
})();

/** An investor's kind is the one that most of its participations have. */
const HOME = (() => {
  const width = KINDS.end;
  const counts = new Int32Array(INVESTORS.end * width);
  for (let p = 0; p < P.n; p++) for (const k of P.kinds(p)) counts[P.investor[p] * width + k]++;
  const home = new Int32Array(INVESTORS.end).fill(UNKNOWN);
  for (let i = INVESTORS.start; i < INVESTORS.end; i++) {
    let most = 0;
    for (let k = 0; k < width; k++) if (counts[i * width + k] > most) [most, home[i]] = [counts[i * width + k], k];
  }
  return home;
})();

/** What an entity looks like: a kind's key, or "company", "city". */
function kindOf(id) {
  const type = typeOf(id);
  return type === "kind" ? KEY[id] : type === "investor" ? KEY[HOME[id]] : type;
}

const entityAt = (p, level) => (level === "investor" ? P.investor[p] : level === "company" ? R.company[P.round[p]] : R.city[P.round[p]]);

/** Whether a participation runs through an entity. */
function runsThrough(p, id) {
  const type = typeOf(id);
  return type === "kind" ? (P.bits[p] & (1 << id)) !== 0 : entityAt(p, type) === id;
}

const yearOf = (day) => new Date(day * 864e5).getUTCFullYear();
const dayOf = (year, month = 0, day = 1) => Date.UTC(year, month, day) / 864e5;
const YEARS = (() => {
  let [first, last] = [Infinity, -Infinity];
  for (let r = 0; r < R.n; r++)
    if (R.first[r] !== null) {
      first = Math.min(first, R.first[r]);
      last = Math.max(last, R.last[r]);
    }
  return first <= last ? [yearOf(first), yearOf(last)] : [2000, 2000];
})();
