/** The record of a visit on a phone: findings appear one by one, and what is typed survives a lost network. */

/** Show the findings that are filled in, and one more at the press of a button. */
const showOneByOne = (box) => {
  const button = document.querySelector("[data-add-finding]");
  const rows = [...box.querySelectorAll("[data-finding]")];
  const isUsed = (row) =>
    [...row.querySelectorAll("textarea")].some((field) => field.value.trim()) || row.querySelector(".w-field__errors .error-message");
  const settle = () => {
    for (const row of rows) row.hidden = !(row.dataset.shown || isUsed(row));
    button.hidden = rows.every((row) => !row.hidden);
  };
  button.addEventListener("click", () => {
    const next = rows.find((row) => row.hidden);
    next.dataset.shown = "1";
    settle();
    next.querySelector("textarea").focus();
  });
  settle();
  return settle;
};

const reveal = [...document.querySelectorAll("[data-finding-rows]")].map(showOneByOne);

/** What a form says, files and hidden fields excepted. */
const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !["file", "hidden", "submit", "button"].includes(field.type));

const read = (form) =>
  fieldsOf(form)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);

const fill = (form, entries) => {
  for (const field of fieldsOf(form)) {
    const given = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (given.length) [field.value] = given;
  }
  for (const field of form.querySelectorAll("textarea")) field.dispatchEvent(new Event("input", { bubbles: true }));
  for (const settle of reveal) settle();
};

/** What is kept on this device, a fortnight at most; nothing where the browser keeps its storage closed. */
const LONGEST = 14 * 24 * 3600 * 1000;
const shelf = (name) => {
  const key = `party-kept:${name}`;
  const safely = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  return {
    read: () => {
      const stash = safely(() => JSON.parse(localStorage.getItem(key) ?? "null"));
      return stash && Date.now() - stash.at < LONGEST ? stash : null;
    },
    write: (entries) => safely(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries }))),
    drop: () => safely(() => localStorage.removeItem(key)),
  };
};

/** Keep on this device what is typed, until the record stands; offer it when the form opens without it. */
const keep = (form) => {
  const kept = shelf(form.dataset.keepAll);
  const served = JSON.stringify(read(form));
  const stash = kept.read();
  const offer = form.querySelector("[data-kept-offer]");
  if (stash && JSON.stringify(stash.entries) !== served) {
    const words = offer.querySelector("[data-kept-words]");
    const time = new Date(stash.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    words.textContent = words.dataset.keptWords.replace("{time}", time);
    offer.hidden = false;
  }
  const close = (act) => () => {
    offer.hidden = true;
    act();
  };
  offer.querySelector("[data-kept-take]").addEventListener("click", close(() => fill(form, stash.entries)));
  offer.querySelector("[data-kept-drop]").addEventListener("click", close(kept.drop));
  for (const name of ["input", "change", "submit"]) form.addEventListener(name, () => kept.write(read(form)));
};

document.querySelectorAll("form[data-keep-all]").forEach(keep);
for (const done of document.querySelectorAll("[data-kept-done]")) shelf(done.dataset.keptDone).drop();

for (const box of document.querySelectorAll("[data-tick-all]"))
  box.addEventListener("change", () => {
    for (const one of box.form.querySelectorAll("input[name=id]")) one.checked = box.checked;
    box.form.dispatchEvent(new Event("input"));
  });
