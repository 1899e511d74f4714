// Picking a paragraph of the letter: a list in a dialog, by mouse, by touch, or by arrows and Enter.
"use strict";

const plainText = (text) => text.toLocaleLowerCase("nl").normalize("NFKD").replace(/\p{M}/gu, "");

function startPicker(form) {
  const dialog = document.getElementById("picker");
  const letter = document.getElementById("picker-letter");
  const search = document.getElementById("picker-search");
  const status = document.getElementById("picker-status");
  const holder = document.getElementById("picker-list");
  const letters = new Map(); // slug → the list as HTML, fetched once
  let place = null; // the part of the form that gets the paragraph
  let wanted = {}; // the paragraph it has, and the one that the answer cites
  let loading = "";

  const list = () => holder.querySelector("[role=listbox]");
  const options = () => [...holder.querySelectorAll("[role=option]:not([hidden])")];
  const active = () => holder.querySelector("[role=option].active");

  function makeActive(option, block = "nearest") {
    active()?.classList.remove("active");
    if (!option) {
      list()?.removeAttribute("aria-activedescendant");
      return;
    }
    option.classList.add("active");
    list().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block });
  }

  async function show(slug) {
    letter.value = loading = slug;
    if (!letters.has(slug)) {
      holder.replaceChildren();
      status.textContent = "De brief wordt opgehaald …";
      try {
        const answer = await fetch(`/controle/brief/${encodeURIComponent(slug)}`);
        if (!answer.ok) throw new Error(answer.statusText);
        letters.set(slug, await answer.text());
      } catch {
        status.textContent = "De brief is niet opgehaald: er is geen verbinding met Vraagbaak. Sluit dit venster en probeer het opnieuw.";
        return;
      }
      if (loading !== slug) return; // another letter was chosen meanwhile
    }
    holder.innerHTML = letters.get(slug); // our own page's HTML, in which all of the letter is escaped
    const chosen = holder.querySelector(`[data-place="${CSS.escape(wanted.value)}"]`);
    const cited = slug === wanted.document ? document.getElementById(`alinea-${wanted.start}`) : null;
    chosen?.setAttribute("aria-selected", "true");
    cited?.classList.add("cited-here");
    filter();
    makeActive(chosen ?? cited ?? options()[0], "center");
  }

  function filter() {
    const words = plainText(search.value).split(/\s+/).filter(Boolean);
    for (const option of holder.querySelectorAll("[role=option]")) {
      const text = plainText(option.textContent);
      option.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of holder.querySelectorAll("[role=group]")) {
      group.hidden = !group.querySelector("[role=option]:not([hidden])");
    }
    const count = options().length;
    if (!words.length) status.textContent = "";
    else if (!count) status.textContent = "Geen alinea met deze woorden. Probeer een ander woord.";
    else status.textContent = count === 1 ? "1 alinea gevonden" : `${count} alinea's gevonden`;
  }

  function pick(option) {
    if (!option) return;
    showPlace(place, option.dataset.place, option.dataset.label);
    keepDraft(form);
    dialog.close(); // gives the focus back to the button that opened it
  }

  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(active());
    } else if (event.key in steps) {
      event.preventDefault();
      const all = options();
      const next = Math.min(Math.max(all.indexOf(active()) + steps[event.key], 0), all.length - 1);
      makeActive(all[next]);
    }
  });
  holder.addEventListener("click", (event) => pick(event.target.closest("[role=option]")));
  search.addEventListener("input", () => {
    filter();
    makeActive(options()[0], "center");
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    list()?.focus();
  });
  letter.addEventListener("change", () => show(letter.value));
  document.getElementById("picker-close").addEventListener("click", () => dialog.close());

  form.addEventListener("click", async (event) => {
    const button = event.target.closest(".choose, .clear");
    if (!button) return;
    place = button.closest("[data-place]");
    if (button.matches(".clear")) {
      showPlace(place, "", "");
      keepDraft(form);
      place.querySelector(".choose").focus();
      return;
    }
    const value = place.querySelector("input").value;
    const { document: cited, start } = button.dataset;
    wanted = { value, document: cited, start };
    search.value = "";
    dialog.showModal();
    await show(value.split(":")[0] || cited || letter.value);
    list()?.focus();
  });
}
