"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Webhooks = exports.Video = exports.System = exports.Jwt = exports.Robots = exports.Data = void 0;
const tslib_1 = require("../internal/tslib.js");
tslib_1.__exportStar(require("./shared.js"), exports);
var data_1 = require("./data/data.js");
Object.defineProperty(exports, "Data", { enumerable: true, get: function () { return data_1.Data; } });
var robots_1 = require("./robots/robots.js");
Object.defineProperty(exports, "Robots", { enumerable: true, get: function () { return robots_1.Robots; } });
var jwt_1 = require("./jwt.js");
Object.defineProperty(exports, "Jwt", { enumerable: true, get: function () { return jwt_1.Jwt; } });
var system_1 = require("./system/system.js");
Object.defineProperty(exports, "System", { enumerable: true, get: function () { return system_1.System; } });
var video_1 = require("./video/video.js");
Object.defineProperty(exports, "Video", { enumerable: true, get: function () { return video_1.Video; } });
var webhooks_1 = require("./webhooks.js");
Object.defineProperty(exports, "Webhooks", { enumerable: true, get: function () { return webhooks_1.Webhooks; } });
//# sourceMappingURL=index.js.map