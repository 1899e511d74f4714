// The quote that a number stands for, shown at the number: on hover and on focus, until Escape.
"use strict";

let quoteBox = null;
let hideLater = 0;

function sourceOf(marker) {
  return document.getElementById(marker.hash.slice(1));
}

function showQuote(marker) {
  const source = sourceOf(marker);
  if (!source) return;
  clearTimeout(hideLater);
  if (!quoteBox) {
    quoteBox = document.createElement("div");
    quoteBox.id = "quote";
    quoteBox.setAttribute("role", "tooltip");
    quoteBox.addEventListener("mouseenter", () => clearTimeout(hideLater));
    quoteBox.addEventListener("mouseleave", hideQuoteSoon);
    document.querySelector("gradio-app main").append(quoteBox);
  }
  const place = document.createElement("span");
  place.className = "place";
  place.textContent = source.querySelector(".place").lastElementChild.textContent;
  const words = [...source.querySelectorAll("mark")].map((mark) => mark.textContent).join(" ");
  quoteBox.replaceChildren(place, words);
  quoteBox.hidden = false;
  marker.setAttribute("aria-describedby", "quote");
  const at = marker.getBoundingClientRect();
  const home = quoteBox.offsetParent.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - quoteBox.offsetWidth - 16);
  const above = at.top > quoteBox.offsetHeight + 16;
  const top = above ? at.top - quoteBox.offsetHeight - 6 : at.bottom + 6;
  quoteBox.style.left = `${Math.max(16, left) - home.left}px`;
  quoteBox.style.top = `${top - home.top}px`;
}

function hideQuote() {
  clearTimeout(hideLater);
  if (quoteBox) quoteBox.hidden = true;
}

// Late enough to move the pointer from the number to the quote.
function hideQuoteSoon() {
  clearTimeout(hideLater);
  hideLater = setTimeout(hideQuote, 250);
}

document.addEventListener("mouseover", (event) => {
  const marker = event.target.closest?.("a.marker");
  if (marker) showQuote(marker);
});
document.addEventListener("mouseout", (event) => {
  if (event.target.closest?.("a.marker")) hideQuoteSoon();
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("a.marker:focus-visible")) showQuote(event.target);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches("a.marker")) hideQuote();
});
document.addEventListener("click", hideQuote);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideQuote();
});
