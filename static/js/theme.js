// Light, dark or as the system says. Runs before the first paint, so it is no module and stays small.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const read = () => {
    try { return localStorage.getItem("km_theme"); } catch { return null; }
  };
  const chosen = () => read() || (root.hasAttribute("data-km-chosen") ? root.dataset.bsTheme : "system");

  function apply(choice) {
    const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
    const changed = root.dataset.bsTheme !== theme;
    root.dataset.bsTheme = theme;
    document.querySelectorAll("[data-km-theme]").forEach((button) => {
      button.setAttribute("aria-checked", String(button.dataset.kmTheme === choice));
    });
    if (changed) document.dispatchEvent(new CustomEvent("km:theme", { detail: theme }));
  }

  function choose(choice) {
    // The cookie lets the server draw the next page in the right colours at once.
    const age = choice === "system" ? 0 : 31536000;
    document.cookie = `km_theme=${choice}; path=/; max-age=${age}; samesite=lax`;
    try { localStorage.setItem("km_theme", choice); } catch { /* private window: the cookie is enough */ }
    apply(choice);
  }

  apply(chosen());
  system.addEventListener("change", () => apply(chosen()));
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-km-scripted]").forEach((part) => { part.hidden = false; });
    apply(chosen());
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-km-theme]");
    if (button) choose(button.dataset.kmTheme);
  });
})();
