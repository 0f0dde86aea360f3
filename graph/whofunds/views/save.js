/* What is shown, to take away: CSV of the participations, the picture as SVG or PNG. */

const STYLES = ["fill", "stroke", "stroke-width", "stroke-opacity", "opacity", "font-size", "font-weight", "font-family", "dominant-baseline"];

function saveCsv() {
  const name = (id) => ENTITIES[id].label;
  const rows = tableParts().map((p) => {
    const r = ROUNDS[p.round];
    return [
      r.first, r.last, r.precision, name(p.to), ENTITIES[p.to].key, r.key, r.stage, r.status, r.instrument, r.listing,
      r.min, r.max, r.stated, r.qualifier, r.currency, r.disputed.join("|"),
      ENTITIES[p.from].key ? name(p.from) : "", ENTITIES[p.from].key, p.kinds.map((k) => ENTITIES[k].key).join("|"), p.basis.join("|"), p.lead ? "true" : "false",
      p.cheque_min, p.cheque_max, p.cheque_stated, p.cheque_currency, name(r.city), r.reports.map((i) => REPORTS[i].url).join(" "),
    ];
  });
  const head =
    "date_first,date_last,precision,company,company_id,round,stage,status,instrument,listing,amount_min,amount_max,amount_stated,amount_qualifier,currency,disputed,investor,investor_id,kinds,kind_basis,lead,cheque_min,cheque_max,cheque_stated,cheque_currency,city,reports";
  download("participations.csv", "text/csv;charset=utf-8", csv([head.split(","), ...rows]));
}

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
  copy.setAttribute("x", margin);
  copy.setAttribute("y", 74);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return svg(
    "svg",
    { xmlns: NS, width: width + 2 * margin, height: height + 136, viewBox: `0 0 ${width + 2 * margin} ${height + 136}` },
    svg("rect", { width: "100%", height: "100%", fill: style.backgroundColor }),
    line(32, 20, 700, fit(TITLE, width, 20, 700)),
    line(56, 13, 400, fit(byId("status").textContent, width)),
    copy,
    line(height + 102, 12, 600, fit(document.querySelector(".headline").textContent, width, 12, 600)),
    line(height + 120, 12, 400, fit(document.querySelector(".coverage").textContent, width, 12)),
  );
}

const svgText = (chart) => new XMLSerializer().serializeToString(standalone(chart));

function saveSvg(chart) {
  download("capital-map.svg", "image/svg+xml", svgText(chart));
}

function savePng(chart) {
  const image = new Image();
  image.addEventListener("load", () => {
    const scale = Math.min(2, 12000 / Math.max(image.width, image.height));
    const canvas = el("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => download("capital-map.png", "image/png", blob));
  });
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText(chart));
}
