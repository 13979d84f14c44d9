// The way through a list, record by record: a list notes its rows, a record opened from it shows “4 / 23” and J, K go on.
import { memory } from "./dom.js";

const NAME = "trail";
const known = () => JSON.parse(memory.get(sessionStorage, NAME) || "{}");
const here = () => location.pathname + location.search;

/** How many rows stand on the pages before this one; null where that cannot be told. */
function offsetOf(list, before) {
  if (!new URLSearchParams(location.search).has("cursor")) return 0;
  if (before.at === here()) return before.offset;
  if (before.offset === null || !before.urls) return null;
  if (before.next === here()) return before.offset + before.urls.length;
  if (before.previous === here()) return Math.max(0, before.offset - list.querySelectorAll("tbody tr[data-id]").length);
  return null;
}

function address(link) {
  return link ? link.pathname + link.search : "";
}

function note(list) {
  const before = known();
  const links = [...list.querySelectorAll("tbody td.km-main > a[href]")];
  if (!links.length) return;
  memory.set(sessionStorage, NAME, JSON.stringify({
    at: here(),
    path: location.pathname,
    urls: links.map((link) => link.pathname),
    offset: offsetOf(list, before),
    total: list.dataset.kmTotal || "",
    next: address(list.querySelector("a[rel=next]")),
    previous: address(list.querySelector("a[rel=prev]")),
  }));
}

function step(name, url) {
  const link = document.querySelector(`[data-km-step="${name}"]`);
  if (!link || !url) return;
  link.href = url;
  link.hidden = false;
}

function show(crumbs) {
  const trail = known();
  const at = trail.urls?.indexOf(location.pathname) ?? -1;
  if (at < 0) return;
  const parent = crumbs.querySelector("a");
  if (parent?.pathname === trail.path) parent.href = trail.at;
  const position = crumbs.querySelector("[data-km-position]");
  if (trail.offset !== null && trail.total) {
    position.textContent = `${(trail.offset + at + 1).toLocaleString("en")} / ${trail.total}`;
    position.hidden = false;
  }
  step("previous", trail.urls[at - 1]);
  step("next", trail.urls[at + 1]);
}

const list = document.querySelector(".km-list");
const crumbs = document.querySelector(".km-crumbs");
if (list) note(list);
else if (crumbs) show(crumbs);
