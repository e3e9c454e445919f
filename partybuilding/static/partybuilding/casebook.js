/** The case book: move cases by dragging or with arrows, and follow a build. */
const list = document.querySelector("[data-cases]");
const rows = () => [...list.querySelectorAll("[data-case]")];
const box = (row) => row.querySelector("input[type=checkbox]");
const titleOf = (row) => row.querySelector("[data-title]").textContent;

/** Number the ticked rows as they stand, and say that this is not saved yet. */
const renumber = () => {
  let number = 0;
  for (const row of rows()) {
    const chosen = box(row).checked;
    row.classList.toggle("party-book__case--out", !chosen);
    row.querySelector("input[type=number]").value = chosen ? (number += 1) : "";
  }
  document.querySelector("[data-unsaved]").hidden = false;
};

const say = (row) => {
  const said = document.querySelector("[data-said]");
  const n = row.querySelector("input[type=number]").value;
  said.textContent = said.dataset.words.replace("{title}", titleOf(row)).replace("{n}", n);
};

const move = (row, step) => {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  renumber();
  say(row);
};

const lastChosen = () => rows().filter((row) => box(row).checked).at(-1);

const sortByNumber = () => {
  const number = (row) => Number(row.querySelector("input[type=number]").value) || Infinity;
  const sorted = rows().sort((a, b) => number(a) - number(b));
  list.append(...sorted);
  renumber();
};

if (list?.querySelector("[data-grip]")) {
  for (const arrows of list.querySelectorAll("[data-arrows]")) arrows.hidden = false;
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    move(button.closest("[data-case]"), Number(button.dataset.move));
    button.focus();
  });
  list.addEventListener("change", (event) => {
    const row = event.target.closest("[data-case]");
    if (event.target.type === "checkbox") {
      if (event.target.checked) {
        const others = rows().filter((one) => one !== row && box(one).checked);
        if (others.length) others.at(-1).after(row);
        else list.prepend(row);
      } else (lastChosen() ?? row).after(row);
      renumber();
    } else {
      box(row).checked = event.target.value !== "";
      sortByNumber();
    }
    say(row);
  });
  list.addEventListener("row:moved", ({ target }) => {
    box(target).checked = true;
    renumber();
    say(target);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!document.querySelector("[data-unsaved]").hidden && !list.dataset.sent) event.preventDefault();
  });
  list.closest("form").addEventListener("submit", () => (list.dataset.sent = "yes"));
}

/** Ask every second how far a build is; when it is done, show the page as it is then. */
const follow = async (line) => {
  const told = await fetch(line.dataset.progress, { headers: { Accept: "application/json" } });
  if (!told.ok) return;
  const { running, percent, words } = await told.json();
  line.querySelector("progress").value = percent;
  const said = line.querySelector("[data-words]");
  if (said.textContent !== words) said.textContent = words;
  if (running) setTimeout(() => follow(line), 1000);
  else if (document.querySelector("[data-unsaved]")?.hidden ?? true) location.reload();
};

for (const line of document.querySelectorAll("[data-progress]")) setTimeout(() => follow(line), 1000);
