/** The filters above a register: a click elsewhere or Escape closes what is open. */
const open = () => document.querySelectorAll(".party-filter[open]");

document.addEventListener("click", (event) => {
  for (const filter of open()) if (!filter.contains(event.target)) filter.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const filter of open()) {
    filter.open = false;
    filter.querySelector("summary").focus();
  }
});
