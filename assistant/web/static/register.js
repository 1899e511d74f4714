// The register: sorted by column and filtered on the page itself; without this it can still be read.
"use strict";

const table = document.querySelector("table");
const form = document.querySelector(".filters");

// Rows without a value stand last, whichever way the values run.
const ORDERS = {
  value: (row) => [Number(row.dataset.kindOrder), "value" in row.dataset ? Number(row.dataset.value) : null],
  kind: (row) => [Number(row.dataset.kindOrder)],
  place: () => [],
  voice: (row) => [row.dataset.voice],
};

function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[‘’]/g, "'")
    .replace(/[\u2010-\u2014]/g, "-")
    .replace(/\s+/g, " ")
    .toLowerCase();
}

function compare(one, other, direction) {
  for (const [i, mine] of one.entries()) {
    const theirs = other[i];
    if (mine === theirs) continue;
    if (mine === null || theirs === null) return mine === null ? 1 : -1;
    return (mine < theirs ? -1 : 1) * direction;
  }
  return 0;
}

function sort(head, body, rows) {
  const descending = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const order = ORDERS[head.querySelector("button").dataset.sort];
  const direction = descending ? -1 : 1;
  const place = (row) => Number(row.dataset.place) * (order === ORDERS.place ? direction : 1);
  rows.sort((a, b) => compare(order(a), order(b), direction) || place(a) - place(b));
  body.append(...rows);
}

function start() {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const { kind, chapter, words } = form.elements;
  const count = document.getElementById("count");
  const nothing = document.querySelector(".nothing");
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

  function filter() {
    const asked = plain(words.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits =
        (!kind.value || row.dataset.kind === kind.value) &&
        (!chapter.value || row.dataset.chapter === chapter.value) &&
        asked.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === rows.length ? `${shown} regels` : `${shown} van ${rows.length} regels`;
    nothing.hidden = shown > 0;
    table.hidden = shown === 0;
  }

  for (const button of table.querySelectorAll("[data-sort]")) {
    button.disabled = false;
    button.addEventListener("click", () => sort(button.closest("th"), body, rows));
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  document.getElementById("clear").addEventListener("click", () => {
    form.reset();
    kind.focus();
  });
  form.hidden = false;
  filter(); // the browser may have kept a choice over a reload
}

if (table) start();
