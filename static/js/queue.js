// The queue: digits choose the result. T, M, J, C and Ctrl ↵ are named on their elements and pressed by keys.js.
import { composing, memory, typing } from "./dom.js";

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (!/^[1-5]$/.test(event.key) || document.querySelector("dialog[open]") || memory.get(localStorage, "single-keys") === "off") return;
  const outcome = document.querySelectorAll(".km-outcomes input")[Number(event.key) - 1];
  if (!outcome) return;
  event.preventDefault();
  outcome.click();
  outcome.focus();
});
