/** Protocol `multipart`: parts in parallel where the line is quick, signed in batches; none that arrived is sent again. */

import { ApiError } from "../core/errors.js";
import { drain } from "./drain.js";
import { completionList, partRange, splitParts } from "./plan.js";
import { standing } from "./standing.js";
import { transfer, withRetries } from "./transfer.js";

const MOST_WORKERS = 4;

/**
 * A part that took longer shows a slow line: more parts at once would not be faster there, and whatever
 * is under way is lost when the page is closed.
 */
const QUICK_PART_MS = 8000;

/** Few enough that the last URL of a batch is used before it expires, even on a slow line. */
const BATCH = 24;

/** @type {import("./protocols.js").Protocol} */
export const multipart = {
  resumable: true,
  async send(job) {
    const state = job.resumed ? await standing(job) : { partSize: job.ticket.partSize, uploaded: [] };
    if (state === null) return;
    const partSize = state.partSize ?? job.ticket.partSize;
    if (!partSize) throw new ApiError({ status: 0, code: "unsupported_protocol" });
    const { done, missing, doneBytes } = splitParts(job.file.size, partSize, state.uploaded ?? []);
    await sendParts(job, partSize, done, missing, doneBytes);
    await complete(job, done);
  },
};

/**
 * @param {import("./protocols.js").Job} job @param {number} partSize @param {Map<number, string>} etags filled as parts arrive
 * @param {number[]} missing @param {number} doneBytes
 */
async function sendParts(job, partSize, etags, missing, doneBytes) {
  const signer = new PartSigner(job, missing);
  /** @type {Map<number, number>} */
  const inFlight = new Map();
  let stored = doneBytes;
  const report = () => job.onProgress(stored + [...inFlight.values()].reduce((sum, bytes) => sum + bytes, 0));
  // One failed part stops its siblings; the signal of the job stops them all from outside.
  const stop = new AbortController();
  const signal = AbortSignal.any([job.signal, stop.signal]);

  /** @param {number} number */
  const sendOne = (number) =>
    withRetries(
      (previous) => {
        if (previous?.status === 403) signer.forget(number);
        return job.lanes.run(async () => {
          const { start, end } = partRange(number, job.file.size, partSize);
          const answer = await transfer({
            method: "PUT",
            url: await signer.url(number, signal),
            headers: {},
            body: job.file.slice(start, end),
            signal,
            onProgress: (bytes) => (inFlight.set(number, bytes), report()),
          });
          etags.set(number, answer.header("ETag") ?? "");
          inFlight.delete(number);
          stored += end - start;
          report();
        }, signal);
      },
      { signal, onWait: job.onWait, mayRetry: (error) => error.status === 403 },
    );

  report();
  await drain([...missing], sendOne, { most: MOST_WORKERS, quickMs: QUICK_PART_MS, onFailure: () => stop.abort() });
}

/** @param {import("./protocols.js").Job} job @param {Map<number, string>} etags */
async function complete(job, etags) {
  if ([...etags.values()].includes("")) {
    // The bucket's CORS rules do not show ETags to this page: the API knows them too.
    for (const part of (await job.api.uploadState(job.videoId, job.signal)).uploaded) etags.set(part.partNumber, part.etag);
  }
  await withRetries(
    async (previous) => {
      try {
        await job.api.completeUpload(job.videoId, completionList(etags), job.signal);
      } catch (error) {
        // The first call got through and only its answer was lost.
        if (previous && error instanceof ApiError && error.code === "not_uploading") return;
        throw error;
      }
    },
    { signal: job.signal, onWait: job.onWait },
  );
}

/** Signs ahead in batches; several workers that need the same batch share one request. */
class PartSigner {
  #job;
  #wanted;
  /** @type {Map<number, string>} */ #urls;
  /** @type {Promise<void> | null} */ #running = null;

  /** @param {import("./protocols.js").Job} job @param {number[]} wanted part numbers in the order they will be sent */
  constructor(job, wanted) {
    this.#job = job;
    this.#wanted = wanted;
    this.#urls = new Map((job.resumed ? [] : (job.ticket.parts ?? [])).map((part) => [part.partNumber, part.uploadUrl]));
  }

  /** @param {number} number */
  forget(number) {
    this.#urls.delete(number);
  }

  /** @param {number} number @param {AbortSignal} signal @returns {Promise<string>} */
  async url(number, signal) {
    while (!this.#urls.has(number)) {
      this.#running ??= this.#sign(number, signal).finally(() => (this.#running = null));
      await this.#running;
    }
    return /** @type {string} */ (this.#urls.get(number));
  }

  /** @param {number} number @param {AbortSignal} signal */
  async #sign(number, signal) {
    const next = this.#wanted.slice(this.#wanted.indexOf(number)).filter((n) => !this.#urls.has(n)).slice(0, BATCH);
    const { parts } = await this.#job.api.signParts(this.#job.videoId, next, signal);
    for (const part of parts) this.#urls.set(part.partNumber, part.uploadUrl);
    if (!this.#urls.has(number)) throw new ApiError({ status: 0, code: "storage_refused" });
  }
}
