import assert from "node:assert/strict";
import { test } from "node:test";

import { renewAfter } from "../../web/player/grant.js";
import { commandFor } from "../../web/player/keys.js";
import { SignedUrls, playlistAddresses } from "../../web/player/signed-urls.js";
import { parseStoryboard, tileAt } from "../../web/player/vtt.js";

const BOARD = "https://api.example/videos/v/storyboard.vtt?token=t";

test("a storyboard is read with hours, identifiers, settings and any line ends", () => {
  const text = "WEBVTT\r\n\r\n1\r\n00:00.000 --> 00:05.000 align:start\r\nhttps://s3.example/sprite.jpg?X-Amz=1#xywh=0,0,160,90\r\n\r\n1:00:05.500 --> 1:00:10.000\r\nsprite.jpg#xywh=160,0,160,90\r\n";
  assert.deepEqual(parseStoryboard(text, BOARD), [
    { start: 0, end: 5, url: "https://s3.example/sprite.jpg?X-Amz=1", x: 0, y: 0, width: 160, height: 90 },
    { start: 3605.5, end: 3610, url: "https://api.example/videos/v/sprite.jpg", x: 160, y: 0, width: 160, height: 90 },
  ]);
});

test("cues that make no sense are left out", () => {
  const cue = (timing, target) => parseStoryboard(`WEBVTT\n\n${timing}\n${target}\n`, BOARD);
  assert.deepEqual(cue("00:05.000 --> 00:01.000", "a.jpg#xywh=0,0,1,1"), []);
  assert.deepEqual(cue("00:00.000 --> 00:01.000", "a.jpg"), []);
  assert.deepEqual(cue("00:00.000 --> 00:01.000", "a.jpg#xywh=0,0,0,90"), []);
  assert.deepEqual(cue("soon --> later", "a.jpg#xywh=0,0,1,1"), []);
  assert.deepEqual(parseStoryboard("<html>", BOARD), []);
});

test("the tile of a moment is the last that has begun", () => {
  const tiles = [0, 2, 4].map((start) => ({ start, end: start + 2, url: "u", x: start, y: 0, width: 1, height: 1 }));
  assert.deepEqual([-1, 0, 1.99, 2, 5, 99].map((time) => tileAt(tiles, time)?.x), [0, 0, 0, 2, 4, 4]);
  assert.equal(tileAt([], 1), null);
});

test("every address of a playlist is found: lines, maps and renditions", () => {
  const text = '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI="audio.m3u8?token=n"\n#EXT-X-MAP:URI="https://s3.example/p.mp4?sig=n",BYTERANGE="8@0"\n\n#EXTINF:4,\nhttps://s3.example/p.mp4?sig=n\n720p.m3u8?token=n\n';
  assert.deepEqual(playlistAddresses(text, "https://api.example/hls/index.m3u8?token=n"), [
    "https://api.example/hls/audio.m3u8?token=n",
    "https://s3.example/p.mp4?sig=n",
    "https://s3.example/p.mp4?sig=n",
    "https://api.example/hls/720p.m3u8?token=n",
  ]);
});

test("an old signature is replaced by the newest for the same object, and others are left alone", () => {
  const urls = new SignedUrls();
  urls.learn(["https://s3.example/p-1.mp4?sig=new"]);
  assert.equal(urls.resolve("https://s3.example/p-1.mp4?sig=old"), "https://s3.example/p-1.mp4?sig=new");
  assert.equal(urls.resolve("https://s3.example/p-2.mp4?sig=old"), "https://s3.example/p-2.mp4?sig=old");
  assert.equal(urls.resolve("https://other.example/p-1.mp4?sig=old"), "https://other.example/p-1.mp4?sig=old");
});

test("a token in the path is a signature too", () => {
  const address = (token, name) => `https://customer.example/${token}/manifest/${name}`;
  const [old, fresh] = ["eyJh.eyJzdWIiOiJhIn0.c_-2", "eyJh.eyJzdWIiOiJhIn0.d9"];
  const urls = new SignedUrls();
  urls.learn([address(fresh, "media_0.m3u8")]);
  assert.equal(urls.resolve(address(old, "media_0.m3u8")), address(fresh, "media_0.m3u8"));
  assert.equal(urls.resolve(address(old, "piece-1.m4s")), address(old, "piece-1.m4s"));
});

test("a grant is renewed with a tenth of its life left, a minute at least, and never in a tight loop", () => {
  assert.equal(renewAfter(3_600_000, 0), 3_240_000);
  assert.equal(renewAfter(300_000, 0), 240_000);
  assert.equal(renewAfter(61_000, 0), 5000);
  assert.equal(renewAfter(0, 1000), 5000);
});

test("keys do what the help says, unless the focused control needs them or a modifier is held", () => {
  assert.deepEqual(commandFor({ key: " " }, "other"), { do: "toggle" });
  assert.equal(commandFor({ key: " " }, "button"), null);
  assert.deepEqual(commandFor({ key: "K" }, "button"), { do: "toggle" });
  assert.equal(commandFor({ key: "ArrowUp" }, "volume"), null);
  assert.deepEqual(commandFor({ key: "ArrowLeft" }, "other"), { do: "seekBy", by: -5 });
  assert.deepEqual(commandFor({ key: "7" }, "other"), { do: "seekTo", by: 0.7 });
  assert.equal(commandFor({ key: "l", ctrlKey: true }, "other"), null);
  assert.equal(commandFor({ key: "x" }, "other"), null);
});
