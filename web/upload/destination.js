/** Where new uploads go: where the deployment puts them, or where this person wants them. Fires `change`. */

import { ApiError } from "../core/errors.js";

const KEY = "sluice.provider";
const OFFER = "sluice.providers";

/** @typedef {{provider: string | null, providers: string[]}} Offer */

export class Destination extends EventTarget {
  /**
   * What the deployment offered last time stands here until it has answered: nearly always it is the same,
   * and nothing on the page moves.
   * @type {Offer | null}
   */
  #offer = remembered();
  #learnt = false;

  /** Asks what the deployment offers. @param {import("../core/api.js").Api} api */
  async learn(api) {
    try {
      const { provider, providers } = await api.health();
      this.#offer = { provider, providers: Array.isArray(providers) ? providers : [] };
      this.#learnt = true;
      localStorage.setItem(OFFER, JSON.stringify(this.#offer));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#offer ??= { provider: null, providers: [] }; // nothing is chosen then, and the deployment's own is used
    }
    this.dispatchEvent(new Event("change"));
  }

  /** Those that can be chosen; null: nobody knows yet. */
  get providers() {
    return this.#offer?.providers ?? null;
  }

  /** @returns {string | null} what the field shows */
  get shown() {
    const kept = localStorage.getItem(KEY);
    return kept !== null && this.#offer?.providers.includes(kept) ? kept : (this.#offer?.provider ?? null);
  }

  /** @returns {string | null} null: let the deployment decide */
  get chosen() {
    return this.#learnt ? this.shown : null;
  }

  /** @param {string} provider */
  choose(provider) {
    localStorage.setItem(KEY, provider);
    this.dispatchEvent(new Event("change"));
  }
}

/** @returns {Offer | null} */
function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(OFFER) ?? "null");
    return Array.isArray(kept?.providers) ? kept : null;
  } catch {
    return null; // not ours, or broken: the answer writes it anew
  }
}
