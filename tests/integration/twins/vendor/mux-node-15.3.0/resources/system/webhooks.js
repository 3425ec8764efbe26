"use strict";
// File generated from our OpenAPI spec by Stainless. See CONTRIBUTING.md for details.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Webhooks = void 0;
const resource_1 = require("../../core/resource.js");
const pagination_1 = require("../../core/pagination.js");
const headers_1 = require("../../internal/headers.js");
const path_1 = require("../../internal/utils/path.js");
/**
 * Webhook endpoints allow you to configure URLs where Mux will send notifications about events in your environment (e.g. asset ready, live stream active). Requires an access token with `system:read` and/or `system:write` permissions.
 */
class Webhooks extends resource_1.APIResource {
    /**
     * Creates a new webhook for the current environment. New webhooks start out
     * enabled. The `address` must be unique among the environment's webhooks. **The
     * `signing_secret` is only returned in this response and cannot be retrieved
     * again.** Store it securely and use it to verify that webhook payloads were sent
     * by Mux.
     *
     * @example
     * ```ts
     * const webhook = await client.system.webhooks.create({
     *   address: 'https://example.com/webhook',
     * });
     * ```
     */
    create(body, options) {
        return this._client.post('/system/v1/webhooks', {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Returns a list of webhooks configured for the current environment, sorted by
     * creation time with the most recently created first. The `signing_secret` is not
     * included; it is only returned once, when a webhook is created.
     *
     * @example
     * ```ts
     * // Automatically fetches more pages as needed.
     * for await (const webhook of client.system.webhooks.list()) {
     *   // ...
     * }
     * ```
     */
    list(query = {}, options) {
        return this._client.getAPIList('/system/v1/webhooks', (pagination_1.BasePage), {
            query,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        });
    }
    /**
     * Retrieves the details of a webhook that has previously been created. The
     * `signing_secret` is not included; it is only returned once, when the webhook is
     * created.
     *
     * @example
     * ```ts
     * const webhook = await client.system.webhooks.retrieve(
     *   'WEBHOOK_ID',
     * );
     * ```
     */
    retrieve(webhookID, options) {
        return this._client.get((0, path_1.path) `/system/v1/webhooks/${webhookID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Updates the address and/or enabled status of an existing webhook. Omitted fields
     * are left unchanged; at least one of `address` or `enabled` must be provided. The
     * new `address` must be unique among the environment's webhooks.
     *
     * @example
     * ```ts
     * const webhook = await client.system.webhooks.update(
     *   'WEBHOOK_ID',
     *   { address: 'https://example.com/new-webhook' },
     * );
     * ```
     */
    update(webhookID, body, options) {
        return this._client.patch((0, path_1.path) `/system/v1/webhooks/${webhookID}`, {
            body,
            defaultBaseURL: 'https://api.mux.com',
            ...options,
        })._thenUnwrap((obj) => obj.data);
    }
    /**
     * Deletes an existing webhook. Mux will no longer send event notifications to the
     * configured address, the webhook no longer appears in list or retrieve responses,
     * and its address becomes available for use by a new webhook (which will have a
     * new ID and signing secret).
     *
     * @example
     * ```ts
     * await client.system.webhooks.delete('WEBHOOK_ID');
     * ```
     */
    delete(webhookID, options) {
        return this._client.delete((0, path_1.path) `/system/v1/webhooks/${webhookID}`, {
            defaultBaseURL: 'https://api.mux.com',
            ...options,
            headers: (0, headers_1.buildHeaders)([{ Accept: '*/*' }, options?.headers]),
        });
    }
}
exports.Webhooks = Webhooks;
//# sourceMappingURL=webhooks.js.map