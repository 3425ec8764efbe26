/** What an owner can do with a video: the same on its card and on its page. */

import { h } from "../core/dom.js";
import { ApiError, sentence } from "../core/errors.js";
import { receiptHash, watchHash } from "../core/router.js";
import { openShareDialog } from "../sharing/dialog.js";
import { announce, toast } from "./announce.js";
import { confirmDialog } from "./confirm.js";
import { startDownload } from "./download.js";

/** @typedef {import("../core/types.js").Video} Video */

export class VideoActions {
  #api;
  #store;
  #shareKeys;

  /**
   * @param {import("../core/api.js").Api} api @param {import("../core/store.js").VideoStore} store
   * @param {import("../sharing/keys.js").ShareKeys} shareKeys
   */
  constructor(api, store, shareKeys) {
    this.#api = api;
    this.#store = store;
    this.#shareKeys = shareKeys;
  }

  /** @param {Video} video */
  share(video) {
    openShareDialog(video, this.#shareKeys);
  }

  /** Rejects after having said why. @param {Video} video @param {string} title */
  async rename(video, title) {
    try {
      this.#store.put(await this.#api.patch(video.videoId, { title }));
    } catch (error) {
      toast(sentence(error), { kind: "error" });
      throw error;
    }
    announce(`Renamed to ${title}`);
  }

  /** @param {Video} video @param {"public" | "private"} visibility @returns {Promise<boolean>} */
  setVisibility(video, visibility) {
    return this.#try(async () => {
      const changed = await this.#api.patch(video.videoId, { visibility });
      this.#store.put(changed);
      if (visibility === "private") toast("Private: only you can watch it.");
      else toast("Public: anyone with the link can watch.", { action: { label: "Copy link", run: () => void this.copyLink(changed) } });
    });
  }

  /** @param {Video} video */
  async copyLink(video) {
    const link = new URL(watchHash(video.videoId), location.href.split("#")[0]).href;
    try {
      await navigator.clipboard.writeText(link);
      toast("Link copied.");
    } catch {
      // No permission, or not a secure context: show it, so that it can be copied by hand.
      toast(`Copy this link: ${link}`, { kind: "error" });
    }
  }

  /** @param {Video} video @returns {Promise<boolean>} */
  download(video) {
    return this.#try(async () => {
      startDownload(await this.#api.download(video.videoId));
      announce("Download started");
    });
  }

  /** Asks first. @param {Video} video @returns {Promise<boolean>} whether it is gone */
  async remove(video) {
    const sure = await confirmDialog({
      title: "Delete this video?",
      text: [h("bdi", { class: "dialog__name" }, video.title || video.filename), " will be gone for good, for everyone who has its link. This cannot be undone."],
      confirm: "Delete video",
    });
    if (!sure) return false;
    return this.#try(async () => {
      await this.#goneOr(this.#api.remove(video.videoId));
      this.#store.remove(video.videoId);
      toast("Video deleted.", { action: { label: "See receipt", run: () => (location.hash = receiptHash(video.videoId)) } });
    });
  }

  /** For an upload that nobody will finish. @param {Video} video @returns {Promise<boolean>} */
  cancelUpload(video) {
    return this.#try(async () => {
      await this.#goneOr(this.#api.cancelUpload(video.videoId));
      this.#store.remove(video.videoId);
      toast("Upload cancelled.");
    });
  }

  /** Somebody else was faster: what was wanted is so. @param {Promise<unknown>} call */
  async #goneOr(call) {
    try {
      await call;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }

  /** @param {() => Promise<void>} work @returns {Promise<boolean>} */
  async #try(work) {
    try {
      await work();
      return true;
    } catch (error) {
      toast(sentence(error), { kind: "error" });
      return false;
    }
  }
}
