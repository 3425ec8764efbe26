/**
 * What one playback session has been like so far: how long it played, how often it stood still. Pure: the
 * moments are parameters. All times are milliseconds, as the beacons want them.
 */

export class SessionFigures {
  #begunAt;
  /** @type {number | null} */ #wantedAt = null;
  /** @type {number | null} */ #startupTime = null;
  /** @type {number | null} since when the picture moves */ #playingSince = null;
  /** @type {number | null} */ #stalledSince = null;
  #played = 0;
  #stalled = 0;
  #stalls = 0;
  #seeks = 0;

  /** @param {number} at */
  constructor(at) {
    this.#begunAt = at;
  }

  /** Somebody wants it to play: the wait for the first picture begins. @param {number} at */
  wanted(at) {
    this.#wantedAt ??= at;
  }

  /** The picture moves. @param {number} at @returns {boolean} whether a stall has ended with it */
  playing(at) {
    const stalled = this.#stalledSince !== null;
    if (this.#stalledSince !== null) this.#stalled += at - this.#stalledSince;
    this.#stalledSince = null;
    this.#playingSince ??= at;
    if (this.#startupTime === null && this.#wantedAt !== null) this.#startupTime = at - this.#wantedAt;
    return stalled;
  }

  /** Nothing left to show in the middle of playing. @param {number} at @returns {boolean} false: it had not begun, or stood still already */
  stalled(at) {
    if (this.#playingSince === null) return false;
    this.#stop(at);
    this.#stalledSince = at;
    this.#stalls += 1;
    return true;
  }

  /** Paused, ended or failed. @param {number} at */
  stopped(at) {
    this.#stop(at);
    if (this.#stalledSince !== null) this.#stalled += at - this.#stalledSince;
    this.#stalledSince = null;
  }

  sought() {
    this.#seeks += 1;
  }

  /** @param {number} at */
  #stop(at) {
    if (this.#playingSince !== null) this.#played += at - this.#playingSince;
    this.#playingSince = null;
  }

  /** The running totals, with what is going on right now. @param {number} at */
  totals(at) {
    const totalPlayTime = Math.round(this.#played + (this.#playingSince === null ? 0 : at - this.#playingSince));
    const totalBufferTime = Math.round(this.#stalled + (this.#stalledSince === null ? 0 : at - this.#stalledSince));
    const all = totalPlayTime + totalBufferTime;
    return {
      totalPlayTime,
      totalBufferTime,
      bufferingRatio: all > 0 ? Number((totalBufferTime / all).toFixed(4)) : 0,
      rebufferCount: this.#stalls,
      seekCount: this.#seeks,
      sessionDuration: Math.round(at - this.#begunAt),
      ...(this.#startupTime === null ? {} : { startupTime: Math.round(this.#startupTime) }),
    };
  }
}
