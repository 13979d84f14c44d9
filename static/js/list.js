// Lists: choosing rows, walking through them by keyboard, and the order of columns.
import { composing, each, memory, typing } from "./dom.js";

const list = () => document.querySelector(".km-list");
const rows = () => [...document.querySelectorAll(".km-list tbody tr[data-id]")];
const box = (row) => row.querySelector(".km-check input");
let lastChosen = null;

// --- choosing ------------------------------------------------------------------------------------

function refresh() {
  const all = rows();
  const chosen = all.filter((row) => box(row)?.checked);
  all.forEach((row) => row.classList.toggle("km-selected", Boolean(box(row)?.checked)));
  const bar = document.querySelector(".km-bulkbar");
  if (bar) {
    bar.hidden = !chosen.length;
    const said = bar.querySelector(".km-said");
    if (said && bar.dataset.kmSaid) said.textContent = bar.dataset.kmSaid.replace("%s", chosen.length);
  }
  const head = document.querySelector("[data-km-all]");
  if (head) {
    head.checked = chosen.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
}

function clear() {
  rows().forEach((row) => { if (box(row)) box(row).checked = false; });
  refresh();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-km-all]")) rows().forEach((row) => { if (box(row)) box(row).checked = event.target.checked; });
  if (event.target.closest(".km-check, [data-km-all]")) refresh();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-km-clear]")) clear();
  if (event.target.closest("[data-km-select]")) list().classList.toggle("km-selecting");
  const row = event.target.closest(".km-list tbody tr[data-id]");
  if (!row || !event.target.matches(".km-check input")) return;
  if (event.shiftKey && lastChosen) {
    const all = rows();
    const [from, to] = [all.indexOf(lastChosen), all.indexOf(row)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((between) => { if (box(between)) box(between).checked = event.target.checked; });
    refresh();
  }
  lastChosen = row;
});

// --- walking -------------------------------------------------------------------------------------

const cursor = () => document.querySelector(".km-list tr.km-cursor");

function walk(step) {
  const all = rows();
  const at = all.indexOf(cursor());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
  if (!next) return;
  cursor()?.classList.remove("km-cursor");
  next.classList.add("km-cursor");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("td.km-main a")?.focus({ preventScroll: true });
}

// --- changing a value in its place ---------------------------------------------------------------

const main = (cell) => cell.closest("tr").querySelector("td.km-main a");
const place = (cell) => new URL(`cell/${cell.dataset.edit}/`, main(cell).href).pathname;
const control = (cell) => cell.querySelector("select, input:not([type=hidden])");
let asItWas = null;

function edit(cell) {
  if (!cell?.dataset.edit || cell.classList.contains("km-editing")) return false;
  leave(document.querySelector("td.km-editing"));
  asItWas = cell.cloneNode(true);
  htmx.ajax("GET", place(cell), { source: main(cell), target: cell, swap: "outerHTML" });
  return true;
}

/** Out of the field without a change; after a conflict the cell shows what the other person saved. */
function leave(cell) {
  if (!cell) return;
  const link = main(cell);
  if (cell.hasAttribute("data-km-stale")) htmx.ajax("GET", `${place(cell)}?shown=1`, { source: link, target: cell, swap: "outerHTML" });
  else if (asItWas) cell.replaceWith(asItWas);
  asItWas = null;
  link.focus({ preventScroll: true });
}

function save(cell) {
  if (cell.hasAttribute("aria-busy")) return;
  cell.setAttribute("aria-busy", "true");
  const form = cell.querySelector("form");
  htmx.ajax("POST", place(cell), { source: main(cell), target: cell, swap: "outerHTML", values: Object.fromEntries(new FormData(form)) })
    .finally(() => cell.removeAttribute("aria-busy"));
}

document.addEventListener("submit", (event) => {
  const cell = event.target.closest("td.km-editing");
  if (!cell) return;
  event.preventDefault();
  event.stopPropagation();
  save(cell);
}, true);

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("td.km-editing");
  if (!cell || composing(event)) return;
  if (event.key === "Escape") leave(cell);
  else if (event.key === "Enter") save(cell);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// Somebody else changed this very value: the answer is the field again, with both values.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (xhr.status === 409 && target.matches("td.km-editing") && xhr.responseText.trimStart().startsWith("<td")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:load", (event) => {
  const cell = event.target;
  if (!cell.matches?.(".km-list td[data-edit]")) return;
  const field = control(cell);
  if (field) { field.focus(); field.select?.(); } else main(cell).focus({ preventScroll: true });
});


const actions = {
  j: () => walk(1),
  k: () => walk(-1),
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  " ": (row) => { if (box(row)) { box(row).checked = !box(row).checked; refresh(); } },
  Enter: (row) => row.querySelector("td.km-main a")?.click(),
  e: (row) => edit(row.querySelector("td[data-edit]:not(.km-editing)")) || location.assign(new URL("edit/", row.querySelector("td.km-main a").href)),
};

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.metaKey || event.altKey || !list() || document.querySelector("dialog[open], details.km-menu[open]")) return;
  if (event.key === "Escape" && rows().some((row) => box(row)?.checked)) { clear(); return; }
  if (typing(event.target) || event.target.closest("button, summary, .km-bulkbar, .km-toolbar, .km-side, .km-views")) return;
  const single = event.key.length === 1 && event.key !== " ";
  if (single && memory.get(localStorage, "single-keys") === "off") return;
  const action = actions[event.key];
  const steps = ["j", "k", "ArrowDown", "ArrowUp"].includes(event.key);
  if (!action || (!steps && !cursor()) || (event.key.startsWith("Arrow") && !event.target.closest(".km-scroll"))) return;
  event.preventDefault();
  event.stopPropagation();
  action(cursor());
}, true);

// A text that does not fit is shown whole when pointed at.
document.addEventListener("mouseover", (event) => {
  const cell = event.target.closest?.(".km-table td");
  if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent.trim();
});
document.addEventListener("dblclick", (event) => edit(event.target.closest("td[data-edit]")));
document.addEventListener("htmx:afterSwap", refresh);
addEventListener("pageshow", refresh);
refresh();

// --- the column chooser --------------------------------------------------------------------------

function drag(grip, event) {
  const item = grip.closest("li");
  const items = () => [...item.parentNode.children].filter((other) => other.querySelector(".km-grip"));
  grip.setPointerCapture(event.pointerId);
  item.classList.add("km-dragged");
  const move = (at) => {
    const over = items().find((other) => other !== item && at.clientY > other.getBoundingClientRect().top && at.clientY < other.getBoundingClientRect().bottom);
    if (!over) return;
    const below = over.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_PRECEDING;
    over[below ? "after" : "before"](item);
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", () => {
    grip.removeEventListener("pointermove", move);
    item.classList.remove("km-dragged");
  }, { once: true });
}

each("[data-km-columns]", (form) => {
  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".km-grip");
    if (grip) { event.preventDefault(); drag(grip, event); }
  });
  form.addEventListener("keydown", (event) => {
    const item = event.target.closest(".km-grip")?.closest("li");
    const other = { ArrowUp: item?.previousElementSibling, ArrowDown: item?.nextElementSibling }[event.key];
    if (!other?.querySelector(".km-grip")) return;
    event.preventDefault();
    event.stopPropagation();
    other[event.key === "ArrowUp" ? "before" : "after"](item);
    event.target.focus();
  });
  form.querySelector("input[type=search]")?.addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    form.querySelectorAll("li").forEach((item) => { item.hidden = !item.textContent.toLowerCase().includes(wanted); });
  });
});
