/**
 * Keys of shared videos. The server keeps only their hashes, so a key is known here from the moment it was
 * made until the tab is closed, and never written down.
 */

export class ShareKeys {
  #api;
  /** @type {Map<string, string>} */ #known = new Map();

  /** @param {import("../core/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @param {string} videoId @returns {string | undefined} */
  get(videoId) {
    return this.#known.get(videoId);
  }

  /** @param {string} videoId @param {string} key */
  learn(videoId, key) {
    this.#known.set(videoId, key);
  }

  /** A new key; an older one stops working at once. @param {string} videoId @returns {Promise<string>} */
  async make(videoId) {
    // Repeated after a lost answer it makes another key, and the last one made is the one that works.
    const { secretKey } = await this.#api.send("POST", pathOf(videoId), { repeatable: true });
    this.#known.set(videoId, secretKey);
    return secretKey;
  }

  /** No key opens the video any more. @param {string} videoId */
  async revoke(videoId) {
    await this.#api.send("DELETE", pathOf(videoId), { repeatable: true });
    this.#known.delete(videoId);
  }
}

/** @param {string} videoId */
function pathOf(videoId) {
  return `/api/videos/${encodeURIComponent(videoId)}/secret-key`;
}
