"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Metrics = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Monitoring metrics are used for operational monitoring of a video platform.
 * The metrics are aggregated in five second intervals, across the views that
 * are currently being watched. The real-time metrics' timeline, breakdown,
 * and histogram representations are available via the APIs.
 *
 * Monitoring metrics are similar but not directly comparable to the historical
 * metrics in the Metrics APIs. These metrics are aggregated to provide the most
 * operational detail possible used for resolving operational issues.
 * Mux Data Monitoring metrics are available to Mux Data customers on a Media plan.
 */
class Metrics extends resource_1.APIResource {
    /**
     * Lists available monitoring metrics.
     *
     * @example
     * ```ts
     * const metrics = await client.data.monitoring.metrics.list();
     * ```
     */
    list(options) {
        return this._client.get('/data/v1/monitoring/metrics', {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Gets breakdown information for a specific dimension and metric along with the
     * number of concurrent viewers and negative impact score.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.monitoring.metrics.getBreakdown(
     *     'current-concurrent-viewers',
     *   );
     * ```
     */
    getBreakdown(monitoringMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/monitoring/metrics/${monitoringMetricID}/breakdown`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Gets Time series information for a specific metric along with the number of
     * concurrent viewers.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.monitoring.metrics.getTimeseries(
     *     'current-concurrent-viewers',
     *   );
     * ```
     */
    getTimeseries(monitoringMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/monitoring/metrics/${monitoringMetricID}/timeseries`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Gets timeseries of breakdown information for a specific dimension and metric.
     * Each datapoint in the response represents 5 seconds worth of data.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.monitoring.metrics.getBreakdownTimeseries(
     *     'current-concurrent-viewers',
     *   );
     * ```
     */
    getBreakdownTimeseries(monitoringMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/monitoring/metrics/${monitoringMetricID}/breakdown-timeseries`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Gets histogram timeseries information for a specific metric.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.monitoring.metrics.getHistogramTimeseries(
     *     'video-startup-time',
     *   );
     * ```
     */
    getHistogramTimeseries(monitoringHistogramMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/monitoring/metrics/${monitoringHistogramMetricID}/histogram-timeseries`, { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
}
exports.Metrics = Metrics;
//# sourceMappingURL=metrics.js.map