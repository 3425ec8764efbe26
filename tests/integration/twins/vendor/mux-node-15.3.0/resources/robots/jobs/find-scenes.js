"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.FindScenes = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Segment a Mux video asset into ordered scenes using shot boundaries and transcript cues.
 */
class FindScenes extends resource_1.APIResource {
    /**
     * Creates a new job that segments a Mux video asset into ordered scenes using
     * storyboard-backed generated shots for shot-level visual evidence, combined with
     * transcript cues when available. If the asset has no generated shots, the job
     * generates them on demand and waits for completion — they do not need to exist
     * beforehand. Optional output steering can restrict execution to a time scope in
     * seconds and guide segmentation strategy, title style, narration detail,
     * audience, brand terms, and topic taxonomy without changing the response schema.
     * Scoped results retain absolute timestamps on the original asset timeline.
     *
     * @example
     * ```ts
     * const findScenesJob =
     *   await client.robots.jobs.findScenes.create({
     *     parameters: {
     *       asset_id: 'mux_asset_123abc',
     *       language_code: 'en',
     *       min_scenes: 4,
     *       min_scene_duration_ms: 15000,
     *       output_steering: {
     *         scope: { start_time: 30, end_time: 180 },
     *         segmentation_strategy: 'editorial_beats',
     *         title_style: 'descriptive',
     *         narration_detail: 'balanced',
     *       },
     *     },
     *   });
     * ```
     */
    create(body, options) {
        return this._client.post('/robots/v0/jobs/find-scenes', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Retrieves the current status and results of a 'find-scenes' job. Jobs are
     * automatically deleted after 30 days.
     *
     * @example
     * ```ts
     * const findScenesJob =
     *   await client.robots.jobs.findScenes.retrieve('x');
     * ```
     */
    retrieve(jobID, options) {
        return this._client.get((0, path_1.path) `/robots/v0/jobs/find-scenes/${jobID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.FindScenes = FindScenes;
//# sourceMappingURL=find-scenes.js.map