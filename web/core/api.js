/** The HTTP API, as functions. Every failure is an `ApiError`. */

import { parseRetryAfter, retryDelay, sleep } from "./backoff.js";
import { ApiError, errorFromAnswer, isAbort } from "./errors.js";

const TIMEOUT_MS = 30_000;
const LONGEST_WAIT_MS = 10_000;

/** @typedef {import("./types.js").Video} Video */

/** Nobody: what a page needs that is opened with a key instead of a sign-in. */
export const NOBODY = { token: null, expire: () => {} };

export class Api {
  #baseUrl;
  #session;
  #videoKey;

  /**
   * @param {string} baseUrl
   * @param {{token: string | null, expire: () => void}} session
   * @param {{videoKey?: string}} [options] the key of one shared video, sent along
   */
  constructor(baseUrl, session, { videoKey = "" } = {}) {
    this.#baseUrl = baseUrl.replace(/\/+$/, "");
    this.#session = session;
    this.#videoKey = videoKey;
  }

  /** Where a path is, for what is not asked through `send`. @param {string} path */
  address(path) {
    return this.#baseUrl + path;
  }

  /** @param {{status?: string, cursor?: string | null, limit?: number}} query @param {AbortSignal} [signal] */
  list({ status, cursor, limit = 24 }, signal) {
    const query = new URLSearchParams({ limit: String(limit) });
    if (status) query.set("status", status);
    if (cursor) query.set("cursor", cursor);
    return this.send("GET", `/api/videos?${query}`, { signal });
  }

  /** @returns {Promise<{provider: string | null, providers: string[]}>} */
  health() {
    return this.send("GET", "/api/health");
  }

  /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Video>} */
  get(id, signal) {
    return this.send("GET", this.#path(id), { signal });
  }

  /** @param {string} id @param {AbortSignal} [signal] */
  status(id, signal) {
    return this.send("GET", this.#path(id, "status"), { signal });
  }

  /** @param {string} id @param {{title?: string, visibility?: string}} changes @returns {Promise<Video>} */
  patch(id, changes) {
    return this.send("PATCH", this.#path(id), { body: changes });
  }

  /** @param {string} id */
  remove(id) {
    return this.send("DELETE", this.#path(id));
  }

  /** @param {string} id */
  download(id) {
    return this.send("GET", this.#path(id, "download"));
  }

  /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<{url: string, title: string}>} */
  url(id, signal) {
    return this.send("GET", this.#path(id, "url"), { signal });
  }

  /** @param {string} id @param {AbortSignal} [signal] */
  grant(id, signal) {
    // Minting changes nothing that anybody could see, so it may be repeated.
    return this.send("POST", this.#path(id, "token"), { body: {}, repeatable: true, signal });
  }

  /** @param {object} declared @param {string} idempotencyKey @param {AbortSignal} signal */
  createUpload(declared, idempotencyKey, signal) {
    return this.send("POST", "/api/videos/upload-url", { body: declared, idempotencyKey, signal });
  }

  /** @param {string} id @param {AbortSignal} [signal] */
  uploadState(id, signal) {
    return this.send("GET", this.#path(id, "upload"), { signal });
  }

  /** @param {string} id @param {number[]} partNumbers at most 100 @param {AbortSignal} signal */
  signParts(id, partNumbers, signal) {
    return this.send("POST", this.#path(id, "upload/parts"), { body: { partNumbers }, repeatable: true, signal });
  }

  /** @param {string} id @param {{partNumber: number, etag: string}[]} parts @param {AbortSignal} signal */
  completeUpload(id, parts, signal) {
    return this.send("POST", this.#path(id, "upload/complete"), { body: { parts }, signal });
  }

  /** @param {string} id */
  cancelUpload(id) {
    return this.send("DELETE", this.#path(id, "upload"));
  }

  /** @param {string} id */
  #path(id, rest = "") {
    return `/api/videos/${encodeURIComponent(id)}${rest && `/${rest}`}`;
  }

  /**
   * One call. What may be repeated without harm is tried three times.
   * @param {string} method
   * @param {string} path
   * @param {{body?: object, idempotencyKey?: string, repeatable?: boolean, signal?: AbortSignal}} [options]
   * @returns {Promise<any>}
   */
  async send(method, path, options = {}) {
    const repeatable = options.repeatable || options.idempotencyKey || method === "GET" || method === "PATCH";
    const attempts = repeatable ? 3 : 1;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#sendOnce(method, path, options);
      } catch (error) {
        if (!(error instanceof ApiError) || !error.retryable || attempt + 1 >= attempts) throw error;
        await sleep(Math.min(error.retryAfterMs ?? retryDelay(attempt), LONGEST_WAIT_MS), options.signal);
      }
    }
  }

  /** @param {string} method @param {string} path @param {{body?: object, idempotencyKey?: string, signal?: AbortSignal}} options */
  async #sendOnce(method, path, { body, idempotencyKey, signal }) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    const token = this.#session.token;
    if (token) headers.Authorization = `Bearer ${token}`;
    if (this.#videoKey) headers["X-Video-Key"] = this.#videoKey;
    if (body) headers["Content-Type"] = "application/json";
    if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let answer;
    let text;
    try {
      answer = await fetch(this.#baseUrl + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await answer.text();
    } catch (error) {
      if (signal?.aborted || isAbort(error)) throw error;
      if (timeout.aborted) throw new ApiError({ status: 0, code: "timeout" });
      throw new ApiError({ status: 0, code: navigator.onLine ? "network" : "offline" });
    }
    const parsed = parseJson(text);
    if (answer.ok) return parsed;
    // Only the token that was sent is refused: somebody may have signed in again meanwhile.
    if (answer.status === 401 && token && token === this.#session.token) this.#session.expire();
    throw errorFromAnswer(answer.status, parsed, parseRetryAfter(answer.headers.get("retry-after"), Date.now()));
  }
}

/** @param {string} text */
function parseJson(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // a gateway's HTML page: the status says enough
  }
}
