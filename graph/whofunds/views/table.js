/* The table of participations: the same rows as without JavaScript, filtered, sorted, in steps. */

let sorting = { by: "date", up: false };
let rowsShown = STEP;

const placeOf = ({ min, max, stated, currency }) => [currency ?? "", min ?? max ?? stated ?? -1];
const SORTS = {
  date: (p) => R.last[P.round[p]] ?? -Infinity,
  company: (p) => LABEL[R.company[P.round[p]]].toLowerCase(),
  round: (p) => R.stage[P.round[p]].toLowerCase(),
  // By currency, since sums in different currencies have no order.
  amount: (p) => placeOf(R.own(P.round[p])),
  investor: (p) => LABEL[P.investor[p]].toLowerCase(),
  kind: (p) => LABEL[P.kinds(p)[0]],
  cheque: (p) => placeOf(P.cheque(p)),
  city: (p) => LABEL[R.city[P.round[p]]].toLowerCase(),
};

/** The participations shown, of the selection where there is one, as sorted. */
function tableParts() {
  const chosen = state.selected;
  const only = state.rounds && new Set(state.rounds.rounds);
  const key = SORTS[sorting.by];
  const direction = sorting.up ? 1 : -1;
  const last = (p) => R.last[P.round[p]] ?? -Infinity;
  return shownParts()
    .filter((p) => (only ? only.has(P.round[p]) : chosen === null || runsThrough(p, chosen)))
    .map((p) => [key(p), p])
    .sort((a, b) => direction * compare(a[0], b[0]) || compare(last(b[1]), last(a[1])) || a[1] - b[1])
    .map(([, p]) => p);
}

const tag = (text, warn = false) => el("span", { class: warn ? "tag warn" : "tag" }, text);

/** What a round is beside its stage: status, instrument, listing, disputes. */
function roundTags(r) {
  const tags = [];
  if (R.status[r] !== "closed") tags.push(tag(word("status-of", R.status[r])));
  if (R.instrument[r] && R.instrument[r] !== "equity") tags.push(tag(word("instrument", R.instrument[r])));
  if (R.listing[r] && R.listing[r] !== "private") tags.push(tag(word("listing", R.listing[r])));
  if (R.disputed[r].length) tags.push(tag(t("tag.disputed", { fields: listed(R.disputed[r].map((f) => word("field", f))) }), true));
  return tags.flatMap((one) => [" ", one]);
}

const roundMoney = (r) => moneyText(R.own(r));
const chequeMoney = (p) => (P.published(p) ? moneyText(P.cheque(p)) : "");
const moneyText = ({ min, max, stated, qualifier, currency }) => money(min, max, stated, qualifier, currency);
const roundWhen = (r) => when(R.first[r], R.last[r], R.precision[r]);

function tableRow(p) {
  const r = P.round[p];
  const pick = (id) => el("button", { on: { click: () => choose(id, true) } }, labelOf(id));
  return el(
    "tr",
    {},
    el("td", {}, roundWhen(r)),
    el("th", { scope: "row" }, pick(R.company[r])),
    el("td", {}, stageWord(R.stage[r]), roundTags(r)),
    el("td", {}, roundMoney(r)),
    el("td", {}, pick(P.investor[p]), P.lead[p] ? [" ", tag(t("tag.lead"))] : null),
    el("td", {}, P.kinds(p).flatMap((k, i) => [i ? ", " : "", icon(KEY[k]), " " + labelOf(k)])),
    el("td", {}, chequeMoney(p)),
    el("td", {}, labelOf(R.city[r])),
    el(
      "td",
      {},
      R.reports(r).flatMap((i) => {
        const { url, name } = reportAt(i);
        return [link(url, String(i + 1), { title: name, "aria-label": t("table.report", { n: i + 1, name }) }), " "];
      }),
    ),
  );
}

function drawTable() {
  const parts = tableParts();
  const table = byId("table").querySelector("table");
  const of = state.rounds ? state.rounds.title : state.selected === null ? "" : labelOf(state.selected);
  const participations = t("unit.participations", { n: parts.length });
  table.caption.textContent = t("table.caption", { what: of ? t("table.of", { participations, name: of }) : participations });
  table.tBodies[0].replaceChildren(...parts.slice(0, rowsShown).map(tableRow));
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const mine = head.dataset.sort === sorting.by;
    head.setAttribute("aria-sort", mine ? (sorting.up ? "ascending" : "descending") : "none");
  }
  const left = parts.length - rowsShown;
  const more = byId("more");
  more.hidden = left <= 0;
  more.textContent = t("table.more", { n: Math.min(STEP, left), rest: left });
}

function listenTable() {
  for (const head of byId("table").querySelectorAll("th[data-sort]")) {
    const sort = () => {
      sorting = { by: head.dataset.sort, up: sorting.by === head.dataset.sort ? !sorting.up : head.dataset.sort !== "date" };
      redraw();
    };
    head.replaceChildren(el("button", { "data-t": head.dataset.t, on: { click: sort } }, head.textContent));
    head.removeAttribute("data-t");
  }
  byId("more").addEventListener("click", () => {
    rowsShown += STEP;
    redraw();
  });
}

PICTURES.table = { draw: drawTable };
