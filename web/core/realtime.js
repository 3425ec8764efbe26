/**
 * One WebSocket for as long as it is wanted: opened with a token, kept open, opened again when it breaks.
 *
 * Fires `live` (detail: whether messages come at the moment) and `message` (detail: the message). While it
 * is not live, whoever needs news must ask for it.
 */

import { retryDelay } from "./backoff.js";

/** Shorter than the ten silent minutes after which the other side closes. */
const PING_MS = 4 * 60_000;
const PONG_MS = 20_000;
const RETRY = { baseMs: 1000, mostMs: 60_000 };
/** Whoever is thrown out at once is not let in sooner by knocking faster. */
const SETTLED_MS = 10_000;

/**
 * @param {{apiBaseUrl: string, realtimeUrl: string}} config
 * @param {{origin: string}} place where the page came from
 * @returns {string} "" where none is known
 */
export function realtimeUrl({ apiBaseUrl, realtimeUrl: given }, place) {
  if (given) return given;
  return apiBaseUrl ? "" : `${place.origin.replace(/^http/, "ws")}/ws`;
}

export class Realtime extends EventTarget {
  #url;
  #token;
  #open;
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #pinging;
  #attempt = 0;
  #openedAt = 0;
  #replaced = false;
  #stop = new AbortController();
  live = false;

  /**
   * @param {string} url "" for a place without realtime: it is never live
   * @param {() => string | null} token
   * @param {(url: string) => WebSocket} [open]
   */
  constructor(url, token, open = (address) => new WebSocket(address)) {
    super();
    this.#url = url;
    this.#token = token;
    this.#open = open;
    if (!url) return;
    const { signal } = this.#stop;
    globalThis.addEventListener?.("online", () => this.#connectNow(), { signal });
    globalThis.document?.addEventListener("visibilitychange", () => this.#seen(), { signal });
    // A listener that is added right after this must hear the first news too.
    this.#timer = setTimeout(() => this.#connect(), 0);
  }

  close() {
    this.#stop.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#pinging);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#say(false);
  }

  /** @param {object} message @returns {boolean} whether it could be sent */
  send(message) {
    if (!this.live || !this.#socket) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Somebody looks at this page again: its connection may have made room for another page's. */
  #seen() {
    if (globalThis.document.hidden) return;
    this.#replaced = false;
    this.#connectNow();
  }

  #connectNow() {
    if (this.#socket || this.#stop.signal.aborted || this.#replaced) return;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    const token = this.#token();
    if (!token) return; // signing in makes a new one of these
    let socket;
    try {
      socket = this.#open(`${this.#url}?token=${encodeURIComponent(token)}`);
    } catch {
      return this.#later(); // an address that the browser refuses
    }
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened(socket));
    socket.addEventListener("message", (event) => this.#heard(socket, event.data));
    socket.addEventListener("close", () => this.#ended(socket));
  }

  /** @param {WebSocket} socket */
  #opened(socket) {
    if (socket !== this.#socket) return;
    this.#openedAt = Date.now();
    this.#say(true);
    this.#keepOpen();
  }

  /** @param {WebSocket} socket @param {string} text */
  #heard(socket, text) {
    if (socket !== this.#socket) return;
    this.#keepOpen();
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return; // not one of ours
    }
    if (message?.type === "connection.replaced") this.#replaced = true;
    else this.dispatchEvent(new CustomEvent("message", { detail: message }));
  }

  /** @param {WebSocket} socket */
  #ended(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#pinging);
    if (this.live && Date.now() - this.#openedAt >= SETTLED_MS) this.#attempt = 0;
    this.#say(false);
    if (!this.#replaced) this.#later();
  }

  #later() {
    this.#timer = setTimeout(() => this.#connect(), retryDelay(this.#attempt, Math.random, RETRY));
    this.#attempt += 1;
  }

  /** After a while of silence it asks for a sign of life; without one it is taken for dead. */
  #keepOpen() {
    clearTimeout(this.#pinging);
    this.#pinging = setTimeout(() => {
      this.send({ action: "ping" });
      this.#pinging = setTimeout(() => this.#abandon(), PONG_MS);
    }, PING_MS);
  }

  /** A closing handshake with nobody at the other end takes minutes. */
  #abandon() {
    const socket = this.#socket;
    if (!socket) return;
    this.#ended(socket);
    socket.close();
  }

  /** @param {boolean} live */
  #say(live) {
    if (live === this.live) return;
    this.live = live;
    this.dispatchEvent(new CustomEvent("live", { detail: live }));
  }
}
