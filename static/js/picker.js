// Choosing one of many rows: a plain <select> becomes a combobox that asks the server. Without scripts it stays a select.
import { announce, composing, each, icon, make, say } from "./dom.js";

class Picker {
  constructor(root) {
    this.root = root;
    this.select = root.querySelector("select");
    this.many = this.select.multiple;
    this.build();
    this.draw();
  }

  build() {
    const { select } = this;
    this.box = make("div", "km-picker-box");
    this.input = make("input");
    this.list = make("div", "km-picker-list");
    const id = select.id || `km-pick-${select.name}`;
    Object.assign(this.input, { type: "text", id: `${id}_pick`, autocomplete: "off", spellcheck: false, disabled: select.disabled });
    Object.assign(this.list, { id: `${id}_list`, hidden: true });
    const aria = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) if (select.hasAttribute(name)) aria[name] = select.getAttribute(name);
    Object.entries(aria).forEach(([name, value]) => this.input.setAttribute(name, value));
    this.list.setAttribute("role", "listbox");
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    if (label) {
      label.htmlFor = this.input.id;
      label.id ||= `${id}_label`;
      this.list.setAttribute("aria-labelledby", label.id);
    }
    select.hidden = true;
    this.box.append(this.input, icon("search"));
    this.root.append(this.box, this.list);
    this.listen();
  }

  listen() {
    this.box.addEventListener("click", () => this.input.focus());
    this.input.addEventListener("focus", () => this.ask());
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => { this.close(); this.input.value = this.single(); }, 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(event.target.closest("[role=option]"));
    });
  }

  chosen() { return [...this.select.options].filter((option) => option.selected && option.value); }

  single() { return this.many ? "" : this.chosen()[0]?.textContent || ""; }

  // Choices that are always on offer, such as “me”: they are in the select from the start.
  fixed() {
    return [...this.select.options].filter((option) => option.dataset.fixed !== undefined).map((option) => {
      const row = make("div", "", option.textContent);
      row.setAttribute("role", "option");
      row.dataset.value = option.value;
      return row;
    });
  }

  draw() {
    this.box.querySelectorAll(".km-picker-token").forEach((token) => token.remove());
    this.input.value = this.single();
    this.input.placeholder = this.chosen().length ? "" : say("search");
    if (!this.many) return;
    for (const option of this.chosen()) {
      const token = make("span", "km-picker-token");
      const drop = make("button");
      drop.type = "button";
      drop.setAttribute("aria-label", say("remove", option.textContent));
      drop.append(icon("x", 14));
      drop.addEventListener("click", () => { option.selected = false; this.changed(); this.input.focus(); });
      token.append(make("span", "", option.textContent), drop);
      this.input.before(token);
    }
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const typed = this.input.value === this.single() ? "" : this.input.value.trim();
    const query = new URLSearchParams({ q: typed });
    for (const name of (this.root.dataset.with || "").split(" ").filter(Boolean)) query.set(name, this.select.form?.elements[name]?.value || "");
    try {
      const answer = await fetch(`${this.root.dataset.url}?${query}`, { headers: { "HX-Request": "true" }, signal: this.asked.signal });
      this.list.innerHTML = answer.ok ? await answer.text() : "";
      if (!typed) this.list.prepend(...this.fixed());
    } catch (problem) {
      if (problem.name === "AbortError") return;
      this.list.replaceChildren(make("p", "km-picker-note", say("offline")));
    }
    if (document.activeElement !== this.input) return;
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, i) => { option.id = `${this.list.id}_${i}`; option.setAttribute("aria-selected", "false"); });
    if (!this.list.children.length) this.list.append(make("p", "km-picker-note", say("nothing")));
    announce(this.options.length ? String(this.options.length) : say("nothing"));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(typed ? 0 : -1);
  }

  mark(index) {
    this.at = index;
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    this.options[index]?.scrollIntoView({ block: "nearest" });
    if (this.options[index]) this.input.setAttribute("aria-activedescendant", this.options[index].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) this.ask();
      else if (this.options.length) this.mark((this.at + step + this.options.length) % this.options.length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.options[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && this.many && !this.input.value && this.chosen().length) {
      this.chosen().pop().selected = false;
      this.changed();
    } else if ((event.key === "Backspace" || event.key === "Delete") && !this.many && this.input.selectionEnd - this.input.selectionStart === this.input.value.length) {
      this.select.value = "";
      this.changed();
    }
  }

  choose(row) {
    if (!row || row.getAttribute("aria-disabled") === "true") return;
    if (row.dataset.href) { location.assign(row.dataset.href); return; }
    let option = [...this.select.options].find((known) => known.value === row.dataset.value);
    if (!option) this.select.append(option = new Option(row.dataset.text || row.textContent.trim(), row.dataset.value));
    option.selected = true;
    this.changed();
    this.close();
  }

  changed() {
    this.draw();
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

each(".km-picker", (root) => { if (root.querySelector("select") && !root.querySelector(".km-picker-box")) new Picker(root); });
