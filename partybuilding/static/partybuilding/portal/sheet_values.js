/**
 * What is typed on a score sheet, on the device: one record a sheet, kept, compared and asked about.
 * @module sheet_values
 */

/** @typedef {{points: Record<string, string>, note: string, place: string, answers?: Record<string, string[]>}} Values answers: to the year's questions, as chosen or typed */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/** @typedef {{revision: number, stored: Values, words: string}} Theirs */
/**
 * @typedef {object} Rec
 * @property {string} sheet @property {string} url @property {string} href @property {string} title
 * @property {Record<string, string>} names what each field is called, and each option that can be chosen
 * @property {number} base @property {string} key @property {string[]} keys
 * @property {Values | null} values nothing when all of it is stored
 * @property {number} at @property {string} state why it is not sent: locked, refused, overtaken, other
 * @property {string} why @property {Record<string, string>} faults @property {Theirs | null} theirs
 */

const FORMAT = 1;
export const PAUSE = 800;
export const FIRST_WAIT = 2000;
export const LONGEST_WAIT = 60_000;
const PATIENCE = 15_000;
export const KEPT = 30 * 24 * 3600 * 1000;
const TYPED = /^(?:([0-9]{1,4})(?:\.([0-9]{0,2}))?|\.([0-9]{1,2}))$/;
export const UNFINISHED = /[.．，。、,]\s*$/; // somebody is still writing what comes after the point
const WIDE = /[０-９]/g; // digits of full width, as Chinese keyboards give them
const account = document.querySelector("[data-account]")?.getAttribute("data-account") ?? "";
export const PREFIX = `score:${FORMAT}:${account}:`;
/** @type {Map<string, string>} what stands in for a storage that is closed or full */
export const memory = new Map();

/** @param {string} key */
const read = (key) => {
  try {
    return memory.get(key) ?? localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
};

/** @param {string} sheet @returns {Rec | null} */
export const load = (sheet) => JSON.parse(read(PREFIX + sheet) ?? "null");

/** @param {Rec} rec */
export function store(rec) {
  const text = JSON.stringify(rec);
  try {
    localStorage.setItem(PREFIX + rec.sheet, text);
    memory.delete(PREFIX + rec.sheet);
  } catch {
    memory.set(PREFIX + rec.sheet, text);
  }
}

/** @param {Rec} rec nothing of what was typed stays */
export function drop(rec) {
  memory.delete(PREFIX + rec.sheet);
  try {
    localStorage.removeItem(PREFIX + rec.sheet);
  } catch {
    return;
  }
}

/** @returns {Rec[]} every sheet of this person of which something is not sent, the oldest first */
export function waiting() {
  const keys = new Set(memory.keys());
  try {
    for (const key of Object.keys(localStorage)) keys.add(key);
  } catch {
    // Closed: then all there is stands in memory.
  }
  const found = [...keys].filter((key) => key.startsWith(PREFIX)).map((key) => load(key.slice(PREFIX.length)));
  return /** @type {Rec[]} */ (found.filter((rec) => rec?.values)).sort((a, b) => a.at - b.at);
}

export const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

/** @param {string} text points as the server stores them; as typed when they are no number */
export function tidy(text) {
  const plain = text.replace(WIDE, (wide) => String(wide.charCodeAt(0) - 0xff10)).replace(/[．，。、,]/g, ".").trim();
  const parts = TYPED.exec(plain);
  if (!parts) return plain;
  const whole = (parts[1] ?? "0").replace(/^0+(?=\d)/, "");
  const rest = (parts[2] ?? parts[3] ?? "").replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : whole;
}

/** @param {string} text whole hundredths, so that sums are exact; NaN for what is no number */
export function hundredths(text) {
  const plain = tidy(text);
  if (plain === "") return 0;
  if (!TYPED.test(plain)) return NaN;
  const [whole, rest = ""] = plain.split(".");
  return Number(whole) * 100 + Number(rest.padEnd(2, "0"));
}

/** @param {number} n hundredths */
export const written = (n) => tidy(`${Math.floor(n / 100)}.${String(n % 100).padStart(2, "0")}`);

/** @param {Values} values @returns {Values} as the server stores them */
export function stored({ points, note, place, answers = {} }) {
  const tidied = Object.entries(points).map(([code, text]) => [code, tidy(text)]);
  const plain = (/** @type {string} */ text) => text.replaceAll("\r\n", "\n").trim();
  const said = Object.entries(answers).map(([key, texts]) => [key, texts.map(plain).filter(Boolean)]);
  return { points: Object.fromEntries(tidied), note: plain(note), place, answers: Object.fromEntries(said) };
}

/** @param {Values} values one way to write them down: `canonical` of partybuilding/evaluation/arithmetic */
export function canonical({ points, note, place, answers = {} }) {
  const sorted = (/** @type {Record<string, unknown>} */ all) =>
    `{${Object.keys(all).sort().map((name) => `${JSON.stringify(name)}:${JSON.stringify(all[name])}`).join(",")}}`;
  return `{"answers":${sorted(answers)},"note":${JSON.stringify(note)},"place":${JSON.stringify(place)},"points":${sorted(points)}}`;
}

/** @param {Values} mine @param {{stored: Values, digest: string}} answer whether the server has exactly this */
export async function isStored(mine, answer) {
  const text = canonical(mine);
  if (!globalThis.crypto?.subtle) return text === canonical(answer.stored); // an address without https
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hash].map((n) => n.toString(16).padStart(2, "0")).join("") === answer.digest;
}

