"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.GenerateEngagementInsights = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Analyze viewer engagement patterns to identify high and low engagement moments with AI-powered insights.
 */
class GenerateEngagementInsights extends resource_1.APIResource {
    /**
     * Creates a new job that uses AI to analyze viewer engagement patterns and
     * generate insights for a Mux Video asset.
     *
     * @example
     * ```ts
     * const generateEngagementInsightsJob =
     *   await client.robots.jobs.generateEngagementInsights.create(
     *     { parameters: { asset_id: 'mux_asset_123abc' } },
     *   );
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/generate-engagement-insights', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'generate-engagement-insights'
     * job. Jobs are automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const generateEngagementInsightsJob =
     *   await client.robots.jobs.generateEngagementInsights.retrieve(
     *     'x',
     *   );
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/generate-engagement-insights/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.GenerateEngagementInsights = GenerateEngagementInsights;
//# sourceMappingURL=generate-engagement-insights.js.map