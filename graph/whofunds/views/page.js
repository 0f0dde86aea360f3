/* The capital map's controls. One state, one redraw; each picture reads the state and the facts. */

let shownTab = "columns";
const narrow = matchMedia("(max-width: 700px)");

function redraw() {
  if (shownTab === "columns") drawColumns(byId("columns"));
  if (shownTab === "flow") drawFlow(byId("flow"));
  if (shownTab === "table") drawTable(choose);
  drawStatus();
  for (const id of ["save-svg", "save-png"]) byId(id).disabled = shownTab === "table";
}

function refresh() {
  rowsShown = STEP;
  redraw();
  drawLegend();
  drawPanel(choose, clearFilters);
  byId("details").scrollTop = 0;
}

function drawStatus() {
  const why = new Map();
  for (const r of ROUNDS) why.set(leftOut(r), (why.get(leftOut(r)) ?? 0) + 1);
  const rounds = new Set(shownParts().map((p) => p.round));
  const gone = [
    ["talks", "in talks or planned"],
    ["disputed", "disputed"],
    ["years", "of other years"],
    ["undated", "undated"],
  ].filter(([key]) => why.has(key)).map(([key, words]) => `${why.get(key).toLocaleString("en")} ${words}`);
  const kinds = (why.get("") ?? 0) - rounds.size;
  if (kinds) gone.push(`${kinds.toLocaleString("en")} of other kinds`);
  const text = `Showing ${rounds.size.toLocaleString("en")} of ${count(ROUNDS.length, "round")}${gone.length ? "; left out: " + gone.join(", ") : ""}`;
  const status = byId("status");
  const chosen = state.selected === null ? "" : ` · lit: ${ENTITIES[state.selected].label}`;
  const measure = shownTab === "flow" ? ". Here a round counts once for each kind of capital in it" : "";
  status.textContent = text + chosen + measure;
  byId("fold").hidden = !state.opened.size;
}

function drawLegend() {
  const tallies = new Map();
  for (const p of LINKS) if (!leftOut(ROUNDS[p.round])) for (const k of p.kinds) (tallies.get(k) ?? tallies.set(k, new Set()).get(k)).add(p.round);
  const held = KINDS.filter((k) => RANK.has(k) || k === UNKNOWN);
  const legend = byId("legend");
  const focused = legend.contains(document.activeElement) ? document.activeElement.dataset.kind : null;
  const set = (kinds) => {
    state.kinds = new Set(kinds);
    refresh();
  };
  const toggle = (k, e) => {
    if (e.altKey) return set([k]);
    const kinds = new Set(state.kinds);
    if (!kinds.delete(k)) kinds.add(k);
    return set(kinds);
  };
  legend.replaceChildren(
    ...held.map((k) =>
      el(
        "button",
        { "data-kind": ENTITIES[k].key, "aria-pressed": String(state.kinds.has(k)), title: "Show or hide; Alt-click shows this kind alone", on: { click: (e) => toggle(k, e) } },
        icon(ENTITIES[k].key),
        ENTITIES[k].label,
        el("b", {}, String(tallies.get(k)?.size ?? 0)),
      ),
    ),
    el(
      "span",
      { class: "both" },
      el("button", { class: "plain", "data-kind": "+all", on: { click: () => set(KINDS) } }, "All"),
      el("button", { class: "plain", "data-kind": "+none", on: { click: () => set([]) } }, "None"),
    ),
  );
  if (focused) legend.querySelector(`[data-kind="${CSS.escape(focused)}"]`)?.focus();
}

function choose(id) {
  state.selected = id === state.selected && id !== null && shownTab !== "table" ? null : id;
  refresh();
  if (id !== null && narrow.matches) byId("details").scrollIntoView();
}

function openGroup(id) {
  const grown = (state.opened.get(id) ?? 0) + STEP;
  state.opened.set(id, grown);
  refresh();
}

