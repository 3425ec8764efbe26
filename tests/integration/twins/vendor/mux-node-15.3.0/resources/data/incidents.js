"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Incidents = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * Incidents occur when an anomaly alert is triggered in Mux Data. The Incidents API provides operations related to the raising and managing of alerting incidents.
 */
class Incidents extends resource_1.APIResource {
    /**
     * Returns the details of an incident.
     *
     * @example
     * ```ts
     * const incidentResponse =
     *   await client.data.incidents.retrieve('abcd1234');
     * ```
     */
    retrieve(incidentID, options) {
        return this._client.get((0, path_1.path) `/data/v1/incidents/${incidentID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns all the incidents that seem related to a specific incident.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const incident of client.data.incidents.listRelated(
     *   'abcd1234',
     * )) {
     *   // ...
     * }
     * ```
     */
    listRelated(incidentID, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/data/v1/incidents/${incidentID}/related`, (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns a list of incidents.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const incident of client.data.incidents.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/data/v1/incidents', (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.Incidents = Incidents;
//# sourceMappingURL=incidents.js.map