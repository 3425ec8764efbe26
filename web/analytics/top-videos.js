/** The videos that are watched most. */

import { h } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { analyticsHash } from "../core/router.js";
import { formatWatched } from "./figures.js";

/** @typedef {{videoId: string, title: string, totalViews: number, totalPlayTime: number}} Top */

export class TopVideos {
  #body = h("tbody");
  element = h(
    "section",
    { class: "chart top", "aria-labelledby": "top-heading" },
    h("h2", { id: "top-heading", class: "chart__title" }, "Watched most"),
    h("table", { class: "table" }, h("thead", {}, h("tr", {}, ...["Video", "Views", "Time watched"].map((name) => h("th", { scope: "col" }, name)))), this.#body),
  );

  /** @param {Top[]} top */
  show(top) {
    this.element.hidden = top.length === 0;
    this.#body.replaceChildren(...top.map(({ videoId, title, totalViews, totalPlayTime }) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: analyticsHash(videoId), dir: "auto" }, title || "Untitled video")), h("td", {}, formatNumber(totalViews)), h("td", {}, formatWatched(totalPlayTime)))));
  }
}
