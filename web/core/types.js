/** Shapes of the API that several modules speak of. Types only: nothing here runs. */

/**
 * @typedef {{name: string, width: number, height: number, bitrate: number}} Rendition
 *
 * @typedef {Object} Video
 * @property {string} videoId
 * @property {string} title
 * @property {string} filename
 * @property {"uploading" | "processing" | "ready" | "error"} status
 * @property {number | null} progress 0..100
 * @property {string} provider
 * @property {"private" | "public"} visibility
 * @property {string | null} playbackUrl
 * @property {string | null} thumbnailUrl
 * @property {string | null} storyboardUrl
 * @property {number | null} duration seconds
 * @property {{duration: number | null, size: number | null, format: string | null, width: number | null,
 *   height: number | null, bitrate: number | null, codec: string | null, frameRate: number | null,
 *   hasAudio: boolean | null, renditions: Rendition[]}} metadata
 * @property {{code: string, message: string} | null} error
 * @property {string} createdAt
 * @property {string} updatedAt
 * @property {string | null} processedAt
 *
 * @typedef {{totalCount: number, readyCount: number, processingCount: number, failedCount: number}} Counts
 */

export {};
