/** One file on its way: its states, and what a person may do in each. Fires `change`. */

import { ApiError, isAbort } from "../core/errors.js";
import { declarationOf } from "./declaration.js";
import { mediaType } from "./media-type.js";
import { protocolNamed, ticketFrom } from "./protocols.js";
import { RateMeter } from "./rate.js";
import { claimUpload, forgetRecord, keepRecord } from "./records.js";

/**
 * @typedef {"queued" | "starting" | "sending" | "paused" | "needs-file" | "sent" | "failed" | "cancelled"} TaskState
 * @typedef {{api: import("../core/api.js").Api, lanes: import("./lanes.js").Lanes, owner: string}} Means
 */

export class UploadTask extends EventTarget {
  #means;
  /** @type {AbortController | null} */ #running = null;
  /** @type {(() => void) | null} */ #release = null;
  #meter = new RateMeter();
  /** A repeated request for the URL must find the first one's answer. */
  #idempotencyKey = crypto.randomUUID();
  #begun = false;

  /** @type {TaskState} */ state = "queued";
  /** @type {File | null} */ file = null;
  /** @type {FileSystemFileHandle | null} */ handle = null;
  /** @type {string | null} */ videoId = null;
  /** @type {import("./protocols.js").Ticket | null} */ ticket = null;
  name = "";
  size = 0;
  lastModified = 0;
  /** @type {string | null} where it goes; null: wherever the deployment puts it */ provider = null;
  sentBytes = 0;
  /** @type {ApiError | null} why it failed, or why it is waiting to try again */ error = null;
  waiting = false;
  /** @type {string} a sentence beside the state, e.g. that another file was chosen */ note = "";

  /** @param {Means} means */
  constructor(means) {
    super();
    this.#means = means;
  }

  /** @param {Means} means @param {File} file @param {FileSystemFileHandle | null} handle @param {string | null} provider */
  static forFile(means, file, handle, provider) {
    const task = new UploadTask(means);
    Object.assign(task, { file, handle, provider, name: file.name, size: file.size, lastModified: file.lastModified });
    // What is plain to see is said at once, not when its turn comes; the server judges the rest.
    if (file.size === 0) task.#refuse("file_empty");
    else if (!mediaType(file).startsWith("video/")) task.#refuse("file_not_video");
    return task;
  }

  /** @param {Means} means @param {import("./records.js").UploadRecord} record @param {() => void} release */
  static forRecord(means, record, release) {
    const task = new UploadTask(means);
    const { videoId, name, size, lastModified, provider = null, handle = null } = record;
    Object.assign(task, { videoId, name, size, lastModified, provider, handle, state: "needs-file" });
    task.ticket = { uploadUrl: "", ...record.ticket };
    task.#release = release;
    task.#begun = true;
    return task;
  }

