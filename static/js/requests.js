// What htmx brings back: a line while it takes long, refusals where they belong, failures that lose nothing.
import { say } from "./dom.js";
import { toast } from "./toast.js";

let running = 0;
const REFUSALS = [403, 404, 409];

function count(change) {
  running = Math.max(0, running + change);
  document.documentElement.classList.toggle("km-loading", running > 0);
}

/** The refusal slot nearest to what was asked: of its own form or card, else of the page. */
function slotFor(element) {
  const near = element.closest("form, [data-km-refusals], dialog[open]")?.querySelector(".km-refusal");
  return near || document.getElementById("km-notice");
}

export function refuse(html, element) {
  const slot = slotFor(element);
  slot.innerHTML = html;
  slot.scrollIntoView({ block: "nearest" });
}

export function fail(status, id = "") {
  const text = status ? [say("failed"), id && say("code", id)].filter(Boolean).join(" ") : say("offline");
  toast({ text, tone: "bad" });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  count(1);
  const slot = slotFor(event.detail.elt);
  if (event.detail.requestConfig.verb !== "get" && slot) slot.replaceChildren();
});
document.addEventListener("htmx:afterRequest", () => count(-1));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if (REFUSALS.includes(xhr.status) && xhr.responseText.length < 4000 && xhr.responseText.trim()) refuse(xhr.responseText, elt);
  else if (xhr.status === 401) location.reload();
  else fail(xhr.status, xhr.getResponseHeader("X-Request-Id"));
});
document.addEventListener("htmx:sendError", () => fail(0));
document.addEventListener("htmx:timeout", () => fail(0));
