/** How playback really was: of one video, or of all together. Kept up to date while somebody looks. */

import { sleep } from "../core/backoff.js";
import { h, icon, setText } from "../core/dom.js";
import { ApiError, isAbort, sentence } from "../core/errors.js";
import { formatAge, formatNumber } from "../core/format.js";
import { watchHash } from "../core/router.js";
import { notice, problemNotice } from "../ui/notice.js";
import { Chart } from "./chart.js";
import { countryName, deviceName, failureName, formatSeconds, formatShare, ranked, retentionCurve, stallClasses, startupClasses, viewsByDay } from "./figures.js";
import { Ranking } from "./ranking.js";
import { Tiles } from "./tiles.js";
import { TopVideos } from "./top-videos.js";

/**
 * @typedef {Object} Figures
 * @property {number} totalViews @property {number} uniqueViewers
 * @property {number} totalPlayTime seconds @property {number} totalBufferTime seconds
 * @property {number} avgBufferingRatio @property {number} avgRebufferCount @property {number} completionRate
 * @property {{p50: number | null, p95: number | null}} startupTime
 * @property {import("./figures.js").Bar[]} startupTimes @property {import("./figures.js").Bar[]} bufferingRatios
 * @property {number} errors @property {Record<string, number>} errorsByCode @property {Record<string, number>} devices
 * @property {Record<string, number>} countries @property {number} exitBeforeStart
 * @property {import("./figures.js").Day[]} daily @property {number[]} retention
 *
 * @typedef {Figures & {updatedAt: string | null, verified: Figures, top?: import("./top-videos.js").Top[]}} Answer
 */

const EVERY_MS = 5000;

const CHARTS = {
  days: { title: "Views by day", kind: "bars", across: "Day", format: formatNumber, empty: "Nobody has watched in these days." },
  retention: { title: "Where people stop", kind: "line", across: "Part of the video", format: formatShare, most: 1, empty: "There is nothing to tell yet." },
  startup: { title: "Time to start", kind: "bars", across: "Seconds", format: formatNumber, empty: "No player has told how long the start took." },
  stalls: { title: "Time standing still", kind: "bars", across: "Share of the time", format: formatNumber, empty: "There is nothing to tell yet." },
};

