/** Chips that choose a status, each with its count. They are links: a filter has an address and goes back. */

import { h, setText } from "../core/dom.js";
import { galleryHash } from "../core/router.js";

/** @type {{status: string, label: string, count: keyof import("../core/types.js").Counts}[]} */
const FILTERS = [
  { status: "", label: "All", count: "totalCount" },
  { status: "ready", label: "Ready", count: "readyCount" },
  { status: "processing", label: "In progress", count: "processingCount" },
  { status: "error", label: "Failed", count: "failedCount" },
];

export class Filters {
  #chips = FILTERS.map((filter) => {
    const count = h("span", { class: "chip__count" });
    const link = h("a", { class: "chip", href: galleryHash(filter.status) }, filter.label, " ", count);
    return { filter, count, link };
  });
  element = h("nav", { class: "filters", "aria-label": "Filter by status" }, h("ul", { class: "filters__list", role: "list" }, ...this.#chips.map((chip) => h("li", {}, chip.link))));

  /** @param {string} status */
  choose(status) {
    for (const { filter, link } of this.#chips) {
      if (filter.status === status) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** @param {import("../core/types.js").Counts} counts */
  show(counts) {
    for (const { filter, count } of this.#chips) setText(count, String(counts[filter.count]));
  }
}
