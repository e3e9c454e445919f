/** The forms of steps: standard phrases to insert, and words that outlive a session that ran out. */
const insert = (field, phrase) => {
  const text = field.value.trimEnd();
  field.value = text ? `${text}\n${phrase}` : phrase;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-phrase]");
  if (!button) return;
  const field = document.getElementById(button.closest("[data-phrases-for]").dataset.phrasesFor);
  insert(field, button.dataset.phrase);
});

/** Keep what is written in this tab until the record moves on: its version is part of the key. */
const keep = (form) => {
  const key = (field) => `${form.dataset.keep}:${field.name}`;
  const fields = [...form.querySelectorAll("textarea")];
  for (const field of fields) {
    field.value ||= sessionStorage.getItem(key(field)) ?? "";
    field.addEventListener("input", () => sessionStorage.setItem(key(field), field.value));
  }
};

document.querySelectorAll("form[data-keep]").forEach(keep);

/** What was refused is where one goes on: a form that came back stands at its first fault. */
document.querySelector('.party-step__form :is(.help-critical[tabindex], [aria-invalid="true"])')?.focus();
