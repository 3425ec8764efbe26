/** One post, as its link shows it: with its comments open. */

import { h, icon } from "../core/dom.js";
import { ApiError, isAbort, sentence } from "../core/errors.js";
import { feedHash } from "../core/router.js";
import { notice, problemNotice } from "../ui/notice.js";
import { PostsApi } from "./api.js";
import { PostCard } from "./post-card.js";

export class PostView {
  #app;
  #posts;
  #id;
  #stop = new AbortController();
  /** @type {PostCard | null} */ #card = null;
  #heading = h("h1", { class: "visually-hidden", tabIndex: -1 }, "Post");
  #place = h("div", { class: "feed__single", "aria-busy": "true" });
  element = h("div", { class: "feed" }, h("a", { class: "back", href: feedHash() }, icon("back"), "Feed"), this.#heading, this.#place);

  /** @param {import("../app.js").App} app @param {string} postId */
  constructor(app, postId) {
    this.#app = app;
    this.#posts = new PostsApi(app.api);
    this.#id = postId;
    document.title = "Post · Sluice";
  }

  open() {
    void this.#load();
  }

  close() {
    this.#stop.abort();
    this.#card?.close();
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  async #load() {
    try {
      const post = await this.#posts.get(this.#id, this.#stop.signal);
      this.#card = new PostCard(this.#app, this.#posts, post, { onGone: () => (location.hash = feedHash()) });
      document.title = `Post of ${post.author.name} · Sluice`;
      this.#place.replaceChildren(this.#card.element);
      this.#card.showComments(true);
      this.#card.opened();
    } catch (error) {
      if (isAbort(error)) return;
      const gone = error instanceof ApiError && error.status === 404;
      this.#place.replaceChildren(gone ? notice({ icon: "comment", title: "No such post", words: "This post does not exist, or it was deleted." }) : problemNotice("The post could not be loaded", sentence(error), () => void this.#load()));
    }
    this.#place.setAttribute("aria-busy", "false");
  }
}
