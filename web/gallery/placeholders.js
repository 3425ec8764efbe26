/** What stands in the gallery's place: while loading, when there is nothing. */

import { h, icon } from "../core/dom.js";

const SKELETONS = 6;

/** @returns {HTMLElement[]} */
export function skeletons() {
  return Array.from({ length: SKELETONS }, () =>
    h("li", { class: "card card--skeleton", "aria-hidden": "true" }, h("span", { class: "poster shimmer" }), h("span", { class: "skeleton-line shimmer" }), h("span", { class: "skeleton-line skeleton-line--short shimmer" })),
  );
}

/** @param {string} filter @param {() => void} pick */
export function emptyState(filter, pick) {
  if (filter) {
    const words = { ready: "Nothing is ready to watch yet.", processing: "Nothing is in progress.", error: "Nothing has failed. Good." }[filter];
    return h("div", { class: "notice" }, h("p", { class: "notice__text" }, words ?? "Nothing here."), h("a", { class: "button", href: "#/" }, "Show all videos"));
  }
  return h(
    "div",
    { class: "notice notice--roomy" },
    h("img", { class: "notice__art", src: "logo.svg", alt: "", width: "72", height: "72" }),
    h("h2", { class: "notice__title" }, "No videos yet"),
    h("p", { class: "notice__text" }, "Drop a video anywhere on this page, choose one, or paste a link to one. It stays private until you decide otherwise."),
    h("button", { type: "button", class: "button button--primary", on: { click: pick } }, icon("upload"), "Choose a video"),
  );
}
