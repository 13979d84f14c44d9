// Forms: one submit at a time, Enter of an input method never submits, and what was written survives.
import { composing, each, make, memory, say, visible } from "./dom.js";

const HOUR = 3600_000;
const sending = new WeakSet();

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && composing(event) && event.target.form) event.preventDefault();
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  if (sending.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sending.add(form);
  (event.submitter || form.querySelector(".km-primary"))?.setAttribute("aria-busy", "true");
}, true);

function ready(form) {
  sending.delete(form);
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) ready(form);
});
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(ready));

// --- drafts: form[data-km-draft="name"] ----------------------------------------------------------

const keep = (field) => field.name && !["password", "file", "hidden"].includes(field.type) && !field.closest(".km-picker");

function read(form) {
  return [...form.elements].filter(keep).map((f) => [f.name, f.type === "checkbox" || f.type === "radio" ? f.checked : f.value, f.value]);
}

function write(form, values) {
  const fields = [...form.elements].filter(keep);
  values.forEach(([name, value, own], i) => {
    const field = fields[i]?.name === name ? fields[i] : null;
    if (!field) return;
    if (typeof value === "boolean") { if (field.value === own) field.checked = value; } else field.value = value;
  });
}

function offer(form, saved) {
  const bar = make("div", "km-banner km-info");
  bar.setAttribute("role", "status");
  const drop = make("button", "km-linkbutton", say("discard"));
  drop.type = "button";
  const at = new Date(saved.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  bar.append(make("div", "", say("draft", at)), drop);
  form.prepend(bar);
  return drop.addEventListener("click", () => {
    bar.remove();
    form.reset();
    memory.drop(sessionStorage, `draft:${form.dataset.kmDraft}`);
  });
}

each("form[data-km-draft]", (form) => {
  const name = `draft:${form.dataset.kmDraft}`;
  const saved = JSON.parse(memory.get(sessionStorage, name) || "null");
  const refused = form.querySelector("[aria-invalid=true], .km-formerrors");
  const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (saved && !refused && (!saved.sent || returned) && Date.now() - saved.at < 12 * HOUR) {
    write(form, saved.values);
    offer(form, saved);
  } else if (saved && !refused) {
    memory.drop(sessionStorage, name);
  }

  let timer = 0;
  const store = (sent) => memory.set(sessionStorage, name, JSON.stringify({ at: Date.now(), sent, values: read(form) }));
  if (refused) store(false);
  form.addEventListener("input", () => {
    form.kmChanged = true;
    clearTimeout(timer);
    timer = setTimeout(store, 300, false);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); store(true); form.kmChanged = false; });
});

// --- refused input -------------------------------------------------------------------------------

// Focus goes to what is wrong first; the way back leads to the form and not to the browser's question about sending again.
requestAnimationFrame(() => {
  const wrong = [...document.querySelectorAll("main [aria-invalid=true]")].find(visible);
  const refused = wrong || document.querySelector("main form .km-formerrors, main form > .km-form > .km-banner[role=alert]");
  if (!refused) return;
  history.replaceState(history.state, "", location.href);
  if (!wrong) refused.tabIndex = -1;
  refused.focus();
});

addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form.kmChanged && form.isConnected)) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  if (event.target.action?.includes("/logout/")) { try { sessionStorage.clear(); } catch { /* nothing kept */ } }
});

// --- counters: [data-km-count=id of the text] ----------------------------------------------------

each("[data-km-count]", (counter) => {
  const text = document.getElementById(counter.dataset.kmCount);
  const show = () => {
    const length = [...text.value.trim()].length;
    counter.textContent = say("characters", length);
    counter.classList.toggle("km-ok", length >= Number(counter.dataset.kmEnough || 0));
  };
  text.addEventListener("input", show);
  show();
});

document.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-km-phrase]");
  if (!phrase) return;
  const text = document.getElementById(phrase.dataset.kmPhrase);
  const before = text.value.trimEnd();
  text.value = before && !/[，。；、,.;]$/.test(before) ? `${before}，${phrase.textContent.trim()}` : before + phrase.textContent.trim();
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
});
