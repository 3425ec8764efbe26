/** The seek bar: a native slider for keyboards and screen readers, under a bar we draw. */

import { h, setText, setVars } from "../core/dom.js";
import { formatClock, spokenDuration } from "../core/format.js";

export class SeekBar {
  #video;
  #storyboard;
  #dragging = false;
  #input = h("input", { class: "seek__input", type: "range", min: "0", max: "0", step: "any", value: "0", "aria-label": "Position" });
  #buffered = h("span", { class: "seek__buffered" });
  #time = h("span", { class: "seek__time" });
  #preview;
  element;

  /** @param {HTMLVideoElement} video @param {import("./storyboard.js").Storyboard} storyboard */
  constructor(video, storyboard) {
    this.#video = video;
    this.#storyboard = storyboard;
    this.#preview = h("div", { class: "seek__preview", hidden: true, "aria-hidden": "true" }, storyboard.element, this.#time);
    this.element = h("div", { class: "seek" }, h("div", { class: "seek__track" }, this.#buffered, h("span", { class: "seek__played" })), this.#input, this.#preview);
    this.#input.addEventListener("input", () => this.#seek());
    this.#input.addEventListener("change", () => (this.#dragging = false));
    this.element.addEventListener("pointermove", (event) => this.#hover(event));
    this.element.addEventListener("pointerleave", () => (this.#preview.hidden = true));
    for (const type of ["timeupdate", "durationchange", "seeking", "seeked"]) video.addEventListener(type, () => this.#show());
    for (const type of ["progress", "timeupdate"]) video.addEventListener(type, () => this.#showBuffered());
  }

  get #duration() {
    return Number.isFinite(this.#video.duration) ? this.#video.duration : 0;
  }

  #seek() {
    this.#dragging = true;
    this.#video.currentTime = Number(this.#input.value);
    this.#draw(Number(this.#input.value));
  }

  #show() {
    this.#input.max = String(this.#duration);
    if (!this.#dragging) this.#input.value = String(this.#video.currentTime);
    this.#draw(this.#dragging ? Number(this.#input.value) : this.#video.currentTime);
  }

  /** @param {number} time */
  #draw(time) {
    setVars(this.element, { "--played": String(this.#duration > 0 ? time / this.#duration : 0) });
    this.#input.setAttribute("aria-valuetext", `${spokenDuration(time)} of ${spokenDuration(this.#duration)}`);
  }

  #showBuffered() {
    const { buffered, currentTime } = this.#video;
    let end = 0;
    for (let i = 0; i < buffered.length; i += 1) if (buffered.start(i) <= currentTime + 0.1) end = Math.max(end, buffered.end(i));
    setVars(this.element, { "--buffered": String(this.#duration > 0 ? Math.min(1, end / this.#duration) : 0) });
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (this.#duration === 0 || event.pointerType === "touch") return;
    const box = this.element.getBoundingClientRect();
    const at = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    this.#preview.hidden = false;
    setText(this.#time, formatClock(at * this.#duration));
    this.#storyboard.show(at * this.#duration);
    const half = this.#preview.offsetWidth / 2;
    const left = Math.min(Math.max(at * box.width, half), box.width - half);
    setVars(this.#preview, { "--preview-left": `${left}px` });
  }
}
