/* The details panel: who this is, what runs through it, its rounds and where that is said. */

const NEIGHBOURS = 10;
const ROUNDS_AT_FIRST = 12;
const NAMES_AT_FIRST = 12;

/** A list that shows its first items, and a button for the rest, `STEP` at a time. */
function asList(items, first, build) {
  const list = el("ul", { class: "list" });
  let shown = 0;
  const grow = (n) => {
    list.querySelector(".rest")?.remove();
    const focus = shown;
    list.append(...items.slice(shown, shown + n).map(build));
    shown = Math.min(items.length, shown + n);
    if (shown < items.length) list.append(el("li", { class: "rest" }, el("button", { on: { click: () => grow(STEP) } }, t("panel.more", { n: items.length - shown }))));
    if (focus) list.children[focus]?.querySelector("a,button,summary")?.focus();
  };
  grow(first);
  return list;
}

function drawPanel() {
  const panel = byId("details");
  const chosen = state.selected;
  byId("main").classList.toggle("chosen", chosen !== null || state.rounds !== null);
  panel.replaceChildren(...(state.rounds ? roundsPanel(state.rounds) : chosen === null ? overview() : entityPanel(chosen)).flat().filter(Boolean));
}

const entityItem = ([id, rounds]) =>
  el("li", {}, el("button", { on: { click: () => choose(id) } }, icon(kindOf(id)), isolated(labelOf(id)), el("span", { class: "n" }, t("unit.rounds", { n: rounds }))));

/** [entity, rounds] of what stands at a level in these participations, most rounds first. */
function tally(parts, level) {
  if (level !== "kind") {
    const counts = roundsByEntity(parts, [level]);
    return ranked(RANGES[level], counts).map((id) => [id, counts[id]]);
  }
  const counts = roundsByKind(parts, liveKinds);
  return ranked(KINDS, counts).map((k) => [k, counts[k]]);
}

function overview() {
  const parts = shownParts();
  return [
    el("h2", {}, t("panel.title")),
    el("p", {}, t("panel.hint")),
    DATA.hints.length ? [el("h3", {}, t("panel.hints")), el("ul", { class: "list hints" }, DATA.hints.map(hintItem))] : null,
    el("h3", {}, t("levels.kind")),
    asList(tally(parts, "kind"), 20, entityItem),
    el("h3", {}, t("levels.company")),
    asList(tally(parts, "company"), 8, entityItem),
  ];
}

/** A question that this page answers, and the state that shows the answer. */
const hintItem = ([text, to]) => el("li", {}, el("button", { on: { click: () => goTo(to) } }, t(...text)));

const closeButton = () => el("button", { class: "close", on: { click: () => choose(null) } }, t("panel.clear"));

const newestFirst = (a, b) => (R.last[b] ?? -Infinity) - (R.last[a] ?? -Infinity) || compare(R.key[a], R.key[b]);

function roundsPanel({ title, rounds }) {
  const list = [...rounds].sort(newestFirst);
  return [closeButton(), el("h2", {}, isolated(title)), el("p", {}, t("unit.rounds", { n: list.length })), asList(list, ROUNDS_AT_FIRST, (r) => roundItem(r, null))];
}

function entityPanel(id) {
  const type = typeOf(id);
  const parts = shownParts().filter((p) => runsThrough(p, id));
  const rounds = [...new Set(parts.map((p) => P.round[p]))].sort(newestFirst);
  const names = namesOf(id);
  const out = [
    closeButton(),
    el("span", { class: "tag" }, t(`level.${type}`)),
    el("h2", {}, icon(kindOf(id)), " ", isolated(labelOf(id))),
    names.length ? el("p", { class: "also" }, around("panel.also", "names", names.slice(0, NAMES_AT_FIRST).flatMap((n, i) => [i ? ", " : "", isolated(n)]))) : null,
    COHORT[id] ? el("p", { class: "also" }, t("panel.cohort", { name: COHORT[id] })) : null,
    type === "investor" && !unnamed(id) ? kindsLine(id) : null,
    ...(PICTURES[state.tab]?.about?.(id) ?? []),
  ];
  if (!parts.length)
    return [...out, el("p", {}, t("panel.none")), el("p", {}, el("button", { on: { click: () => clearFilters(id) } }, t("panel.unfilter")))];
  const companies = new Set(rounds.map((r) => R.company[r])).size;
  const held = t("unit.rounds", { n: rounds.length });
  out.push(el("p", {}, type === "company" ? held : t("panel.across", { rounds: held, companies: t("unit.companies", { n: companies }) })), chequesLine(parts));
  if (type !== "kind" && ["columns", "flow", "network"].includes(state.tab)) out.push(neighboursButton(id));
  for (const level of LEVELS) {
    if (level === type || (level === "kind" && type === "investor")) continue;
    const found = tally(parts, level);
    out.push(el("h3", {}, t("panel.heading", { name: t(`levels.${level}`), n: found.length })), asList(found, NEIGHBOURS, entityItem));
  }
  out.push(el("h3", {}, t("panel.heading", { name: t("levels.round"), n: rounds.length })), asList(rounds, ROUNDS_AT_FIRST, (r) => roundItem(r, id)));
  return out;
}

