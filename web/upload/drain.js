/** Works through a queue, one at a time at first and more at once while that goes quickly. Pure: the clock is a parameter. */

/**
 * @template T
 * @param {T[]} queue emptied
 * @param {(item: T) => Promise<void>} work
 * @param {{most: number, quickMs: number, onFailure: () => void, now?: () => number}} limits
 *   another worker joins after each item that took less than `quickMs`; `onFailure` should stop the others
 * @returns {Promise<void>} rejects with the first failure, once every worker has ended
 */
export async function drain(queue, work, { most, quickMs, onFailure, now = () => performance.now() }) {
  /** @type {Promise<void>[]} */
  const workers = [];
  /** @type {unknown[]} */
  const failures = [];

  async function takeTurns() {
    for (let item = queue.shift(); item !== undefined && failures.length === 0; item = queue.shift()) {
      const began = now();
      await work(item);
      if (queue.length > 0 && workers.length < most && now() - began < quickMs) start();
    }
  }

  function start() {
    workers.push(
      takeTurns().catch((error) => {
        failures.push(error);
        onFailure();
      }),
    );
  }

  start();
  for (let at = 0; at < workers.length; at += 1) await workers[at]; // a worker starts others before it ends
  if (failures.length > 0) throw failures[0];
}
