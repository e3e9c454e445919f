/* Copies an article with its looks, counts its lines while they are typed, and tells the site that it was copied. */
const place = document.querySelector("[data-article]");
const form = place.querySelector("form");
const words = place.querySelector("[data-phrases]").dataset;
const said = place.querySelector("[data-said]");
const frame = place.querySelector("iframe");

const say = (text, failed = false) => {
  said.textContent = text;
  said.classList.toggle("party-article__said--failed", failed);
};

const put = async () => {
  const blob = (name, type) => new Blob([place.querySelector(name).value], { type });
  const item = { "text/html": blob("[data-html]", "text/html"), "text/plain": blob("[data-plain]", "text/plain") };
  await navigator.clipboard.write([new ClipboardItem(item)]);
};

const select = () => {
  frame.contentWindow.focus();
  const selection = frame.contentWindow.getSelection();
  selection.selectAllChildren(frame.contentDocument.getElementById("article"));
  return frame.contentDocument.execCommand("copy");
};

const record = async () => {
  const body = new FormData(form);
  body.set("way", "copy");
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.action, { method: "POST", body, headers });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  place.querySelector("[data-none]")?.remove();
  place.querySelector("[data-differs]")?.remove();
  place.querySelector("[data-exports] .party-tag")?.remove();
  place.querySelector("[data-exports]").insertAdjacentHTML("afterbegin", told.row);
};

const copy = async () => {
  let copied = true;
  try {
    await put();
  } catch {
    copied = select();
  }
  try {
    await record();
    say(copied ? words.copied : words.selected, !copied);
  } catch (error) {
    say(error.message, true);
  }
};

const count = (field) => {
  const box = place.querySelector(`[data-count="${field.name}"]`);
  if (!box) return;
  const length = [...field.value.replaceAll("\r\n", "\n")].length;
  const over = length > Number(box.dataset.most);
  box.querySelector("[data-length]").textContent = length;
  box.querySelector("[data-words]").textContent = over ? `　${box.dataset.tooLong}` : "";
  box.classList.toggle("party-count--negative", over);
};

const button = place.querySelector("[data-copy-article]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
for (const one of place.querySelectorAll("[data-copy-line]")) {
  one.hidden = !navigator.clipboard;
  one.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(one.dataset.copyLine).value);
    const before = one.textContent;
    one.textContent = words.lineCopied;
    setTimeout(() => { one.textContent = before; }, 2000);
  });
}
form.addEventListener("input", (event) => count(event.target));
form.addEventListener("submit", ({ submitter }) => {
  if (!submitter?.dataset.busy) return;
  submitter.textContent = submitter.dataset.busy;
  setTimeout(() => { submitter.disabled = true; });
});
