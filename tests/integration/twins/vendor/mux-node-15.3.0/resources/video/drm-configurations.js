"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.DRMConfigurations = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * DRM Configurations allow you to adjust the security level of content delivered through Mux Video's Digital Rights Management (DRM) feature.
 */
class DRMConfigurations extends resource_1.APIResource {
    /**
     * Returns a list of DRM Configurations
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const drmConfiguration of client.video.drmConfigurations.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/video/v1/drm-configurations', (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Retrieves a single DRM Configuration.
     *
     * @example
     * ```ts
     * const drmConfiguration =
     *   await client.video.drmConfigurations.retrieve(
     *     'DRM_CONFIGURATION_ID',
     *   );
     * ```
     */
    retrieve(drmConfigurationID, options) {
        return this._client.get((0, path_1.path) `/video/v1/drm-configurations/${drmConfigurationID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
}
exports.DRMConfigurations = DRMConfigurations;
//# sourceMappingURL=drm-configurations.js.map