import assert from "node:assert/strict";
import { test } from "node:test";

import { Realtime, realtimeUrl } from "../../web/core/realtime.js";
import { VideoStore } from "../../web/core/store.js";
import { LiveVideos } from "../../web/gallery/live.js";

/** The other side, as a browser shows it. */
class FakeSocket extends EventTarget {
  sent = [];
  closed = false;

  constructor(url) {
    super();
    this.url = url;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  opens() {
    this.dispatchEvent(new Event("open"));
  }

  says(message) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: typeof message === "string" ? message : JSON.stringify(message) }));
  }

  breaks() {
    this.dispatchEvent(new Event("close"));
  }
}

/** A connection whose sockets, states and messages are kept. */
function connected(t, { token = () => "a.b.c", url = "ws://x/ws" } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const seen = { sockets: [], live: [], messages: [] };
  const realtime = new Realtime(url, token, (address) => {
    seen.sockets.push(new FakeSocket(address));
    return seen.sockets.at(-1);
  });
  realtime.addEventListener("live", (event) => seen.live.push(event.detail));
  realtime.addEventListener("message", (event) => seen.messages.push(event.detail));
  t.after(() => realtime.close());
  t.mock.timers.tick(0);
  return { realtime, ...seen };
}

test("the address is the page's own, a configured one, or none", () => {
  const place = { origin: "https://app.example.com" };
  assert.equal(realtimeUrl({ apiBaseUrl: "", realtimeUrl: "" }, place), "wss://app.example.com/ws");
  assert.equal(realtimeUrl({ apiBaseUrl: "", realtimeUrl: "" }, { origin: "http://localhost:3000" }), "ws://localhost:3000/ws");
  assert.equal(realtimeUrl({ apiBaseUrl: "https://api", realtimeUrl: "wss://live" }, place), "wss://live");
  assert.equal(realtimeUrl({ apiBaseUrl: "https://api", realtimeUrl: "" }, place), "");
});

test("it connects with the token and is live while it is open", (t) => {
  const { sockets, live, messages } = connected(t, { token: () => "a+b" });
  assert.deepEqual(sockets.map((one) => one.url), ["ws://x/ws?token=a%2Bb"]);
  assert.deepEqual(live, []);
  sockets[0].opens();
  sockets[0].says({ type: "video.deleted", videoId: "v" });
  sockets[0].says("no JSON");
  assert.deepEqual(messages, [{ type: "video.deleted", videoId: "v" }]);
  sockets[0].breaks();
  assert.deepEqual(live, [true, false]);
});

test("without an address or a token it stays silent", (t) => {
  assert.equal(connected(t, { url: "" }).sockets.length, 0);
  t.mock.timers.reset();
  assert.equal(connected(t, { token: () => null }).sockets.length, 0);
});

test("it comes back with jitter, later each time, and soon again once it was settled", (t) => {
  const { sockets } = connected(t);
  const waits = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = sockets.length;
    sockets.at(-1).breaks();
    let waited = 0;
    for (; sockets.length === before; waited += 100) t.mock.timers.tick(100);
    waits.push(waited);
  }
  assert.ok(waits[0] >= 500 && waits[0] <= 1100, `${waits}`);
  assert.ok(waits.every((wait, n) => wait >= Math.min(30_000, 500 * 2 ** n) && wait <= Math.min(60_000, 1000 * 2 ** n) + 100), `${waits}`);
  sockets.at(-1).opens();
  t.mock.timers.tick(20_000);
  const before = sockets.length;
  sockets.at(-1).breaks();
  t.mock.timers.tick(1001);
  assert.equal(sockets.length, before + 1);
});

test("after silence it asks for a sign of life, and without one begins anew", (t) => {
  const { sockets, live } = connected(t);
  sockets[0].opens();
  t.mock.timers.tick(240_000);
  assert.deepEqual(sockets[0].sent, [{ action: "ping" }]);
  sockets[0].says({ type: "pong" });
  t.mock.timers.tick(30_000);
  assert.deepEqual(live, [true]);
  t.mock.timers.tick(210_000);
  t.mock.timers.tick(20_000);
  assert.deepEqual(live, [true, false]);
  assert.ok(sockets[0].closed);
  t.mock.timers.tick(1001);
  assert.equal(sockets.length, 2);
});

test("a page whose connection made room for another's leaves it at that", (t) => {
  const { sockets, live, messages } = connected(t);
  sockets[0].opens();
  sockets[0].says({ type: "connection.replaced" });
  sockets[0].breaks();
  t.mock.timers.tick(600_000);
  assert.equal(sockets.length, 1);
  assert.deepEqual([live, messages], [[true, false], []]);
});

test("once closed it is over, whatever the socket still says", (t) => {
  const { realtime, sockets, messages, live } = connected(t);
  sockets[0].opens();
  realtime.close();
  sockets[0].says({ type: "pong" });
  sockets[0].breaks();
  t.mock.timers.tick(600_000);
  assert.deepEqual([sockets.length, messages, live], [1, [], [true, false]]);
  assert.ok(sockets[0].closed);
});

test("what is sent goes out only while it is live", (t) => {
  const { realtime, sockets } = connected(t);
  assert.equal(realtime.send({ action: "ping" }), false);
  sockets[0].opens();
  assert.equal(realtime.send({ action: "ping" }), true);
  assert.deepEqual(sockets[0].sent, [{ action: "ping" }]);
});

/** The page's videos, with a connection that a test speaks through. */
function liveVideos() {
  const realtime = new EventTarget();
  const store = new VideoStore();
  const rests = [];
  let turns = 0;
  store.addEventListener("turned", () => (turns += 1));
  new LiveVideos(realtime, store, { rest: (resting) => rests.push(resting) });
  const say = (detail) => realtime.dispatchEvent(new CustomEvent("message", { detail }));
  const updated = (version, video) => say({ type: "video.updated", version, video: { videoId: "v", ...video } });
  return { realtime, store, rests, say, updated, turns: () => turns };
}

test("the poller rests while changes are pushed", () => {
  const { realtime, rests } = liveVideos();
  for (const detail of [true, false]) realtime.dispatchEvent(new CustomEvent("live", { detail }));
  assert.deepEqual(rests, [true, false]);
});

test("videos are made, changed and removed as they are pushed", () => {
  const { store, say, updated, turns } = liveVideos();
  updated(1, { status: "uploading", progress: null });
  updated(2, { status: "processing", progress: 0 });
  assert.equal(turns(), 2);
  say({ type: "video.progress", videoId: "v", progress: 40, version: 3 });
  assert.deepEqual(store.get("v"), { videoId: "v", status: "processing", progress: 40 });
  assert.equal(turns(), 2);
  say({ type: "video.deleted", videoId: "v" });
  updated(4, { status: "ready" });
  assert.equal(store.get("v"), undefined);
});

test("what was overtaken changes nothing", () => {
  const { store, say, updated } = liveVideos();
  updated(5, { status: "ready", progress: 100 });
  updated(4, { status: "processing", progress: 90 });
  say({ type: "video.progress", videoId: "v", progress: 80, version: 3 });
  assert.deepEqual(store.get("v"), { videoId: "v", status: "ready", progress: 100 });
});

test("messages of other kinds are none of its business", () => {
  const { store, say } = liveVideos();
  for (const type of ["subscribed", "error", "pong", "something.new"]) say({ type, videoId: "v" });
  assert.equal(store.all().length, 0);
});
