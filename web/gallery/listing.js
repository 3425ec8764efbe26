/** Which videos the gallery shows: pages of the list, and what was uploaded here since. */

/** @typedef {import("../core/types.js").Video} Video */

const COUNTS_AFTER_MS = 400;

/** "In progress" is two states of the API, so it is two lists read side by side. @type {Record<string, string[]>} */
const STATUSES = { "": [""], ready: ["ready"], processing: ["processing", "uploading"], error: ["error"] };

/** One list of the API, read page by page. */
class Pages {
  /** @type {string | null} */ cursor = null;
  complete = false;
  /** The oldest id read: ids sort by time, so whatever is newer belongs into view. */
  #oldest = "";

  /** @param {string} status "" for all */
  constructor(status) {
    this.status = status;
  }

  /** @param {{videos: Video[], nextCursor: string | null}} page */
  advance({ videos, nextCursor }) {
    this.cursor = nextCursor;
    this.complete = nextCursor === null;
    this.#oldest = videos.at(-1)?.videoId ?? this.#oldest;
  }

  get begun() {
    return this.complete || this.#oldest !== "";
  }

  /** @param {Video} video */
  reaches(video) {
    if (this.status && this.status !== video.status) return false;
    return this.complete || (this.#oldest !== "" && video.videoId >= this.#oldest);
  }
}

export class Listing {
  #api;
  #store;
  /** @type {Pages[]} */ #lists = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {import("../core/api.js").Api} api @param {import("../core/store.js").VideoStore} store */
  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  /** @param {string} filter */
  start(filter) {
    this.#lists = (STATUSES[filter] ?? [""]).map((status) => new Pages(status));
  }

  get hasMore() {
    return this.#lists.some((list) => list.cursor !== null);
  }

  /** @param {Video} video */
  shows(video) {
    return this.#lists.some((list) => list.reaches(video));
  }

  /** Reads the newest page; further pages that are shown stay. @param {AbortSignal} signal */
  async loadFirst(signal) {
    const pages = await Promise.all(this.#lists.map(({ status }) => this.#api.list({ status }, signal)));
    pages.forEach((page, at) => this.#lists[at].begun || this.#lists[at].advance(page));
    this.#take(pages);
  }

  /** @returns {Promise<string[]>} ids of the videos that came, newest first */
  async loadMore() {
    const open = this.#lists.filter((list) => list.cursor !== null);
    const pages = await Promise.all(open.map(({ status, cursor }) => this.#api.list({ status, cursor })));
    pages.forEach((page, at) => open[at].advance(page));
    this.#take(pages);
    return pages.flatMap((page) => page.videos.map((/** @type {Video} */ video) => video.videoId)).sort().reverse();
  }

  /** @param {any[]} pages */
  #take(pages) {
    this.#store.setCounts(pages[0]);
    this.#store.put(...pages.flatMap((page) => page.videos));
  }

  /** The counts are exact on the server only; several changes at once ask once. */
  refreshCountsSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#api.list({ limit: 1 }).then(
        (page) => this.#store.setCounts(page),
        () => {}, // the next list brings them
      );
    }, COUNTS_AFTER_MS);
  }
}
