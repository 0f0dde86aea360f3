/* The city map. A city's circle is a ring of what its funds did: companies of the same city, of
   another, or not told; an arrow leads to the other city. */

const MOST_LINKS = 80;
const MOST_CIRCLES = 800;
const MOST_NAMES = 150;

function sector(r, inner, from, to) {
  if (to - from >= 0.9999) return `${circle(r)}${inner ? circle(inner) : ""}`;
  const point = (radius, turn) => `${(radius * Math.sin(turn * 2 * Math.PI)).toFixed(2)},${(-radius * Math.cos(turn * 2 * Math.PI)).toFixed(2)}`;
  const large = to - from > 0.5 ? 1 : 0;
  return `M${point(r, from)}A${r},${r} 0 ${large} 1 ${point(r, to)}L${point(inner, to)}${inner ? `A${inner},${inner} 0 ${large} 0 ${point(inner, from)}` : ""}Z`;
}

/** A city's circle: a ring of what its funds did, or an open circle where none is. */
function ring(c, r) {
  if (!c.parts) return [svg("circle", { class: "taker", r })];
  const inner = r < 9 ? 0 : Math.max(4, r * 0.58);
  const out = [svg("circle", { class: "ground", r })];
  let from = 0;
  for (const place of PLACES) {
    const to = from + c[place].length / c.parts;
    if (to > from) out.push(svg("path", { class: `part ${place}`, "fill-rule": "evenodd", d: sector(r, inner, from, to) }));
    from = to;
  }
  if (inner * 2 > 9 + 7.2 * number(c.parts).length) out.push(svg("text", { class: "count", y: 0.5, "text-anchor": "middle" }, number(c.parts)));
  return out;
}

function chooseCity(c) {
  if (c.id === NO_CITY) chooseRounds(cityName(c.id), roundsOf(c.unclear));
  else choose(c.id);
}

/** The arrows to draw, the widest first, with their curves; those of a chosen city are all there. */
function arrows(shown, circles, held) {
  const inside = (id) => held.holds(circles.get(id).at);
  const all = [...shown.links.values()].filter((l) => circles.has(l.from) && circles.has(l.to) && (inside(l.from) || inside(l.to)));
  all.sort((a, b) => b.parts.length - a.parts.length || (a.key < b.key ? -1 : 1));
  const chosen = (l) => state.selected === l.from || state.selected === l.to;
  const drawn = all.filter((l, i) => i < MOST_LINKS || chosen(l));
  const more = Math.max((all[0]?.parts.length ?? 1) - 1, 1);
  const links = drawn.map((l) => ({
    ...l,
    chosen: chosen(l),
    wide: 1.4 + 5.6 * Math.sqrt((l.parts.length - 1) / more),
    curve: bow(circles.get(l.from), circles.get(l.to)),
  }));
  return { links, undrawn: all.length - drawn.length, lit: links.some((l) => l.chosen) };
}

function arrowElement(l, { lit }, held, taken) {
  const { line, head, middle } = l.curve;
  const words = number(l.parts.length);
  const box = { x: middle[0] - 4 - words.length * 3.6, y: middle[1] - 8, w: 8 + words.length * 7.2, h: 16 };
  const told = (l.chosen || (!lit && l.parts.length > 1)) && held.holds(middle, -10) && !taken.some((other) => meet(box, other));
  if (told) taken.push(box);
  return pressable(
    l.key,
    t("cities.link", { from: cityName(l.from), to: cityName(l.to), parts: partsWord(l.parts.length) }),
    () => chooseRounds(`${cityName(l.from)} → ${cityName(l.to)}`, roundsOf(l.parts)),
    { class: `way${lit && !l.chosen ? " off" : ""}` },
    svg("path", { class: "reach", d: line, "stroke-width": 14 }),
    svg("path", { class: "line", d: line, "stroke-width": l.wide.toFixed(1) }),
    svg("path", { class: "tip", d: head(l.wide) }),
    told ? svg("rect", { class: "halo", x: box.x, y: box.y, width: box.w, height: box.h, rx: 4 }) : "",
    told ? svg("text", { class: "count", x: middle[0], y: middle[1] + 0.5, "text-anchor": "middle" }, words) : "",
  );
}

/** A city's name; where it lies on an arrow, that is faded under it. */
const nameOf = (name, { x, y, w, h, over }) => [
  over ? svg("rect", { class: "halo", x: (x - 2).toFixed(1), y: y.toFixed(1), width: (w + 4).toFixed(1), height: h }) : [],
  svg("text", { class: "name", x: x.toFixed(1), y: (y + 8).toFixed(1) }, name),
].flat();

