"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.RealTime = void 0;
const resource_1 = require("../../core/resource.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * The Mux Data Real-time API has been deprecated, please refer to the
 * Mux Data `Monitoring` APIs which provide the same functionality.
 * Mux Data Monitoring metrics are available to Mux Data customers on a Media plan.
 */
class RealTime extends resource_1.APIResource {
    /**
     * Gets breakdown information for a specific dimension and metric along with the
     * number of concurrent viewers and negative impact score. This API is now
     * deprecated, please use the `Get Monitoring Breakdown` API.
     *
     * @deprecated
     */
    retrieveBreakdown(realtimeMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/realtime/metrics/${realtimeMetricID}/breakdown`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Gets Time series information for a specific metric along with the number of
     * concurrent viewers. This API is now deprecated, please use the
     * `Get Monitoring Timeseries` API.
     *
     * @deprecated
     */
    retrieveTimeseries(realtimeMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/realtime/metrics/${realtimeMetricID}/timeseries`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Lists available real-time metrics. This API is now deprecated, please use the
     * `List Monitoring Metrics` API.
     *
     * @deprecated
     */
    listMetrics(options) {
        return this._client.get('/data/v1/realtime/metrics', {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Gets histogram timeseries information for a specific metric. This API is now
     * deprecated, please use the `Get Monitoring Histogram Timeseries` API.
     *
     * @deprecated
     */
    retrieveHistogramTimeseries(realtimeHistogramMetricID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/realtime/metrics/${realtimeHistogramMetricID}/histogram-timeseries`, { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
    /**
     * Lists available real-time dimensions. This API is now deprecated, please use the
     * `List Monitoring Dimensions` API.
     *
     * @deprecated
     */
    listDimensions(options) {
        return this._client.get('/data/v1/realtime/dimensions', {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.RealTime = RealTime;
//# sourceMappingURL=real-time.js.map