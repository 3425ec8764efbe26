/** All uploads of one person in this tab: a queue that runs two files at a time. Fires `tasks`, `task`, `begun`, `sent`, `withdrawn`. */

import { sentence } from "../core/errors.js";
import { formatBytes } from "../core/format.js";
import { Lanes } from "./lanes.js";
import { claimUpload, recordsOf } from "./records.js";
import { UploadTask } from "./task.js";

const FILES_AT_ONCE = 2;
const TRANSFERS_AT_ONCE = 4;

/** @typedef {{file: File, handle: FileSystemFileHandle | null}} Picked */

export class UploadManager extends EventTarget {
  #means;
  #destination;
  /** @type {UploadTask[]} */ tasks = [];
  /** @type {UploadTask | null} the unfinished upload whose file is being chosen */ #expecting = null;

  /** @param {import("../core/api.js").Api} api @param {string} owner the user's id @param {import("./destination.js").Destination} destination */
  constructor(api, owner, destination) {
    super();
    this.#destination = destination;
    this.#means = { api, owner, lanes: new Lanes(TRANSFERS_AT_ONCE) };
  }

  /** Finds what an earlier visit left unfinished. */
  async restore() {
    for (const record of await recordsOf(this.#means.owner)) {
      if (this.tasks.some((task) => task.videoId === record.videoId)) continue;
      const release = await claimUpload(record.videoId);
      if (release) this.#adopt(UploadTask.forRecord(this.#means, record, release));
    }
    this.#listChanged();
  }

  /** @param {Picked[]} picked */
  add(picked) {
    const expecting = this.#expecting;
    this.#expecting = null;
    if (expecting && picked.length === 1 && !expecting.matches(picked[0].file)) {
      expecting.say(`That is another file. Choose “${expecting.name}” (${formatBytes(expecting.size)}) to go on.`);
      return;
    }
    for (const { file, handle } of picked) {
      const unfinished = this.tasks.find((task) => task.state === "needs-file" && task.matches(file));
      if (unfinished) unfinished.giveFile(file);
      else this.#adopt(UploadTask.forFile(this.#means, file, handle, this.#destination.chosen));
    }
    this.#listChanged();
    this.#pump();
  }

  /** @param {UploadTask} task the file chosen next is meant for it */
  expect(task) {
    this.#expecting = task;
  }

  /**
   * Goes on with an upload. After a reload the file is read through its kept handle, if there is one.
   * @param {UploadTask} task
   * @returns {Promise<boolean>} false: the file has to be chosen again
   */
  async resume(task) {
    if (task.state === "needs-file" && !task.file) {
      const file = task.handle && (await reopen(task.handle));
      if (!file || !task.matches(file)) return false;
      task.giveFile(file);
    } else {
      task.requeue();
    }
    this.#pump();
    return true;
  }

  /** @param {UploadTask} task @returns {Promise<string>} what went wrong, or "" */
  async cancel(task) {
    let problem = "";
    try {
      await task.cancel();
    } catch (error) {
      problem = sentence(error);
    }
    this.dismiss(task);
    this.#pump();
    return problem;
  }

  /** @param {UploadTask} task */
  dismiss(task) {
    this.tasks = this.tasks.filter((other) => other !== task);
    this.#listChanged();
  }

  dismissSettled() {
    this.tasks = this.tasks.filter((task) => !task.settled);
    this.#listChanged();
  }

  /** Signed in again: what stopped for want of a token goes on. */
  resumePaused() {
    for (const task of this.tasks) if (task.state === "paused" && task.error?.status === 401) task.requeue();
    this.#pump();
  }

  /** Somebody else signed in: forget without cancelling. */
  abandon() {
    for (const task of this.tasks) task.abandon();
    this.tasks = [];
    this.#listChanged();
  }

  get busy() {
    return this.tasks.some((task) => task.active || task.state === "queued");
  }

  /** @param {string} videoId */
  taskFor(videoId) {
    return this.tasks.find((task) => task.videoId === videoId);
  }

  /** @param {UploadTask} task */
  #adopt(task) {
    this.tasks = [...this.tasks, task];
    let last = task.state;
    task.addEventListener("begun", () => this.#tell("begun", task));
    task.addEventListener("withdrawn", (event) => this.dispatchEvent(new CustomEvent("withdrawn", { detail: /** @type {CustomEvent<string>} */ (event).detail })));
    task.addEventListener("change", () => {
      this.#tell("task", task);
      if (task.state === last) return;
      last = task.state;
      if (last === "sent") this.#tell("sent", task);
      if (!task.active) this.#pump();
    });
  }

  #pump() {
    const active = this.tasks.filter((task) => task.active).length;
    const next = this.tasks.filter((task) => task.state === "queued" && task.file).slice(0, Math.max(0, FILES_AT_ONCE - active));
    for (const task of next) void task.run();
  }

  /** @param {string} type @param {UploadTask} task */
  #tell(type, task) {
    this.dispatchEvent(new CustomEvent(type, { detail: task }));
  }

  #listChanged() {
    this.dispatchEvent(new Event("tasks"));
  }
}

/** @param {FileSystemFileHandle} handle @returns {Promise<File | null>} null if it may not or cannot be read any more */
async function reopen(handle) {
  try {
    // Not in every engine's types yet; asks the person, so it must follow a click.
    const permission = await /** @type {any} */ (handle).requestPermission?.({ mode: "read" });
    return permission === undefined || permission === "granted" ? await handle.getFile() : null;
  } catch {
    return null; // moved or deleted: the person is asked to choose it
  }
}
