/**
 * What feeds the video element: hls.js where there are Media Source Extensions, else the browser itself (iPhones).
 *
 * @typedef {{id: number, name: string}} Quality
 * @typedef {Object} StreamEvents
 * @property {() => void} onQualities the list of qualities, or the one playing, has changed
 * @property {() => Promise<void>} onRefused an address was refused; resolves when there are new ones
 * @property {(code: "playback_network" | "playback_media" | "playback_unsupported") => void} onFailed
 *
 * @typedef {Object} Stream
 * @property {Quality[]} qualities best first; empty if they cannot be chosen
 * @property {number} chosen -1 for automatic
 * @property {string} playing name of the quality that is shown now, or ""
 * @property {(id: number) => void} choose
 * @property {(url: string) => Promise<void>} renew
 * @property {() => void} close
 */

import { HlsStream } from "./hls-stream.js";
import { NativeStream } from "./native-stream.js";

/**
 * @param {HTMLVideoElement} video
 * @param {string} url of the multivariant playlist
 * @param {StreamEvents} events
 * @returns {Promise<Stream>}
 */
export async function openStream(video, url, events) {
  // A third of a megabyte that only people who watch need.
  const { default: Hls } = await import("../vendor/hls.js-1.7.4/hls.min.mjs");
  if (Hls.isSupported()) return new HlsStream(Hls, video, url, events);
  if (video.canPlayType("application/vnd.apple.mpegurl")) return new NativeStream(video, url, events);
  queueMicrotask(() => events.onFailed("playback_unsupported"));
  return new NativeStream(video, "", events);
}
