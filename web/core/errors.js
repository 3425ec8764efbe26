/** The one place where errors become sentences. Pure. */

/** Codes of requests that got no answer at all; every other code with `status` 0 is our own refusal. */
const UNREACHABLE = new Set(["network", "offline", "timeout"]);

/** An answer of the API that is not a success, or none at all (`status` 0). */
export class ApiError extends Error {
  /**
   * @param {{status: number, code: string, message?: string, requestId?: string | null,
   *   details?: {field: string, problem: string}[], retryAfterMs?: number | null}} what
   */
  constructor({ status, code, message = "", requestId = null, details = [], retryAfterMs = null }) {
    super(message || code);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.serverMessage = message;
    this.requestId = requestId;
    this.details = details;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later. */
  get retryable() {
    if (this.status === 0) return UNREACHABLE.has(this.code);
    return this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/**
 * @param {number} status
 * @param {unknown} body the parsed JSON, or null if it was not JSON
 * @param {number | null} retryAfterMs
 */
export function errorFromAnswer(status, body, retryAfterMs = null) {
  const answer = /** @type {Record<string, any>} */ (body && typeof body === "object" ? body : {});
  const details = Array.isArray(answer.details) ? answer.details : [];
  return new ApiError({
    status,
    code: typeof answer.code === "string" ? answer.code : `http_${status}`,
    // API Gateway's own answers (413, 429, 500) have `message` instead of `error`.
    message: typeof answer.error === "string" ? answer.error : "",
    requestId: typeof answer.requestId === "string" ? answer.requestId : null,
    details: details.filter((d) => d && typeof d.problem === "string"),
    retryAfterMs,
  });
}

/** @type {Record<string, string>} */
const BY_CODE = {
  network: "The server could not be reached. Check your connection and try again.",
  offline: "You are offline. Sluice goes on when the connection is back.",
  timeout: "The server took too long to answer. Try again in a moment.",
  unauthenticated: "Your session has ended. Sign in again to go on.",
  token_expired: "Your session has ended. Sign in again to go on.",
  video_not_found: "This video does not exist, or it was deleted.",
  video_not_ready: "This video is not ready to play yet.",
  not_multipart: "This upload is not in parts, so there is nothing to put together.",
  video_failed: "This video could not be processed, so there is nothing to play.",
  post_not_found: "This post does not exist, or it was deleted.",
  community_not_found: "This community does not exist.",
  generator_not_configured: "No video generator is set up here, so nothing can be generated.",
  generator_unavailable: "The video generator cannot be reached at the moment. Try again later.",
  generator_refused: "The video generator did not accept the request.",
  idempotency_key_reused: "This request was already used for something else. Start again.",
  request_in_progress: "The same request is still being worked on. Try again in a moment.",
  invalid_cursor: "The list has changed. Reload it to see the newest videos.",
  unsupported_protocol: "This page cannot speak the upload protocol that the server asked for. Reload the page to get its newest version.",
  upload_gone: "This upload is no longer open on the server. Try again to send the file from the beginning.",
  file_changed: "The file has changed or is no longer readable. Choose it again.",
  file_empty: "The file is empty, so there is nothing to upload.",
  file_not_video: "This file is not a video.",
  storage_behind: "The storage keeps losing what it is sent. Try again later.",
  storage_refused: "The storage refused the file. Start the upload again.",
  playback_network: "The stream stopped: the connection to the video was lost.",
  playback_media: "This browser could not decode the video.",
  playback_unsupported: "This browser cannot play this kind of stream.",
};

/** @type {Record<number, string>} */
const BY_STATUS = {
  400: "The server could not read the request.",
  401: "Your session has ended. Sign in again to go on.",
  403: "You do not have access to this video.",
  404: "This video does not exist, or it was deleted.",
  409: "That is not possible in the video's present state.",
  413: "The file is larger than this server accepts.",
  415: "This file is not a video that this server accepts.",
  422: "The server did not accept some of the values.",
  429: "Too many requests at once. Wait a moment and try again.",
  502: "The video provider did not accept the request. Try again in a moment.",
  503: "The service is busy. Try again in a moment.",
};

const FIELD_NAMES = /** @type {Record<string, string>} */ ({
  fileSize: "File size",
  filename: "File name",
  mimeType: "File type",
  title: "Title",
  videoUrl: "The link",
  hook: "The opening line",
  body: "What the video says",
  conclusion: "The closing line",
  content: "The text",
  name: "The name",
  visibility: "Visibility",
  metadata: "Details",
});

/** @param {string} text */
function asSentence(text) {
  const trimmed = text.trim();
  if (!trimmed) return "";
  const first = [...trimmed][0];
  const capital = first.toUpperCase() + trimmed.slice(first.length);
  return /[.!?…]$/u.test(capital) ? capital : `${capital}.`;
}

/** @param {{field: string, problem: string}} detail */
function detailSentence({ field, problem }) {
  return asSentence(`${FIELD_NAMES[field] ?? field} ${problem}`);
}

/**
 * Says what went wrong, and where it helps, what to do.
 * @param {unknown} error
 * @returns {string}
 */
export function sentence(error) {
  if (!(error instanceof ApiError)) return "Something unexpected happened. Reload the page and try again.";
  const known = BY_CODE[error.code];
  if (known) return known;
  // A server's 5xx text says nothing a person could act on; below 500 it was written for people.
  if (error.status >= 500) return BY_STATUS[error.status] ?? "Something went wrong on the server. Try again in a moment.";
  const details = error.details.map(detailSentence).join(" ");
  const main = asSentence(error.serverMessage) || BY_STATUS[error.status] || "The request failed.";
  return details && !main.includes(details) ? `${main} ${details}` : main;
}

/**
 * Why a video failed, from `Video.error`.
 * @param {{code?: string, message?: string} | null} failure
 */
export function failureSentence(failure) {
  return asSentence(failure?.message ?? "") || "The video could not be processed.";
}

/** @param {unknown} error whether somebody stopped it on purpose */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}
