/** Speed of a transfer over its last seconds. Pure: time is a parameter. */

const WINDOW_MS = 8000;
const LEAST_SPAN_MS = 1000;

export class RateMeter {
  /** @type {{at: number, bytes: number}[]} */ #samples = [];

  /** @param {number} nowMs @param {number} bytes sent so far in all; less than before means it began again */
  add(nowMs, bytes) {
    const last = this.#samples.at(-1);
    if (last && bytes < last.bytes) this.#samples = [];
    this.#samples.push({ at: nowMs, bytes });
    while (this.#samples.length > 2 && nowMs - this.#samples[0].at > WINDOW_MS) this.#samples.shift();
  }

  /** After a pause the old samples would count the pause as slowness. */
  reset() {
    this.#samples = [];
  }

  /** @returns {number | null} bytes per second; null until there is enough to say */
  rate() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < LEAST_SPAN_MS) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  /** @param {number} total bytes @returns {number | null} seconds */
  remaining(total) {
    const rate = this.rate();
    const last = this.#samples.at(-1);
    return rate && last ? (total - last.bytes) / rate : null;
  }
}
