/** Protocol `tus` (Cloudflare): resumable by itself. Each try asks the storage how far it got, and goes on from there. */

import { ApiError } from "../core/errors.js";
import { standing } from "./standing.js";
import { STALL_MS, withRetries } from "./transfer.js";

/** Where the upload is held by a connection that is long gone, or has moved on without us. */
const MAY_PASS = [409, 423];

/** @type {import("./protocols.js").Protocol} */
export const tus = {
  resumable: true,
  async send(job) {
    const Upload = await library();
    let accepted = 0;
    let before = 0;
    await withRetries(
      async (previous) => {
        if ((job.resumed || previous) && (await standing(job)) === null) return;
        before = accepted;
        await job.lanes.run(() => sendRest(Upload, job, (bytes) => (accepted = bytes)), job.signal);
      },
      { signal: job.signal, onWait: job.onWait, mayRetry: (error) => MAY_PASS.includes(error.status), progressed: () => accepted > before },
    );
  },
};

/** Only people who need it load it. @returns {Promise<any>} tus-js-client's class */
async function library() {
  await import("../vendor/tus-js-client-4.3.1/tus.min.js"); // as a module it still makes a global
  return /** @type {any} */ (globalThis).tus.Upload;
}

/**
 * @param {any} Upload @param {import("./protocols.js").Job} job
 * @param {(bytes: number) => void} onAccepted the storage has so many bytes for good
 * @returns {Promise<void>}
 */
function sendRest(Upload, { file, ticket, signal, onProgress }, onAccepted) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    /** @param {() => void} settle */
    const end = (settle) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      settle();
    };
    /** @param {unknown} reason */
    const stop = (reason) => (void upload.abort(), end(() => reject(reason)));
    const onAbort = () => stop(signal.reason);
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop(new ApiError({ status: 0, code: "network" })), STALL_MS);
    };
    const upload = new Upload(file, {
      uploadUrl: ticket.uploadUrl,
      chunkSize: ticket.partSize,
      // The library says its version of the protocol itself; said twice it would be another one.
      headers: Object.fromEntries(Object.entries(ticket.headers).filter(([name]) => name.toLowerCase() !== "tus-resumable")),
      retryDelays: null, // ours wait for the line to come back, and show it
      storeFingerprintForResuming: false, // its record would hold the address
      onProgress: (/** @type {number} */ bytes) => (moved(), onProgress(bytes)),
      onChunkComplete: (/** @type {number} */ _size, /** @type {number} */ bytes) => onAccepted(bytes),
      onSuccess: () => end(resolve),
      onError: (/** @type {unknown} */ error) => end(() => reject(failureOf(error))),
    });
    signal.addEventListener("abort", onAbort, { once: true });
    moved();
    upload.start();
  });
}

/** @param {any} error tus-js-client's, with the answer if there was one */
function failureOf(error) {
  const status = error?.originalResponse?.getStatus() ?? 0;
  if (!status) return new ApiError({ status: 0, code: navigator.onLine ? "network" : "offline" });
  if ([403, 404, 410].includes(status)) return new ApiError({ status: 404, code: "upload_gone" });
  return new ApiError({ status, code: status >= 500 ? `http_${status}` : "storage_refused" });
}
