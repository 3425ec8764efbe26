"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.EditCaptions = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Edit an existing caption track with find-and-replace edits and optional profanity censoring.
 */
class EditCaptions extends resource_1.APIResource {
    /**
     * Creates a new job that edits an existing Mux text track using static
     * replacements, speaker-label replacements, and optional profanity censoring.
     * Provide at least one of `replacements`, `speaker_replacements`, or
     * `auto_censor_profanity`.
     *
     * @example
     * ```ts
     * const editCaptionsJob =
     *   await client.robots.jobs.editCaptions.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       track_id: 'text_track_456def',
     *       replacements: [
     *         {
     *           find: 'Mucks',
     *           replace: 'Mux',
     *           case_sensitive: true,
     *         },
     *         { find: 'gonna', replace: 'going to' },
     *       ],
     *       speaker_replacements: [
     *         { find: 'speaker_0', replace: 'Alice' },
     *       ],
     *       upload_to_mux: true,
     *       delete_original_track: true,
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/edit-captions', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of an 'edit-captions' job.
     *
     * @example
     * ```ts
     * const editCaptionsJob =
     *   await client.robots.jobs.editCaptions.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/edit-captions/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.EditCaptions = EditCaptions;
//# sourceMappingURL=edit-captions.js.map