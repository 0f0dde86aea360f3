/* Co-investors, drawn: a row is somebody who invested together with the one that was asked for, or,
   where nobody was, a pair; its marks are the shared rounds, by date. */

const CO_AT_FIRST = 30;
const PAIRS_AT_FIRST = 40;
const ROW_TALL = 26;
const LEVEL_TALL = 14;
const MOST_MARKS = 40;
const UNSURE = new Set(["members", "date"]); // of what accounts dispute, what this picture shows

/** How a row's round is told: told, doubted, apart or talked. */
function toldAs(held, r) {
  if (!raisedMoney(r)) return R.status[r] === "closed" ? "apart" : "talked";
  return held.doubts.has(r) || R.disputed[r].some((field) => UNSURE.has(field)) ? "doubted" : "told";
}

const longer = (r) => R.last[r] - R.first[r] > 3;

/** A round's mark: a dot for a day, a bar for a longer span; open for what isn't counted. */
function roundMark(held, r, scale) {
  const state = toldAs(held, r);
  const mark = { rounds: [r], state, words: roundWords(r, state), x: null, w: 0 };
  if (R.first[r] === null) return mark;
  const [from, to] = [scale(R.first[r]), scale(R.last[r] + 1)];
  const w = longer(r) ? Math.max(9, to - from) : 0;
  return { ...mark, x: w ? from : (from + to) / 2, w };
}

function markShape({ state, w }) {
  if (state === "many") return svg("rect", { class: "mark many", y: -8, width: w.toFixed(1), height: 16, rx: 3 });
  if (state === "apart") return svg("path", { class: "mark open", d: "M0,-6L6,0L0,6L-6,0Z" });
  if (w) return svg("rect", { class: `mark ${state}`, y: -4, width: w.toFixed(1), height: 8, rx: 4 });
  return svg("circle", { class: `mark ${state}`, r: 5.5 });
}

const pairName = (held) => held.ids.map(labelOf).join(" + ");

function roundWords(r, mark) {
  const what = [labelOf(R.company[r]), stageWord(R.stage[r]), when(R.first[r], R.last[r], R.precision[r])];
  if (mark === "apart") what.push(word("instrument", R.instrument[r]), t("pairs.apart_short"));
  if (mark === "talked") what.push(word("status", R.status[r]), t("pairs.talked_short"));
  if (mark === "doubted") what.push(t("pairs.doubted_short"));
  return what.join(", ");
}

/** Whether a round of a row runs through what is selected. */
function lights(held, r) {
  const id = state.selected;
  if (id === null || held.ids.includes(id)) return true;
  return partsOf(r).some((p) => runsThrough(p, id));
}

/** So many rounds of a row that no mark each has room: one mark a year, with their number. */
function byYear(rounds, scale) {
  const years = new Map();
  for (const r of rounds) (years.get(yearOf(R.last[r])) ?? years.set(yearOf(R.last[r]), []).get(yearOf(R.last[r]))).push(r);
  return [...years].map(([year, held]) => {
    const [from, to] = [scale(dayOf(year)), scale(dayOf(year + 1))];
    return { rounds: held, state: "many", x: from + 1, w: Math.max(9, to - from - 2), words: t("pairs.of_year", { year, rounds: t("pairs.rounds", { n: held.length }) }) };
  });
}

/** A row's marks on levels, so that none lies on another of about the same time. */
function levelled(held, scale, undated) {
  const dated = allRounds(held).filter((r) => R.first[r] !== null);
  const later = allRounds(held).filter((r) => R.first[r] === null);
  const many = held.rounds.length > MOST_MARKS;
  const single = many ? dated.filter((r) => !raisedMoney(r)) : dated;
  const marks = [...(many ? byYear(dated.filter(raisedMoney), scale) : []), ...single.map((r) => roundMark(held, r, scale))];
  marks.sort((a, b) => a.x - b.x || a.w - b.w);
  const ends = [];
  for (const m of marks) {
    const start = m.x - (m.w ? 0 : 6);
    const free = ends.findIndex((end) => start > end);
    m.level = free < 0 ? ends.length : free;
    ends[m.level] = m.x + (m.w || 6) + (m.state === "many" ? 0 : 2);
  }
  const aside = { level: 0, undated: true };
  if (later.length > 4) marks.push({ ...aside, rounds: later, state: "many", x: undated, w: 40, words: `${t("pairs.rounds", { n: later.length })}, ${t("pairs.undated")}` });
  else later.forEach((r, i) => marks.push({ ...roundMark(held, r, scale), ...aside, x: undated + 8 + i * 12 }));
  return { marks, levels: Math.max(1, ends.length) };
}

