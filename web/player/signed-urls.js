/**
 * Signed addresses that outlive a playlist. A media playlist is read once, but the addresses in it expire:
 * after a new token the playlists are read again, and every later request for the same object takes the
 * newest signature. The picture never stops for it.
 */

import { objectOf } from "../core/signatures.js";

/** @param {string} text an HLS playlist @param {string} baseUrl @returns {string[]} every address in it, absolute */
export function playlistAddresses(text, baseUrl) {
  /** @type {string[]} */
  const found = [];
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed && !trimmed.startsWith("#")) found.push(trimmed);
    for (const match of trimmed.startsWith("#EXT") ? trimmed.matchAll(/URI="([^"]+)"/g) : []) found.push(match[1]);
  }
  return found.filter((address) => URL.canParse(address, baseUrl)).map((address) => new URL(address, baseUrl).href);
}

export class SignedUrls {
  /** @type {Map<string, string>} */ #newest = new Map();

  /** @param {string[]} urls */
  learn(urls) {
    for (const url of urls) this.#newest.set(objectOf(url), url);
  }

  /** @param {string} url @returns {string} the same object with the newest signature known */
  resolve(url) {
    return this.#newest.get(objectOf(url)) ?? url;
  }

  /**
   * Reads the playlists again under a new token.
   * @param {string} multivariantUrl
   * @param {AbortSignal} signal
   */
  async renew(multivariantUrl, signal) {
    const children = playlistAddresses(await read(multivariantUrl, signal), multivariantUrl);
    const playlists = children.filter((url) => objectOf(url).endsWith(".m3u8"));
    const texts = await Promise.all(playlists.map(async (url) => playlistAddresses(await read(url, signal), url)));
    this.learn([multivariantUrl, ...children, ...texts.flat()]);
  }
}

/** @param {string} url @param {AbortSignal} signal */
async function read(url, signal) {
  const answer = await fetch(url, { signal, cache: "no-store" });
  if (!answer.ok) throw new Error(`A playlist answered ${answer.status}.`);
  return answer.text();
}
