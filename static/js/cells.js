// Cells to correct, one below the other: Enter and the arrows lead from one to the next, and Escape takes a change back.
import { composing } from "./dom.js";

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-km-cells] input:not([type])");
  if (!cell || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { cell.value = cell.defaultValue; return; }
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  if (!step) return;
  const all = [...cell.closest("[data-km-cells]").querySelectorAll("input:not([type])")];
  const next = all[all.indexOf(cell) + step];
  if (!next && event.key === "Enter") return; // behind the last cell Enter sends what was corrected
  event.preventDefault();
  if (next) { next.focus(); next.select(); }
});