/** The marks of a row, named by their companies where there is room. */
function drawMarks(held, { marks, levels }, { left, right, y }) {
  const kind = held.ids.length > 1 ? "none" : kindsOf(held, held.ids[0])[0];
  const height = (m) => y + (m.undated ? 0 : (m.level - (levels - 1) / 2) * LEVEL_TALL);
  const lit = (m) => m.rounds.some((r) => lights(held, r));
  const elements = marks.map((m) => {
    const [r] = m.rounds;
    return pressable(
      `${held.key} ${R.key[r]}`,
      `${pairName(held)}: ${m.words}`,
      () => chooseRounds(`${pairName(held)} · ${m.state === "many" ? m.words : labelOf(R.company[r])}`, m.rounds),
      { class: `${kindClass(kind)} shared${lit(m) ? "" : " off"}`, transform: `translate(${m.x.toFixed(1)},${height(m).toFixed(1)})` },
      svg("rect", { class: "hit", x: -8, y: levels > 1 ? -6 : -11, width: m.w + 16, height: levels > 1 ? 12 : 22 }),
      markShape(m),
      m.state === "many" ? svg("text", { class: "count", x: m.w / 2, "text-anchor": "middle" }, number(m.rounds.length)) : [],
    );
  });
  const texts = [];
  const single = marks.filter((m) => !m.undated && m.state !== "many");
  const lines = range({ start: 0, end: levels }).map((level) => single.filter((m) => m.level === level));
  let said = "";
  for (const line of lines) {
    let before = left; // where the mark or name before ends
    line.forEach((m, i) => {
      const [start, end] = [m.x - (m.w ? 0 : 6), m.x + (m.w || 6)];
      const next = line[i + 1];
      const name = labelOf(R.company[m.rounds[0]]);
      const needs = wide(name, 12) + 8;
      const after = needs <= (next ? next.x - (next.w ? 0 : 6) : right + 8) - end;
      const told = name !== said && (after || needs <= start - before);
      before = told && after ? end + needs : end;
      if (!told) return;
      said = name;
      const x = after ? { x: (end + 5).toFixed(1) } : { x: (start - 5).toFixed(1), "text-anchor": "end" };
      texts.push(svg("text", { class: lit(m) ? "soft" : "soft off", y: (height(m) + 0.5).toFixed(1), ...x }, name));
    });
  }
  return { elements, texts };
}

function whoElement(held, id, kinds, at, width, act, label) {
  const icons = kinds.slice(0, 3);
  return pressable(
    at,
    label,
    act,
    { class: state.selected === id ? "who on" : "who" },
    svg("rect", { class: "hit", x: -3, y: -11, width: width - 4, height: 22 }),
    icons.map((kind, i) => svg("g", { class: kindClass(kind), transform: `translate(${6 + i * 15},0)` }, shape(kind, 5.2))),
    nameText(id, width - 14 - icons.length * 15, { x: 4 + icons.length * 15 }),
  );
}

/** Where things stand: names, the count and the time line in one line, or under each other. */
function rowLayout(width, pair, rows) {
  const slim = width < 680;
  const names = slim ? width - 60 : pair ? Math.min(420, width * 0.42) : Math.min(280, width * 0.3);
  const undated = rows.some((held) => allRounds(held).some((r) => R.first[r] === null)) ? 64 : 0;
  const left = slim ? 8 : names + 52;
  const above = slim ? (pair ? 50 : 26) : 0; // names stand above the line, not before it
  return { slim, names, left, right: width - 12 - undated, undated: undated ? width - undated : width, above };
}

