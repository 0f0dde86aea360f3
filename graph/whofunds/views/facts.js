/* The fact table, what is shown of it, and the one group-by behind every picture. */

const ENTITIES = unpack(embedded("entities"));
const LINKS = unpack(embedded("links"));
const { title: TITLE, rounds: packedRounds, reports: packedReports } = embedded("data");
const ROUNDS = unpack(packedRounds);
const REPORTS = unpack(packedReports);
const KINDS = ENTITIES.filter((e) => e.type === "kind").map((e) => e.id);
const UNKNOWN = KINDS.find((k) => ENTITIES[k].key === "unknown");
const WORD = { kind: "Capital kind", investor: "Investor", company: "Company", city: "City" };

for (const round of ROUNDS) {
  round.parts = [];
  round.year = round.first ? [+round.first.slice(0, 4), +round.last.slice(0, 4)] : null;
}
LINKS.forEach((part, i) => {
  part.id = i;
  ROUNDS[part.round].parts.push(part);
});

const dated = ROUNDS.filter((r) => r.year);
const YEARS = dated.length
  ? [dated.reduce((y, r) => Math.min(y, r.year[0]), 9999), dated.reduce((y, r) => Math.max(y, r.year[1]), 0)]
  : [2000, 2000];

const initial = () => ({
  kinds: new Set(KINDS),
  from: YEARS[0],
  until: YEARS[1],
  talks: false,
  disputed: true,
  top: 30,
  opened: new Map(),
  selected: null,
});
let state = initial();
const FEW = 4; // that many beyond the top N are shown rather than grouped

/** For each entity what most of its participations have: an investor's kind, a company's city. */
function mostly(entityOf, valuesOf) {
  const tallies = new Map();
  for (const part of LINKS) {
    const id = entityOf(part);
    const tally = tallies.get(id) ?? tallies.set(id, new Map()).get(id);
    for (const value of valuesOf(part)) tally.set(value, (tally.get(value) ?? 0) + 1);
  }
  return new Map([...tallies].map(([id, tally]) => [id, [...tally].sort((a, b) => b[1] - a[1])[0][0]]));
}

const HOME = mostly((part) => part.from, (part) => part.kinds);
const SEAT = mostly((part) => part.to, (part) => [ROUNDS[part.round].city]);

const kindKey = (entity) =>
  entity.type === "kind" ? entity.key : entity.type === "investor" ? ENTITIES[HOME.get(entity.id) ?? UNKNOWN].key : entity.type;

const wholeSpan = () => state.from === YEARS[0] && state.until === YEARS[1];

/** Why a round isn't shown: "", or one of talks, disputed, undated, years. */
function leftOut(round) {
  if (!state.talks && round.status !== "closed") return "talks";
  if (!state.disputed && round.disputed.length) return "disputed";
  if (wholeSpan()) return "";
  if (!round.year) return "undated";
  return round.year[0] >= state.from && round.year[1] <= state.until ? "" : "years";
}

const liveKinds = (part) => part.kinds.filter((k) => state.kinds.has(k));

/** The participations that the filters let through. */
function shownParts() {
  const round = ROUNDS.map((r) => !leftOut(r));
  return LINKS.filter((p) => round[p.round] && p.kinds.some((k) => state.kinds.has(k)));
}

const entityAt = (part, level) =>
  level === "investor" ? part.from : level === "company" ? part.to : ROUNDS[part.round].city;

/** Whether a participation runs through an entity. */
function runsThrough(part, entity) {
  if (entity.type === "kind") return part.kinds.includes(entity.id);
  return entityAt(part, entity.type) === entity.id;
}

/**
 * Which node each entity is drawn as: itself, or the group of those beyond the top N. Investors
 * are grouped by their kind, so that a group keeps its place and colour. `kept` is always itself.
 */
function slots(parts, levels, kept) {
  const rounds = new Map();
  for (const part of parts)
    for (const level of levels)
      if (level !== "kind") {
        const id = entityAt(part, level);
        (rounds.get(id) ?? rounds.set(id, new Set()).get(id)).add(part.round);
      }
  const slot = new Map();
  const groups = new Map();
  for (const level of levels) {
    if (level === "kind") continue;
    const ids = [...rounds.keys()].filter((id) => ENTITIES[id].type === level);
    ids.sort((a, b) => rounds.get(b).size - rounds.get(a).size || (ENTITIES[a].label < ENTITIES[b].label ? -1 : 1));
    const beyond = new Map();
    const top = ids.length - state.top > FEW ? state.top : Infinity;
    ids.forEach((id, i) => {
      const group = level === "investor" ? `+${level}/${HOME.get(id)}` : `+${level}`;
      if (i < top || id === kept || ENTITIES[id].key === "") slot.set(id, id);
      else (beyond.get(group) ?? beyond.set(group, []).get(group)).push(id);
    });
    for (const [group, members] of beyond) {
      const open = state.opened.get(group) ?? 0;
      const rest = members.length - open > 1 ? members.slice(open) : [];
      for (const id of members) slot.set(id, id);
      for (const id of rest) slot.set(id, group);
      if (rest.length) groups.set(group, { level, members: rest, home: HOME.get(rest[0]) });
    }
  }
  return { slot, groups };
}

/**
 * Participations as nodes and links between levels. Sizes are sets of rounds; `kinds` has the
 * rounds by kind. `only` keeps to one kind where a participation has several.
 */
