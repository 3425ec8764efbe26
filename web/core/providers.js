/** Video providers, as people call them. Pure. */

/** @type {Record<string, string>} */
const NAMES = { s3: "Amazon S3", mux: "Mux", cloudflare: "Cloudflare" };

/** @param {string} provider as the API names it */
export function providerName(provider) {
  return Object.hasOwn(NAMES, provider) ? NAMES[provider] : provider;
}
