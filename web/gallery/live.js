/** The page's videos as they are on the server: by what is pushed, and by asking while nothing is. */

/** @typedef {import("../core/types.js").Video} Video */

export class LiveVideos {
  #realtime;
  #store;
  #poller;
  /** @type {Map<string, number>} how new what was last heard of a video is */ #versions = new Map();

  /**
   * @param {import("../core/realtime.js").Realtime} realtime
   * @param {import("../core/store.js").VideoStore} store
   * @param {{rest: (resting: boolean) => void}} poller
   */
  constructor(realtime, store, poller) {
    this.#realtime = realtime;
    this.#store = store;
    this.#poller = poller;
    realtime.addEventListener("live", (event) => this.#poller.rest(/** @type {CustomEvent<boolean>} */ (event).detail));
    realtime.addEventListener("message", (event) => this.#take(/** @type {CustomEvent} */ (event).detail));
  }

  close() {
    this.#realtime.close();
  }

  /** @param {{type: string, videoId: string, video: Video, progress: number | null, version: number}} message */
  #take({ type, videoId, video, progress, version }) {
    if (type === "video.deleted") this.#store.remove(videoId);
    else if (type === "video.progress" && this.#isNews(videoId, version)) this.#store.patch(videoId, { progress });
    else if (type === "video.updated" && this.#isNews(video.videoId, version)) this.#put(video);
  }

  /** @param {Video} video */
  #put(video) {
    const before = this.#store.get(video.videoId);
    this.#store.put(video);
    if (before?.status !== video.status) this.#store.dispatchEvent(new Event("turned"));
  }

  /** Messages may overtake each other. @param {string} id @param {number} version */
  #isNews(id, version) {
    if (version <= (this.#versions.get(id) ?? 0)) return false;
    this.#versions.set(id, version);
    return true;
  }
}
