"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.DeliveryUsage = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
/**
 * The Delivery Usage API allows you to get delivery/streaming usage details for each asset and across all assets. Delivery usage details are aggregated every hour at the top of the hour and can be requested for a specified time window within the last 90 days starting at 12 hours prior to when the request is made.
 *
 * Assets are ordered by delivery usage starting with the one with the highest usage. Only assets with delivery usage greater than 0 seconds are returned in the response.
 */
class DeliveryUsage extends resource_1.APIResource {
    /**
     * Returns a list of delivery usage records and their associated Asset IDs or Live
     * Stream IDs.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const deliveryReport of client.video.deliveryUsage.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/video/v1/delivery-usage', (pagination_1.PageWithTimeframe), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.DeliveryUsage = DeliveryUsage;
//# sourceMappingURL=delivery-usage.js.map