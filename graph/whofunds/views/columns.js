/* Columns: capital kind, investor, company, city; a link is as wide as the rounds it stands for. */

const COLUMN_WIDTHS = [176, 214, 204, 150];
const COLUMN_GAPS = [0.8, 1.6, 0.8];
const ROW = 18;
const WIDEST = 14;
const WIDEST_GROUP = 24;

function drawColumns(host) {
  const pic = picture(["kind", "investor", "company", "city"]);
  const columns = ordered(pic.levels, pic);
  const [kinds, investors, companies, cities] = columns;
  const width = Math.max(host.clientWidth, COLUMN_WIDTHS.reduce((a, b) => a + b, 0) + 3 * 76);
  const places = lanes(COLUMN_WIDTHS, COLUMN_GAPS, width);

  const blockOf = (node) => (node.group ? node.group.home : HOME.get(node.id));
  const breaks = investors.filter((n, i) => i && blockOf(n) !== blockOf(investors[i - 1])).length;
  const height = Math.max(400, investors.length * ROW + breaks * 8, companies.length * ROW, kinds.length * 24, cities.length * 22);

  const y = new Map();
  const pause = breaks ? Math.min(30, (height - investors.length * ROW) / breaks) : 0;
  const pitch = Math.min(36, (height - breaks * pause) / Math.max(1, investors.length));
  let at = (height - investors.length * pitch - breaks * pause) / 2;
  investors.forEach((n, i) => {
    if (i && blockOf(n) !== blockOf(investors[i - 1])) at += pause;
    y.set(n.id, at + pitch / 2);
    at += pitch;
  });
  companies.forEach((n, i) => y.set(n.id, ((i + 0.5) * height) / companies.length));
  const mean = (node, side, other) => {
    let sum = 0;
    let weight = 0;
    for (const l of pic.links.values())
      if (l[side] === node.id) {
        sum += y.get(l[other]) * l.rounds.size;
        weight += l.rounds.size;
      }
    return weight ? sum / weight : height / 2;
  };
  const settle = (nodes, wanted, apart) => spaced(wanted, () => apart, height).forEach((v, i) => y.set(nodes[i].id, v));
  settle(kinds, kinds.map((n) => mean(n, "from", "to")), Math.min(30, height / Math.max(1, kinds.length)));
  settle(cities, cities.map((n) => (n.group ? height : mean(n, "to", "from"))), Math.min(30, height / Math.max(1, cities.length)));

  const place = new Map();
  columns.forEach((nodes, i) => {
    for (const n of nodes) place.set(n.id, { ...places[i], y: y.get(n.id) + HEAD, h: ROW - 1 });
  });

  const single = [...pic.links.values()].filter((l) => !pic.nodes.get(l.from).group && !pic.nodes.get(l.to).group);
  const scale = Math.min(2.5, WIDEST / single.reduce((m, l) => Math.max(m, l.rounds.size), 1));
  const line = (l) => {
    const a = place.get(l.from);
    const b = place.get(l.to);
    const from = pic.nodes.get(l.from);
    const kind = from.level === "company" ? "none" : from.level === "kind" ? ENTITIES[l.from].key : nodeKind(from);
    const wide = Math.max(1, Math.min(WIDEST_GROUP, l.rounds.size * scale)).toFixed(1);
    const d = curve(a.x + a.w + 1, a.y, b.x - 1, b.y);
    return svg("path", { class: "link " + kindClass(kind), d, "stroke-width": wide }, linkTitle(pic, l, l.rounds));
  };
  const thickFirst = (links) => [...links.values()].sort((a, b) => b.rounds.size - a.rounds.size);

  draw(host, {
    width,
    height: height + HEAD + 6,
    label: "Capital kind, investor, company and city. Arrow keys walk, Enter opens details. The Table tab has the same facts.",
    pic,
    heads: headings(pic, columns, places),
    links: thickFirst(pic.links).map(line),
    lit: pic.through ? thickFirst(pic.through.links).map(line) : [],
    nodes: columns.flat().map((n) => nodeElement(pic, n, place.get(n.id))),
    view: { columns, links: pic.links },
  });
}
