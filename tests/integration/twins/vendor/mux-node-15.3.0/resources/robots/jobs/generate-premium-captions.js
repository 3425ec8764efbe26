"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.GeneratePremiumCaptions = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Generate high-quality captions for a Mux asset and upload the result as a text track.
 */
class GeneratePremiumCaptions extends resource_1.APIResource {
    /**
     * Creates a new job that generates high-quality captions for a Mux Video asset and
     * uploads the resulting VTT as a text track.
     *
     * @example
     * ```ts
     * const generatePremiumCaptionsJob =
     *   await client.robots.jobs.generatePremiumCaptions.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       language_code: 'en',
     *       replace_existing: false,
     *       include_speakers: false,
     *       include_words: false,
     *       upload_to_mux: true,
     *       phrases: ['Mux', 'API'],
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/generate-premium-captions', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'generate-premium-captions' job.
     * Jobs are automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const generatePremiumCaptionsJob =
     *   await client.robots.jobs.generatePremiumCaptions.retrieve(
     *     'x',
     *   );
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/generate-premium-captions/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.GeneratePremiumCaptions = GeneratePremiumCaptions;
//# sourceMappingURL=generate-premium-captions.js.map