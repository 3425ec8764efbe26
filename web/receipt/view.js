/** What is left of a deleted video: the proof that nothing is. */

import { pollDelay, sleep } from "../core/backoff.js";
import { h, icon } from "../core/dom.js";
import { ApiError, isAbort, sentence } from "../core/errors.js";
import { announce } from "../ui/announce.js";
import { notice, problemNotice } from "../ui/notice.js";
import { receiptOf } from "./receipt.js";

export class ReceiptView {
  #app;
  #id;
  #stop = new AbortController();
  #heading = h("h1", { class: "page-title", tabIndex: -1 }, "Deletion receipt");
  #place = h("div", { class: "receipt", "aria-busy": "true" }, h("p", { class: "receipt__lead", role: "status" }, "Loading…"));
  element = h("article", { class: "feed" }, h("a", { class: "back", href: "#/" }, icon("back"), "All videos"), this.#heading, this.#place);

  /** @param {import("../app.js").App} app @param {string} videoId */
  constructor(app, videoId) {
    this.#app = app;
    this.#id = videoId;
    document.title = "Deletion receipt · Sluice";
  }

  open() {
    void this.#follow();
  }

  close() {
    this.#stop.abort();
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  /** Until everything is gone and looked for in vain. */
  async #follow() {
    const { signal } = this.#stop;
    let before = "";
    try {
      for (let round = 0; ; round += 1) {
        const receipt = receiptOf(await this.#app.api.send("GET", `/api/videos/${encodeURIComponent(this.#id)}/deletion`, { signal }));
        const now = JSON.stringify(receipt);
        if (now !== before) this.#show(receipt);
        before = now;
        if (receipt.done) return announce(receipt.words);
        await sleep(pollDelay(round), signal);
      }
    } catch (error) {
      if (!isAbort(error)) this.#fail(error);
    }
  }

  /** @param {import("./receipt.js").Receipt} receipt */
  #show(receipt) {
    this.#place.setAttribute("aria-busy", String(!receipt.done));
    this.#place.replaceChildren(
      h("p", { class: "receipt__lead", role: "status" }, receipt.done ? icon("check") : h("span", { class: "receipt__spinner", "aria-hidden": "true" }), receipt.words),
      h("dl", { class: "facts" }, ...receipt.facts.map(([name, value]) => h("div", { class: "fact" }, h("dt", {}, name), h("dd", {}, value)))),
      h("ul", { class: "receipt__steps", role: "list" }, ...receipt.steps.map(({ name, words, done }) => h("li", { class: "receipt__step" }, done ? icon("check") : icon("replay"), h("div", {}, h("p", { class: "receipt__what" }, name), h("p", { class: "receipt__how" }, words))))),
    );
  }

  /** @param {unknown} error */
  #fail(error) {
    const none = error instanceof ApiError && (error.status === 404 || error.status === 403);
    this.#place.setAttribute("aria-busy", "false");
    this.#place.replaceChildren(none ? notice({ icon: "receipt", title: "No receipt", words: "There is no receipt for this video among yours. Receipts are only shown to who owned the video." }) : problemNotice("The receipt could not be loaded", sentence(error), () => void this.#follow()));
  }
}
