/* Flow: how many rounds each kind of capital took part in, company by company, city by city. */

const FLOW_WIDTHS = [190, 220, 168];
const FLOW_GAP = 5;
const LEAST = 18;

function drawFlow(host) {
  const pic = picture(["kind", "company", "city"]);
  if (!pic.nodes.size) return empty(host);
  const { columns } = pic;
  const width = Math.max(host.clientWidth, FLOW_WIDTHS.reduce((a, b) => a + b, 0) + 2 * 110);
  const places = lanes(FLOW_WIDTHS, [1.4, 1], width);
  // A round counts once for each kind of capital in it, so that what goes in comes out.
  const whole = (held) => [...held.kinds.values()].reduce((n, kind) => n + size(kind), 0);
  const total = columns[0].reduce((n, node) => n + whole(node), 0);
  const scale = Math.min(state.measure === "cheques" ? Infinity : 9, 620 / Math.max(1, total));
  const tall = (node) => Math.max(LEAST, whole(node) * scale);
  const heights = columns.map((c) => c.reduce((h, n) => h + tall(n) + FLOW_GAP, 0));
  const height = Math.max(360, ...heights);

  const place = new Map();
  columns.forEach((nodes, i) => {
    const gap = FLOW_GAP + Math.min(26, (height - heights[i]) / Math.max(1, nodes.length));
    let at = (height - nodes.reduce((h, n) => h + tall(n) + gap, -gap)) / 2;
    for (const n of nodes) {
      const side = (-whole(n) * scale) / 2;
      place.set(n.id, { ...places[i], y: at + tall(n) / 2 + HEAD, h: tall(n), out: side, in: side });
      at += tall(n) + gap;
    }
  });

  /* Each kind's ribbon in a link has a place of its own at both ends; a part of it is centred. */
  const ribbons = new Map();
  const kindOrder = new Map(columns[0].map((n, i) => [n.id, i]));
  const across = (end) => (a, b) => place.get(a.link[end].id).y - place.get(b.link[end].id).y || kindOrder.get(a.kind) - kindOrder.get(b.kind);
  const each = [...pic.links.values()].flatMap((link) => [...link.kinds].map(([kind, held]) => ({ link, kind, held, h: size(held) * scale })));
  for (const ribbon of [...each].sort(across("to"))) {
    const from = place.get(ribbon.link.from.id);
    ribbon.y0 = from.y + from.out + ribbon.h / 2;
    from.out += ribbon.h;
  }
  for (const ribbon of [...each].sort(across("from"))) {
    const to = place.get(ribbon.link.to.id);
    ribbon.y1 = to.y + to.in + ribbon.h / 2;
    to.in += ribbon.h;
    ribbons.set(`${ribbon.link.key}/${ribbon.kind}`, ribbon);
  }
  const strip = ({ link, kind, y0, y1 }, held) => {
    const a = place.get(link.from.id);
    const b = place.get(link.to.id);
    const wide = Math.max(0.75, size(held) * scale).toFixed(1);
    return svg("path", { class: `link ${kindClass(KEY[kind])}${size(held) ? "" : " untold"}`, d: curve(a.x + a.w, y0, b.x, y1), "stroke-width": wide }, linkTitle(link, held));
  };
  const lit = pic.through
    ? [...pic.through.links.values()].flatMap((l) => [...l.kinds].map(([kind, held]) => strip(ribbons.get(`${l.key}/${kind}`), held)))
    : [];

  draw(host, {
    width,
    height: height + HEAD + 6,
    label: t("chart.flow"),
    pic,
    heads: headings(pic, places),
    links: each.map((r) => strip(r, r.held)),
    lit,
    nodes: columns.flat().map((n) => nodeElement(pic, n, place.get(n.id), { block: true })),
  });
  return undefined;
}

PICTURES.flow = { draw: drawFlow };
