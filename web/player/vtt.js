/** Reads a storyboard: WebVTT whose cues point into a sprite (`sprite.jpg#xywh=160,90,160,90`). Pure. */

/** @typedef {{start: number, end: number, url: string, x: number, y: number, width: number, height: number}} Tile */

/** @param {string} text "01:02.500" or "1:01:02.500" @returns {number} seconds, NaN if it is no time */
function seconds(text) {
  const match = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(text.trim());
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]) : NaN;
}

/**
 * @param {string} text
 * @param {string} baseUrl what relative addresses are relative to
 * @returns {Tile[]} in order of time; cues that cannot be read are left out
 */
export function parseStoryboard(text, baseUrl) {
  const tiles = [];
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const timing = lines.findIndex((line) => line.includes("-->"));
    if (timing < 0) continue;
    const [from, to] = lines[timing].split("-->");
    const tile = parseTarget(lines[timing + 1]?.trim() ?? "", baseUrl);
    const start = seconds(from);
    const end = seconds(to.trim().split(/\s/)[0]);
    if (tile && start < end) tiles.push({ start, end, ...tile });
  }
  return tiles.sort((a, b) => a.start - b.start);
}

/** @param {string} target @param {string} baseUrl */
function parseTarget(target, baseUrl) {
  const match = /^(.+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/.exec(target);
  if (!match || !URL.canParse(match[1], baseUrl)) return null;
  const [x, y, width, height] = match.slice(2).map(Number);
  return width > 0 && height > 0 ? { url: new URL(match[1], baseUrl).href, x, y, width, height } : null;
}

/** @param {Tile[]} tiles in order @param {number} time seconds @returns {Tile | null} the last that has begun */
export function tileAt(tiles, time) {
  let low = 0;
  let high = tiles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tiles[middle].start <= time) low = middle + 1;
    else high = middle;
  }
  return tiles[low - 1] ?? tiles[0] ?? null;
}
