"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Errors = void 0;
const resource_1 = require("../../core/resource.js");
/**
 * Playback errors are tracked and aggregated by Mux Data. Errors can be listed by the API, which contains data about the error code, message, and how often the error occurred.
 */
class Errors extends resource_1.APIResource {
    /**
     * Returns a list of errors.
     *
     * @example
     * ```ts
     * const errorsResponse = await client.data.errors.list();
     * ```
     */
    list(query = {}, options) {
        return this._client.get('/data/v1/errors', { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
}
exports.Errors = Errors;
//# sourceMappingURL=errors.js.map