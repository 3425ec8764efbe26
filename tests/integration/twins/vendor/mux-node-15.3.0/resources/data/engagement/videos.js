"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Videos = void 0;
const resource_1 = require("../../../core/resource.js");
const path_1 = require("../../../internal/utils/path.js");
/**
 * Engagement metrics are a subset of historical metrics that describe how viewers watch a specific asset, video, or playback ID across the duration of the content.
 */
class Videos extends resource_1.APIResource {
    /**
     * Returns the engagement heatmap for a video. The heatmap is an array of
     * per-bucket engagement values across the content timeline, where the number of
     * buckets scales with the content duration. Each value represents how engaged
     * viewers were with that portion of the content.
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.engagement.videos.heatmap('abcd1234');
     * ```
     */
    heatmap(videoID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/engagement/videos/${videoID}/heatmap`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the engagement hotspots for a video. Hotspots are the most or least
     * engaging moments of the content, each described by a start and end time (in
     * milliseconds) and a score between 0 and 1. Set `order_direction` to `asc` to
     * return the least engaging moments (cold spots).
     *
     * @example
     * ```ts
     * const response =
     *   await client.data.engagement.videos.hotspots('abcd1234');
     * ```
     */
    hotspots(videoID, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/engagement/videos/${videoID}/hotspots`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.Videos = Videos;
//# sourceMappingURL=videos.js.map