/**
 * Count the characters left in a text field; without this the hint names the limit and the browser keeps it.
 *
 * The browser's own `maxlength` silently cuts pasted text, so it is lifted here: the count says what is too much.
 * @module counter
 */

const PAUSE = 1000;

/**
 * Length as the server counts it: characters, with each line break as two.
 * @param {string} text
 */
function lengthOf(text) {
  return [...text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n")].length;
}

/**
 * @param {HTMLElement} hint an element of partybuilding/components/field.html with data-counter
 * @param {HTMLTextAreaElement | HTMLInputElement} control
 */
function count(hint, control) {
  const limit = Number(hint.dataset.max);
  const live = document.createElement("span");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  hint.after(live);
  control.removeAttribute("maxlength");
  control.setAttribute(
    "aria-describedby",
    [control.getAttribute("aria-describedby"), hint.id].filter(Boolean).join(" "),
  );

  let timer = 0;
  const show = () => {
    const left = limit - lengthOf(control.value);
    const words = left < 0 ? hint.dataset.over : hint.dataset.left;
    hint.textContent = (words ?? "").replace("{n}", String(Math.abs(left)));
    hint.classList.toggle("field__counter--over", left < 0);
    clearTimeout(timer);
    // Read out only when it is getting tight, and only after a pause.
    const spoken = left < limit / 10 ? hint.textContent : "";
    timer = setTimeout(() => (live.textContent = spoken), PAUSE);
  };
  control.addEventListener("input", show);
  show();
}

/** @param {ParentNode} part the page, or a row that was added to it */
function start(part) {
  for (const hint of part.querySelectorAll("[data-counter]")) {
    const control = document.getElementById(hint.getAttribute("data-counter") ?? "");
    if (hint instanceof HTMLElement && (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement))
      count(hint, control);
  }
}

start(document);
document.addEventListener("row:added", (event) => {
  if (event.target instanceof Element) start(event.target);
});
