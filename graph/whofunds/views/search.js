/* The search box: any name of anything, in any script. */

const HITS = 12;

/**
 * `entries()` gives {names, weight, kind, note(), value}, the first name being the shown one;
 * `choose(value)` is called for what is picked.
 */
function searchBox(entries, choose) {
  const input = byId("search");
  const list = byId("hits");
  let index = null;
  let hits = [];
  let at = -1;

  const folded = () => (index ??= entries().map((e) => ({ ...e, folded: e.names.map(fold) })));

  /** 0 for the whole name, 1 for its beginning, 2 for a word's, 3 for any part. */
  function distance(folded_, name, query) {
    if (folded_ === query) return 0;
    if (folded_.startsWith(query)) return 1;
    const i = folded_.indexOf(query);
    if (i < 0) return 9;
    return name.split(/[\s\p{P}]+/u).some((word) => fold(word).startsWith(query)) ? 2 : 3;
  }

  function find(text) {
    const query = fold(text);
    if (!query) return [];
    const found = [];
    for (const entry of folded()) {
      let best = 9;
      let which = 0;
      entry.folded.forEach((name, i) => {
        const d = distance(name, entry.names[i], query);
        if (d < best) [best, which] = [d, i];
      });
      if (best < 9) found.push({ entry, best, which });
    }
    found.sort((a, b) => a.best - b.best || b.entry.weight - a.entry.weight || (a.entry.names[0] < b.entry.names[0] ? -1 : 1));
    return found.slice(0, HITS);
  }

  function mark(i) {
    at = i;
    [...list.children].forEach((item, j) => item.setAttribute("aria-selected", j === i));
    if (i < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", "hit-" + i);
      list.children[i].scrollIntoView({ block: "nearest" });
    }
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
  }

  function update() {
    hits = find(input.value);
    const none = input.value.trim() && !hits.length;
    list.replaceChildren(
      ...hits.map(({ entry, which }, i) =>
        el(
          "li",
          { role: "option", id: "hit-" + i, "aria-selected": false, on: { mousedown: (e) => e.preventDefault(), click: () => pick(i) } },
          entry.kind ? icon(entry.kind) : null,
          isolated(entry.names[0]),
          which ? el("span", { class: "alias" }, isolated(entry.names[which])) : null,
          el("small", {}, entry.note()),
        ),
      ),
      ...(none ? [el("li", { role: "option", "aria-disabled": "true" }, t("search.none"))] : []),
    );
    show(hits.length > 0 || Boolean(none));
    mark(hits.length ? 0 : -1);
  }

  function pick(i) {
    const hit = hits[i];
    if (!hit) return;
    input.value = hit.entry.names[0];
    show(false);
    choose(hit.entry.value);
  }

  input.addEventListener("input", update);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) update();
      else if (hits.length) mark((at + (e.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length);
    } else if (e.key === "Enter") {
      if (list.hidden) update();
      pick(at);
    } else if (e.key === "Escape") {
      e.stopPropagation();
      if (list.hidden) input.blur();
      show(false);
    }
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
    e.preventDefault();
    input.focus();
  });
  return { clear: () => { input.value = ""; show(false); } };
}
