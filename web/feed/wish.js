/**
 * A switch that shows at once what somebody wishes, and in the end what the server says. One request at a
 * time: the last wish wins, and a refusal brings back what was so before. Pure.
 */

export class Wish {
  #known;
  #wanted;
  #send;
  #onChange;
  #onRefused;
  #busy = false;

  /**
   * @param {boolean} known what the server last said
   * @param {(wanted: boolean) => Promise<void>} send
   * @param {{onChange: () => void, onRefused: (error: unknown) => void}} events
   */
  constructor(known, send, { onChange, onRefused }) {
    this.#known = known;
    this.#wanted = known;
    this.#send = send;
    this.#onChange = onChange;
    this.#onRefused = onRefused;
  }

  /** What is shown. */
  get value() {
    return this.#wanted;
  }

  /** How much a count that the server gave is off: one up, one down, or right. */
  get ahead() {
    return Number(this.#wanted) - Number(this.#known);
  }

  async toggle() {
    this.#wanted = !this.#wanted;
    this.#onChange();
    if (this.#busy) return; // the request under way is followed by another, if it is still needed
    this.#busy = true;
    try {
      while (this.#wanted !== this.#known) {
        const wanted = this.#wanted;
        await this.#send(wanted);
        this.#known = wanted;
      }
    } catch (error) {
      this.#wanted = this.#known;
      this.#onRefused(error);
    } finally {
      this.#busy = false;
      this.#onChange();
    }
  }
}
