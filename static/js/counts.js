// The numbers of the menu: those known from the page before at once, fresh ones from the server a moment later.
import { memory } from "./dom.js";

const NAME = "menu-counts";
const FRESH = 10_000;
const places = document.querySelectorAll("[data-km-count-of]");

function show(counts) {
  places.forEach((place) => { place.textContent = counts[place.dataset.kmCountOf] || ""; });
}

async function refresh() {
  const answer = await fetch("/menu/counts/", { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const counts = await answer.json();
  memory.set(sessionStorage, NAME, JSON.stringify({ at: Date.now(), counts }));
  show(counts);
}

if (places.length) {
  const known = JSON.parse(memory.get(sessionStorage, NAME) || "{}");
  if (known.counts) show(known.counts);
  if (!known.at || Date.now() - known.at > FRESH) refresh().catch(() => { /* a menu without numbers is a menu */ });
}
