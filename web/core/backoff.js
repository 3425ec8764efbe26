/** How long to wait before trying again. Pure: chance is a parameter. */

/**
 * Full jitter over an exponential ceiling, so that many clients do not come back in step.
 * @param {number} attempt 0 for the first repetition
 * @param {() => number} [random] 0..1
 * @returns {number} milliseconds
 */
export function retryDelay(attempt, random = Math.random, { baseMs = 500, mostMs = 20_000 } = {}) {
  const ceiling = Math.min(mostMs, baseMs * 2 ** attempt);
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

/**
 * @param {number} quietPolls how many answers in a row brought nothing new
 * @returns {number} milliseconds: 1 s at first, growing to 5 s
 */
export function pollDelay(quietPolls) {
  return Math.min(5000, Math.round(1000 * 1.35 ** quietPolls));
}

/**
 * @param {string | null} header `Retry-After`, in seconds (the form this API sends) or as a date
 * @param {number} nowMs
 * @returns {number | null} milliseconds
 */
export function parseRetryAfter(header, nowMs) {
  if (!header) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/**
 * @param {number} ms
 * @param {AbortSignal} [signal] ends the wait early by rejecting with its reason
 * @returns {Promise<void>}
 */
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