/** What is published of the money that runs through: cheques of rounds that count, never shares of a round. */
function chequesLine(parts) {
  const taking = parts.filter((p) => !unnamed(P.investor[p]) && raisedMoney(P.round[p]));
  const published = taking.filter(P.published);
  const held = published.map((p) => [P.chequeFloor[p], P.chequeCeiling[p]]).filter(([low, high]) => low !== null || high !== null);
  const said = [];
  if (held.length) {
    const low = held.reduce((sum, [floor]) => (floor === null ? sum : (sum ?? 0) + floor), null);
    const high = held.reduce((sum, [, ceiling]) => (sum === null || ceiling === null ? null : sum + ceiling), 0);
    said.push(t("panel.cheques", { sum: money(low, high, null, "", DATA.currency) }));
  }
  if (held.length < published.length) said.push(t("panel.unconverted-cheques", { n: published.length - held.length }));
  if (published.length < taking.length) said.push(t("panel.no-cheque", { n: taking.length - published.length }));
  return said.length ? el("p", { class: "also" }, said.join(" · ")) : null;
}

/** A text with elements where `{name}` stands. */
function around(key, name, elements) {
  const [before, after] = t(key, { [name]: "\0" }).split("\0");
  return [before, ...elements, after];
}

function neighboursButton(id) {
  const inside = state.pinned.has(id);
  return el("p", {}, el("button", { id: "neighbours", "aria-pressed": String(inside), on: { click: () => turnNeighbours(id) } }, t(inside ? "panel.away" : "panel.bring")));
}

function kindsLine(id) {
  const held = new Map();
  for (let p = 0; p < P.n; p++) if (P.investor[p] === id) P.kinds(p).forEach((k, i) => held.set(k, P.basis(p)[i]));
  const basis = (b) => (b ? el("span", { class: "soft" }, ` (${word("basis", b)})`) : "");
  return el("p", {}, [...held].flatMap(([k, b], i) => [i ? " · " : "", icon(KEY[k]), " " + labelOf(k), basis(b)]));
}

/** A round in the panel; `id` is whose panel it is, null for rounds of several. */
function roundItem(r, id) {
  const type = id === null ? "" : typeOf(id);
  const worth = R.worth(r);
  const valued = worth.min !== null || worth.max !== null || worth.stated !== null;
  const item = el(
    "li",
    { class: "round" },
    el(
      "div",
      { class: "line" },
      el("span", {}, type === "company" ? "" : [el("b", {}, isolated(labelOf(R.company[r]))), " · "], isolated(stageWord(R.stage[r])), " · ", roundWhen(r)),
      el("span", { class: "sum" }, roundMoney(r)),
    ),
    el("div", {}, roundTags(r)),
    valued ? el("div", { class: "soft" }, worth.basis ? t("panel.valuation-basis", { sum: moneyText(worth), basis: word("valuation", worth.basis) }) : t("panel.valuation", { sum: moneyText(worth) })) : "",
  );
  const parts = partsOf(r);
  const named = parts.filter((p) => !unnamed(P.investor[p]));
  if (type === "investor" && !unnamed(id)) {
    for (const p of parts.filter((one) => P.investor[one] === id)) {
      if (P.lead[p]) item.append(el("div", {}, t("panel.led")));
      if (chequeMoney(p)) item.append(el("div", {}, t("panel.cheque", { sum: chequeMoney(p) })));
    }
  } else if (!named.length) item.append(el("div", { class: "soft" }, t("panel.unnamed")));
  else item.append(investorsLine(type === "kind" ? named.filter((p) => runsThrough(p, id)) : named));
  const accounts = accountsOf(r);
  item.append(accounts.length > 1 ? accountsTable(r, accounts) : reportList(R.reports(r)));
  return item;
}

