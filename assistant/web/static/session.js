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
if (repeats && (visit === "navigate" || !keptSession()?.turns.length)) forget();
let wiped = false;
let begun = false;
let typed = keptSession()?.draft ?? ""; // by hand: that Gradio empties the box, while it loads, is no wish
// Asked for whenever Gradio builds its page; until then that page is empty and nothing is kept of it.
window.vraagbaakLeft = () => {
  begun = true;
  return keptSession();
};

function forget() {
  try {
    sessionStorage.removeItem(SESSION);
  } catch {
    // storage that is off holds nothing
  }
}

function keepSession() {
  if (!begun) return;
  const turns = [...document.querySelectorAll(".turn[data-asked]")].map((turn) => ({
    question: turn.dataset.question,
    ...JSON.parse(turn.dataset.asked),
  }));
  // A page that Gradio builds anew is empty too; only "Nieuw gesprek" wipes what was kept.
  if (!turns.length && !wiped && keptSession()?.turns.length) return;
  if (!turns.length && wiped) typed = "";
  wiped = wiped && turns.length > 0;
  const waiting = [...document.querySelectorAll("#conversation .waiting")].pop();
  if (waiting && !waiting.closest(".turn")) return; // what was kept is on its way back
  if (turns.at(-1)?.question === typed.trim()) typed = ""; // it has its answer
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
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#restart")) wiped = true;
});
document.addEventListener("input", (event) => {
  if (!event.target.matches("#question textarea")) return;
  typed = event.target.value;
  keepSession();
});