function group(parts, levels, { slot, groups }, only = null) {
  const nodes = new Map();
  const links = new Map();
  const add = (held, kind, round) => {
    held.rounds.add(round);
    (held.kinds.get(kind) ?? held.kinds.set(kind, new Set()).get(kind)).add(round);
  };
  const node = (level, id) => {
    if (!nodes.has(id)) nodes.set(id, { id, level, group: groups.get(id) ?? null, rounds: new Set(), kinds: new Map() });
    return nodes.get(id);
  };
  for (const part of parts)
    for (const kind of liveKinds(part)) {
      if (only !== null && kind !== only) continue;
      let before = null;
      for (const level of levels) {
        const id = level === "kind" ? kind : slot.get(entityAt(part, level));
        add(node(level, id), kind, part.round);
        if (before !== null) {
          const key = before + ">" + id;
          if (!links.has(key)) links.set(key, { key, from: before, to: id, rounds: new Set(), kinds: new Map() });
          add(links.get(key), kind, part.round);
        }
        before = id;
      }
    }
  return { nodes, links };
}

/** What is drawn now: all that is shown, and the part of it that runs through the selection. */
function picture(levels) {
  const parts = shownParts();
  const chosen = state.selected === null ? null : ENTITIES[state.selected];
  const placed = slots(parts, levels, state.selected);
  const all = group(parts, levels, placed);
  const through = chosen
    ? group(parts.filter((p) => runsThrough(p, chosen)), levels, placed, chosen.type === "kind" ? chosen.id : null)
    : null;
  return { levels, ...all, through };
}

const nodeName = (node) => (node.group ? `+${node.group.members.length.toLocaleString("en")} others` : ENTITIES[node.id].label);
const nodeKind = (node) => (node.group ? (node.level === "investor" ? ENTITIES[node.group.home].key : node.level) : kindKey(ENTITIES[node.id]));

/**
 * The order of every entity in its column, found once over all facts: each stands at the mean of
 * what it is linked to, investors in blocks by kind and companies in blocks by city, so links cross
 * little and nothing jumps when a filter changes.
 */
const RANK = (() => {
  const weights = new Map();
  const pair = (a, b) => {
    const row = weights.get(a) ?? weights.set(a, new Map()).get(a);
    row.set(b, (row.get(b) ?? 0) + 1);
  };
  for (const part of LINKS) {
    const city = ROUNDS[part.round].city;
    for (const [a, b] of [[part.from, part.to], [part.to, city], ...part.kinds.map((k) => [k, part.to])]) {
      pair(a, b);
      pair(b, a);
    }
  }
  const rank = new Map();
  const columns = { kind: [], investor: [], company: [], city: [] };
  for (const e of ENTITIES) if (weights.has(e.id)) columns[e.type].push(e.id);
  const place = (ids) => ids.forEach((id, i) => rank.set(id, (i + 0.5) / ids.length));
  const total = (id) => [...weights.get(id).values()].reduce((a, b) => a + b, 0);
  const totals = new Map([...weights.keys()].map((id) => [id, total(id)]));
  for (const ids of Object.values(columns)) place(ids.sort((a, b) => totals.get(b) - totals.get(a)));
  const mean = (id, type) => {
    let sum = 0;
    let weight = 0;
    for (const [other, w] of weights.get(id))
      if (ENTITIES[other].type === type) {
        sum += w * rank.get(other);
        weight += w;
      }
    return weight ? sum / weight : 0.5;
  };
  const last = (id) => (id === UNKNOWN || ENTITIES[id].key === "" ? 1 : 0);
  const sort = (ids, at, block = () => 0) => {
    const seat = new Map(ids.map((id) => [id, at(id)]));
    place(ids.sort((a, b) => block(a) - block(b) || last(a) - last(b) || seat.get(a) - seat.get(b) || a - b));
  };
  for (let sweep = 0; sweep < 8; sweep++) {
    sort(columns.kind, (id) => mean(id, "company"));
    sort(columns.investor, (id) => mean(id, "company"), (id) => rank.get(HOME.get(id)));
    sort(columns.company, (id) => mean(id, "investor"));
    sort(columns.city, (id) => mean(id, "company"));
    sort(columns.company, (id) => rank.get(id), (id) => rank.get(SEAT.get(id)));
  }
  return rank;
})();

/**
 * Nodes by level, in order; in the investors' column blocks by kind, groups last in theirs. Cities
 * follow the companies as they stand.
 */
function ordered(levels, { nodes, links }) {
  const seat = (node) => (node.group ? 2 : RANK.get(node.id));
  const block = (node) => (node.level === "investor" ? RANK.get(node.group ? node.group.home : HOME.get(node.id)) : 0);
  const columns = levels.map((level) => [...nodes.values()].filter((n) => n.level === level));
  for (const column of columns) column.sort((a, b) => block(a) - block(b) || seat(a) - seat(b));
  const row = new Map(columns.at(-2).map((n, i) => [n.id, i]));
  const pull = new Map();
  for (const { from, to, rounds } of links.values())
    if (row.has(from)) {
      const held = pull.get(to) ?? pull.set(to, [0, 0]).get(to);
      held[0] += row.get(from) * rounds.size;
      held[1] += rounds.size;
    }
  const mean = (node) => (node.group ? Infinity : pull.get(node.id)[0] / pull.get(node.id)[1]);
  const means = new Map(columns.at(-1).map((n) => [n, mean(n)]));
  columns.at(-1).sort((a, b) => (means.get(a) === means.get(b) ? 0 : means.get(a) - means.get(b)));
  return columns;
}