function drawPair(held, y, scale, at, one) {
  const pair = held.ids.length > 1;
  const all = allRounds(held);
  const placed = levelled(held, scale, at.undated);
  const tall = Math.max(ROW_TALL, placed.levels * LEVEL_TALL + 6);
  const line = y + at.above + tall / 2;
  const head = at.slim ? y + 13 : line;
  const shared = () => chooseRounds(one ? `${one.name} + ${pairName(held)}` : pairName(held), all);
  const label = `${pairName(held)}, ${kindsWord(held)}: ${countWords(held)}`;
  const width = pair && !at.slim ? at.names / 2 : at.names;
  const whos = pair
    ? held.ids.map((id, i) => [whoElement(held, id, kindsOf(held, id), `${held.key} ${i}`, width, () => setOwn("investor", KEY[id]), t("pairs.make_one", { name: labelOf(id) })), at.slim ? [0, i * 24] : [i * width, 0]])
    : [[whoElement(held, held.ids[0], kindsOf(held, held.ids[0]), `${held.key} 0`, width, shared, label), [0, 0]]];
  for (const [who, [dx, dy]] of whos) who.setAttribute("transform", `translate(${4 + dx},${head + dy})`);
  const number_ = pressable(
    `${held.key} n`,
    label,
    shared,
    { class: "many", transform: `translate(${at.names + (at.slim ? 48 : 40)},${head})` },
    svg("rect", { class: "hit", x: -34, y: -11, width: 40, height: 22 }),
    svg("text", { "text-anchor": "end" }, number(held.rounds.length)),
  );
  const marks = drawMarks(held, placed, { left: at.left, right: at.right, y: line });
  const off = state.selected !== null && !all.some((r) => lights(held, r));
  return {
    elements: svg("g", { class: off ? "line off" : "line" }, svg("path", { class: "thread", d: `M4,${y + at.above + tall}H${at.right}` }), whos.map(([who]) => who), number_, marks.elements, marks.texts),
    grid: [...whos.map(([who]) => who), number_, ...marks.elements],
    tall: at.above + tall,
  };
}

function countWords(held) {
  const out = [t("pairs.rounds", { n: held.rounds.length })];
  if (held.apart.length) out.push(t("pairs.apart", { n: held.apart.length }));
  if (held.doubts.size) out.push(t("pairs.doubted", { n: held.doubts.size }));
  return out.join(", ");
}

/** The marks in words, as far as any is there. */
function markWords(rows) {
  const marks = new Set(rows.flatMap((held) => allRounds(held).map((r) => (toldAs(held, r) !== "told" ? toldAs(held, r) : longer(r) ? "span" : "day"))));
  const drawn = { day: { state: "told", w: 0 }, span: { state: "told", w: 14 }, doubted: { state: "doubted", w: 0 }, apart: { state: "apart", w: 0 }, talked: { state: "talked", w: 0 } };
  return Object.entries(drawn)
    .filter(([name]) => marks.has(name))
    .map(([name, mark]) => [svg("g", { transform: mark.w ? "translate(-6,0)" : "" }, markShape(mark)), t(`pairs.mark_${name}`)]);
}

function drawPairs(rows, width, one) {
  const pair = !one;
  const at = rowLayout(width, pair, rows);
  const days = rows.flatMap((held) => allRounds(held)).filter((r) => R.first[r] !== null);
  const first = Math.min(...days.map((r) => R.first[r]));
  const last = Math.max(...days.map((r) => R.last[r]));
  const pad = Math.max(20, (last - first) * 0.02);
  const scale = linear(first - pad, last + pad, at.left, at.right);
  const marks = key(markWords(rows), width - 12);
  const top = marks.height + 34;
  let y = top;
  const elements = [];
  const grid = [];
  let before = null;
  for (const held of rows) {
    const kinds = kindsWord(held);
    if (state.own.sort === "kind" && kinds !== before) {
      y += before === null ? 0 : 8;
      elements.push(svg("text", { class: "head", x: 4, y: y + 13 }, kinds));
      y += 24;
      before = kinds;
    }
    const drawn = drawPair(held, y, scale, at, one);
    elements.push(drawn.elements);
    grid.push(drawn.grid);
    y += drawn.tall;
  }
  const ticks = days.length ? dateTicks(first - pad, last + pad, Math.floor((at.right - at.left) / 64)) : [];
  const axis = ticks.map(([day, text]) => [
    svg("path", { class: "degree", d: `M${scale(day).toFixed(1)},${top - 6}V${y}` }),
    svg("text", { class: "soft", x: scale(day).toFixed(1), y: top - 14, "text-anchor": "middle" }, text),
  ]);
  if (at.undated < width) axis.push(svg("text", { class: "soft", x: at.undated, y: top - 14 }, t("pairs.undated")));
  const chart = svg(
    "svg",
    { class: "chart pairs", viewBox: `0 0 ${width} ${y + 6}`, width: width * zoom, height: (y + 6) * zoom, role: "group", "aria-label": one ? t("pairs.label_one", { name: one.name }) : t("pairs.label") },
    svg("g", { class: "k-none", "aria-hidden": "true", transform: "translate(4,10)" }, marks.drawn),
    svg("g", { "aria-hidden": "true" }, axis.flat()),
    elements,
  );
  return { chart, grid };
}

