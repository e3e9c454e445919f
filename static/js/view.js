/*
 * Remember 关怀版 (the large view) on this device, without a cookie.
 *
 * A classic script in the head, so that the view stands before the first paint. The server draws
 * `data-view="large"` for an address with `?view=large`; this script adds it for readers who chose it
 * before. Without JavaScript the addresses themselves carry the choice.
 */
(function () {
  "use strict";
  var KEY = "view";
  var root = document.documentElement;

  /** @returns {string | null} the remembered view; null where storage is closed */
  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch (closed) {
      return null;
    }
  }

  /** @param {string} view "large" or "standard" */
  function remember(view) {
    try {
      localStorage.setItem(KEY, view);
    } catch (closed) {
      return;
    }
  }

  /** @param {string} view "large" or "standard" */
  function show(view) {
    if (view === "large") root.dataset.view = view;
    else delete root.dataset.view;
  }

  /** @param {MouseEvent} event a click anywhere; only those on the switch matter */
  function onClick(event) {
    var target = /** @type {Element} */ (event.target);
    var link = /** @type {HTMLElement | null} */ (target.closest("[data-view-switch]"));
    if (!link) return;
    var view = link.dataset.viewSwitch || "standard";
    remember(view);
    // An address that carries the choice is left by following the link.
    if (new URLSearchParams(location.search).has("view")) return;
    event.preventDefault();
    show(view);
    var other = /** @type {HTMLElement | null} */ (
      document.querySelector('[data-view-switch="' + (view === "large" ? "standard" : "large") + '"]')
    );
    if (other) other.focus();
  }

  if (!root.dataset.view && remembered() === "large") show("large");
  document.addEventListener("click", onClick);
})();
