/** Asks where an upload stands, before it is taken up again. */

import { ApiError } from "../core/errors.js";

/**
 * Takes the newest address and headers into the job's ticket.
 * @param {import("./protocols.js").Job} job
 * @returns {Promise<{partSize?: number, offset?: number | null, uploaded?: import("./plan.js").UploadedPart[]} | null>}
 *   null: the storage has the whole file already, and only the answer to the last attempt was lost
 */
export async function standing(job) {
  try {
    const state = await job.api.uploadState(job.videoId, job.signal);
    job.ticket.uploadUrl = state.uploadUrl ?? job.ticket.uploadUrl;
    job.ticket.headers = state.upload?.headers ?? job.ticket.headers;
    job.ticket.fields = state.upload?.fields ?? job.ticket.fields;
    return state;
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_uploading") return null;
    throw error;
  }
}
