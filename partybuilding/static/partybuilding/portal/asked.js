/**
 * Show a question only while the answers that it hangs on are chosen; without this all of them stand there,
 * each with its condition in words, and saving the part leaves out what is not asked. What was typed stays.
 * @module asked
 */

/** @param {HTMLFormElement} form @param {string} name @returns {string[]} the codes chosen; none of what is hidden */
function chosen(form, name) {
  const codes = [];
  for (const control of form.elements) {
    if (!("name" in control) || control.name !== name || control.closest("[data-when][hidden]")) continue;
    if (control instanceof HTMLSelectElement || (control instanceof HTMLInputElement && control.checked)) codes.push(control.value);
  }
  return codes;
}

/** @param {HTMLFormElement} form go through the questions in their order: a condition names an earlier one */
function update(form) {
  for (const box of form.querySelectorAll("[data-when]")) {
    if (!(box instanceof HTMLElement)) continue;
    /** @type {[of: string, codes: string[]][]} */
    const conditions = JSON.parse(box.dataset.when ?? "[]");
    box.hidden = !conditions.every(([of, codes]) => chosen(form, of).some((code) => codes.includes(code)));
  }
}

for (const form of document.querySelectorAll("form:has([data-when])"))
  if (form instanceof HTMLFormElement) {
    for (const words of form.querySelectorAll("[data-when] > p")) words.remove();
    update(form);
    form.addEventListener("change", () => update(form));
    form.addEventListener("input", () => update(form));
    form.addEventListener("filled", () => update(form));
  }
