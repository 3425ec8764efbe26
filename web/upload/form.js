/** Protocol `form` (Cloudflare): the whole file in one form, to an address that works once. A half-sent one is lost. */

import { ApiError } from "../core/errors.js";
import { standing } from "./standing.js";
import { transfer, withRetries } from "./transfer.js";

/** Cloudflare's word for "this is not a video", said as soon as it has looked. */
const NOT_A_VIDEO = 10059;

/** @type {import("./protocols.js").Protocol} */
export const form = {
  resumable: false,
  async send(job) {
    await withRetries(
      async (previous) => {
        // The file may have got through without the answer.
        if ((job.resumed || previous) && (await standing(job)) === null) return;
        const { uploadUrl, method, headers } = job.ticket;
        await job.lanes.run(
          () =>
            transfer({
              method,
              url: uploadUrl,
              headers,
              body: bodyOf(job),
              signal: job.signal,
              onProgress: (bytes) => job.onProgress(Math.min(bytes, job.file.size)), // the form's own words are more
              explain: refusalOf,
            }),
          job.signal,
        );
      },
      { signal: job.signal, onWait: job.onWait },
    );
  },
};

/** @param {import("./protocols.js").Job} job */
function bodyOf({ file, ticket }) {
  const body = new FormData();
  for (const [name, value] of Object.entries(ticket.fields ?? {})) body.append(name, value);
  body.append("file", file); // last: some readers stop at the first file
  return body;
}

/** @param {number} status @param {string} text */
function refusalOf(status, text) {
  if (status >= 500 || status === 408 || status === 429) return null;
  if (codesIn(text).includes(NOT_A_VIDEO)) return new ApiError({ status: 0, code: "file_not_video" });
  // Used up or expired: only another upload has another address.
  return new ApiError({ status: 404, code: "upload_gone" });
}

/** @param {string} text @returns {unknown[]} */
function codesIn(text) {
  try {
    const { errors } = JSON.parse(text);
    return Array.isArray(errors) ? errors.map((one) => one?.code) : [];
  } catch {
    return []; // a page of some gateway: the status says enough
  }
}
