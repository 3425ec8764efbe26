import assert from "node:assert/strict";
import { test } from "node:test";

import { faceOf } from "../../web/incoming/entry.js";
import { nameOfLink, readLink, siteOf } from "../../web/incoming/link.js";

const entry = (more = {}) => ({ id: "vid_1", kind: "import", label: "talk.mp4", site: "films.example", asking: false, videoId: "vid_1", error: null, settled: false, at: 0, ...more });

test("what people paste is made into a link, or they are told what is wrong", () => {
  assert.equal(readLink(" https://films.example/a.mp4 \n").url, "https://films.example/a.mp4");
  assert.equal(readLink("films.example/a.mp4").url, "https://films.example/a.mp4");
  assert.match(readLink("").problem, /Paste the link/);
  assert.match(readLink("my holiday film").problem, /not a link/);
  assert.match(readLink("ftp://films.example/a.mp4").problem, /https/);
  assert.match(readLink("javascript:alert(1)").problem, /https/);
  assert.match(readLink("films").problem, /names no site/);
});

test("a link lends its file's name until the video has a title", () => {
  assert.equal(nameOfLink("https://films.example/2026/Spr%C3%BCnge.mp4?x=1"), "Sprünge.mp4");
  assert.equal(nameOfLink("https://films.example/"), "films.example");
  assert.equal(nameOfLink("https://films.example/%E0%A4%A"), "%E0%A4%A");
  assert.equal(nameOfLink(`https://films.example/${"x".repeat(99)}`).length, 48);
  assert.equal(siteOf("http://127.0.0.1:8080/a.mp4"), "127.0.0.1:8080");
});

test("an import is fetched first and processed then", () => {
  const at = (progress) => faceOf(entry(), { status: "processing", progress, title: "Talk" });
  assert.equal(at(0).words, "Fetching from films.example…");
  assert.equal(at(0).waiting, true);
  assert.deepEqual([at(12).words, at(12).fraction], ["Fetching from films.example · 12 %", 0.12]);
  assert.equal(at(40).words, "Processing · 40 %");
  assert.equal(at(80).settled, false);
});

test("it ends as a video that can be watched, or with the reason why not", () => {
  assert.deepEqual([faceOf(entry(), { status: "ready", title: "Talk" }).tone, faceOf(entry(), { status: "ready", title: "Talk" }).settled], ["good", true]);
  const failed = faceOf(entry(), { status: "error", title: "Talk", error: { code: "import_http_404", message: "The server has no such file" } });
  assert.deepEqual([failed.words, failed.tone, failed.settled], ["The server has no such file.", "bad", true]);
});

test("a generation waits without pretending to know how long", () => {
  const waiting = faceOf(entry({ kind: "generation", videoId: null }), undefined);
  assert.deepEqual([waiting.waiting, waiting.fraction, waiting.settled], [true, null, false]);
  assert.equal(faceOf(entry({ kind: "generation", videoId: null, asking: true }), undefined).words, "Asking the generator…");
  const failed = faceOf(entry({ kind: "generation", videoId: null, error: {} }), undefined);
  assert.deepEqual([failed.words, failed.settled], ["The generator could not make this video.", true]);
});
