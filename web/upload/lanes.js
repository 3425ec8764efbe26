/** At most so many transfers at once, over all files: browsers open six connections to a host. Pure. */

export class Lanes {
  #free;
  /** @type {(() => void)[]} */ #waiting = [];

  /** @param {number} count */
  constructor(count) {
    this.#free = count;
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @param {AbortSignal} signal an aborted wait gives its place up
   * @returns {Promise<T>}
   */
  async run(work, signal) {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** @param {AbortSignal} signal @returns {Promise<void>} */
  #enter(signal) {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((other) => other !== turn);
        reject(signal.reason);
      };
      this.#waiting.push(turn);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leave() {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
