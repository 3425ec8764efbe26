/** One upload in the list: name, words, bar, buttons. */

import { h, icon, iconButton, setText, setVars } from "../core/dom.js";
import { failureSentence, sentence } from "../core/errors.js";
import { formatBytes, formatRate, formatRemaining } from "../core/format.js";
import { providerName } from "../core/providers.js";
import { watchHash } from "../core/router.js";

/**
 * @typedef {import("./task.js").UploadTask} UploadTask
 * @typedef {import("../core/types.js").Video} Video
 * @typedef {{pause: () => void, resume: () => void, cancel: () => void, dismiss: () => void}} RowActions
 * @typedef {{words: string, fraction: number | null, tone: "" | "good" | "bad" | "still", spoken?: string}} Face
 */

/** Words are renewed no more often than this while bytes flow, or nobody could read them. */
const WORDS_EVERY_MS = 500;

export class UploadRow {
  #task;
  #words = h("p", { class: "upload__words" });
  #bar = h("div", { class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, h("span", { class: "bar__fill" }));
  #about = h("span", { class: "upload__size" });
  #buttons;
  #watch = h("a", { class: "button button--small" }, "Watch");
  #lastWords = 0;
  #lastFace = "";
  element;

  /** @param {UploadTask} task @param {RowActions} actions */
  constructor(task, actions) {
    this.#task = task;
    const named = (/** @type {string} */ verb) => `${verb} ${task.name}`;
    this.#buttons = {
      pause: iconButton("pause", named("Pause"), actions.pause),
      resume: h("button", { type: "button", class: "button button--small button--primary", on: { click: actions.resume } }),
      cancel: iconButton("close", named("Cancel upload of"), actions.cancel),
      dismiss: iconButton("close", named("Dismiss"), actions.dismiss),
    };
    this.#bar.setAttribute("aria-label", task.name);
    this.element = h(
      "li",
      { class: "upload" },
      h("span", { class: "upload__icon" }, icon("film")),
      h(
        "div",
        { class: "upload__main" },
        h("div", { class: "upload__line" }, h("p", { class: "upload__name", dir: "auto", title: task.name }, task.name), this.#about),
        this.#bar,
        this.#words,
      ),
      h("div", { class: "upload__buttons" }, this.#watch, this.#buttons.resume, this.#buttons.pause, this.#buttons.cancel, this.#buttons.dismiss),
    );
  }

  /** @param {Video | undefined} video @returns {string} what is worth saying aloud, or "" */
  update(video) {
    const face = faceOf(this.#task, video);
    const key = `${this.#task.state} ${face.tone} ${video?.status ?? ""} ${this.#task.waiting}`;
    const turned = key !== this.#lastFace;
    const now = performance.now();
    if (turned || now - this.#lastWords > WORDS_EVERY_MS) {
      setText(this.#words, face.words);
      this.#lastWords = now;
    }
    this.#showBar(face);
    setText(this.#about, [formatBytes(this.#task.size), this.#task.provider && providerName(this.#task.provider)].filter(Boolean).join(" · "));
    if (!turned) return "";
    this.#lastFace = key;
    this.element.dataset.tone = face.tone;
    this.#showButtons(video);
    return face.spoken ?? "";
  }

  /** @param {Face} face */
  #showBar(face) {
    this.#bar.hidden = face.fraction === null;
    if (face.fraction === null) return;
    this.#bar.setAttribute("aria-valuenow", String(Math.round(face.fraction * 100)));
    setVars(this.#bar, { "--fraction": face.fraction.toFixed(4) });
  }

  /** @param {Video | undefined} video */
  #showButtons(video) {
    const task = this.#task;
    const { pause, resume, cancel, dismiss } = this.#buttons;
    const hadFocus = this.element.contains(document.activeElement);
    pause.hidden = !task.active && task.state !== "queued";
    resume.hidden = !(task.state === "paused" || task.state === "needs-file" || task.canRetry);
    setText(resume, task.state === "needs-file" && !task.handle ? "Choose file" : task.state === "failed" ? "Try again" : "Resume");
    resume.setAttribute("aria-label", `${resume.textContent} ${task.name}`);
    cancel.hidden = task.settled;
    dismiss.hidden = !task.settled;
    this.#watch.hidden = video?.status !== "ready";
    if (video) {
      this.#watch.setAttribute("href", watchHash(video.videoId));
      this.#watch.setAttribute("aria-label", `Watch ${video.title}`);
    }
    // The focused button may just have gone: its successor takes over.
    if (hadFocus && !this.element.contains(document.activeElement)) [resume, pause, dismiss, cancel].find((b) => !b.hidden)?.focus();
  }
}

/** @param {UploadTask} task @param {Video | undefined} video @returns {Face} */
function faceOf(task, video) {
  const sent = `${formatBytes(task.sentBytes)} of ${formatBytes(task.size)}`;
  switch (task.state) {
    case "queued":
      return { words: "Waiting for its turn", fraction: task.fraction, tone: "" };
    case "starting":
      return { words: "Getting ready…", fraction: task.fraction, tone: "", spoken: `Uploading ${task.name}` };
    case "sending":
      return { words: sendingWords(task, sent), fraction: task.fraction, tone: task.waiting ? "still" : "" };
    case "paused":
      return {
        words: `Paused · ${task.resumable ? sent : "starts from the beginning when resumed"}`,
        fraction: task.fraction,
        tone: "still",
        spoken: `${task.name} paused`,
      };
    case "needs-file":
      return {
        words: task.note || interruptedWords(task),
        fraction: null,
        tone: task.note ? "bad" : "still",
      };
    case "failed":
      return { words: sentence(task.error), fraction: null, tone: "bad", spoken: `${task.name}: ${sentence(task.error)}` };
    default:
      return sentFace(task, video);
  }
}

/** @param {UploadTask} task */
function interruptedWords(task) {
  if (task.resumable) return task.handle ? "Interrupted. Resume when you are ready." : "Interrupted. Choose the same file again to go on.";
  return task.handle ? "Interrupted. It starts from the beginning when resumed." : "Interrupted. Choose the same file again to send it from the beginning.";
}

/** @param {UploadTask} task @param {string} sent */
function sendingWords(task, sent) {
  if (task.waiting && task.error) return `${sentence(task.error)} Trying again…`;
  const rate = task.rate;
  if (task.fraction === 1) return "Finishing…";
  return [`${Math.floor(task.fraction * 100)} %`, sent, rate ? formatRate(rate) : "", formatRemaining(task.remainingSeconds)].filter(Boolean).join(" · ");
}

/** @param {UploadTask} task @param {Video | undefined} video @returns {Face} */
function sentFace(task, video) {
  if (video?.status === "ready") return { words: "Ready to watch", fraction: null, tone: "good", spoken: `${video.title} is ready to watch` };
  if (video?.status === "error") {
    const why = failureSentence(video.error);
    return { words: why, fraction: null, tone: "bad", spoken: `${task.name}: ${why}` };
  }
  if (video?.status === "processing") {
    const percent = video.progress ?? 0;
    return { words: percent > 0 ? `Processing · ${Math.round(percent)} %` : "Processing…", fraction: percent / 100, tone: "", spoken: `${task.name} uploaded, processing` };
  }
  return { words: "Uploaded. Waiting for processing…", fraction: 1, tone: "" };
}
