"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Exports = void 0;
const resource_1 = require("../../core/resource.js");
/**
 * Exports allow you to download the daily CSV files that are generated from the video views that occurred in the previous day. Please contact [support](mailto:support@mux.com) for information about enabling exports for your organization.
 */
class Exports extends resource_1.APIResource {
    /**
     * Lists the available video view exports along with URLs to retrieve them.
     *
     * @example
     * ```ts
     * const videoViewExportsResponse =
     *   await client.data.exports.listVideoViews();
     * ```
     */
    listVideoViews(options) {
        return this._client.get('/data/v1/exports/views', { defaultBaseURL: 'https://api.mux.com', ...options });
    }
}
exports.Exports = Exports;
//# sourceMappingURL=exports.js.map