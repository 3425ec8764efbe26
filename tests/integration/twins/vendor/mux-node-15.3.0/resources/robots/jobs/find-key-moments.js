"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.FindKeyMoments = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Identify key moments in a video.
 */
class FindKeyMoments extends resource_1.APIResource {
    /**
     * Creates a new job that uses AI to identify key moments in a Mux Video asset. Set
     * use_shots to true to automatically generate or reuse Mux shots and use visual
     * evidence during selection, with transcript evidence incorporated when available;
     * otherwise selection uses transcript evidence and the asset must have a caption
     * track. Audio-only assets always use transcript evidence and require a caption
     * track. Optional output steering can restrict execution to a time scope in
     * seconds and guide selection strategy, title style, audience, topic taxonomy, and
     * scoring priorities without changing the response schema. Scoped results retain
     * absolute timestamps on the original asset timeline.
     *
     * @example
     * ```ts
     * const findKeyMomentsJob =
     *   await client.robots.jobs.findKeyMoments.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       max_moments: 10,
     *       target_duration_ms: { min: 15000, max: 45000 },
     *       output_steering: {
     *         scope: { start_time: 30, end_time: 180 },
     *         selection_strategy: 'educational_takeaways',
     *         title_style: 'punchy',
     *         audience: 'Developer advocates',
     *         rubric_priorities: [
     *           'clarity_in_isolation',
     *           'soundbite_quality',
     *         ],
     *       },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/find-key-moments', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'find-key-moments' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const findKeyMomentsJob =
     *   await client.robots.jobs.findKeyMoments.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/find-key-moments/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.FindKeyMoments = FindKeyMoments;
//# sourceMappingURL=find-key-moments.js.map