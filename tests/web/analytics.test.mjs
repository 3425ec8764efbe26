import assert from "node:assert/strict";
import { test } from "node:test";

import { countryName, failureName, formatSeconds, formatShare, formatWatched, ranked, retentionCurve, stallClasses, startupClasses, viewsByDay } from "../../web/analytics/figures.js";
import { SessionFigures } from "../../web/player/session-figures.js";
import { receiptOf } from "../../web/receipt/receipt.js";

test("days without a view are days too, a week at least, two months at most", () => {
  const days = viewsByDay([{ date: "2026-03-01", views: 4, playTime: 9 }, { date: "2026-03-09", views: 2, playTime: 9 }], "2026-03-10");
  assert.deepEqual([days.length, days[0], days[8], days[9].value], [10, { label: "Mar 1", value: 4 }, { label: "Mar 9", value: 2 }, 0]);
  assert.equal(viewsByDay([], "2026-03-10").length, 7);
  assert.equal(viewsByDay([{ date: "2020-01-01", views: 1, playTime: 1 }], "2026-03-10").length, 60);
});

test("fine bars become classes that people can read, and none is lost", () => {
  const bars = [{ low: 0.3, high: 0.32, views: 5 }, { low: 0.97, high: 1.02, views: 2 }, { low: 60, high: 63, views: 1 }];
  const classes = startupClasses(bars);
  assert.deepEqual(classes.find(({ label }) => label === "≤ 0.5 s"), { label: "≤ 0.5 s", value: 5 });
  assert.deepEqual(classes.at(-1), { label: "> 8 s", value: 1 });
  assert.equal(classes.reduce((sum, { value }) => sum + value, 0), 8);
  assert.deepEqual(stallClasses([{ low: 0, high: 0.0001, views: 9 }, { low: 0.5, high: 0.53, views: 1 }]).map(({ value }) => value), [9, 0, 0, 0, 0, 0, 1]);
});

test("figures are said in few words", () => {
  assert.deepEqual([0, 0.0004, 0.0085, 0.125, 1, null].map(formatShare), ["0 %", "<0.1 %", "0.9 %", "13 %", "100 %", "–"]);
  assert.deepEqual([0, 0.618, 3.14, 12.3, undefined].map(formatSeconds), ["0 s", "0.62 s", "3.1 s", "12 s", "–"]);
  assert.deepEqual([45, 720, 12_000, 144_000].map(formatWatched), ["45 s", "12 min", "3 h 20 min", "40 h"]);
  assert.deepEqual(ranked({ network: 1, odd: 3 }, failureName), [{ label: "odd", value: 3 }, { label: "Server not reached", value: 1 }]);
  assert.deepEqual([countryName("NL"), countryName("??")], ["Netherlands", "??"]);
  assert.deepEqual(retentionCurve([1, 0.5])[1], { label: "5 %", value: 0.5 });
});

test("the start counts from the wish to the first picture, once", () => {
  const session = new SessionFigures(0);
  assert.equal(session.totals(50).startupTime, undefined);
  session.wanted(100);
  session.playing(640);
  session.stopped(1000);
  session.wanted(2000);
  session.playing(2900);
  assert.equal(session.totals(3000).startupTime, 540);
});

test("playing and standing still are told apart, and waiting for the first picture is neither", () => {
  const session = new SessionFigures(0);
  session.wanted(0);
  assert.equal(session.stalled(10), false, "it had not begun");
  session.playing(500);
  assert.equal(session.stalled(1500), true);
  assert.equal(session.stalled(1600), false, "it stands still already");
  assert.equal(session.playing(2000), true, "a stall has ended");
  session.stopped(4000);
  session.sought();
  assert.deepEqual(session.totals(9000), { totalPlayTime: 3000, totalBufferTime: 500, bufferingRatio: 0.1429, rebufferCount: 1, seekCount: 1, sessionDuration: 9000, startupTime: 500 });
});

test("running totals contain what is going on right now, also a stall that ends in a pause", () => {
  const session = new SessionFigures(0);
  session.wanted(0);
  session.playing(0);
  assert.equal(session.totals(700).totalPlayTime, 700);
  session.stalled(1000);
  assert.equal(session.totals(1400).totalBufferTime, 400);
  session.stopped(2000);
  assert.deepEqual([session.totals(5000).totalPlayTime, session.totals(5000).totalBufferTime], [1000, 1000]);
});

test("a receipt says what went, and that it was looked for again", () => {
  const step = (more) => ({ name: "source", removed: 1, removedAt: "2026-03-01T00:00:01.000Z", verifiedAt: "2026-03-01T00:00:02.000Z", verifiedHow: "The bucket was listed again and nothing is there.", ...more });
  const answer = { status: "complete", requestedAt: "2026-03-01T00:00:00.000Z", completedAt: "2026-03-01T00:00:02.000Z", confirmedAt: null, expiresAt: "2026-05-30T00:00:00.000Z" };
  const whole = receiptOf({ ...answer, steps: [step(), step({ name: "tape", removed: 0 })] });
  assert.equal(whole.done, true);
  assert.deepEqual(whole.steps[0], { name: "The original", words: "1 thing removed. The bucket was listed again and nothing is there.", done: true });
  assert.deepEqual([whole.steps[1].name, whole.steps[1].words.startsWith("There was nothing to remove.")], ["tape", true]);
  const partial = receiptOf({ ...answer, status: "in_progress", completedAt: null, steps: [step({ removed: 3, verifiedAt: null })] });
  assert.deepEqual([partial.done, partial.steps[0].words, partial.steps[0].done], [false, "3 things removed. It is still being looked for.", false]);
});
