// The keyboard: a key presses the element that names it in data-km-key; G and then a letter follows data-km-go.
import { composing, memory, typing, visible } from "./dom.js";

let waitingForPlace = 0;

const single = {
  enabled: () => memory.get(localStorage, "single-keys") !== "off",
  choose: (on) => memory.set(localStorage, "single-keys", on ? "on" : "off"),
};

function press(selector) {
  const layer = [...document.querySelectorAll("dialog[open]")].pop();
  const found = [...(layer || document).querySelectorAll(selector)].find(visible);
  if (!found) return false;
  found.click();
  if (found.matches("summary, input")) found.focus();
  return true;
}

function place(key) {
  waitingForPlace = 0;
  const link = document.querySelector(`[data-km-go="${CSS.escape(key)}"]`);
  if (link) link.click();
  return Boolean(link);
}

function letter(event) {
  const key = event.key.toLowerCase();
  if (Date.now() - waitingForPlace < 1500 && place(key)) return true;
  if (key === "g" && !document.querySelector("dialog[open]")) { waitingForPlace = Date.now(); return true; }
  if (key === "/") return press("[data-km-pagesearch], [data-km-palette]");
  if (key === "?") return press("#km-help > summary");
  return press(`[data-km-key="${CSS.escape(key)}"]`);
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented) return;
  const modified = event.ctrlKey || event.metaKey;
  if (modified && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("km:palette"));
  } else if (modified && event.key === "Enter") {
    const form = event.target.closest?.("form");
    const button = form?.querySelector("[data-km-submit]") || [...document.querySelectorAll("[data-km-submit]")].find(visible);
    if (button) { event.preventDefault(); button.click(); }
  } else if (!modified && !event.altKey && event.key.length === 1 && !typing(event.target) && single.enabled()) {
    if (letter(event)) event.preventDefault();
  }
});

// Where the platform's key is ⌘, say so.
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  document.querySelectorAll("[data-km-mod]").forEach((hint) => { hint.textContent = `⌘ ${hint.dataset.kmMod}`; });
}
document.querySelectorAll("[data-km-single-keys]").forEach((box) => {
  box.checked = single.enabled();
  box.addEventListener("change", () => single.choose(box.checked));
});
