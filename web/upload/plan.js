/** Which bytes belong to which part. Pure. */

/** @typedef {{partNumber: number, size: number, etag: string}} UploadedPart */

/** @param {number} size bytes @param {number} partSize bytes */
export function partCount(size, partSize) {
  return Math.max(1, Math.ceil(size / partSize));
}

/** @param {number} partNumber from 1 @param {number} size @param {number} partSize @returns {{start: number, end: number}} half open */
export function partRange(partNumber, size, partSize) {
  const start = (partNumber - 1) * partSize;
  return { start, end: Math.min(size, start + partSize) };
}

/**
 * Splits what the storage already has from what is still to be sent. A part of the wrong length is
 * sent again: it replaces the one that is there.
 * @param {number} size @param {number} partSize @param {UploadedPart[]} uploaded
 * @returns {{done: Map<number, string>, missing: number[], doneBytes: number}} `done`: part number → ETag
 */
export function splitParts(size, partSize, uploaded) {
  const there = new Map(uploaded.map((part) => [part.partNumber, part]));
  const done = new Map();
  const missing = [];
  let doneBytes = 0;
  for (let number = 1; number <= partCount(size, partSize); number += 1) {
    const { start, end } = partRange(number, size, partSize);
    const part = there.get(number);
    if (part && part.size === end - start && part.etag) {
      done.set(number, part.etag);
      doneBytes += part.size;
    } else {
      missing.push(number);
    }
  }
  return { done, missing, doneBytes };
}

/**
 * The piece that begins at `offset`, for an upload that grows from its beginning.
 * @param {number} offset @param {number} size @param {number} pieceSize
 * @returns {{end: number, header: string}} `end`: the byte after it; `header`: its `Content-Range`
 */
export function pieceRange(offset, size, pieceSize) {
  const end = Math.min(size, offset + pieceSize);
  return { end, header: `bytes ${offset}-${end - 1}/${size}` };
}

/** @param {string | null} range as in `bytes=0-262143` @returns {number | null} where to go on; null: it does not say */
export function offsetAfter(range) {
  const found = /^bytes=0-(\d+)$/.exec(range?.trim() ?? "");
  return found ? Number(found[1]) + 1 : null;
}

/** @param {Map<number, string>} etags @returns {{partNumber: number, etag: string}[]} in the order S3 wants */
export function completionList(etags) {
  return [...etags].sort(([a], [b]) => a - b).map(([partNumber, etag]) => ({ partNumber, etag }));
}
