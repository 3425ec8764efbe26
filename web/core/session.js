/** Who is signed in. Fires `change` when that changes. */

import { readClaims } from "./claims.js";

/**
 * The token lives in sessionStorage: it belongs to one tab, so that two people can be signed in side
 * by side, and it is gone when the tab is closed. localStorage would share and keep it.
 */
const KEY = "sluice.token";

/** Longest delay a browser's timer takes (2^31 - 1 ms). */
const LONGEST_TIMER_MS = 2_147_483_647;

export class Session extends EventTarget {
  /** @type {string | null} */ token = null;
  /** @type {import("./claims.js").Claims | null} */ claims = null;
  /** Why nobody is signed in, as a sentence, or "". */
  notice = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  restore() {
    const kept = sessionStorage.getItem(KEY);
    if (kept) this.signIn(kept);
  }

  /** @param {string} token @returns {boolean} false if it is no token, or one that has expired */
  signIn(token) {
    const claims = readClaims(token);
    if (!claims) {
      this.#end("That is not a sign-in token. A token has three parts separated by dots.");
      return false;
    }
    const remaining = (claims.expiresAtMs ?? Infinity) - Date.now();
    if (remaining <= 0) {
      this.#end("This sign-in has expired. Sign in again.");
      return false;
    }
    clearTimeout(this.#timer);
    if (remaining < LONGEST_TIMER_MS) this.#timer = setTimeout(() => this.expire(), remaining);
    sessionStorage.setItem(KEY, token);
    Object.assign(this, { token, claims, notice: "" });
    this.dispatchEvent(new Event("change"));
    return true;
  }

  signOut() {
    this.#end("");
  }

  /** The server no longer takes the token, or its time is over. */
  expire() {
    if (this.token) this.#end("Your session has ended. Sign in again to go on.");
  }

  /** @param {string} notice */
  #end(notice) {
    clearTimeout(this.#timer);
    sessionStorage.removeItem(KEY);
    Object.assign(this, { token: null, claims: null, notice });
    this.dispatchEvent(new Event("change"));
  }
}
