/* Elements, icons and small helpers. Text reaches the page through textContent alone. */

const byId = (id) => document.getElementById(id);
const NS = "http://www.w3.org/2000/svg";

/** An element; `on` holds listeners, `class` and the rest are attributes, children may be text. */
function el(name, attributes = {}, ...children) {
  return build(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return build(document.createElementNS(NS, name), attributes, children);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listen] of Object.entries(value)) element.addEventListener(event, listen);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== ""));
  return element;
}

const isolated = (text) => el("bdi", {}, text);

/** A link to a report, or its text where the address isn't http(s). */
function link(url, text, attributes = {}) {
  if (!/^https?:\/\//i.test(url)) return el("span", attributes, text);
  return el("a", { href: url, rel: "noopener noreferrer", target: "_blank", ...attributes }, text);
}

/** A column as Python packed it: an array, mostly one value, few distinct ones, or addresses by their hosts. */
function column({ n, columns }, name) {
  const packed = columns[name];
  if (Array.isArray(packed)) return packed;
  if (packed.tails) {
    const heads = column({ n, columns: packed }, "heads");
    return packed.tails.map((tail, i) => heads[i] + tail);
  }
  const values = new Array(n).fill(packed.else);
  if (packed.words) {
    const { words, at } = packed;
    const digit = (i) => at.charCodeAt(i) - 63;
    const two = words.length > 64; // letters a row
    for (let i = 0; i < n; i++) values[i] = words[two ? 64 * digit(2 * i) + digit(2 * i + 1) : digit(i)];
    return values;
  }
  for (const [row, value] of Object.entries(packed.held)) values[row] = value;
  return values;
}

const lazy = (make) => {
  let made;
  return () => (made ??= make());
};

const embedded = (id) => JSON.parse(byId(id).textContent);

/** A name as search compares it: no case, accents, spaces or punctuation. */
const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\s\p{P}\p{S}\p{M}]+/gu, "");

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/;

const polygon = (corners, turn, r) =>
  Array.from({ length: corners }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / corners;
    return `${(r * Math.cos(angle)).toFixed(2)},${(r * Math.sin(angle)).toFixed(2)}`;
  });

const star = (r) =>
  Array.from({ length: 10 }, (_, i) => {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    const reach = i % 2 ? r * 0.48 : r * 1.15;
    return `${(reach * Math.cos(angle)).toFixed(2)},${(reach * Math.sin(angle)).toFixed(2)}`;
  });

const path = (points) => `M${points.join("L")}Z`;
const circle = (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
const box = (w, h) => `M${-w},${-h}h${2 * w}v${2 * h}h${-2 * w}Z`;

/* Each kind has a shape beside its colour, so that colour is never the only sign. */
const SHAPES = {
  "state-fund": (r) => box(r * 0.88, r * 0.88),
  "city-fund": (r) => path(polygon(4, 0, r * 1.15)),
  "internet-giant": (r) => path(polygon(6, 0, r)),
  corporate: (r) => path(polygon(3, Math.PI / 2, r * 1.1)),
  vc: (r) => path(polygon(3, -Math.PI / 2, r * 1.1)),
  pe: (r) => circle(r * 0.95),
  "asset-manager": (r) => path(star(r)),
  "financial-institution": (r) => box(r * 1.05, r * 0.5),
  "sovereign-foreign": (r) => path(polygon(5, -Math.PI / 2, r * 1.05)),
  university: (r) => box(r * 0.5, r * 1.05),
  angel: (r) => `M${-r},0h${2 * r}M0,${-r}v${2 * r}`,
  unknown: (r) => circle(r * 0.8),
  company: (r) => box(r * 0.65, r * 0.65),
  city: (r) => circle(r * 0.65),
};
const OPEN_SHAPES = new Set(["unknown", "company", "city"]);

function shape(kind, r) {
  const known = Object.hasOwn(SHAPES, kind) ? kind : "unknown";
  const drawn = svg("path", { d: SHAPES[known](r), class: "shape" + (OPEN_SHAPES.has(known) ? " open" : "") });
  if (known === "angel") drawn.setAttribute("stroke-width", r * 0.75);
  return drawn;
}

const kindClass = (kind) => "k-" + (Object.hasOwn(SHAPES, kind) && kind !== "company" && kind !== "city" ? kind : "none");

function icon(kind) {
  return svg("svg", { class: "icon " + kindClass(kind), viewBox: "-7 -7 14 14", "aria-hidden": "true" }, shape(kind, 5.6));
}

const ruler = document.createElement("canvas").getContext("2d");
const FONT = getComputedStyle(document.documentElement).getPropertyValue("--font").trim();

/** A text cut to a width in pixels. */
function fit(text, width, size = 13, weight = 400) {
  ruler.font = `${weight} ${size}px ${FONT}`;
  if (ruler.measureText(text).width <= width) return text;
  let low = 1;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ruler.measureText(text.slice(0, middle) + "…").width <= width) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low).trimEnd() + "…";
}

function download(name, type, text) {
  const address = URL.createObjectURL(text instanceof Blob ? text : new Blob([text], { type }));
  const a = el("a", { href: address, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** A cell of a CSV file; what a spreadsheet would run as a formula is made text. */
function cell(value) {
  let text = value == null ? "" : String(value);
  if (typeof value !== "number" && /^[\s]*[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

/* The theme: the reader's system decides until the button does. */
function themeButton(redraw = () => {}) {
  const button = byId("theme");
  const root = document.documentElement;
  const show = (theme) => {
    root.dataset.theme = theme;
    button.setAttribute("aria-pressed", theme === "dark");
    redraw();
  };
  button.addEventListener("click", () => show(root.dataset.theme === "dark" ? "light" : "dark"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (e) => show(e.matches ? "dark" : "light"));
  show(root.dataset.theme);
}

/** Tabs by mouse and arrow keys; `show(name)` when one is chosen. */
function tabs(names, show) {
  names.forEach((name, i) => {
    const tab = byId("tab-" + name);
    tab.addEventListener("click", () => show(name));
    tab.addEventListener("keydown", (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (!step) return;
      e.preventDefault();
      const next = names[(i + step + names.length) % names.length];
      show(next);
      byId("tab-" + next).focus();
    });
  });
}

/** Show the chosen tab's section alone, with its controls where it has some. */
function showTabs(names, chosen) {
  for (const name of names) {
    const tab = byId("tab-" + name);
    tab.setAttribute("aria-selected", name === chosen);
    tab.tabIndex = name === chosen ? 0 : -1;
    for (const id of [name, "controls-" + name]) if (byId(id)) byId(id).hidden = name !== chosen;
  }
}

/** Put a state into the address; a step that can be gone back from, unless it is one of many. */
function writeAddress(text, step = true) {
  try {
    history[step ? "pushState" : "replaceState"](null, "", "#" + text);
  } catch {
    // A page within a page may have no address of its own.
  }
}

/** By how much a key zooms; undefined for one that doesn't. */
const zoomStep = (key) => ({ "+": 1.2, "=": 1.2, "-": 1 / 1.2, "−": 1 / 1.2 })[key];

/** Enter and the space bar press what has the focus, as they do a button. */
function pressByKey(e) {
  if (e.key !== "Enter" && e.key !== " ") return;
  e.preventDefault();
  e.currentTarget.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}

/* Pictures by their tab: {draw(host)}, and what has controls of its own, built into a host. */
const PICTURES = {};
const CONTROLS = {};
