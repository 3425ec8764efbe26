/** The communities that a person has come past. The API lists none, so this browser remembers them. */

/** @typedef {import("./types.js").Community} Community */

const MOST = 8;

export class KnownCommunities {
  #key;

  /** @param {string} owner the user's id */
  constructor(owner) {
    this.#key = `sluice.communities.${owner}`;
  }

  /** @returns {Community[]} the latest first */
  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.id === "string" && typeof one.name === "string") : [];
    } catch {
      return []; // not ours, or broken: it fills again
    }
  }

  /** @param {Community} community */
  learn({ id, name }) {
    const others = this.all().filter((one) => one.id !== id);
    localStorage.setItem(this.#key, JSON.stringify([{ id, name }, ...others].slice(0, MOST)));
  }

  /** @param {string} id of one that does not exist any more */
  forget(id) {
    localStorage.setItem(this.#key, JSON.stringify(this.all().filter((one) => one.id !== id)));
  }
}
