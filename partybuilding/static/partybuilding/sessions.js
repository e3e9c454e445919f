/**
 * Meeting mode: keys for what the links and buttons do, and pages that are swapped instead of loaded.
 * Everything works without this file; it only clicks what is there.
 */
const PULSE = 5_000; // ms between two looks for what another officer noted
const ATTENDED = 25 * 60_000; // ms without a sign of life after which the screen stops asking
const EDITABLE = "textarea, select, input:not([type=checkbox], [type=radio])";

const frame = document.querySelector("[data-meeting]");
const part = (name, root = document) => root.querySelector(`[data-part="${name}"]`);
const remembered = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
const remember = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    /* a browser that keeps nothing starts anew each time */
  }
};

let keysOn = remembered("meeting-keys") !== "off";
let lastSign = Date.now();

/** Tell it to those who listen instead of looking. */
const announce = (text) => {
  const live = frame.querySelector("[data-live]");
  live.textContent = "";
  setTimeout(() => {
    live.textContent = text;
  }, 60);
};

const complain = (text) => {
  const box = frame.querySelector("[data-alert]");
  box.textContent = text;
  box.hidden = !text;
};

/* One thing after the other, so that a key typed early falls on the project that is then shown. */
let queue = Promise.resolve();
let waiting = 0;
const enqueue = (task) => {
  waiting += 1;
  queue = queue
    .then(task)
    .catch(() => complain(frame.dataset.lost))
    .finally(() => {
      waiting -= 1;
    });
  return queue;
};

const openDialog = (dialog) => {
  if (dialog.matches(":modal")) return;
  dialog.removeAttribute("open");
  dialog.showModal();
  const wrong = dialog.querySelector(".party-late");
  const first = wrong ? wrong.parentElement : dialog;
  (first.querySelector("input:not([type=hidden]), textarea") ?? dialog).focus();
};

const openAsked = () => {
  const dialog = document.querySelector("dialog[open]");
  if (dialog) openDialog(dialog);
  return Boolean(dialog);
};

const settleAgenda = () => {
  const here = part("agenda").querySelector(".meeting-item[aria-current]");
  const list = here?.closest(".meeting-items");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const top = here.offsetTop; // the list is what it is placed in
  if (top < list.scrollTop) list.scrollTop = top;
  const lower = top + here.offsetHeight - list.clientHeight;
  if (lower > list.scrollTop) list.scrollTop = lower;
};

const swap = (fresh, { quiet = false } = {}) => {
  const stage = part("stage");
  const { scrollTop } = stage;
  const rolled = document.querySelector(".meeting-items")?.scrollTop ?? 0;
  const same = fresh.title === document.title;
  const focused = document.activeElement?.id;
  for (const old of frame.querySelectorAll("[data-part]")) {
    old.replaceWith(document.importNode(part(old.dataset.part, fresh), true));
  }
  document.title = fresh.title;
  document.querySelector(".meeting-items").scrollTop = rolled;
  settleAgenda();
  if (same) part("stage").scrollTop = scrollTop;
  if (openAsked()) return;
  if (quiet) document.getElementById(focused)?.focus({ preventScroll: true });
  else document.getElementById("meeting-title").focus({ preventScroll: same });
};

/** Fetch a page of the meeting and show it; leave to the browser what is no such page. */
const load = async (url, { body, push = true, quiet = false } = {}) => {
  part("stage").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, body ? { method: "POST", body } : {});
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!fresh.querySelector("[data-meeting]")) {
      if (body && response.redirected) complain(frame.dataset.expired);
      location.assign(body && !response.redirected ? location.href : response.url);
      return false;
    }
    complain("");
    if (push && response.url !== location.href) history.pushState(null, "", response.url);
    swap(fresh, { quiet });
    return response.ok;
  } finally {
    part("stage").removeAttribute("aria-busy");
  }
};

const told = () =>
  [...frame.querySelectorAll("[data-message]")].map((message) => message.textContent).join(" ");

const whereNow = () =>
  `${part("stage").dataset.place} ${document.getElementById("meeting-title").textContent}`;

const go = async (link, before = "") => {
  if (await load(link.href)) announce(`${before} ${whereNow()}`.trim());
};

