// What a reload would lose, kept by this tab until it is closed: the questions, and what is being typed.
"use strict";

const SESSION = "vraagbaak-gesprek";

function keptSession() {
  try {
    return JSON.parse(sessionStorage.getItem(SESSION));
  } catch {
    return null; // storage that is off or damaged holds nothing
  }
}

// A link that repeats a question begins anew, unless its own page is shown again.
const visit = performance.getEntriesByType("navigation")[0]?.type;
const repeats = new URLSearchParams(location.search).has("vraag");
const leftBehind = keptSession();
window.vraagbaakLeft = repeats && (visit === "navigate" || !leftBehind?.turns.length) ? null : leftBehind;

function keepSession() {
  const turns = [...document.querySelectorAll(".turn[data-asked]")].map((turn) => ({
    question: turn.dataset.question,
    ...JSON.parse(turn.dataset.asked),
  }));
  const waiting = [...document.querySelectorAll("#conversation .waiting")].pop();
  if (waiting && !waiting.closest(".turn")) return; // what was kept is on its way back
  const typed = document.querySelector("#question textarea")?.value ?? "";
  const draft = waiting?.closest(".turn").dataset.question || typed;
  try {
    sessionStorage.setItem(SESSION, JSON.stringify({ turns, draft, waiting: Boolean(waiting) }));
  } catch {
    // storage that is off keeps nothing
  }
}

whenThere("#conversation", (conversation) => {
  new MutationObserver(keepSession).observe(conversation, { childList: true, subtree: true });
});
document.addEventListener("input", (event) => {
  if (event.target.matches("#question textarea")) keepSession();
});
