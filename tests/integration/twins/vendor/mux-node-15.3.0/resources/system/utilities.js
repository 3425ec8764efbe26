"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Utilities = void 0;
const resource_1 = require("../../core/resource.js");
/**
 * Collection of utility methods for using Mux APIs. There's only one thing in here right now, maybe there will be more later.
 */
class Utilities extends resource_1.APIResource {
    /**
     * Retrieve information about your current access token, including organization,
     * environment, and permissions. Note that this can only be access with an access
     * token, and _all_ access tokens can access this route, regardless of what
     * permissions they have assigned.
     *
     * @example
     * ```ts
     * const response = await client.system.utilities.whoami();
     * ```
     */
    whoami(options) {
        return this._client.get('/system/v1/whoami', {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.Utilities = Utilities;
//# sourceMappingURL=utilities.js.map