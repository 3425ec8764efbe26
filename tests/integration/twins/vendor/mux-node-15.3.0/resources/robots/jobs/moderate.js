"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Moderate = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Analyze a video for inappropriate content.
 */
class Moderate extends resource_1.APIResource {
    /**
     * Creates a new job that uses AI to analyze a Mux Video asset for inappropriate
     * content. Optional output steering can restrict execution to a time scope in
     * seconds.
     *
     * @example
     * ```ts
     * const moderateJob =
     *   await client.robots.jobs.moderate.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       thresholds: { sexual: 0.7, violence: 0.8 },
     *       output_steering: {
     *         scope: { start_time: 30, end_time: 180 },
     *       },
     *       on_flagged: { action: 'delete_playback_ids' },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/moderate', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'moderate' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const moderateJob =
     *   await client.robots.jobs.moderate.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/moderate/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.Moderate = Moderate;
//# sourceMappingURL=moderate.js.map