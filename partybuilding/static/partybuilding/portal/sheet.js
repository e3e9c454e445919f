/**
 * Score sheets outlive the network: what is typed is kept on the device at once and sent when it can be.
 *
 * One record for each sheet in localStorage, by format, person and sheet. A version of what was typed has a key
 * of its own, so that a repeated sending changes nothing; `base` is the revision of the server that it was typed over,
 * `keys` the versions since, so that the server's last one is known as an ancestor, and anything else as another
 * device's. What was typed is dropped only when the server answers with its digest. Without a script the form is
 * sent as forms are. All words stand in the templates (sheet.html, includes/score_queue.html).
 * @module sheet
 */

/** @typedef {{points: Record<string, string>, note: string, place: string}} Values */
/** @typedef {{revision: number, stored: Values, words: string}} Theirs */
/**
 * @typedef {object} Rec
 * @property {string} sheet @property {string} url @property {string} href @property {string} title
 * @property {Record<string, string>} names what each field is called
 * @property {number} base @property {string} key @property {string[]} keys
 * @property {Values | null} values nothing when all of it is stored
 * @property {number} at @property {string} state why it is not sent: locked, refused, overtaken, other
 * @property {string} why @property {Record<string, string>} faults @property {Theirs | null} theirs
 */

const FORMAT = 1;
const PAUSE = 800;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
const PATIENCE = 15_000;
const KEPT = 30 * 24 * 3600 * 1000;
const TYPED = /^(?:([0-9]{1,4})(?:\.([0-9]{0,2}))?|\.([0-9]{1,2}))$/;
const UNFINISHED = /[.．，。、,]\s*$/; // somebody is still writing what comes after the point
const WIDE = /[０-９]/g; // digits of full width, as Chinese keyboards give them
const account = document.querySelector("[data-account]")?.getAttribute("data-account") ?? "";
const PREFIX = `score:${FORMAT}:${account}:`;
/** @type {Map<string, string>} what stands in for a storage that is closed or full */
const memory = new Map();

/** @param {string} key */
const read = (key) => {
  try {
    return memory.get(key) ?? localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
};

/** @param {string} sheet @returns {Rec | null} */
const load = (sheet) => JSON.parse(read(PREFIX + sheet) ?? "null");

/** @param {Rec} rec */
function store(rec) {
  const text = JSON.stringify(rec);
  try {
    localStorage.setItem(PREFIX + rec.sheet, text);
    memory.delete(PREFIX + rec.sheet);
  } catch {
    memory.set(PREFIX + rec.sheet, text);
  }
}

/** @param {Rec} rec nothing of what was typed stays */
function drop(rec) {
  memory.delete(PREFIX + rec.sheet);
  try {
    localStorage.removeItem(PREFIX + rec.sheet);
  } catch {
    return;
  }
}

/** @returns {Rec[]} every sheet of this person of which something is not sent, the oldest first */
function waiting() {
  const keys = new Set(memory.keys());
  try {
    for (const key of Object.keys(localStorage)) keys.add(key);
  } catch {
    // Closed: then all there is stands in memory.
  }
  const found = [...keys].filter((key) => key.startsWith(PREFIX)).map((key) => load(key.slice(PREFIX.length)));
  return /** @type {Rec[]} */ (found.filter((rec) => rec?.values)).sort((a, b) => a.at - b.at);
}

const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

/** @param {string} text points as the server stores them; as typed when they are no number */
function tidy(text) {
  const plain = text.replace(WIDE, (wide) => String(wide.charCodeAt(0) - 0xff10)).replace(/[．，。、,]/g, ".").trim();
  const parts = TYPED.exec(plain);
  if (!parts) return plain;
  const whole = (parts[1] ?? "0").replace(/^0+(?=\d)/, "");
  const rest = (parts[2] ?? parts[3] ?? "").replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : whole;
}

/** @param {string} text whole hundredths, so that sums are exact; NaN for what is no number */
function hundredths(text) {
  const plain = tidy(text);
  if (plain === "") return 0;
  if (!TYPED.test(plain)) return NaN;
  const [whole, rest = ""] = plain.split(".");
  return Number(whole) * 100 + Number(rest.padEnd(2, "0"));
}

/** @param {number} n hundredths */
const written = (n) => tidy(`${Math.floor(n / 100)}.${String(n % 100).padStart(2, "0")}`);

/** @param {Values} values @returns {Values} as the server stores them */
function stored({ points, note, place }) {
  const tidied = Object.entries(points).map(([code, text]) => [code, tidy(text)]);
  return { points: Object.fromEntries(tidied), note: note.replaceAll("\r\n", "\n").trim(), place };
}

/** @param {Values} values one way to write them down: `canonical` of partybuilding/evaluation/arithmetic */
function canonical({ points, note, place }) {
  const pair = (/** @type {string} */ name) => `${JSON.stringify(name)}:${JSON.stringify(points[name])}`;
  const inner = Object.keys(points).sort().map(pair).join(",");
  return `{"note":${JSON.stringify(note)},"place":${JSON.stringify(place)},"points":{${inner}}}`;
}

/** @param {Values} mine @param {{stored: Values, digest: string}} answer whether the server has exactly this */
async function isStored(mine, answer) {
  const text = canonical(mine);
  if (!globalThis.crypto?.subtle) return text === canonical(answer.stored); // an address without https
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hash].map((n) => n.toString(16).padStart(2, "0")).join("") === answer.digest;
}

