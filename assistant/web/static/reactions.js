// A reader's word on an answer: useful or not, with a remark if wished; it goes to those who check.
"use strict";

async function sendReaction(box, useful, remark) {
  const said = box.querySelector("[role=status]");
  const turn = box.closest(".turn");
  const asked = JSON.parse(turn.dataset.asked);
  said.textContent = "Versturen …";
  try {
    const answer = await fetch("/api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: turn.dataset.question, useful, remark, ...asked }),
    });
    const told = await answer.json();
    said.textContent = told.message || told.error;
    return answer.ok;
  } catch {
    said.textContent = "Versturen is niet gelukt. Kijk of Vraagbaak nog draait en probeer het opnieuw.";
    return false;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".feedback button[data-useful]");
  if (!button) return;
  const box = button.closest(".feedback");
  const useful = button.dataset.useful === "true";
  for (const other of box.querySelectorAll("button[data-useful]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const form = box.querySelector("form");
  form.hidden = useful;
  if (useful) await sendReaction(box, true, "");
  else form.querySelector("textarea").focus();
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.(".feedback form");
  if (!form) return;
  event.preventDefault();
  const remark = form.querySelector("textarea");
  if (await sendReaction(form.closest(".feedback"), false, remark.value)) form.hidden = true;
});