export class AnalyticsView {
  #app;
  #id;
  #stop = new AbortController();
  #heading = h("h1", { class: "page-title", tabIndex: -1, dir: "auto" });
  #updated = h("p", { class: "analytics__updated" });
  #tiles = new Tiles();
  #charts = Object.fromEntries(Object.entries(CHARTS).map(([name, of]) => [name, new Chart(/** @type {import("./chart.js").ChartOf} */ (of))]));
  #rankings = {
    errors: new Ranking("Errors", "No viewer has met an error. Good."),
    devices: new Ranking("Devices", "No player has told what it runs on."),
    countries: new Ranking("Countries", "Where viewers are is only known behind a CDN that says so."),
  };
  /** @type {TopVideos | null} */ #top = null;
  #figures;
  #place = h("div", { "aria-busy": "true" });
  #only = h("input", { type: "checkbox", class: "check__box", on: { change: () => this.#latest && void this.#show(this.#latest) } });
  #verified = h("label", { class: "check check--waiting" }, this.#only, "Only verified views");
  /** @type {Answer | null} */ #latest = null;
  element;

  /** @param {import("../app.js").App} app @param {string} videoId "" for all */
  constructor(app, videoId) {
    this.#app = app;
    this.#id = videoId;
    if (!videoId) this.#top = new TopVideos();
    this.#figures = h("div", {}, this.#tiles.element, h("div", { class: "charts" }, ...Object.values(this.#charts).map((chart) => chart.element), ...Object.values(this.#rankings).map((ranking) => ranking.element)), this.#top?.element);
    const back = videoId ? h("a", { class: "back", href: watchHash(videoId) }, icon("back"), "The video") : null;
    this.element = h("div", { class: "analytics" }, back, h("div", { class: "analytics__head" }, this.#heading, this.#verified, this.#updated), this.#place);
    this.#name(videoId ? (app.store.get(videoId)?.title ?? "Analytics") : "Analytics");
    this.#place.replaceChildren(skeleton());
  }

  open() {
    void this.#follow();
    if (this.#id && !this.#app.store.get(this.#id)) void this.#readTitle();
  }

  close() {
    this.#stop.abort();
    for (const chart of Object.values(this.#charts)) chart.close();
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  /** @param {string} name */
  #name(name) {
    setText(this.#heading, name);
    this.#heading.title = name;
    document.title = this.#id ? `Analytics of ${name} · Sluice` : "Analytics · Sluice";
  }

  async #readTitle() {
    try {
      const video = await this.#app.api.get(this.#id, this.#stop.signal);
      this.#name(video.title || video.filename);
    } catch {
      // The figures' own answer says what is wrong.
    }
  }

  async #follow() {
    const path = this.#id ? `/api/analytics/videos/${encodeURIComponent(this.#id)}` : "/api/analytics/summary";
    const { signal } = this.#stop;
    try {
      for (;;) {
        if (!document.hidden) await this.#learn(await this.#app.api.send("GET", path, { signal }));
        await sleep(EVERY_MS, signal);
      }
    } catch (error) {
      if (!isAbort(error)) this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#place.setAttribute("aria-busy", "false");
    const closed = error instanceof ApiError && (error.status === 403 || error.status === 404);
    if (closed) return this.#place.replaceChildren(notice({ icon: "chart", title: "No figures here", words: "Only the owner of a video sees how it is watched, and this one is not among yours." }));
    this.#latest = null;
    this.#place.replaceChildren(problemNotice("The figures could not be loaded", sentence(error), () => (this.#place.replaceChildren(skeleton()), void this.#follow())));
  }

  /** @param {Answer} answer */
  async #learn(answer) {
    if (answer.updatedAt) setText(this.#updated, `As of ${formatAge(answer.updatedAt, Date.now())}`);
    if (JSON.stringify(answer) === JSON.stringify(this.#latest)) return;
    this.#latest = answer;
    this.#place.setAttribute("aria-busy", "false");
    await this.#show(answer);
  }

  /** @param {Answer} answer */
  async #show(answer) {
    if (answer.totalViews + answer.exitBeforeStart + answer.errors === 0) return this.#place.replaceChildren(this.#empty());
    if (!this.#figures.isConnected) this.#place.replaceChildren(this.#figures);
    this.#verified.classList.toggle("check--waiting", answer.verified.totalViews === 0);
    const figures = this.#only.checked ? answer.verified : answer;
    this.#tiles.show(figures);
    this.#top?.show(answer.top ?? []);
    await this.#draw(figures);
  }

  /** @param {Figures} answer */
  async #draw(answer) {
    const { days, retention, startup, stalls } = this.#charts;
    const byDay = viewsByDay(answer.daily, new Date().toISOString().slice(0, 10));
    const best = byDay.reduce((most, day) => (day.value > most.value ? day : most), byDay[0]);
    this.#rankings.errors.show(ranked(answer.errorsByCode, failureName));
    this.#rankings.devices.show(ranked(answer.devices, deviceName));
    this.#rankings.countries.show(ranked(answer.countries, countryName));
    const unhindered = stallClasses(answer.bufferingRatios);
    await Promise.all([
      days.show(byDay, best.value ? `${counted(best.value, "view")} on the best day, ${best.label}` : ""),
      retention.show(retentionCurve(answer.retention), `${formatShare(answer.retention[10])} of the views got as far as the middle`),
      startup.show(startupClasses(answer.startupTimes), typeof answer.startupTime.p50 === "number" ? `Half began within ${formatSeconds(answer.startupTime.p50)}` : ""),
      stalls.show(unhindered, `${counted(unhindered[0].value, "view")} without any interruption`),
    ]);
  }

  #empty() {
    const words = this.#id ? "Nobody has watched this video yet. Open it and press play: the figures appear here a few seconds later." : "Nobody has watched any of your videos yet. As soon as somebody does, you see here how it went.";
    const action = h("a", { class: "button", href: this.#id ? watchHash(this.#id) : "#/" }, this.#id ? "Watch it" : "Your videos");
    return notice({ icon: "chart", title: "No views yet", words, action });
  }
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function skeleton() {
  const tiles = Array.from({ length: 8 }, () => h("div", { class: "tile shimmer" }));
  return h("div", { "aria-hidden": "true" }, h("div", { class: "tiles" }, ...tiles));
}
