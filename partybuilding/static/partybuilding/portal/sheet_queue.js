/**
 * The queue of what is not sent yet, emptied whenever the network is there.
 * @module sheet_queue
 */

import { FIRST_WAIT, LONGEST_WAIT, after, ask, fresh, isOut, isStored, load, store, stored, waiting } from "./sheet_values.js";

/** @typedef {import("./sheet_values.js").Rec} Rec */
/** @typedef {import("./sheet_values.js").Values} Values */
/** @typedef {import("./sheet_values.js").Theirs} Theirs */
/** @typedef {"done" | "again" | "wait" | "expired" | "stopped"} Outcome */

/** Sends what waits, one sheet after the other, and tells those who look. */
export class Queue extends EventTarget {
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
    for (const [key, texts] of Object.entries(values.answers ?? {})) for (const text of texts) body.append(key, text);
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
