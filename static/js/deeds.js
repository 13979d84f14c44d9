// What the page itself can do, as rows of the palette: for the chosen rows of a list, or for the record that is open.
import { icon, make, say, visible } from "./dom.js";

function labelOf(element) {
  return (element.getAttribute("aria-label") || element.textContent.replace(element.querySelector("kbd")?.textContent || " ", "")).trim().split(/[：:]/)[0];
}

function row(element) {
  const option = make("a");
  option.setAttribute("role", "option");
  const drawing = element.querySelector("use")?.getAttribute("href").split("#")[1];
  option.append(icon(drawing || "chevron-right"), make("span", "", labelOf(element)));
  if (element.dataset.kmKey) {
    const end = make("span", "km-end");
    end.append(make("kbd", "km-kbd", element.dataset.kmKey.toUpperCase()));
    option.append(end);
  }
  option.kmPress = element;
  return option;
}

function doable() {
  const bar = document.querySelector(".km-bulkbar:not([hidden])");
  if (bar) return ["on_chosen", [...bar.querySelectorAll("button[formaction]")]];
  const keys = [...document.querySelectorAll(".km-record [data-km-key]")].filter((element) => visible(element) || element.matches(".km-menuitem"));
  return ["on_record", keys.filter((element, i) => keys.findIndex((other) => other.dataset.kmKey === element.dataset.kmKey) === i)];
}

/** What can be done with the chosen rows, or what fits the typed words with this record, under its heading. */
export function deeds(typed) {
  const [heading, elements] = doable();
  const wanted = typed.toLowerCase();
  const fits = (element) => heading === "on_chosen" || labelOf(element).toLowerCase().includes(wanted);
  const rows = elements.filter(fits).map(row);
  if (!rows.length) return [];
  const head = make("div", "km-palette-group", say(heading));
  head.setAttribute("role", "presentation");
  return [head, ...rows];
}

/** What was typed stands out in the words of a row. */
export function mark(option, typed) {
  const text = option.querySelector("span")?.firstChild;
  const at = typed && text?.nodeType === Node.TEXT_NODE ? text.data.toLowerCase().indexOf(typed.toLowerCase()) : -1;
  if (at < 0) return;
  const found = text.splitText(at);
  found.splitText(typed.length);
  const marked = make("mark", "", found.data);
  found.replaceWith(marked);
}
