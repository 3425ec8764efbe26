"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Summarize = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Generate a title, description, and tags for a video.
 */
class Summarize extends resource_1.APIResource {
    /**
     * Creates a new job that uses AI to generate a title, description, and tags for a
     * Mux Video asset. Optional output steering can restrict execution to a time scope
     * in seconds and guide summary style, audience, brand terms, and tag taxonomy
     * without changing the response schema.
     *
     * @example
     * ```ts
     * const summarizeJob =
     *   await client.robots.jobs.summarize.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       tone: 'neutral',
     *       tag_count: 10,
     *       output_steering: {
     *         scope: { start_time: 30, end_time: 180 },
     *         summary_style: 'concise',
     *         audience: 'Product marketers',
     *         brand_terms: ['Mux', 'Robots'],
     *       },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/summarize', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'summarize' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const summarizeJob =
     *   await client.robots.jobs.summarize.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/summarize/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.Summarize = Summarize;
//# sourceMappingURL=summarize.js.map