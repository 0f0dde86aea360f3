/* The city map: whose money goes where. A city's circle is a ring of what its funds did: companies
   of the same city, of another, or not told; an arc leads to the other city. All counts are
   participations, a fund in a round, as cities/same-city counts them. */

const PLACES = ["same", "other", "unclear"];
const MOST_LINKS = 200;
const MOST_COUNTRIES = 8;
const MOST_CIRCLES = 800;
const MOST_NAMES = 150;
const WAYS_LISTED = 8;
const BAR = 24;
const SMALL_SCALE = 6; // pixels a degree; below, the country with most is drawn once more
const NO_CITY = -1;

const located = (id) => id !== NO_CITY && LATITUDE[id] !== null && LONGITUDE[id] !== null;
const cityName = (id) => (id === NO_CITY ? t("cities.unknown") : labelOf(id));

/** The city that a participation comes from, and whether the company is there too. */
function whither(p, all) {
  const told = P.local[p];
  if (!all && told === "no city") return [NO_CITY, "unclear", told];
  const seat = P.seat[p] ?? NO_CITY;
  if (told && told !== "no city") return [seat, told === "no seat" ? "unclear" : told, told];
  if (seat === NO_CITY) return [NO_CITY, "unclear", "no city"];
  const company = R.city[P.round[p]];
  if (KEY[company] === "") return [seat, "unclear", "no seat"];
  return [seat, company === seat ? "same" : "other", ""];
}

/** What is shown, by the city it comes from and by pair of cities; `left` is what isn't counted. */
function flows(all) {
  const cities = new Map();
  const links = new Map();
  const out = { cities, links, parts: 0, same: 0, other: 0, unclear: 0, left: 0, unnamed: 0, why: { "no city": [], "no seat": [] } };
  const city = (id) => cities.get(id) ?? cities.set(id, { id, parts: 0, same: [], other: [], unclear: [], received: [] }).get(id);
  for (const p of shownParts()) {
    if (!all && P.local[p] === "") continue;
    if (KEY[P.investor[p]] === "") {
      out.unnamed++;
      continue;
    }
    const r = P.round[p];
    if (!raisedMoney(r)) {
      out.left++;
      continue;
    }
    const [from, place, why] = whither(p, all);
    const held = city(from);
    held.parts++;
    held[place].push(p);
    out.parts++;
    out[place]++;
    if (place === "unclear") out.why[why].push(p);
    if (place !== "other") continue;
    const to = R.city[r];
    city(to).received.push(p);
    const key = `${from}>${to}`;
    (links.get(key) ?? links.set(key, { key, from, to, parts: [] }).get(key)).parts.push(p);
  }
  const key = (id) => (id === NO_CITY ? "" : KEY[id]);
  const last = (c) => Number(c.id === NO_CITY);
  out.rows = [...cities.values()].filter((c) => c.parts).sort((a, b) => last(a) - last(b) || b.parts - a.parts || compare(key(a.id), key(b.id)));
  return out;
}

const partsWord = (n) => t("cities.parts", { n });
const ringWords = (c) => `${t("cities.same")} ${number(c.same.length)}, ${t("cities.other")} ${number(c.other.length)}, ${t("cities.unclear")} ${number(c.unclear.length)}`;

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
    t("cities.link", { from: labelOf(l.from), to: labelOf(l.to), parts: partsWord(l.parts.length) }),
    () => chooseRounds(`${labelOf(l.from)} → ${labelOf(l.to)}`, roundsOf(l.parts)),
    { class: `way${lit && !l.chosen ? " off" : ""}` },
    svg("path", { class: "reach", d: line, "stroke-width": 14 }),
    svg("path", { class: "line", d: line, "stroke-width": l.wide.toFixed(1) }),
    svg("path", { class: "tip", d: head(l.wide) }),
    told ? [svg("rect", { class: "halo", x: box.x, y: box.y, width: box.w, height: box.h, rx: 4 }), svg("text", { class: "count", x: middle[0], y: middle[1] + 0.5, "text-anchor": "middle" }, words)] : [],
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
      moved ? [svg("path", { class: "leader", d: `M${at[0].toFixed(1)},${at[1].toFixed(1)}L${o.x.toFixed(1)},${o.y.toFixed(1)}` }), svg("circle", { class: "spot", cx: at[0].toFixed(1), cy: at[1].toFixed(1), r: 1.8 })] : [],
      svg("g", { transform: `translate(${o.x.toFixed(1)},${o.y.toFixed(1)})` }, svg("circle", { class: "hit", r: o.r + 3 }), ring(c, o.r)),
      names[i] ? nameOf(name, names[i]) : [],
    );
  });
  const away = [...circles.values()].filter((o) => !held.holds(o.at)).map((o) => o.c);
  const name = `cities-frame-${country}`;
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

