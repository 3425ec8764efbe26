/** Addresses of the page's screens, kept in the fragment so that any static host can serve them. */

/**
 * @typedef {{view: "gallery", status: string} | {view: "watch", videoId: string} | {view: "token", token: string}} Route
 */

const STATUSES = new Set(["ready", "processing", "error"]);

/** @param {string} hash with or without "#" @returns {Route} anything unknown is the gallery */
export function parseHash(hash) {
  const text = hash.replace(/^#/, "");
  if (text.startsWith("token=")) return { view: "token", token: decode(text.slice("token=".length)) };
  const [path, query = ""] = text.split("?");
  const watch = /^\/watch\/([^/]+)$/.exec(path);
  if (watch) return { view: "watch", videoId: decode(watch[1]) };
  const status = new URLSearchParams(query).get("status") ?? "";
  return { view: "gallery", status: STATUSES.has(status) ? status : "" };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray "%": the server will say that there is no such video
  }
}

/** @param {string} videoId */
export function watchHash(videoId) {
  return `#/watch/${encodeURIComponent(videoId)}`;
}

/** @param {string} status "" for all */
export function galleryHash(status = "") {
  return status ? `#/?status=${status}` : "#/";
}
