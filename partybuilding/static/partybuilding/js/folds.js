/* One button for all parts of a group that fold, where there are enough of them to want one. */
const ENOUGH = 3;

for (const place of document.querySelectorAll("[data-folds]")) {
  const group = document.getElementById(place.dataset.folds);
  const parts = [...group.querySelectorAll("details:not(.filters__more, .list-filters)")];
  const button = place.querySelector("button");
  const { less } = place.dataset;
  const more = button.textContent;
  const areOpen = () => parts.every((part) => part.open);
  const tell = () => {
    button.setAttribute("aria-expanded", String(areOpen()));
    button.textContent = areOpen() ? less : more;
  };
  button.addEventListener("click", () => {
    const open = !areOpen();
    for (const part of parts) part.open = open;
  });
  for (const part of parts) part.addEventListener("toggle", tell);
  tell();
  place.hidden = parts.length < ENOUGH;
}
