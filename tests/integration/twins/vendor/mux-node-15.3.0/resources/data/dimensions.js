"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Dimensions = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * Dimensions are the types of metadata that can be collected for a video view. Some dimensions are collected automatically based on the playback or device, such as the viewer's Country or the device information. Other dimensions are specified by the developer when configuring a Mux Data video view such as the video title. The Dimensions APIs allow you to get a list of the supported dimensions and their values.
 */
class Dimensions extends resource_1.APIResource {
    /**
     * List all available dimensions.
     *
     * Note: This API replaces the list-filters API call.
     *
     * @example
     * ```ts
     * const dimensionsResponse =
     *   await client.data.dimensions.list();
     * ```
     */
    list(options) {
        return this._client.get('/data/v1/dimensions', { defaultBaseURL: 'https://api.mux.com', ...options });
    }
    /**
     * Lists the values for a dimension along with a total count of related views.
     *
     * Note: This API replaces the list-filter-values API call.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const dimensionValue of client.data.dimensions.listValues(
     *   'abcd1234',
     * )) {
     *   // ...
     * }
     * ```
     */
    listValues(dimensionID, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/data/v1/dimensions/${dimensionID}`, (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Lists the elements (values) for a trace dimension along with their total counts.
     * This endpoint is specifically designed for trace dimensions like video_cdn_trace
     * that contain arrays of values.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const dimensionValue of client.data.dimensions.listTraceElements(
     *   'abcd1234',
     * )) {
     *   // ...
     * }
     * ```
     */
    listTraceElements(dimensionID, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/data/v1/dimensions/${dimensionID}/elements`, (pagination_1.BasePage), { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
}
exports.Dimensions = Dimensions;
//# sourceMappingURL=dimensions.js.map