/* The controls. One state, one redraw; each picture reads the state and the facts. */

const narrow = matchMedia("(max-width: 700px)");

/** Entities that share their name with another of their type; their keys tell them apart. */
const namesakes = lazy(() => {
  const found = new Set();
  for (const level of LEVELS.slice(1)) {
    const seen = new Map();
    for (const id of range(RANGES[level])) {
      if (seen.has(LABEL[id])) found.add(seen.get(LABEL[id])).add(id);
      else seen.set(LABEL[id], id);
    }
  }
  return found;
});

function labelOf(id) {
  if (typeOf(id) === "kind") return t(`kind.${KEY[id]}`);
  if (unnamed(id)) return t(`name.no-${typeOf(id)}`);
  return namesakes().has(id) ? t("list.noted", { name: LABEL[id], note: KEY[id] }) : LABEL[id];
}

/** Draw the picture that is shown, as the state has it. */
function redraw() {
  filtered = null;
  PICTURES[state.tab]?.draw(byId(state.tab));
  drawStatus();
  for (const id of ["save-svg", "save-png"]) byId(id).disabled = !shownChart();
}

/** Draw all that depends on the state. `step` makes a place in the history to go back to. */
function refresh(step = true) {
  rowsShown = STEP;
  showTabs(DATA.tabs, state.tab);
  redraw();
  drawLegend();
  drawPanel();
  syncControls();
  remember(step);
  drawShare();
  byId("details").scrollTop = 0;
}

/** Change the state, and show it. */
function set(change, step = true) {
  Object.assign(state, change);
  refresh(step);
}

const setOwn = (key, value) => set({ own: { ...state.own, [key]: String(value) } });

function choose(id, stay = false) {
  set({ selected: id === state.selected && !stay ? null : id, rounds: null });
  if (id !== null && narrow.matches) byId("details").scrollIntoView();
}

/** Show these rounds in the panel: those of a bar, a pair, a step. */
function chooseRounds(title, rounds) {
  set({ rounds: { title, rounds: [...rounds] } });
  if (narrow.matches) byId("details").scrollIntoView();
}

/** Bring a node's neighbours in, or put them away. */
function turnNeighbours(id) {
  const pinned = new Set(state.pinned);
  if (!pinned.delete(id)) pinned.add(id);
  set({ pinned });
}

function openGroup(id) {
  set({ opened: new Map(state.opened).set(id, (state.opened.get(id) ?? 0) + STEP) });
}

/** Show the state that an address stands for. */
function goTo(text, step = true) {
  stop();
  const { state: found, lang } = stateOf(text);
  state = { ...found, tab: found.tab ?? firstTab() };
  if (lang !== language()) setLanguage(lang, translate);
  refresh(step);
}

const firstTab = () => (narrow.matches && DATA.tabs.includes("table") ? "table" : DATA.tabs[0]);

function drawStatus() {
  byId("filters").hidden = byId("status").hidden = state.tab === "rows"; // a query's rows are as it gives them
  const { why } = filters();
  const tally = new Map();
  for (const reason of why) tally.set(reason, (tally.get(reason) ?? 0) + 1);
  const shown = shownRounds();
  const among = (test) => shown.reduce((n, one, r) => n + (one && test(r) ? 1 : 0), 0);
  const rounds = among(() => true);
  const sum = compact(state.least, DATA.currency);
  const gone = REASONS.map((key, reason) => (reason && tally.has(reason) ? t(`status.${key}`, { n: tally.get(reason), sum }) : "")).filter(Boolean);
  const kinds = (tally.get(SHOWN) ?? 0) - rounds;
  if (kinds) gone.push(t("status.kinds", { n: kinds }));
  const parts = [t("status.showing", { shown: rounds, rounds: ["unit.rounds", { n: R.n }] })];
  const talks = among((r) => R.status[r] !== "closed");
  if (talks) parts.push(t("status.with-talks", { n: talks }));
  const apart = ["columns", "flow", "network", "table"].includes(state.tab) ? among((r) => R.status[r] === "closed" && !raisedMoney(r)) : 0;
  if (apart) parts.push(t("status.apart", { n: apart }));
  if (gone.length) parts.push(t("status.left-out", { reasons: listed(gone) }));
  if (state.selected !== null) parts.push(t("status.lit", { name: labelOf(state.selected) }));
  if (state.tab === "flow") parts.push(t("status.flow"));
  const cheques = state.measure === "cheques" && ["columns", "flow"].includes(state.tab);
  if (cheques) parts.push(chequesStatus());
  byId("status").textContent = parts.join(" · ");
  byId("footnote").textContent = t(PICTURES[state.tab]?.footnote?.() ?? (cheques ? "page.footnote-cheques" : "page.footnote"));
}

