/**
 * Score sheets outlive the network: what is typed is kept on the device at once and sent when it can be.
 *
 * One record for each sheet in localStorage, by format, person and sheet. A version of what was typed has a key
 * of its own, so that a repeated sending changes nothing; `base` is the revision of the server that it was typed over,
 * `keys` the versions since, so that the server's last one is known as an ancestor, and anything else as another
 * device's. What was typed is dropped only when the server answers with its digest. Without a script the form is
 * sent as forms are. All words stand in the templates (sheet.html, includes/score_queue.html).
 * Its parts are imported by their plain names, which the server lets no browser keep for longer than a minute.
 * @module sheet
 */

import { Sheet } from "./sheet_form.js";
import { Queue } from "./sheet_queue.js";
import { KEPT, after, drop, load, memory, store, stored, waiting } from "./sheet_values.js";

/** @typedef {import("./sheet_values.js").Rec} Rec */
/** @typedef {import("./sheet_values.js").Values} Values */
/** @typedef {import("./sheet_values.js").Theirs} Theirs */
/** The panel of what waits: how many, each with view and discard, and a button to send. */
class Panel {
  /** @param {HTMLElement} panel @param {Queue} queue */
  constructor(panel, queue) {
    this.panel = panel;
    this.queue = queue;
    queue.addEventListener("change", () => this.show());
    queue.addEventListener("stored", () => this.show());
    addEventListener("storage", () => this.show());
    addEventListener("offline", () => this.show());
    panel.querySelector("[data-queue-send]")?.addEventListener("click", () => this.#again());
    this.show();
  }

  #again() {
    for (const rec of waiting()) if (rec.state === "refused" || rec.state === "other") store({ ...rec, state: "" });
    this.queue.soon(0);
  }

  show() {
    const left = waiting().filter((rec) => rec.state || this.queue.state || rec.sheet !== this.panel.dataset.here);
    const open = /** @type {HTMLElement[]} */ ([...this.panel.querySelectorAll("details[open]")]).map((one) => one.dataset.sheet);
    this.panel.hidden = left.length === 0;
    this.#write("[data-queue-count]", (text) => text.replace("{n}", String(left.length)), "data-queue-count");
    const state = memory.size ? "memory" : this.queue.state;
    this.#write("[data-queue-words]", (text) => text, `data-${state || "none"}`);
    const login = /** @type {HTMLElement} */ (this.panel.querySelector("[data-queue-login]"));
    login.hidden = this.queue.state !== "expired";
    this.panel.querySelector("[data-queue-list]")?.replaceChildren(...left.map((rec) => this.#item(rec, open.includes(rec.sheet))));
  }

  /** @param {string} where @param {(text: string) => string} make @param {string} name of the attribute with the words */
  #write(where, make, name) {
    const element = this.panel.querySelector(where);
    const text = make(element?.getAttribute(name) ?? "");
    if (element && element.textContent !== text) element.textContent = text;
  }

  /** @param {Rec} rec @param {boolean} isOpen */
  #item(rec, isOpen) {
    const template = /** @type {HTMLTemplateElement} */ (this.panel.querySelector("[data-queue-item]"));
    const item = /** @type {HTMLElement} */ (template.content.cloneNode(true)).firstElementChild;
    if (!item) return document.createElement("li");
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("[data-item-link]"));
    [link.href, link.textContent] = [rec.href, rec.title];
    const why = /** @type {HTMLElement} */ (item.querySelector("[data-item-why]"));
    why.textContent = rec.why || (rec.state ? (why.getAttribute(`data-${rec.state}`) ?? "") : "");
    const kept = /** @type {HTMLDetailsElement} */ (item.querySelector("details"));
    [kept.open, kept.dataset.sheet] = [isOpen, rec.sheet];
    item.querySelector("[data-item-values]")?.replaceChildren(...lines(rec));
    const discard = /** @type {HTMLElement} */ (item.querySelector("[data-item-discard]"));
    discard.addEventListener("click", () => this.#discard(rec, discard.dataset.sure ?? ""));
    return item;
  }

  /** @param {Rec} rec @param {string} sure */
  #discard(rec, sure) {
    if (!confirm(sure)) return;
    drop(rec);
    this.queue.tell();
    if (rec.sheet === this.panel.dataset.here) location.reload();
  }
}

/** @param {Rec} rec what is kept, line by line */
function lines(rec) {
  const { points, note, place, answers = {} } = rec.values ?? { points: {}, note: "", place: "" };
  const words = (/** @type {string} */ key) => answers[key].map((text) => rec.names[`${key}=${text}`] ?? text).join("、");
  const said = Object.fromEntries(Object.keys(answers).map((key) => [key, words(key)]));
  return Object.entries({ ...points, place, ...said, note })
    .filter(([name]) => rec.names[name])
    .map(([name, value]) => {
      const row = document.createElement("div");
      const [term, said] = [document.createElement("dt"), document.createElement("dd")];
      [term.textContent, said.textContent] = [rec.names[name], value || "—"];
      row.append(term, said);
      return row;
    });
}

/** Forget after thirty days what a sheet took no more; try again what belonged to whoever was signed in before. */
function begin() {
  for (const rec of waiting()) {
    if (rec.state === "locked" && Date.now() - rec.at > KEPT) drop(rec);
    else if (rec.state === "other") store({ ...rec, state: "" });
  }
}

const closed = document.querySelector("[data-closed]")?.getAttribute("data-closed");
const left = closed ? load(closed) : null;
if (left?.values) store({ ...left, state: "locked" });
else if (left) drop(left);
begin();
const queue = new Queue();
for (const panel of document.querySelectorAll("[data-queue]")) if (panel instanceof HTMLElement) new Panel(panel, queue);
for (const form of document.querySelectorAll("form[data-sheet]")) if (form instanceof HTMLFormElement) new Sheet(form, queue);
queue.soon(0);
const folded = matchMedia("(min-width: 60rem)").matches ? document.querySelectorAll("[data-beside]") : [];
for (const part of folded) part.setAttribute("open", "");
