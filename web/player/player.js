/** The player: picture, stream, controls, keyboard. */

import { h, icon } from "../core/dom.js";
import { ApiError, isAbort, sentence } from "../core/errors.js";
import { Controls, SPEEDS } from "./controls.js";
import { GrantKeeper } from "./grant.js";
import { showShortcuts } from "./help.js";
import { commandFor } from "./keys.js";
import { SeekBar } from "./seekbar.js";
import { Storyboard } from "./storyboard.js";
import { openStream } from "./stream.js";
import { keepVolume, restoreVolume } from "./volume.js";

const IDLE_MS = 2600;

/** A taller box than this would push everything else off the screen. */
const NARROWEST = 0.8;

export class Player {
  #video = h("video", { class: "player__video", playsinline: true, preload: "metadata", tabIndex: -1 });
  #storyboard = new Storyboard(null);
  /** @type {import("./stream.js").Stream | null} */ #stream = null;
  #grants;
  #report;
  #controls;
  #big = h("button", { type: "button", class: "player__big", "aria-label": "Play", on: { click: () => this.#toggle() } }, icon("play"));
  #message = h("div", { class: "player__message", role: "alert", hidden: true });
  #menuOpen = false;
  #closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #idle;
  element;

  /**
   * @param {{title: string, poster: string | null, ratio: number | null,
   *   mint: (signal: AbortSignal) => Promise<import("./grant.js").Grant>, report: import("./playback-report.js").PlaybackReport}} options
   *   `ratio` is width ÷ height where it is known beforehand, so that the page has its shape from the start
   */
  constructor({ title, poster, ratio, mint, report }) {
    this.#report = report;
    if (poster) this.#video.poster = poster;
    this.#video.setAttribute("aria-label", title);
    this.#grants = new GrantKeeper(mint, async (grant) => {
      this.#storyboard.renew(grant.storyboardUrl);
      await this.#stream?.renew(grant.playbackUrl);
    });
    this.#controls = new Controls(this.#video, new SeekBar(this.#video, this.#storyboard).element, {
      toggle: () => this.#toggle(),
      mute: () => (this.#video.muted = !this.#video.muted),
      fullscreen: () => void this.#fullscreen(),
      help: () => showShortcuts(),
      speed: (rate) => (this.#video.playbackRate = rate),
      stream: () => this.#stream,
      container: () => this.element,
      onMenu: (open) => ((this.#menuOpen = open), this.#wake()),
    });
    this.element = h(
      "section",
      { class: "player", "aria-label": `Player: ${title}`, tabIndex: -1, "data-state": "loading", vars: { "--ratio": String(Math.max(NARROWEST, ratio ?? 16 / 9)) } },
      this.#video,
      h("div", { class: "player__spinner", "aria-hidden": "true" }),
      this.#big,
      this.#message,
      this.#controls.element,
    );
    this.#listen();
  }

  #listen() {
    const video = this.#video;
    restoreVolume(video);
    this.#report.follow(video);
    video.addEventListener("volumechange", () => keepVolume(video));
    video.addEventListener("click", () => this.#toggle());
    video.addEventListener("dblclick", () => void this.#fullscreen());
    /** @type {[string, string][]} */
    const states = [["play", "playing"], ["playing", "playing"], ["pause", "paused"], ["ended", "ended"], ["waiting", "waiting"], ["loadeddata", "ready"]];
    for (const [type, state] of states) video.addEventListener(type, () => this.#become(state));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    for (const type of ["pointermove", "pointerdown", "focusin", "keydown"]) this.element.addEventListener(type, () => this.#wake());
    this.element.addEventListener("pointerleave", () => this.#sleep());
    this.element.addEventListener("fullscreenchange", () => this.#controls.showFullscreen());
  }

  /** @param {{autoplay: boolean}} options */
  async open({ autoplay }) {
    this.#message.hidden = true;
    if (autoplay) this.#report.wanted();
    try {
      const grant = await this.#grants.open();
      if (this.#closed) return;
      this.#report.vouch(grant.viewToken);
      this.#storyboard.renew(grant.storyboardUrl);
      this.#stream = await openStream(this.#video, grant.playbackUrl, {
        onQualities: () => this.#controls.showQualities(),
        onRefused: () => this.#grants.renew(),
        onFailed: (code) => this.#fail(new ApiError({ status: 0, code })),
      });
      if (this.#closed) return this.#stream.close();
      if (autoplay) await this.#play();
    } catch (error) {
      if (!isAbort(error)) this.#fail(error);
    }
  }

  close() {
    this.#closed = true;
    this.#report.close();
    clearTimeout(this.#idle);
    this.#grants.close();
    this.#stream?.close();
    this.#stream = null;
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** @param {string} state */
  #become(state) {
    const quiet = state === "ready" && !this.#video.paused;
    this.element.dataset.state = quiet ? "playing" : state;
    this.#wake();
  }

  #toggle() {
    if (this.#video.paused) void this.#play();
    else this.#video.pause();
    this.element.focus({ preventScroll: true });
  }

  async #play() {
    try {
      await this.#video.play();
    } catch (error) {
      // Autoplay is not allowed here, or a pause came first: the big button stays.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.element.dataset.state = "failed";
    this.#report.failed(error instanceof ApiError ? error.code : "unexpected");
    const retry = h("button", { type: "button", class: "button button--primary", on: { click: () => this.#retry() } }, icon("replay"), "Try again");
    this.#message.replaceChildren(icon("alert"), h("p", {}, sentence(error)), retry);
    this.#message.hidden = false;
  }

  #retry() {
    const at = this.#video.currentTime;
    this.#stream?.close();
    this.#stream = null;
    this.element.dataset.state = "loading";
    this.#video.addEventListener("loadedmetadata", () => (this.#video.currentTime = at), { once: true });
    this.focus();
    void this.open({ autoplay: true });
  }

  async #fullscreen() {
    const video = /** @type {any} */ (this.#video);
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else if (this.element.requestFullscreen) await this.element.requestFullscreen();
      else video.webkitEnterFullscreen?.(); // iPhones give it to the video element only
    } catch {
      // Refused by the browser (in a frame, say); the page stays as it is.
    }
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const kind = target instanceof HTMLButtonElement ? "button" : target.classList.contains("volume") ? "volume" : "other";
    const command = commandFor(event, kind);
    if (!command) return;
    event.preventDefault();
    this.#obey(command);
  }

  /** @param {import("./keys.js").Command} command */
  #obey(command) {
    const video = this.#video;
    const duration = Number.isFinite(video.duration) ? video.duration : 0;
    const between = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most, Math.max(0, value));
    if (command.do === "toggle") this.#toggle();
    else if (command.do === "mute") video.muted = !video.muted;
    else if (command.do === "fullscreen") void this.#fullscreen();
    else if (command.do === "help") showShortcuts();
    else if (command.do === "seekBy") video.currentTime = between(video.currentTime + command.by, duration);
    else if (command.do === "seekTo") video.currentTime = duration * command.by;
    else if (command.do === "volumeBy") Object.assign(video, { muted: false, volume: between(video.volume + command.by, 1) });
    else if (command.do === "speedBy") video.playbackRate = SPEEDS[between(SPEEDS.indexOf(video.playbackRate) + command.by, SPEEDS.length - 1)];
  }

  /** Shows the controls, and hides them again while the video plays undisturbed. */
  #wake() {
    delete this.element.dataset.idle;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#sleep(), IDLE_MS);
  }

  #sleep() {
    const busy = this.#video.paused || this.#menuOpen || this.#controls.element.querySelector(":focus-visible");
    if (!busy) this.element.dataset.idle = "";
  }
}
