/** Shares one video by a secret link: make it, copy it, replace it, stop it. */

import { h, icon, setText } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { shareLink } from "../core/router.js";
import { announce } from "../ui/announce.js";
import { openDialog } from "../ui/dialog.js";

/** @typedef {import("../core/types.js").Video} Video */

const NO_LINK = "Make a link, and whoever has it can watch this one video without signing in. It can be replaced or stopped at any time.";
const FORGOTTEN = "Links are shown only when they are made. If you made one earlier, it still works: making a new one replaces it.";
const LINK = "Whoever has this link can watch this video without signing in. Keep a copy: it cannot be shown again later.";
const STOPPED = "Sharing has stopped. Links made earlier no longer open this video.";

/** @param {Video} video @param {import("./keys.js").ShareKeys} keys */
export function openShareDialog(video, keys) {
  new ShareDialog(video, keys);
}

class ShareDialog {
  #id;
  #keys;
  #words = h("p", { class: "dialog__text" });
  #note = h("p", { class: "hint" });
  #field = h("input", { class: "field share__link", readonly: true, "aria-label": "Link", on: { focus: () => this.#field.select() } });
  #copy = h("button", { type: "button", class: "button button--primary", on: { click: () => void this.#copyLink() } }, icon("link"), "Copy link");
  #line = h("div", { class: "share__line" }, this.#field, this.#copy);
  #make = h("button", { type: "button", class: "button", on: { click: () => void this.#makeKey() } });
  #stop = h("button", { type: "button", class: "button button--quiet-danger", on: { click: () => void this.#stopSharing() } }, "Stop sharing");
  #status = h("p", { class: "share__status", role: "status" });
  #problem = h("p", { class: "form__problem", role: "alert", hidden: true });

  /** @param {Video} video @param {import("./keys.js").ShareKeys} keys */
  constructor(video, keys) {
    this.#id = video.videoId;
    this.#keys = keys;
    this.#show(this.#link ? LINK : NO_LINK);
    openDialog({
      title: "Share by link",
      body: [
        h("p", { class: "share__name" }, h("bdi", { class: "dialog__name" }, video.title || video.filename)),
        this.#words,
        this.#line,
        this.#note,
        this.#problem,
        this.#status,
        h("div", { class: "dialog__buttons" }, this.#stop, this.#make),
      ],
    });
    (this.#link ? this.#copy : this.#make).focus();
  }

  get #link() {
    const key = this.#keys.get(this.#id);
    return key ? shareLink(this.#id, key, location.href) : "";
  }

  /** @param {string} words */
  #show(words) {
    const link = this.#link;
    setText(this.#words, words);
    setText(this.#note, link ? "" : FORGOTTEN);
    this.#note.hidden = Boolean(link);
    this.#line.hidden = !link;
    this.#field.value = link;
    setText(this.#make, link ? "Replace link" : "Make a link");
    this.#make.classList.toggle("button--primary", !link);
  }

  async #makeKey() {
    const replaced = Boolean(this.#link);
    await this.#try(async () => {
      await this.#keys.make(this.#id);
      this.#show(LINK);
      setText(this.#status, replaced ? "This is a new link. The earlier one no longer works." : "The link is made.");
      this.#copy.focus();
    });
  }

  async #stopSharing() {
    await this.#try(async () => {
      await this.#keys.revoke(this.#id);
      this.#show(STOPPED);
      setText(this.#status, "");
      announce(STOPPED);
      this.#make.focus();
    });
  }

  async #copyLink() {
    try {
      await navigator.clipboard.writeText(this.#link);
      setText(this.#status, "Link copied.");
    } catch {
      this.#field.focus(); // selects it, to be copied by hand
      setText(this.#status, "The browser did not allow copying. The link is selected: copy it by hand.");
    }
  }

  /** @param {() => Promise<void>} work */
  async #try(work) {
    const buttons = [this.#make, this.#stop];
    for (const button of buttons) button.disabled = true;
    this.#problem.hidden = true;
    try {
      await work();
    } catch (error) {
      setText(this.#problem, sentence(error));
      this.#problem.hidden = false;
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }
}
