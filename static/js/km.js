// What every page needs; the scripts of single pages are loaded only where their markup is.
import "./keys.js";
import "./menus.js";
import "./seg.js";
import "./toast.js";
import "./requests.js";
import "./form.js";
import "./palette.js";
import "./panel.js";
import "./picker.js";
import "./counts.js";
import "./trail.js";

if (document.querySelector(".km-list")) import("./list.js");
if (document.querySelector("[data-km-board]")) import("./board.js");
if (document.querySelector(".km-outcomes")) import("./queue.js");
if (document.querySelector("[data-km-cells]")) import("./cells.js");
if (document.querySelector("[data-km-merge]")) import("./merge.js");