/** @param {string} url @param {RequestInit} [more] */
function ask(url, more = {}) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? csrfOfPage();
  const headers = { Accept: "application/json", "X-CSRFToken": token, "X-Requested-With": "autosave" };
  const signal = AbortSignal.timeout?.(PATIENCE);
  return fetch(url, { headers, credentials: "same-origin", redirect: "manual", cache: "no-store", signal, ...more });
}

const csrfOfPage = () =>
  document.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "";

/** @param {Response} response whether somebody else, or nobody, is signed in */
const isOut = (response) => response.type === "opaqueredirect" || [401, 403].includes(response.status);

/** @typedef {"done" | "again" | "wait" | "expired" | "stopped"} Outcome */

/** Sends what waits, one sheet after the other, and tells those who look. */
class Queue extends EventTarget {
  #busy = false;
  #again = false;
  #timer = 0;
  #wait = FIRST_WAIT;
  /** What keeps it from being sent: offline, expired, or nothing. */
  state = "";

  constructor() {
    super();
    addEventListener("online", () => this.soon(0));
    addEventListener("focus", () => this.soon(0));
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon(0));
  }

  /** @param {number} wait milliseconds */
  soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  async flush() {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    clearTimeout(this.#timer);
    let outcome = "done";
    do {
      this.#again = false;
      for (const rec of waiting().filter((one) => !one.state)) {
        outcome = await this.#bring(rec.sheet);
        if (["wait", "expired"].includes(outcome)) break;
      }
    } while (this.#again && outcome !== "wait" && outcome !== "expired");
    this.#busy = false;
    this.state = outcome === "wait" ? "offline" : outcome === "expired" ? "expired" : "";
    const left = waiting().some((one) => !one.state);
    this.#wait = this.state ? Math.min(this.#wait * 2, LONGEST_WAIT) : FIRST_WAIT;
    if (left) this.soon(this.state ? this.#wait : FIRST_WAIT);
    this.tell();
  }

  /** @param {string} sheet sent until it is stored, or something stands in the way @returns {Promise<Outcome>} */
  async #bring(sheet) {
    for (let turn = 0; turn < 5; turn++) {
      const rec = load(sheet);
      if (!rec?.values || rec.state) return "stopped";
      const outcome = await this.#send(rec, rec.values).catch(() => /** @type {Outcome} */ ("wait"));
      if (outcome !== "again") return outcome;
    }
    return "wait";
  }

  /** @param {Rec} rec @param {Values} values @returns {Promise<Outcome>} */
  async #send(rec, values) {
    this.dispatchEvent(new Event("sending"));
    const body = new FormData();
    for (const [code, text] of Object.entries(values.points)) body.set(`points-${code}`, text);
    for (const [name, text] of [["note", values.note], ["place", values.place], ["key", rec.key], ["seen", `${rec.base}`]])
      body.set(name, text);
    const response = await ask(rec.url, { method: "POST", body });
    if (isOut(response)) return "expired";
    if (response.status === 404) return this.#stop(rec, "other", {});
    if (response.status >= 500 || response.status === 429) return "wait";
    const answer = await response.json();
    if (response.ok) return this.#settle(rec, values, answer);
    if (answer.overtaken) return this.#overtaken(rec, answer);
    return this.#stop(rec, answer.locked ? "locked" : "refused", answer);
  }

  /** @param {Rec} sent @param {string} state @param {any} answer @returns {Outcome} */
  #stop(sent, state, answer) {
    const rec = load(sent.sheet);
    if (rec?.values && rec.key === sent.key) store({ ...rec, state, why: answer.message ?? "", faults: answer.faults ?? {} });
    return "stopped";
  }

  /** @param {Rec} sent @param {Values} values @param {any} answer @returns {Promise<Outcome>} */
  async #settle(sent, values, answer) {
    const same = await isStored(stored(values), answer);
    const rec = load(sent.sheet);
    if (!rec?.values) return "stopped"; // another window was faster
    const rebased = { ...rec, base: answer.revision, keys: after(rec.keys, sent.key) };
    if (rec.key !== sent.key) {
      if (rec.keys.includes(sent.key)) store(rebased); // typed on meanwhile
      return "again";
    }
    if (same) store({ ...rebased, values: null, names: {}, why: "", faults: {}, theirs: null });
    else {
      const key = fresh(); // the server wrote it otherwise: send that, and see
      store({ ...rebased, values: answer.stored, key, keys: [key] });
    }
    const detail = { sheet: sent.sheet, answer, values };
    this.dispatchEvent(new CustomEvent("stored", { detail }));
    return same ? "done" : "again";
  }

  /** @param {Rec} sent @param {any} answer @returns {Outcome} */
  #overtaken(sent, answer) {
    const rec = load(sent.sheet);
    if (!rec?.values) return "stopped";
    if (rec.keys.includes(answer.key)) {
      store({ ...rec, base: answer.revision, keys: after(rec.keys, answer.key) });
      return "again";
    }
    const theirs = { revision: answer.revision, stored: answer.stored, words: answer.message };
    if (rec.key === sent.key) store({ ...rec, state: "overtaken", theirs });
    return rec.key === sent.key ? "stopped" : "again";
  }
}

