"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Data = void 0;
const tslib_1 = require("../../internal/tslib.js");
const resource_1 = require("../../core/resource.js");
const AnnotationsAPI = tslib_1.__importStar(require("./annotations.js"));
const annotations_1 = require("./annotations.js");
const DimensionsAPI = tslib_1.__importStar(require("./dimensions.js"));
const dimensions_1 = require("./dimensions.js");
const ErrorsAPI = tslib_1.__importStar(require("./errors.js"));
const errors_1 = require("./errors.js");
const ExportsAPI = tslib_1.__importStar(require("./exports.js"));
const exports_1 = require("./exports.js");
const IncidentsAPI = tslib_1.__importStar(require("./incidents.js"));
const incidents_1 = require("./incidents.js");
const MetricsAPI = tslib_1.__importStar(require("./metrics.js"));
const metrics_1 = require("./metrics.js");
const RealTimeAPI = tslib_1.__importStar(require("./real-time.js"));
const real_time_1 = require("./real-time.js");
const SubviewMetricsAPI = tslib_1.__importStar(require("./subview-metrics.js"));
const subview_metrics_1 = require("./subview-metrics.js");
const VideoViewsAPI = tslib_1.__importStar(require("./video-views.js"));
const video_views_1 = require("./video-views.js");
const EngagementAPI = tslib_1.__importStar(require("./engagement/engagement.js"));
const engagement_1 = require("./engagement/engagement.js");
const MonitoringAPI = tslib_1.__importStar(require("./monitoring/monitoring.js"));
const monitoring_1 = require("./monitoring/monitoring.js");
class Data extends resource_1.APIResource {
    constructor() {
        super(...arguments);
        this.dimensions = new DimensionsAPI.Dimensions(this._client);
        this.monitoring = new MonitoringAPI.Monitoring(this._client);
        this.errors = new ErrorsAPI.Errors(this._client);
        this.exports = new ExportsAPI.Exports(this._client);
        this.incidents = new IncidentsAPI.Incidents(this._client);
        this.metrics = new MetricsAPI.Metrics(this._client);
        this.subviewMetrics = new SubviewMetricsAPI.SubviewMetrics(this._client);
        this.realTime = new RealTimeAPI.RealTime(this._client);
        this.videoViews = new VideoViewsAPI.VideoViews(this._client);
        this.annotations = new AnnotationsAPI.Annotations(this._client);
        this.engagement = new EngagementAPI.Engagement(this._client);
    }
}
exports.Data = Data;
Data.Dimensions = dimensions_1.Dimensions;
Data.Monitoring = monitoring_1.Monitoring;
Data.Errors = errors_1.Errors;
Data.Exports = exports_1.Exports;
Data.Incidents = incidents_1.Incidents;
Data.Metrics = metrics_1.Metrics;
Data.SubviewMetrics = subview_metrics_1.SubviewMetrics;
Data.RealTime = real_time_1.RealTime;
Data.VideoViews = video_views_1.VideoViews;
Data.Annotations = annotations_1.Annotations;
Data.Engagement = engagement_1.Engagement;
//# sourceMappingURL=data.js.map