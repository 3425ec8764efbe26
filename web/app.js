/** The composition root: makes the parts, and shows the screen that the address asks for. */

import config from "./config.js";
import { Api } from "./core/api.js";
import { isLocalStack } from "./core/local.js";
import { Realtime, realtimeUrl } from "./core/realtime.js";
import { parseHash } from "./core/router.js";
import { Session } from "./core/session.js";
import { VideoStore } from "./core/store.js";
import { LiveVideos } from "./gallery/live.js";
import { StatusPoller } from "./gallery/poller.js";
import { GalleryView } from "./gallery/view.js";
import { Incoming } from "./incoming/incoming.js";
import { WatchView } from "./player/watch.js";
import { openScreen } from "./screens.js";
import { ShareKeys } from "./sharing/keys.js";
import { toast } from "./ui/announce.js";
import { confirmDialog } from "./ui/confirm.js";
import { Header } from "./ui/header.js";
import { SignInView } from "./ui/sign-in.js";
import { VideoActions } from "./ui/video-actions.js";
import { Destination } from "./upload/destination.js";
import { listenForFiles } from "./upload/dropzone.js";
import { UploadManager } from "./upload/manager.js";

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** Nothing at all: between two people. */
const EMPTY = { element: document.createElement("div"), focus: () => {} };

export class App {
  session = new Session();
  api = new Api(config.apiBaseUrl, this.session);
  store = new VideoStore();
  shareKeys = new ShareKeys(this.api);
  actions = new VideoActions(this.api, this.store, this.shareKeys);
  destination = new Destination();
  uploads = new UploadManager(this.api, "", this.destination);
  incoming = new Incoming(this.api, "", this.shareKeys, () => {});
  /** @type {StatusPoller | null} */ poller = null;
  /** @type {LiveVideos | null} */ live = null;
  #owner = "";
  #local = Promise.resolve(false);
  /** @type {GalleryView | null} */ #gallery = null;
  #galleryScroll = 0;
  /** The video somebody wanted to watch before signing in. */
  #wanted = "";
  /** @type {{element: HTMLElement, focus: () => void, close?: () => void} | null} */ #shown = null;
  #main = byId("main");
  #input = /** @type {HTMLInputElement} */ (byId("file-input"));
  #header = new Header({ nav: byId("sections"), tools: byId("header-tools") }, this.session, () => void this.#signOut());

  pickFiles = () => this.#input.click();

  start() {
    // A page that talks to an API elsewhere is deployed, whoever serves the files.
    this.#local = config.apiBaseUrl ? Promise.resolve(false) : isLocalStack();
    listenForFiles({ input: this.#input, overlay: byId("drop-overlay"), enabled: () => Boolean(this.session.token), onFiles: (picked) => this.#take(picked) });
    window.addEventListener("hashchange", () => void this.#route());
    window.addEventListener("beforeunload", (event) => {
      if (this.uploads.busy) event.preventDefault();
    });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // the fragment is the page's address
      this.#main.focus();
    });
    void this.destination.learn(this.api);
    this.session.restore();
    this.session.addEventListener("change", () => void this.#onSession());
    this.#prepare();
    void this.#route();
  }

  /** Reads a video again, e.g. because its signed addresses have expired. @param {string} id */
  async refreshVideo(id) {
    try {
      this.store.put(await this.api.get(id));
    } catch {
      // Its card keeps the blank picture; the list says more when it is loaded again.
    }
  }

  /** @param {import("./upload/manager.js").Picked[]} picked */
  #take(picked) {
    if (parseHash(location.hash).view !== "gallery") location.hash = "#/";
    this.uploads.add(picked);
  }

  async #onSession() {
    this.#prepare();
    this.#header.update(parseHash(location.hash).view);
    // What is being watched plays on as long as its own token lasts; only the rest needs a new sign-in.
    if (!this.session.token && this.#shown instanceof WatchView) return toast(this.session.notice, { kind: "error" });
    const wanted = this.session.token ? this.#wanted : "";
    this.#wanted = "";
    if (wanted) location.hash = wanted; // its change shows the video
    else await this.#route();
  }

  /** Everything that belongs to one person is made anew when another one signs in. */
  #prepare() {
    const owner = this.session.claims?.sub;
    this.live?.close();
    if (!owner) return this.poller?.close(), void (this.poller = null);
    if (owner !== this.#owner) {
      this.#owner = owner;
      this.uploads.abandon();
      this.store = new VideoStore();
      this.shareKeys = new ShareKeys(this.api);
      this.actions = new VideoActions(this.api, this.store, this.shareKeys);
      this.uploads = new UploadManager(this.api, owner, this.destination);
      this.incoming.close();
      this.incoming = new Incoming(this.api, owner, this.shareKeys, (id) => void this.#follow(id));
      this.#gallery = null;
      this.#followUploads();
      void this.uploads.restore();
      this.incoming.restore();
    }
    this.poller?.close();
    this.poller = new StatusPoller(this.api, this.store, (id) => this.#sendingHere(id));
    this.live = new LiveVideos(new Realtime(realtimeUrl(config, location), () => this.session.token), this.store, this.poller);
    this.uploads.resumePaused();
  }

  #followUploads() {
    this.uploads.addEventListener("begun", (event) => void this.#learn(/** @type {CustomEvent} */ (event).detail.videoId));
    this.uploads.addEventListener("withdrawn", (event) => this.store.remove(/** @type {CustomEvent} */ (event).detail));
    this.uploads.addEventListener("sent", (event) => {
      void this.#follow(/** @type {CustomEvent} */ (event).detail.videoId);
    });
  }

  /** Something was begun that ends without us. @param {string} id */
  async #follow(id) {
    await this.#learn(id);
    this.poller?.nudge(id);
  }

  /** @param {string} id */
  async #learn(id) {
    await this.refreshVideo(id);
    this.store.dispatchEvent(new Event("turned"));
  }