function investorsLine(parts) {
  const who = (p) => [P.lead[p] ? t("tag.lead") : "", chequeMoney(p)].filter(Boolean).reduce((name, note) => t("list.noted", { name, note }), labelOf(P.investor[p]));
  const rest = parts.length - NAMES_AT_FIRST;
  return el("div", { class: "soft" }, parts.slice(0, NAMES_AT_FIRST).flatMap((p, i) => [i ? ", " : "", isolated(who(p))]), rest > 0 ? ` ${t("panel.more", { n: rest })}` : "");
}

/** Whether an account may have it on a day on which the round may have been announced. */
const meets = (r, { first, span }) => R.first[r] === null || (first <= R.last[r] && first + span >= R.first[r]);

/** A round's accounts side by side; what says otherwise than the round is marked. */
function accountsTable(r, accounts) {
  const fields = [
    ["date", (a) => when(a.first, a.first === null ? null : a.first + a.span, a.precision), roundWhen(r)],
    ["amount", (a) => money(a.min, plus(a.min, a.over), plus(a.min, a.said), a.qualifier, a.currency), roundMoney(r)],
    ["stage", (a) => (a.stage ? stageWord(a.stage) : ""), stageWord(R.stage[r])],
    ["status", (a) => (a.status && a.status !== "closed" ? word("status-of", a.status) : ""), ""],
    ["valuation", (a) => (a.worth_min === null && a.worth_over === null && a.worth_said === null ? "" : money(a.worth_min, plus(a.worth_min, a.worth_over), plus(a.worth_min, a.worth_said), "", a.worth_currency)), moneyText(R.worth(r))],
    ["members", (a) => (a.members ? number(a.members) : ""), null],
    ["leads", (a) => listed(several(a.leads).map(labelOf)), null],
    ["doubt", (a) => listed((a.doubt ?? []).map((f) => word("field", f))), null],
    ["note", (a) => a.note, null],
  ];
  const rows = fields
    .map(([name, say, held]) => [name, accounts.map(say), held])
    .filter(([, said]) => said.some(Boolean))
    .map(([name, said, held]) =>
      el("tr", {}, el("th", { scope: "row" }, t(`accounts.${name}`)), said.map((text, i) => el("td", held !== null && text && text !== held && !(name === "date" && meets(r, accounts[i])) ? { class: "differs" } : {}, text ? isolated(text) : "–"))),
    );
  const source = (a) => {
    const { url, name, publisher, on } = reportAt(a.report);
    const origin = a.copy ? word("accounts", a.copy) : "";
    return el("th", { scope: "col" }, link(url, isolated(fit(publisher || name, 150)), { title: name }), el("span", { class: "soft" }, [on === null ? "" : when(on, on, "day"), origin].filter(Boolean).map((s) => ` · ${s}`).join("")));
  };
  const table = el("table", {}, el("thead", {}, el("tr", {}, el("td", {}), accounts.map(source))), el("tbody", {}, rows));
  const disputed = R.disputed[r].length > 0;
  return el("details", { class: "accounts", open: disputed && accounts.length <= 3 }, el("summary", {}, t("accounts.show", { n: accounts.length })), el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("accounts.show", { n: accounts.length }) }, table), reportList(R.reports(r)));
}

function reportItem(i, attributes = {}) {
  const { url, name, publisher, on } = reportAt(i);
  const about = [publisher, on === null ? "" : when(on, on, "day")].filter(Boolean);
  return el("li", attributes, link(url, isolated(name)), el("span", { class: "soft" }, about.map((text) => " · " + text).join("")));
}

const reportList = (reports) => el("ul", { class: "reports" }, reports.map((i) => reportItem(i)));

/** The list of all reports, once it is opened; the page itself holds those of its first rows. */
function listenSources() {
  const sources = byId("sources");
  const fill = () => sources.querySelector("ol").replaceChildren(...range({ start: 0, end: reportColumns().n }).map((i) => reportItem(i, { id: `report-${i + 1}` })));
  sources.addEventListener("toggle", fill, { once: true });
}