/** What can't be shown on the map, a line each, with its rounds. */
function marginLines(shown, map, all) {
  const line = (title, found, place = "") => ({ title, parts: found, place });
  const lines = [];
  if (shown.why["no city"].length) lines.push(line(t(all ? "cities.no_city_all" : "cities.no_city"), shown.why["no city"], "unclear"));
  if (shown.why["no seat"].length) lines.push(line(t("cities.no_seat"), shown.why["no seat"], "unclear"));
  for (const c of map.unplaced) lines.push(line(t("cities.no_place", { city: cityName(c.id) }), [...c.same, ...c.other, ...c.unclear, ...c.received]));
  const beyond = map.away.flatMap((c) => [...c.same, ...c.other, ...c.unclear]);
  if (beyond.length) lines.push(line(t("cities.beyond"), beyond));
  return lines;
}

/** A headed list of {title, parts, place}, each of which shows its rounds. */
function drawList(head, lines, { x, y, width }) {
  if (!lines.length) return { elements: [], grid: [], height: 0 };
  const rows = lines.map((l, i) =>
    pressable(
      `${head} ${i}`,
      `${l.title}: ${partsWord(l.parts.length)}`,
      () => chooseRounds(l.title, roundsOf(l.parts)),
      { transform: `translate(${x},${y + 36 + i * 22})` },
      svg("rect", { class: "hit", x: -4, y: -11, width: width + 8, height: 22 }),
      l.place ? svg("rect", { class: `part ${l.place}`, x: 1, y: -5, width: 10, height: 10 }) : [],
      svg("text", { x: l.place ? 18 : 0 }, fit(l.title, width - 60)),
      svg("text", { class: "count", x: width, "text-anchor": "end" }, number(l.parts.length)),
    ),
  );
  return { elements: [svg("text", { class: "head", x, y: y + 14 }, t(head)), ...rows], grid: rows.map((r) => [r]), height: 36 + lines.length * 22 };
}

/** The ways from city to city that most took, as a list beside their arrows. */
function wayLines(shown) {
  const ways = [...shown.links.values()].sort((a, b) => b.parts.length - a.parts.length || compare(a.key, b.key));
  return ways.slice(0, WAYS_LISTED).map((l) => ({ title: `${labelOf(l.from)} → ${labelOf(l.to)}`, parts: l.parts, place: "other" }));
}