function syncControls() {
  byId("from").value = state.from;
  byId("until").value = state.until;
  byId("talks").checked = state.talks;
  byId("disputed").checked = state.disputed;
  byId("top").value = state.top;
}

function clearFilters(selected) {
  stop();
  state = { ...initial(), top: state.top, selected };
  if (selected !== null && !shownParts().some((p) => runsThrough(p, ENTITIES[selected]))) state.talks = true;
  syncControls();
  refresh();
}

/* Playing moves the end of the span from the first year to the last. */
let playing = 0;

function stop() {
  clearInterval(playing);
  playing = 0;
  byId("play").textContent = "▶";
  byId("play").setAttribute("aria-label", "Play the years");
}

function play() {
  if (playing) return stop();
  byId("play").textContent = "❚❚";
  byId("play").setAttribute("aria-label", "Pause");
  const step = () => {
    if (state.until >= YEARS[1]) return stop();
    state.until++;
    syncControls();
    return refresh();
  };
  state.until = state.until >= YEARS[1] ? state.from : state.until;
  syncControls();
  refresh();
  playing = setInterval(step, 1000);
  return undefined;
}

function start() {
  const years = Array.from({ length: YEARS[1] - YEARS[0] + 1 }, (_, i) => YEARS[0] + i);
  for (const id of ["from", "until"]) {
    byId(id).append(...years.map((y) => el("option", { value: y }, String(y))));
    byId(id).addEventListener("change", (e) => {
      stop();
      state[id] = +e.target.value;
      if (state.from > state.until) state[id === "from" ? "until" : "from"] = state[id];
      syncControls();
      refresh();
    });
  }
  for (const id of ["talks", "disputed"])
    byId(id).addEventListener("change", (e) => {
      state[id] = e.target.checked;
      refresh();
    });
  byId("top").addEventListener("change", (e) => {
    state.top = +e.target.value;
    refresh();
  });
  byId("fold").addEventListener("click", () => {
    state.opened.clear();
    refresh();
  });
  byId("play").addEventListener("click", play);
  byId("save-csv").addEventListener("click", saveCsv);
  byId("save-svg").addEventListener("click", () => saveSvg(byId(shownTab).firstElementChild));
  byId("save-png").addEventListener("click", () => savePng(byId(shownTab).firstElementChild));

  const weights = new Map(tallyAll());
  const box = searchBox(
    [...weights].map(([id, weight]) => ({
      names: [ENTITIES[id].label, ...ENTITIES[id].names],
      weight,
      kind: kindKey(ENTITIES[id]),
      note: WORD[ENTITIES[id].type],
      value: id,
    })),
    (id) => {
      state.selected = id;
      refresh();
      byId(shownTab).querySelector(`[data-id="${id}"]`)?.focus({ preventScroll: true });
      byId(shownTab).querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  );
  byId("reset").addEventListener("click", () => {
    box.clear();
    zoom = 1;
    state.top = 30;
    clearFilters(null);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && state.selected !== null) choose(null);
  });
  for (const id of ["columns", "flow"]) listen(byId(id), { choose, open: openGroup, redraw });
  listenTable(redraw);
  listenSources();
  const choosePicture = tabs(["columns", "flow", "table"], (name) => {
    shownTab = name;
    redraw();
  });
  syncControls();
  if (narrow.matches) byId("filters").open = false;
  drawLegend();
  drawPanel(choose, clearFilters);
  choosePicture(narrow.matches ? "table" : "columns");
  themeButton(() => {});
  let pending = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => shownTab !== "table" && redraw());
  }).observe(document.querySelector(".pictures"));
}

/** [entity, rounds] of all that has a fact, whatever is shown. */
function tallyAll() {
  const found = new Map();
  for (const p of LINKS)
    for (const id of [p.from, p.to, ROUNDS[p.round].city, ...p.kinds]) (found.get(id) ?? found.set(id, new Set()).get(id)).add(p.round);
  return [...found].map(([id, rounds]) => [id, rounds.size]);
}

start();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
