"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Metrics = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * Historical metrics are used for tracking KPIs, diagnosing issues, and
 * measuring viewers' quality of experience. Metrics are calculated using the
 * video views that have been completed and are bucketed on the view end time
 * for quality of experience metrics and view start time for engagement
 * metrics. Historical metrics provide a large collection of dimensions that
 * can be used to aggregate quality of experience based on view metadata. You
 * can also easily compare experiences across viewer populations to, for
 * example, find issues with specific devices or geographies.
 *
 * Historical metrics are similar but not directly comparable to the real-time
 * metrics in the Real-time APIs. These metrics are aggregated for long-term
 * storage historical reporting and are generated using different viewer
 * populations.
 */
class Metrics extends resource_1.APIResource {
    /**
     * List all of the values across every breakdown for a specific metric.
     *
     * @example
     * ```ts
     * const allMetricValuesResponse =
     *   await client.data.metrics.list();
     * ```
     */
    list(query = {}, options) {
        return this._client.get('/data/v1/metrics/comparison', {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * List the breakdown values for a specific metric.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const breakdownValue of client.data.metrics.listBreakdownValues(
     *   'video_startup_time',
     * )) {
     *   // ...
     * }
     * ```
     */
    listBreakdownValues(metricID, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/data/v1/metrics/${metricID}/breakdown`, (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the overall value for a specific metric, as well as the total view count
     * and watch time.
     *
     * @example
     * ```ts
     * const overallValuesResponse =
     *   await client.data.metrics.getOverallValues(
     *     'video_startup_time',
     *   );
     * ```
     */
    getOverallValues(metricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/metrics/${metricID}/overall`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns a list of insights for a metric. These are the worst performing values
     * across all breakdowns sorted by how much they negatively impact a specific
     * metric.
     *
     * @example
     * ```ts
     * const insightsResponse =
     *   await client.data.metrics.getInsights(
     *     'video_startup_time',
     *   );
     * ```
     */
    getInsights(metricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/metrics/${metricID}/insights`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns timeseries data for a specific metric.
     *
     * Each interval represented in the data array contains an array with the following
     * values:
     *
     * - the first element is the interval time
     * - the second element is the calculated metric value
     * - the third element is the number of views in the interval that have a valid
     *   metric value
     *
     * @example
     * ```ts
     * const metricTimeseriesDataResponse =
     *   await client.data.metrics.getTimeseries(
     *     'video_startup_time',
     *   );
     * ```
     */
    getTimeseries(metricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/metrics/${metricID}/timeseries`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.Metrics = Metrics;
//# sourceMappingURL=metrics.js.map