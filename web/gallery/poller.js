/**
 * Asks how videos that are not finished are doing: every second at first, then every five; while changes are
 * pushed only now and then, which also has the server ask a provider that forgot to tell it.
 */

import { pollDelay } from "../core/backoff.js";
import { ApiError, isAbort } from "../core/errors.js";

/** A page in the background asks seldom; browsers slow its timers anyway. */
const HIDDEN_MS = 15_000;
/** Playable, and further qualities are still being added: no hurry. */
const GROWING_MS = 5000;
const RESTING_MS = 30_000;
const AT_ONCE = 4;

/** @typedef {import("../core/types.js").Video} Video */

/** @param {Video} video */
export function isUnfinished(video) {
  if (video.status === "ready") return video.progress !== null && video.progress < 100;
  return video.status === "processing" || video.status === "uploading";
}

/** @param {Video | undefined} a @param {Video} b */
function sameStanding(a, b) {
  return a?.status === b.status && a?.progress === b.progress && a?.thumbnailUrl === b.thumbnailUrl;
}

export class StatusPoller {
  #api;
  #store;
  #isUploadingHere;
  /** @type {Map<string, {due: number, quiet: number}>} */ #watched = new Map();
  /** @type {Set<string>} */ #asking = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #resting = false;
  #stop = new AbortController();

  /**
   * @param {import("../core/api.js").Api} api
   * @param {import("../core/store.js").VideoStore} store
   * @param {(id: string) => boolean} isUploadingHere this tab knows better than the server how that one is doing
   */
  constructor(api, store, isUploadingHere) {
    this.#api = api;
    this.#store = store;
    this.#isUploadingHere = isUploadingHere;
    store.addEventListener("change", () => this.#scan(), { signal: this.#stop.signal });
    document.addEventListener("visibilitychange", () => this.#hurry(), { signal: this.#stop.signal });
  }

  close() {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#watched.clear();
  }

  /** Something just happened to it: ask soon. @param {string} id */
  nudge(id) {
    if (this.#resting) return; // it will be told
    this.#watched.set(id, { due: performance.now() + 700, quiet: 0 });
    this.#schedule();
  }

  /** Changes are pushed from now on, or no longer. @param {boolean} resting */
  rest(resting) {
    this.#resting = resting;
    this.#hurry(); // what happened in between was told to nobody
  }

  #scan() {
    const unfinished = new Set();
    for (const video of this.#store.all()) {
      if (!isUnfinished(video)) continue;
      unfinished.add(video.videoId);
      if (!this.#watched.has(video.videoId)) this.#watched.set(video.videoId, { due: performance.now() + this.#patience(pollDelay(0)), quiet: 0 });
    }
    for (const id of this.#watched.keys()) if (!unfinished.has(id)) this.#watched.delete(id);
    this.#schedule();
  }

  #hurry() {
    if (document.hidden) return;
    for (const entry of this.#watched.values()) Object.assign(entry, { due: performance.now(), quiet: 0 });
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.#watched.size === 0 || this.#stop.signal.aborted) return;
    const soonest = Math.min(...[...this.#watched.values()].map((entry) => entry.due));
    this.#timer = setTimeout(() => this.#round(), Math.max(50, soonest - performance.now()));
  }

  #round() {
    const now = performance.now();
    for (const [id, entry] of this.#watched) {
      if (this.#asking.size >= AT_ONCE) break;
      if (entry.due > now || this.#asking.has(id)) continue;
      if (this.#isUploadingHere(id)) entry.due = now + pollDelay(0);
      else void this.#ask(id, entry);
    }
    this.#schedule();
  }

  /** @param {string} id @param {{due: number, quiet: number}} entry */
  async #ask(id, entry) {
    this.#asking.add(id);
    entry.due = performance.now() + HIDDEN_MS; // until the answer sets it
    try {
      await this.#refresh(id, entry);
    } catch (error) {
      if (isAbort(error)) return;
      if (error instanceof ApiError && error.status === 404) this.#store.remove(id);
      else entry.quiet += 1; // the next round asks again; a list full of error messages helps nobody
    } finally {
      this.#asking.delete(id);
      const before = this.#store.get(id);
      const wait = before?.status === "ready" ? GROWING_MS : pollDelay(entry.quiet);
      entry.due = performance.now() + this.#patience(wait);
      this.#schedule();
    }
  }

  /** @param {number} wait */
  #patience(wait) {
    if (this.#resting) return RESTING_MS;
    return document.hidden ? HIDDEN_MS : wait;
  }

  /** @param {string} id @param {{due: number, quiet: number}} entry */
  async #refresh(id, entry) {
    const before = this.#store.get(id);
    const status = await this.#api.status(id, this.#stop.signal);
    const turned = before?.status !== status.status || before?.progress !== status.progress;
    entry.quiet = turned ? 0 : entry.quiet + 1;
    if (!turned && before?.thumbnailUrl) return;
    // The whole video is only read when it has come to a new state; in between the short answer does.
    const whole = before?.status !== status.status || status.progress === 100;
    const video = whole ? await this.#api.get(id, this.#stop.signal) : { ...before, progress: status.progress, thumbnailUrl: before?.thumbnailUrl ?? status.thumbnailUrl };
    if (!sameStanding(before, /** @type {Video} */ (video))) this.#store.put(/** @type {Video} */ (video));
    if (before?.status !== status.status) this.#store.dispatchEvent(new Event("turned"));
  }
}