/** What share of what is shown has a published cheque, in words; of rounds that count, as trust.py has it. */
function chequesStatus() {
  const taking = shownParts().filter((p) => !unnamed(P.investor[p]) && raisedMoney(P.round[p]));
  const published = taking.filter(P.published).length;
  return t("trust.cheques", { share: [published, taking.length] });
}

function drawLegend() {
  const legend = byId("legend");
  const rounds = roundsByKind(range({ start: 0, end: P.n }).filter((p) => roundShown(P.round[p])), P.kinds);
  const focused = legend.contains(document.activeElement) ? document.activeElement.dataset.kind : null;
  const toggle = (k, e) => {
    if (e.altKey) return set({ kinds: new Set([k]) });
    const kinds = new Set(state.kinds);
    if (!kinds.delete(k)) kinds.add(k);
    return set({ kinds });
  };
  const all = (name, kinds) => el("button", { class: "plain", "data-kind": `+${name}`, on: { click: () => set({ kinds: new Set(kinds) }) } }, t(`filter.${name}`));
  legend.replaceChildren(
    ...heldKinds().map((k) =>
      el(
        "button",
        { "data-kind": KEY[k], "aria-pressed": String(state.kinds.has(k)), title: t("filter.kind"), on: { click: (e) => toggle(k, e) } },
        icon(KEY[k]),
        labelOf(k),
        el("b", {}, number(rounds[k])),
      ),
    ),
    el("span", { class: "both" }, all("all", range(KINDS)), all("none", [])),
  );
  if (focused) legend.querySelector(`[data-kind="${CSS.escape(focused)}"]`)?.focus();
}

/** The kinds of capital that any fact has, and the unknown. */
const heldKinds = lazy(() => {
  let bits = 1 << UNKNOWN;
  for (const one of P.bits) bits |= one;
  return range(KINDS).filter((k) => bits & (1 << k));
});

function syncControls() {
  for (const key of ["from", "until", "least", "top", "measure"]) byId(key).value = state[key];
  for (const key of ["talks", "disputed"]) byId(key).checked = state[key];
  byId("language").value = language();
  byId("fold").hidden = !state.opened.size && !state.pinned.size;
  byId("filters").classList.toggle("plain-picture", !["columns", "flow"].includes(state.tab));
}

/** Everything as at the start but the tab; talks are let through where the selection is only in them. */
function clearFilters(selected) {
  stop();
  state = { ...initial(), tab: state.tab, top: state.top, selected };
  filtered = null;
  if (selected !== null && !shownParts().some((p) => runsThrough(p, selected))) state.talks = true;
  refresh();
}

/* Playing moves the end of the span from the first year to the last. */
let playing = 0;

function stop() {
  clearInterval(playing);
  playing = 0;
  showPlaying();
}

function showPlaying() {
  byId("play").textContent = playing ? "❚❚" : "▶";
  byId("play").setAttribute("aria-label", t(playing ? "filter.pause" : "filter.play"));
}

function play() {
  if (playing) return stop();
  set({ until: state.until >= YEARS[1] ? state.from : state.until }, false);
  playing = setInterval(() => (state.until >= YEARS[1] ? stop() : set({ until: state.until + 1 }, false)), 1000);
  return showPlaying();
}

