/** Which key does what in the player. Pure. */

/**
 * @typedef {{do: "toggle" | "mute" | "fullscreen" | "help"} | {do: "seekBy" | "volumeBy" | "speedBy" | "seekTo", by: number}} Command
 */

/** For the help dialog, in the order it is shown. @type {[string, string][]} */
export const SHORTCUTS = [
  ["Space or K", "Play or pause"],
  ["← →", "Back or forward 5 seconds"],
  ["J L", "Back or forward 10 seconds"],
  ["↑ ↓", "Volume"],
  ["M", "Sound on or off"],
  ["F", "Full screen"],
  ["< >", "Slower or faster"],
  ["0 – 9", "Jump to a tenth of the video"],
  ["?", "This list"],
];

/** @type {Record<string, Command>} */
const COMMANDS = {
  " ": { do: "toggle" },
  k: { do: "toggle" },
  ArrowLeft: { do: "seekBy", by: -5 },
  ArrowRight: { do: "seekBy", by: 5 },
  j: { do: "seekBy", by: -10 },
  l: { do: "seekBy", by: 10 },
  ArrowUp: { do: "volumeBy", by: 0.1 },
  ArrowDown: { do: "volumeBy", by: -0.1 },
  m: { do: "mute" },
  f: { do: "fullscreen" },
  "<": { do: "speedBy", by: -1 },
  ">": { do: "speedBy", by: 1 },
  "?": { do: "help" },
  Home: { do: "seekTo", by: 0 },
  End: { do: "seekTo", by: 1 },
};

/**
 * @param {{key: string, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} event
 * @param {"button" | "volume" | "other"} target what has the focus: buttons keep Space, the volume slider its arrows
 * @returns {Command | null}
 */
export function commandFor(event, target) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (target === "button" && event.key === " ") return null;
  if (target === "volume" && /^(Arrow|Home|End)/.test(event.key)) return null;
  if (/^[0-9]$/.test(event.key)) return { do: "seekTo", by: Number(event.key) / 10 };
  return COMMANDS[event.key] ?? COMMANDS[event.key.toLowerCase()] ?? null;
}
