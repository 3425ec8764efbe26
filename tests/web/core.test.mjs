import assert from "node:assert/strict";
import { test } from "node:test";

import { parseRetryAfter, pollDelay, retryDelay, sleep } from "../../web/core/backoff.js";
import { readClaims, tokenFromPaste } from "../../web/core/claims.js";
import { galleryHash, parseHash, watchHash } from "../../web/core/router.js";
import { VideoStore } from "../../web/core/store.js";

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenOf = (claims) => `${encode({ alg: "HS256" })}.${encode(claims)}.c2ln`;

test("retries wait longer each time, with jitter, and never for ever", () => {
  assert.deepEqual([0, 1, 2].map((n) => retryDelay(n, () => 1)), [500, 1000, 2000]);
  assert.equal(retryDelay(0, () => 0), 250);
  assert.equal(retryDelay(60, () => 1), 20_000);
});

test("polling begins at a second and ends at five", () => {
  assert.equal(pollDelay(0), 1000);
  assert.ok(pollDelay(3) > 2000 && pollDelay(3) < 3000);
  assert.equal(pollDelay(50), 5000);
});

test("Retry-After is read as seconds or as a date", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(parseRetryAfter("7", now), 7000);
  assert.equal(parseRetryAfter("Thu, 01 Jan 2026 00:00:03 GMT", now), 3000);
  assert.equal(parseRetryAfter("soon", now), null);
  assert.equal(parseRetryAfter(null, now), null);
});

test("a wait ends early when it is aborted", async () => {
  const stop = new AbortController();
  const waiting = sleep(60_000, stop.signal);
  stop.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  await assert.rejects(sleep(1, stop.signal), { name: "AbortError" });
});

test("claims are read from a token, names in any script", () => {
  assert.deepEqual(readClaims(tokenOf({ sub: "u1", name: "Zoë 🦊", email: "z@example.org", exp: 2_000_000_000 })), {
    sub: "u1",
    name: "Zoë 🦊",
    email: "z@example.org",
    expiresAtMs: 2_000_000_000_000,
  });
  assert.equal(readClaims(tokenOf({ sub: "u1", preferred_username: "zoe" }))?.name, "zoe");
  assert.equal(readClaims(tokenOf({ sub: "u1" }))?.name, "u1");
});

test("what is no token has no claims", () => {
  for (const text of ["", "abc", "a.b.c", "a.%%.c", tokenOf({ name: "no subject" }), tokenOf(null), tokenOf({ sub: 7 })]) assert.equal(readClaims(text), null);
});

test("a token is found in whatever was pasted", () => {
  for (const text of ["a.b.c", "  Bearer a.b.c \n", "http://localhost:3000/#token=a.b.c", "a.b\n.c"]) assert.equal(tokenFromPaste(text), "a.b.c");
});

test("addresses lead to their screens and back", () => {
  assert.deepEqual(parseHash("#/watch/vid_1"), { view: "watch", videoId: "vid_1" });
  assert.deepEqual(parseHash(watchHash("a/b c")), { view: "watch", videoId: "a/b c" });
  assert.deepEqual(parseHash(galleryHash("ready")), { view: "gallery", status: "ready" });
  assert.deepEqual(parseHash("#/?status=nonsense"), { view: "gallery", status: "" });
  assert.deepEqual(parseHash("#token=a.b.c"), { view: "token", token: "a.b.c" });
  assert.deepEqual(parseHash("#/watch/%E0%A4%A"), { view: "watch", videoId: "%E0%A4%A" });
  assert.deepEqual(parseHash(""), { view: "gallery", status: "" });
});

test("the store sorts newest first and does not bring back what was deleted", () => {
  const store = new VideoStore();
  const changes = [];
  store.addEventListener("change", (event) => changes.push(event.detail));
  store.put({ videoId: "vid_1" }, { videoId: "vid_3" }, { videoId: "vid_2" });
  assert.deepEqual(store.all().map((video) => video.videoId), ["vid_3", "vid_2", "vid_1"]);
  store.remove("vid_3");
  store.put({ videoId: "vid_3" });
  store.patch("vid_1", { title: "one" });
  store.patch("vid_9", { title: "nobody" });
  assert.equal(store.get("vid_3"), undefined);
  assert.equal(store.get("vid_1").title, "one");
  assert.deepEqual(changes, [["vid_1", "vid_3", "vid_2"], ["vid_3"], ["vid_1"]]);
});
