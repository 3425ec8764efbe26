/** A post's video: its picture, and in its place the player once somebody wants to see it. */

import { h, icon } from "../core/dom.js";
import { ApiError } from "../core/errors.js";
import { formatClock, spokenDuration } from "../core/format.js";
import { Poster } from "../gallery/poster.js";
import { PlaybackReport } from "../player/playback-report.js";
import { Player } from "../player/player.js";

/** @typedef {import("./types.js").Post} Post */

/** Links in a post do not say how long they hold; a refused one is renewed whenever that is. */
const RENEW_AFTER_MS = 3_600_000;

/** One video of the feed plays at a time. @type {PostMedia | null} */
let playing = null;

export class PostMedia {
  #app;
  #posts;
  #post;
  #onPlay;
  /** @type {Player | null} */ #player = null;
  #poster = new Poster(() => void this.#refresh());
  #button;
  #length;
  element;

  /** @param {import("../app.js").App} app @param {import("./api.js").PostsApi} posts @param {Post} post @param {() => void} onPlay */
  constructor(app, posts, post, onPlay) {
    this.#app = app;
    this.#posts = posts;
    this.#post = post;
    this.#onPlay = onPlay;
    const { thumbnail, duration } = /** @type {NonNullable<Post["media"]>} */ (post.media);
    this.#poster.show(thumbnail);
    const length = duration === null ? "" : `, ${spokenDuration(duration)}`;
    this.#button = h(
      "button",
      { type: "button", class: "media__button", "aria-label": `Play the video of ${post.author.name}${length}`, on: { click: () => this.play() } },
      this.#poster.element,
      h("span", { class: "media__play" }, icon("play")),
    );
    this.#length = h("span", { class: "card__duration", "aria-hidden": "true", hidden: duration === null }, formatClock(duration ?? 0));
    this.element = h("div", { class: "media" }, this.#button, this.#length);
  }

  play() {
    if (playing !== this) playing?.stop();
    playing = this;
    const { author, media } = this.#post;
    const report = new PlaybackReport(this.#app.api, { videoId: media?.videoId ?? "", userId: this.#app.session.claims?.sub ?? null });
    this.#player = new Player({ title: `Video of ${author.name}`, poster: media?.thumbnail ?? null, ratio: null, mint: (signal) => this.#grant(signal), report });
    this.element.replaceChildren(this.#player.element);
    this.#player.focus();
    void this.#player.open({ autoplay: true });
    this.#onPlay();
  }

  /** Back to the picture. */
  stop() {
    if (playing === this) playing = null;
    this.#player?.close();
    this.#player = null;
    this.element.replaceChildren(this.#button, this.#length);
  }

  /** A post carries links that were signed for its reader. @param {AbortSignal} signal @returns {Promise<import("../player/grant.js").Grant>} */
  async #grant(signal) {
    const { media } = await this.#posts.get(this.#post.id, signal);
    if (!media?.url) throw new ApiError({ status: 404, code: "video_not_found" });
    return { token: "", playbackUrl: media.url, thumbnailUrl: media.thumbnail, storyboardUrl: null, expiresAt: new Date(Date.now() + RENEW_AFTER_MS).toISOString() };
  }

  async #refresh() {
    try {
      this.#poster.show((await this.#posts.get(this.#post.id)).media?.thumbnail ?? null);
    } catch {
      // The blank picture stays; playing says what is wrong.
    }
  }
}
