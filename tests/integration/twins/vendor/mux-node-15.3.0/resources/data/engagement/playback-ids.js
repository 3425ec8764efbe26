"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.PlaybackIds = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Engagement metrics are a subset of historical metrics that describe how viewers watch a specific asset, video, or playback ID across the duration of the content.
 */
class PlaybackIds extends resource_1.APIResource {
    /**
     * Returns the engagement heatmap for a playback ID. The heatmap is an array of
     * per-bucket engagement values across the content timeline, where the number of
     * buckets scales with the content duration. Each value represents how engaged
     * viewers were with that portion of the content. This only covers views for this
     * specific playback ID; to analyze the entire asset across all of its playback
     * IDs, use the asset ID or video ID endpoint instead.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.engagement.playbackIds.heatmap(
     *     'nLp01dgPzELHV6101iHGXmS3Og7lEU01TUDb02kg2Z6mPRs',
     *   );
     * ```
     */
    heatmap(playbackId, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/engagement/playback-ids/${playbackId}/heatmap`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the engagement hotspots for a playback ID. Hotspots are the most or
     * least engaging moments of the content, each described by a start and end time
     * (in milliseconds) and a score between 0 and 1. Set `order_direction` to `asc` to
     * return the least engaging moments (cold spots). This only covers views for this
     * specific playback ID; to analyze the entire asset across all of its playback
     * IDs, use the asset ID or video ID endpoint instead.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.engagement.playbackIds.hotspots(
     *     'nLp01dgPzELHV6101iHGXmS3Og7lEU01TUDb02kg2Z6mPRs',
     *   );
     * ```
     */
    hotspots(playbackId, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/engagement/playback-ids/${playbackId}/hotspots`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.PlaybackIds = PlaybackIds;
//# sourceMappingURL=playback-ids.js.map