/** @param {string} url @param {RequestInit} [more] */
export function ask(url, more = {}) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? csrfOfPage();
  const headers = { Accept: "application/json", "X-CSRFToken": token, "X-Requested-With": "autosave" };
  const signal = AbortSignal.timeout?.(PATIENCE);
  return fetch(url, { headers, credentials: "same-origin", redirect: "manual", cache: "no-store", signal, ...more });
}

const csrfOfPage = () =>
  document.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "";

/** @param {Response} response whether somebody else, or nobody, is signed in */
export const isOut = (response) => response.type === "opaqueredirect" || [401, 403].includes(response.status);

/** @param {string[]} keys @param {string} key those that came later */
export const after = (keys, key) => keys.slice(keys.indexOf(key) + 1);

/** @param {Control} field @returns {field is HTMLInputElement} whether it is ticked, not written in */
export const isTicked = (field) => field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);

/** @param {Control[]} controls @returns {Record<string, string[]>} what they say, by the keys of their questions */
export function answersIn(controls) {
  /** @type {Record<string, string[]>} */
  const said = {};
  for (const one of controls) {
    said[one.name] ??= [];
    if (one.value && (!isTicked(one) || one.checked)) said[one.name].push(one.value);
  }
  return said;
}

/** @param {Control[]} controls @param {Record<string, string[]>} said @param {Element | null} but the one in which somebody writes */
export function answerIn(controls, said, but) {
  for (const one of controls) {
    const texts = said[one.name] ?? [];
    if (isTicked(one)) one.checked = one.value ? texts.includes(one.value) : texts.length === 0 && one.checked;
    else if (one !== but && one.value !== (texts[0] ?? "")) one.value = texts[0] ?? "";
  }
}

/** @param {Control[]} controls @returns {Record<string, string>} what their questions and options are called */
export function namesIn(controls) {
  /** @type {Record<string, string>} */
  const names = {};
  for (const one of controls) {
    const legend = one.closest("fieldset")?.querySelector("legend")?.firstChild?.textContent?.trim();
    names[one.name] = isTicked(one) && legend ? legend : label(one);
    if (isTicked(one) && one.value) names[`${one.name}=${one.value}`] = one.labels?.[0]?.textContent?.trim() ?? one.value;
    if (one instanceof HTMLSelectElement) for (const { value, text } of one.options) names[`${one.name}=${value}`] = text;
  }
  return names;
}

/** @param {Control} field whether it reads otherwise than the page brought it */
export const isTouched = (field) =>
  !(field instanceof HTMLSelectElement) && (isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);

/** @param {Control} field */
export const label = (field) => field.labels?.[0]?.firstChild?.textContent?.trim() ?? field.name;
