/**
 * The editor of texts: a placeholder goes in at the cursor, and the preview follows what is typed.
 * @module texts
 */

const form = document.querySelector("[data-text]");
const body = form.querySelector("[data-text-body]");
const example = form.querySelector("[name=example]");
const shown = form.querySelector("[data-text-shown]");
const WAIT = 350;
let waiting;
let asked = 0;

/** Draw what is typed; an answer that comes late does not cover a newer one. */
const draw = async () => {
  const number = ++asked;
  const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
  if (answer.ok && number === asked) shown.innerHTML = await answer.text();
};

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, WAIT);
};

/** @param {string} words put in at the cursor, so that it can be undone */
const insert = (words) => {
  body.focus();
  if (document.execCommand("insertText", false, words)) return;
  body.setRangeText(words, body.selectionStart, body.selectionEnd, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
};

body.addEventListener("input", later);
example.addEventListener("change", draw);
form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-insert]");
  if (button) insert(button.dataset.insert);
});
