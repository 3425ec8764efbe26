/** Posts, comments and communities, as functions. */

import { ApiError } from "../core/errors.js";

/** @typedef {import("./types.js").Post} Post @typedef {import("./types.js").Standing} Standing */

export class PostsApi {
  #api;

  /** @param {import("../core/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @param {{communityId?: string, userId?: string, cursor?: string | null}} which @param {AbortSignal} [signal] @returns {Promise<{posts: Post[], nextCursor: string | null}>} */
  list({ communityId, userId, cursor }, signal) {
    const query = new URLSearchParams({ limit: "12" });
    if (communityId) query.set("communityId", communityId);
    if (userId) query.set("userId", userId);
    if (cursor) query.set("cursor", cursor);
    return this.#api.send("GET", `/api/posts?${query}`, { signal });
  }

  /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Post>} */
  get(id, signal) {
    return this.#api.send("GET", pathOf(id), { signal });
  }

  /** @param {{content: string, videoId?: string, communityId?: string}} post @param {string} idempotencyKey @returns {Promise<Post>} */
  create(post, idempotencyKey) {
    return this.#api.send("POST", "/api/posts", { body: post, idempotencyKey });
  }

  /** It being gone already is as good. @param {string} id */
  remove(id) {
    return this.#gone(pathOf(id));
  }

  /** @param {string} id @param {"like" | "save"} mark @param {boolean} on @returns {Promise<Standing>} */
  mark(id, mark, on) {
    return this.#api.send(on ? "PUT" : "DELETE", pathOf(id, mark), { repeatable: true });
  }

  /** Each call counts once, so none is repeated. @param {string} id @param {"view" | "share"} what @returns {Promise<Standing>} */
  happened(id, what) {
    return this.#api.send("POST", pathOf(id, what));
  }

  /** @param {string} id @param {string | null} cursor @param {AbortSignal} signal @returns {Promise<{comments: import("./types.js").Comment[], nextCursor: string | null}>} */
  comments(id, cursor, signal) {
    const query = new URLSearchParams({ limit: "20" });
    if (cursor) query.set("cursor", cursor);
    return this.#api.send("GET", `${pathOf(id, "comments")}?${query}`, { signal });
  }

  /** @param {string} id @param {string} content @param {string} idempotencyKey @returns {Promise<import("./types.js").Comment>} */
  comment(id, content, idempotencyKey) {
    return this.#api.send("POST", pathOf(id, "comments"), { body: { content }, idempotencyKey });
  }

  /** It being gone already is as good. @param {string} id @param {string} commentId */
  removeComment(id, commentId) {
    return this.#gone(pathOf(id, `comments/${encodeURIComponent(commentId)}`));
  }

  /** @param {string} name @param {string} idempotencyKey @returns {Promise<import("./types.js").Community>} */
  createCommunity(name, idempotencyKey) {
    return this.#api.send("POST", "/api/communities", { body: { name }, idempotencyKey });
  }

  /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Community>} */
  community(id, signal) {
    return this.#api.send("GET", `/api/communities/${encodeURIComponent(id)}`, { signal });
  }

  /** @param {string} path */
  async #gone(path) {
    try {
      await this.#api.send("DELETE", path, { repeatable: true });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }
}

/** @param {string} id */
function pathOf(id, rest = "") {
  return `/api/posts/${encodeURIComponent(id)}${rest && `/${rest}`}`;
}
