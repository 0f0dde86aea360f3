/* The city map's page: the map, beside it a bar a city and lists, and what is chosen of it. */

const MOST_COUNTRIES = 8;
const WAYS_LISTED = 8;
const BAR = 24;
const SMALL_SCALE = 6; // pixels a degree; below, the country with most is drawn once more

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
  return ways.slice(0, WAYS_LISTED).map((l) => ({ title: `${cityName(l.from)} → ${cityName(l.to)}`, parts: l.parts, place: "other" }));
}

/** A bar a city: same city, another, can't be told; beyond the top, the rest opens. */
function drawBars(shown, all, { x, y, width }) {
  ruler.font = `13px ${FONT}`;
  const both = (id) => (id !== NO_CITY && width >= 380 && chineseName(id) ? `${cityName(id)}  ${chineseName(id)}` : cityName(id));
  const longest = Math.max(...shown.rows.slice(0, 60).map((c) => ruler.measureText(both(c.id)).width));
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
      c.id === NO_CITY ? svg("text", {}, fit(cityName(c.id), nameWide - 8)) : nameText(c.id, nameWide - 8),
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
    const hit = svg("rect", { class: "hit", x: -4, y: -11, width: nameWide + barWide, height: 22 });
    const open = () => setOwn("cities", "all");
    rows.push(pressable("more", words, open, { class: "more", transform: `translate(${x},${y + height})` }, hit, svg("text", {}, words)));
    grid.push([rows.at(-1)]);
    height += BAR;
  }
  return { elements: [svg("text", { class: "head", x, y: y + 22 }, t(all ? "cities.from_all" : "cities.from")), ...heads, ...rows], grid, height };
}

const hatch = () =>
  svg(
    "pattern",
    { id: "cities-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { class: "back", width: 5, height: 5 }),
    svg("rect", { class: "stripe", width: 2.2, height: 5 }),
  );

PICTURES.cities = {
  label: "tab.cities",
  draw(host) {
    showOwn(host);
    const all = state.own.capital === "all";
    const shown = flows(all);
    const width = Math.max(300, host.clientWidth);
    const wide = width >= 860;
    const pad = 6;
    const mapWide = wide ? Math.round(width * 0.55) : width - 2 * pad;
    const { same, other, unclear } = shown;
    const told = t(all ? "cities.finding_all" : "cities.finding", { parts: partsWord(shown.parts), same, other, unclear });
    const finding = el("p", { class: "finding" }, told);
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
      { class: "chart cities", viewBox: `0 0 ${width} ${height}`, width: width * zoom, height: height * zoom, role: "group", "aria-label": t("cities.label") },
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
    place(host, chart, [...map.grid, ...(inset ? inset.grid : []), ...stacked.flatMap((drawn) => drawn.grid)], false, [finding], [notes.join(" ")]);
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
