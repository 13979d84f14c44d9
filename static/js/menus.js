// Menus and filter popovers are <details>: one open at a time, closed by Esc or a click elsewhere, kept on the screen.

const open = () => [...document.querySelectorAll("details.km-menu[open]")];

function close(menu, back = false) {
  menu.open = false;
  if (back) menu.querySelector("summary").focus();
}

function keepOnScreen(pop) {
  const box = pop.getBoundingClientRect();
  if (box.left < 8) pop.classList.add("km-start");
  if (box.right > innerWidth - 8) pop.classList.remove("km-start");
}

function begin(menu) {
  const pop = menu.querySelector(".km-pop");
  if (pop) keepOnScreen(pop);
  pop?.querySelector("input:not([type=hidden]), select")?.focus({ preventScroll: true });
}

// What a menu holds may come only when it is opened.
document.addEventListener("htmx:load", (event) => {
  const menu = event.target.closest?.("details.km-menu[open]");
  if (menu) begin(menu);
});

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.km-menu")) return;
  menu.querySelector("summary").setAttribute("aria-expanded", String(menu.open));
  if (!menu.open) return;
  open().forEach((other) => { if (other !== menu && !other.contains(menu)) close(other); });
  begin(menu);
}, true);

document.addEventListener("click", (event) => {
  open().forEach((menu) => { if (!menu.contains(event.target)) close(menu); });
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.km-menu[open]") || open().pop();
  if (!menu || event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    close(menu, true);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const items = [...menu.querySelectorAll(".km-menuitem")].filter((item) => !item.querySelector("input"));
    if (!items.length || !menu.contains(event.target)) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    items[(items.indexOf(event.target) + step + items.length) % items.length].focus();
  }
});
