/* Who took part in the same rounds: with one investor or group, counted as investors/co-investors
   counts, or in pairs. A row holds the rounds that its investors shared. */

const ORDERS = ["rounds", "since", "kind"];

const roundByKey = lazy(() => new Map(R.key.map((key, r) => [key, r])));

/** What took part as part of a group, by the group's key and by round: ids of investors. */
const groupParts = lazy(() => {
  const found = new Map();
  for (const [group, member, rounds] of DATA.settings.groups ?? []) {
    const id = entityByKey().get(`investor:${member}`);
    const held = found.get(group) ?? found.set(group, new Map()).get(group);
    for (const key of rounds) {
      const r = roundByKey().get(key);
      if (id !== undefined && r !== undefined) held.set(r, [...(held.get(r) ?? []), id]);
    }
  }
  return found;
});

/** The investor or group that is asked for; it need not have taken part itself. Null for all pairs. */
function theOne() {
  const asked = DATA.settings.investor;
  const key = state.own.investor || asked?.key;
  const id = key ? entityByKey().get(`investor:${key}`) : undefined;
  if (id === undefined && key !== asked?.key) return null;
  return key ? { key, id, name: id === undefined ? asked.name : labelOf(id) } : null;
}

const pairRow = (ids) => ({ ids, key: ids.map((id) => KEY[id]).join(" "), kinds: new Map(ids.map((id) => [id, new Set()])), rounds: [], apart: [], talks: [], doubts: new Set() });

function shareRound(held, r, doubt) {
  if (!raisedMoney(r)) return (R.status[r] === "closed" ? held.apart : held.talks).push(r);
  if (doubt) held.doubts.add(r);
  return held.rounds.push(r);
}

/** Everybody who took part in a shown round beside the one or its group, as investors/co-investors. */
function companions(one) {
  const members = groupParts().get(one.key) ?? new Map();
  const found = new Map();
  const out = { ours: 0, alone: 0, members: new Set() };
  const visible = new Set(shownParts());
  for (let r = 0; r < R.n; r++) {
    if (!roundShown(r)) continue;
    const ours = new Set(members.get(r));
    if (one.id !== undefined) ours.add(one.id);
    const parts = partsOf(r);
    const mine = parts.filter((p) => ours.has(P.investor[p]));
    if (!mine.length) continue;
    for (const p of mine) if (P.investor[p] !== one.id) out.members.add(P.investor[p]);
    const doubt = mine.some((p) => P.doubt[p]);
    const others = parts.filter((p) => !ours.has(P.investor[p]) && !unnamed(P.investor[p]));
    if (raisedMoney(r)) {
      out.ours++;
      if (!others.length) out.alone++;
    }
    for (const p of others.filter((other) => visible.has(other))) {
      const id = P.investor[p];
      const held = found.get(id) ?? found.set(id, pairRow([id])).get(id);
      addKinds(held, p);
      shareRound(held, r, doubt || P.doubt[p]);
    }
  }
  return { ...out, rows: [...found.values()] };
}

/** For each round, who of its investors is of one group: a list of sets. */
const oneGroup = lazy(() => {
  const found = new Map();
  for (const [group, rounds] of groupParts()) {
    const head = entityByKey().get(`investor:${group}`);
    for (const [r, ids] of rounds) (found.get(r) ?? found.set(r, []).get(r)).push(new Set(head === undefined ? ids : [head, ...ids]));
  }
  return found;
});

/** The pairs that share most shown rounds, so many; a group's own members are no pair. */
function mostPairs(most) {
  const byRound = new Map();
  for (const p of shownParts()) if (!unnamed(P.investor[p]) && raisedMoney(P.round[p])) (byRound.get(P.round[p]) ?? byRound.set(P.round[p], []).get(P.round[p])).push(p);
  const width = INVESTORS.end;
  const kin = (r, a, b) => (oneGroup().get(r) ?? []).some((ids) => ids.has(a) && ids.has(b));
  const each = (visit) => {
    for (const [r, parts] of byRound)
      for (let i = 0; i < parts.length; i++)
        for (let j = i + 1; j < parts.length; j++) {
          const [p, q] = P.investor[parts[i]] < P.investor[parts[j]] ? [parts[i], parts[j]] : [parts[j], parts[i]];
          if (P.investor[p] !== P.investor[q]) visit(P.investor[p] * width + P.investor[q], r, p, q);
        }
  };
  const counts = new Map();
  let within = 0;
  each((pair, r, p, q) => (kin(r, P.investor[p], P.investor[q]) ? within++ : counts.set(pair, (counts.get(pair) ?? 0) + 1)));
  const ids = (pair) => [Math.floor(pair / width), pair % width].sort((a, b) => HOME[a] - HOME[b] || a - b);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  const found = new Map(ranked.map(([pair]) => [pair, pairRow(ids(pair))]));
  each((pair, r, p, q) => {
    const held = found.get(pair);
    if (!held || kin(r, P.investor[p], P.investor[q])) return;
    shareRound(held, r, P.doubt[p] || P.doubt[q]);
    for (const one of [p, q]) addKinds(held, one);
  });
  return { rows: [...found.values()], all: counts.size, repeated: [...counts.values()].filter((n) => n > 1).length, within };
}

const earliest = (held) => held.rounds.reduce((day, r) => Math.min(day, R.first[r] ?? Infinity), Infinity);

/** In the order asked for; those of one kind stand together, kinds by their number of rows. */
function inOrder(rows) {
  const by = state.own.sort || "rounds";
  const since = new Map(rows.map((held) => [held, earliest(held)]));
  const kinds = new Map();
  for (const held of rows) kinds.set(kindsWord(held), (kinds.get(kindsWord(held)) ?? 0) + 1);
  const order = {
    rounds: () => 0,
    since: (a, b) => (since.get(a) === since.get(b) ? 0 : since.get(a) - since.get(b)),
    kind: (a, b) => kinds.get(kindsWord(b)) - kinds.get(kindsWord(a)) || compare(kindsWord(a), kindsWord(b)),
  }[ORDERS.includes(by) ? by : "rounds"];
  return rows.sort((a, b) => order(a, b) || b.rounds.length - a.rounds.length || compare(a.key, b.key));
}

const addKinds = (held, p) => P.kinds(p).forEach((k) => held.kinds.get(P.investor[p]).add(k));

/** The kinds that one of a row had in its rounds. */
const kindsOf = (held, id) => [...held.kinds.get(id)].sort((a, b) => a - b).map((k) => KEY[k]);
const kindsWord = (held) => held.ids.map((id) => kindsOf(held, id).map((kind) => word("kind", kind)).join(", ")).join(" + ");

const allRounds = (held) => [...held.rounds, ...held.apart, ...held.talks];
