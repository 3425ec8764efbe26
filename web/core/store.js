/** The videos this page knows, newest first, and the counts. Fires `change` (the ids), `gone` and `counts`. */

/** @typedef {import("./types.js").Video} Video @typedef {import("./types.js").Counts} Counts */

const NO_COUNTS = { totalCount: 0, readyCount: 0, processingCount: 0, failedCount: 0 };

export class VideoStore extends EventTarget {
  /** @type {Map<string, Video>} */ #videos = new Map();
  /** @type {Counts} */ counts = NO_COUNTS;
  /** @type {Set<string>} ids deleted here, which a slow answer must not bring back */ #gone = new Set();

  /** @param {string} id */
  get(id) {
    return this.#videos.get(id);
  }

  /** @returns {Video[]} newest first: ids are time-ordered */
  all() {
    return [...this.#videos.values()].sort((a, b) => (a.videoId < b.videoId ? 1 : -1));
  }

  /** @param {Video[]} videos */
  put(...videos) {
    const kept = videos.filter((video) => !this.#gone.has(video.videoId));
    for (const video of kept) this.#videos.set(video.videoId, video);
    this.#changed(kept.map((video) => video.videoId));
  }

  /** @param {string} id @param {Partial<Video>} changes */
  patch(id, changes) {
    const video = this.#videos.get(id);
    if (!video) return;
    this.#videos.set(id, { ...video, ...changes });
    this.#changed([id]);
  }

  /** @param {string} id */
  remove(id) {
    this.#gone.add(id);
    if (!this.#videos.delete(id)) return;
    this.#changed([id]);
    this.dispatchEvent(new Event("gone"));
  }

  /** @param {Counts} counts */
  setCounts({ totalCount, readyCount, processingCount, failedCount }) {
    this.counts = { totalCount, readyCount, processingCount, failedCount };
    this.dispatchEvent(new Event("counts"));
  }

  clear() {
    this.#videos.clear();
    this.#gone.clear();
    this.counts = NO_COUNTS;
  }

  /** @param {string[]} ids */
  #changed(ids) {
    if (ids.length) this.dispatchEvent(new CustomEvent("change", { detail: ids }));
  }
}
