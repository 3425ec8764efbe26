/** What stands where there is nothing to show: because there is nothing, or because it failed. */

import { h, icon } from "../core/dom.js";

/** @param {{icon: keyof typeof import("../core/icons.js").ICONS, title: string, words: string, action?: HTMLElement}} parts */
export function notice({ icon: name, title, words, action }) {
  const face = icon(name);
  face.classList.add("notice__icon");
  return h("div", { class: "notice notice--roomy" }, face, h("h2", { class: "notice__title" }, title), h("p", { class: "notice__text" }, words), action);
}

/** @param {string} title @param {string} words @param {() => void} retry */
export function problemNotice(title, words, retry) {
  return h(
    "div",
    { class: "notice", role: "alert" },
    icon("alert"),
    h("h2", { class: "notice__title" }, title),
    h("p", { class: "notice__text" }, words),
    h("button", { type: "button", class: "button button--primary", on: { click: retry } }, icon("replay"), "Try again"),
  );
}
