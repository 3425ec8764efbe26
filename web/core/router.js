/** Addresses of the page's screens, kept in the fragment so that any static host can serve them. */

/**
 * @typedef {{view: "gallery", status: string} | {view: "watch", videoId: string} | {view: "token", token: string}
 *   | {view: "feed", communityId: string, userId: string} | {view: "post", postId: string}
 *   | {view: "analytics", videoId: string} | {view: "receipt", videoId: string}} Route
 */

const STATUSES = new Set(["ready", "processing", "error"]);

/** @type {[RegExp, (id: string) => Route][]} */
const SCREENS = [
  [/^\/watch\/([^/]+)$/, (videoId) => ({ view: "watch", videoId })],
  [/^\/feed$/, () => ({ view: "feed", communityId: "", userId: "" })],
  [/^\/feed\/community\/([^/]+)$/, (communityId) => ({ view: "feed", communityId, userId: "" })],
  [/^\/feed\/person\/([^/]+)$/, (userId) => ({ view: "feed", communityId: "", userId })],
  [/^\/post\/([^/]+)$/, (postId) => ({ view: "post", postId })],
  [/^\/analytics$/, () => ({ view: "analytics", videoId: "" })],
  [/^\/analytics\/([^/]+)$/, (videoId) => ({ view: "analytics", videoId })],
  [/^\/deleted\/([^/]+)$/, (videoId) => ({ view: "receipt", videoId })],
];

/** @param {string} hash with or without "#" @returns {Route} anything unknown is the gallery */
export function parseHash(hash) {
  const text = hash.replace(/^#/, "");
  if (text.startsWith("token=")) return { view: "token", token: decode(text.slice("token=".length)) };
  const [path, query = ""] = text.split("?");
  for (const [pattern, screen] of SCREENS) {
    const match = pattern.exec(path);
    if (match) return screen(decode(match[1] ?? ""));
  }
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

/** @param {{communityId?: string, userId?: string}} [which] everything, or the posts of one community or person */
export function feedHash({ communityId, userId } = {}) {
  if (communityId) return `#/feed/community/${encodeURIComponent(communityId)}`;
  return userId ? `#/feed/person/${encodeURIComponent(userId)}` : "#/feed";
}

/** @param {string} postId */
export function postHash(postId) {
  return `#/post/${encodeURIComponent(postId)}`;
}

/** @param {string} [videoId] "" for all videos together */
export function analyticsHash(videoId = "") {
  return videoId ? `#/analytics/${encodeURIComponent(videoId)}` : "#/analytics";
}

/** @param {string} videoId of a video that was deleted */
export function receiptHash(videoId) {
  return `#/deleted/${encodeURIComponent(videoId)}`;
}

/**
 * The page that plays one video for whoever has its key. A path, because it is a page of its own; the key
 * stays behind the "#", which browsers send to no server.
 * @param {string} videoId @param {string} key @param {string} base address of this page
 */
export function shareLink(videoId, key, base) {
  return new URL(`share/${encodeURIComponent(videoId)}#${key}`, base.split("#")[0]).href;
}

/** @param {{pathname: string, hash: string}} address @returns {{videoId: string, key: string}} "" for what is missing */
export function parseShare({ pathname, hash }) {
  const match = /\/share\/([^/]+)\/?$/.exec(pathname);
  return { videoId: match ? decode(match[1]) : "", key: decode(hash.replace(/^#/, "")).trim() };
}
