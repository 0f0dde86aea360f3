/* The one group-by behind the pictures: entities as nodes, participations as links between levels. */

const FEW = 4; // that many beyond the top N are shown rather than grouped

/** Distinct rounds of each entity in these participations, which are in order of their rounds. */
function roundsByEntity(parts, levels) {
  const counts = new Int32Array(LABEL.length);
  const seen = new Int32Array(LABEL.length).fill(-1);
  for (const level of levels)
    if (level !== "kind")
      for (const p of parts) {
        const id = entityAt(p, level);
        if (seen[id] !== P.round[p]) {
          seen[id] = P.round[p];
          counts[id]++;
        }
      }
  return counts;
}

/** Distinct rounds of each kind of capital in these participations, of whose kinds `kindsOf` are meant. */
function roundsByKind(parts, kindsOf) {
  const counts = new Int32Array(KINDS.end);
  const seen = new Int32Array(KINDS.end).fill(-1);
  for (const p of parts)
    for (const k of kindsOf(p))
      if (seen[k] !== P.round[p]) {
        seen[k] = P.round[p];
        counts[k]++;
      }
  return counts;
}

/** The ids of a level that have any, most rounds first, as they come where equal. */
function ranked({ start, end }, counts) {
  const byCount = [];
  for (let id = start; id < end; id++) if (counts[id]) (byCount[counts[id]] ??= []).push(id);
  return byCount.reverse().flat();
}

/** The selection, what was brought in and its neighbours: each of them is drawn as itself. */
function kept(parts) {
  const ids = new Set(state.pinned);
  if (state.selected !== null) ids.add(state.selected);
  for (const id of state.pinned) {
    const around = parts.filter((p) => runsThrough(p, id));
    const counts = roundsByEntity(around, LEVELS);
    for (const level of LEVELS.slice(1)) for (const other of ranked(RANGES[level], counts).slice(0, MANY)) ids.add(other);
  }
  return ids;
}

/**
 * Which node each entity is drawn as: itself, or the group of those beyond the top N. Investors are
 * grouped by their kind, so that a group keeps its place and colour.
 */
function nodesOf(parts, levels) {
  const counts = roundsByEntity(parts, levels);
  const at = new Int32Array(LABEL.length).fill(-1);
  const nodes = [];
  const add = (node) => nodes.push({ ...node, index: nodes.length }) - 1;
  const always = kept(parts);
  for (const level of levels) {
    if (level === "kind") {
      for (const k of range(KINDS)) at[k] = add({ id: k, level, group: null });
      continue;
    }
    const ids = ranked(RANGES[level], counts);
    const top = ids.length - state.top > FEW ? state.top : Infinity;
    const beyond = new Map();
    ids.forEach((id, i) => {
      if (i < top || always.has(id) || unnamed(id)) at[id] = add({ id, level, group: null });
      else {
        const group = level === "investor" ? `+${level}/${KEY[HOME[id]]}` : `+${level}`;
        (beyond.get(group) ?? beyond.set(group, []).get(group)).push(id);
      }
    });
    for (const [group, members] of beyond) {
      const open = state.opened.get(group) ?? 0;
      const rest = members.length - open > 1 ? members.slice(open) : [];
      for (const id of members.slice(0, members.length - rest.length)) at[id] = add({ id, level, group: null });
      const node = rest.length ? add({ id: group, level, group: { members: rest, home: HOME[rest[0]] } }) : -1;
      for (const id of rest) at[id] = node;
    }
  }
  return { at, nodes };
}

/**
 * Count rounds, and published cheques, of participations in nodes and the links between them. A
 * round counts once in a node or link; `kinds` has {rounds, money} by kind. `only` keeps to one
 * kind where a participation has several.
 */
