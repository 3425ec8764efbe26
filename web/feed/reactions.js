/** The row under a post: like, comment, save, share, and how often it was seen. */

import { h, icon, setText } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { formatCount } from "../core/format.js";
import { postHash } from "../core/router.js";
import { announce, toast } from "../ui/announce.js";
import { Wish } from "./wish.js";

/** @typedef {import("./types.js").Post} Post @typedef {import("./types.js").Standing} Standing */

export class Reactions {
  #posts;
  #post;
  /** As the server last told it. @type {Standing} */ #standing;
  #like;
  #save;
  #likeButton;
  #saveButton;
  #comments;
  #share;
  #views = h("span", { class: "reaction reaction--still" });
  element;

  /** @param {import("./api.js").PostsApi} posts @param {Post} post @param {{onComments: (open: boolean) => void}} events */
  constructor(posts, post, { onComments }) {
    this.#posts = posts;
    this.#post = post;
    this.#standing = post;
    const wish = (/** @type {"like" | "save"} */ mark, /** @type {boolean} */ known) =>
      new Wish(known, async (on) => this.learn(await posts.mark(post.id, mark, on)), { onChange: () => this.#show(), onRefused: (error) => toast(sentence(error), { kind: "error" }) });
    this.#like = wish("like", post.isLiked);
    this.#save = wish("save", post.isSaved);
    this.#likeButton = reaction("Like", () => void this.#like.toggle());
    this.#saveButton = reaction("Save", () => void this.#save.toggle());
    this.#comments = reaction("Comments", () => onComments(this.#comments.getAttribute("aria-expanded") !== "true"));
    this.#comments.setAttribute("aria-expanded", "false");
    this.#share = reaction("Share", () => void this.#copyLink());
    this.element = h("div", { class: "reactions" }, this.#likeButton, this.#comments, this.#share, this.#views, h("span", { class: "reactions__space" }), this.#saveButton);
    this.#show();
  }

  /** @param {boolean} open */
  showCommentsOpen(open) {
    this.#comments.setAttribute("aria-expanded", String(open));
  }

  focusComments() {
    this.#comments.focus();
  }

  /** @param {Standing} standing */
  learn(standing) {
    this.#standing = standing;
    this.#show();
  }

  /** A comment is shown before the server has it, or is taken back. @param {number} by */
  countComments(by) {
    this.learn({ ...this.#standing, comments: Math.max(0, this.#standing.comments + by) });
  }

  /** Once for each time that it is opened or played here. */
  async seen() {
    try {
      this.learn(await this.#posts.happened(this.#post.id, "view"));
    } catch {
      // A view that is not counted is nothing that a reader could mend.
    }
  }

  #show() {
    const { likes, comments, shares, views } = this.#standing;
    face(this.#likeButton, this.#like.value ? "hearted" : "heart", likes + this.#like.ahead);
    this.#likeButton.setAttribute("aria-pressed", String(this.#like.value));
    face(this.#saveButton, this.#save.value ? "bookmarked" : "bookmark", null);
    this.#saveButton.setAttribute("aria-pressed", String(this.#save.value));
    face(this.#comments, "comment", comments);
    face(this.#share, "share", shares);
    this.#views.replaceChildren(icon("eye"), h("span", {}, formatCount(views)), h("span", { class: "visually-hidden" }, views === 1 ? "view" : "views"));
  }

  async #copyLink() {
    const link = new URL(postHash(this.#post.id), location.href.split("#")[0]).href;
    try {
      await navigator.clipboard.writeText(link);
      toast("Link to the post copied.");
    } catch {
      toast(`Copy this link: ${link}`, { kind: "error" });
    }
    try {
      this.learn(await this.#posts.happened(this.#post.id, "share"));
    } catch {
      announce("The share could not be counted.");
    }
  }
}

/** @param {string} name @param {() => void} run */
function reaction(name, run) {
  return h("button", { type: "button", class: "reaction", on: { click: run } }, h("span", { class: "reaction__icon" }), h("span", { class: "visually-hidden" }, name), h("span", { class: "reaction__count" }));
}

/** @param {HTMLElement} button @param {keyof typeof import("../core/icons.js").ICONS} name @param {number | null} count */
function face(button, name, count) {
  const place = /** @type {HTMLElement} */ (button.querySelector(".reaction__icon"));
  if (place.dataset.icon !== name) {
    place.dataset.icon = name;
    place.replaceChildren(icon(name));
  }
  setText(/** @type {HTMLElement} */ (button.querySelector(".reaction__count")), count === null ? "" : formatCount(count));
}
