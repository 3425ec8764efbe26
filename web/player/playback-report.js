/** Tells the API how playback went: beacons, a few at a time, and the last ones when the page is left. */

import { SessionFigures } from "./session-figures.js";

const FIRST_AFTER_MS = 2000;
const EVERY_MS = 10_000;
/** A tab that is killed loses no more than this of what was watched. */
const PULSE_MS = 15_000;
/** Far below what a browser takes for a page that is being left (64 KiB), and what the API takes in one go. */
const MOST_KEPT = 100;

export class PlaybackReport {
  #url;
  #about;
  #sessionId = crypto.randomUUID();
  #figures = new SessionFigures(performance.now());
  /** @type {HTMLVideoElement | null} */ #video = null;
  /** @type {object[]} */ #queue = [];
  #stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #pulse;
  /** Playing was asked for, and no picture has moved since. */
  #resuming = false;
  #ended = false;

  /** @param {import("../core/api.js").Api} api @param {{videoId: string, userId: string | null}} about */
  constructor(api, { videoId, userId }) {
    this.#url = api.address("/api/analytics/events");
    this.#about = { sessionId: this.#sessionId, videoId, ...(userId ? { userId } : {}) };
  }

  /** Permission that says that this is a real view, if the server gives one. @param {string | undefined} viewToken */
  vouch(viewToken) {
    if (viewToken) Object.assign(this.#about, { viewToken });
  }

  /** @param {HTMLVideoElement} video */
  follow(video) {
    this.#video = video;
    const { signal } = this.#stop;
    const on = (/** @type {string} */ type, /** @type {() => void} */ run) => video.addEventListener(type, run, { signal });
    on("loadedmetadata", () => this.#note("loadedmetadata"));
    on("play", () => (this.wanted(), (this.#resuming = true)));
    on("playing", () => this.#onPlaying());
    on("waiting", () => !video.seeking && this.#figures.stalled(performance.now()) && this.#note("buffering_start"));
    on("pause", () => this.#onPause(video));
    on("ended", () => (this.#figures.stopped(performance.now()), this.#note("ended")));
    on("seeked", () => (this.#figures.sought(), this.#note("seeked")));
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave("heartbeat"), { signal });
    window.addEventListener("pagehide", () => this.#leave("session_end"), { signal });
    this.#pulse = setInterval(() => !video.paused && this.#note("heartbeat"), PULSE_MS);
    this.#note("session_start");
  }

  /** A view begins with the first picture, not with the wish: who gives up waiting has not seen anything. */
  #onPlaying() {
    const stalled = this.#figures.playing(performance.now());
    if (this.#resuming) this.#note("play");
    else if (stalled) this.#note("buffering_end");
    this.#resuming = false;
  }

  /** @param {HTMLVideoElement} video */
  #onPause(video) {
    this.#figures.stopped(performance.now());
    if (!video.ended && !this.#resuming) this.#note("pause");
    this.#resuming = false;
  }

  /** Somebody wants to see it: the time until the first picture counts from here. */
  wanted() {
    this.#figures.wanted(performance.now());
  }

  /** @param {string} code */
  failed(code) {
    this.#figures.stopped(performance.now());
    this.#note("error", { code });
  }

  close() {
    if (this.#ended || !this.#video) return;
    this.#figures.stopped(performance.now());
    this.#leave("session_end");
    this.#ended = true;
    this.#stop.abort();
    clearTimeout(this.#timer);
    clearInterval(this.#pulse);
  }

  /** @param {string} eventType @param {object} [more] */
  #note(eventType, more = {}) {
    const video = this.#video;
    const place = video ? { currentTime: Number(video.currentTime.toFixed(2)), ...(Number.isFinite(video.duration) ? { duration: Number(video.duration.toFixed(2)) } : {}) } : {};
    this.#queue.push({ eventType, ...this.#about, timestamp: Date.now(), data: { ...this.#figures.totals(performance.now()), ...place, ...more } });
    this.#queue.splice(0, this.#queue.length - MOST_KEPT);
    this.#timer ??= setTimeout(() => void this.#send(), this.#queue.length > 1 || eventType !== "session_start" ? EVERY_MS : FIRST_AFTER_MS);
  }

  async #send() {
    this.#timer = undefined;
    const batch = this.#queue.splice(0);
    if (!batch.length) return;
    try {
      const answer = await fetch(this.#url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(batch), keepalive: true });
      if (answer.status === 429 || answer.status >= 500) this.#queue.unshift(...batch); // with the next ones
    } catch {
      this.#queue.unshift(...batch); // the line is cut: with the next ones, or when the page is left
    }
  }

  /** The page may not run again: what is known goes out in a way that outlives it. @param {string} eventType */
  #leave(eventType) {
    if (this.#ended) return;
    this.#note(eventType);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#queue.splice(0);
    if (!navigator.sendBeacon?.(this.#url, JSON.stringify(batch))) this.#queue.unshift(...batch);
  }
}
