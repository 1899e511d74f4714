// The letter's page: contents that follow the reading, search, and links to what is gone.
"use strict";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const behavior = () => (calm.matches ? "auto" : "smooth");

// For each heading its line in the contents; for one that has none that of the heading it stands under.
function contentsLines(nav) {
  const links = new Map([...nav.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const lines = new Map();
  const open = [];
  for (const heading of document.querySelectorAll("main :is(h2, h3, h4, h5, h6)")) {
    const level = Number(heading.tagName[1]);
    const link = links.get(heading.id) ?? open.slice(0, level).findLast(Boolean);
    open.length = level;
    open[level] = link;
    lines.set(heading, link);
  }
  return lines;
}

function followReading() {
  const nav = document.querySelector(".contents");
  const lines = contentsLines(nav);
  const headings = [...lines.keys()];
  let current = null;

  function update() {
    const line = innerHeight / 4;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
    const link = lines.get(passed.at(-1) ?? headings[0]);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    current?.setAttribute("aria-current", "true");
    if (!current || nav.scrollHeight <= nav.clientHeight) return;
    const place = current.getBoundingClientRect();
    const frame = nav.getBoundingClientRect();
    if (place.top < frame.top + 40 || place.bottom > frame.bottom - 40) {
      nav.scrollTop += place.top - frame.top - frame.height / 3;
    }
  }

  // Not an observer of the headings: a jump from one long section into another crosses none of them.
  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      update();
    });
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  update();
}

// A character as it is compared: without accents and capitals, quotes and dashes of one kind.
function bare(character) {
  if (/\s/.test(character)) return " ";
  if (/[‘’]/.test(character)) return "'";
  if (/[“”]/.test(character)) return '"';
  if (/[\u2010-\u2014]/.test(character)) return "-";
  return character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// The text of an element as it is compared, with for each character the node and offset it stands at.
function readText(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(".voice")) continue;
    const owner = node.parentElement.closest("p, li, td, th, caption, h1, h2, h3, h4, h5, h6");
    const parts = owner === block ? [] : [[" ", 0]];
    block = owner;
    for (let i = 0; i < node.length; i++) parts.push([bare(node.data[i]), i]);
    for (const [characters, offset] of parts) {
      for (const character of characters) {
        if (character === " " && text.endsWith(" ")) continue;
        text += character;
        places.push([node, offset]);
      }
    }
  }
  return { element, text, places };
}

function rangeOf(places, start, end) {
  const range = new Range();
  range.setStart(...places[start]);
  const [node, offset] = places[end - 1];
  range.setEnd(node, offset + 1);
  return range;
}

function search() {
  const form = document.querySelector(".find");
  const input = document.getElementById("words");
  const said = document.getElementById("found");
  const link = document.getElementById("found-link");
  const steps = [document.getElementById("previous"), document.getElementById("next")];
  const paints = "highlights" in CSS;
  let texts = null;
  let hits = [];
  let at = -1;
  let timer = 0;

  function find() {
    const words = [...input.value].map(bare).join("").replace(/\s+/g, " ").trim();
    texts ??= [...document.querySelectorAll("main :is(h2, h3, h4, h5, h6), main .passage")].map(readText);
    hits = [];
    at = -1;
    for (const { element, text, places } of words.length > 1 ? texts : []) {
      for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + words.length)) {
        hits.push({ element, range: rangeOf(places, start, start + words.length) });
      }
    }
    if (paints) CSS.highlights.set("found", new Highlight(...hits.map((hit) => hit.range)));
    for (const step of steps) step.disabled = !hits.length;
    show(false);
    if (hits.length) said.textContent = hits.length === 1 ? "1 plaats" : `${hits.length} plaatsen`;
    else said.textContent = words.length > 1 ? "Niet gevonden. Probeer een ander of korter woord." : "";
  }

  function show(isHit) {
    document.querySelector(".found-here")?.classList.remove("found-here");
    if (paints) CSS.highlights.delete("found-now");
    link.hidden = !isHit;
    if (!isHit) return;
    const { element, range } = hits[at];
    if (paints) {
      const now = new Highlight(range);
      now.priority = 1;
      CSS.highlights.set("found-now", now);
    }
    element.classList.add("found-here");
    link.href = `#${element.id}`;
    said.textContent = `Plaats ${at + 1} van ${hits.length}`;
    const box = range.getBoundingClientRect();
    scrollBy({ top: box.top - innerHeight / 3, behavior: behavior() });
  }

  // The first step leads to the first hit from where one reads.
  function step(forward) {
    if (!hits.length) return;
    if (at < 0) {
      const below = hits.findIndex((hit) => hit.range.getBoundingClientRect().top >= 0);
      at = forward ? Math.max(below, 0) : (below > 0 ? below : hits.length) - 1;
    } else {
      at = (at + (forward ? 1 : -1) + hits.length) % hits.length;
    }
    show(true);
  }

  function findNow() {
    clearTimeout(timer);
    if (timer) find();
    timer = 0;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(findNow, 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Escape") {
      clearTimeout(timer);
      timer = 0;
      input.value = "";
      find();
    } else {
      findNow();
      step(!event.shiftKey);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    findNow();
    step(true);
  });
  steps[0].addEventListener("click", () => step(false));
  form.hidden = false;
}

// The paragraph whose address has most in common with one that is gone: that of its subject, if any.
function nearest(name) {
  let steps = name.split("-");
  while (steps.length > 1) {
    steps = steps.slice(0, -1);
    const found = document.querySelector(`main .passage[id^="${CSS.escape(steps.join("-"))}-"]`);
    if (found) return found;
  }
  return null;
}

function addressed() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1); // a lone % is no code
  }
}

function checkLink() {
  const notice = document.getElementById("gone");
  const name = addressed();
  const target = name && document.getElementById(name);
  const isMarked = document.querySelector("main mark");
  notice.hidden = true;
  if (!name || (target && (!isMarked || !target.matches(".passage") || target.contains(isMarked)))) return;
  notice.textContent = target
    ? "De zin waar uw link naar wijst, staat nu in een andere alinea. De brief is misschien vervangen. "
    : "De alinea waar uw link naar wijst, staat niet meer in deze brief. De brief is misschien vervangen. ";
  const way = document.createElement("a");
  const near = target ? isMarked.closest(".passage") : nearest(name);
  way.href = near ? `#${near.id}` : "/brief";
  way.textContent = near ? "Ga naar de plaats die er het meest op lijkt" : "Kijk welke brieven er zijn";
  notice.append(way, ", of zoek in de brief.");
  notice.hidden = false;
  if (!target) notice.scrollIntoView({ block: "center" });
}

followReading();
search();
checkLink();
addEventListener("hashchange", checkLink);