/** A bar a city: same city, another, can't be told; beyond the top, the rest opens. */
function drawBars(shown, all, { x, y, width }) {
  ruler.font = `13px ${FONT}`;
  const longest = Math.max(...shown.rows.slice(0, 60).map((c) => ruler.measureText(cityName(c.id)).width));
  const nameWide = Math.min(width < 380 ? 92 : 140, Math.max(72, longest + 14));
  const column = width < 380 ? 60 : 66;
  const barWide = width - nameWide - 3 * column - 8;
  const most = Math.max(1, ...shown.rows.filter((c) => c.id !== NO_CITY || shown.rows.length === 1).map((c) => c.parts));
  const open = state.own.cities === "all";
  const top = open || shown.rows.length <= state.top + 4 ? shown.rows.length : state.top;
  const end = (i) => x + nameWide + barWide + 8 + (i + 1) * column;
  const heads = PLACES.flatMap((place, i) => {
    const words = t(`cities.${place}`);
    ruler.font = `12px ${FONT}`;
    const left = end(i) - ruler.measureText(words).width;
    return [svg("rect", { class: `part ${place}`, x: end(i) - 11, y: y + 2, width: 10, height: 10 }), svg("text", { class: "soft", x: left, y: y + 22 }, words)];
  });
  const grid = [];
  const kept = shown.rows.filter((c, i) => i < top || c.id === NO_CITY);
  const rows = kept.flatMap((c, i) => {
    const at = y + 44 + i * BAR;
    const name = pressable(
      `b${c.id}`,
      `${cityName(c.id)}, ${partsWord(c.parts)}: ${ringWords(c)}`,
      () => chooseCity(c),
      { class: state.selected === c.id ? "on" : "", transform: `translate(${x},${at})` },
      svg("rect", { class: "hit", x: -4, y: -11, width: nameWide + barWide + 6, height: 22 }),
      svg("text", {}, fit(cityName(c.id), nameWide - 8)),
      PLACES.map((place, j) => {
        const before = PLACES.slice(0, j).reduce((sum, other) => sum + c[other].length, 0);
        const wide = Math.min(barWide, (c[place].length / most) * barWide);
        return wide ? svg("rect", { class: `part ${place}`, x: nameWide + (before / most) * barWide, y: -7, width: Math.max(1, wide - 1), height: 14 }) : [];
      }),
      // Those of no city may be many times those of any; their bar is broken.
      c.parts > most ? svg("path", { class: "broken", d: `M${nameWide + barWide * 0.7},9l8,-18m6,0l-8,18` }) : [],
    );
    const cells = PLACES.map((place, j) =>
      c[place].length
        ? pressable(
            `b${c.id}-${place}`,
            `${cityName(c.id)}, ${t(`cities.${place}`)}: ${partsWord(c[place].length)}`,
            () => chooseRounds(`${cityName(c.id)} · ${t(`cities.${place}`)}`, roundsOf(c[place])),
            { class: "cell", transform: `translate(${end(j)},${at})` },
            svg("rect", { class: "hit", x: -column + 14, y: -11, width: column - 10, height: 22 }),
            svg("text", { "text-anchor": "end" }, number(c[place].length)),
          )
        : svg("text", { class: "soft", x: end(j), y: at, "text-anchor": "end" }, "–"),
    );
    grid.push([name, ...cells.filter((cell) => cell.dataset.at)]);
    return [name, ...cells];
  });
  let height = 44 + kept.length * BAR;
  if (kept.length < shown.rows.length) {
    const words = t("cities.more", { n: shown.rows.length - kept.length });
    rows.push(pressable("more", words, () => setOwn("cities", "all"), { class: "more", transform: `translate(${x},${y + height})` }, svg("rect", { class: "hit", x: -4, y: -11, width: nameWide + barWide, height: 22 }), svg("text", {}, words)));
    grid.push([rows.at(-1)]);
    height += BAR;
  }
  return { elements: [svg("text", { class: "head", x, y: y + 22 }, t(all ? "cities.from_all" : "cities.from")), ...heads, ...rows], grid, height };
}

