/** The page of one video: the player, and for its owner everything that can be done with it. */

import { h, icon, setText } from "../core/dom.js";
import { ApiError, failureSentence, isAbort, sentence } from "../core/errors.js";
import { formatAge } from "../core/format.js";
import { providerName } from "../core/providers.js";
import { watchHash } from "../core/router.js";
import { PlaybackReport } from "./playback-report.js";
import { VideoDetails } from "./details.js";
import { OwnerBar } from "./owner-bar.js";
import { Player } from "./player.js";
import { stageOf } from "./stage.js";

/** @typedef {import("../core/types.js").Video} Video */

export class WatchView {
  #app;
  #id;
  #autoplay;
  #stop = new AbortController();
  /** @type {Player | null} */ #player = null;
  /** @type {Video | null} */ #video = null;
  #stage = h("div", { class: "watch__stage" });
  #heading = h("h1", { class: "watch__title", dir: "auto", tabIndex: -1 });
  #meta = h("p", { class: "watch__meta" });
  #owner = h("div", { class: "watch__owner" });
  /** @type {OwnerBar | null} */ #bar = null;
  #details = new VideoDetails();
  #back = h("a", { class: "back", href: "#/" }, icon("back"), "All videos");
  element = h(
    "article",
    { class: "watch" },
    this.#back,
    this.#stage,
    h("div", { class: "watch__head" }, h("div", { class: "watch__words" }, this.#heading, this.#meta), this.#owner),
    this.#details.element,
  );

  /** @param {import("../app.js").App} app @param {string} videoId @param {{autoplay: boolean}} options */
  constructor(app, videoId, { autoplay }) {
    this.#app = app;
    this.#id = videoId;
    this.#autoplay = autoplay;
    this.#back.hidden = !app.session.token;
    this.#showPlaceholder("Loading…", { busy: true });
    app.store.addEventListener("change", (event) => this.#onStore(/** @type {CustomEvent<string[]>} */ (event).detail), { signal: this.#stop.signal });
  }

  get address() {
    return watchHash(this.#id);
  }

  async open() {
    try {
      const owned = this.#app.session.token ? await this.#readOwn() : false;
      if (!owned) await this.#readPublic();
    } catch (error) {
      if (!isAbort(error)) this.#showFailure(error);
    }
  }

  close() {
    this.#stop.abort();
    this.#player?.close();
  }

  focus() {
    if (this.#player) this.#player.focus();
    else this.#heading.focus({ preventScroll: true });
  }

  /** @returns {Promise<boolean>} false if it is somebody else's */
  async #readOwn() {
    let video;
    try {
      video = await this.#app.api.get(this.#id, this.#stop.signal);
    } catch (error) {
      if (error instanceof ApiError && (error.status === 403 || error.status === 401)) return false;
      throw error;
    }
    this.#app.store.put(video);
    this.#app.poller?.nudge(this.#id);
    this.#showOwn(video);
    return true;
  }

  /** What anybody may know of a public video: whether it is ready, its name, the stream. */
  async #readPublic() {
    const status = await this.#app.api.status(this.#id, this.#stop.signal);
    if (status.status !== "ready") throw new ApiError({ status: 409, code: "video_not_ready" });
    const { title } = await this.#app.api.url(this.#id, this.#stop.signal);
    this.#setTitle(title);
    setText(this.#meta, "Shared with you by link");
    this.#play(title, status.thumbnailUrl, null);
  }

  /** @param {string[]} ids */
  #onStore(ids) {
    if (!ids.includes(this.#id) || !this.#video) return;
    const video = this.#app.store.get(this.#id);
    if (video) this.#showOwn(video);
    else if (!this.#stop.signal.aborted) location.hash = "#/"; // deleted, here or elsewhere
  }

  /** @param {Video} video */
  #showOwn(video) {
    this.#video = video;
    const title = video.title || video.filename;
    this.#setTitle(title);
    this.#meta.replaceChildren(...this.#metaOf(video));
    if (!this.#bar) {
      this.#bar = new OwnerBar(this.#app, this.#heading);
      this.#owner.replaceChildren(this.#bar.element);
    }
    this.#bar.update(video);
    this.#details.update(video);
    const { width, height } = video.metadata;
    if (video.status === "ready") this.#play(title, video.thumbnailUrl, width && height ? width / height : null);
    else if (video.status === "error") this.#showPlaceholder(failureSentence(video.error), { bad: true });
    else this.#showProgress(video);
  }

  /** @param {Video} video @returns {Node[]} */
  #metaOf(video) {
    const age = h("time", { datetime: video.createdAt, title: new Date(video.createdAt).toLocaleString() }, formatAge(video.createdAt, Date.now()));
    const open = video.visibility === "public";
    return [age, h("span", { class: "watch__visibility" }, icon(open ? "globe" : "lock"), open ? "Public" : "Private"), h("span", {}, providerName(video.provider))];
  }

  /** @param {Video} video */
  #showProgress(video) {
    if (video.status === "uploading") return this.#showPlaceholder("This video is still being uploaded.", { busy: true });
    const percent = Math.round(video.progress ?? 0);
    this.#showPlaceholder(percent > 0 ? `Processing · ${percent} %` : "Processing…", { busy: true, percent });
  }

  /** @param {string} title */
  #setTitle(title) {
    setText(this.#heading, title);
    document.title = `${title} · Sluice`;
  }

  /** @param {string} title @param {string | null} poster @param {number | null} ratio */
  #play(title, poster, ratio) {
    if (this.#player) return;
    const hadFocus = this.element.contains(document.activeElement);
    const report = new PlaybackReport(this.#app.api, { videoId: this.#id, userId: this.#app.session.claims?.sub ?? null });
    this.#player = new Player({ title, poster, ratio, mint: (signal) => this.#app.api.grant(this.#id, signal), report });
    this.#stage.replaceChildren(this.#player.element);
    if (hadFocus) this.#player.focus();
    void this.#player.open({ autoplay: this.#autoplay });
  }

  /** @param {string} words @param {{busy?: boolean, bad?: boolean, percent?: number}} [face] */
  #showPlaceholder(words, face) {
    this.#player?.close();
    this.#player = null;
    this.#stage.replaceChildren(stageOf(words, face));
  }

  /** @param {unknown} error */
  #showFailure(error) {
    const status = error instanceof ApiError ? error.status : 0;
    const closed = status === 401 || status === 403;
    const signedIn = Boolean(this.#app.session.token);
    const words = !closed ? sentence(error) : signedIn ? "This video is private. Only its owner can watch it." : "This video is private. Sign in with the account that owns it to watch it.";
    this.#setTitle(closed ? "Private video" : status === 404 ? "No such video" : "Video");
    this.#showPlaceholder(words, { bad: true });
    const again = h("button", { type: "button", class: "button", on: { click: () => (this.#showPlaceholder("Loading…", { busy: true }), void this.open()) } }, icon("replay"), "Try again");
    const signIn = h("a", { class: "button button--primary", href: "#/" }, "Sign in");
    if (closed && !signedIn) this.#owner.replaceChildren(signIn);
    else if (!closed && status !== 404) this.#owner.replaceChildren(again);
  }
}