/** [entity, rounds] of all that has a fact, whatever is shown. */
function searchable() {
  const parts = range({ start: 0, end: P.n });
  const counts = roundsByEntity(parts, LEVELS);
  for (let p = 0; p < P.n; p++) for (const k of P.kinds(p)) counts[k]++;
  const out = [];
  counts.forEach((n, id) => n && out.push({ names: [labelOf(id), ...(unnamed(id) || typeOf(id) === "kind" ? [LABEL[id]] : []), ...namesOf(id)], weight: n, kind: kindOf(id), note: () => t(`level.${typeOf(id)}`), value: id }));
  return out;
}

function found(id) {
  set({ selected: id, rounds: null });
  const element = byId(state.tab).querySelector(`[data-id="${id}"]`);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function listenFilters() {
  const years = range({ start: YEARS[0], end: YEARS[1] + 1 });
  for (const key of ["from", "until"]) {
    byId(key).append(...years.map((y) => el("option", { value: y }, String(y))));
    byId(key).addEventListener("change", (e) => {
      stop();
      state[key] = +e.target.value;
      if (state.from > state.until) state[key === "from" ? "until" : "from"] = state[key];
      refresh();
    });
  }
  for (const key of ["talks", "disputed"]) byId(key).addEventListener("change", (e) => set({ [key]: e.target.checked }));
  for (const key of ["least", "top"]) byId(key).addEventListener("change", (e) => set({ [key]: +e.target.value }));
  byId("measure").addEventListener("change", (e) => set({ measure: e.target.value }));
  byId("fold").addEventListener("click", () => set({ opened: new Map(), pinned: new Set() }));
  byId("play").addEventListener("click", play);
}

/** Sums for the amount filter, in words. */
function fillLeast() {
  const steps = [1e6, 1e7, 1e8, 1e9, 1e10];
  byId("least").replaceChildren(el("option", { value: 0 }, t("filter.any")), ...steps.map((n) => el("option", { value: n }, compact(n, DATA.currency))));
}

/** Put the page's own words into another language. */
function translate() {
  document.title = titleText();
  fillLeast();
  showPlaying();
  for (const name of DATA.tabs) buildControls(name);
}

/** A picture's own controls, built anew. */
function buildControls(name) {
  const host = byId("controls-" + name);
  if (!host || !CONTROLS[name]) return;
  host.replaceChildren();
  CONTROLS[name](host);
}

function start() {
  listenFilters();
  byId("save-csv").addEventListener("click", saveCsv);
  byId("save-svg").addEventListener("click", saveSvg);
  byId("save-png").addEventListener("click", savePng);
  byId("language").addEventListener("change", (e) => {
    setLanguage(e.target.value, translate);
    refresh();
  });
  const box = searchBox(lazy(searchable), found);
  byId("reset").addEventListener("click", () => {
    box.clear();
    zoom = 1;
    goTo("");
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && (state.selected !== null || state.rounds)) choose(null);
  });
  for (const name of DATA.tabs) if (name !== "table" && name !== "rows") listen(byId(name));
  if (DATA.tabs.includes("table")) listenTable();
  listenSources();
  listenCopies();
  tabs(DATA.tabs, (tab) => set({ tab }));
  addEventListener("popstate", () => goTo(location.hash.slice(1), false));
  if (narrow.matches) byId("filters").open = false;
  themeButton(() => state.tab === "network" && redraw()); // a canvas takes no colours from styles
  const given = location.hash.slice(1) || DATA.settings.address || "";
  translate();
  goTo(given, false);
  let pending = 0;
  let width = byId("pictures").clientWidth;
  new ResizeObserver(() => {
    if (byId("pictures").clientWidth === width) return;
    width = byId("pictures").clientWidth;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => state.tab !== "table" && redraw());
  }).observe(byId("pictures"));
}

start();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
