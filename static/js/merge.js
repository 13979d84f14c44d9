// Merging: the last column shows what was chosen.
const form = document.querySelector("[data-km-merge]");
const between = document.documentElement.lang.startsWith("zh") ? "、" : ", ";

form.addEventListener("change", (event) => {
  const row = event.target.closest("tr");
  const result = row && row.querySelector("[data-km-result]");
  if (!result) return;
  const texts = [...row.querySelectorAll("input:checked")].map((box) => box.closest("label").querySelector(".km-mergetext").innerText.trim());
  const words = texts.flatMap((text) => (texts.length > 1 ? text.split(between) : [text]));
  result.textContent = [...new Set(words)].join(between) || "—";
});
