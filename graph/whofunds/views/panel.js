/* The details panel: who this is, what runs through it, its rounds and where that is said. */

const NEIGHBOURS = 10;
const ROUNDS_AT_FIRST = 12;
const BASIS = { sourced: "as a report says", "name-derived": "by its name only", unsourced: "without a source" };

const asList = (items, first, build) => {
  const list = el("ul", { class: "list" }, items.slice(0, first).map(build));
  if (items.length > first) {
    const more = el("li", { class: "rest" }, el("button", { on: { click: () => { more.remove(); list.append(...items.slice(first).map(build)); } } }, `and ${items.length - first} more`));
    list.append(more);
  }
  return list;
};

function drawPanel(choose, reset) {
  const panel = byId("details");
  const chosen = state.selected === null ? null : ENTITIES[state.selected];
  byId("main").classList.toggle("chosen", chosen !== null);
  panel.replaceChildren(...(chosen ? entityPanel(chosen, choose, reset) : overview(choose)));
}

const neighbourItem = (choose) => ([id, rounds]) =>
  el(
    "li",
    {},
    el("button", { on: { click: () => choose(id) } }, icon(kindKey(ENTITIES[id])), isolated(ENTITIES[id].label), el("span", { class: "n" }, count(rounds.size, "round"))),
  );

/** [entity, rounds] of what stands at a level in these participations, most rounds first. */
function tally(parts, level) {
  const found = new Map();
  const add = (id, round) => (found.get(id) ?? found.set(id, new Set()).get(id)).add(round);
  for (const p of parts)
    if (level === "kind") for (const k of liveKinds(p)) add(k, p.round);
    else add(entityAt(p, level), p.round);
  return [...found].sort((a, b) => b[1].size - a[1].size || (ENTITIES[a[0]].label < ENTITIES[b[0]].label ? -1 : 1));
}

function overview(choose) {
  const parts = shownParts();
  return [
    el("h2", {}, "Details"),
    el("p", {}, "Click a name, or press / and search. Everything that runs through it lights up."),
    el("h3", {}, "Kinds of capital"),
    asList(tally(parts, "kind"), 20, neighbourItem(choose)),
    el("h3", {}, "Companies"),
    asList(tally(parts, "company"), 8, neighbourItem(choose)),
  ];
}

function entityPanel(entity, choose, reset) {
  const parts = shownParts().filter((p) => runsThrough(p, entity));
  const rounds = [...new Set(parts.map((p) => p.round))].map((i) => ROUNDS[i]);
  rounds.sort((a, b) => compare(b.last ?? "", a.last ?? "") || compare(a.key, b.key));
  const out = [
    el("button", { class: "close", on: { click: () => choose(null) } }, "Clear"),
    el("span", { class: "tag" }, WORD[entity.type]),
    el("h2", {}, icon(kindKey(entity)), " ", isolated(entity.label)),
  ];
  if (entity.names.length) out.push(el("p", { class: "also" }, "Also: ", entity.names.slice(0, 12).flatMap((n, i) => [i ? ", " : "", isolated(n)])));
  if (entity.cohort) out.push(el("p", { class: "also" }, `Cohort: ${entity.cohort}`));
  if (entity.type === "investor" && entity.key) out.push(kindsLine(entity));
  if (!parts.length) {
    out.push(
      el("p", {}, "None of its rounds passes the filters."),
      el("p", {}, el("button", { on: { click: () => reset(entity.id) } }, "Clear the filters")),
    );
    return out;
  }
  const companies = new Set(rounds.map((r) => r.company)).size;
  out.push(el("p", {}, count(rounds.length, "round") + (entity.type === "company" ? "" : ` in ${count(companies, "company", "companies")}`)));
  for (const level of ["kind", "investor", "company", "city"]) {
    if (level === entity.type || (level === "kind" && entity.type === "investor")) continue;
    const found = tally(parts, level);
    out.push(el("h3", {}, `${{ kind: "Kinds of capital", investor: "Investors", company: "Companies", city: "Cities" }[level]} (${found.length})`));
    out.push(asList(found, NEIGHBOURS, neighbourItem(choose)));
  }
  out.push(el("h3", {}, `Rounds (${rounds.length})`), asList(rounds, ROUNDS_AT_FIRST, (r) => roundItem(r, entity, choose)));
  return out;
}

function kindsLine(entity) {
  const held = new Map();
  for (const p of LINKS) if (p.from === entity.id) p.kinds.forEach((k, i) => held.set(k, p.basis[i]));
  return el(
    "p",
    {},
    [...held].flatMap(([k, basis], i) => [i ? " · " : "", icon(ENTITIES[k].key), " " + ENTITIES[k].label, Object.hasOwn(BASIS, basis ?? "") ? el("span", { class: "soft" }, ` (${BASIS[basis]})`) : ""]),
  );
}

function roundItem(round, entity, choose) {
  const name = entity.type === "company" ? "" : ENTITIES[round.company].label;
  const item = el(
    "li",
    { class: "round" },
    el(
      "div",
      { class: "line" },
      el("span", {}, name ? [el("b", {}, isolated(name)), " · "] : "", el("span", {}, isolated(round.stage || "round")), " · ", round.when),
      el("span", { class: "sum" }, round.amount),
    ),
    el("div", {}, roundTags(round)),
  );
  const mine = round.parts.filter((p) => runsThrough(p, entity));
  const named = round.parts.filter((p) => ENTITIES[p.from].key !== "");
  if (entity.type === "investor" && entity.key) {
    for (const p of mine) {
      if (p.lead) item.append(el("div", {}, "Led the round"));
      if (p.cheque) item.append(el("div", {}, `Its cheque: ${p.cheque}`));
    }
  } else if (!named.length) item.append(el("div", { class: "soft" }, "No investor is named"));
  else {
    const shown = entity.type === "company" || entity.type === "city" ? named : mine.filter((p) => named.includes(p));
    const who = (p) => ENTITIES[p.from].label + (p.lead ? " (lead)" : "") + (p.cheque ? ` (${p.cheque})` : "");
    item.append(el("div", { class: "soft" }, shown.slice(0, 12).flatMap((p, i) => [i ? ", " : "", isolated(who(p))]), shown.length > 12 ? ` and ${shown.length - 12} more` : ""));
  }
  item.append(reportList(round.reports.map((r) => REPORTS[r])));
  return item;
}

const reportItem = (report, attributes = {}) =>
  el("li", attributes, link(report.url, isolated(report.name)), el("span", { class: "soft" }, [report.publisher, report.on].filter(Boolean).map((t) => " · " + t).join("")));

const reportList = (reports) => el("ul", { class: "reports" }, reports.map((r) => reportItem(r)));

/** The list of all reports, once it is opened; the page itself holds those of its first rows. */
function listenSources() {
  const sources = byId("sources");
  const fill = () => sources.querySelector("ol").replaceChildren(...REPORTS.map((r, i) => reportItem(r, { id: `report-${i + 1}` })));
  sources.addEventListener("toggle", fill, { once: true });
}
