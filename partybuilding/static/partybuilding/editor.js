/**
 * The editor of pages: what was written outlives a session that ended, a page that is too large says so before it is
 * sent, and a table from Word becomes a table. All words stand in partybuilding/core/editor.html.
 * @module editor
 */

const help = document.querySelector("[data-editor-help]");
const form = document.querySelector("form[data-edit-form]");
let passed = false;

/** @param {string} name which of the messages is to be seen; none hides all @param {Record<string, string|number>} [facts] */
const say = (name, facts = {}) => {
  help.hidden = !name;
  for (const part of help.querySelectorAll("[data-editor-says]")) {
    part.hidden = part.dataset.editorSays !== name;
    for (const slot of part.querySelectorAll("[data-fact]")) slot.textContent = String(facts[slot.dataset.fact] ?? "");
  }
};
const says = (name) => !help.hidden && !help.querySelector(`[data-editor-says=${name}]`).hidden;

/** What keeps the page from being saved: nothing, "session" or "network". */
const hindrance = async () => {
  try {
    const answer = await fetch(help.dataset.signedIn, { redirect: "manual", cache: "no-store" });
    return answer.status === 204 ? "" : "session";
  } catch {
    return "network";
  }
};

/** @param {FormData} data whether the server would refuse it for its size; says so */
const isTooLarge = (data) => {
  let fields = 0;
  let bytes = 0;
  const encoder = new TextEncoder();
  for (const [name, value] of data) {
    fields += 1;
    if (typeof value === "string") bytes += encoder.encode(name + value).length + 2;
  }
  const large = fields > Number(help.dataset.mostFields) || bytes > Number(help.dataset.mostBytes);
  const [size, mostSize] = [bytes, Number(help.dataset.mostBytes)].map((number) => (number / 1024 / 1024).toFixed(1));
  if (large) say("large", { fields, most: help.dataset.mostFields, size, mostSize });
  return large;
};

/** Signing in again, in another tab, changes the token. */
const renewToken = () => {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (!cookie) return;
  form.elements.namedItem("csrfmiddlewaretoken").value = cookie[1];
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = cookie[1];
};

/** Signed in again: save what waits. */
const goOn = async () => {
  if (!says("session") && !says("network")) return;
  const fault = await hindrance();
  if (fault) return say(fault);
  renewToken();
  say("back");
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true }));
};

/** @param {HTMLElement | null} button give it back: Wagtail switches it off while a page is being sent */
const wake = (button) => {
  if (!button) return;
  button.disabled = false;
  if (button.dataset.wProgressLoadingValue) button.dataset.wProgressLoadingValue = "false";
};

/** Ask before the page is left for good: a form sent without a session is lost. */
const guard = async (event) => {
  if (event.target !== form) return;
  if (passed) {
    passed = false;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  const fault = isTooLarge(new FormData(form)) ? "large" : await hindrance();
  if (fault) {
    if (fault !== "large") say(fault);
    return wake(submitter);
  }
  if (submitter) submitter.disabled = false;
  passed = true;
  form.requestSubmit(submitter);
};

/** @param {HTMLTableElement} table its cells as rows of text; cells over several columns or rows leave blanks */
const rowsOf = (table) => {
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((line, at) => {
    let column = 0;
    for (const cell of line.cells) {
      while (rows[at][column] !== undefined) column += 1;
      for (let down = 0; down < cell.rowSpan && at + down < rows.length; down += 1)
        for (let right = 0; right < cell.colSpan; right += 1)
          rows[at + down][column + right] = down || right ? "" : cell.textContent.replace(/\s+/g, " ").trim();
    }
  });
  const width = Math.max(0, ...rows.map((row) => row.length));
  const whole = rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ""));
  return whole.filter((row) => row.some(Boolean));
};

const isNumber = (text) => /^[-+]?[\d,]+(\.\d+)?[%％]?$/.test(text);

/** @param {string[][]} rows as Wagtail's block of tables keeps them; the first row names the columns */
const stateOf = ([headings, ...body]) => ({
  table: {
    caption: "",
    columns: headings.map((heading, at) => ({
      heading,
      type: body.length && body.every((row) => isNumber(row[at])) ? "number" : "text",
    })),
    rows: body.map((values) => ({ values })),
  },
  row_header: true,
});

/** @param {Element} editor the stream that it is part of, and its place there; null outside of streams that take tables */
const placeOf = (editor) => {
  for (let at = editor.parentElement; at; at = at.parentElement) {
    const stream = at.rootBlock;
    if (!stream?.blockDef?.childBlockDefsByName?.table) continue;
    return { stream, place: stream.children.findIndex((child) => child.element?.contains(editor)) };
  }
  return null;
};

/** @param {Element} target @param {string} html @param {string} text hand a paste on as if it had come so */
const pasteInto = (target, html, text) => {
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  paste.handedOn = true;
  target.dispatchEvent(paste);
};

const offerTables = (event) => {
  const editor = event.target.closest?.(".Draftail-Editor");
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!editor || event.handedOn || !/<table[\s>]/i.test(html)) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = [...page.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
  const tables = found.map(rowsOf).filter((rows) => rows.length > 1 && rows[0].length > 1);
  if (!tables.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const where = placeOf(editor);
  const text = event.clipboardData.getData("text/plain");
  const { target } = event;
  const choices = {
    insert() {
      found.forEach((table) => table.remove());
      if (page.body.textContent.trim()) pasteInto(target, page.body.innerHTML, page.body.innerText);
      tables.forEach((rows, at) => where.stream.insert({ type: "table", value: stateOf(rows), id: null }, where.place + 1 + at));
      form.dispatchEvent(new Event("change", { bubbles: true }));
    },
    text: () => pasteInto(target, "", text),
    cancel() {},
  };
  say("table", { tables: tables.length, rows: tables[0].length - 1, columns: tables[0][0].length });
  for (const button of help.querySelectorAll("[data-table-choice]")) {
    button.hidden = button.dataset.tableChoice === "insert" && !where;
    button.onclick = () => {
      say("");
      choices[button.dataset.tableChoice]();
    };
  }
  help.querySelector("[data-table-choice]:not([hidden])").focus();
};

if (help && form) {
  document.addEventListener("submit", guard, true);
  document.addEventListener("paste", offerTables, true);
  document.addEventListener("w-autosave:save", (event) => isTooLarge(event.detail.formData) && event.preventDefault());
  document.addEventListener("w-autosave:success", () => ["session", "network", "back", "large"].some(says) && say(""));
  document.addEventListener("w-autosave:error", async () => {
    const fault = await hindrance();
    if (fault) say(fault);
  });
  addEventListener("focus", goOn); // Back from signing in again in another tab.
  addEventListener("online", goOn);
  help.querySelector("[data-editor-again]").addEventListener("click", goOn);
  for (const button of help.querySelectorAll("[data-editor-close]")) button.addEventListener("click", () => say(""));
}