const send = async (form, button) => {
  const body = new FormData(form, button);
  const target = new URL(form.getAttribute("action") || location.pathname, location.href);
  form.closest("dialog")?.close();
  const done = await load(target, { body });
  const said = told();
  const next = frame.querySelector("[data-next]");
  if (done && remembered("meeting-auto") === "on" && body.get("decision") !== "undo" && next) {
    await go(next, said);
  } else {
    announce(said);
  }
};

const run = async (element) => {
  if (!element?.isConnected) return;
  if (element.dataset.dialog) openDialog(document.getElementById(`dialog-${element.dataset.dialog}`));
  else if (element.matches("a")) await go(element);
  else await send(element.form, element);
};

const keyed = (code) =>
  [...frame.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(code));

const inDialog = (event, dialog) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    dialog.querySelector("form").requestSubmit();
    return;
  }
  if (event.target.matches(EDITABLE) || !/^[1-9]$/.test(event.key)) return;
  const box = dialog.querySelectorAll(".meeting-grounds input")[Number(event.key) - 1];
  if (!box) return;
  event.preventDefault();
  box.click();
  box.focus();
};

const onKey = (event) => {
  lastSign = Date.now();
  const dialog = document.querySelector("dialog:modal");
  if (dialog) {
    inDialog(event, dialog);
    return;
  }
  if (!keysOn || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.matches(EDITABLE) || !keyed(event.code)) return;
  event.preventDefault();
  if (event.repeat && (waiting || !event.code.startsWith("Arrow"))) return;
  const { code } = event;
  enqueue(() => run(keyed(code)));
};

const onClick = (event) => {
  lastSign = Date.now();
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const closing = event.target.closest("[data-close]");
  if (closing) {
    event.preventDefault();
    closing.closest("dialog").close();
    return;
  }
  const element = event.target.closest("[data-dialog], a[data-go]");
  if (!element || !frame.contains(element)) return;
  event.preventDefault();
  enqueue(() => run(element));
};

const onSubmit = (event) => {
  if (!event.target.matches("[data-act]")) return;
  event.preventDefault();
  const { target, submitter } = event;
  enqueue(() => send(target, submitter));
};

/** Look whether another officer noted something; nobody at the screen lets the session end in time. */
const beat = async () => {
  const away = document.hidden || Date.now() - lastSign > ATTENDED;
  if (away || waiting || document.querySelector("dialog:modal")) return;
  try {
    const response = await fetch(frame.dataset.pulse);
    if (!response.ok || response.redirected) return;
    const { stamp } = await response.json();
    if (waiting || document.querySelector("dialog:modal")) return;
    if (stamp === part("stage").dataset.stamp) return;
    await enqueue(() => load(location.href, { push: false, quiet: true }));
    announce(frame.dataset.changed);
  } catch {
    /* the next beat tries again; what is noted says by itself when it fails */
  }
};

const showKeys = (button) => {
  button.setAttribute("aria-pressed", String(keysOn));
  button.textContent = keysOn ? frame.dataset.keysOn : frame.dataset.keysOff;
};

const startTools = () => {
  const tools = frame.querySelector("[data-tools]");
  const keys = tools.querySelector("[data-toggle-keys]");
  const auto = tools.querySelector("[data-toggle-auto]");
  const full = tools.querySelector("[data-toggle-full]");
  tools.hidden = false;
  showKeys(keys);
  keys.addEventListener("click", () => {
    keysOn = !keysOn;
    remember("meeting-keys", keysOn ? "on" : "off");
    showKeys(keys);
  });
  auto.checked = remembered("meeting-auto") === "on";
  auto.addEventListener("change", () => remember("meeting-auto", auto.checked ? "on" : "off"));
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    full.textContent = document.fullscreenElement ? frame.dataset.window : frame.dataset.full;
  });
};

if (frame) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("pointermove", () => {
    lastSign = Date.now();
  });
  window.addEventListener("popstate", () => enqueue(() => load(location.href, { push: false })));
  setInterval(beat, PULSE);
  startTools();
  settleAgenda();
  openAsked();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
