/** One video in the gallery. Built once, then kept up to date in place, so that focus stays where it is. */

import { h, icon, iconButton, setAttribute, setText, setVars } from "../core/dom.js";
import { failureSentence } from "../core/errors.js";
import { formatAge, formatClock, spokenDuration } from "../core/format.js";
import { providerName } from "../core/providers.js";
import { watchHash } from "../core/router.js";
import { attachMenu } from "../ui/menu.js";
import { renameInPlace } from "../ui/rename.js";
import { Poster } from "./poster.js";

/** @typedef {import("../core/types.js").Video} Video */

const STATUS_WORDS = { uploading: "Uploading", processing: "Processing", ready: "Ready", error: "Failed" };

export class VideoCard {
  #actions;
  #uploads;
  /** @type {Video} */ #video;
  #poster;
  #duration = h("span", { class: "card__duration" });
  #bar = h("span", { class: "bar bar--thin card__bar" }, h("span", { class: "bar__fill" }));
  #cover;
  #link = h("a", { class: "card__link", dir: "auto" });
  #title = h("h3", { class: "card__title" }, this.#link);
  #status = h("span", { class: "status" });
  #age = h("time", { class: "card__age" });
  #public = h("span", { class: "card__public" }, icon("globe"), "Public");
  #provider = h("span", { class: "card__provider" });
  #why = h("p", { class: "card__why" });
  #more = iconButton("more", "Actions", () => {});
  element;

  /**
   * @param {Video} video
   * @param {import("../ui/video-actions.js").VideoActions} actions
   * @param {{fraction: (id: string) => number | null, cancel: (video: Video) => void, refresh: (id: string) => void}} uploads
   */
  constructor(video, actions, uploads) {
    this.#video = video;
    this.#actions = actions;
    this.#uploads = uploads;
    this.#poster = new Poster(() => uploads.refresh(video.videoId));
    // The title is the link; the picture repeats it for the pointer only.
    this.#cover = h("a", { class: "card__cover", tabIndex: -1, "aria-hidden": "true", href: watchHash(video.videoId) }, this.#poster.element, h("span", { class: "card__play" }, icon("play")), this.#duration, this.#bar);
    this.#link.setAttribute("href", watchHash(video.videoId));
    attachMenu(this.#more, () => this.#items(), { label: "Video actions" });
    this.element = h(
      "li",
      { class: "card" },
      this.#cover,
      h("div", { class: "card__body" }, h("div", { class: "card__words" }, this.#title, h("p", { class: "card__meta" }, this.#status, this.#age, this.#provider, this.#public), this.#why), this.#more),
    );
    this.update(video);
  }

  /** @param {Video} video */
  update(video) {
    this.#video = video;
    const title = video.title || video.filename;
    setText(this.#link, title);
    setAttribute(this.#link, "title", title);
    setAttribute(this.#more, "aria-label", `Actions for ${title}`);
    this.element.dataset.status = video.status;
    this.#poster.show(video.thumbnailUrl);
    this.#duration.hidden = video.duration === null;
    if (video.duration !== null) {
      setText(this.#duration, formatClock(video.duration));
      this.#link.setAttribute("aria-description", spokenDuration(video.duration));
    }
    setText(this.#provider, providerName(video.provider));
    this.#public.hidden = video.visibility !== "public";
    setAttribute(this.#age, "datetime", video.createdAt);
    setText(this.#age, formatAge(video.createdAt, Date.now()));
    setAttribute(this.#age, "title", new Date(video.createdAt).toLocaleString());
    this.showProgress();
  }

  showProgress() {
    const { status, progress, videoId, error } = this.#video;
    const sent = status === "uploading" ? this.#uploads.fraction(videoId) : null;
    const fraction = status === "uploading" ? sent : status === "processing" ? (progress ?? 0) / 100 : null;
    const uploaded = status === "uploading" && sent === 1;
    const percent = fraction !== null && fraction > 0 && !uploaded ? ` ${Math.floor(fraction * 100)} %` : "";
    setText(this.#status, (uploaded ? STATUS_WORDS.processing : STATUS_WORDS[status]) + percent);
    this.#status.dataset.status = uploaded ? "processing" : status;
    this.#why.hidden = status !== "error";
    if (status === "error") setText(this.#why, failureSentence(error));
    this.#bar.hidden = fraction === null;
    if (fraction !== null) setVars(this.#bar, { "--fraction": fraction.toFixed(4) });
  }

  focus() {
    this.#link.focus();
  }

  /** @returns {import("../ui/menu.js").MenuItem[]} */
  #items() {
    const video = this.#video;
    const actions = this.#actions;
    const rename = { label: "Rename", icon: /** @type {const} */ ("pencil"), run: () => this.#rename() };
    if (video.status === "uploading") {
      return [rename, { label: "Cancel upload", icon: "close", danger: true, run: () => this.#uploads.cancel(video) }];
    }
    const isPublic = video.visibility === "public";
    /** @type {import("../ui/menu.js").MenuItem[]} */
    const items = [rename];
    items.push({ label: isPublic ? "Make private" : "Make public", icon: isPublic ? "lock" : "globe", run: () => void actions.setVisibility(video, isPublic ? "private" : "public") });
    if (video.status !== "error") items.push({ label: "Share by link", icon: "key", run: () => actions.share(video) });
    if (isPublic) items.push({ label: "Copy link", icon: "link", run: () => void actions.copyLink(video) });
    if (video.status === "ready") items.push({ label: "Download", icon: "download", run: () => void actions.download(video) });
    items.push({ label: "Delete", icon: "trash", danger: true, run: () => void actions.remove(video) });
    return items;
  }

  #rename() {
    const video = this.#video;
    renameInPlace(this.#title, video.title, (title) => this.#actions.rename(video, title), () => this.#more.focus());
  }
}
