/** Signed addresses: the same object under different signatures. Pure. */

/** A token as a folder of the path, where Cloudflare wants it. */
const TOKEN_IN_PATH = /\/eyJ[\w-]+\.[\w-]+\.[\w-]+(?=\/)/;

/** @param {string} url @returns {string} the same for whatever signature opens it; to be compared within one video only */
export function objectOf(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(TOKEN_IN_PATH, "/token");
}
