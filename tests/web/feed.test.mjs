import assert from "node:assert/strict";
import { test } from "node:test";

import { formatCount } from "../../web/core/format.js";
import { analyticsHash, feedHash, parseHash, parseShare, postHash, receiptHash, shareLink } from "../../web/core/router.js";
import { Wish } from "../../web/feed/wish.js";

/** A server that answers when it is told to. */
function server() {
  const asked = [];
  const send = (wanted) => new Promise((resolve, reject) => asked.push({ wanted, resolve, reject }));
  return { asked, send };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

function wishOn(known) {
  const { asked, send } = server();
  const refusals = [];
  const wish = new Wish(known, send, { onChange: () => {}, onRefused: (error) => refusals.push(error) });
  return { wish, asked, refusals };
}

test("a wish is shown at once and counted before the server has said so", async () => {
  const { wish, asked } = wishOn(false);
  void wish.toggle();
  assert.deepEqual([wish.value, wish.ahead], [true, 1]);
  asked[0].resolve();
  await settled();
  assert.deepEqual([wish.value, wish.ahead, asked.length], [true, 0, 1]);
});

test("a refusal brings back what was so before", async () => {
  const { wish, asked, refusals } = wishOn(true);
  void wish.toggle();
  assert.deepEqual([wish.value, wish.ahead], [false, -1]);
  asked[0].reject(new Error("no"));
  await settled();
  assert.deepEqual([wish.value, wish.ahead, refusals.length], [true, 0, 1]);
});

test("of many quick wishes one request at a time is made, and the last one wins", async () => {
  const { wish, asked } = wishOn(false);
  for (let n = 0; n < 5; n += 1) void wish.toggle();
  assert.equal(asked.length, 1);
  asked[0].resolve();
  await settled();
  assert.deepEqual([wish.value, asked.map(({ wanted }) => wanted)], [true, [true]]);

  void wish.toggle();
  void wish.toggle();
  asked[1].resolve();
  await settled();
  assert.deepEqual(asked.map(({ wanted }) => wanted), [true, false, true]);
  asked[2].reject(new Error("no"));
  await settled();
  assert.equal(wish.value, false, "the server had said no longer liked");
});

test("the new screens have addresses that lead there and back", () => {
  for (const [hash, route] of [
    [feedHash(), { view: "feed", communityId: "", userId: "" }],
    [feedHash({ communityId: "community_1" }), { view: "feed", communityId: "community_1", userId: "" }],
    [feedHash({ userId: "a/b" }), { view: "feed", communityId: "", userId: "a/b" }],
    [postHash("post_1"), { view: "post", postId: "post_1" }],
    [analyticsHash(), { view: "analytics", videoId: "" }],
    [analyticsHash("vid_1"), { view: "analytics", videoId: "vid_1" }],
    [receiptHash("vid_1"), { view: "receipt", videoId: "vid_1" }],
  ])
    assert.deepEqual(parseHash(hash), route);
});

test("a shared link is a page of its own with the key behind the #", () => {
  const link = new URL(shareLink("vid_1", "k-_9", "https://films.example/app/index.html#/watch/vid_1"));
  assert.equal(link.href, "https://films.example/app/share/vid_1#k-_9");
  assert.deepEqual(parseShare(link), { videoId: "vid_1", key: "k-_9" });
  assert.deepEqual(parseShare(new URL("https://films.example/share/vid_1")), { videoId: "vid_1", key: "" });
  assert.deepEqual(parseShare(new URL("https://films.example/share.html#k")), { videoId: "", key: "k" });
});

test("counts fit on a button", () => {
  assert.deepEqual([0, 999, 1240, 3_000_000].map(formatCount), ["0", "999", "1.2K", "3M"]);
});
