"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.TranslateAudio = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Translate the audio track to another language.
 */
class TranslateAudio extends resource_1.APIResource {
    /**
     * Creates a new job that translates the audio track of a Mux Video asset to
     * another language.
     *
     * @example
     * ```ts
     * const translateAudioJob =
     *   await client.robots.jobs.translateAudio.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       to_language_code: 'es',
     *       upload_to_mux: true,
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/translate-audio', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'translate-audio' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const translateAudioJob =
     *   await client.robots.jobs.translateAudio.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/translate-audio/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.TranslateAudio = TranslateAudio;
//# sourceMappingURL=translate-audio.js.map