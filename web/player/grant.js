/** Permission to play, minted for this viewer, and renewed before it ends. */

import { ApiError, isAbort } from "../core/errors.js";

/** @typedef {{token: string, playbackUrl: string, thumbnailUrl: string | null, storyboardUrl: string | null, expiresAt: string, viewToken?: string}} Grant */

const RETRY_MS = 20_000;
const LEAST_MS = 5000;

/**
 * When to renew: with a tenth of the lifetime left, at least a minute before the end.
 * @param {number} expiresAtMs @param {number} nowMs
 */
export function renewAfter(expiresAtMs, nowMs) {
  const left = expiresAtMs - nowMs;
  return Math.max(LEAST_MS, left - Math.max(60_000, left / 10));
}

export class GrantKeeper {
  #mint;
  #onRenew;
  #stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /**
   * @param {(signal: AbortSignal) => Promise<Grant>} mint
   * @param {(grant: Grant) => Promise<void>} onRenew
   */
  constructor(mint, onRenew) {
    this.#mint = mint;
    this.#onRenew = onRenew;
  }

  /** @returns {Promise<Grant>} the first one */
  async open() {
    const grant = await this.#mint(this.#stop.signal);
    this.#schedule(renewAfter(Date.parse(grant.expiresAt), Date.now()));
    return grant;
  }

  /** Now, because an address was refused: the laptop may have slept through the renewal. */
  async renew() {
    clearTimeout(this.#timer);
    const grant = await this.#mint(this.#stop.signal);
    await this.#onRenew(grant);
    this.#schedule(renewAfter(Date.parse(grant.expiresAt), Date.now()));
  }

  close() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  /** @param {number} ms */
  #schedule(ms) {
    if (this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tryRenew(), ms);
  }

  async #tryRenew() {
    try {
      await this.renew();
    } catch (error) {
      // No longer allowed: what is buffered plays on, and the stream says so when it ends.
      const refused = error instanceof ApiError && !error.retryable;
      if (!isAbort(error) && !refused) this.#schedule(RETRY_MS);
    }
  }
}
