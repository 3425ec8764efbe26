/** A receipt as the API gives it, in words. Pure. */

/**
 * @typedef {{name: string, removed: number, removedAt: string | null, verifiedAt: string | null, verifiedHow: string}} Step
 * @typedef {{status: "in_progress" | "complete", requestedAt: string, completedAt: string | null, confirmedAt: string | null,
 *   steps: Step[], expiresAt: string}} Answer
 * @typedef {{done: boolean, words: string, facts: [string, string][], steps: {name: string, words: string, done: boolean}[]}} Receipt
 */

/** What a step takes away, in the words of people. @type {Record<string, string>} */
const NAMES = {
  processing: "Processing that was under way",
  open_uploads: "Unfinished uploads",
  source: "The original",
  renditions: "Renditions and pictures",
  provider: "What the video provider had",
  records: "Records about it",
  figures: "Statistics of who watched it",
  analytics: "Statistics of who watched it",
};

/** @param {Answer} answer @returns {Receipt} */
export function receiptOf({ status, requestedAt, completedAt, confirmedAt, steps, expiresAt }) {
  const done = status === "complete";
  return {
    done,
    words: done ? "Everything that belonged to this video is gone." : "The video is gone from every page. What it leaves behind is being removed…",
    facts: [
      ["Deleted", moment(requestedAt)],
      ["Nothing left", completedAt ? moment(completedAt) : "Not yet"],
      ["Looked for once more", confirmedAt ? moment(confirmedAt) : "Later, when all work under way has ended"],
      ["This receipt goes", moment(expiresAt)],
    ],
    steps: steps.map(({ name, removed, verifiedAt, verifiedHow }) => ({
      name: Object.hasOwn(NAMES, name) ? NAMES[name] : name,
      words: `${removed === 0 ? "There was nothing to remove." : removed === 1 ? "1 thing removed." : `${removed} things removed.`} ${verifiedAt ? verifiedHow : "It is still being looked for."}`,
      done: Boolean(verifiedAt),
    })),
  };
}

/** @param {string} iso */
function moment(iso) {
  return new Date(iso).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
}
