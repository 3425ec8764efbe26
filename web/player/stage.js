/** What stands in the player's place while there is nothing to play. */

import { h, icon } from "../core/dom.js";

/** @param {string} words @param {{busy?: boolean, bad?: boolean, percent?: number}} [face] */
export function stageOf(words, { busy = false, bad = false, percent } = {}) {
  const bar = percent === undefined ? null : h("div", { class: "bar", role: "progressbar", "aria-label": "Processing", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": percent, vars: { "--fraction": String(percent / 100) } }, h("span", { class: "bar__fill" }));
  const face = bad ? icon("alert") : busy ? h("span", { class: "stage__spinner", "aria-hidden": "true" }) : null;
  return h("div", { class: "stage", role: bad ? "alert" : "status" }, face, h("p", { class: "stage__words" }, words), bar);
}
