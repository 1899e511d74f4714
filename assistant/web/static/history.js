// Questions asked before, kept by this browser only, and the link that repeats a question.
"use strict";

const KEPT = "vraagbaak-vragen";
const MOST = 30;

function keptQuestions() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
  } catch {
    return []; // storage that is off or damaged holds nothing
  }
}

function keepQuestions(questions) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(questions.slice(0, MOST)));
  } catch {
    // storage that is off keeps nothing
  }
}

function askAgain(text) {
  const field = document.querySelector("#question textarea");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // Gradio takes the text over before it hears the click.
  setTimeout(() => document.getElementById("send").click(), 50);
}

function fillHistory(history) {
  const questions = keptQuestions();
  const list = history.querySelector("ul");
  list.replaceChildren(
    ...questions.map((text) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => askAgain(text));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
  history.hidden = questions.length === 0;
}

function keep(text) {
  keepQuestions([text, ...keptQuestions().filter((other) => other !== text)]);
}

whenThere("#conversation", (conversation) => {
  // A reload brings questions back that were remembered when they were asked, or wiped since.
  const comingBack = () => keptSession()?.turns.length ?? 0;
  let known = comingBack();
  new MutationObserver(() => {
    const questions = conversation.querySelectorAll(".turn .question");
    if (questions.length > known) keep(questions[questions.length - 1].closest(".turn").dataset.question);
    known = questions.length || comingBack();
    const history = document.getElementById("history");
    if (history) fillHistory(history);
    const take = document.getElementById("take-along");
    if (take) take.hidden = conversation.querySelector(".turn[data-asked]") === null;
  }).observe(conversation, { childList: true, subtree: true });
});

// The questions go along as they were asked; the server keeps none and asks them again.
whenThere("#take-along", (form) => {
  form.addEventListener("submit", () => {
    const turns = [...document.querySelectorAll(".turn[data-asked]")];
    form.elements.gesprek.value = JSON.stringify(
      turns.map((turn) => ({ question: turn.dataset.question, ...JSON.parse(turn.dataset.asked) })),
    );
  });
});

whenThere("#history", (history) => {
  fillHistory(history);
  history.querySelector(".forget").addEventListener("click", () => {
    keepQuestions([]);
    fillHistory(history);
    document.querySelector("#question textarea").focus();
  });
});

// "?vraag=…" asks that question, once: the address stays, a reload brings the conversation back.
whenThere("#question textarea", () => {
  const asked = new URLSearchParams(location.search).get("vraag");
  if (asked && asked.trim() && !keptSession()) askAgain(asked.trim());
});
