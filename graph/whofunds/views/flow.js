/* Flow: how many rounds each kind of capital took part in, company by company, city by city. */

const FLOW_WIDTHS = [190, 220, 168];
const FLOW_GAP = 5;
const LEAST = 18;

function drawFlow(host) {
  const pic = picture(["kind", "company", "city"]);
  const columns = ordered(pic.levels, pic);
  const width = Math.max(host.clientWidth, FLOW_WIDTHS.reduce((a, b) => a + b, 0) + 2 * 110);
  const places = lanes(FLOW_WIDTHS, [1.4, 1], width);
  // A round counts once for each kind of capital in it, so that what goes in comes out.
  const size = (held) => [...held.kinds.values()].reduce((n, rounds) => n + rounds.size, 0);
  const total = columns[0].reduce((n, node) => n + size(node), 0);
  const scale = Math.max(0.05, Math.min(9, 620 / Math.max(1, total)));
  const tall = (node) => Math.max(LEAST, size(node) * scale);
  const heights = columns.map((c) => c.reduce((h, n) => h + tall(n) + FLOW_GAP, 0));
  const height = Math.max(360, ...heights);

  const place = new Map();
  columns.forEach((nodes, i) => {
    const gap = FLOW_GAP + Math.min(26, (height - heights[i]) / Math.max(1, nodes.length));
    let at = (height - nodes.reduce((h, n) => h + tall(n) + gap, -gap)) / 2;
    for (const n of nodes) {
      place.set(n.id, { ...places[i], y: at + tall(n) / 2 + HEAD, h: tall(n), out: -size(n) * scale / 2, in: -size(n) * scale / 2 });
      at += tall(n) + gap;
    }
  });

  /* Each kind's ribbon in a link has a place of its own at both ends; a part of it is centred. */
  const ribbons = new Map();
  const kindOrder = new Map(columns[0].map((n, i) => [n.id, i]));
  const across = (end) => (a, b) => place.get(a.link[end]).y - place.get(b.link[end]).y || kindOrder.get(a.kind) - kindOrder.get(b.kind);
  const each = [...pic.links.values()].flatMap((link) => [...link.kinds].map(([kind, rounds]) => ({ link, kind, rounds, h: rounds.size * scale })));
  for (const ribbon of [...each].sort(across("to"))) {
    const from = place.get(ribbon.link.from);
    ribbon.y0 = from.y + from.out + ribbon.h / 2;
    from.out += ribbon.h;
  }
  for (const ribbon of [...each].sort(across("from"))) {
    const to = place.get(ribbon.link.to);
    ribbon.y1 = to.y + to.in + ribbon.h / 2;
    to.in += ribbon.h;
    ribbons.set(ribbon.link.key + "/" + ribbon.kind, ribbon);
  }
  const strip = ({ link, kind, y0, y1 }, rounds) => {
    const a = place.get(link.from);
    const b = place.get(link.to);
    const d = curve(a.x + a.w, y0, b.x, y1);
    const wide = Math.max(0.75, rounds.size * scale).toFixed(1);
    return svg("path", { class: "link " + kindClass(ENTITIES[kind].key), d, "stroke-width": wide }, linkTitle(pic, link, rounds));
  };
  const lit = pic.through
    ? [...pic.through.links.values()].flatMap((l) => [...l.kinds].map(([kind, rounds]) => strip(ribbons.get(l.key + "/" + kind), rounds)))
    : [];

  draw(host, {
    width,
    height: height + HEAD + 6,
    label: "Rounds by capital kind, company and city. A round counts once for each kind of capital in it. Arrow keys walk, Enter opens details.",
    pic,
    heads: headings(pic, columns, places),
    links: each.map((r) => strip(r, r.rounds)),
    lit,
    nodes: columns.flat().map((n) => nodeElement(pic, n, place.get(n.id), { block: true })),
    view: { columns, links: pic.links },
  });
}
