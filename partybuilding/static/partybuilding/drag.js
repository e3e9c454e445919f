/**
 * Rows are dragged by their grip; arrows or numbers beside it serve keyboards and fingers.
 *
 * Markup: `data-drag` on the list is the selector of its rows, and each that can be moved has a `data-grip`, hidden
 * without this. A row that was let go says `row:moved`.
 * @module drag
 */

/** @param {HTMLElement} list */
function equip(list) {
  const selector = list.dataset.drag ?? "";
  /** @type {HTMLElement | null} */
  let dragged = null;
  /** @param {Event} event @returns {HTMLElement | null} */
  const rowOf = (event) => (event.target instanceof Element ? event.target.closest(selector) : null);
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target instanceof Element && event.target.closest("[data-grip]");
    const row = grip ? rowOf(event) : null;
    if (row) row.draggable = true;
  });
  list.addEventListener("dragstart", (event) => {
    dragged = rowOf(event);
    dragged?.classList.add("is-dragged");
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = rowOf(event);
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.draggable = false;
    dragged.classList.remove("is-dragged");
    dragged.dispatchEvent(new CustomEvent("row:moved", { bubbles: true }));
    dragged = null;
  });
  for (const grip of list.querySelectorAll("[data-grip]")) grip.removeAttribute("hidden");
}

for (const list of document.querySelectorAll("[data-drag]")) if (list instanceof HTMLElement) equip(list);
