/** Says things: quietly to screen readers, or as a toast that everybody sees. */

import { h, icon } from "../core/dom.js";

const TOAST_MS = 6000;

/** @param {string} id */
function region(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} text read out when the reader is next silent; nothing is shown */
export function announce(text) {
  const live = region("announcements");
  // The same words twice are only read again if the region was empty in between.
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 60);
}

/**
 * @param {string} text
 * @param {{kind?: "info" | "error", action?: {label: string, run: () => void}}} [options]
 *   an error stays until it is closed
 */
export function toast(text, { kind = "info", action } = {}) {
  const box = h(
    "div",
    { class: `toast toast--${kind}` },
    kind === "error" ? icon("alert") : icon("check"),
    h("p", { class: "toast__text" }, text),
    action && h("button", { type: "button", class: "button button--ghost", on: { click: () => (action.run(), close()) } }, action.label),
    h("button", { type: "button", class: "icon-button", "aria-label": "Close message", on: { click: () => close() } }, icon("close")),
  );
  const close = () => box.remove();
  region(kind === "error" ? "toasts-urgent" : "toasts").append(box);
  if (kind !== "error") dismissLater(box, close);
}

/** Waits while somebody reads: hover and focus hold the message. @param {HTMLElement} box @param {() => void} close */
function dismissLater(box, close) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const start = () => (timer = setTimeout(close, TOAST_MS));
  const hold = () => clearTimeout(timer);
  for (const type of ["pointerenter", "focusin"]) box.addEventListener(type, hold);
  for (const type of ["pointerleave", "focusout"]) box.addEventListener(type, start);
  start();
}
