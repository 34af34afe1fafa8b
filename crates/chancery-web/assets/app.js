// What these pages do without is done here only faster: keys, a slider that answers at once, citations to copy.
"use strict";
for (const form of document.querySelectorAll(".slide")) {
  const range = form.querySelector("input[type=range]");
  const told = form.querySelector("output");
  const show = () => {
    const month = Number(range.value);
    told.textContent = Math.floor(month / 12) + "-" + String((month % 12) + 1).padStart(2, "0");
  };
  show();
  range.addEventListener("input", show);
  range.addEventListener("change", () => form.requestSubmit());
  form.querySelector("button").hidden = true;
}
for (const button of document.querySelectorAll(".cite")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = button.dataset.cite.replace(/; (\/claim\?[^)]*)\)$/, (_, path) => "; " + location.origin + path + ")");
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      window.prompt("Copy the citation:", text);
    }
  });
}
const cards = [...document.querySelectorAll(".judge")];
let at = -1;
const go = (n) => {
  if (!cards.length) return;
  at = Math.max(0, Math.min(cards.length - 1, n));
  const card = cards[at].querySelector(".card");
  for (const c of cards) c.classList.toggle("chosen", c === cards[at]);
  card.focus({ preventScroll: true });
  cards[at].scrollIntoView({ block: "nearest" });
  for (const m of document.querySelectorAll(".text mark")) {
    const here = m.dataset.claims.split(" ").includes(String(at + 1));
    m.classList.toggle("chosen", here);
    if (here) m.scrollIntoView({ block: "nearest" });
  }
};
if (cards.length) {
  const start = cards.findIndex((c) => "#" + c.querySelector(".card").id === location.hash);
  if (start >= 0) go(start);
  for (const m of document.querySelectorAll(".text mark"))
    m.addEventListener("click", () => go(Number(m.dataset.claims.split(" ")[0]) - 1));
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
    const press = (what) => at >= 0 && cards[at].querySelector(what)?.click();
    const deeds = {
      j: () => go(at + 1),
      k: () => go(at - 1),
      a: () => press(".ok"),
      r: () => press(".bad"),
      e: () => press(".edit"),
      n: () => document.querySelector("a.next")?.click(),
    };
    if (deeds[e.key]) {
      e.preventDefault();
      deeds[e.key]();
    }
  });
}
