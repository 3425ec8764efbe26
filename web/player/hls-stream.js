/** hls.js behind the small interface of `stream.js`. */

import { qualityName } from "../core/format.js";
import { SignedUrls } from "./signed-urls.js";

/** First guess at the line, so that an ordinary one does not begin with the lowest rung. */
const FIRST_ESTIMATE_BPS = 3_000_000;
const MEDIA_RECOVERIES = 2;
/** Two, because a request that was under way during the first renewal may be refused after it. */
const MOST_RENEWALS = 2;

/** @implements {Stream} @typedef {import("./stream.js").Stream} Stream */
export class HlsStream {
  #Hls;
  #hls;
  #events;
  #urls = new SignedUrls();
  #stop = new AbortController();
  #recoveries = 0;
  /** Renewals since anything was loaded. */
  #renewals = 0;
  #renewing = false;

  /**
   * @param {any} Hls the library's class
   * @param {HTMLVideoElement} video @param {string} url @param {import("./stream.js").StreamEvents} events
   */
  constructor(Hls, video, url, events) {
    this.#Hls = Hls;
    this.#events = events;
    this.#hls = new Hls({
      // Ours and Cloudflare's segments are fMP4; Mux's MPEG-TS is light enough to repackage here, and no
      // worker has to be allowed in the CSP.
      enableWorker: false,
      capLevelToPlayerSize: true,
      abrEwmaDefaultEstimate: FIRST_ESTIMATE_BPS,
      maxBufferLength: 30,
      backBufferLength: 60,
      xhrSetup: (/** @type {XMLHttpRequest} */ xhr, /** @type {string} */ address) => {
        const newest = this.#urls.resolve(address);
        if (newest !== address) xhr.open("GET", newest, true);
      },
    });
    this.#hls.on(Hls.Events.MANIFEST_PARSED, events.onQualities);
    this.#hls.on(Hls.Events.LEVELS_UPDATED, events.onQualities);
    this.#hls.on(Hls.Events.LEVEL_SWITCHED, events.onQualities);
    this.#hls.on(Hls.Events.FRAG_LOADED, () => (this.#renewals = 0));
    this.#hls.on(Hls.Events.ERROR, (/** @type {string} */ _event, /** @type {any} */ data) => void this.#onError(data));
    this.#hls.loadSource(url);
    this.#hls.attachMedia(video);
  }

  /** @returns {import("./stream.js").Quality[]} */
  get qualities() {
    return this.#hls.levels
      .map((/** @type {any} */ level, /** @type {number} */ id) => ({ id, name: nameOf(level), bitrate: level.bitrate }))
      .sort((/** @type {any} */ a, /** @type {any} */ b) => b.bitrate - a.bitrate);
  }

  get chosen() {
    return this.#hls.autoLevelEnabled ? -1 : this.#hls.nextLevel;
  }

  get playing() {
    const level = this.#hls.levels[this.#hls.currentLevel];
    return level ? nameOf(level) : "";
  }

  /** @param {number} id -1 for automatic */
  choose(id) {
    this.#hls.nextLevel = id;
  }

  /** @param {string} url */
  async renew(url) {
    await this.#urls.renew(url, this.#stop.signal);
  }

  /** @param {any} data hls.js's error */
  async #onError(data) {
    const { ErrorTypes } = this.#Hls;
    // What fails to load during a renewal is asked for again afterwards.
    if (this.#renewing && data.type === ErrorTypes.NETWORK_ERROR) return;
    const refused = data.response?.code === 403 || data.response?.code === 401;
    if (refused) return this.#renewals < MOST_RENEWALS ? this.#renewAndGoOn() : this.#fail("playback_network");
    if (!data.fatal) return;
    if (data.type === ErrorTypes.MEDIA_ERROR && this.#recoveries < MEDIA_RECOVERIES) {
      this.#recoveries += 1;
      return this.#hls.recoverMediaError();
    }
    this.#fail(data.type === ErrorTypes.NETWORK_ERROR ? "playback_network" : "playback_media");
  }

  async #renewAndGoOn() {
    this.#renewing = true;
    this.#renewals += 1;
    this.#hls.stopLoad();
    try {
      await this.#events.onRefused();
      this.#hls.startLoad();
    } catch {
      this.#fail("playback_network"); // the new token was refused too, or did not arrive
    } finally {
      this.#renewing = false;
    }
  }

  /** @param {"playback_network" | "playback_media"} code */
  #fail(code) {
    if (this.#stop.signal.aborted) return;
    this.#hls.stopLoad();
    this.#events.onFailed(code);
  }

  close() {
    this.#stop.abort();
    this.#hls.destroy();
  }
}

/** The rung's own name, if its playlist carries it (`…/720p.m3u8`). @param {any} level */
function nameOf(level) {
  const rung = /\/(\d+p)\.m3u8$/.exec(new URL(level.url[0] ?? level.uri).pathname);
  return rung ? rung[1] : qualityName(level);
}
