// Copies text to the clipboard: of any element with data-copy its value, and says so where #copied is.
"use strict";

async function copyText(text, said) {
  const message = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not allowed, or not served over https or from this machine: the older way.
    const box = document.createElement("textarea");
    const focused = document.activeElement;
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    focused?.focus({ preventScroll: true });
    if (!done) said = "Kopiëren lukt niet in deze browser. Selecteer de tekst en kopieer hem zelf.";
  }
  if (!message) return;
  message.textContent = "";
  setTimeout(() => (message.textContent = said), 50); // said again, also when it is the same
  clearTimeout(copyText.timer);
  copyText.timer = setTimeout(() => (message.textContent = ""), 6000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copyText(button.dataset.copy, button.dataset.copied || "Gekopieerd.");
});
