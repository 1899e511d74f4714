// Small help for the chat: says how loading goes, opens a source at its number, shows a new turn.
"use strict";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let lastMarker = null;
let nextLook = 0;

function show(element, block) {
  element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });
}

const LOST =
  "Geen verbinding met Vraagbaak. Kijk of het in de terminal nog draait en start het zo nodig opnieuw.";
const FAILED = "Er ging iets mis. Stel uw vraag nog eens.";

function say(state, message, seconds) {
  const box = document.getElementById("loading");
  box.hidden = state === "klaar";
  box.classList.toggle("trouble", state === "fout");
  const line = document.getElementById("loading-message");
  if (line.textContent !== message) line.textContent = message;
  document.getElementById("loading-seconds").textContent =
    state === "laden" ? `(nu ${seconds} s bezig)` : "";
}

// Says how far the loading is, and that the connection is lost, until there is nothing to say.
async function followStatus(onceReady) {
  clearTimeout(nextLook);
  let status;
  try {
    status = await (await fetch("/api/status")).json();
  } catch {
    status = { state: "verbroken", message: LOST };
  }
  if (status.state === "klaar" && onceReady) say("fout", onceReady, 0);
  else say(status.state === "verbroken" ? "fout" : status.state, status.message, status.seconds);
  if (status.state === "laden" || status.state === "verbroken") {
    clearTimeout(nextLook);
    nextLook = setTimeout(followStatus, 1000);
  }
}

function openSource(marker) {
  const source = document.getElementById(marker.hash.slice(1));
  if (!source) return;
  for (const other of document.querySelectorAll(".source.open")) other.classList.remove("open");
  source.classList.add("open");
  source.focus({ preventScroll: true });
  show(source, "nearest");
  lastMarker = marker;
}

document.addEventListener("click", (event) => {
  const marker = event.target.closest("a.marker");
  if (!marker) return;
  event.preventDefault();
  openSource(marker);
});

function closeSource(source) {
  source.classList.remove("open");
  lastMarker.focus({ preventScroll: true });
  show(lastMarker, "center");
}

document.addEventListener("click", (event) => {
  const source = event.target.closest(".source .back")?.closest(".source");
  if (source && lastMarker) closeSource(source);
});

document.addEventListener("keydown", (event) => {
  const source = event.target.closest?.(".source");
  if (event.key === "Escape" && source && lastMarker) closeSource(source);
});

function followConversation(conversation) {
  let shown = "";
  new MutationObserver(() => {
    const turns = conversation.querySelectorAll(".turn");
    document.body.classList.toggle("talking", turns.length > 0);
    const last = turns[turns.length - 1];
    const state = last ? `${turns.length} ${last.querySelector(".waiting") !== null}` : "";
    if (last && state !== shown) {
      show(last, "start");
      if (!document.getElementById("loading").hidden) followStatus();
      // The sample question that was clicked is gone from the page, and the focus with it.
      if (document.activeElement === document.body) {
        last.querySelector(".question").focus({ preventScroll: true });
      }
    }
    shown = state;
  }).observe(conversation, { childList: true, subtree: true, characterData: true });
}

// Gradio's own messages of errors are partly English: they are hidden, and said here in Dutch.
function followErrors(messages) {
  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length)) followStatus(FAILED);
  }).observe(messages, { childList: true });
}

// Gradio builds the page after this script has run.
function whenThere(selector, start) {
  const element = document.querySelector(selector);
  if (element) start(element);
  else setTimeout(whenThere, 50, selector, start);
}

whenThere("#loading", () => followStatus());
whenThere("#conversation", followConversation);
whenThere(".toast-wrap", followErrors);
