/* The interface's texts, numbers, sums and dates in the reader's language, as words.py says them. */

let speaking = null;

/** The page's language: "en", "fr" or "zh". */
const language = () => (speaking ??= DATA.language);

function textOf(key) {
  const texts = DATA.texts[language()];
  if (!Object.hasOwn(texts, key)) throw new RangeError(`no text ${key}`);
  return texts[key];
}

/**
 * A text with its {placeholders} filled; `n` chooses singular or plural. A value is a text, a
 * number (grouped, but for a `year`), a share as [part, whole], or another text as [key, values].
 */
function t(key, values = {}) {
  const forms = textOf(key).split("|");
  const one = typeof values.n === "number" && (language() === "fr" ? values.n < 2 : values.n === 1);
  return forms[one ? 0 : forms.length - 1].replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    if (value == null) throw new RangeError(`no ${name} for ${key}`);
    if (typeof value === "number" && name !== "year") return number(value);
    if (Array.isArray(value)) return typeof value[0] === "string" ? t(...value) : share(...value);
    return String(value);
  });
}

/** What a field's value is called, as in "kind", "vc"; itself where the table has no word. */
function word(field, value) {
  const key = `${field}.${value}`;
  return Object.hasOwn(DATA.texts[language()], key) ? textOf(key) : value;
}

/** A round's stage, as in "A", "pre-A" or "seed"; one without a stage is a "round". */
function stageWord(value) {
  if (/^(pre-)?[A-Z][0-9]*\+*(-ext)?$/.test(value)) return t("stage.series", { stage: value });
  return word("stage", value || "none");
}

/** Texts in a row, with the marks of "list.comma", "list.semicolon" or "list.sentence". */
const listed = (items, how = "comma") => (items.length ? items.reduceRight((rest, first) => t("list." + how, { first, rest })) : "");

/** A number with its thousands apart and at most two decimals. */
function number(n) {
  const size = Math.abs(n);
  const hundredths = Math.floor(size * 100 + 0.5);
  const [whole, rest] = Number.isInteger(n) ? [size, 0] : [Math.floor(hundredths / 100), hundredths % 100];
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, textOf("number.group"));
  const decimals = rest ? textOf("number.point") + String(rest).padStart(2, "0").replace(/0$/, "") : "";
  return (n < 0 ? "-" : "") + grouped + decimals;
}

function figure(n) {
  let unit = null;
  let below = 1;
  for (const named of textOf("money.units").split("|")) {
    const [power, name] = named.split(":");
    const size = 10 ** power;
    // What would round to 1,000 of the unit below is one of this.
    if (n >= size - 0.005 * below) unit = { size, name };
    below = size;
  }
  return unit ? number(Math.floor((n * 100) / unit.size + 0.5) / 100) + unit.name : number(n);
}

function inCurrency(sum, code) {
  if (!code) return t("money.no-currency", { sum });
  if (Object.hasOwn(DATA.texts[language()], "currency." + code)) return t("currency." + code, { sum });
  return t("money.currency", { sum, code });
}

/** A sum in its greatest unit; `bare` leaves the currency out. "" is a currency that isn't stated. */
const compact = (n, currency, { bare = false } = {}) => (bare ? figure(n) : inCurrency(figure(n), currency));

/** A sum's bounds in words; null is an open or unknown bound. */
function money(min, max, stated, qualifier, currency) {
  const said = (how, n) => t("money." + how, { sum: compact(n, currency) });
  if (min == null && max == null) return stated == null ? t("money.undisclosed") : said("about", stated);
  if (max == null) return said("over", min);
  // An upper end of 999,999,999 is "under 1bn" said in whole units.
  const under = max % 10 === 9 && (max + 1) % 1000 === 0;
  if (min == null) return under ? said("under", max + 1) : said("up-to", max);
  if (min === max) return qualifier === "about" ? said("about", min) : compact(min, currency);
  const high = under ? t("money.under", { sum: figure(max + 1) }) : figure(max);
  if (high === figure(min)) return said("about", min);
  return inCurrency(t("money.range", { low: figure(min), high }), currency);
}

/** An interval by its precision; both ends are days since 1970-01-01, or null. */
function when(first, last, precision) {
  if (first == null || last == null) return t("date.unknown");
  const [start, end] = [first, last].map((day) => new Date(day * 86400000));
  const [year, endYear] = [start.getUTCFullYear(), end.getUTCFullYear()];
  const [from, until] = [start.getUTCMonth() + 1, end.getUTCMonth() + 1];
  const month = (m) => t("month." + m);
  const inYear = (m, y) => t("date.month", { month: month(m), year: y });
  const sameYear = year === endYear;
  if (precision === "day" && first === last) {
    const day = start.getUTCDate();
    return t(day === 1 ? "date.first" : "date.day", { day, month: month(from), year });
  }
  const months = sameYear ? until - from + 1 : 0;
  if (precision === "quarter" && months === 3 && until % 3 === 0) return t("date.quarter-" + until / 3, { year });
  if (precision === "half" && months === 6 && until % 6 === 0) return t("date.half-" + until / 6, { year });
  if (precision === "year" && months === 12) return t("date.year", { year });
  if (sameYear && from === until) return inYear(from, year);
  if (sameYear) return t("date.months", { from: month(from), until: month(until), year });
  return t("date.span", { from: inYear(from, year), until: inYear(until, endYear) });
}

/** A share in words, in percent. */
function share(part, whole) {
  const percent = whole ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 1) return t("share.under");
  if (percent > 99 && percent < 100) return t("share.over");
  return t("share.exactly", { n: Math.floor(percent + 0.5) });
}

const TEXT_PLACES = { label: "aria-label", title: "title", placeholder: "placeholder" };

/**
 * Say the page in a language, and then what `redraw` draws. An element's `data-t` is the key of its
 * whole text, `data-t-label`, `data-t-title` and `data-t-placeholder` those of these attributes,
 * `data-t-values` their values as JSON. A language that the page doesn't have changes nothing.
 */
function setLanguage(code, redraw = () => {}) {
  if (!Object.hasOwn(DATA.texts, code)) return;
  speaking = code;
  document.documentElement.lang = t("language.tag");
  const said = (element, key) => t(key, JSON.parse(element.dataset.tValues ?? "{}"));
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = said(element, element.dataset.t);
  for (const [place, attribute] of Object.entries(TEXT_PLACES))
    for (const element of document.querySelectorAll(`[data-t-${place}]`)) element.setAttribute(attribute, said(element, element.getAttribute("data-t-" + place)));
  redraw();
}