function counted(parts, levels, { at, nodes: placed }, only = null) {
  const width = KINDS.end;
  const nodes = placed.map((node) => ({ ...node, rounds: 0, money: 0, kinds: new Map() }));
  const links = new Map();
  const cheques = state.measure === "cheques";
  let bits = 0;
  for (const k of state.kinds) if (only === null || k === only) bits |= 1 << k;
  const tally = (held, k, p, first) => {
    const round = P.round[p];
    if (held.seen !== round) {
      held.seen = round;
      held.rounds++;
      held.of = 0;
    }
    let kind = held.kinds.get(k);
    if (!kind) held.kinds.set(k, (kind = { rounds: 0, money: 0 }));
    if (!(held.of & (1 << k))) {
      held.of |= 1 << k;
      kind.rounds++;
    }
    const cheque = cheques ? paid(p) : null;
    if (cheque !== null) {
      kind.money += cheque;
      if (first) held.money += cheque;
    }
  };
  for (const p of parts) {
    const live = P.bits[p] & bits;
    let first = true;
    for (let k = 0; k < width; k++) {
      if (!(live & (1 << k))) continue;
      let before = -1;
      for (const level of levels) {
        const index = level === "kind" ? at[k] : at[entityAt(p, level)];
        tally(nodes[index], k, p, first || level === "kind");
        if (before >= 0) {
          const key = before * nodes.length + index;
          let link = links.get(key);
          if (!link) links.set(key, (link = { key, from: nodes[before], to: nodes[index], rounds: 0, money: 0, kinds: new Map() }));
          tally(link, k, p, first || link.from.level === "kind");
        }
        before = index;
      }
      first = false;
    }
  }
  return { nodes: new Map(nodes.filter((n) => n.rounds).map((n) => [n.id, n])), links };
}

/** What is drawn now: all that is shown, and the part of it that runs through the selection. */
function picture(levels) {
  const parts = shownParts();
  const chosen = state.selected;
  const placed = nodesOf(parts, levels);
  const all = counted(parts, levels, placed);
  const only = chosen !== null && typeOf(chosen) === "kind" ? chosen : null;
  const through = chosen === null ? null : counted(parts.filter((p) => runsThrough(p, chosen)), levels, placed, only);
  return { levels, ...all, through, columns: ordered(levels, all) };
}

const nodeName = (node) => (node.group ? t("chart.others", { n: node.group.members.length }) : labelOf(node.id));
const nodeKind = (node) => (node.group ? (node.level === "investor" ? KEY[node.group.home] : node.level) : kindOf(node.id));
/** How wide a node or link is drawn, by the measure that was asked for. */
const size = (held) => (state.measure === "cheques" ? held.money : held.rounds);
const sizeText = (held) => (state.measure === "cheques" ? (held.money ? compact(held.money, DATA.currency) : "–") : number(held.rounds));

/**
 * Nodes by level, in order: each at the mean of what it is linked to, so that links cross little;
 * investors in blocks by kind, groups and the unknown last.
 */
function ordered(levels, { nodes, links }) {
  const columns = levels.map((level) => [...nodes.values()].filter((n) => n.level === level));
  const linked = new Map([...nodes.values()].map((n) => [n, []]));
  for (const link of links.values()) {
    linked.get(link.from).push([link.to, link.rounds]);
    linked.get(link.to).push([link.from, link.rounds]);
  }
  const seat = new Map();
  const place = (column) => column.forEach((n, i) => seat.set(n, (i + 0.5) / column.length));
  for (const column of columns) place(column.sort((a, b) => b.rounds - a.rounds));
  const mean = (node, level) => {
    let [sum, weight] = [0, 0];
    for (const [other, w] of linked.get(node))
      if (other.level === level) {
        sum += w * seat.get(other);
        weight += w;
      }
    return weight ? sum / weight : 0.5;
  };
  const last = (n) => (n.group || n.id === UNKNOWN || unnamed(n.id) ? 1 : 0);
  const kinds = columns[0];
  const block = (n) => (n.level === "investor" ? kinds.findIndex((k) => k.id === (n.group ? n.group.home : HOME[n.id])) : 0);
  const sort = (column, level) => {
    const at = new Map(column.map((n) => [n, [block(n), last(n), mean(n, level)]]));
    place(column.sort((a, b) => compare(at.get(a), at.get(b)) || a.index - b.index));
  };
  for (let sweep = 0; sweep < 4; sweep++) {
    for (let i = 1; i < columns.length; i++) sort(columns[i], levels[i - 1]);
    for (let i = columns.length - 2; i >= 0; i--) sort(columns[i], levels[i + 1]);
  }
  for (let i = 2; i < columns.length; i++) sort(columns[i], levels[i - 1]);
  return columns;
}

/** Order of numbers, texts or lists of them. */
function compare(a, b) {
  if (Array.isArray(a)) return a.reduce((found, one, i) => found || compare(one, b[i]), 0);
  return a < b ? -1 : a > b ? 1 : 0;
}
