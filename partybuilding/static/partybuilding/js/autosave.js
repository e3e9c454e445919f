/**
 * Save a form while it is being filled in; without this its own button saves it.
 *
 * `<form data-autosave="<url>">` is posted to that address after a pause in typing, files excepted. The answer
 * is a JSON object: with 2xx it is saved, `values` may set hidden fields (the keys of rows just made), `message` says in
 * one sentence why not. While the network is away the text waits in localStorage, and is offered again the
 * next time this form opens. All words stand in partybuilding/components/save_status.html.
 * @module autosave
 */

/** @typedef {[name: string, value: string][]} Entries */
/** @typedef {{at: number, entries: Entries}} Stash */

const PAUSE = 1500;
const RETRY = 15_000;
const SLOW = 600;
const HOLD = 4000;
const KEPT = 14 * 24 * 3600 * 1000;
const UNTYPED = ["hidden", "file", "checkbox", "radio"];
// Of the form and not of the person; `seen` says which version of the text the person saw.
const OWN = /^(csrfmiddlewaretoken|seen|.*-(MIN|MAX)_NUM_FORMS)$/;

/** @param {string} text as the server would keep it */
const plain = (text) => text.replaceAll("\r\n", "\n").trim();

/** @param {Entries} entries one string to compare by */
const digest = (entries) => JSON.stringify(entries.map(([name, value]) => [name, plain(value)]));

/** @param {number} at milliseconds; the time of day, with the day unless it is today */
function clock(at) {
  const when = new Date(at);
  /** @type {Intl.DateTimeFormatOptions} */
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const today = when.toDateString() === new Date().toDateString();
  return when.toLocaleString("zh-CN", today ? time : { month: "long", day: "numeric", ...time });
}

/**
 * Text that has not reached the server, on this device, one entry for each person and form.
 * @param {string} key
 */
function keeper(key) {
  return {
    /** @returns {Stash | null} */
    read() {
      try {
        const stash = JSON.parse(localStorage.getItem(key) ?? "null");
        return stash && Date.now() - stash.at < KEPT ? stash : null;
      } catch {
        return null;
      }
    },
    /** @param {Entries} entries */
    write(entries) {
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries }));
      } catch {
        return; // Storage closed or full: the status line still says what is not saved.
      }
    },
    drop() {
      try {
        localStorage.removeItem(key);
      } catch {
        return;
      }
    },
  };
}

/** @param {HTMLFormElement} form the current token: signing in again in another tab changes it */
function token(form) {
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  if (!(field instanceof HTMLInputElement)) return "";
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (cookie) field.value = cookie[1];
  return field.value;
}

/** @param {HTMLFormElement} form @returns {Entries} */
function read(form) {
  /** @type {Entries} */
  const entries = [];
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !OWN.test(name)) entries.push([name, value]);
  return entries;
}

/** @param {HTMLFormElement} form @param {Entries} entries add the rows that the text needs */
function addRows(form, entries) {
  for (const [name, value] of entries.filter(([name]) => name.endsWith("-TOTAL_FORMS"))) {
    const total = form.elements.namedItem(name);
    if (!(total instanceof HTMLInputElement)) continue;
    const add = total.closest("[data-formset]")?.querySelector("[data-add-row]");
    for (let n = Number(total.value); add instanceof HTMLElement && n < Number(value); n++) add.click();
  }
}

/** @param {HTMLFormElement} form @param {Entries} entries put text back into its fields */
function fill(form, entries) {
  addRows(form, entries);
  /** @type {Map<string, string[]>} */
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!("name" in control) || typeof control.name !== "string" || OWN.test(control.name)) continue;
    const given = values.get(control.name) ?? [];
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type))
      control.checked = given.includes(control.value);
    else if (control instanceof HTMLSelectElement)
      for (const option of control.options) option.selected = given.includes(option.value);
    else if (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.type !== "file"))
      control.value = given.shift() ?? control.value;
  }
  for (const control of form.querySelectorAll("textarea, input")) control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLElement} status what partybuilding/components/save_status.html drew */
function teller(status) {
  const text = /** @type {HTMLElement} */ (status.querySelector("[data-save-text]"));
  const login = /** @type {HTMLElement | null} */ (status.querySelector("[data-save-login]"));
  let slow = 0;
  /** @param {string} state @param {string} [words] what the server said @param {number} [at] */
  function say(state, words, at = Date.now()) {
    clearTimeout(slow);
    status.dataset.state = state;
    text.textContent = words || (text.getAttribute(`data-${state}`) ?? "").replace("{time}", clock(at));
    if (login) login.hidden = state !== "expired";
  }
  return {
    say,
    /** Say that it is being saved, unless it is over before anybody could read it. */
    sayIfSlow() {
      clearTimeout(slow);
      slow = setTimeout(() => say("saving"), SLOW);
    },
  };
}

