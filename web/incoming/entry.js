/** How one incoming video stands, in words. Pure. */

import { failureSentence } from "../core/errors.js";

/** An import's progress counts fetching up to here, and processing after it. */
const FETCHED_PERCENT = 40;

/**
 * @typedef {import("../core/types.js").Video} Video
 * @typedef {Object} Entry
 * @property {string} id of the entry: a generation's or a video's
 * @property {"import" | "generation"} kind
 * @property {string} label
 * @property {string} site where it comes from, or ""
 * @property {boolean} asking the API has not answered yet
 * @property {string | null} videoId null while the generator is at work
 * @property {{code?: string, message?: string} | null} error why the generator failed
 * @property {boolean} settled ready, failed or gone: nothing more will happen
 * @property {number} at ms
 *
 * @typedef {{words: string, fraction: number | null, waiting: boolean, tone: "" | "good" | "bad", settled: boolean, spoken: string}} Face
 *   `waiting`: work goes on, and nobody can say how far it is
 */

/** @param {Entry} entry @param {Video | undefined} video @returns {Face} */
export function faceOf(entry, video) {
  const name = video?.title || entry.label;
  if (entry.error) return bad(name, failureSentence({ message: entry.error.message || "The generator could not make this video." }));
  if (entry.asking) return { words: entry.kind === "import" ? "Asking for it…" : "Asking the generator…", fraction: null, waiting: true, tone: "", settled: false, spoken: "" };
  if (!entry.videoId) return { words: "At work, usually for about 15 minutes. You can leave this page.", fraction: null, waiting: true, tone: "", settled: false, spoken: `${name} is being generated` };
  if (video?.status === "ready") return { words: "Ready to watch", fraction: null, waiting: false, tone: "good", settled: true, spoken: `${name} is ready to watch` };
  if (video?.status === "error") return bad(name, failureSentence(video.error));
  return underWay(entry, name, video?.progress ?? 0);
}

/** @param {string} name @param {string} why @returns {Face} */
function bad(name, why) {
  return { words: why, fraction: null, waiting: false, tone: "bad", settled: true, spoken: `${name}: ${why}` };
}

/** @param {Entry} entry @param {string} name @param {number} percent @returns {Face} */
function underWay(entry, name, percent) {
  const fetching = percent < FETCHED_PERCENT;
  const doing = fetching ? `Fetching${entry.site ? ` from ${entry.site}` : ""}` : "Processing";
  return { words: percent > 0 ? `${doing} · ${Math.round(percent)} %` : `${doing}…`, fraction: percent / 100, waiting: percent === 0, tone: "", settled: false, spoken: fetching ? `Fetching ${name}` : `${name} fetched, processing` };
}
