// For readers: have a page read aloud where the browser can, and a plain page when there is no network.
// The words stand in data attributes of <main>; without this script nothing of it is shown.

const main = document.getElementById("content");
const BLOCKS = "h1, h2, h3, p, li, dt, dd, td, figcaption, summary";
const SILENT = "form, nav, button, [hidden], [aria-hidden=true], .visually-hidden, .page-ways, .feeds";

if (main?.dataset.aloud && "speechSynthesis" in window) offerAloud();
if (main?.dataset.worker && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(main.dataset.worker).catch(() => {});
}

function offerAloud() {
  const title = main.querySelector("h1");
  if (!title || title.closest(".sheet") || !main.querySelector("[data-print], .prose")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "aloud";
  const show = (speaking) => {
    button.textContent = speaking ? main.dataset.silence : main.dataset.aloud;
    button.setAttribute("aria-pressed", String(speaking));
  };
  show(false);
  title.after(button);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") {
      speechSynthesis.cancel();
      show(false);
    } else {
      show(true);
      speak(texts(), () => show(false));
    }
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

// The blocks of the page in order, each once: one that holds others is read by these. Short pieces,
// because some browsers fall silent in long ones.
function texts() {
  return [...main.querySelectorAll(BLOCKS)]
    .filter((one) => !one.closest(SILENT) && !one.querySelector(BLOCKS) && one.getClientRects().length)
    .flatMap((one) => one.innerText.trim().match(/[^。！？；\n]{1,120}[。！？；\n]?/g) || []);
}

function speak(pieces, done) {
  speechSynthesis.cancel();
  if (!pieces.length) return done();
  pieces.forEach((piece, at) => {
    const words = new SpeechSynthesisUtterance(piece);
    words.lang = "zh-CN";
    words.rate = 0.9;
    if (at === pieces.length - 1) words.onend = done;
    speechSynthesis.speak(words);
  });
}
