/** Show the total of the initial rating while points are typed. */
const total = (box) => {
  const values = [...box.querySelectorAll("[data-points]")].map((field) => {
    const value = Number(field.value);
    return field.value.trim() && field.validity.valid && Number.isFinite(value) ? value : 0;
  });
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 10) / 10;
};

for (const box of document.querySelectorAll("[data-rating]")) {
  const show = () => {
    box.querySelector("[data-rating-total]").textContent = String(total(box));
  };
  box.addEventListener("input", show);
  show(); // What was typed before this script was there.
}
