/* What the pictures of cities and of co-investors share. */

const roundsOf = (parts) => [...new Set(parts.map((p) => P.round[p]))];

/** A mark to press, named for those who don't see it; `at` finds it again when the picture is redrawn. */
function pressable(at, label, press, attributes, ...children) {
  const given = { ...attributes, class: `node ${attributes.class ?? ""}`.trim(), role: "button", tabindex: -1, "data-at": at, "aria-label": label, on: { click: press } };
  return svg("g", given, svg("title", {}, label), ...children);
}

/** A name in so much room, with the Chinese one beside it where that fits too. */
function nameText(id, room, attributes = {}) {
  const name = fit(labelOf(id), room);
  const other = name === labelOf(id) ? chineseName(id) : "";
  const fits = other && wide(name) + 8 + wide(other) <= room;
  return svg("text", attributes, name, fits ? svg("tspan", { class: "soft", dx: 6 }, other) : "");
}

/** A choice among a picture's own settings: [value, words] each, "" for the usual one. */
function ownSelect(setting, label, options) {
  const chosen = state.own[setting] ?? "";
  const items = options.map(([value, words]) => el("option", { value, selected: value === chosen }, words));
  return el("label", {}, label + " ", el("select", { "data-own": setting, on: { change: (e) => setOwn(setting, e.target.value) } }, items));
}

/** The choices of a picture as its settings are. */
function showOwn(host) {
  for (const select of document.querySelectorAll(`#controls-${host.id} [data-own]`)) select.value = state.own[select.dataset.own] ?? "";
}
