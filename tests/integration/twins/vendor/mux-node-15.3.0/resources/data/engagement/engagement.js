"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Engagement = void 0;
const tslib_1 = require("../../../internal/tslib.js");
const resource_1 = require("../../../core/resource.js");
const AssetsAPI = tslib_1.__importStar(require("./assets.js"));
const assets_1 = require("./assets.js");
const PlaybackIdsAPI = tslib_1.__importStar(require("./playback-ids.js"));
const playback_ids_1 = require("./playback-ids.js");
const VideosAPI = tslib_1.__importStar(require("./videos.js"));
const videos_1 = require("./videos.js");
class Engagement extends resource_1.APIResource {
    constructor() {
        super(...arguments);
        this.assets = new AssetsAPI.Assets(this._client);
        this.playbackIds = new PlaybackIdsAPI.PlaybackIds(this._client);
        this.videos = new VideosAPI.Videos(this._client);
    }
}
exports.Engagement = Engagement;
Engagement.Assets = assets_1.Assets;
Engagement.PlaybackIds = playback_ids_1.PlaybackIds;
Engagement.Videos = videos_1.Videos;
//# sourceMappingURL=engagement.js.map