// Segments made of buttons behave as one radio group: arrows choose, and the choice is told by a km:choose event.

function choose(button) {
  const group = button.closest("[role=radiogroup]");
  group.querySelectorAll("[role=radio]").forEach((radio) => {
    radio.setAttribute("aria-checked", String(radio === button));
    radio.tabIndex = radio === button ? 0 : -1;
  });
  button.dispatchEvent(new CustomEvent("km:choose", { bubbles: true, detail: button.value }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".km-seg [role=radio]");
  if (button) choose(button);
});

document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.(".km-seg [role=radio]");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!button || !step) return;
  event.preventDefault();
  const all = [...button.closest("[role=radiogroup]").querySelectorAll("[role=radio]")];
  const next = all[(all.indexOf(button) + step + all.length) % all.length];
  next.focus();
  next.click();
});
