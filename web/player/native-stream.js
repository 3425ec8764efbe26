/** A browser that plays HLS by itself chooses the quality by itself too. */

/** @implements {Stream} @typedef {import("./stream.js").Stream} Stream */
export class NativeStream {
  /** @type {import("./stream.js").Quality[]} */ qualities = [];
  chosen = -1;
  playing = "";
  #video;
  #refused = false;
  #stop = new AbortController();

  /** @param {HTMLVideoElement} video @param {string} url "" if nothing can be played @param {import("./stream.js").StreamEvents} events */
  constructor(video, url, events) {
    this.#video = video;
    if (!url) return;
    video.src = url;
    video.addEventListener("playing", () => (this.#refused = false), { signal: this.#stop.signal });
    video.addEventListener("error", () => void this.#onError(events), { signal: this.#stop.signal });
  }

  choose() {}

  /** The element knows one address only: it is changed, and playing goes on from the same place. @param {string} url */
  async renew(url) {
    const video = this.#video;
    const at = video.currentTime;
    const wasPlaying = !video.paused;
    video.src = url;
    video.addEventListener(
      "loadedmetadata",
      () => {
        video.currentTime = at;
        if (wasPlaying) video.play().catch(() => {}); // the person presses play
      },
      { once: true, signal: this.#stop.signal },
    );
  }

  /** @param {import("./stream.js").StreamEvents} events */
  async #onError(events) {
    const network = this.#video.error?.code === MediaError.MEDIA_ERR_NETWORK || this.#video.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
    if (network && !this.#refused) {
      this.#refused = true;
      await events.onRefused().catch(() => events.onFailed("playback_network"));
      return;
    }
    events.onFailed(network ? "playback_network" : "playback_media");
  }

  close() {
    this.#stop.abort();
    this.#video.removeAttribute("src");
    this.#video.load();
  }
}
