/** Figures as the API gives them, made into points and words. Pure. */

/**
 * @typedef {{low: number, high: number, views: number}} Bar views whose value lies above `low` and up to `high`
 * @typedef {{date: string, views: number, playTime: number}} Day
 * @typedef {import("./chart.js").Point} Point
 */

const DAY_MS = 86_400_000;
/** More bars than this nobody can tell apart. */
const MOST_DAYS = 60;
const LEAST_DAYS = 7;

/** Upper ends of the classes, in seconds. */
const STARTUP_ENDS = [0.25, 0.5, 1, 2, 4, 8, Infinity];
/** Upper ends of the classes, as shares. */
const STALL_ENDS = [0.0001, 0.005, 0.01, 0.02, 0.05, 0.1, Infinity];

/** @param {Day[]} daily days with something @param {string} today as a date @returns {Point[]} every day up to today, a week at least */
export function viewsByDay(daily, today) {
  const views = new Map(daily.map(({ date, views: count }) => [date, count]));
  const end = Date.parse(today);
  const first = Math.min(...daily.map(({ date }) => Date.parse(date)).filter((at) => !Number.isNaN(at)), end - (LEAST_DAYS - 1) * DAY_MS);
  const begin = Math.max(first, end - (MOST_DAYS - 1) * DAY_MS);
  const points = [];
  for (let at = begin; at <= end; at += DAY_MS) {
    const date = new Date(at).toISOString().slice(0, 10);
    points.push({ label: new Date(at).toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" }), value: views.get(date) ?? 0 });
  }
  return points;
}

/** @param {number[]} retention shares of views that reached the start of each twentieth @returns {Point[]} */
export function retentionCurve(retention) {
  return retention.map((share, at) => ({ label: `${at * 5} %`, value: share }));
}

/** @param {Bar[]} bars fine ones @param {number[]} ends @param {(end: number, before: number) => string} name @returns {Point[]} coarse ones that people can read */
function classed(bars, ends, name) {
  const points = ends.map((end, at) => ({ label: name(end, ends[at - 1] ?? 0), value: 0 }));
  for (const { low, high, views } of bars) {
    const middle = (low + high) / 2;
    const at = ends.findIndex((end) => middle <= end);
    points[at].value += views;
  }
  return points;
}

/** @param {Bar[]} bars in seconds */
export function startupClasses(bars) {
  return classed(bars, STARTUP_ENDS, (end, before) => (end === Infinity ? `> ${before} s` : `≤ ${end} s`));
}

/** @param {Bar[]} bars as shares of the time */
export function stallClasses(bars) {
  return classed(bars, STALL_ENDS, (end, before) => (before === 0 ? "None" : end === Infinity ? `> ${before * 100} %` : `≤ ${end * 100} %`));
}

/** @param {Record<string, number>} counts @param {(code: string) => string} name @returns {Point[]} the most first */
export function ranked(counts, name) {
  return Object.entries(counts)
    .map(([code, value]) => ({ label: name(code), value }))
    .sort((a, b) => b.value - a.value);
}

/** @param {number | null | undefined} share 0..1 @returns {string} "12.5 %", "<0.1 %", "–" if there is none */
export function formatShare(share) {
  if (share === null || share === undefined) return "–";
  if (share > 0 && share < 0.001) return "<0.1 %";
  const percent = share * 100;
  return `${Number(percent.toFixed(percent < 10 ? 1 : 0))} %`;
}

/** @param {number | null | undefined} seconds @returns {string} "0.42 s", "3.1 s", "12 s", "–" if there is none */
export function formatSeconds(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  return `${Number(seconds.toFixed(seconds < 1 ? 2 : seconds < 10 ? 1 : 0))} s`;
}

/** @param {number} seconds @returns {string} "45 s", "12 min", "3 h 20 min", "40 h" */
export function formatWatched(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 10 && minutes % 60 ? `${hours} h ${minutes % 60} min` : `${Math.round(minutes / 60)} h`;
}

/** What the code of a failure means to people. @type {Record<string, string>} */
const FAILURES = {
  playback_network: "Connection lost",
  playback_media: "Could not be decoded",
  playback_unsupported: "Browser cannot play it",
  network: "Server not reached",
  offline: "Offline",
  timeout: "Server too slow",
  unknown: "Not said",
  other: "Others",
};

/** @param {string} code */
export function failureName(code) {
  return Object.hasOwn(FAILURES, code) ? FAILURES[code] : code;
}

/** @param {string} device as the API names it */
export function deviceName(device) {
  return device.charAt(0).toUpperCase() + device.slice(1);
}

/** @param {string} code of two letters */
export function countryName(code) {
  try {
    return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
  } catch {
    return code; // no code of a country
  }
}
