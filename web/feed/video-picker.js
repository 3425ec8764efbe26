/** Lets one of the person's own videos be chosen for a post: only those that can be watched. */

import { h } from "../core/dom.js";
import { isAbort, sentence } from "../core/errors.js";
import { formatClock } from "../core/format.js";
import { Poster } from "../gallery/poster.js";
import { openDialog } from "../ui/dialog.js";

/** @typedef {import("../core/types.js").Video} Video */

/** @param {import("../core/api.js").Api} api @param {(video: Video) => void} onPick */
export function pickVideo(api, onPick) {
  const stop = new AbortController();
  const grid = h("ul", { class: "picker", role: "list" });
  const state = h("p", { class: "dialog__text", role: "status" }, "Loading your videos…");
  const more = h("button", { type: "button", class: "button", hidden: true, on: { click: () => void load() } }, "Show more");
  const dialog = openDialog({ title: "Choose a video", wide: true, body: [grid, state, h("div", { class: "dialog__buttons" }, more)], onClose: () => stop.abort() });
  /** @type {string | null} */
  let cursor = null;

  async function load() {
    more.disabled = true;
    try {
      const page = await api.list({ status: "ready", cursor }, stop.signal);
      cursor = page.nextCursor;
      grid.append(...page.videos.map(choiceOf));
      state.textContent = grid.children.length ? "" : "None of your videos is ready to watch yet. Upload one, and it can be chosen here.";
      more.hidden = cursor === null;
    } catch (error) {
      if (!isAbort(error)) state.textContent = sentence(error);
    } finally {
      more.disabled = false;
    }
  }

  /** @param {Video} video */
  function choiceOf(video) {
    const poster = new Poster(() => {});
    poster.show(video.thumbnailUrl);
    const pick = () => {
      dialog.close();
      onPick(video);
    };
    return h(
      "li",
      {},
      h("button", { type: "button", class: "picker__choice", on: { click: pick } }, h("span", { class: "picker__picture" }, poster.element, video.duration !== null && h("span", { class: "card__duration", "aria-hidden": "true" }, formatClock(video.duration))), h("span", { class: "picker__title", dir: "auto" }, video.title || video.filename)),
    );
  }

  void load();
}
