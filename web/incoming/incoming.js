/**
 * What one person has asked to have brought in: imports and generated videos. Unfinished ones outlive a
 * reload, because a generation has no card in the gallery yet. Fires `entries` and `entry`.
 */

import { sleep } from "../core/backoff.js";
import { ApiError, isAbort } from "../core/errors.js";
import { incomingApi } from "./api.js";
import { nameOfLink, siteOf } from "./link.js";

/** @typedef {import("./entry.js").Entry} Entry */

const ASK_FIRST_MS = 2000;
const ASK_AT_MOST_MS = 15_000;

/** A generator that was silent for a day is given up by the server too. */
const FORGET_AFTER_MS = 48 * 3_600_000;

/** The generator was asked, and it said no: the same words need a new request. */
export const GENERATION_FAILED = "generation_failed";

export class Incoming extends EventTarget {
  #api;
  #keep;
  #onVideo;
  #shareKeys;
  #stop = new AbortController();
  /** @type {Entry[]} */ entries = [];

  /**
   * @param {import("../core/api.js").Api} api @param {string} owner the user's id
   * @param {import("../sharing/keys.js").ShareKeys} shareKeys where the key of a new import is remembered
   * @param {(videoId: string) => void} onVideo there is a video to be followed
   */
  constructor(api, owner, shareKeys, onVideo) {
    super();
    this.#api = incomingApi(api);
    this.#keep = `sluice.incoming.${owner}`;
    this.#shareKeys = shareKeys;
    this.#onVideo = onVideo;
  }

  restore() {
    const known = new Set(this.entries.map((entry) => entry.id));
    const fresh = readKept(this.#keep).filter((entry) => !known.has(entry.id) && Date.now() - entry.at < FORGET_AFTER_MS);
    this.entries = [...this.entries, ...fresh];
    this.#changed();
    for (const entry of fresh) this.#pursue(entry);
  }

  close() {
    this.#stop.abort();
  }

  /** It is shown at once, and taken back if it is refused. @param {{videoUrl: string, provider?: string}} wanted @param {string} idempotencyKey */
  async importVideo(wanted, idempotencyKey) {
    const entry = this.#begin("import", nameOfLink(wanted.videoUrl), siteOf(wanted.videoUrl));
    const { videoId, secretKey } = await this.#orTakeBack(entry, this.#api.importVideo(wanted, idempotencyKey));
    if (secretKey) this.#shareKeys.learn(videoId, secretKey);
    this.#answered(entry, videoId, videoId);
  }

  /** @param {Partial<import("./api.js").Script>} script @param {string} idempotencyKey */
  async generate(script, idempotencyKey) {
    const entry = this.#begin("generation", script.hook?.trim() || "Generated video", "");
    const generation = await this.#orTakeBack(entry, this.#api.generate(script, idempotencyKey));
    if (generation.status === "error") {
      this.dismiss(entry);
      throw new ApiError({ status: 409, code: GENERATION_FAILED, message: generation.message });
    }
    this.#answered(entry, generation.generationId, generation.videoId ?? null);
  }

  /** @param {Entry["kind"]} kind @param {string} label @param {string} site @returns {Entry} */
  #begin(kind, label, site) {
    const entry = { id: "", kind, label, site, asking: true, videoId: null, error: null, settled: false, at: Date.now() };
    this.entries = [entry, ...this.entries];
    this.#changed();
    return entry;
  }

  /** @template T @param {Entry} entry @param {Promise<T>} answer @returns {Promise<T>} */
  async #orTakeBack(entry, answer) {
    try {
      return await answer;
    } catch (error) {
      this.dismiss(entry);
      throw error;
    }
  }

  /** @param {Entry} entry @param {string} id @param {string | null} videoId */
  #answered(entry, id, videoId) {
    if (this.entries.some((other) => other.id === id)) return this.dismiss(entry); // the same request, answered again
    Object.assign(entry, { id, videoId, asking: false });
    this.#tell(entry);
    this.#pursue(entry);
  }

  /** @param {Entry} entry */
  dismiss(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    this.#changed();
  }

  /** The video is ready, failed or gone: a reload need not show it again. @param {Entry} entry */
  settle(entry) {
    if (entry.settled) return;
    entry.settled = true;
    this.#remember();
  }

  /** @param {Entry} entry */
  #pursue(entry) {
    if (entry.videoId) this.#onVideo(entry.videoId);
    else void this.#follow(entry);
  }

  /** Asks until the generator has answered. @param {Entry} entry */
  async #follow(entry) {
    const { signal } = this.#stop;
    for (let wait = ASK_FIRST_MS; this.entries.includes(entry); wait = Math.min(ASK_AT_MOST_MS, wait * 1.4)) {
      try {
        await sleep(wait, signal);
        if (this.#learn(entry, await this.#api.generation(entry.id, signal))) return;
      } catch (error) {
        if (isAbort(error)) return;
        if (error instanceof ApiError && error.status === 404) return this.dismiss(entry);
        // Anything else may pass: the next round asks again.
      }
    }
  }

  /** @param {Entry} entry @param {import("./api.js").Generation} generation @returns {boolean} whether it is decided */
  #learn(entry, { status, videoId, error }) {
    if (status === "error") entry.error = error ?? {};
    else if (videoId) entry.videoId = videoId;
    else return false;
    this.#tell(entry);
    if (videoId && !entry.error) this.#onVideo(videoId);
    return true;
  }

  /** @param {Entry} entry that stands differently now */
  #tell(entry) {
    this.#remember();
    this.dispatchEvent(new CustomEvent("entry", { detail: entry }));
  }

  #changed() {
    this.#remember();
    this.dispatchEvent(new Event("entries"));
  }

  #remember() {
    writeKept(this.#keep, this.entries.filter((entry) => !entry.asking && !entry.settled && !entry.error));
  }
}

/** @param {string} key @returns {Entry[]} */
function readKept(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.id === "string" && typeof entry.label === "string") : [];
  } catch {
    return []; // somebody else's words under our name
  }
}

/** @param {string} key @param {Entry[]} entries */
function writeKept(key, entries) {
  if (entries.length) localStorage.setItem(key, JSON.stringify(entries));
  else localStorage.removeItem(key);
}
