/** What is said about a file before it is sent. Pure. */

import { titleFromFilename } from "../core/format.js";
import { mediaType } from "./media-type.js";

/**
 * From this size on every provider is asked for an upload that outlives a reload. S3 and Mux give one
 * without being asked; Cloudflare gives forms up to 200 MB, which begin again after every interruption.
 */
const RESUMABLE_FROM_BYTES = 64 * 2 ** 20;

/** @param {{name: string, size: number, type: string}} file @param {string | null} provider null: the deployment's own */
export function declarationOf(file, provider) {
  return {
    filename: file.name,
    fileSize: file.size,
    mimeType: mediaType(file),
    title: titleFromFilename(file.name),
    ...(provider ? { provider } : {}),
    ...(provider === "cloudflare" && file.size >= RESUMABLE_FROM_BYTES ? { protocol: "tus" } : {}),
  };
}
