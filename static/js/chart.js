// Charts: the server sends figures, the page's own colours and fonts come from the style sheet, and follow the theme.
import { each, say } from "./dom.js";

const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Every var(--km-…) of a figure as the colour it has now; of Plotly's own little HTML only <br> is let through. */
function coloured(part) {
  if (typeof part === "string") return part.replace(/var\((--km-[\w-]+)\)/g, (all, name) => value(name)).replace(/<(?!br>)/g, "&lt;");
  if (Array.isArray(part)) return part.map(coloured);
  if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, inside]) => [key, coloured(inside)]));
  return part;
}

const axis = (grid) => ({
  gridcolor: value("--km-line"), linecolor: value("--km-line2"), zerolinecolor: value("--km-line2"), zerolinewidth: 1,
  showgrid: grid, automargin: true, fixedrange: true, ticks: "outside", ticklen: 6, tickcolor: "rgba(0,0,0,0)", tickfont: { size: 12 }, separatethousands: true,
});

function template() {
  const colours = [1, 2, 3, 4, 5, 6].map((n) => value(`--km-chart${n}`));
  const bar = {
    type: "bar", width: 0.34, textposition: "outside", cliponaxis: false, textfont: { color: value("--km-ink"), size: 12 },
    marker: { line: { width: 0 }, pattern: { fgcolor: value("--km-previous"), bgcolor: "rgba(0,0,0,0)", size: 5, solidity: 0.25 } },
  };
  const funnel = { type: "funnel", textfont: { color: value("--km-ink"), size: 12 }, connector: { fillcolor: value("--km-psoft"), line: { width: 0 } } };
  return {
    data: { bar: [bar], funnel: [funnel], scatter: [{ type: "scatter", line: { width: 2, shape: "linear" }, marker: { size: 6 } }] },
    layout: {
      font: { family: value("--km-font"), size: 12, color: value("--km-ink2") },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", colorway: colours,
      margin: { l: 72, r: 56, t: 8, b: 28 }, showlegend: false, dragmode: false, hovermode: "closest", bargap: 0.3,
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1, yanchor: "bottom", font: { size: 12 } },
      hoverlabel: { bgcolor: value("--km-inverse"), bordercolor: value("--km-inverse"), font: { color: value("--km-oninverse"), size: 12, family: value("--km-font") } },
      xaxis: axis(true), yaxis: axis(true),
    },
  };
}

const config = () => ({
  displayModeBar: false, responsive: true, doubleClick: false, showTips: false,
  locale: document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-US",
});

/** Category axes carry no grid: the bars themselves lead the eye. */
function plain(figure) {
  const sideways = figure.data.some((trace) => trace.orientation === "h" || trace.type === "funnel");
  const categories = sideways ? "yaxis" : "xaxis";
  const layout = figure.layout || {};
  return { ...layout, [categories]: { showgrid: false, tickfont: { size: 13, color: value("--km-ink") }, ...layout[categories] }, template: template() };
}

function draw(box) {
  const figure = coloured(JSON.parse(document.getElementById(box.dataset.kmChart).textContent));
  const plot = box.querySelector(".km-figure-plot");
  const layout = coloured(plain(figure));
  if (layout.showlegend === undefined) layout.showlegend = figure.data.filter((trace) => trace.name && trace.showlegend !== false).length > 1 && Boolean(layout.legend);
  Plotly.react(plot, figure.data, { height: plot.clientHeight || 236, ...layout }, config());
  plot.removeAllListeners?.("plotly_click");
  plot.on("plotly_click", (event) => {
    const target = event.points[0].customdata;
    const url = Array.isArray(target) ? target[0] : target;
    if (typeof url === "string" && url.startsWith("/") && !url.startsWith("//")) location.assign(url);
  });
}

function swap(button) {
  const box = button.closest("[data-km-chart]");
  const table = box.querySelector(".km-figure-table");
  table.hidden = !table.hidden;
  box.querySelector(".km-figure-plot").hidden = !table.hidden;
  button.textContent = say(table.hidden ? "show_table" : "show_chart");
  button.setAttribute("aria-pressed", String(!table.hidden));
  if (table.hidden) draw(box);
}

each("[data-km-chart]", (box) => {
  draw(box);
  const button = box.querySelector("[data-km-table]");
  if (!button || button.kmReady) return;
  button.kmReady = true;
  button.hidden = false;
  button.addEventListener("click", () => swap(button));
});
document.addEventListener("km:theme", () => document.querySelectorAll("[data-km-chart]").forEach(draw));
addEventListener("beforeprint", () => document.querySelectorAll(".js-plotly-plot").forEach((plot) => Plotly.Plots.resize(plot)));
