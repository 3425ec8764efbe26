"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.GenerateChapters = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Generate chapters for a video.
 */
class GenerateChapters extends resource_1.APIResource {
    /**
     * Creates a new job that uses AI to generate chapters for a Mux Video asset.
     * Optional output steering can guide chapter style, granularity, audience, and
     * brand terms without changing the response schema.
     *
     * @example
     * ```ts
     * const generateChaptersJob =
     *   await client.robots.jobs.generateChapters.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       update_asset_chapters: true,
     *       output_steering: {
     *         chapter_style: 'descriptive',
     *         chapter_granularity: 'balanced',
     *         audience: 'Developers',
     *       },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/generate-chapters', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'generate-chapters' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const generateChaptersJob =
     *   await client.robots.jobs.generateChapters.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/generate-chapters/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.GenerateChapters = GenerateChapters;
//# sourceMappingURL=generate-chapters.js.map