// What every other script leans on: the server's words, the token, and “is somebody typing?”.

const words = JSON.parse(document.getElementById("km-words")?.textContent || "{}");

/** A sentence of the server's language, its %s or %1 %2 filled in. */
export function say(key, ...values) {
  let text = words[key] || key;
  values.forEach((value, i) => { text = text.replace(`%${i + 1}`, value).replace("%s", value); });
  return text;
}

export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
}

/** True while an input method composes; the key that ends a composition belongs to it (229 in Safari). */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

export function typing(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])");
}

export function visible(element) {
  return element.getClientRects().length > 0 || Boolean(element.closest("label")?.getClientRects().length);
}

/** Run `set` for each element that matches, now and whenever htmx brings in more. */
export function each(selector, set) {
  const start = (root) => {
    if (root.matches?.(selector)) set(root);
    root.querySelectorAll(selector).forEach(set);
  };
  start(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) start(event.target); });
}

/** Read something out without showing it. */
export function announce(text) {
  let region = document.getElementById("km-announce");
  if (!region) {
    region = document.createElement("div");
    region.id = "km-announce";
    region.className = "km-hide";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}

export function icon(name, size = 16) {
  const sprite = document.querySelector(".km-icon use")?.getAttribute("href").split("#")[0] || "";
  const box = document.createElement("span");
  box.innerHTML = `<svg class="km-icon" width="${size}" height="${size}" aria-hidden="true"><use href="${sprite}#${name}"></use></svg>`;
  return box.firstChild;
}

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** Private storage of one signed-in person; a browser that forbids it costs only the comfort. */
export const memory = {
  key: (name) => `km:${document.body.dataset.kmUser || "0"}:${name}`,
  get(store, name) { try { return store.getItem(this.key(name)); } catch { return null; } },
  set(store, name, value) { try { store.setItem(this.key(name), value); } catch { /* full or forbidden */ } },
  drop(store, name) { try { store.removeItem(this.key(name)); } catch { /* the same */ } },
};
