"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.UsageExports = void 0;
const resource_1 = require("../../core/resource.js");
/**
 * Usage Exports provide programmatic access to your organization's billing usage data. The Usage Exports feature must be enabled for your organization in the Mux Dashboard under **Usage > Exports**.
 */
class UsageExports extends resource_1.APIResource {
    /**
     * Lists available billing usage exports for your organization along with
     * pre-signed download URLs, sorted newest first. CSVs are available for dates
     * between 400 days ago and yesterday.
     *
     * @example
     * ```ts
     * const usageExportsResponse =
     *   await client.system.usageExports.list();
     * ```
     */
    list(query = {}, options) {
        return this._client.get('/system/v1/usage/exports', {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.UsageExports = UsageExports;
//# sourceMappingURL=usage-exports.js.map