// The board: cards move by pointer or by keyboard; each stage says what it still asks; a refused card goes back.
import { announce, composing, make, say, token } from "./dom.js";
import { fail, refuse } from "./requests.js";

const START = 6;
const HOLD = 350;
const board = () => document.querySelector("[data-km-board]");
const places = () => [...board().querySelectorAll("[data-stage]")];
const placeOf = (card) => card.closest("[data-stage]");
const needs = (card) => JSON.parse(card.dataset.needs || "{}");

// --- what a stage asks ---------------------------------------------------------------------------

function showNeeds(card) {
  for (const place of places()) {
    const text = needs(card)[place.dataset.stage];
    if (!text || place === placeOf(card) || place.matches(".km-closed")) continue;
    place.querySelector(".km-lane-cards").prepend(make("p", "km-needs", text));
  }
}

function hideNeeds() {
  board().querySelectorAll(".km-needs").forEach((hint) => hint.remove());
  places().forEach((place) => place.classList.remove("km-over"));
}

function hover(place) {
  places().forEach((other) => other.classList.toggle("km-over", other === place));
}

// --- the move itself -----------------------------------------------------------------------------

function put(card, place) {
  place.querySelector(".km-lane-cards")?.prepend(card);
}

async function move(card, place) {
  const from = placeOf(card);
  const next = card.nextElementSibling;
  if (!place || place === from) return;
  if (place.dataset.refuses) { tell(card, place.dataset.refuses); return; }
  if (place.dataset.opens) { location.assign(place.dataset.opens.replace("{id}", card.dataset.id)); return; }
  put(card, place);
  card.classList.add("km-saving");
  const back = () => { next ? next.before(card) : put(card, from); card.focus(); };
  try {
    const body = new URLSearchParams({ stage: place.dataset.stage });
    const answer = await fetch(card.dataset.move + location.search, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
    const html = await answer.text();
    if (answer.ok) done(card, place, answer, html);
    else { back(); answer.status < 500 ? refuse(html, board().parentNode.querySelector(".km-refusal") || card) : fail(answer.status, answer.headers.get("X-Request-Id")); }
  } catch {
    back();
    fail(0);
  }
  card.classList.remove("km-saving");
}

/** The answer is nothing, the way to the form that is still needed, or the board as it is now. */
function done(card, place, answer, html) {
  const away = answer.headers.get("HX-Redirect");
  if (away) { location.assign(away); return; }
  announce(say("moved", card.querySelector("h3").textContent, place.dataset.name));
  const triggers = answer.headers.get("HX-Trigger");
  if (html.includes("data-km-board")) {
    const lane = document.querySelector("[data-km-lane][aria-current]")?.dataset.kmLane;
    htmx.swap("#km-boardpart", html, { swapStyle: "outerHTML" });
    const tab = document.querySelector(`[data-km-lane="${CSS.escape(lane || "")}"]`);
    if (tab) turnTo(tab);
    board().querySelector(`.km-deal[data-id="${CSS.escape(card.dataset.id)}"]`)?.focus();
  }
  if (triggers?.startsWith("{")) Object.entries(JSON.parse(triggers)).forEach(([name, detail]) => htmx.trigger(document.body, name, detail));
}

function tell(card, text) {
  const slot = document.querySelector(".km-boardnotice") || document.getElementById("km-notice");
  const bar = make("div", "km-banner km-warn");
  bar.setAttribute("role", "alert");
  const way = make("a", "", board().dataset.way);
  way.href = card.querySelector("h3 a").href;
  bar.append(make("div", "", text), way);
  slot.replaceChildren(bar);
  card.focus();
}

// --- by pointer ----------------------------------------------------------------------------------

let drag = null;

function lift() {
  const box = drag.card.getBoundingClientRect();
  drag.ghost = drag.card.cloneNode(true);
  drag.ghost.classList.add("km-ghost");
  drag.ghost.style.width = `${box.width}px`;
  drag.dx = drag.x - box.left;
  drag.dy = drag.y - box.top;
  document.body.append(drag.ghost);
  drag.card.classList.add("km-dragged");
  showNeeds(drag.card);
}

function follow(event) {
  drag.ghost.style.left = `${event.clientX - drag.dx}px`;
  drag.ghost.style.top = `${event.clientY - drag.dy}px`;
  drag.over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-stage]") || null;
  hover(drag.over === placeOf(drag.card) ? null : drag.over);
  const box = board().getBoundingClientRect();
  if (event.clientX > box.right - 40) board().scrollLeft += 12;
  if (event.clientX < box.left + 40) board().scrollLeft -= 12;
}

