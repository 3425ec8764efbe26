/** The list of uploads above the gallery. */

import { h, icon } from "../core/dom.js";
import { announce, toast } from "../ui/announce.js";
import { confirmDialog } from "../ui/confirm.js";
import { UploadRow } from "./row.js";

/** @typedef {import("./task.js").UploadTask} UploadTask */

export class UploadPanel {
  #manager;
  #store;
  #pick;
  /** @type {Map<UploadTask, UploadRow>} */ #rows = new Map();
  #list = h("ul", { class: "uploads__list", role: "list" });
  #clear = h("button", { type: "button", class: "button button--ghost button--small" }, "Clear finished");
  element = h(
    "section",
    { class: "uploads", "aria-labelledby": "uploads-heading", hidden: true },
    h("div", { class: "uploads__head" }, h("h2", { id: "uploads-heading", class: "uploads__heading" }, icon("upload"), "Uploads"), this.#clear),
    this.#list,
  );

  /**
   * @param {import("./manager.js").UploadManager} manager
   * @param {import("../core/store.js").VideoStore} store
   * @param {() => void} pick opens the file picker
   */
  constructor(manager, store, pick) {
    this.#manager = manager;
    this.#store = store;
    this.#pick = pick;
    this.#clear.addEventListener("click", () => manager.dismissSettled());
    manager.addEventListener("tasks", () => this.#sync());
    manager.addEventListener("task", (event) => this.#update(/** @type {CustomEvent<UploadTask>} */ (event).detail));
    store.addEventListener("change", (event) => {
      for (const id of /** @type {CustomEvent<string[]>} */ (event).detail) {
        const task = manager.taskFor(id);
        if (task) this.#update(task);
      }
    });
  }

  #sync() {
    const tasks = this.#manager.tasks;
    for (const [task, row] of this.#rows) {
      if (tasks.includes(task)) continue;
      if (row.element.contains(document.activeElement)) document.getElementById("choose-files")?.focus();
      row.element.remove();
      this.#rows.delete(task);
    }
    for (const task of tasks) {
      if (this.#rows.has(task)) continue;
      const row = new UploadRow(task, {
        pause: () => task.pause(),
        resume: () => void this.#resume(task),
        cancel: () => void this.#cancel(task),
        dismiss: () => this.#manager.dismiss(task),
      });
      this.#rows.set(task, row);
      this.#list.append(row.element);
      this.#update(task);
    }
    this.element.hidden = tasks.length === 0;
    this.#clear.hidden = !tasks.some((task) => task.settled);
  }

  /** @param {UploadTask} task */
  #update(task) {
    const row = this.#rows.get(task);
    if (!row) return;
    const spoken = row.update(task.videoId ? this.#store.get(task.videoId) : undefined);
    if (spoken) announce(spoken);
    this.#clear.hidden = !this.#manager.tasks.some((other) => other.settled);
  }

  /** @param {UploadTask} task */
  async #resume(task) {
    if (await this.#manager.resume(task)) return;
    this.#manager.expect(task);
    this.#pick();
  }

  /** @param {UploadTask} task */
  async #cancel(task) {
    if (task.sentBytes > 0) {
      const sure = await confirmDialog({
        title: "Cancel this upload?",
        text: ["What was sent of ", h("bdi", { class: "dialog__name" }, task.name), " will be thrown away."],
        confirm: "Cancel upload",
        cancel: "Keep uploading",
      });
      if (!sure) return;
    }
    const problem = await this.#manager.cancel(task);
    if (task.videoId) this.#store.remove(task.videoId);
    if (problem) toast(problem, { kind: "error" });
    else announce(`Upload of ${task.name} cancelled`);
  }
}
