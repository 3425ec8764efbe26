"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.TranslateCaptions = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Translate captions from one language to another.
 */
class TranslateCaptions extends resource_1.APIResource {
    /**
     * Creates a new job that translates captions on a Mux Video asset from one
     * language to another.
     *
     * @example
     * ```ts
     * const translateCaptionsJob =
     *   await client.robots.jobs.translateCaptions.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       track_id: 'track_en_abc123',
     *       to_language_code: 'es',
     *       upload_to_mux: true,
     *       never_translate: ['Mux'],
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/translate-captions', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'translate-captions' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const translateCaptionsJob =
     *   await client.robots.jobs.translateCaptions.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/translate-captions/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.TranslateCaptions = TranslateCaptions;
//# sourceMappingURL=translate-captions.js.map