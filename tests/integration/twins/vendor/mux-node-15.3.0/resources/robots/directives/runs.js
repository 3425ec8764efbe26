"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Runs = void 0;
const resource_1 = require("../../../core/resource.js");
const pagination_1 = require("../../../core/pagination.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Define which Robots workflows should run against Mux assets, and under what conditions.
 */
class Runs extends resource_1.APIResource {
    /**
     * Starts a directive run against a specific Mux asset. The directive engine
     * dispatches the configured workflows and tracks the run to terminal.
     *
     * @example
     * ```ts
     * const directiveRun =
     *   await client.robots.directives.runs.create('x', {
     *     asset_id: 'abc123def456',
     *   });
     * ```
     */
    create(directiveID, body, options) {
        return this._client.post((0, path_1.path) `/robots/v0/directives/${directiveID}/runs`, {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Returns a paginated list of runs for a directive, newest first. Runs are
     * retained for 30 days.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const directiveRunDetail of client.robots.directives.runs.list(
     *   'x',
     * )) {
     *   // ...
     * }
     * ```
     */
    list(directiveID, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/robots/v0/directives/${directiveID}/runs`, (pagination_1.BasePage), { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
    /**
     * Retrieves the status, node states, and outcome of a specific directive run. Runs
     * are retained for 30 days.
     *
     * @example
     * ```ts
     * const directiveRunDetail =
     *   await client.robots.directives.runs.retrieve('x', 'x');
     * ```
     */
    retrieve(directiveID, runID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/directives/${directiveID}/runs/${runID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.Runs = Runs;
//# sourceMappingURL=runs.js.map