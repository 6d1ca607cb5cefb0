// Filters of tables: selects made from the columns, a search, a count that is read aloud.
// Without scripts a table simply stands there whole.
(() => {
  "use strict";
  const MOST_CHOICES = 20;
  const LONGEST_CHOICE = 48;
  const plurals = new Intl.PluralRules("cs");
  const collator = new Intl.Collator("cs");
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase().trim();
  const words = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  // "z" or "ze" after the first word in which the number is read: ze tří, z pěti, ze sta.
  const preposition = (number) => {
    const first = (n) => {
      if (n < 20) return n;
      if (n < 100) return n - (n % 10);
      if (n < 200) return 100;
      if (n < 1000) return Math.floor(n / 100);
      return n < 2000 ? 1000 : first(Math.floor(n / 1000));
    };
    return [1, 5, 8, 9, 10, 11, 15, 18, 19, 50, 80, 90, 1000].includes(first(number)) ? "z" : "ze";
  };
  const counted = (shown, all) => {
    const verb = { one: "Zobrazen", few: "Zobrazeny", other: "Zobrazeno" }[plurals.select(shown)];
    const rows = all === 1 ? "řádku" : "řádků";
    return `${verb} ${shown} ${preposition(all)} ${all} ${rows}`.replace(/ (?=\S+ \S+$)| (?=\S+$)/g, "\u00a0");
  };

  const labelled = (text, control) => {
    const label = document.createElement("label");
    label.append(text, control);
    return label;
  };

  for (const block of document.querySelectorAll("[data-filterable]")) {
    const rows = [...block.querySelectorAll("tbody tr")];
    const totals = [...block.querySelectorAll("tfoot tr")];
    const caption = block.querySelector("caption .caption").lastChild.textContent.trim();
    const form = document.createElement("form");
    form.className = "filter";
    form.setAttribute("aria-label", `Filtr tabulky ${caption}`);

    const selects = [];
    block.querySelectorAll("thead th").forEach((head, column) => {
      const kind = head.dataset.kind;
      if (kind !== "status" && (kind !== "text" || column === 0)) return;
      const found = [...new Set(rows.map((row) => words(row.cells[column])))];
      const categorical = found.length <= Math.min(MOST_CHOICES, rows.length / 2)
        && found.every((text) => text.length <= LONGEST_CHOICE);
      if (found.length < 2 || (kind !== "status" && !categorical)) return;
      if (kind === "status") {
        const signs = "●◕◐○";
        const rank = (text) => (signs.indexOf(text[0]) + signs.length + 1) % (signs.length + 1);
        found.sort((a, b) => rank(a) - rank(b));
      } else {
        found.sort(collator.compare);
      }
      const select = document.createElement("select");
      select.add(new Option("vše", ""));
      for (const text of found) select.add(new Option(text, text));
      selects.push({ select, column });
      form.append(labelled(words(head), select));
    });

    const search = document.createElement("input");
    search.type = "search";
    search.autocomplete = "off";
    form.append(labelled("Hledat v tabulce", search));
    const reset = document.createElement("button");
    reset.type = "reset";
    reset.textContent = "Zrušit filtr";
    const result = document.createElement("output");
    result.setAttribute("role", "status");
    result.setAttribute("aria-live", "polite");
    form.append(reset, result);

    const texts = rows.map((row) => folded([...row.cells].map(words).join(" ")));
    const apply = () => {
      const sought = folded(search.value).split(" ").filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !(selects.every(({ select, column }) => !select.value || words(row.cells[column]) === select.value)
          && sought.every((word) => texts[index].includes(word)));
        if (!row.hidden) shown += 1;
      });
      form.classList.toggle("is-active", shown < rows.length);
      for (const total of totals) total.hidden = shown < rows.length;
      result.textContent = counted(shown, rows.length);
    };
    let timer = 0;
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 150); });
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    block.prepend(form);
    apply();
    // A link to a row that the filter hides would lead nowhere.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(location.hash.slice(1));
      if (target && block.contains(target) && target.closest("tr[hidden]")) form.reset();
    });
  }
})();
