"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.VideoViews = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * An individual video view tracked by Mux Data. For the full list of properties for each view please refer to the table of data fields in the [Export raw video view data guide](https://docs.mux.com/guides/export-raw-video-view-data).
 */
class VideoViews extends resource_1.APIResource {
    /**
     * Returns a list of video views which match the filters and have a `view_end`
     * within the specified timeframe.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const abridgedVideoView of client.data.videoViews.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/data/v1/video-views', (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the details of a video view.
     *
     * @example
     * ```ts
     * const videoViewResponse =
     *   await client.data.videoViews.retrieve('abcd1234');
     * ```
     */
    retrieve(videoViewID, options) {
        return this._client.get((0, path_1.path) `/data/v1/video-views/${videoViewID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
}
exports.VideoViews = VideoViews;
//# sourceMappingURL=video-views.js.map