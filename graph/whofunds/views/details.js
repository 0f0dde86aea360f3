/* The panel of a result: a node, or a relationship, with what is known of it and its reports. */

const LISTED = 40;

const nodeButton = (id) => el("button", { on: { click: () => choose(id, true) } }, coloredIcon(NODES[id].type), isolated(NODES[id].label), el("span", { class: "n" }, typeWord(NODES[id].type)));

function coloredIcon(type) {
  const [kind, tint] = look(type);
  const drawn = icon(kind);
  drawn.setAttribute("class", "icon " + kindClass(tint));
  return drawn;
}

/* Properties whose values the table of texts has words for. */
const FIELDS = new Set(["basis", "instrument", "listing", "cohort"]);

const factList = ({ facts }) => el("dl", { class: "facts-list" }, facts.flatMap(([name, text, url]) => [el("dt", {}, word("property", name)), el("dd", {}, url ? link(url, text) : isolated(FIELDS.has(name) ? word(name, text) : text))]));

/** What is known of a round, or of a part in one, in words. */
function soberly(item) {
  const lines = [];
  if (item.when) lines.push(when(...item.when));
  if (isRound(item)) lines.push(sumWords(item));
  if (item.status && item.status !== "closed") lines.push(el("span", { class: "tag warn" }, word("status-of", item.status)));
  if (item.disputed?.length) lines.push(el("span", { class: "tag warn" }, disputedWords(item)));
  const open = item.type === "INVESTED_IN" && openStatus(item);
  if (open) return [el("p", {}, el("span", { class: "tag warn" }, word("status-of", open)))];
  if (item.lead) lines.push(t("panel.led"));
  if (item.type === "INVESTED_IN" && item.sum) lines.push(t("panel.cheque", { sum: money(...item.sum) }));
  if (item.type === "PART_OF") lines.push(shareText(item.share));
  return lines.map((line) => el("p", {}, line));
}

const reportItem = (n) => el("li", {}, link(REPORTS[n].url, REPORTS[n].name), [REPORTS[n].publisher, REPORTS[n].on].filter(Boolean).map((text) => " · " + text));

/** A relationship as a sentence; talks and plans are not said to be an investment. */
const tieSaid = (tie) => `${NODES[tie.from].label} ${openStatus(tie) ? "–" : tieWord(tie.type)} ${NODES[tie.to].label}`;

function reportList(numbers) {
  if (!numbers.length) return "";
  return [el("h3", {}, t("panel.reports")), el("ul", { class: "reports" }, numbers.map(reportItem))];
}

function drawPanel() {
  const panel = byId("details");
  byId("main").classList.toggle("chosen", state.selected !== null || state.tie !== null || state.chain !== null);
  const clear = el("button", { class: "close", on: { click: () => choose(null) } }, t("panel.clear"));
  if (state.tie !== null) {
    const tie = EDGES[state.tie];
    const ends = tie.back ? [tie.to, tie.from] : [tie.from, tie.to];
    panel.replaceChildren(
      clear,
      el("span", { class: "tag" }, t("type.Relationship")),
      el("h2", {}, tieSaid(tie)),
      ...soberly(tie),
      factList(tie),
      ...[reportList(tie.reports)].flat(),
      el("ul", { class: "list" }, ends.map((id) => el("li", {}, nodeButton(id)))),
    );
  } else if (state.selected !== null) {
    const node = NODES[state.selected];
    const near = NEAR[node.id];
    const [more, less] = [unshown(node.id).length, hanging(node.id).length];
    const others = node.names.filter((n) => n !== node.label).slice(0, 12);
    const reports = [...new Set(near.flatMap((e) => e.reports))];
    const button = (sign, key, n) => el("button", { on: { click: () => move(sign, node.id) } }, `${t(key)} (${number(n)})`);
    const row = (e) => el("li", {}, el("span", { class: "soft" }, e.from === node.id ? `${tieWord(e.type)} →` : `← ${tieWord(e.type)}`), nodeButton(e.from === node.id ? e.to : e.from));
    panel.replaceChildren(
      clear,
      el("span", { class: "tag" }, typeWord(node.type)),
      el("h2", {}, isolated(node.label)),
      others.length ? el("p", { class: "also" }, t("panel.also", { names: listed(others) })) : "",
      ...soberly(node),
      factList(node),
      state.tab === "network" ? el("p", { class: "turns" }, more ? button("+", "panel.bring", more) : "", less ? button("-", "panel.away", less) : "") : "",
      el("h3", {}, t("panel.relationships", { n: near.length })),
      el("ul", { class: "list" }, near.slice(0, LISTED).map(row)),
      near.length > LISTED ? el("p", { class: "soft" }, t("panel.more", { n: near.length - LISTED })) : "",
      ...[reportList(reports.slice(0, LISTED))].flat(),
    );
  } else if (state.chain !== null) {
    const chain = CHAINS[state.chain];
    const step = (id) => {
      const tie = EDGES[id];
      return el("li", { class: "round" }, el("p", {}, tieSaid(tie)), soberly(tie), el("ul", { class: "reports" }, tie.reports.map(reportItem)));
    };
    panel.replaceChildren(
      clear,
      el("h2", {}, t("path.chain", { n: state.chain + 1 })),
      chain.certain ? "" : el("p", {}, el("span", { class: "tag warn" }, why(chain))),
      el("ul", {}, chain.links.map(step)),
    );
  } else {
    panel.replaceChildren(
      el("h2", {}, t("panel.title")),
      el("p", {}, t("panel.network-hint")),
      ...types.map((type) => el("p", {}, coloredIcon(type), " ", t("panel.heading", { name: typeWord(type), n: NODES.filter((n) => n.type === type).length }))),
    );
  }
  panel.scrollTop = 0;
}

