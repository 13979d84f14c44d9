// Short news at the bottom. One that can be undone stays 30 seconds, and the clock stops while it is read.
import { each, icon, make, say, token } from "./dom.js";

const UNDO_SECONDS = 30;
const PLAIN_SECONDS = 6;

function start(toast) {
  let left = toast.querySelector("form") ? UNDO_SECONDS : PLAIN_SECONDS;
  const clock = toast.querySelector("output");
  const show = () => { if (clock) clock.textContent = say("seconds", left); };
  show();
  const timer = setInterval(() => {
    if (toast.matches(":hover, :focus-within") || document.hidden) return;
    left -= 1;
    show();
    if (left > 0) return;
    clearInterval(timer);
    toast.remove();
  }, 1000);
}

/** detail: { text, undo: address that takes it back, tone: "bad" } */
export function toast({ text, undo = "", tone = "" }) {
  const element = make("div", `km-toast${tone === "bad" ? " km-bad" : ""}`);
  element.append(icon(tone === "bad" ? "alert-triangle" : "check"), make("span", "", text));
  if (undo) {
    const form = make("form");
    form.method = "post";
    form.action = undo;
    const proof = make("input");
    Object.assign(proof, { type: "hidden", name: "csrfmiddlewaretoken", value: token() });
    const clock = make("output");
    clock.setAttribute("aria-live", "off");
    form.append(proof, make("button", "", say("undo")));
    element.append(form, clock);
  }
  document.getElementById("km-toasts")?.append(element);
  start(element);
}

each("[data-km-toast]", start);
document.addEventListener("km:toast", (event) => toast(event.detail));
