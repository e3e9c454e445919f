/**
 * Offer the topics that fit the chosen field; without this, saving the field does.
 * @module topics
 */

const field = document.querySelector("select[name=sector]");
const topics = document.querySelector("select[name=topic]");

if (field instanceof HTMLSelectElement && topics instanceof HTMLSelectElement)
  field.addEventListener("change", () => {
    for (const option of topics.options) {
      const fits = !field.value || !option.dataset.sector || option.dataset.sector === field.value;
      option.hidden = option.disabled = !fits;
      if (!fits && option.selected) topics.value = "";
    }
  });
