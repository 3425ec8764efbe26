import assert from "node:assert/strict";
import { test } from "node:test";

import * as format from "../../web/core/format.js";

test("sizes are in decimal units with one digit only where it says something", () => {
  const said = [0, 999, 999.6, 1500, 9_960, 12_345_678, 999_600_000, 5e9].map(format.formatBytes);
  assert.deepEqual(said, ["0 B", "999 B", "1.0 KB", "1.5 KB", "10 KB", "12 MB", "1.0 GB", "5.0 GB"]);
});

test("a size that is no size is nothing", () => {
  assert.equal(format.formatBytes(NaN), "");
  assert.equal(format.formatBytes(-1), "");
});

test("clock times have hours only when there are any", () => {
  assert.deepEqual([0, 7.9, 750, 3723].map(format.formatClock), ["0:00", "0:07", "12:30", "1:02:03"]);
  assert.equal(format.formatClock(Infinity), "0:00");
});

test("durations are spoken in whole words", () => {
  assert.equal(format.spokenDuration(3661), "1 hour 1 minute 1 second");
  assert.equal(format.spokenDuration(120), "2 minutes");
  assert.equal(format.spokenDuration(0), "0 seconds");
});

test("remaining time is coarse", () => {
  assert.deepEqual([0.2, 1, 59, 61, 5400, null].map(format.formatRemaining), ["almost done", "1 second left", "59 seconds left", "2 minutes left", "2 hours left", ""]);
});

test("ages go from just now to years", () => {
  const now = Date.parse("2026-06-15T12:00:00Z");
  const age = (iso) => format.formatAge(iso, now);
  assert.equal(age("2026-06-15T11:59:30.000Z"), "just now");
  assert.equal(age("2026-06-15T11:00:00.000Z"), "1 hour ago");
  assert.equal(age("2026-06-14T12:00:00.000Z"), "yesterday");
  assert.equal(age("2024-06-01T12:00:00.000Z"), "2 years ago");
  assert.equal(age("not a time"), "");
});

test("initials are whole characters, emoji included", () => {
  assert.deepEqual(["Alice", "alice b. cooper", "🦊 fox", "", "  "].map(format.initials), ["A", "AB", "🦊F", "?", "?"]);
});

test("titles come from file names, at most 200 code points and never half an emoji", () => {
  assert.equal(format.titleFromFilename("Beach day.final.mp4"), "Beach day.final");
  assert.equal(format.titleFromFilename(".mp4"), ".mp4");
  const long = format.titleFromFilename(`${"🎬".repeat(230)}.mp4`);
  assert.equal([...long].length, 200);
  assert.equal(long, "🎬".repeat(200));
});

test("qualities are named by the short side", () => {
  assert.equal(format.qualityName({ width: 1080, height: 1920 }), "1080p");
  assert.equal(format.qualityName({ width: 1280, height: 720 }), "720p");
  assert.equal(format.qualityName({ width: 0, height: 0 }), "Standard");
});

test("bit rates change unit at a million", () => {
  assert.equal(format.formatBitrate(2_400_000), "2.4 Mbit/s");
  assert.equal(format.formatBitrate(128_000), "128 kbit/s");
  assert.equal(format.formatBitrate(0), "");
});
