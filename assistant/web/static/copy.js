// Copies to the clipboard what an element has as data-copy, or the address of a link where that is empty,
// and says its data-copied where #copied is.
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
  const element = event.target.closest("[data-copy]");
  if (!element) return;
  // What the page marks is not part of a paragraph's permanent address.
  const address = element.href?.replace(location.search, "");
  copyText(element.dataset.copy || address, element.dataset.copied || "Gekopieerd.");
});
