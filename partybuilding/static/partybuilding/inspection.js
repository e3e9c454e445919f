/* Tries the links to other sites part by part, and shows how far it is. */
const form = document.querySelector("[data-outside]");
const said = form?.querySelector("[data-said]");
const bar = form?.querySelector("progress");

const next = async (since) => {
  const body = new FormData(form);
  body.set("since", since);
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.action, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
};

const all = async () => {
  let told = { since: "", left: Number(form.dataset.outside) };
  while (told.left) {
    told = await next(told.since);
    bar.value = told.done;
    said.textContent = `${form.dataset.words} ${told.done} / ${form.dataset.outside}`;
  }
  location.reload();
};

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.querySelector("button").disabled = true;
  bar.hidden = false;
  try {
    await all();
  } catch {
    said.textContent = form.dataset.failed;
    form.querySelector("button").disabled = false;
  }
});
