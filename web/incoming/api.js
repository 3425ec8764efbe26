/** Videos that come from elsewhere, as functions. */

/**
 * @typedef {{hook: string, body: string, conclusion: string, company_name: string, social_handles: string,
 *   license: string, avatar: string, email: string}} Script what a generated video is made from
 * @typedef {{generationId: string, status: "processing" | "ready" | "error", videoId?: string | null,
 *   message?: string, error?: {code?: string, message?: string} | null}} Generation
 */

/** @param {import("../core/api.js").Api} api */
export function incomingApi(api) {
  return {
    /** @param {{videoUrl: string, provider?: string}} wanted @param {string} idempotencyKey @returns {Promise<{videoId: string, secretKey?: string}>} */
    importVideo: (wanted, idempotencyKey) => api.send("POST", "/api/videos/import", { body: wanted, idempotencyKey }),
    /** @param {Partial<Script>} script @param {string} idempotencyKey @returns {Promise<Generation>} */
    generate: (script, idempotencyKey) => api.send("POST", "/api/generations", { body: script, idempotencyKey }),
    /** @param {string} id @param {AbortSignal} signal @returns {Promise<Generation>} */
    generation: (id, signal) => api.send("GET", `/api/generations/${encodeURIComponent(id)}`, { signal }),
  };
}
