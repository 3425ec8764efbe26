/** Where new uploads go: where the deployment puts them, or where this person wants them. Fires `change`. */

import { ApiError } from "../core/errors.js";

const KEY = "sluice.provider";

export class Destination extends EventTarget {
  /** @type {string[]} those that can be chosen */ providers = [];
  /** @type {string | null} */ #usual = null;

  /** Asks what the deployment offers. @param {import("../core/api.js").Api} api */
  async learn(api) {
    try {
      const { provider, providers } = await api.health();
      this.providers = Array.isArray(providers) ? providers : [];
      this.#usual = provider;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.providers = []; // nothing is chosen then, and the deployment's own is used
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @returns {string | null} null: let the deployment decide */
  get chosen() {
    const kept = localStorage.getItem(KEY);
    return kept !== null && this.providers.includes(kept) ? kept : this.#usual;
  }

  /** @param {string} provider */
  choose(provider) {
    localStorage.setItem(KEY, provider);
    this.dispatchEvent(new Event("change"));
  }
}