  /** @param {string} id */
  #sendingHere(id) {
    const task = this.uploads.taskFor(id);
    return task !== undefined && task.state !== "sent";
  }

  /** @returns {Promise<void>} */
  async #route() {
    const route = parseHash(location.hash);
    if (route.view === "token") {
      history.replaceState(null, "", "#/"); // the token must not stay in the address or the history
      if (this.session.signIn(route.token)) return; // the session's change routes again
      return this.#route();
    }
    this.#header.update(route.view);
    if (route.view === "watch") return this.#showWatch(route.videoId);
    if (!this.session.token) {
      if (this.#shown instanceof WatchView) this.#wanted = this.#shown.address;
      return this.#showSignIn();
    }
    if (route.view === "gallery") return this.#showGallery(route.status);
    return this.#showScreen(route);
  }

  /** @param {import("./core/router.js").Route} route */
  async #showScreen(route) {
    const asked = location.hash;
    const view = await openScreen(this, route);
    if (location.hash !== asked || !this.session.token) return; // somewhere else meanwhile
    this.#show(view);
    window.scrollTo(0, 0);
    view.open();
  }

  async #showSignIn() {
    document.title = "Sign in · Sluice";
    const view = new SignInView(this.session, await this.#local);
    if (this.session.token || parseHash(location.hash).view === "watch") return; // signed in meanwhile
    this.#show(view);
  }

  /** @param {string} videoId */
  #showWatch(videoId) {
    const fromGallery = this.#shown !== null && this.#shown === this.#gallery;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const view = new WatchView(this, videoId, { autoplay: fromGallery && !calm });
    this.#show(view);
    window.scrollTo(0, 0);
    void view.open();
  }

  /** @param {string} status */
  #showGallery(status) {
    document.title = "Your videos · Sluice";
    this.#gallery ??= new GalleryView(this);
    const already = this.#shown === this.#gallery;
    this.#gallery.show(status);
    if (already) return;
    const scroll = this.#galleryScroll;
    this.#show(this.#gallery);
    window.scrollTo(0, scroll);
  }

  /** @param {{element: HTMLElement, focus: () => void, close?: () => void}} view */
  #show(view) {
    const first = this.#shown === null;
    if (this.#shown === this.#gallery) this.#galleryScroll = window.scrollY;
    this.#shown?.close?.();
    this.#shown = view;
    this.#main.replaceChildren(view.element);
    // The first screen leaves the focus where the browser puts it; later ones say that they are there.
    if (!first || view instanceof SignInView) view.focus();
  }

  async #signOut() {
    if (this.uploads.busy) {
      const sure = await confirmDialog({ title: "Sign out now?", text: ["Uploads are still running. They stop, and can be resumed after the next sign-in."], confirm: "Sign out", cancel: "Stay" });
      if (!sure) return;
    }
    this.uploads.abandon();
    this.incoming.close();
    this.#owner = "";
    this.#gallery = null;
    history.replaceState(null, "", "#/");
    this.#show(EMPTY);
    this.session.signOut();
  }
}

new App().start();
