/**
 * The form of one sheet: what is typed goes into its record, what is stored is shown.
 * @module sheet_form
 */

import { PAUSE, PREFIX, UNFINISHED, after, ask, canonical, fresh, hundredths, isOut, label, load, store, stored, tidy, written } from "./sheet_values.js";
import { answerIn, answersIn, isTicked, isTouched, namesIn } from "./sheet_values.js";

/** @typedef {import("./sheet_values.js").Rec} Rec */
/** @typedef {import("./sheet_values.js").Values} Values */
/** @typedef {import("./sheet_values.js").Theirs} Theirs */
/** The form of one sheet: what stands on the screen, and what of it is on the device. */
export class Sheet {
  /** @type {string} the version that stands on the screen */
  #key;
  /** @type {string[]} */
  #keys = [];
  #base;
  #signed = "";

  /** @param {HTMLFormElement} form @param {Queue} queue */
  constructor(form, queue) {
    this.form = form;
    this.queue = queue;
    this.id = form.dataset.sheet ?? "";
    this.status = /** @type {HTMLElement} */ (form.querySelector("[data-status]"));
    this.points = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-points]")]);
    this.asked = /** @type {import("./sheet_values.js").Control[]} */ ([...form.querySelectorAll("[data-answer]")]);
    this.note = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("note"));
    this.place = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("place"));
    this.box = /** @type {HTMLElement} */ (document.querySelector("section[data-overtaken]"));
    this.step = hundredths(form.dataset.step ?? "1");
    this.#key = form.dataset.key ?? "";
    this.#base = Number(this.#hidden("seen").value);
    this.#listen();
    this.#begin();
  }

  /** @param {string} name */
  #hidden(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  #begin() {
    for (const button of this.form.querySelectorAll("button[data-by]")) button.removeAttribute("hidden");
    const early = this.#typedEarly();
    const rec = load(this.id);
    if (rec?.values) this.#adopt(rec);
    else if (rec && rec.base > this.#base) {
      // Another window saw something stored while this page was on its way: nothing is typed over the old one.
      this.#hold(true);
      this.#refresh().finally(() => this.#hold(false));
    }
    else if (early) this.#typed();
    this.#show();
  }

  /** @param {boolean} isHeld whether nothing can be typed for the moment */
  #hold(isHeld) {
    for (const field of [...this.points, this.note]) field.readOnly = isHeld;
    for (const field of this.asked) field.disabled = isHeld;
    for (const button of this.form.querySelectorAll("button[data-by]")) button.toggleAttribute("disabled", isHeld);
  }

  /** Whether somebody typed before this script was there; a form that came back refused is typed too. */
  #typedEarly() {
    return this.form.dataset.typed === "true" || [...this.points, this.note, ...this.asked].some(isTouched);
  }

  #listen() {
    this.form.addEventListener("input", (event) => this.#typed(event.target));
    this.form.addEventListener("change", () => this.#tidied());
    this.form.addEventListener("click", (event) => this.#press(event));
    this.form.addEventListener("keydown", (event) => this.#enter(event));
    this.form.addEventListener("submit", (event) => this.#submit(event));
    addEventListener("storage", (event) => event.key === PREFIX + this.id && this.#elsewhere());
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#awake());
    addEventListener("pageshow", (event) => event.persisted && this.#awake());
    this.queue.addEventListener("sending", () => this.#say("sending"));
    this.queue.addEventListener("change", () => this.#show());
    this.queue.addEventListener("stored", (event) => this.#settled(/** @type {CustomEvent} */ (event).detail));
    this.box.querySelector("[data-keep-mine]")?.addEventListener("click", () => this.#choose(true));
    this.box.querySelector("[data-take-theirs]")?.addEventListener("click", () => this.#choose(false));
  }

  /** @returns {Values} what stands on the screen */
  get values() {
    const points = Object.fromEntries(this.points.map((field) => [field.dataset.points ?? "", field.value]));
    return { points, note: this.note.value, place: this.place?.value ?? "", answers: answersIn(this.asked) };
  }

  /** Whoever leaves a field sees its points as they are stored. */
  #tidied() {
    const faulty = this.#faulty();
    for (const field of this.points) if (!faulty.includes(field)) field.value = tidy(field.value);
    this.#show();
  }

  /** @param {EventTarget | null} [field] what was typed into: the others are as the last window left them */
  #typed(field = null) {
    const rec = load(this.id);
    const isWritten = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
    if (rec?.values && rec.key !== this.#key && isWritten) {
      const [value, isChosen] = [field.value, isTicked(field) && field.checked];
      this.#adopt(rec);
      if (isTicked(field)) field.checked = isChosen;
      else field.value = value;
    }
    this.#key = fresh();
    this.#keys = [...this.#keys, this.#key];
    this.#put();
    this.#show();
    if (this.#faulty().length === 0) this.queue.soon(PAUSE);
  }

  /** Keep what stands on the screen on the device, before anything else happens. */
  #put() {
    const { form } = this;
    const names = Object.fromEntries(this.points.map((field) => [field.dataset.points ?? "", label(field)]));
    store({
      sheet: this.id,
      url: form.dataset.save ?? "",
      href: location.pathname,
      title: form.dataset.title ?? "",
      names: { ...names, ...namesIn(this.asked), note: label(this.note), place: this.place ? label(this.place) : "" },
      base: this.#base,
      key: this.#key,
      keys: this.#keys,
      values: this.values,
      at: Date.now(),
      state: "",
      why: "",
      faults: {},
      theirs: null,
    });
  }

  /** @param {Rec} rec put what another window or an earlier visit left on the screen */
  #adopt(rec) {
    if (rec.values) this.#fill(stored(rec.values));
    [this.#key, this.#keys, this.#base] = [rec.key, rec.keys, rec.base];
    this.#sync();
  }

  /** The plain form, sent when this script cannot, carries the same version. */
  #sync() {
    this.#hidden("seen").value = String(this.#base);
    this.#hidden("key").value = this.#key || fresh();
  }

  /** Another window of this person wrote, sent or discarded something. */
  #elsewhere() {
    const rec = load(this.id);
    if (!rec) return;
    if (rec.values && rec.key !== this.#key) this.#adopt(rec);
    else if (rec.values || rec.key === this.#key) {
      [this.#base, this.#keys] = [rec.base, rec.keys];
      if (!rec.values) this.#fill(stored(this.values), document.activeElement); // the other window saw it stored
    }
    else if (this.#keys.includes(rec.key)) {
      // What was typed here came later than what the other window saw stored.
      [this.#base, this.#keys] = [rec.base, after(this.#keys, rec.key)];
      this.#put();
    }
    this.#sync();
    this.#show();
  }

  #awake() {
    const rec = load(this.id);
    if (rec?.values) this.#elsewhere();
    else this.#refresh();
  }

  /** Show what is stored now, unless something was typed here meanwhile. */
  async #refresh() {
    const key = this.#key;
    const response = await ask(this.form.dataset.save ?? "").catch(() => null);
    if (!response || isOut(response) || !response.ok) return;
    const answer = await response.json();
    if (this.#key !== key || load(this.id)?.values) return;
    if (answer.locked) return location.reload();
    if (answer.revision === this.#base) return;
    this.#fill(answer.stored);
    [this.#base, this.#key, this.#keys] = [answer.revision, answer.key, []];
    this.#sync();
    this.#show();
  }

  /** @param {{sheet: string, answer: any, values: Values}} detail what was sent and what is stored of it */
  #settled({ sheet, answer, values }) {
    if (sheet !== this.id) return;
    const rec = load(this.id);
    this.#base = answer.revision;
    this.#keys = rec?.keys ?? [];
    if (canonical(stored(this.values)) === canonical(stored(values))) this.#fill(answer.stored, document.activeElement);
    if (rec?.values) this.#key = rec.key;
    this.#sync();
    this.#signed = answer.message;
    this.#show();
  }

  /** @param {Values} values @param {Element | null} [but] the field in which somebody is writing */
  #fill({ points, note, place, answers = {} }, but = null) {
    for (const field of this.points) {
      const value = points[field.dataset.points ?? ""] ?? "";
      if (field.value !== value && !(field === but && UNFINISHED.test(field.value))) field.value = value;
    }
    if (this.note !== but) this.note.value = note;
    if (this.place) this.place.value = place;
    answerIn(this.asked, answers, but);
    if (this.asked.length > 0) this.form.dispatchEvent(new Event("filled")); // what hangs on them comes or goes
  }

  /** @returns {HTMLInputElement[]} fields with points that cannot be stored */
  #faulty() {
    return this.points.filter((field) => {
      const n = hundredths(field.value);
      return !(n <= Number(field.dataset.most) * 100 && n % this.step === 0);
    });
  }

  /** Say how it stands: the sum, faults beside their fields, what is stored. */
  #show() {
    const rec = load(this.id);
    const faulty = this.#faulty();
    const given = this.points.filter((field) => !faulty.includes(field));
    const sum = given.reduce((total, field) => total + hundredths(field.value), 0);
    const output = this.form.querySelector("[data-sum]");
    if (output) output.textContent = written(sum);
    for (const field of this.points) this.#mark(field, faulty.includes(field), rec?.faults[field.name] ?? "");
    this.box.hidden = rec?.state !== "overtaken";
    const words = this.box.querySelector("[data-overtaken-words]");
    if (words) words.textContent = rec?.theirs?.words ?? "";
    if (rec?.values) this.#say("kept", rec.state === "refused" || rec.state === "locked" ? rec.why : "");
    else this.#say("saved", this.#signed);
  }

  /** @param {HTMLInputElement} field @param {boolean} isFaulty @param {string} why what the server said of it */
  #mark(field, isFaulty, why) {
    const box = field.closest("[data-criterion]");
    const errors = box?.querySelector(".field__errors");
    if (!box || !errors) return;
    const words = (this.status.dataset.fault ?? "").replace("{most}", field.dataset.most ?? "");
    const said = why || (isFaulty ? words.replace("{step}", written(this.step)) : "");
    const typing = field === document.activeElement && !box.classList.contains("field--error");
    const shown = said && !typing ? said : "";
    box.classList.toggle("field--error", Boolean(shown));
    field.toggleAttribute("aria-invalid", Boolean(shown));
    if (shown) field.setAttribute("aria-invalid", "true");
    if (errors.textContent?.trim() !== shown) errors.textContent = shown;
  }

  /** @param {string} state @param {string} [words] of the server */
  #say(state, words = "") {
    const text = words || (this.status.getAttribute(`data-${state}`) ?? "");
    this.status.dataset.state = state === "kept" ? "failed" : state;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** @param {MouseEvent} event one step less or more */
  #press(event) {
    const button = /** @type {Element} */ (event.target).closest("button[data-by]");
    const field = button?.closest("[data-criterion]")?.querySelector("input");
    if (!button || !field) return;
    const now = hundredths(field.value) || 0;
    const next = now + Number(button.getAttribute("data-by")) * this.step;
    field.value = written(Math.min(Math.max(next, 0), Number(field.dataset.most) * 100));
    this.#typed(field);
  }

  /** @param {KeyboardEvent} event Enter leads to the next field, as the keyboard's key says */
  #enter(event) {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.isComposing) return;
    event.preventDefault();
    const fields = [...this.points, ...this.asked.filter((field) => field instanceof HTMLInputElement && field.checkVisibility())];
    const at = fields.indexOf(event.target) + 1;
    /** @type {HTMLElement} */ (fields[at] ?? this.form.querySelector("button[value=check]")).focus();
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const leads = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value === "check";
    const rec = load(this.id);
    if (rec?.values && ["refused", "other"].includes(rec.state)) store({ ...rec, state: "" });
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    await this.#sent();
    if (!load(this.id)?.values) {
      if (leads) location.assign(this.form.dataset.check ?? "");
    } else if (leads && !load(this.id)?.state) this.#say(this.queue.state ? "network" : "not-yet");
    this.#faulty()[0]?.focus();
  }

  /** Wait until what stands here is stored, or it is clear why it is not. */
  async #sent() {
    const over = new Promise((resolve) => this.queue.addEventListener("change", resolve, { once: true }));
    this.queue.flush();
    await over;
  }

  /** @param {boolean} mine whether what stands here is kept against what another device stored */
  #choose(mine) {
    const rec = load(this.id);
    if (!rec?.theirs) return;
    this.#base = rec.theirs.revision;
    this.#keys = [];
    if (mine) this.#typed();
    else {
      this.#fill(rec.theirs.stored);
      store({ ...rec, base: this.#base, keys: [], values: null, state: "", theirs: null, faults: {}, names: {} });
      this.#key = rec.key;
    }
    this.#sync();
    this.#show();
    this.queue.tell();
    this.queue.soon(0);
  }
}
