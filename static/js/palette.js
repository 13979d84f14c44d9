// The command palette: search everything, run what the page can do. Rows come from the server, grouped.
import { deeds, mark } from "./deeds.js";
import { composing, say, token } from "./dom.js";

const dialog = document.getElementById("km-palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
let asked = null;
let timer = 0;

const options = () => [...list.querySelectorAll("[role=option]")];
const current = () => list.querySelector("[aria-selected=true]");

function select(option) {
  current()?.setAttribute("aria-selected", "false");
  if (!option) { input.removeAttribute("aria-activedescendant"); return; }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

/** What the page can do stands behind the records that were found, before all that can be made or visited. */
function place(rows) {
  const behind = list.querySelector("[data-km-standing]");
  if (rows.length) list.querySelector(".km-picker-note")?.remove();
  rows.forEach((row) => (behind ? behind.before(row) : list.append(row)));
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const chosen = [...document.querySelectorAll(".km-table .km-check input[name]:checked")].map((box) => box.value);
  const query = new URLSearchParams({ q: input.value.trim(), at: location.pathname, chosen: chosen.slice(0, 100).join(",") });
  try {
    const answer = await fetch(`${dialog.dataset.url}?${query}`, { headers: { "HX-Request": "true", "X-CSRFToken": token() }, signal: asked.signal });
    if (!answer.ok) throw new Error(answer.status);
    list.innerHTML = await answer.text();
    place(deeds(input.value.trim()));
    options().forEach((option, i) => {
      option.id ||= `km-option-${i}`;
      option.tabIndex = -1;
      mark(option, input.value.trim());
      if (!option.hasAttribute("aria-selected")) option.setAttribute("aria-selected", "false");
    });
    if (!options().length) list.innerHTML = `<p class="km-palette-none" role="presentation">${say("nothing")}</p>`;
    select(options()[0]);
  } catch (problem) {
    if (problem.name !== "AbortError") list.innerHTML = `<p class="km-palette-none" role="presentation">${say("offline")}</p>`;
  }
}

function open() {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  input.select();
  ask();
}

function run(option) {
  if (!option || option.getAttribute("aria-disabled") === "true") return;
  dialog.close();
  if (option.kmPress) option.kmPress.click();
  else if (option.dataset.kmPress) document.querySelector(option.dataset.kmPress)?.click();
  else if (option.href) location.assign(option.href);
}

if (dialog) {
  document.addEventListener("km:palette", () => (dialog.open ? dialog.close() : open()));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-km-palette]")) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = options();
    if (step && all.length) {
      event.preventDefault();
      select(all[(all.indexOf(current()) + step + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(current());
    }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    run(option);
  });
}

// A click on the dark ground or on a close button closes any dialog.
document.addEventListener("click", (event) => {
  if (event.target.matches?.("dialog[open]") || event.target.closest("[data-km-close]")) event.target.closest("dialog")?.close();
});
