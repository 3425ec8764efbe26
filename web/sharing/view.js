/** One shared video: the player, its title, and what to do if the link does not open it. */

import { pollDelay, sleep } from "../core/backoff.js";
import { h, icon, setText } from "../core/dom.js";
import { ApiError, isAbort, sentence } from "../core/errors.js";
import { PlaybackReport } from "../player/playback-report.js";
import { Player } from "../player/player.js";
import { stageOf } from "../player/stage.js";
import { toast } from "../ui/announce.js";
import { startDownload } from "../ui/download.js";

const INCOMPLETE = "This link is not complete: the part behind the # is missing. Ask for the whole link.";
const CLOSED = "This link does not open a video. It may have been replaced or stopped, or it is not complete. Ask for a new one.";

export class SharedView {
  #api;
  #id;
  #key;
  #stop = new AbortController();
  /** @type {Player | null} */ #player = null;
  #stage = h("div", { class: "watch__stage" });
  #heading = h("h1", { class: "watch__title", dir: "auto", tabIndex: -1 });
  #meta = h("p", { class: "watch__meta" });
  #buttons = h("div", { class: "watch__owner owner-bar" });
  element = h("article", { class: "watch" }, this.#stage, h("div", { class: "watch__head" }, h("div", { class: "watch__words" }, this.#heading, this.#meta), this.#buttons));

  /** @param {import("../core/api.js").Api} api that sends the key along @param {string} videoId @param {string} key */
  constructor(api, videoId, key) {
    this.#api = api;
    this.#id = videoId;
    this.#key = key;
  }

  async open() {
    this.#buttons.replaceChildren();
    this.#stage.replaceChildren(stageOf("Loading…", { busy: true }));
    if (!this.#id || !this.#key) return this.#refuse(this.#id ? INCOMPLETE : CLOSED);
    try {
      const status = await this.#ready();
      const { title } = await this.#api.url(this.#id, this.#stop.signal);
      this.#play(title, status.thumbnailUrl);
    } catch (error) {
      if (!isAbort(error)) this.#fail(error);
    }
  }

  close() {
    this.#stop.abort();
    this.#player?.close();
  }

  /** Waits for a video that is still being processed. */
  async #ready() {
    let shown = -1;
    for (let round = 0; ; round += 1) {
      const status = await this.#api.status(this.#id, this.#stop.signal);
      if (status.status === "ready") return status;
      if (status.status === "error") throw new ApiError({ status: 409, code: "video_failed" });
      const percent = Math.round(status.progress ?? 0);
      this.#say("Shared video");
      if (percent !== shown) this.#stage.replaceChildren(stageOf("This video is still being processed. It plays here as soon as it is ready.", { busy: true, percent }));
      shown = percent;
      await sleep(pollDelay(round), this.#stop.signal);
    }
  }

  /** @param {string} title @param {string | null} poster */
  #play(title, poster) {
    this.#say(title);
    setText(this.#meta, "Shared with you by link");
    const report = new PlaybackReport(this.#api, { videoId: this.#id, userId: null });
    this.#player = new Player({ title, poster, ratio: null, mint: (signal) => this.#api.grant(this.#id, signal), report });
    this.#stage.replaceChildren(this.#player.element);
    this.#buttons.replaceChildren(h("button", { type: "button", class: "button", on: { click: () => void this.#download() } }, icon("download"), "Download"));
    void this.#player.open({ autoplay: false });
  }

  async #download() {
    try {
      startDownload(await this.#api.download(this.#id));
    } catch (error) {
      toast(sentence(error), { kind: "error" });
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 401 || status === 403 || status === 404) return this.#refuse(CLOSED);
    this.#refuse(sentence(error));
    this.#buttons.replaceChildren(h("button", { type: "button", class: "button", on: { click: () => void this.open() } }, icon("replay"), "Try again"));
  }

  /** @param {string} words */
  #refuse(words) {
    this.#say("Shared video");
    setText(this.#meta, "");
    this.#stage.replaceChildren(stageOf(words, { bad: true }));
  }

  /** @param {string} title */
  #say(title) {
    setText(this.#heading, title);
    document.title = `${title} · Sluice`;
  }
}
