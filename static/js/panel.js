// The side view of a record: a[data-km-panel] opens its address beside the page; closing comes back to it.
import { say } from "./dom.js";
import { fail } from "./requests.js";

const panel = document.getElementById("km-panel");
let cameFrom = "";

const unsaved = () => [...panel.querySelectorAll("form")].some((form) => form.kmChanged);

async function open(url, remember = true) {
  panel.innerHTML = `<div class="km-skeleton"><i></i><i></i><i></i><i></i><i></i></div>`;
  panel.setAttribute("aria-busy", "true");
  if (!panel.open) { cameFrom = location.href; panel.showModal(); }
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": "km-panel" } });
    if (answer.status >= 500) throw new Error(answer.status);
    panel.innerHTML = await answer.text();
    htmx.process(panel);
    if (remember) history.pushState({ panel: url }, "", url);
    panel.querySelector("[autofocus], .km-panel-head [data-km-close]")?.focus();
  } catch {
    panel.close();
    fail(0);
  }
  panel.removeAttribute("aria-busy");
}

if (panel) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-km-panel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });
  document.addEventListener("km:panel", (event) => open(event.detail));
  panel.addEventListener("cancel", (event) => {
    if (unsaved() && !confirm(say("unsaved"))) event.preventDefault();
  });
  panel.addEventListener("close", () => {
    panel.replaceChildren();
    if (cameFrom && location.href !== cameFrom) history.replaceState(null, "", cameFrom);
  });
  addEventListener("popstate", () => { if (panel.open) panel.close(); });
}
