/** Remembers how loud a person likes it. */

const KEY = "sluice.volume";

/** @param {HTMLVideoElement} video */
export function restoreVolume(video) {
  const [level, muted] = (localStorage.getItem(KEY) ?? "").split(" ");
  const volume = Number.parseFloat(level);
  if (volume >= 0 && volume <= 1) video.volume = volume;
  video.muted = muted === "muted";
}

/** @param {HTMLVideoElement} video */
export function keepVolume(video) {
  localStorage.setItem(KEY, `${video.volume.toFixed(2)} ${video.muted ? "muted" : "on"}`);
}
