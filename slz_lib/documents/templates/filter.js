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
  const counted = (shown, all, forms) => {
    const form = forms[{ one: 0, few: 1 }[plurals.select(shown)] ?? 2];
    return `Zobrazeno: ${shown}\u00a0${form} ${preposition(all)}\u00a0${all}`;
  };

  // What a cell holds: "OSV, OŠMTS" are two bodies, a comma in brackets parts nothing.
  const parts = (text) => text.split(/[,;] (?![^(]*\))/);

  // The order in which a reader looks for a choice.
  const UNKNOWN = /^(—|neurčeno)$/;
  const SIGNS = "{{ signs }}";
  const MONTHS = ["led", "únor", "břez", "dub", "květ", "červn", "červenc", "srp", "září", "říj", "listopad", "prosin"];
  // [kind, year, month, day]: a fixed deadline, one that holds all along, then whatever has no day.
  const deadline = (text) => {
    const day = text.match(/(?:(\d{1,2})\. )?(\d{1,2})(?:\. |\/)(\d{4})/);
    const month = text.match(/(\p{L}+) (\d{4})/u);
    const number = month ? MONTHS.findIndex((name) => month[1].startsWith(name)) + 1 : 0;
    if (!day && !number) return [2, 0, 0, 0];
    const when = day ? [day[3], day[2], day[1] ?? 32] : [month[2], number, 32];
    return [text.startsWith("průběžně") ? 1 : 0, ...when.map(Number)];
  };
  const byDeadline = (a, b) => {
    const [first, second] = [deadline(a), deadline(b)];
    const place = first.findIndex((value, n) => value !== second[n]);
    return place < 0 ? collator.compare(a, b) : first[place] - second[place];
  };
  const byStatus = (a, b) => {
    const rank = (text) => (SIGNS.indexOf(text[0]) + SIGNS.length + 1) % (SIGNS.length + 1);
    return rank(a) - rank(b);
  };
  const ordered = (found, kind) => {
    if (found.every((text) => /^[IVXLC]+\b/.test(text))) return found;
    let compare = collator.compare;
    if (kind === "status") compare = byStatus;
    else if (kind === "date" || found.some((text) => deadline(text)[0] < 2)) compare = byDeadline;
    return found.sort((a, b) => UNKNOWN.test(a) - UNKNOWN.test(b) || compare(a, b));
  };

  const labelled = (text, control) => {
    const label = document.createElement("label");
    label.append(text, control);
    return label;
  };

  for (const block of document.querySelectorAll("[data-filterable]")) {
    const rows = [...block.querySelectorAll("tbody tr")];
    const totals = [...block.querySelectorAll("tfoot tr")];
    const forms = block.dataset.counted.split("|");
    const caption = block.querySelector("caption .caption").lastChild.textContent.trim();
    const form = document.createElement("form");
    form.className = "filter";
    form.setAttribute("aria-label", `Filtr tabulky ${caption}`);

    const selects = [];
    block.querySelectorAll("thead th").forEach((head, column) => {
      const kind = head.dataset.kind;
      if (!["status", "text", "date"].includes(kind) || (kind === "text" && column === 0)) return;
      const held = rows.map((row) => [words(row.cells[column])]);
      const split = held.map(([text]) => parts(text));
      const offered = (cells) => [...new Set(cells.flat())];
      const few = (choices) => choices.length <= Math.min(MOST_CHOICES, rows.length / 2)
        && choices.every((text) => text.length <= LONGEST_CHOICE);
      // Cells that list several things are offered by the thing.
      const cells = kind === "text" && few(offered(split)) ? split : held;
      const found = offered(cells);
      if (found.length < 2 || (kind !== "status" && !few(found))) return;
      const select = document.createElement("select");
      select.add(new Option("vše", ""));
      for (const text of ordered(found, kind)) select.add(new Option(text, text));
      selects.push({ select, cells });
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
        row.hidden = !(selects.every(({ select, cells }) => !select.value || cells[index].includes(select.value))
          && sought.every((word) => texts[index].includes(word)));
        if (!row.hidden) shown += 1;
      });
      form.classList.toggle("is-active", shown < rows.length);
      for (const total of totals) total.hidden = shown < rows.length;
      result.textContent = counted(shown, rows.length, forms);
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
