/** Where a post is written: words, one of one's own videos, or both. */

import { h, icon, iconButton, setText } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { Poster } from "../gallery/poster.js";
import { announce } from "../ui/announce.js";
import { pickVideo } from "./video-picker.js";

/** @typedef {import("./types.js").Post} Post @typedef {import("../core/types.js").Video} Video */

const MOST_CODE_POINTS = 5000;
/** From here on the person sees how much room is left. */
const SHOW_ROOM_BELOW = 500;

export class Composer {
  #posts;
  #communityId;
  #onPosted;
  /** @type {Video | null} */ #video = null;
  /** Kept while the same post is tried again, so that a repetition posts once. */
  #attempt = { body: "", key: "" };
  #field = h("textarea", { class: "field field--area composer__field", rows: "2", "aria-label": "Write a post", placeholder: "What would you like to share?", dir: "auto" });
  #chosen = h("div", { class: "composer__chosen", hidden: true });
  #room = h("p", { class: "hint composer__room", "aria-live": "polite" });
  #problem = h("p", { class: "form__problem", role: "alert", hidden: true });
  #add;
  #submit = h("button", { class: "button button--primary" }, "Post");
  element;

  /**
   * @param {import("../app.js").App} app @param {import("./api.js").PostsApi} posts
   * @param {string} communityId "" for none @param {(post: Post) => void} onPosted
   */
  constructor(app, posts, communityId, onPosted) {
    this.#posts = posts;
    this.#communityId = communityId;
    this.#onPosted = onPosted;
    this.#add = h("button", { type: "button", class: "button", on: { click: () => pickVideo(app.api, (video) => this.#choose(video)) } }, icon("film"), "Add a video");
    this.element = h(
      "form",
      { class: "composer", "aria-label": "New post", on: { submit: (/** @type {Event} */ event) => (event.preventDefault(), void this.#post()) } },
      this.#field,
      this.#chosen,
      this.#problem,
      h("div", { class: "composer__foot" }, this.#add, this.#room, this.#submit),
    );
    this.#field.addEventListener("input", () => this.#showRoom());
  }

  /** @param {Video | null} video */
  #choose(video) {
    this.#video = video;
    this.#chosen.hidden = !video;
    this.#add.hidden = Boolean(video);
    if (!video) return this.#chosen.replaceChildren();
    const poster = new Poster(() => {});
    poster.show(video.thumbnailUrl);
    const title = video.title || video.filename;
    this.#chosen.replaceChildren(h("span", { class: "composer__picture" }, poster.element), h("p", { class: "composer__title", dir: "auto" }, title), iconButton("close", `Remove ${title} from the post`, () => (this.#choose(null), this.#add.focus())));
    this.#field.focus();
    announce(`${title} added`);
  }

  #showRoom() {
    const room = MOST_CODE_POINTS - [...this.#field.value].length;
    setText(this.#room, room < 0 ? `${-room} too many` : room < SHOW_ROOM_BELOW ? `${room} left` : "");
    this.#room.classList.toggle("composer__room--bad", room < 0);
    this.#problem.hidden = true;
  }

  async #post() {
    const content = this.#field.value.trim();
    if (!content && !this.#video) return this.#refuse("Write something, or add a video.");
    if ([...content].length > MOST_CODE_POINTS) return this.#refuse("A post has at most 5,000 characters.");
    const post = { content, ...(this.#video ? { videoId: this.#video.videoId } : {}), ...(this.#communityId ? { communityId: this.#communityId } : {}) };
    const body = JSON.stringify(post);
    if (this.#attempt.body !== body) this.#attempt = { body, key: crypto.randomUUID() };
    this.#busy(true);
    try {
      const made = await this.#posts.create(post, this.#attempt.key);
      this.#attempt = { body: "", key: "" };
      this.#field.value = "";
      this.#choose(null);
      this.#showRoom();
      this.#onPosted(made);
    } catch (error) {
      this.#refuse(sentence(error));
    } finally {
      this.#busy(false);
    }
  }

  /** @param {boolean} on */
  #busy(on) {
    this.#submit.disabled = on;
    this.#field.readOnly = on;
  }

  /** @param {string} words */
  #refuse(words) {
    setText(this.#problem, words);
    this.#problem.hidden = false;
    this.#field.focus();
  }
}
