/** The list of incoming videos above the gallery. */

import { h, icon } from "../core/dom.js";
import { announce } from "../ui/announce.js";
import { IncomingRow } from "./row.js";

/** @typedef {import("./entry.js").Entry} Entry */

export class IncomingPanel {
  #app;
  #incoming;
  /** @type {Map<Entry, IncomingRow>} */ #rows = new Map();
  /** Videos that were seen here: a second absence means that they are gone. @type {Set<string>} */ #seen = new Set();
  #list = h("ul", { class: "uploads__list", role: "list" });
  element = h(
    "section",
    { class: "uploads", "aria-labelledby": "incoming-heading", hidden: true },
    h("div", { class: "uploads__head" }, h("h2", { id: "incoming-heading", class: "uploads__heading" }, icon("download"), "Coming in")),
    this.#list,
  );

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.#app = app;
    this.#incoming = app.incoming;
    this.#incoming.addEventListener("entries", () => this.#sync());
    this.#incoming.addEventListener("entry", (event) => this.#update(/** @type {CustomEvent<Entry>} */ (event).detail));
    app.store.addEventListener("change", (event) => {
      const ids = /** @type {CustomEvent<string[]>} */ (event).detail;
      for (const entry of this.#incoming.entries) if (entry.videoId && ids.includes(entry.videoId)) this.#update(entry);
    });
    this.#sync();
  }

  #sync() {
    const { entries } = this.#incoming;
    for (const [entry, row] of this.#rows) {
      if (entries.includes(entry)) continue;
      if (row.element.contains(document.activeElement)) document.getElementById("import-link")?.focus();
      row.element.remove();
      this.#rows.delete(entry);
    }
    for (const entry of [...entries].reverse()) {
      if (this.#rows.has(entry)) continue;
      const row = new IncomingRow(entry, this.#actionsOf(entry));
      this.#rows.set(entry, row);
      this.#list.prepend(row.element);
      this.#update(entry);
    }
    this.element.hidden = entries.length === 0;
  }

  /** @param {Entry} entry */
  #actionsOf(entry) {
    const video = () => this.#app.store.get(entry.videoId ?? "");
    return {
      share: () => {
        const found = video();
        if (found) this.#app.actions.share(found);
      },
      cancel: () => {
        const found = video();
        if (found) void this.#app.actions.remove(found);
      },
      dismiss: () => this.#incoming.dismiss(entry),
    };
  }

  /** @param {Entry} entry */
  #update(entry) {
    const row = this.#rows.get(entry);
    if (!row) return;
    const video = entry.videoId ? this.#app.store.get(entry.videoId) : undefined;
    if (video) this.#seen.add(video.videoId);
    else if (entry.videoId && this.#seen.has(entry.videoId)) return this.#incoming.dismiss(entry); // deleted
    const { settled, spoken } = row.update(video);
    if (spoken) announce(spoken);
    if (settled) this.#incoming.settle(entry);
  }
}
