/** The gallery: uploads, filters, cards, paging. */

import { h, icon } from "../core/dom.js";
import { isAbort, sentence } from "../core/errors.js";
import { ImportBox } from "../incoming/import-box.js";
import { IncomingPanel } from "../incoming/panel.js";
import { announce, toast } from "../ui/announce.js";
import { problemNotice } from "../ui/notice.js";
import { UploadPanel } from "../upload/panel.js";
import { providerChoice } from "../upload/provider-choice.js";
import { VideoCard } from "./card.js";
import { Filters } from "./filters.js";
import { Listing } from "./listing.js";
import { emptyState, skeletons } from "./placeholders.js";

/** @typedef {import("../core/types.js").Video} Video */

export class GalleryView {
  #app;
  #listing;
  #filter = "";
  #filters = new Filters();
  /** @type {Map<string, VideoCard>} */ #cards = new Map();
  #grid = h("ul", { class: "grid", role: "list" });
  #state = h("div", { class: "gallery__state" });
  #more = h("button", { type: "button", class: "button", on: { click: () => void this.#loadMore() } }, "Load more");
  #foot = h("div", { class: "gallery__foot", hidden: true }, this.#more);
  #heading = h("h1", { class: "page-title", tabIndex: -1 }, "Your videos");
  /** @type {AbortController | null} */ #loading = null;
  /** @type {"loading" | "shown" | "failed"} */ #phase = "loading";
  element;

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.#app = app;
    this.#listing = new Listing(app.api, app.store);
    const panel = new UploadPanel(app.uploads, app.store, app.pickFiles);
    this.element = h(
      "div",
      { class: "gallery" },
      h("div", { class: "gallery__head" }, this.#heading, h("div", { class: "gallery__send" }, providerChoice(app.destination), h("button", { id: "choose-files", type: "button", class: "button button--primary", on: { click: app.pickFiles } }, icon("upload"), "Upload"))),
      h("div", { class: "ways" }, this.#dropHint(), new ImportBox(app).element),
      panel.element,
      new IncomingPanel(app).element,
      this.#filters.element,
      h("section", { class: "gallery__videos", "aria-labelledby": "videos-heading" }, h("h2", { id: "videos-heading", class: "visually-hidden" }, "Videos"), this.#grid, this.#state),
      this.#foot,
    );
    app.store.addEventListener("change", () => this.#render());
    app.store.addEventListener("gone", () => this.#listing.refreshCountsSoon());
    app.store.addEventListener("turned", () => this.#listing.refreshCountsSoon());
    app.store.addEventListener("counts", () => this.#filters.show(app.store.counts));
    app.uploads.addEventListener("task", (event) => this.#onTask(/** @type {CustomEvent} */ (event).detail));
  }

  #dropHint() {
    return h("div", { class: "drop-hint" }, icon("upload"), h("p", {}, h("strong", {}, "Drop videos anywhere on this page"), h("span", {}, "They are private until you share them. You can pause, and go on after a reload.")));
  }

  /** @param {string} filter */
  show(filter) {
    this.#filters.choose(filter);
    if (this.#phase === "shown" && filter === this.#filter) return void this.#reload(false);
    this.#filter = filter;
    void this.#reload(true);
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  /** @param {boolean} anew false: what is shown stays while it is brought up to date */
  async #reload(anew) {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    if (anew) {
      this.#phase = "loading";
      this.#listing.start(this.#filter);
      this.#render();
    }
    try {
      await this.#listing.loadFirst(loading.signal);
      this.#phase = "shown";
      this.#render();
    } catch (error) {
      if (isAbort(error)) return;
      if (anew) this.#showFailure(error);
      else toast(sentence(error), { kind: "error" });
    }
  }

  /** @param {unknown} error */
  #showFailure(error) {
    this.#phase = "failed";
    this.#render();
    this.#state.replaceChildren(problemNotice("Your videos could not be loaded", sentence(error), () => void this.#reload(true)));
  }

  async #loadMore() {
    this.#more.disabled = true;
    try {
      const added = await this.#listing.loadMore();
      this.#render();
      if (added.length) this.#cards.get(added[0])?.focus();
      announce(added.length === 1 ? "1 more video" : `${added.length} more videos`);
    } catch (error) {
      toast(sentence(error), { kind: "error" });
    } finally {
      this.#more.disabled = false;
    }
  }

  #render() {
    this.#grid.setAttribute("aria-busy", String(this.#phase === "loading"));
    if (this.#phase === "loading") {
      this.#cards.clear();
      this.#grid.replaceChildren(...skeletons());
    }
    if (this.#phase !== "shown") {
      this.#state.replaceChildren();
      this.#foot.hidden = true;
      if (this.#phase === "failed") this.#grid.replaceChildren();
      return;
    }
    const videos = this.#app.store.all().filter((video) => this.#listing.shows(video));
    this.#place(videos);
    this.#foot.hidden = !this.#listing.hasMore;
    if (videos.length) this.#state.replaceChildren();
    else if (!this.#state.hasChildNodes()) this.#state.replaceChildren(emptyState(this.#filter, this.#app.pickFiles));
  }

  /** Puts the cards in order, moving only those that are elsewhere. @param {Video[]} videos */
  #place(videos) {
    const wanted = new Set(videos.map((video) => video.videoId));
    for (const skeleton of this.#grid.querySelectorAll(".card--skeleton")) skeleton.remove();
    for (const [id, card] of this.#cards) if (!wanted.has(id)) this.#drop(id, card);
    let before = this.#grid.firstElementChild;
    for (const video of videos) {
      const card = this.#cards.get(video.videoId) ?? this.#newCard(video);
      card.update(video);
      if (card.element === before) before = before.nextElementSibling;
      else this.#grid.insertBefore(card.element, before);
    }
  }

  /** The focus must not fall to the top of the page when its card goes. @param {string} id @param {VideoCard} card */
  #drop(id, card) {
    const hadFocus = card.element.contains(document.activeElement);
    const neighbour = card.element.nextElementSibling ?? card.element.previousElementSibling;
    card.element.remove();
    this.#cards.delete(id);
    if (!hadFocus || !this.element.isConnected) return;
    const next = [...this.#cards.values()].find((other) => other.element === neighbour);
    if (next) next.focus();
    else this.focus();
  }

  /** @param {Video} video */
  #newCard(video) {
    const { uploads, actions } = this.#app;
    const card = new VideoCard(video, actions, {
      fraction: (id) => uploads.taskFor(id)?.fraction ?? null,
      cancel: (wanted) => void this.#cancelUpload(wanted),
      refresh: (id) => void this.#app.refreshVideo(id),
    });
    this.#cards.set(video.videoId, card);
    return card;
  }

  /** @param {Video} video */
  async #cancelUpload(video) {
    const task = this.#app.uploads.taskFor(video.videoId);
    if (task) await this.#app.uploads.cancel(task);
    if (task) this.#app.store.remove(video.videoId);
    else await this.#app.actions.cancelUpload(video);
    this.#listing.refreshCountsSoon();
  }

  /** @param {import("../upload/task.js").UploadTask} task */
  #onTask(task) {
    if (task.videoId) this.#cards.get(task.videoId)?.showProgress();
  }
}
