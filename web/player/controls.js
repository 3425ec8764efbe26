/** Buttons and menus under the picture. They show the video's state; the video itself is the only truth. */

import { h, icon, iconButton, setText } from "../core/dom.js";
import { formatClock } from "../core/format.js";
import { attachMenu } from "../ui/menu.js";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

/**
 * @typedef {Object} ControlActions
 * @property {() => void} toggle
 * @property {() => void} mute
 * @property {() => void} fullscreen
 * @property {() => void} help
 * @property {(rate: number) => void} speed
 * @property {() => import("./stream.js").Stream | null} stream
 * @property {() => HTMLElement} container
 * @property {(open: boolean) => void} onMenu
 */

export class Controls {
  #video;
  #actions;
  #play;
  #mute;
  #full;
  #volume = h("input", { class: "volume", type: "range", min: "0", max: "1", step: "0.05", "aria-label": "Volume" });
  #time = h("span", { class: "controls__time" });
  #speed = h("button", { type: "button", class: "controls__text" });
  #quality = h("button", { type: "button", class: "controls__text", hidden: true });
  element;

  /** @param {HTMLVideoElement} video @param {HTMLElement} seek @param {ControlActions} actions */
  constructor(video, seek, actions) {
    this.#video = video;
    this.#actions = actions;
    this.#play = iconButton("play", "Play", actions.toggle);
    this.#mute = iconButton("volume", "Mute", actions.mute);
    this.#full = iconButton("fullscreen", "Full screen", actions.fullscreen);
    const pip = iconButton("pip", "Picture in picture", () => void this.#pictureInPicture(), { class: "icon-button controls__wide" });
    pip.hidden = !document.pictureInPictureEnabled;
    const help = iconButton("keyboard", "Keyboard shortcuts", actions.help, { class: "icon-button controls__wide" });
    this.element = h(
      "div",
      { class: "controls" },
      seek,
      h("div", { class: "controls__row" }, this.#play, h("div", { class: "controls__volume" }, this.#mute, this.#volume), this.#time, h("span", { class: "controls__space" }), this.#speed, this.#quality, help, pip, this.#full),
    );
    const menu = { container: actions.container, onToggle: actions.onMenu };
    attachMenu(this.#speed, () => this.#speeds(), { label: "Playback speed", ...menu });
    attachMenu(this.#quality, () => this.#qualities(), { label: "Quality", ...menu });
    this.#volume.addEventListener("input", () => Object.assign(video, { volume: Number(this.#volume.value), muted: false }));
    for (const type of ["play", "pause", "ended"]) video.addEventListener(type, () => this.#showPlay());
    for (const type of ["timeupdate", "durationchange"]) video.addEventListener(type, () => this.#showTime());
    video.addEventListener("volumechange", () => this.#showVolume());
    video.addEventListener("ratechange", () => this.#showSpeed());
    this.#showPlay();
    this.#showTime();
    this.#showVolume();
    this.#showSpeed();
  }

  focus() {
    this.#play.focus({ preventScroll: true });
  }

  showQualities() {
    const stream = this.#actions.stream();
    this.#quality.hidden = !stream || stream.qualities.length === 0;
    if (!stream) return;
    const fixed = stream.qualities.find((quality) => quality.id === stream.chosen);
    const words = fixed ? fixed.name : stream.playing ? `Auto · ${stream.playing}` : "Auto";
    setText(this.#quality, words);
    this.#quality.setAttribute("aria-label", `Quality: ${words}`);
  }

  /** @returns {import("../ui/menu.js").MenuItem[]} */
  #qualities() {
    const stream = this.#actions.stream();
    if (!stream) return [];
    const choose = (/** @type {number} */ id) => {
      stream.choose(id);
      this.showQualities();
    };
    return [
      { label: "Auto", checked: stream.chosen === -1, run: () => choose(-1) },
      ...stream.qualities.map(({ id, name }) => ({ label: name, checked: stream.chosen === id, run: () => choose(id) })),
    ];
  }

  /** @returns {import("../ui/menu.js").MenuItem[]} */
  #speeds() {
    return SPEEDS.map((rate) => ({ label: rate === 1 ? "Normal" : `${rate}×`, checked: this.#video.playbackRate === rate, run: () => this.#actions.speed(rate) }));
  }

  /** @param {HTMLButtonElement} button @param {keyof typeof import("../core/icons.js").ICONS} name @param {string} label */
  #face(button, name, label) {
    if (button.getAttribute("aria-label") === label) return;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(name));
  }

  #showPlay() {
    if (this.#video.ended) this.#face(this.#play, "replay", "Play again");
    else if (this.#video.paused) this.#face(this.#play, "play", "Play");
    else this.#face(this.#play, "pause", "Pause");
  }

  #showTime() {
    const duration = Number.isFinite(this.#video.duration) ? this.#video.duration : 0;
    setText(this.#time, `${formatClock(this.#video.currentTime)} / ${formatClock(duration)}`);
  }

  #showVolume() {
    const silent = this.#video.muted || this.#video.volume === 0;
    this.#face(this.#mute, silent ? "mute" : "volume", silent ? "Unmute" : "Mute");
    this.#volume.value = String(silent ? 0 : this.#video.volume);
    this.#volume.setAttribute("aria-valuetext", silent ? "Muted" : `${Math.round(this.#video.volume * 100)} %`);
    this.#volume.style.setProperty("--level", this.#volume.value);
  }

  #showSpeed() {
    setText(this.#speed, `${this.#video.playbackRate}×`);
    this.#speed.setAttribute("aria-label", `Speed: ${this.#video.playbackRate}×`);
  }

  showFullscreen() {
    const on = document.fullscreenElement !== null;
    this.#face(this.#full, on ? "windowed" : "fullscreen", on ? "Leave full screen" : "Full screen");
  }

  async #pictureInPicture() {
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await this.#video.requestPictureInPicture();
    } catch {
      // The browser or the person said no; the video goes on where it is.
    }
  }
}
