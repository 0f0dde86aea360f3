/* Columns: capital kind, investor, company, city; a link is as wide as the rounds it stands for. */

const COLUMN_WIDTHS = [176, 214, 204, 150];
const COLUMN_GAPS = [0.8, 1.6, 0.8];
const ROW = 18;
const WIDEST = 14;
const WIDEST_GROUP = 24;

function drawColumns(host) {
  const pic = picture(["kind", "investor", "company", "city"]);
  if (!pic.nodes.size) return empty(host);
  const [kinds, investors, companies, cities] = pic.columns;
  const width = Math.max(host.clientWidth, COLUMN_WIDTHS.reduce((a, b) => a + b, 0) + 3 * 76);
  const places = lanes(COLUMN_WIDTHS, COLUMN_GAPS, width);

  const blockOf = (node) => (node.group ? node.group.home : HOME[node.id]);
  const breaks = investors.filter((n, i) => i && blockOf(n) !== blockOf(investors[i - 1])).length;
  const height = Math.max(400, investors.length * ROW + breaks * 8, companies.length * ROW, kinds.length * 24, cities.length * 22);

  const y = new Map();
  const pause = breaks ? Math.min(30, (height - investors.length * ROW) / breaks) : 0;
  const pitch = Math.min(36, (height - breaks * pause) / Math.max(1, investors.length));
  let at = (height - investors.length * pitch - breaks * pause) / 2;
  investors.forEach((n, i) => {
    if (i && blockOf(n) !== blockOf(investors[i - 1])) at += pause;
    y.set(n, at + pitch / 2);
    at += pitch;
  });
  companies.forEach((n, i) => y.set(n, ((i + 0.5) * height) / companies.length));
  const means = (side, other) => {
    const sums = new Map();
    for (const link of pic.links.values()) {
      const held = sums.get(link[side]) ?? sums.set(link[side], [0, 0]).get(link[side]);
      if (!y.has(link[other])) continue;
      held[0] += y.get(link[other]) * link.rounds;
      held[1] += link.rounds;
    }
    return (node) => (sums.get(node)?.[1] ? sums.get(node)[0] / sums.get(node)[1] : height / 2);
  };
  const settle = (nodes, wanted, apart) => spaced(wanted, () => apart, height).forEach((v, i) => y.set(nodes[i], v));
  settle(kinds, kinds.map(means("from", "to")), Math.min(30, height / Math.max(1, kinds.length)));
  const toCity = means("to", "from");
  settle(cities, cities.map((n) => (n.group ? height : toCity(n))), Math.min(30, height / Math.max(1, cities.length)));

  const place = new Map();
  pic.columns.forEach((nodes, i) => {
    for (const n of nodes) place.set(n.id, { ...places[i], y: y.get(n) + HEAD, h: ROW - 1 });
  });

  const single = [...pic.links.values()].filter((l) => !l.from.group && !l.to.group);
  const scale = Math.min(state.measure === "cheques" ? Infinity : 2.5, WIDEST / single.reduce((m, l) => Math.max(m, size(l)), 1));
  const line = (l) => {
    const a = place.get(l.from.id);
    const b = place.get(l.to.id);
    const kind = l.from.level === "company" ? "none" : nodeKind(l.from);
    const wide = Math.max(1, Math.min(WIDEST_GROUP, size(l) * scale)).toFixed(1);
    const d = curve(a.x + a.w + 1, a.y, b.x - 1, b.y);
    // What has no published cheque stays visible, as a line without a width of its own.
    return svg("path", { class: `link ${kindClass(kind)}${size(l) ? "" : " untold"}`, d, "stroke-width": wide }, linkTitle(l, l));
  };
  const thickFirst = (links) => [...links.values()].sort((a, b) => size(b) - size(a));

  draw(host, {
    width,
    height: height + HEAD + 6,
    label: t("chart.columns"),
    pic,
    heads: headings(pic, places),
    links: thickFirst(pic.links).map(line),
    lit: pic.through ? thickFirst(pic.through.links).map(line) : [],
    nodes: pic.columns.flat().map((n) => nodeElement(pic, n, place.get(n.id))),
  });
  return undefined;
}

PICTURES.columns = { draw: drawColumns };
