"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.SubviewMetrics = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * A single video view is made up of one or more subviews — for example, a `rendition` subview tracks a continuous period spent at a specific video quality level, and a `playback_mode` subview tracks a continuous period in a specific playback mode (such as fullscreen or picture-in-picture).
 *
 * Subview metrics let you measure and filter on this subview-level data directly, rather than relying only on view-level metrics. For example, you can find out how much playing time was spent at 1080p vs. 720p, or broken down further by country.
 */
class SubviewMetrics extends resource_1.APIResource {
    /**
     * Returns the total subview metric value across all views matching the given
     * filters and timeframe.
     *
     * @example
     * ```ts
     * const subviewOverallValuesResponse =
     *   await client.data.subviewMetrics.getOverallValues(
     *     'playing_time',
     *     'rendition',
     *   );
     * ```
     */
    getOverallValues(metricID, subviewType, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/subview-metrics/${metricID}/${subviewType}/overall`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the metric value broken down by subview attributes, with each row's
     * percentage of the total. By default, groups by all of the subview type's
     * attributes (for example, every rendition attribute for `rendition` subviews) —
     * use `group_by[]` to select a subset.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const subviewBreakdownValue of client.data.subviewMetrics.listBreakdownValues(
     *   'playing_time',
     *   'rendition',
     * )) {
     *   // ...
     * }
     * ```
     */
    listBreakdownValues(metricID, subviewType, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/data/v1/subview-metrics/${metricID}/${subviewType}/breakdown`, (pagination_1.BasePage), { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
    /**
     * Returns the metric value broken down by subview attributes, for each of up to 4
     * selected values of a given dimension. Powers side-by-side comparisons across
     * dimension values (for example, comparing the rendition breakdown for the US vs.
     * India).
     *
     * @example
     * ```ts
     * const subviewComparisonValuesResponse =
     *   await client.data.subviewMetrics.listComparisonValues(
     *     'playing_time',
     *     'rendition',
     *     { dimension: 'dimension', values: ['string'] },
     *   );
     * ```
     */
    listComparisonValues(metricID, subviewType, query, options) {
        return this._client.get((0, path_1.path) `/data/v1/subview-metrics/${metricID}/${subviewType}/comparison`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the metric value broken down by subview attributes over time, bucketed
     * by the requested time granularity. Powers stacked bar chart visualizations.
     *
     * Buckets the data pipeline has not yet finalized are omitted from `data`
     * entirely, rather than zero-filled. Check each entry's `status` and the
     * response's `meta.complete_through` to tell a genuinely-empty bucket apart from
     * one that's still incomplete.
     *
     * @example
     * ```ts
     * const subviewBreakdownTimeseriesResponse =
     *   await client.data.subviewMetrics.getBreakdownTimeseries(
     *     'playing_time',
     *     'rendition',
     *   );
     * ```
     */
    getBreakdownTimeseries(metricID, subviewType, query = {}, options) {
        return this._client.get((0, path_1.path) `/data/v1/subview-metrics/${metricID}/${subviewType}/breakdown-timeseries`, {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Lists the dimensions available for filtering and breaking down subview metrics
     * for the given subview type. `view` dimensions describe the parent video view;
     * `subview` dimensions are specific to the subview type itself (for example,
     * rendition attributes for `rendition` subviews).
     *
     * @example
     * ```ts
     * const subviewDimensionsResponse =
     *   await client.data.subviewMetrics.listDimensions(
     *     'rendition',
     *   );
     * ```
     */
    listDimensions(subviewType, options) {
        return this._client.get((0, path_1.path) `/data/v1/subview-metrics/${subviewType}/dimensions`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Returns the distinct values for a dimension, each annotated with the total
     * playing time across all matching values. Sorted by playing time descending by
     * default.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const subviewDimensionValue of client.data.subviewMetrics.listDimensionValues(
     *   'rendition',
     *   'country',
     * )) {
     *   // ...
     * }
     * ```
     */
    listDimensionValues(subviewType, dimensionName, query = {}, options) {
        return this._client.getAPIList((0, path_1.path) `/data/v1/subview-metrics/${subviewType}/dimensions/${dimensionName}`, (pagination_1.BasePage), { query, defaultBaseURL: 'https://api.mux.com', ...options });
    }
}
exports.SubviewMetrics = SubviewMetrics;
//# sourceMappingURL=subview-metrics.js.map