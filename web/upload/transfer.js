/** One request that carries bytes, with progress. XMLHttpRequest, because fetch cannot report upload progress. */

import { retryDelay, sleep } from "../core/backoff.js";
import { ApiError } from "../core/errors.js";

/** A connection on which nothing moves for so long is given up and tried again. */
export const STALL_MS = 60_000;
const ATTEMPTS = 7;

/** Browsers set these themselves and refuse to let a page do it. */
const FORBIDDEN = new Set(["content-length", "host", "connection"]);

/**
 * @typedef {Object} Request
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {Blob | FormData} body
 * @property {AbortSignal} signal
 * @property {(bytes: number) => void} onProgress
 * @property {(status: number) => boolean} [accepts] answers that are none of the usual successes, and no failures
 * @property {number[]} [gone] answers that say that there is no such upload any more
 * @property {(status: number, text: string) => ApiError | null} [explain] what a refusal means; null: the usual
 */

/**
 * @param {Request} request
 * @returns {Promise<{status: number, header: (name: string) => string | null}>}
 */
export function transfer({ method, url, headers, body, signal, onProgress, accepts = () => false, gone = [], explain = () => null }) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const xhr = new XMLHttpRequest();
    let stalled = false;
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(() => ((stalled = true), xhr.abort()), STALL_MS);
    };
    const onAbort = () => xhr.abort();
    const lost = () => reject(new ApiError({ status: 0, code: navigator.onLine ? "network" : "offline" }));
    xhr.upload.onprogress = (event) => (moved(), onProgress(event.loaded));
    xhr.onload = () => {
      if ((xhr.status >= 200 && xhr.status < 300) || accepts(xhr.status)) resolve(answerOf(xhr));
      else reject(explain(xhr.status, xhr.responseText) ?? refusal(xhr.status, gone));
    };
    xhr.onerror = lost;
    xhr.onabort = () => (stalled ? lost() : reject(signal.reason));
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      if (!FORBIDDEN.has(name.toLowerCase())) xhr.setRequestHeader(name, value);
    }
    moved();
    xhr.send(body);
  });
}

/** @param {XMLHttpRequest} xhr */
function answerOf(xhr) {
  return { status: xhr.status, header: (/** @type {string} */ name) => xhr.getResponseHeader(name) };
}

/** @param {number} status @param {number[]} gone */
function refusal(status, gone) {
  if (gone.includes(status)) return new ApiError({ status: 404, code: "upload_gone" });
  return new ApiError({ status, code: status >= 500 ? `http_${status}` : "storage_refused" });
}

/**
 * Repeats `work` while it may help.
 * @template T
 * @param {(previous: ApiError | null) => Promise<T>} work
 * @param {{signal: AbortSignal, onWait: (error: ApiError | null) => void, mayRetry?: (error: ApiError) => boolean,
 *   progressed?: () => boolean}} options
 *   `onWait` is called before a wait, and with null when it is over; after progress the tries are counted anew
 * @returns {Promise<T>}
 */
export async function withRetries(work, { signal, onWait, mayRetry = () => false, progressed = () => false }) {
  /** @type {ApiError | null} */
  let previous = null;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work(previous);
    } catch (error) {
      if (progressed()) attempt = 0;
      if (!(error instanceof ApiError) || attempt + 1 >= ATTEMPTS) throw error;
      const worth = error.retryable || error.status >= 500 || error.status === 408 || mayRetry(error);
      if (!worth) throw error;
      previous = error;
      onWait(error);
      await sleep(error.retryAfterMs ?? retryDelay(attempt), signal);
      await online(signal);
      onWait(null);
    }
  }
}

/** Resolves when the browser believes to be online. @param {AbortSignal} signal @returns {Promise<void>} */
function online(signal) {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve, reject) => {
    window.addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
