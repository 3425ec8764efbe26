/** Sizes, times and rates in the form people read. Pure: no DOM, no clock. */

const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB"];

/**
 * @param {number} bytes
 * @returns {string} decimal units, as file managers and stores use: `formatBytes(1500000)` is "1.5 MB"
 */
export function formatBytes(bytes) {
  if (!Number.isFinite(bytes) || bytes < 0) return "";
  let value = bytes;
  let unit = 0;
  // 999.5 would be printed as "1000", so it already belongs to the next unit.
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

/** @param {number} bytesPerSecond */
export function formatRate(bytesPerSecond) {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** @param {number} bitsPerSecond @returns {string} e.g. "2.4 Mbit/s" */
export function formatBitrate(bitsPerSecond) {
  if (!(bitsPerSecond > 0)) return "";
  return bitsPerSecond >= 1e6 ? `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bitsPerSecond / 1e3)} kbit/s`;
}

/** @param {number} seconds */
function clockParts(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
}

/** @param {number} seconds @returns {string} "0:07", "12:30", "1:02:03" */
export function formatClock(seconds) {
  if (!Number.isFinite(seconds)) return "0:00";
  const part = clockParts(seconds);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return part.hours > 0 ? `${part.hours}:${two(part.minutes)}:${two(part.seconds)}` : `${part.minutes}:${two(part.seconds)}`;
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param {number} seconds @returns {string} for screen readers: "1 hour 2 minutes 3 seconds" */
export function spokenDuration(seconds) {
  const part = clockParts(Number.isFinite(seconds) ? seconds : 0);
  const words = [];
  if (part.hours) words.push(counted(part.hours, "hour"));
  if (part.minutes) words.push(counted(part.minutes, "minute"));
  if (part.seconds || words.length === 0) words.push(counted(part.seconds, "second"));
  return words.join(" ");
}

/** @param {number | null} seconds @returns {string} "12 seconds left"; coarse, so that it does not flicker */
export function formatRemaining(seconds) {
  if (seconds === null || !Number.isFinite(seconds)) return "";
  if (seconds < 1) return "almost done";
  if (seconds < 60) return `${counted(Math.ceil(seconds), "second")} left`;
  if (seconds < 3600) return `${counted(Math.ceil(seconds / 60), "minute")} left`;
  return `${counted(Math.round(seconds / 3600), "hour")} left`;
}

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const AGES = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** @param {string} iso @param {number} nowMs @returns {string} "3 hours ago"; "just now" below a minute */
export function formatAge(iso, nowMs) {
  const seconds = (Date.parse(iso) - nowMs) / 1000;
  if (Number.isNaN(seconds)) return "";
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, length] of AGES) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return "just now";
}

/** @param {string} name @returns {string} one or two letters for an avatar, whole characters even for emoji */
export function initials(name) {
  const words = name.trim().split(/[\s._@-]+/u).filter(Boolean);
  const first = (/** @type {string | undefined} */ word) => (word ? [...word][0] : "");
  return (first(words[0]) + (words.length > 1 ? first(words[1]) : "")).toUpperCase() || "?";
}

/** @param {string} text @param {number} most in code points, which is how the API counts */
export function clip(text, most) {
  const points = [...text];
  return points.length <= most ? text : points.slice(0, most).join("");
}

/** @param {string} filename @returns {string} a first title: the name without its ending, at most 200 code points */
export function titleFromFilename(filename) {
  const stem = filename.replace(/\.[A-Za-z0-9]{1,5}$/u, "").trim();
  return clip(stem || filename, 200);
}

/** @param {{width: number, height: number}} size @returns {string} by the short side, so a portrait 1080×1920 is "1080p" */
export function qualityName({ width, height }) {
  const side = width > 0 && height > 0 ? Math.min(width, height) : height || width;
  return side > 0 ? `${side}p` : "Standard";
}

/** @param {number} count @returns {string} "999", "1.2K", "3M": short enough for a button */
export function formatCount(count) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(count);
}

/** @param {number} count @returns {string} "12,345": every digit */
export function formatNumber(count) {
  return new Intl.NumberFormat("en").format(count);
}
