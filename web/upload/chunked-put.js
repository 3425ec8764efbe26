/** Protocol `chunked-put` (Mux): pieces with `Content-Range`. How far the storage got is taken from its own answers. */

import { ApiError } from "../core/errors.js";
import { offsetAfter, pieceRange } from "./plan.js";
import { standing } from "./standing.js";
import { transfer, withRetries } from "./transfer.js";

/** As much as a broken line costs, where the ticket does not say. */
const PIECE_BYTES = 8 * 2 ** 20;

/** "Go on": some of the file has arrived, and not all of it. */
const INCOMPLETE = 308;

/** @type {import("./protocols.js").Protocol} */
export const chunkedPut = {
  resumable: true,
  async send(job) {
    let offset = job.resumed ? await arrived(job) : 0;
    while (offset < job.file.size) {
      job.onProgress(offset);
      offset = await sendPiece(job, offset);
    }
  },
};

/** Asks the API, which asks the storage. @param {import("./protocols.js").Job} job @returns {Promise<number>} bytes */
async function arrived(job) {
  const state = await standing(job);
  // Where nobody can tell, the beginning is sent again: the answer says what was there already.
  return state === null ? job.file.size : (state.offset ?? 0);
}

/** @param {import("./protocols.js").Job} job @param {number} offset @returns {Promise<number>} where to go on */
function sendPiece(job, offset) {
  const { file } = job;
  return withRetries(
    async (previous) => {
      const at = previous ? await arrived(job) : offset;
      if (at >= file.size) return file.size;
      const { end, header } = pieceRange(at, file.size, job.ticket.partSize ?? PIECE_BYTES);
      const { uploadUrl, method, headers } = job.ticket;
      const answer = await job.lanes.run(
        () =>
          transfer({
            method,
            url: uploadUrl,
            headers: { ...headers, "Content-Range": header },
            body: file.slice(at, end),
            signal: job.signal,
            onProgress: (bytes) => job.onProgress(Math.min(end, at + bytes)),
            accepts: (status) => status === INCOMPLETE,
            gone: [403, 404, 410],
          }),
        job.signal,
      );
      if (answer.status !== INCOMPLETE) return file.size;
      // No Range means that nothing is kept, or that this page may not read it.
      const next = offsetAfter(answer.header("Range")) ?? (await arrived(job));
      // Sending the same piece for ever would help nobody: it is tried a few times, with pauses.
      if (next <= at) throw new ApiError({ status: 0, code: "storage_behind" });
      return next;
    },
    { signal: job.signal, onWait: job.onWait, mayRetry: (error) => error.code === "storage_behind" },
  );
}
