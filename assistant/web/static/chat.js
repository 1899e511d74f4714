// Small help for the chat: says how loading goes, opens a source at its number, shows a new turn.
"use strict";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let lastMarker = null;

function show(element, block) {
  element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });
}

async function followLoading() {
  let status;
  try {
    status = await (await fetch("/api/status")).json();
  } catch {
    status = { state: "fout", message: "Vraagbaak is gestopt. Start het opnieuw in de terminal." };
  }
  const box = document.getElementById("loading");
  const message = document.getElementById("loading-message");
  if (box && message) {
    box.hidden = status.state === "klaar";
    box.classList.toggle("trouble", status.state === "fout");
    if (message.textContent !== status.message) message.textContent = status.message;
    const seconds = document.getElementById("loading-seconds");
    seconds.textContent = status.state === "laden" ? `(nu ${status.seconds} s bezig)` : "";
  }
  if (!box || status.state === "laden") setTimeout(followLoading, box ? 1000 : 100);
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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !lastMarker || !event.target.closest(".source")) return;
  lastMarker.focus();
  show(lastMarker, "nearest");
});

function followConversation() {
  const conversation = document.getElementById("conversation");
  if (!conversation) {
    setTimeout(followConversation, 100);
    return;
  }
  let shown = "";
  new MutationObserver(() => {
    const turns = conversation.querySelectorAll(".turn");
    document.body.classList.toggle("talking", turns.length > 0);
    const last = turns[turns.length - 1];
    const state = last ? `${turns.length} ${last.querySelector(".waiting") !== null}` : "";
    if (last && state !== shown) {
      show(last, "start");
      // The sample question that was clicked is gone from the page, and the focus with it.
      if (document.activeElement === document.body) {
        last.querySelector(".question").focus({ preventScroll: true });
      }
    }
    shown = state;
  }).observe(conversation, { childList: true, subtree: true, characterData: true });
}

followLoading();
followConversation();
