"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Monitoring = void 0;
const tslib_1 = require("../../../internal/tslib.js");
const resource_1 = require("../../../core/resource.js");
const MetricsAPI = tslib_1.__importStar(require("./metrics.js"));
const metrics_1 = require("./metrics.js");
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
class Monitoring extends resource_1.APIResource {
    constructor() {
        super(...arguments);
        this.metrics = new MetricsAPI.Metrics(this._client);
    }
    /**
     * Lists available monitoring dimensions.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.monitoring.listDimensions();
     * ```
     */
    listDimensions(options) {
        return this._client.get('/data/v1/monitoring/dimensions', {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.Monitoring = Monitoring;
Monitoring.Metrics = metrics_1.Metrics;
//# sourceMappingURL=monitoring.js.map