/** @param {HTMLElement} status @param {Stash} stash @param {() => void} take @param {() => void} drop */
function offer(status, stash, take, drop) {
  const box = status.querySelector("[data-save-offer]");
  const words = box?.querySelector("[data-save-found]");
  if (!(box instanceof HTMLElement && words)) return;
  words.textContent = (words.getAttribute("data-save-found") ?? "").replace("{time}", clock(stash.at));
  box.hidden = false;
  for (const [name, act] of /** @type {const} */ ([["take", take], ["drop", drop]]))
    box.querySelector(`[data-save-${name}]`)?.addEventListener("click", () => {
      box.hidden = true;
      act();
    });
}

/** @param {HTMLFormElement} form whether somebody typed before this script was there, or the browser put text back */
function typedEarly(form) {
  return [...form.elements].some(
    (control) =>
      (control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && !UNTYPED.includes(control.type))) &&
      !control.name.endsWith("-ORDER") &&
      control.value !== control.defaultValue,
  );
}

/** One form and what of it has reached the server. */
class Autosave {
  #busy = false;
  /** @type {HTMLElement | null | undefined} the button of a form that was sent while it was being saved */
  #held;
  #leaving = false;
  #timer = 0;

  /** @param {HTMLFormElement} form @param {HTMLElement} status */
  constructor(form, status) {
    this.form = form;
    this.url = form.dataset.autosave ?? "";
    this.kept = keeper(`autosave:${document.querySelector("[data-account]")?.dataset.account ?? ""}:${this.url}`);
    this.teller = teller(status);
    this.saved = digest(read(form));
    this.#listen();
    this.teller.say("ready");
    this.#offerKept(status);
    if (typedEarly(form)) {
      this.saved = "";
      this.#later(PAUSE);
    }
  }

  get unsaved() {
    return digest(read(this.form)) !== this.saved;
  }

  #listen() {
    const soon = () => this.#later(PAUSE);
    const now = () => this.#later(0);
    for (const name of ["input", "change", "row:added"]) this.form.addEventListener(name, soon);
    this.form.addEventListener("submit", (event) => {
      this.#keep();
      if (this.#busy && this.#held === undefined) return this.#hold(event);
      this.#leaving = true;
    });
    addEventListener("pageshow", (event) => {
      // Brought back as it was left, the page does not know what was stored when it was sent.
      if (event.persisted && this.#leaving) location.reload();
      this.#leaving = false;
    });
    addEventListener("pagehide", () => this.#keep());
    addEventListener("online", now);
    addEventListener("focus", now); // Back from signing in again in another tab.
    addEventListener("beforeunload", (event) => {
      if (!this.#leaving && this.unsaved) event.preventDefault();
    });
  }

  /** @param {SubmitEvent} event sent while it is being saved: the two must not overtake each other */
  #hold(event) {
    event.preventDefault();
    this.#held = event.submitter;
    setTimeout(() => this.#release(), HOLD);
  }

  #release() {
    if (this.#held === undefined || this.#leaving) return;
    this.form.requestSubmit(this.#held);
    this.#held = undefined;
  }

  #keep() {
    if (this.unsaved) this.kept.write(read(this.form));
  }

  /** @param {HTMLElement} status */
  #offerKept(status) {
    const stash = this.kept.read();
    const served = Date.parse(this.form.dataset.savedAt ?? "") || 0;
    if (!stash || stash.at < served || digest(stash.entries) === this.saved) return this.kept.drop();
    offer(status, stash, () => fill(this.form, stash.entries), this.kept.drop);
  }

  /** @param {number} wait milliseconds */
  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), wait);
  }

  async #save() {
    if (this.#busy || this.#leaving || !this.unsaved) return;
    const entries = read(this.form);
    this.kept.write(entries);
    this.#busy = true;
    this.teller.sayIfSlow();
    try {
      await this.#settle(await this.#send(), entries);
    } catch {
      this.teller.say(navigator.onLine ? "failed" : "offline");
      this.#later(RETRY);
    }
    this.#busy = false;
    this.#release();
  }

  #send() {
    const body = new FormData(this.form);
    for (const control of this.form.querySelectorAll("input[type=file][name]")) body.delete(control.getAttribute("name") ?? "");
    const csrf = token(this.form);
    body.set("csrfmiddlewaretoken", csrf);
    const headers = { Accept: "application/json", "X-CSRFToken": csrf, "X-Requested-With": "autosave" };
    return fetch(this.url, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" });
  }

  /** @param {Response} response @param {Entries} entries what was sent */
  async #settle(response, entries) {
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) return this.teller.say("expired");
    const answer = await response.json().catch(() => null);
    if (!response.ok || !answer) {
      this.teller.say("failed", answer?.message);
      if (response.status >= 500) this.#later(RETRY);
      return;
    }
    this.#take(answer.values ?? {}, entries);
    this.teller.say("saved");
    if (this.unsaved) this.#later(PAUSE);
    else this.kept.drop();
  }

  /** @param {Record<string, unknown>} values of hidden fields @param {Entries} entries what was sent */
  #take(values, entries) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "hidden") field.value = String(value);
    }
    this.saved = digest(entries.map(([name, value]) => [name, String(values[name] ?? value)]));
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-save-status]") ?? document.querySelector("[data-save-status]");
  if (form instanceof HTMLFormElement && status instanceof HTMLElement) new Autosave(form, status);
}
