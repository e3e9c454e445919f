// Completes names in a search box, from characters, pinyin or initials: a combobox by the ARIA practices.
// Without this script the box is a plain form. Nothing is kept in the browser but this visit's answers.

const WAIT = 180; // milliseconds of quiet before asking
const answers = new Map();

for (const form of document.querySelectorAll("form[data-suggest]")) complete(form);

function complete(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let timer, asked = "", at = -1;

  list.id = `suggest-${Math.random().toString(36).slice(2)}`;
  list.className = "search__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  const close = () => {
    clearTimeout(timer);
    asked = "";
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };

  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  const show = (items) => {
    list.replaceChildren(...items.map((text, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.className = "search__option";
      item.setAttribute("role", "option");
      item.textContent = text;
      return item;
    }));
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length ? form.dataset.found.replace("{n}", items.length) : "";
    mark(-1);
  };

  const ask = async () => {
    const q = input.value.trim();
    if (!q) return close();
    asked = q;
    if (!answers.has(q)) {
      try {
        const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(q)}`, { credentials: "omit" });
        if (!response.ok) return;
        answers.set(q, (await response.json()).items);
      } catch {
        return; // no network: the form still works
      }
    }
    if (asked === q) show(answers.get(q).filter((text) => text !== q));
  };

  const choose = (item) => {
    input.value = item.textContent;
    close();
    form.requestSubmit();
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const size = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && size) close();
    else if (event.key === "ArrowDown" && size) mark((at + 1) % size);
    else if (event.key === "ArrowUp" && size) mark(at < 0 ? size - 1 : at - 1);
    else if (event.key === "Enter" && size && at >= 0) choose(list.children[at]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    if (event.target.matches("[role=option]")) choose(event.target);
  });
}
