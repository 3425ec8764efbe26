"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Directives = void 0;
const tslib_1 = require("../../../internal/tslib.js");
const resource_1 = require("../../../core/resource.js");
const RunsAPI = tslib_1.__importStar(require("./runs.js"));
const runs_1 = require("./runs.js");
const pagination_1 = require("../../../core/pagination.js");
const headers_1 = require("../../../internal/headers.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Define which Robots workflows should run against Mux assets, and under what conditions.
 */
class Directives extends resource_1.APIResource {
    constructor() {
        super(...arguments);
        this.runs = new RunsAPI.Runs(this._client);
    }
    /**
     * Creates a new directive that defines which Robots workflows should run against
     * Mux assets, and under what resource conditions.
     *
     * @example
     * ```ts
     * const directive = await client.robots.directives.create({
     *   name: 'Generate captions, then translate',
     *   subject: { type: 'video.asset' },
     *   workflows: [
     *     {
     *       reference_id: 'premium_captions',
     *       workflow: 'generate-premium-captions',
     *     },
     *     {
     *       params: { to_language_code: 'es' },
     *       reference_id: 'translate_es',
     *       workflow: 'translate-captions',
     *     },
     *   ],
     * });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/directives', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Returns a paginated list of active directives for the current environment,
     * newest first.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const directive of client.robots.directives.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/robots/v0/directives', (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Retrieves a directive by ID.
     *
     * @example
     * ```ts
     * const directive = await client.robots.directives.retrieve(
     *   'x',
     * );
     * ```
     */
    retrieve(directiveID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/directives/${directiveID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Deletes a directive. After this call, subsequent GET and LIST requests will no
     * longer return it and new directive runs cannot be triggered for it. In-flight
     * runs that have already read the directive config continue to completion.
     *
     * @example
     * ```ts
     * await client.robots.directives.delete('x');
     * ```
     */
    delete(directiveID, options) {
        return this._client.delete((0, path_1.path) `/robots/v0/directives/${directiveID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
            headers: (0, headers_1.buildHeaders)([{ Accept: '*/*' }, options?.headers]),
        });
    }
}
exports.Directives = Directives;
Directives.Runs = runs_1.Runs;
//# sourceMappingURL=directives.js.map