/** @param {string[]} keys @param {string} key those that came later */
const after = (keys, key) => keys.slice(keys.indexOf(key) + 1);

/** The form of one sheet: what stands on the screen, and what of it is on the device. */
class Sheet {
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
    for (const button of this.form.querySelectorAll("button[data-by]")) button.toggleAttribute("disabled", isHeld);
  }

  /** Whether somebody typed before this script was there; a form that came back refused is typed too. */
  #typedEarly() {
    const fields = [...this.points, this.note];
    return this.form.dataset.typed === "true" || fields.some((field) => field.value !== field.defaultValue);
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
    return { points, note: this.note.value, place: this.place?.value ?? "" };
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
      const { value } = field;
      this.#adopt(rec);
      field.value = value;
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
      names: { ...names, note: label(this.note), place: this.place ? label(this.place) : "" },
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
  #fill({ points, note, place }, but = null) {
    for (const field of this.points) {
      const value = points[field.dataset.points ?? ""] ?? "";
      if (field.value !== value && !(field === but && UNFINISHED.test(field.value))) field.value = value;
    }
    if (this.note !== but) this.note.value = note;
    if (this.place) this.place.value = place;
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
    const at = this.points.indexOf(event.target) + 1;
    /** @type {HTMLElement} */ (this.points[at] ?? this.form.querySelector("button[value=check]")).focus();
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

/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field */
const label = (field) => field.labels?.[0]?.firstChild?.textContent?.trim() ?? field.name;

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
  const { points, note, place } = rec.values ?? { points: {}, note: "", place: "" };
  return Object.entries({ ...points, place, note })
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
