"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Annotations = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const headers_1 = require("../../internal/headers.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * Annotations allow you to add notes at a specific datetime to view in the Mux Data dashboard.
 */
class Annotations extends resource_1.APIResource {
    /**
     * Returns a list of annotations.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const annotation of client.data.annotations.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/data/v1/annotations', (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the details of a specific annotation.
     *
     * @example
     * ```ts
     * const annotation = await client.data.annotations.retrieve(
     *   '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
     * );
     * ```
     */
    retrieve(annotationID, options) {
        return this._client.get((0, path_1.path) `/data/v1/annotations/${annotationID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Creates a new annotation.
     *
     * @example
     * ```ts
     * const annotation = await client.data.annotations.create({
     *   date: 1745438400,
     *   note: 'This is a note',
     *   sub_property_id: '123456',
     * });
     * ```
     */
    create(body, options) {
        return this._client.post('/data/v1/annotations', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Deletes an annotation.
     *
     * @example
     * ```ts
     * await client.data.annotations.delete(
     *   '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
     * );
     * ```
     */
    delete(annotationID, options) {
        return this._client.delete((0, path_1.path) `/data/v1/annotations/${annotationID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
            headers: (0, headers_1.buildHeaders)([{ Accept: '*/*' }, options?.headers]),
        });
    }
    /**
     * Updates an existing annotation.
     *
     * @example
     * ```ts
     * const annotation = await client.data.annotations.update(
     *   '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
     *   {
     *     date: 1745438400,
     *     note: 'This is a note',
     *     sub_property_id: '123456',
     *   },
     * );
     * ```
     */
    update(annotationID, body, options) {
        return this._client.patch((0, path_1.path) `/data/v1/annotations/${annotationID}`, {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.Annotations = Annotations;
//# sourceMappingURL=annotations.js.map