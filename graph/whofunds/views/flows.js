/* Where city funds' money goes: participations by the city they come from, counted as
   cities/same-city counts them; and of all kinds of capital alike. */

const PLACES = ["same", "other", "unclear"];
const NO_CITY = -1;

const located = (id) => id !== NO_CITY && LATITUDE[id] !== null && LONGITUDE[id] !== null;
const ownName = (id) => (language() === "zh" && chineseName(id)) || labelOf(id);
const cityName = (id) => (id === NO_CITY ? t("cities.unknown") : ownName(id));

/** The city that a participation comes from, and whether the company is there too. */
function whither(p, all) {
  const told = all ? P.near[p] || "no seat" : P.local[p];
  if (told === "no city" || P.seat[p] === null) return [NO_CITY, "unclear", "no city"];
  return [P.seat[p], told === "no seat" ? "unclear" : told, told];
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