/** A map in a box, of all cities or a country's; its elements, the keyboard's rows, and what isn't on it. */
function drawMap(shown, country, box) {
  const all = [...shown.cities.values()];
  const placed = all.filter((c) => located(c.id));
  const within = placed.filter((c) => !country || COUNTRY[c.id] === country);
  const held = fitted(within.map((c) => [LONGITUDE[c.id], LATITUDE[c.id]]), box);
  const most = Math.max(1, ...placed.map((c) => Math.max(c.parts, c.received.length)));
  const largest = Math.max(9, Math.min(30, held.width / 20, held.perLatitude * 4));
  const weight = (c) => Math.max(c.parts, c.received.length);
  placed.sort((a, b) => weight(b) - weight(a) || a.id - b.id);
  const circles = new Map();
  for (const c of placed) {
    const at = held.place(LONGITUDE[c.id], LATITUDE[c.id]);
    circles.set(c.id, { c, at, x: at[0], y: at[1], r: Math.max(largest < 14 ? 3 : 4.5, largest * Math.sqrt((c.parts || c.received.length) / most)) });
  }
  const inside = [...circles.values()].filter((o) => held.holds(o.at));
  const visible = inside.slice(0, MOST_CIRCLES);
  keepApart(visible);
  const taken = visible.map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
  const drawn = arrows(shown, circles, held);
  const lines = drawn.links.flatMap((l) => l.curve.boxes);
  const names = visible.map((o, i) => {
    if (i >= MOST_NAMES) return null;
    ruler.font = `13px ${FONT}`;
    const size = { w: ruler.measureText(cityName(o.c.id)).width + 2, h: 16 };
    const clear = beside(o, size, [...taken, ...lines], visible, held);
    const found = clear ?? beside(o, size, taken, visible, held);
    if (found) taken.push(found);
    return found && { ...found, over: !clear };
  });
  const elements = drawn.links.map((l) => arrowElement(l, drawn, held, taken));
  const near = new Set(drawn.links.filter((l) => l.chosen).flatMap((l) => [l.from, l.to]));
  const dots = visible.map((o, i) => {
    const { c, at } = o;
    const name = cityName(c.id);
    const label = [
      name,
      c.parts ? `${partsWord(c.parts)}: ${ringWords(c)}` : "",
      c.received.length ? t("cities.received", { parts: partsWord(c.received.length) }) : "",
    ].filter(Boolean).join(" · ");
    const moved = Math.hypot(o.x - at[0], o.y - at[1]) > 2;
    return pressable(
      `c${c.id}`,
      label,
      () => chooseCity(c),
      { class: ["place", state.selected === c.id ? "on" : "", near.size && !near.has(c.id) ? "off" : ""].join(" "), "aria-pressed": String(state.selected === c.id) },
      moved ? svg("path", { class: "leader", d: `M${at.map((n) => n.toFixed(1))}L${o.x.toFixed(1)},${o.y.toFixed(1)}` }) : "",
      moved ? svg("circle", { class: "spot", cx: at[0].toFixed(1), cy: at[1].toFixed(1), r: 1.8 }) : "",
      svg("g", { transform: `translate(${o.x.toFixed(1)},${o.y.toFixed(1)})` }, svg("circle", { class: "hit", r: o.r + 3 }), ring(c, o.r)),
      names[i] ? nameOf(name, names[i]) : [],
    );
  });
  const away = [...circles.values()].filter((o) => !held.holds(o.at)).map((o) => o.c);
  const name = country ? "cities-frame-country" : "cities-frame-all";
  const clip = svg("clipPath", { id: name }, svg("rect", { x: held.x, y: held.y, width: held.width, height: held.height }));
  const west = (a, b) => LONGITUDE[a.dataset.at.slice(1)] - LONGITUDE[b.dataset.at.slice(1)];
  return {
    height: held.height,
    scale: held.perLatitude,
    elements: [
      svg("defs", {}, clip),
      svg("rect", { class: "sea", x: held.x, y: held.y, width: held.width, height: held.height }),
      svg("g", { "clip-path": `url(#${name})` }, svg("g", { "aria-hidden": "true" }, graticule(held)), elements, dots.reverse()),
      svg("rect", { class: "edge", x: held.x, y: held.y, width: held.width, height: held.height }),
    ],
    grid: [[...dots].sort(west), elements].filter((row) => row.length),
    unplaced: all.filter((c) => c.id !== NO_CITY && !located(c.id)),
    away,
    undrawn: drawn.undrawn,
    uncircled: inside.length - visible.length,
    unnamed: new Set(visible.filter((o, i) => !names[i]).map((o) => o.c.id)),
    named: new Set(visible.filter((o, i) => names[i]).map((o) => o.c.id)),
  };
}

/** The country with most participations once more, under a map that is too small for it. */
function drawInset(shown, box) {
  const tally = new Map();
  for (const c of shown.cities.values()) if (located(c.id) && COUNTRY[c.id]) tally.set(COUNTRY[c.id], (tally.get(COUNTRY[c.id]) ?? 0) + c.parts + c.received.length);
  const [most] = [...tally].sort((a, b) => b[1] - a[1])[0];
  const map = drawMap(shown, most, { ...box, y: box.y + 24 });
  return { ...map, height: map.height + 24, elements: [svg("text", { class: "head", x: box.x, y: box.y + 10 }, countryName(most)), ...map.elements] };
}
