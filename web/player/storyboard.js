/** The picture above the seek bar. Loaded when it is first wanted, never in the way of the video. */

import { h, setVars } from "../core/dom.js";
import { parseStoryboard, tileAt } from "./vtt.js";

const SHOWN_WIDTH = 176;

export class Storyboard {
  #url;
  /** @type {import("./vtt.js").Tile[]} */ #tiles = [];
  /** @type {Promise<void> | null} */ #loading = null;
  #time = 0;
  #image = h("img", { class: "frame__sprite", alt: "" });
  element = h("div", { class: "frame", hidden: true }, this.#image);

  /** @param {string | null} url of the WebVTT file */
  constructor(url) {
    this.#url = url;
  }

  /** @param {string | null} url with a newer signature: used if nothing was loaded yet */
  renew(url) {
    this.#url = url;
  }

  /** @param {number} time seconds */
  show(time) {
    this.#time = time;
    this.#loading ??= this.#load();
    const tile = tileAt(this.#tiles, time);
    this.element.hidden = !tile;
    if (!tile) return;
    if (this.#image.src !== tile.url) this.#image.src = tile.url;
    const px = (/** @type {number} */ n) => `${n}px`;
    setVars(this.element, {
      "--frame-x": px(-tile.x),
      "--frame-y": px(-tile.y),
      "--frame-width": px(tile.width),
      "--frame-height": px(tile.height),
      "--frame-scale": String(SHOWN_WIDTH / Math.max(tile.width, tile.height)),
    });
  }

  async #load() {
    if (!this.#url) return;
    try {
      const answer = await fetch(this.#url);
      if (!answer.ok) return;
      this.#tiles = parseStoryboard(await answer.text(), this.#url);
      this.show(this.#time);
    } catch {
      this.#loading = null; // a convenience: the next hover tries again
    }
  }
}
