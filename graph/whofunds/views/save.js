/* What is shown, to take away: CSV of the participations, the picture as SVG or PNG, a line to cite. */

const STYLES = ["fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "paint-order", "fill-opacity", "opacity", "font-size", "font-weight", "font-family", "dominant-baseline", "text-anchor"];

const isoDay = (day) => (day === null ? "" : new Date(day * 864e5).toISOString().slice(0, 10));

const CSV_COLUMNS = {
  date_first: (p, r) => isoDay(R.first[r]),
  date_last: (p, r) => isoDay(R.last[r]),
  precision: (p, r) => R.precision[r],
  company: (p, r) => LABEL[R.company[r]],
  company_id: (p, r) => KEY[R.company[r]],
  round: (p, r) => R.key[r],
  stage: (p, r) => R.stage[r],
  status: (p, r) => R.status[r],
  instrument: (p, r) => R.instrument[r],
  listing: (p, r) => R.listing[r],
  round_amount_min: (p, r) => R.own(r).min,
  round_amount_max: (p, r) => R.own(r).max,
  round_amount_stated: (p, r) => R.own(r).stated,
  round_amount_qualifier: (p, r) => R.own(r).qualifier,
  round_currency: (p, r) => R.currency[r],
  disputed: (p, r) => R.disputed[r].join("|"),
  investor: (p) => (unnamed(P.investor[p]) ? "" : LABEL[P.investor[p]]),
  investor_id: (p) => KEY[P.investor[p]],
  kinds: (p) => P.kinds(p).map((k) => KEY[k]).join("|"),
  kind_basis: (p) => P.basis(p).join("|"),
  lead: (p) => (P.lead[p] ? "true" : "false"),
  cheque_min: (p) => P.cheque(p).min,
  cheque_max: (p) => P.cheque(p).max,
  cheque_stated: (p) => P.cheque(p).stated,
  cheque_currency: (p) => P.cheque(p).currency,
  city: (p, r) => (unnamed(R.city[r]) ? "" : LABEL[R.city[r]]),
  reports: (p, r) => R.reports(r).map((i) => reportAt(i).url).join(" "),
};

/** A table as it stands, with addresses for links. */
const tableRows = (table) =>
  [...table.rows].map((row) => [...row.cells].map((one) => ([...one.querySelectorAll("a")].map((a) => a.href).join(" ") || one.textContent.trim())));

function saveCsv() {
  if (state.tab === "rows") return download(`${DATA.name}-rows.csv`, "text/csv;charset=utf-8", csv([...byId("rows").querySelectorAll("table")].flatMap(tableRows)));
  const columns = Object.values(CSV_COLUMNS);
  const rows = tableParts().map((p) => columns.map((value) => value(p, P.round[p])));
  return download(`${DATA.name}.csv`, "text/csv;charset=utf-8", csv([Object.keys(CSV_COLUMNS), ...rows]));
}

/** Where the page is, with its state, if that is somewhere on the web. */
const webAddress = () => (/^https?:$/.test(location.protocol) ? location.href : "");

const titleText = () => (typeof DATA.title === "string" ? DATA.title : t(...DATA.title));

const citation = () => t("cite.text", { title: titleText(), day: DATA.as_of || "–", ...DATA.facts, address: webAddress() }).trim();

const snippet = () => {
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const source = webAddress() || `${DATA.name}.html${location.hash}`;
  return `<iframe src="${quoted(source)}" title="${quoted(titleText())}" width="100%" height="900" loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"></iframe>`;
};

/** The picture with its styles written in, its title above and its source below. */
function standalone(chart) {
  const copy = chart.cloneNode(true);
  const originals = [chart, ...chart.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const property of STYLES) element.setAttribute(property, style.getPropertyValue(property));
    for (const attribute of ["class", "tabindex", "role", "data-id"]) element.removeAttribute(attribute);
  });
  const [, , width, height] = chart.getAttribute("viewBox").split(" ").map(Number);
  const style = getComputedStyle(document.body);
  const margin = 20;
  const line = (y, size, weight, text) => svg("text", { x: margin, y, "font-size": size, "font-weight": weight, "font-family": style.fontFamily, fill: style.color }, text);
  const below = [document.querySelector(".headline").textContent, document.querySelector(".coverage").textContent, citation()].flatMap((text, i) => folded(text, width, 12).map((words) => [words, i ? 400 : 600]));
  copy.setAttribute("x", margin);
  copy.setAttribute("y", 74);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const tall = height + 100 + below.length * 18;
  return svg(
    "svg",
    { xmlns: NS, width: width + 2 * margin, height: tall, viewBox: `0 0 ${width + 2 * margin} ${tall}` },
    svg("rect", { width: "100%", height: "100%", fill: style.backgroundColor }),
    line(32, 20, 700, fit(titleText(), width, 20, 700)),
    line(56, 13, 400, fit(byId("status").textContent, width)),
    copy,
    below.map(([text, weight], i) => line(height + 100 + i * 18, 12, weight, text)),
  );
}

/** A text in lines of a width in pixels. */
function folded(text, width, size) {
  ruler.font = `600 ${size}px ${FONT}`;
  const lines = [""];
  for (const word of text.split(/(?<= )|(?<=[，。；、·])/)) {
    if (lines.at(-1) && ruler.measureText(lines.at(-1) + word).width > width) lines.push("");
    lines[lines.length - 1] += word;
  }
  return lines;
}

const svgText = (chart) => new XMLSerializer().serializeToString(standalone(chart));
const shownChart = () => byId(state.tab).querySelector("svg.chart");

function saveSvg() {
  download(`${DATA.name}.svg`, "image/svg+xml", svgText(shownChart()));
}

function savePng() {
  const image = new Image();
  image.addEventListener("load", () => {
    const scale = Math.min(2, 12000 / Math.max(image.width, image.height));
    const canvas = el("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => download(`${DATA.name}.png`, "image/png", blob));
  });
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText(shownChart()));
}

/** Buttons that copy the text of what stands before them. */
function listenCopies() {
  for (const button of document.querySelectorAll("button[data-copy]"))
    button.addEventListener("click", async () => {
      const box = byId(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(box.value ?? box.textContent);
      } catch {
        getSelection().selectAllChildren(box);
        box.select?.();
        document.execCommand("copy");
      }
      button.textContent = t("cite.copied");
      setTimeout(() => (button.textContent = t("cite.copy")), 2000);
    });
}

function drawShare() {
  byId("citation").textContent = citation();
  byId("embed").value = snippet();
}
