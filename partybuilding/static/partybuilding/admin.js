/** Insert standard phrases into the field they belong to, behind what is written there. */
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
