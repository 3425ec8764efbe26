"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.FindBestThumbnails = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Sample thumbnails from a Mux Video asset, score them with AI, and select the best thumbnail candidates.
 */
class FindBestThumbnails extends resource_1.APIResource {
    /**
     * Creates a new job that samples thumbnails from a Mux Video asset, scores them
     * with AI, and selects the best thumbnail candidates. Optional
     * output_steering.scope hard-limits sampling to a time window expressed in seconds
     * while returned timestamps stay absolute to the asset timeline. Other output
     * steering can guide scoring strategy, explicit user intent, audience, and
     * campaign style without changing the response schema.
     *
     * @example
     * ```ts
     * const findBestThumbnailsJob =
     *   await client.robots.jobs.findBestThumbnails.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       max_thumbnails: 3,
     *       update_asset_thumbnail: true,
     *       output_steering: {
     *         scope: { start_time: 30, end_time: 180 },
     *         selection_strategy: 'campaign_thumbnail',
     *         scoring_priorities: ['composition', 'brand_fit'],
     *       },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/find-best-thumbnails', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'find-best-thumbnails' job. Jobs
     * are automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const findBestThumbnailsJob =
     *   await client.robots.jobs.findBestThumbnails.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/find-best-thumbnails/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.FindBestThumbnails = FindBestThumbnails;
//# sourceMappingURL=find-best-thumbnails.js.map