function moreButton(left, shown) {
  return el("p", { class: "more" }, el("button", { "data-at": "more", on: { click: () => setOwn("shown", shown + STEP) } }, t("pairs.more", { n: left })));
}

function oneNotes(one, found) {
  const notes = [];
  if (found.members.size) notes.push(t("pairs.group", { name: one.name, members: listed([...found.members].map(labelOf)) }));
  notes.push(t("pairs.counted"));
  const apart = new Set(found.rows.flatMap((held) => held.apart)).size;
  const talks = new Set(found.rows.flatMap((held) => held.talks)).size;
  const doubts = new Set(found.rows.flatMap((held) => [...held.doubts])).size;
  if (doubts) notes.push(t("pairs.note_doubted", { n: doubts }));
  if (apart) notes.push(t("pairs.note_apart", { n: apart }));
  if (talks) notes.push(t("pairs.note_talks", { n: talks }));
  if (found.alone) notes.push(t("pairs.note_alone", { n: found.alone }));
  return notes.join(" ");
}

function pairsNotes(found) {
  const notes = [t("pairs.counted"), t("pairs.note_pairs")];
  if (found.within) notes.push(t("pairs.note_within", { n: found.within }));
  return notes.join(" ");
}

PICTURES.pairs = {
  label: "tab.pairs",
  draw(host) {
    const one = theOne();
    showOwn(host);
    const asked = +state.own.shown || (one ? CO_AT_FIRST : PAIRS_AT_FIRST);
    const found = one ? companions(one) : mostPairs(asked + 1);
    const rows = inOrder(found.rows);
    const shown = rows.length - asked > 4 || (!one && found.all > asked) ? rows.slice(0, asked) : rows;
    const back = one && !DATA.settings.investor ? [el("p", { class: "to-all" }, el("button", { "data-at": "back", on: { click: () => setOwn("investor", "") } }, t("pairs.back")))] : [];
    if (!rows.length) return host.replaceChildren(...back, el("p", { class: "note" }, t(one ? "pairs.nobody" : "pairs.none", { name: one?.name ?? "" })));
    const top = [...rows].sort((a, b) => b.rounds.length - a.rounds.length || compare(a.key, b.key)).slice(0, 3);
    const named = listed(top.map((held) => `${pairName(held)} (${number(held.rounds.length)})`), "comma");
    const finding = one
      ? t("pairs.finding_one", { name: one.name, n: rows.filter((held) => held.rounds.length).length, rounds: t("unit.rounds", { n: found.ours }), top: named })
      : t("pairs.finding", { n: found.all, repeated: found.repeated, top: named });
    const { chart, grid } = drawPairs(shown, Math.max(300, host.clientWidth), one);
    const left = (one ? rows.length : found.all) - shown.length;
    place(host, chart, grid, false, [...back, el("p", { class: "finding" }, finding)], [one ? oneNotes(one, found) : pairsNotes(found)]);
    if (left > 0) chart.after(moreButton(left, shown.length));
    return undefined;
  },
  /** What the panel adds on an investor: the way to its co-investors. */
  about(id) {
    if (typeOf(id) !== "investor" || unnamed(id) || DATA.settings.investor || theOne()?.id === id) return [];
    const make = () => setOwn("investor", KEY[id]);
    return [el("p", {}, el("button", { on: { click: make } }, t("pairs.make_one", { name: labelOf(id) })))];
  },
};

CONTROLS.pairs = (host) => {
  const orders = ORDERS.map((name) => [name === "rounds" ? "" : name, t(`pairs.sort_${name}`)]);
  host.append(ownSelect("sort", t("pairs.sort"), orders));
};
