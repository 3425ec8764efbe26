/** The figures that are single numbers. */

import { h, setText } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { formatSeconds, formatShare, formatWatched } from "./figures.js";

/** @typedef {import("./view.js").Figures} Figures */

/** @type {{label: string, value: (figures: Figures) => string, note: (figures: Figures) => string}[]} */
const TILES = [
  { label: "Views", value: (a) => formatNumber(a.totalViews), note: (a) => `${formatNumber(a.uniqueViewers)} different ${a.uniqueViewers === 1 ? "viewer" : "viewers"}` },
  { label: "Time watched", value: (a) => formatWatched(a.totalPlayTime), note: (a) => (a.totalViews ? `${formatWatched(a.totalPlayTime / a.totalViews)} per view` : "") },
  { label: "Watched to the end", value: (a) => formatShare(a.totalViews ? a.completionRate : null), note: () => "of all views" },
  { label: "Left before it began", value: (a) => formatNumber(a.exitBeforeStart), note: () => "opened, and never played" },
  { label: "Time to start", value: (a) => formatSeconds(a.startupTime?.p50), note: (a) => (typeof a.startupTime?.p95 === "number" ? `${formatSeconds(a.startupTime.p95)} for the slowest 5 %` : "half of the views, at most") },
  { label: "Standing still", value: (a) => formatShare(a.totalViews ? a.avgBufferingRatio : null), note: () => "of the time, waiting for data" },
  { label: "Stalls per view", value: (a) => (a.totalViews ? String(Number(a.avgRebufferCount.toFixed(2))) : "–"), note: () => "interruptions" },
  { label: "Errors", value: (a) => formatNumber(a.errors), note: () => "that viewers met" },
];

export class Tiles {
  #tiles = TILES.map((tile) => ({ tile, value: h("dd", { class: "tile__value" }, "–"), note: h("dd", { class: "tile__note" }) }));
  element = h("dl", { class: "tiles" }, ...this.#tiles.map(({ tile, value, note }) => h("div", { class: "tile" }, h("dt", {}, tile.label), value, note)));

  /** @param {Figures} figures */
  show(figures) {
    for (const { tile, value, note } of this.#tiles) {
      setText(value, tile.value(figures));
      setText(note, tile.note(figures));
    }
  }
}
