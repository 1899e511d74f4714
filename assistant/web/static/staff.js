// Adding letters: drag and drop, how far the sending is, how far the index is.
"use strict";

const form = document.getElementById("upload");
const input = document.getElementById("file");
const message = document.getElementById("message");
const renewing = document.getElementById("renewing");
const bar = document.getElementById("progress");
const barName = document.getElementById("progress-name");

function say(text, trouble = false) {
  message.textContent = text;
  message.classList.toggle("trouble", trouble);
}

function send() {
  if (!input.files.length) {
    say("Kies eerst een bestand.", true);
    input.focus();
    return;
  }
  const request = new XMLHttpRequest();
  const button = form.querySelector("button");
  button.disabled = true;
  say("");
  bar.value = 0;
  barName.textContent = "Versturen";
  bar.parentElement.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.upload.addEventListener("load", () => {
    barName.textContent = "De brief wordt gelezen. Dat duurt meestal een paar seconden.";
    bar.removeAttribute("value");
  });
  request.addEventListener("loadend", () => {
    bar.parentElement.hidden = true;
    button.disabled = false;
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch {
      told = { error: "Het versturen is niet gelukt. Kijk of Vraagbaak nog draait en probeer het opnieuw." };
    }
    if (told.place) location.assign(told.place);
    else say(told.error || "Het inlezen is niet gelukt. Probeer het opnieuw.", true);
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.toggle("over", kind === "dragenter" || kind === "dragover");
  });
}

document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  send();
});

// Says how far the index is, as long as letters that changed are not in it yet.
async function follow(busy) {
  let status;
  try {
    status = await (await fetch("/beheer/status")).json();
  } catch {
    return;
  }
  if (status.state === "laden") renewing.textContent = "Het taalmodel laadt nog.";
  else if (status.renewing !== null) {
    const percent = Math.round(100 * status.renewing);
    renewing.textContent = `De index wordt bijgewerkt (${percent}%). Daarna komen er antwoorden uit de brief.`;
  } else {
    if (busy) renewing.textContent = "De index is bijgewerkt: de brieven tellen mee.";
    return;
  }
  setTimeout(follow, 1000, true);
}
follow(false);
