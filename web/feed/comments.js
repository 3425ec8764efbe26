/** The comments of one post: read when they are opened; one's own is shown before the server has it. */

import { h, iconButton, setText } from "../core/dom.js";
import { isAbort, sentence } from "../core/errors.js";
import { formatAge } from "../core/format.js";
import { announce } from "../ui/announce.js";
import { authorLink, avatarOf } from "./person.js";

/** @typedef {import("./types.js").Comment} Comment */

const MOST_CODE_POINTS = 2000;

export class Comments {
  #posts;
  #postId;
  #me;
  #mine;
  #onCount;
  /** @type {string | null} */ #cursor = null;
  #begun = false;
  #stop = new AbortController();
  #list = h("ul", { class: "comments__list", role: "list" });
  #state = h("p", { class: "comments__state", role: "status" });
  #more = h("button", { type: "button", class: "button button--ghost button--small", hidden: true, on: { click: () => void this.#load() } }, "Show more comments");
  #field = h("textarea", { class: "field field--area comments__field", rows: "1", "aria-label": "Write a comment", placeholder: "Write a comment…", dir: "auto" });
  #problem = h("p", { class: "form__problem", role: "alert", hidden: true });
  element;

  /**
   * @param {import("./api.js").PostsApi} posts @param {import("./types.js").Post} post
   * @param {{sub: string, name: string}} me
   * @param {(by: number) => void} onCount
   */
  constructor(posts, post, me, onCount) {
    this.#posts = posts;
    this.#postId = post.id;
    this.#me = me;
    this.#mine = post.author.id === me.sub;
    this.#onCount = onCount;
    const form = h(
      "form",
      { class: "comments__form", on: { submit: (/** @type {Event} */ event) => (event.preventDefault(), void this.#submit()) } },
      this.#field,
      h("button", { class: "button button--primary" }, "Send"),
    );
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    this.element = h("section", { class: "comments", "aria-label": "Comments", hidden: true }, form, this.#problem, this.#list, this.#state, this.#more);
  }

  close() {
    this.#stop.abort();
  }

  /** @param {boolean} open */
  show(open) {
    this.element.hidden = !open;
    if (!open || this.#begun) return;
    this.#begun = true;
    void this.#load();
  }

  async #load() {
    setText(this.#state, "Loading comments…");
    this.#more.disabled = true;
    try {
      const page = await this.#posts.comments(this.#postId, this.#cursor, this.#stop.signal);
      this.#cursor = page.nextCursor;
      const shown = new Set([...this.#list.children].map((item) => /** @type {HTMLElement} */ (item).dataset.id));
      this.#list.append(...page.comments.filter((comment) => !shown.has(comment.id)).map((comment) => this.#item(comment)));
      this.#say();
    } catch (error) {
      if (isAbort(error)) return;
      setText(this.#state, sentence(error));
      setText(this.#more, "Try again");
      this.#more.hidden = false;
    } finally {
      this.#more.disabled = false;
    }
  }

  #say() {
    setText(this.#state, this.#list.children.length ? "" : "No comments yet.");
    setText(this.#more, "Show more comments");
    this.#more.hidden = this.#cursor === null;
  }

  async #submit() {
    const content = this.#field.value.trim();
    if (!content) return this.#field.focus();
    if ([...content].length > MOST_CODE_POINTS) return this.#refuse("A comment has at most 2,000 characters.");
    const pending = this.#item({ id: "", content, author: { id: this.#me.sub, name: this.#me.name }, timestamp: new Date().toISOString() });
    pending.dataset.pending = "";
    this.#list.prepend(pending);
    this.#problem.hidden = true;
    this.#field.value = "";
    this.#onCount(1);
    this.#say();
    try {
      const sent = await this.#posts.comment(this.#postId, content, crypto.randomUUID());
      // The others may have been read meanwhile, and this one with them.
      this.#list.querySelector(`[data-id="${CSS.escape(sent.id)}"]`)?.remove();
      pending.replaceWith(this.#item(sent));
      announce("Comment sent");
    } catch (error) {
      pending.remove();
      this.#onCount(-1);
      this.#say();
      // The words come back, unless others are being written already.
      if (!this.#field.value) this.#field.value = content;
      this.#refuse(sentence(error));
    }
  }

  /** @param {string} words */
  #refuse(words) {
    setText(this.#problem, words);
    this.#problem.hidden = false;
    this.#field.focus();
  }

  /** @param {Comment} comment */
  #item(comment) {
    const { id, content, author, timestamp } = comment;
    const item = h("li", { class: "comment", "data-id": id }, avatarOf(author.name));
    const head = h("p", { class: "comment__head" }, authorLink(author), h("time", { class: "comment__age", datetime: timestamp }, formatAge(timestamp, Date.now())));
    item.append(h("div", { class: "comment__words" }, head, h("p", { class: "comment__text", dir: "auto" }, content)));
    // One's own can be taken back, and any under one's own post.
    if (id && (this.#mine || author.id === this.#me.sub)) item.append(iconButton("trash", `Delete the comment of ${author.name}`, () => void this.#remove(id, item)));
    return item;
  }

  /** Gone at once, and back where it was if that is refused. @param {string} id @param {HTMLElement} item */
  async #remove(id, item) {
    const place = h("li", { hidden: true });
    item.replaceWith(place);
    this.#onCount(-1);
    this.#field.focus();
    try {
      await this.#posts.removeComment(this.#postId, id);
      place.remove();
      this.#say();
      announce("Comment deleted");
    } catch (error) {
      place.replaceWith(item);
      this.#onCount(1);
      this.#refuse(sentence(error));
    }
  }
}
