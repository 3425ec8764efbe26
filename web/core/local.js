/** The local stack's own doors, which a deployed page does not have. */

import { ApiError, errorFromAnswer } from "./errors.js";

/**
 * Whether this page is served by the local stack, where anybody may pick a name.
 * A static host answers 403, 404 or 405, or gives its index page for any path: only JSON counts.
 * @returns {Promise<boolean>}
 */
export async function isLocalStack() {
  try {
    const answer = await fetch("/local/session", { headers: { Accept: "application/json" } });
    return answer.ok && (answer.headers.get("content-type") ?? "").includes("application/json");
  } catch {
    return false; // unreachable: the token form is shown, and its use will say what is wrong
  }
}

/** @param {string} name @returns {Promise<string>} a bearer token for that user */
export async function mintLocalToken(name) {
  let answer;
  try {
    answer = await fetch("/local/token", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name }),
    });
  } catch {
    throw new ApiError({ status: 0, code: "network" });
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok || typeof body?.token !== "string") throw errorFromAnswer(answer.status, body);
  return body.token;
}
