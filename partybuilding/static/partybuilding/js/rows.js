/**
 * Add, remove and reorder the rows of a Django formset; without this there are spare rows, a delete box and a number.
 * A number of `data-row-order="typed"` stays beside the buttons, for long lists.
 *
 * Markup: partybuilding/components/formset.html. A removed row keeps its fields and can be brought back until the form is sent.
 * @module rows
 */

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
const find = (root, selector) => /** @type {HTMLElement | null} */ (root.querySelector(selector));

/**
 * @param {HTMLElement} set
 * @returns {HTMLElement[]} the rows that are not removed
 */
const standing = (set) =>
  [...set.querySelectorAll("[data-row]")]
    .filter((row) => row instanceof HTMLElement)
    .filter((row) => !row.classList.contains("rows__row--removed"));

/** @param {HTMLElement} set number the rows anew and hide what is no longer possible */
function renumber(set) {
  const rows = standing(set);
  rows.forEach((row, index) => {
    const number = find(row, "[data-row-number]");
    if (number) number.textContent = String(index + 1);
    const order = find(row, "[data-row-order] input");
    if (order instanceof HTMLInputElement) order.value = String(index + 1);
    for (const [name, idle] of /** @type {const} */ ([["up", index === 0], ["down", index === rows.length - 1]])) {
      const button = find(row, `[data-row-${name}]`);
      if (button instanceof HTMLButtonElement) button.disabled = idle;
    }
  });
  const add = find(set, "[data-add-row]");
  if (add) add.hidden = rows.length >= Number(set.dataset.max);
}

/**
 * @param {HTMLElement} set
 * @param {HTMLElement} row
 * @param {boolean} gone
 */
function mark(set, row, gone) {
  const box = find(row, "[data-row-delete] input");
  if (box instanceof HTMLInputElement) box.checked = gone;
  row.classList.toggle("rows__row--removed", gone);
  const line = find(row, "[data-row-removed]");
  if (line) line.hidden = !gone;
  renumber(set);
  find(row, gone ? "[data-row-restore]" : "[data-row-remove]")?.focus();
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @param {HTMLElement} set
 * @param {HTMLElement} row
 * @param {number} way -1 before the row above, 1 after the row below
 */
function shift(set, row, way) {
  const rows = standing(set);
  const other = rows[rows.indexOf(row) + way];
  if (!other) return;
  if (way < 0) other.before(row);
  else other.after(row);
  renumber(set);
  const used = find(row, way < 0 ? "[data-row-up]" : "[data-row-down]");
  const button = used instanceof HTMLButtonElement && used.disabled ? find(row, way < 0 ? "[data-row-down]" : "[data-row-up]") : used;
  button?.focus();
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @param {HTMLElement} set
 * @param {HTMLElement} row moved to the place that was typed into its number
 * @param {HTMLInputElement} number
 */
function place(set, row, number) {
  const rows = standing(set);
  const others = rows.filter((one) => one !== row);
  const typed = Math.trunc(Number(number.value)) || rows.indexOf(row) + 1;
  const next = others[Math.max(typed, 1) - 1];
  if (next) next.before(row);
  else others.at(-1)?.after(row);
  renumber(set);
  number.focus();
}

/**
 * @param {HTMLElement} set
 * @param {HTMLElement} row
 */
function equipOrder(set, row) {
  const order = find(row, "[data-row-order]");
  if (!order) return;
  const number = find(order, "input");
  if (order.dataset.rowOrder !== "typed") order.hidden = true;
  else if (number instanceof HTMLInputElement) number.addEventListener("change", () => place(set, row, number));
  for (const [name, way] of /** @type {const} */ ([["up", -1], ["down", 1]])) {
    const button = find(row, `[data-row-${name}]`);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => shift(set, row, way));
  }
}

/**
 * @param {HTMLElement} set
 * @param {HTMLElement} row
 */
function equip(set, row) {
  equipOrder(set, row);
  const box = find(row, "[data-row-delete]");
  const remove = find(row, "[data-row-remove]");
  if (!box || !remove) return;
  box.hidden = true;
  remove.hidden = false;
  remove.addEventListener("click", () => mark(set, row, true));
  find(row, "[data-row-restore]")?.addEventListener("click", () => mark(set, row, false));
  const input = find(box, "input");
  if (input instanceof HTMLInputElement && input.checked) {
    row.classList.add("rows__row--removed");
    const line = find(row, "[data-row-removed]");
    if (line) line.hidden = false;
  }
}

/** @param {HTMLElement} set */
function addRow(set) {
  const template = set.querySelector("template[data-empty-form]");
  const total = find(set, 'input[name$="-TOTAL_FORMS"]');
  if (!(template instanceof HTMLTemplateElement && total instanceof HTMLInputElement)) return;
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const row = /** @type {HTMLElement | null} */ (holder.firstElementChild);
  if (!row) return;
  total.value = String(Number(total.value) + 1);
  find(set, "[data-rows]")?.append(row);
  equip(set, row);
  renumber(set);
  row.dispatchEvent(new CustomEvent("row:added", { bubbles: true }));
  find(row, "input:not([type=hidden], [type=checkbox]), textarea, select")?.focus();
}

for (const set of document.querySelectorAll("[data-formset]")) {
  if (!(set instanceof HTMLElement)) continue;
  for (const row of standing(set)) equip(set, row);
  find(set, "[data-add-row]")?.addEventListener("click", () => addRow(set));
  set.addEventListener("row:moved", () => renumber(set));
  renumber(set);
}
