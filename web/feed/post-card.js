/** One post: who, what, the video, and what readers do about it. */

import { h, icon, iconButton } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { formatAge } from "../core/format.js";
import { feedHash, postHash } from "../core/router.js";
import { announce, toast } from "../ui/announce.js";
import { confirmDialog } from "../ui/confirm.js";
import { attachMenu } from "../ui/menu.js";
import { Comments } from "./comments.js";
import { PostMedia } from "./media.js";
import { authorLink, avatarOf } from "./person.js";
import { Reactions } from "./reactions.js";

/** @typedef {import("./types.js").Post} Post */

export class PostCard {
  #posts;
  #post;
  #onGone;
  /** @type {PostMedia | null} */ #media = null;
  #reactions;
  #comments;
  element;

  /**
   * @param {import("../app.js").App} app @param {import("./api.js").PostsApi} posts @param {Post} post
   * @param {{onGone: () => void}} events
   */
  constructor(app, posts, post, { onGone }) {
    const me = /** @type {import("../core/claims.js").Claims} */ (app.session.claims);
    this.#posts = posts;
    this.#post = post;
    this.#onGone = onGone;
    this.#reactions = new Reactions(posts, post, { onComments: (open) => this.showComments(open) });
    this.#comments = new Comments(posts, post, me, (by) => this.#reactions.countComments(by));
    if (post.media) this.#media = new PostMedia(app, posts, post, () => void this.#reactions.seen());
    this.element = h(
      "article",
      { class: "post", "aria-label": `Post of ${post.author.name}` },
      this.#head(post.author.id === me.sub),
      post.content && h("p", { class: "post__text", dir: "auto" }, post.content),
      this.#media?.element ?? (post.type === "video" && h("p", { class: "post__gone" }, icon("film"), "The video of this post was deleted.")),
      this.#reactions.element,
      this.#comments.element,
    );
  }

  get id() {
    return this.#post.id;
  }

  /** @param {boolean} open */
  showComments(open) {
    this.#comments.show(open);
    this.#reactions.showCommentsOpen(open);
  }

  opened() {
    void this.#reactions.seen();
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.element.querySelector(".post__author"))?.focus();
  }

  close() {
    this.#media?.stop();
    this.#comments.close();
  }

  /** @param {boolean} mine */
  #head(mine) {
    const { author, community, timestamp, id } = this.#post;
    const age = h("a", { class: "post__age", href: postHash(id) }, h("time", { datetime: timestamp, title: new Date(timestamp).toLocaleString() }, formatAge(timestamp, Date.now())));
    const place = community && h("a", { class: "post__community", href: feedHash({ communityId: community.id }), dir: "auto" }, community.name);
    const more = iconButton("more", "Actions for this post", () => {});
    if (mine) attachMenu(more, () => [{ label: "Delete post", icon: "trash", danger: true, run: () => void this.#remove() }], { label: "Post actions" });
    return h("header", { class: "post__head" }, avatarOf(author.name), h("div", { class: "post__who" }, authorLink(author), h("p", { class: "post__where" }, age, place)), mine && more);
  }

  async #remove() {
    const sure = await confirmDialog({ title: "Delete this post?", text: ["Its comments and likes go with it. The video in it stays in your gallery."], confirm: "Delete post" });
    if (!sure) return;
    try {
      await this.#posts.remove(this.#post.id);
    } catch (error) {
      return toast(sentence(error), { kind: "error" });
    }
    announce("Post deleted");
    this.#onGone();
  }
}
