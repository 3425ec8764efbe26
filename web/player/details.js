/** The facts of a video, for its owner. */

import { h } from "../core/dom.js";
import { formatBitrate, formatBytes, formatClock } from "../core/format.js";

/** @typedef {import("../core/types.js").Video} Video */

/** Names that people know. @type {Record<string, string>} */
const CODECS = { av1: "AV1", h264: "H.264", hevc: "HEVC", mpeg2video: "MPEG-2", mpeg4: "MPEG-4", prores: "ProRes", vp8: "VP8", vp9: "VP9" };

export class VideoDetails {
  #list = h("dl", { class: "facts" });
  element = h("section", { class: "details", "aria-label": "Details", hidden: true }, h("h2", { class: "details__heading" }, "Details"), this.#list);

  /** @param {Video} video */
  update(video) {
    const facts = factsOf(video).filter(([, value]) => value);
    this.#list.replaceChildren(...facts.map(([name, value]) => h("div", { class: "fact" }, h("dt", {}, name), h("dd", { dir: "auto" }, value))));
    this.element.hidden = facts.length === 0;
  }
}

/** @param {Video} video @returns {[string, string][]} */
function factsOf({ metadata, duration, filename, createdAt }) {
  const { width, height, frameRate, codec, bitrate, size, hasAudio, renditions } = metadata;
  const names = (renditions ?? []).map((rendition) => rendition.name);
  return [
    ["File", filename],
    ["Length", duration === null ? "" : formatClock(duration)],
    ["Size", size === null ? "" : formatBytes(size)],
    ["Picture", width && height ? `${width} × ${height}` : ""],
    ["Frame rate", frameRate ? `${Number(frameRate.toFixed(2))} per second` : ""],
    ["Codec", codec ? (CODECS[codec] ?? codec) : ""],
    ["Bit rate", bitrate ? formatBitrate(bitrate) : ""],
    ["Sound", hasAudio === null ? "" : hasAudio ? "Yes" : "No"],
    ["Qualities", names.join(", ")],
    ["Uploaded", new Date(createdAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })],
  ];
}