function drop(commit) {
  if (!drag) return;
  clearTimeout(drag.timer);
  const { card, over, ghost } = drag;
  drag = null;
  if (!ghost) return;
  ghost.remove();
  card.classList.remove("km-dragged");
  hideNeeds();
  addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
  setTimeout(() => { if (commit) move(card, over); });
}

document.addEventListener("pointerdown", (event) => {
  const card = event.target.closest(".km-deal[data-move]");
  if (!card || event.button !== 0 || event.target.closest("button")) return;
  drag = { card, x: event.clientX, y: event.clientY };
  if (event.pointerType === "touch") drag.timer = setTimeout(lift, HOLD);
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > START;
  if (!drag.ghost && far && event.pointerType === "touch") { drop(false); return; }
  if (!drag.ghost && far) lift();
  if (drag.ghost) follow(event);
});
document.addEventListener("pointerup", () => drop(true));
document.addEventListener("pointercancel", () => drop(false));
document.addEventListener("touchmove", (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
document.addEventListener("dragstart", (event) => { if (event.target.closest(".km-deal")) event.preventDefault(); });

// --- by keyboard ---------------------------------------------------------------------------------

let held = null;

function hold(card) {
  held = { card, at: places().indexOf(placeOf(card)) };
  card.classList.add("km-held");
  showNeeds(card);
  announce(say("held", card.querySelector("h3").textContent));
}

function release(commit) {
  const { card, at } = held;
  held = null;
  card.classList.remove("km-held");
  hideNeeds();
  if (commit) move(card, places()[at]);
}

function choose(step) {
  const all = places();
  held.at = Math.min(all.length - 1, Math.max(0, held.at + step));
  hover(all[held.at]);
  all[held.at].scrollIntoView({ block: "nearest", inline: "nearest" });
  announce([all[held.at].dataset.name, needs(held.card)[all[held.at].dataset.stage]].filter(Boolean).join(", "));
}

function walk(card, key) {
  const inLane = [...placeOf(card).querySelectorAll(".km-deal")];
  const at = inLane.indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") { inLane[at + (key === "ArrowDown" ? 1 : -1)]?.focus(); return; }
  const lanes = places().filter((place) => place.querySelector(".km-deal"));
  const lane = lanes[lanes.indexOf(placeOf(card)) + (key === "ArrowRight" ? 1 : -1)];
  const there = lane ? [...lane.querySelectorAll(".km-deal")] : [];
  there[Math.min(at, there.length - 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.(".km-deal");
  if (!card || composing(event) || event.ctrlKey || event.metaKey) return;
  const keys = {
    m: () => (held ? release(false) : card.dataset.move && hold(card)),
    ArrowRight: () => (held ? choose(1) : walk(card, event.key)),
    ArrowLeft: () => (held ? choose(-1) : walk(card, event.key)),
    ArrowDown: () => held || walk(card, event.key),
    ArrowUp: () => held || walk(card, event.key),
    Enter: () => (held ? release(true) : event.target === card && card.querySelector("h3 a")?.click()),
    Escape: () => held && release(false),
  };
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || (event.key === "Enter" && !held && event.target !== card)) return;
  event.preventDefault();
  action();
});

// --- on the phone, one stage at a time -----------------------------------------------------------

function turnTo(tab) {
  tab.parentNode.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  tab.setAttribute("aria-current", "true");
  places().forEach((place) => place.classList.toggle("km-current", place.dataset.stage === tab.dataset.kmLane));
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-km-lane]");
  if (tab) turnTo(tab);
});
