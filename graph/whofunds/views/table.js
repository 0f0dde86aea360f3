/* The table of participations: the same rows as without JavaScript, filtered, sorted, in steps. */

const STEP = 200;
let sorting = { by: "when", up: false };
let rowsShown = STEP;

const SORTS = {
  when: (p) => ROUNDS[p.round].last ?? "",
  company: (p) => ENTITIES[p.to].label.toLowerCase(),
  stage: (p) => ROUNDS[p.round].stage.toLowerCase(),
  // By currency, since sums in different currencies have no order.
  amount: (p) => {
    const { currency, min, max, stated } = ROUNDS[p.round];
    return [currency ?? "", min ?? max ?? stated ?? -1];
  },
  investor: (p) => ENTITIES[p.from].label.toLowerCase(),
  kind: (p) => ENTITIES[p.kinds[0]].label,
  cheque: (p) => [p.cheque_currency ?? "", p.cheque_min ?? p.cheque_max ?? p.cheque_stated ?? -1],
  city: (p) => ENTITIES[ROUNDS[p.round].city].label.toLowerCase(),
};

function compare(a, b) {
  if (Array.isArray(a)) return compare(a[0], b[0]) || compare(a[1], b[1]);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The participations shown, of the selection where there is one, as sorted. */
function tableParts() {
  const chosen = state.selected === null ? null : ENTITIES[state.selected];
  const key = SORTS[sorting.by];
  const direction = sorting.up ? 1 : -1;
  return shownParts()
    .filter((p) => !chosen || runsThrough(p, chosen))
    .map((p) => [key(p), p])
    .sort((a, b) => direction * compare(a[0], b[0]) || compare(ROUNDS[b[1].round].last ?? "", ROUNDS[a[1].round].last ?? "") || a[1].id - b[1].id)
    .map(([, p]) => p);
}

/** What a round is beside its stage: status, instrument, listing, disputes. */
function roundTags(round) {
  const tags = [];
  if (round.status !== "closed") tags.push(el("span", { class: "tag" }, round.status));
  if (round.instrument && round.instrument !== "equity") tags.push(el("span", { class: "tag" }, round.instrument));
  if (round.listing && round.listing !== "private") tags.push(el("span", { class: "tag" }, round.listing === "ipo" ? "listing" : round.listing));
  if (round.disputed.length) tags.push(el("span", { class: "tag warn" }, "disputed: " + round.disputed.join(", ")));
  return tags.flatMap((tag) => [" ", tag]);
}

function tableRow(part, choose) {
  const round = ROUNDS[part.round];
  const pick = (id) => el("button", { on: { click: () => choose(id) } }, ENTITIES[id].label);
  return el(
    "tr",
    {},
    el("td", {}, round.when),
    el("th", { scope: "row" }, pick(part.to)),
    el("td", {}, round.stage || "round", roundTags(round)),
    el("td", {}, round.amount),
    el("td", {}, pick(part.from), part.lead ? [" ", el("span", { class: "tag" }, "lead")] : null),
    el("td", {}, part.kinds.flatMap((k, i) => [i ? ", " : "", icon(ENTITIES[k].key), " " + ENTITIES[k].label])),
    el("td", {}, part.cheque),
    el("td", {}, ENTITIES[round.city].label),
    el(
      "td",
      {},
      round.reports.flatMap((r) => [link(REPORTS[r].url, String(r + 1), { title: REPORTS[r].name, "aria-label": `Report ${r + 1}: ${REPORTS[r].name}` }), " "]),
    ),
  );
}

function drawTable(choose) {
  const parts = tableParts();
  const table = byId("table").querySelector("table");
  const of = state.selected === null ? "" : ` of ${ENTITIES[state.selected].label}`;
  table.caption.textContent = `${count(parts.length, "participation")}${of}. Amounts are the round's, never one investor's.`;
  table.tBodies[0].replaceChildren(...parts.slice(0, rowsShown).map((p) => tableRow(p, choose)));
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const mine = head.dataset.sort === sorting.by;
    head.setAttribute("aria-sort", mine ? (sorting.up ? "ascending" : "descending") : "none");
  }
  const more = byId("more");
  more.hidden = parts.length <= rowsShown;
  more.textContent = `Show ${Math.min(STEP, parts.length - rowsShown)} more of ${(parts.length - rowsShown).toLocaleString("en")}`;
}

function listenTable(redraw) {
  for (const head of byId("table").querySelectorAll("th[data-sort]")) {
    const sort = () => {
      sorting = { by: head.dataset.sort, up: sorting.by === head.dataset.sort ? !sorting.up : head.dataset.sort !== "when" };
      redraw();
    };
    head.replaceChildren(el("button", { on: { click: sort } }, head.textContent));
  }
  byId("more").addEventListener("click", () => {
    rowsShown += STEP;
    redraw();
  });
}