  /** @param {string} code */
  #refuse(code) {
    this.state = "failed";
    this.error = new ApiError({ status: 0, code });
  }

  get resumable() {
    return this.ticket !== null && protocolNamed(this.ticket.protocol).resumable;
  }

  get active() {
    return this.state === "starting" || this.state === "sending";
  }

  /** Over: nothing more will happen to it. */
  get settled() {
    return this.state === "sent" || this.state === "cancelled" || (this.state === "failed" && !this.canRetry);
  }

  /** Failed in a way that another try may mend. */
  get canRetry() {
    if (this.state !== "failed" || !this.error) return false;
    return this.error.retryable || this.error.status >= 500 || this.error.code === "storage_refused" || this.error.code === "upload_gone";
  }

  get fraction() {
    return this.size > 0 ? Math.min(1, this.sentBytes / this.size) : 0;
  }

  get rate() {
    return this.#meter.rate();
  }

  get remainingSeconds() {
    return this.#meter.remaining(this.size);
  }

  /** @param {File} file */
  matches(file) {
    return file.name === this.name && file.size === this.size && file.lastModified === this.lastModified;
  }

  /** Sends until it is done, stopped or has failed; never rejects. */
  async run() {
    if (!this.file) return;
    const stop = new AbortController();
    this.#running = stop;
    this.#meter.reset();
    this.#become("starting");
    try {
      await this.#begin(stop.signal);
      await this.#send(stop.signal);
      await this.#forget();
      this.sentBytes = this.size;
      this.#become("sent");
    } catch (error) {
      if (isAbort(error)) return; // whoever stopped it has set the state
      await this.#fail(error);
    } finally {
      if (this.#running === stop) this.#running = null;
    }
  }

  /** Asks for the upload URL once; nothing is sent before the server has agreed. @param {AbortSignal} signal */
  async #begin(signal) {
    const file = /** @type {File} */ (this.file);
    if (this.ticket) return;
    const answer = await this.#means.api.createUpload(declarationOf(file, this.provider), this.#idempotencyKey, signal);
    const ticket = ticketFrom(answer);
    protocolNamed(ticket.protocol); // an unknown one fails here, before anything is remembered
    this.videoId = answer.videoId;
    this.provider = answer.provider;
    this.ticket = ticket;
    this.#release = await claimUpload(answer.videoId);
    await this.#remember();
    this.dispatchEvent(new Event("begun"));
  }

  async #remember() {
    const { protocol, method, headers, partSize } = /** @type {import("./protocols.js").Ticket} */ (this.ticket);
    await keepRecord({
      videoId: /** @type {string} */ (this.videoId),
      owner: this.#means.owner,
      name: this.name,
      size: this.size,
      lastModified: this.lastModified,
      provider: this.provider,
      ticket: { protocol, method, headers, ...(partSize ? { partSize } : {}) },
      ...(this.handle ? { handle: this.handle } : {}),
      at: Date.now(),
    });
  }

  /** @param {AbortSignal} signal */
  async #send(signal) {
    const ticket = /** @type {import("./protocols.js").Ticket} */ (this.ticket);
    this.#become("sending");
    const resumed = this.#begun;
    this.#begun = true;
    await protocolNamed(ticket.protocol).send({
      videoId: /** @type {string} */ (this.videoId),
      file: /** @type {File} */ (this.file),
      ticket,
      resumed,
      api: this.#means.api,
      lanes: this.#means.lanes,
      signal,
      onProgress: (bytes) => {
        this.sentBytes = bytes;
        this.#meter.add(performance.now(), bytes);
        this.#changed();
      },
      onWait: (error) => {
        this.waiting = error !== null;
        this.error = error;
        this.#changed();
      },
    });
  }

  /** @param {unknown} error */
  async #fail(error) {
    this.error = error instanceof ApiError ? error : new ApiError({ status: 0, code: "file_changed" });
    if (this.videoId && (this.error.status === 404 || this.error.code === "upload_gone")) {
      this.error = new ApiError({ status: 404, code: "upload_gone" });
      await this.#startOver();
    } else if (this.videoId && this.error.code === "file_not_video") {
      await this.#startOver();
    }
    // Signed out in the middle: it goes on after the next sign-in.
    this.#become(this.error.status === 401 ? "paused" : "failed");
  }

  /** Nothing can be sent there any more: another try is a new upload of the same file. Fires `withdrawn`. */
  async #startOver() {
    const videoId = /** @type {string} */ (this.videoId);
    await this.#forget();
    try {
      await this.#means.api.cancelUpload(videoId);
      this.dispatchEvent(new CustomEvent("withdrawn", { detail: videoId }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // the server closes it by itself when its time is over
    }
    this.#begun = false;
    this.#idempotencyKey = crypto.randomUUID();
    Object.assign(this, { videoId: null, ticket: null, sentBytes: 0 });
  }

  pause() {
    if (!this.active && this.state !== "queued") return;
    this.#become("paused");
    this.#running?.abort();
  }

  /** Back into the queue. */
  requeue() {
    if (this.state !== "paused" && this.state !== "failed" && this.state !== "needs-file") return;
    if (!this.resumable) this.sentBytes = 0;
    this.error = null;
    this.note = "";
    this.#become("queued");
  }

  /** @param {File} file the same file, chosen again after a reload */
  giveFile(file) {
    this.file = file;
    this.requeue();
  }

  /** @param {string} note */
  say(note) {
    this.note = note;
    this.#changed();
  }

  /** Ends it here and on the server. Rejects if the server could not be told. */
  async cancel() {
    this.#become("cancelled");
    this.#running?.abort();
    if (this.videoId) {
      try {
        await this.#means.api.cancelUpload(this.videoId);
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      } finally {
        await this.#forget();
      }
    }
  }

  async #forget() {
    if (this.videoId) await forgetRecord(this.videoId);
    this.#release?.();
    this.#release = null;
  }

  /** The person signed out: the record stays for their next visit. */
  abandon() {
    this.#running?.abort();
    this.#release?.();
    this.#release = null;
  }

  /** @param {TaskState} state */
  #become(state) {
    this.state = state;
    this.waiting = false;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
