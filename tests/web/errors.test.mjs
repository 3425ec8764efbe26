import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, errorFromAnswer, failureSentence, isAbort, sentence } from "../../web/core/errors.js";

test("a code we know has our own words, whatever the server wrote", () => {
  const error = errorFromAnswer(409, { error: "nope", code: "video_not_ready", requestId: "r" });
  assert.equal(sentence(error), "This video is not ready to play yet.");
  assert.equal(error.requestId, "r");
});

test("below 500 the server's sentence is shown, with the fields that were wrong", () => {
  const error = errorFromAnswer(422, { error: "Some fields are not right", code: "invalid_fields", details: [{ field: "fileSize", problem: "must be at least 1" }, { field: "odd", problem: "is odd" }] });
  assert.equal(sentence(error), "Some fields are not right. File size must be at least 1. Odd is odd.");
});

test("a 5xx never shows the server's text", () => {
  assert.equal(sentence(errorFromAnswer(500, { error: "Traceback: boom", code: "internal_error" })), "Something went wrong on the server. Try again in a moment.");
  assert.equal(sentence(errorFromAnswer(503, { error: "x", code: "unavailable" })), "The service is busy. Try again in a moment.");
});

test("answers of the gateway itself, which have another shape, still have words", () => {
  assert.equal(sentence(errorFromAnswer(413, { message: "Request Entity Too Large" })), "The file is larger than this server accepts.");
  assert.equal(sentence(errorFromAnswer(429, null)), "Too many requests at once. Wait a moment and try again.");
  assert.equal(sentence(errorFromAnswer(418, "tea")), "The request failed.");
});

test("unreachable, busy and throttled may be tried again; refusals may not", () => {
  const retryable = (status, code = "x") => new ApiError({ status, code }).retryable;
  assert.deepEqual([retryable(0, "network"), retryable(0, "offline"), retryable(0, "timeout"), retryable(429), retryable(503)], [true, true, true, true, true]);
  assert.deepEqual([retryable(0, "file_empty"), retryable(401), retryable(404), retryable(422), retryable(500)], [false, false, false, false, false]);
});

test("details that are no details are left out", () => {
  assert.deepEqual(errorFromAnswer(422, { code: "x", details: "no" }).details, []);
  assert.deepEqual(errorFromAnswer(422, { code: "x", details: [null, { field: "a" }, { field: "b", problem: "is" }] }).details, [{ field: "b", problem: "is" }]);
});

test("a programming error does not leak its message", () => {
  assert.equal(sentence(new TypeError("x is undefined")), "Something unexpected happened. Reload the page and try again.");
});

test("a failed video says why", () => {
  assert.equal(failureSentence({ code: "not_a_video", message: "no picture in it" }), "No picture in it.");
  assert.equal(failureSentence(null), "The video could not be processed.");
});

test("stopping on purpose is told from failing", () => {
  assert.equal(isAbort(new DOMException("stopped", "AbortError")), true);
  assert.equal(isAbort(new DOMException("late", "TimeoutError")), false);
  assert.equal(isAbort(new Error("AbortError")), false);
});

test("who depends on a generator is told of it, not of a busy service", () => {
  const refusal = (status, code) => sentence(errorFromAnswer(status, { error: "No.", code }));
  assert.match(refusal(503, "generator_not_configured"), /No video generator is set up/);
  assert.match(refusal(503, "generator_unavailable"), /cannot be reached/);
  assert.match(refusal(502, "generator_refused"), /did not accept/);
});
