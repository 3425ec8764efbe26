"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.System = void 0;
const tslib_1 = require("../../internal/tslib.js");
const resource_1 = require("../../core/resource.js");
const SigningKeysAPI = tslib_1.__importStar(require("./signing-keys.js"));
const signing_keys_1 = require("./signing-keys.js");
const UsageExportsAPI = tslib_1.__importStar(require("./usage-exports.js"));
const usage_exports_1 = require("./usage-exports.js");
const UtilitiesAPI = tslib_1.__importStar(require("./utilities.js"));
const utilities_1 = require("./utilities.js");
const WebhooksAPI = tslib_1.__importStar(require("./webhooks.js"));
const webhooks_1 = require("./webhooks.js");
class System extends resource_1.APIResource {
    constructor() {
        super(...arguments);
        this.signingKeys = new SigningKeysAPI.SigningKeys(this._client);
        this.utilities = new UtilitiesAPI.Utilities(this._client);
        this.usageExports = new UsageExportsAPI.UsageExports(this._client);
        this.webhooks = new WebhooksAPI.Webhooks(this._client);
    }
}
exports.System = System;
System.SigningKeys = signing_keys_1.SigningKeys;
System.Utilities = utilities_1.Utilities;
System.UsageExports = usage_exports_1.UsageExports;
System.Webhooks = webhooks_1.Webhooks;
//# sourceMappingURL=system.js.map