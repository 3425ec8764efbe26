/**
 * How bytes travel. One module a protocol, each with this interface; a new one is added to the table.
 *
 * @typedef {Object} Ticket what the API said about the upload
 * @property {string} protocol
 * @property {string} method
 * @property {string} uploadUrl
 * @property {Record<string, string>} headers to be sent exactly so
 * @property {number} [partSize] of `multipart`; of `chunked-put` and `tus` the advised size of a piece
 * @property {{partNumber: number, uploadUrl: string}[]} [parts]
 * @property {Record<string, string>} [fields] of `form`, before the file
 *
 * @typedef {Object} Job
 * @property {string} videoId
 * @property {Blob} file
 * @property {Ticket} ticket
 * @property {boolean} resumed something may have been sent before: ask the API first
 * @property {import("../core/api.js").Api} api
 * @property {import("./lanes.js").Lanes} lanes
 * @property {AbortSignal} signal pausing and cancelling
 * @property {(bytes: number) => void} onProgress bytes of the file that have been sent, in all
 * @property {(error: import("../core/errors.js").ApiError | null) => void} onWait waiting to try again; null: going on
 *
 * @typedef {Object} Protocol
 * @property {boolean} resumable whether what was sent stays sent
 * @property {(job: Job) => Promise<void>} send resolves when the storage has the whole file
 */

import { ApiError } from "../core/errors.js";
import { chunkedPut } from "./chunked-put.js";
import { form } from "./form.js";
import { multipart } from "./multipart.js";
import { put } from "./put.js";
import { tus } from "./tus.js";

/** @type {Record<string, Protocol>} */
const PROTOCOLS = { put, multipart, "chunked-put": chunkedPut, tus, form };

/** @param {string} name @returns {Protocol} */
export function protocolNamed(name) {
  const protocol = Object.hasOwn(PROTOCOLS, name) ? PROTOCOLS[name] : undefined;
  if (!protocol) throw new ApiError({ status: 0, code: "unsupported_protocol" });
  return protocol;
}

/** @param {any} answer of `POST /api/videos/upload-url` @returns {Ticket} */
export function ticketFrom({ uploadUrl, upload }) {
  return {
    protocol: upload.protocol,
    method: upload.method ?? "PUT",
    uploadUrl,
    headers: upload.headers ?? {},
    partSize: upload.partSize,
    parts: upload.parts,
    fields: upload.fields,
  };
}
