import assert from "node:assert/strict";
import { test } from "node:test";

import { declarationOf } from "../../web/upload/declaration.js";
import { drain } from "../../web/upload/drain.js";
import { Lanes } from "../../web/upload/lanes.js";
import { mediaType } from "../../web/upload/media-type.js";
import { completionList, offsetAfter, partCount, partRange, pieceRange, splitParts } from "../../web/upload/plan.js";
import { RateMeter } from "../../web/upload/rate.js";

const MIB = 2 ** 20;

test("parts cover the file exactly, without gap or overlap", () => {
  for (const [size, partSize] of [[1, 8], [64 * MIB, 8 * MIB], [64 * MIB + 1, 8 * MIB], [500_000_000, 16 * MIB]]) {
    let next = 0;
    for (let number = 1; number <= partCount(size, partSize); number += 1) {
      const { start, end } = partRange(number, size, partSize);
      assert.equal(start, next);
      assert.ok(end > start && end - start <= partSize);
      next = end;
    }
    assert.equal(next, size);
  }
});

test("what the storage has is not sent again", () => {
  const { done, missing, doneBytes } = splitParts(20, 8, [{ partNumber: 1, size: 8, etag: '"a"' }, { partNumber: 3, size: 4, etag: '"c"' }]);
  assert.deepEqual([...done], [[1, '"a"'], [3, '"c"']]);
  assert.deepEqual(missing, [2]);
  assert.equal(doneBytes, 12);
});

test("a part of the wrong length or without a tag is sent again, and unknown numbers are ignored", () => {
  const { missing, doneBytes } = splitParts(20, 8, [{ partNumber: 1, size: 7, etag: '"a"' }, { partNumber: 2, size: 8, etag: "" }, { partNumber: 9, size: 8, etag: '"z"' }]);
  assert.deepEqual(missing, [1, 2, 3]);
  assert.equal(doneBytes, 0);
});

test("the completion list is in order of part numbers, however they arrived", () => {
  assert.deepEqual(completionList(new Map([[10, "j"], [2, "b"], [1, "a"]])), [{ partNumber: 1, etag: "a" }, { partNumber: 2, etag: "b" }, { partNumber: 10, etag: "j" }]);
});

test("pieces follow each other without gap, and the last one is as long as it is", () => {
  assert.deepEqual(pieceRange(0, 20, 8), { end: 8, header: "bytes 0-7/20" });
  assert.deepEqual(pieceRange(16, 20, 8), { end: 20, header: "bytes 16-19/20" });
  assert.deepEqual(pieceRange(5, 20, 8), { end: 13, header: "bytes 5-12/20" });
});

test("an upload goes on behind what the storage says it has", () => {
  assert.equal(offsetAfter("bytes=0-262143"), 262_144);
  assert.equal(offsetAfter(null), null);
  for (const strange of ["", "bytes=", "bytes=5-9", "bytes=0-9,20-29", "0-9", "bytes=0-x"]) assert.equal(offsetAfter(strange), null);
});

test("a file goes where it is wanted, and large ones so that they outlive a reload", () => {
  const file = (size) => ({ name: "a.mkv", type: "", size });
  assert.deepEqual(declarationOf(file(5), null), { filename: "a.mkv", fileSize: 5, mimeType: "video/x-matroska", title: "a" });
  assert.equal(declarationOf(file(64 * MIB), "mux").provider, "mux");
  assert.equal(declarationOf(file(64 * MIB), "mux").protocol, undefined);
  assert.equal(declarationOf(file(64 * MIB), "cloudflare").protocol, "tus");
  assert.equal(declarationOf(file(64 * MIB - 1), "cloudflare").protocol, undefined);
  assert.equal(declarationOf(file(64 * MIB), null).protocol, undefined);
});

test("speed is that of the last seconds, and needs a second to be known", () => {
  const meter = new RateMeter();
  meter.add(0, 0);
  meter.add(400, 100);
  assert.equal(meter.rate(), null);
  for (let second = 1; second <= 20; second += 1) meter.add(second * 1000, second < 10 ? second * 100 : 900 + (second - 9) * 1000);
  assert.equal(Math.round(meter.rate()), 1000);
  assert.equal(meter.remaining(21_900), 10);
});

test("speed forgets what was before a pause or a new beginning", () => {
  const meter = new RateMeter();
  meter.add(0, 0);
  meter.add(5000, 5000);
  meter.add(6000, 0);
  assert.equal(meter.rate(), null);
  meter.add(8000, 4000);
  assert.equal(meter.rate(), 2000);
  meter.reset();
  assert.equal(meter.remaining(10), null);
});

test("a type is declared even where the browser knows none", () => {
  const type = (name, known = "") => mediaType({ name, type: known });
  assert.equal(type("a.MKV"), "video/x-matroska");
  assert.equal(type("a.mp4", "video/mp4"), "video/mp4");
  assert.equal(type("notes.txt", "text/plain"), "text/plain");
  assert.equal(type("nothing"), "application/octet-stream");
});

test("no more transfers run than there are lanes, and an aborted wait gives its place up", async () => {
  const lanes = new Lanes(2);
  const signal = new AbortController().signal;
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  const given = new AbortController();
  const all = [1, 2, 3, 4].map(() => lanes.run(work, signal));
  const waiting = lanes.run(work, given.signal);
  given.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  await Promise.all([...all, lanes.run(work, signal)]);
  assert.equal(most, 2);
  assert.equal(running, 0);
});

test("a failed transfer frees its lane", async () => {
  const lanes = new Lanes(1);
  const signal = new AbortController().signal;
  await assert.rejects(lanes.run(() => Promise.reject(new Error("no")), signal), /no/);
  assert.equal(await lanes.run(async () => "next", signal), "next");
});

/** Runs a queue of twelve in which each item takes `ms`; how many ran at once at most. */
async function mostAtOnce(ms) {
  let clock = 0;
  let running = 0;
  let most = 0;
  const done = [];
  const work = async (item) => {
    most = Math.max(most, (running += 1));
    clock += ms;
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(item);
  };
  await drain([...Array(12).keys()], work, { most: 4, quickMs: 8000, onFailure: () => {}, now: () => clock });
  assert.deepEqual(done.sort((a, b) => a - b), [...Array(12).keys()]);
  return most;
}

test("a quick line sends several parts at once, a slow one only one", async () => {
  assert.equal(await mostAtOnce(100), 4);
  assert.equal(await mostAtOnce(9000), 1);
});

test("the first failure ends the queue and is the one that is told", async () => {
  let stopped = 0;
  const begun = [];
  const work = async (item) => {
    begun.push(item);
    await new Promise((resolve) => setImmediate(resolve));
    if (item >= 3) throw new Error(`item ${item}`);
  };
  const limits = { most: 4, quickMs: 1000, onFailure: () => (stopped += 1), now: () => 0 };
  await assert.rejects(drain([...Array(50).keys()], work, limits), /item 3/);
  assert.ok(stopped > 0);
  assert.ok(begun.length < 12);
});
