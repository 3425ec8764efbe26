"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.PlaybackIds = void 0;
const resource_1 = require("../../core/resource.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * Operations related to the manipulation of playback IDs, through which users are able to stream videos and live streams from Mux.
 */
class PlaybackIds extends resource_1.APIResource {
    /**
     * Retrieves the Identifier of the Asset or Live Stream associated with the
     * Playback ID.
     *
     * @example
     * ```ts
     * const playbackIds = await client.video.playbackIds.retrieve(
     *   'PLAYBACK_ID',
     * );
     * ```
     */
    retrieve(playbackId, options) {
        return this._client.get((0, path_1.path) `/video/v1/playback-ids/${playbackId}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.PlaybackIds = PlaybackIds;
//# sourceMappingURL=playback-ids.js.map