const hatch = () =>
  svg("pattern", { id: "cities-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("rect", { class: "back", width: 5, height: 5 }), svg("rect", { class: "stripe", width: 2.2, height: 5 }));

PICTURES.cities = {
  label: "tab.cities",
  draw(host) {
    const all = state.own.capital === "all";
    const shown = flows(all);
    const width = Math.max(300, host.clientWidth);
    const wide = width >= 860;
    const pad = 6;
    const mapWide = wide ? Math.round(width * 0.55) : width - 2 * pad;
    const finding = el("p", { class: "finding" }, t(all ? "cities.finding_all" : "cities.finding", { parts: partsWord(shown.parts), same: shown.same, other: shown.other, unclear: shown.unclear }));
    if (!shown.parts) return host.replaceChildren(el("p", { class: "note" }, t("cities.none")));
    const margin = Math.max(34, mapWide / 11);
    const map = drawMap(shown, state.own.country ?? "", { x: pad, y: pad, width: mapWide, tallest: wide ? 620 : Math.max(300, mapWide), margin });
    const under = pad + map.height;
    const inset = !state.own.country && map.scale < SMALL_SCALE ? drawInset(shown, { x: pad, y: under + 16, width: mapWide, tallest: Math.min(460, mapWide), margin }) : null;
    const bottom = under + (inset ? inset.height + 16 : 0);
    const column = wide ? { x: mapWide + 40, y: pad, width: width - mapWide - 40 - pad } : { x: pad, y: bottom + 20, width: width - 2 * pad };
    // One under the other, beside the map or below it.
    let y = column.y;
    const stacked = [
      (box) => drawBars(shown, all, box),
      (box) => drawList("cities.margin", marginLines(shown, map, all), box),
      (box) => drawList("cities.ways", wayLines(shown), box),
    ].map((draw) => {
      const drawn = draw({ ...column, y });
      y += drawn.height ? drawn.height + 22 : 0;
      return drawn;
    });
    const height = Math.max(bottom, y - 22) + pad;
    const chart = svg(
      "svg",
      { class: "chart cities", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": t("cities.label") },
      svg("defs", {}, hatch()),
      map.elements,
      inset ? inset.elements : [],
      stacked.flatMap((drawn) => drawn.elements),
    );
    const notes = [t("cities.note")];
    if (shown.left) notes.push(t("cities.left", { parts: partsWord(shown.left) }));
    if (shown.unnamed) notes.push(t("cities.unnamed", { n: shown.unnamed }));
    const unnamed = [...map.unnamed].filter((id) => !inset?.named.has(id)).length;
    if (unnamed) notes.push(t("cities.unlabelled", { n: unnamed }));
    if (map.uncircled) notes.push(t("cities.uncircled", { n: map.uncircled }));
    if (map.undrawn) notes.push(t("cities.undrawn", { n: map.undrawn }));
    putPicture(host, chart, [...map.grid, ...(inset ? inset.grid : []), ...stacked.flatMap((drawn) => drawn.grid)], [finding], notes.join(" "));
    return undefined;
  },
  /** What the panel adds on a city: what its funds did. */
  about(id) {
    const all = state.own.capital === "all";
    const held = typeOf(id) === "city" && flows(all).rows.find((c) => c.id === id);
    if (!held) return [];
    const words = t(all ? "cities.paid_all" : "cities.paid", { parts: partsWord(held.parts) });
    const press = () => chooseRounds(`${cityName(id)} → …`, roundsOf(PLACES.flatMap((place) => held[place])));
    return [el("p", {}, el("button", { on: { click: press } }, words)), el("p", { class: "also" }, ringWords(held))];
  },
};

/** Countries with the most participations, from or to, over all facts. */
function mapCountries() {
  const tally = new Map();
  for (let p = 0; p < P.round.length; p++)
    for (const code of new Set([P.seat[p], R.city[P.round[p]]].filter((id) => id != null && KEY[id] !== "").map((id) => COUNTRY[id])))
      if (code) tally.set(code, (tally.get(code) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1]).slice(0, MOST_COUNTRIES).map(([code]) => code);
}

function countryName(code) {
  try {
    return new Intl.DisplayNames([language()], { type: "region" }).of(code);
  } catch {
    return code;
  }
}

CONTROLS.cities = (host) =>
  host.append(
    ownSelect("capital", t("cities.capital"), [["", t("cities.funds_only")], ["all", t("cities.all_kinds")]]),
    ownSelect("country", t("cities.zoom"), [["", t("cities.everywhere")], ...mapCountries().map((code) => [code, countryName(code)])]),
  );
