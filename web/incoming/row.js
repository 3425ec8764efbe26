/** One incoming video in the list: name, words, bar, buttons. */

import { h, icon, iconButton, setAttribute, setText, setVars } from "../core/dom.js";
import { watchHash } from "../core/router.js";
import { faceOf } from "./entry.js";

/** @typedef {import("./entry.js").Entry} Entry @typedef {import("../core/types.js").Video} Video */

export class IncomingRow {
  #entry;
  #name = h("p", { class: "upload__name", dir: "auto" });
  #words = h("p", { class: "upload__words" });
  #bar = h("div", { class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, h("span", { class: "bar__fill" }));
  #watch = h("a", { class: "button button--small" }, "Watch");
  #share;
  #cancel;
  #dismiss;
  #lastSpoken = "";
  element;

  /** @param {Entry} entry @param {{share: () => void, cancel: () => void, dismiss: () => void}} actions */
  constructor(entry, { share, cancel, dismiss }) {
    this.#entry = entry;
    this.#share = iconButton("key", `Share ${entry.label}`, share);
    this.#cancel = iconButton("close", `Cancel ${entry.label}`, cancel);
    this.#dismiss = iconButton("close", `Dismiss ${entry.label}`, dismiss);
    this.#bar.setAttribute("aria-label", entry.label);
    this.element = h(
      "li",
      { class: "upload" },
      h("span", { class: "upload__icon" }, icon(entry.kind === "import" ? "link" : "sparkle")),
      h("div", { class: "upload__main" }, h("div", { class: "upload__line" }, this.#name), this.#bar, this.#words),
      h("div", { class: "upload__buttons" }, this.#watch, this.#share, this.#cancel, this.#dismiss),
    );
  }

  /** @param {Video | undefined} video @returns {{settled: boolean, spoken: string}} `spoken`: what is new and worth saying aloud */
  update(video) {
    const face = faceOf(this.#entry, video);
    setText(this.#name, video?.title || this.#entry.label);
    setText(this.#words, face.words);
    this.element.dataset.tone = face.tone;
    this.#bar.hidden = face.fraction === null && !face.waiting;
    this.#bar.classList.toggle("bar--waiting", face.waiting);
    setAttribute(this.#bar, "aria-valuenow", face.waiting ? null : String(Math.round((face.fraction ?? 0) * 100)));
    setVars(this.#bar, { "--fraction": (face.fraction ?? 0).toFixed(4) });
    this.#showButtons(face.settled, video);
    const spoken = face.spoken === this.#lastSpoken ? "" : face.spoken;
    this.#lastSpoken = face.spoken;
    return { settled: face.settled, spoken };
  }

  /** @param {boolean} settled @param {Video | undefined} video */
  #showButtons(settled, video) {
    const hadFocus = this.element.contains(document.activeElement);
    this.#watch.hidden = video?.status !== "ready";
    this.#share.hidden = !video || video.status === "error";
    this.#cancel.hidden = settled || !video;
    this.#dismiss.hidden = !settled && (this.#entry.asking || this.#entry.videoId !== null);
    if (video) {
      setAttribute(this.#watch, "href", watchHash(video.videoId));
      setAttribute(this.#watch, "aria-label", `Watch ${video.title}`);
    }
    if (hadFocus && !this.element.contains(document.activeElement)) [this.#dismiss, this.#cancel].find((button) => !button.hidden)?.focus();
  }
}
