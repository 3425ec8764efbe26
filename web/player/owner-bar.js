/** The owner's buttons on a video's page. */

import { h, icon, setText } from "../core/dom.js";
import { analyticsHash } from "../core/router.js";
import { renameInPlace } from "../ui/rename.js";

/** @typedef {import("../core/types.js").Video} Video */

/** @param {keyof typeof import("../core/icons.js").ICONS} name @param {string} label @param {() => void} run */
function action(name, label, run) {
  return h("button", { type: "button", class: "button", on: { click: run } }, icon(name), h("span", {}, label));
}

export class OwnerBar {
  /** @type {Video | null} */ #video = null;
  #visibilityIcon = h("span", { class: "button__icon" });
  #visibilityWords = h("span", {});
  #visibility = h("button", { type: "button", class: "button" }, this.#visibilityIcon, this.#visibilityWords);
  #rename;
  #share;
  #copy;
  #download;
  #figures;
  #remove;
  element;

  /** @param {import("../app.js").App} app @param {HTMLElement} heading the title that becomes a field */
  constructor(app, heading) {
    const { actions } = app;
    const video = () => /** @type {Video} */ (this.#video);
    this.#rename = action("pencil", "Rename", () => renameInPlace(heading, video().title, (title) => actions.rename(video(), title), () => this.#rename.focus()));
    this.#share = action("key", "Share by link", () => actions.share(video()));
    this.#figures = h("a", { class: "button" }, icon("chart"), h("span", {}, "Analytics"));
    this.#copy = action("link", "Copy link", () => void actions.copyLink(video()));
    this.#download = action("download", "Download", () => void actions.download(video()));
    this.#remove = action("trash", "Delete", () => void actions.remove(video()));
    this.#remove.classList.add("button--quiet-danger");
    this.#visibility.addEventListener("click", async () => {
      this.#visibility.disabled = true;
      await actions.setVisibility(video(), video().visibility === "public" ? "private" : "public");
      this.#visibility.disabled = false;
      this.#visibility.focus();
    });
    this.element = h("div", { class: "owner-bar", role: "group", "aria-label": "Video actions" }, this.#rename, this.#share, this.#visibility, this.#copy, this.#download, this.#figures, this.#remove);
  }

  /** @param {Video} video */
  update(video) {
    this.#video = video;
    const open = video.visibility === "public";
    const words = open ? "Make private" : "Make public";
    if (this.#visibilityWords.textContent !== words) {
      setText(this.#visibilityWords, words);
      this.#visibilityIcon.replaceChildren(icon(open ? "lock" : "globe"));
    }
    this.#share.hidden = video.status === "uploading" || video.status === "error";
    this.#copy.hidden = !open;
    this.#figures.hidden = video.status !== "ready";
    this.#figures.setAttribute("href", analyticsHash(video.videoId));
    this.#download.hidden = video.status !== "ready";
    this.#remove.hidden = video.status === "uploading";
  }
}
