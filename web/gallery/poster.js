/** A video's picture, with a calm surface where there is none yet. */

import { h, icon } from "../core/dom.js";
import { objectOf } from "../core/signatures.js";

/** Asking for a fresh signature more often than this would be a loop over a picture that is really gone. */
const REFRESH_MS = 60_000;

export class Poster {
  #blank = h("span", { class: "poster__blank" }, icon("film"));
  #image = h("img", { class: "poster__image", alt: "", loading: "lazy", decoding: "async", hidden: true });
  #refreshed = 0;
  #url = "";
  element = h("span", { class: "poster" }, this.#blank, this.#image);

  /** @param {() => void} refresh called when the signed URL no longer works */
  constructor(refresh) {
    this.#image.addEventListener("load", () => {
      this.#blank.hidden = true;
      this.#image.dataset.loaded = "";
    });
    this.#image.addEventListener("error", () => {
      this.#hide();
      if (Date.now() - this.#refreshed < REFRESH_MS) return;
      this.#refreshed = Date.now();
      refresh();
    });
  }

  /** @param {string | null} url */
  show(url) {
    if (!url) return this.#hide();
    // A new signature for the same picture must not make it load again while it is shown.
    const samePicture = this.#blank.hidden && objectOf(url) === objectOf(this.#url);
    if (url === this.#url || samePicture) return;
    this.#url = url;
    this.#image.hidden = false; // lazy loading waits for elements that are laid out
    this.#image.src = url;
  }

  #hide() {
    this.#image.hidden = true;
    delete this.#image.dataset.loaded;
    this.#blank.hidden = false;
  }
}
