(() => {
  const cases = [...document.querySelectorAll(".case")];
  if (!cases.length) return;
  const field = (id) => document.getElementById(id);
  const texts = new Map(cases.map((item) => [item, item.textContent.toLowerCase()]));

  function filter() {
    const words = field("zoek").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of cases) {
      const fits =
        words.every((word) => texts.get(item).includes(word)) &&
        (!field("set").value || item.dataset.set === field("set").value) &&
        (!field("soort").value || item.dataset.kind === field("soort").value) &&
        (!field("nieuw").checked || item.dataset.new === "1");
      item.hidden = !fits;
      shown += fits;
    }
    field("aantal").textContent = shown
      ? `${shown} van ${cases.length} foute antwoorden`
      : "Geen antwoord past hierbij. Zoek op andere woorden of zet de keuzes op ‘alle’.";
  }

  for (const id of ["zoek", "set", "soort", "nieuw"]) field(id).addEventListener("input", filter);
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  field("open").addEventListener("click", (event) => {
    const open = cases.some((item) => !item.hidden && !item.open);
    for (const item of cases) if (!item.hidden) item.open = open;
    event.target.textContent = open ? "Klap alles dicht" : "Klap alles open";
  });
})();
