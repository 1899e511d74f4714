// The checking desk: saving without losing what was filled in, and shortcuts for who wants them.
// Without it the forms still save; only a paragraph cannot be picked (picker.js).
"use strict";

// What a browser keeps: the initials, whether shortcuts are wanted, and this tab's unsaved forms.
const kept = {
  get(store, name) {
    try { return store.getItem(`vraagbaak.${name}`); } catch { return null; }
  },
  set(store, name, value) {
    try { store.setItem(`vraagbaak.${name}`, value); } catch { /* a private window: nothing is kept */ }
  },
  remove(store, name) {
    try { store.removeItem(`vraagbaak.${name}`); } catch { /* as above */ }
  },
};

const checkForm = () => document.getElementById("check");
const places = (form) => [...form.querySelectorAll("[data-place]")];

function showPlace(place, value, label) {
  place.querySelector("input").value = value;
  place.querySelector(".place-label").textContent = label;
  place.querySelector(".chosen").hidden = place.querySelector(".clear").hidden = !value;
}

// ---- What is filled in survives a reload and a lost connection

const draftName = (form) => `concept.${form.dataset.item}`;

function keepDraft(form) {
  const fields = [...new FormData(form)];
  const labels = places(form).map((place) => place.querySelector(".place-label").textContent);
  kept.set(sessionStorage, draftName(form), JSON.stringify({ fields, labels }));
}

function restoreDraft(form) {
  const text = kept.get(sessionStorage, draftName(form));
  if (!text) return;
  const { fields, labels } = JSON.parse(text);
  const values = new Map(fields);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    if (field.type === "radio") field.checked = values.get(field.name) === field.value;
    else if (field.type === "checkbox") field.checked = values.has(field.name);
    else field.value = values.get(field.name) ?? "";
  }
  places(form).forEach((place, n) => showPlace(place, values.get(`place-${n}`) ?? "", labels[n] ?? ""));
  const restored = document.getElementById("restored");
  restored.hidden = false;
  restored.querySelector("[role=status]").textContent = values.get("version") === form.elements.version.value
    ? "Wat u eerder invulde en nog niet bewaarde, staat er weer."
    : "Wat u eerder invulde, staat er weer. Intussen is dit antwoord al gecontroleerd: kijk onderaan bij Geschiedenis voordat u bewaart.";
}

// ---- Saving: the page stays until the server has answered

async function save(form) {
  const button = document.getElementById("save");
  const lost = document.getElementById("lost");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  lost.hidden = true;
  kept.set(localStorage, "initialen", form.elements.initials.value.trim());
  keepDraft(form);
  let why = "Geen verbinding met Vraagbaak.";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.redirected) {
      kept.remove(sessionStorage, draftName(form));
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.getElementById("check")) {
      showAgain(page);
      return;
    }
    why = page.querySelector("main p")?.textContent ?? "Vraagbaak gaf een fout.";
  } catch { /* the connection is lost */ }
  button.removeAttribute("aria-disabled");
  lost.textContent = `${why} Er is niets bewaard. Wat u invulde, staat hier nog: probeer het zo opnieuw.`;
  lost.hidden = false;
  lost.scrollIntoView({ block: "nearest" });
}

// Something is not right, or somebody else was first: the page that says so holds all that was filled in.
function showAgain(page) {
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  start();
  const message = document.querySelector(".message.trouble:not([hidden])");
  if (message) {
    message.tabIndex = -1;
    message.focus();
  }
}

function startCheck(form) {
  // A form that came back from the server holds what was filled in; a draft is older.
  if (!("returned" in form.dataset)) restoreDraft(form);
  if (!form.elements.initials.value) form.elements.initials.value = kept.get(localStorage, "initialen") ?? "";
  for (const drop of document.querySelectorAll("[data-drop]")) {
    drop.addEventListener("click", () => kept.remove(sessionStorage, draftName(form)));
  }
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form);
  });
  const keys = document.getElementById("keys");
  keys.checked = kept.get(localStorage, "sneltoetsen") === "aan";
  keys.addEventListener("change", () => kept.set(localStorage, "sneltoetsen", keys.checked ? "aan" : "uit"));
}

// ---- Other forms are sent once

function sendOnce(form) {
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled")) event.preventDefault();
    button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => button.removeAttribute("aria-disabled"));
}

// ---- Shortcuts: off until they are turned on, and never while typing

function move(form, step) {
  const claims = [...form.querySelectorAll(".claim")];
  const here = claims.findIndex((claim) => claim.contains(document.activeElement));
  const next = claims[Math.min(Math.max(here + step, 0), claims.length - 1)];
  (next.querySelector("input[type=radio]:checked") ?? next.querySelector("input[type=radio]")).focus();
  next.scrollIntoView({ block: "nearest" });
}

function pressed(event, form) {
  const judgements = { 1: "right", 2: "wrong", 3: "incomplete" };
  if (event.key === "j" || event.key === "k") return move(form, event.key === "j" ? 1 : -1);
  if (event.key === "b") return form.requestSubmit();
  if (!(event.key in judgements) && event.key !== "p" && event.key !== "o") return undefined;
  if (!document.activeElement.closest(".claim")) move(form, 1);
  const claim = document.activeElement.closest(".claim");
  if (event.key === "p") return claim.querySelector(".choose").click();
  if (event.key === "o") {
    event.preventDefault(); // the letter would land in the field
    return claim.querySelector("textarea").focus();
  }
  const radio = claim.querySelector(`input[value=${judgements[event.key]}]`);
  radio.checked = true;
  radio.focus();
  return keepDraft(form);
}

document.addEventListener("keydown", (event) => {
  const form = checkForm();
  if (!form || !document.getElementById("keys").checked || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
  pressed(event, form);
});

function start() {
  document.querySelectorAll("form[data-once]").forEach(sendOnce);
  const form = checkForm();
  if (!form) return;
  startCheck(form);
  startPicker(form);
}

document.documentElement.classList.add("scripted");
start();
