/** Reads a token's claims for display. It verifies nothing: only the server can. Pure. */

/** @typedef {{sub: string, name: string, email: string | null, expiresAtMs: number | null}} Claims */

/** @param {string} part base64url */
function decodePart(part) {
  const base64 = part.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * @param {string} token
 * @returns {Claims | null} null if it is not a JWT with a subject
 */
export function readClaims(token) {
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  let body;
  try {
    body = decodePart(parts[1]);
  } catch {
    return null; // not base64 or not JSON: not a token, which is what the caller asked
  }
  if (!body || typeof body.sub !== "string" || body.sub === "") return null;
  const text = (/** @type {unknown} */ value) => (typeof value === "string" && value ? value : null);
  return {
    sub: body.sub,
    name: text(body.name) ?? text(body.preferred_username) ?? text(body.email) ?? body.sub,
    email: text(body.email),
    expiresAtMs: typeof body.exp === "number" ? body.exp * 1000 : null,
  };
}

/** @param {string} pasted what people paste: the token, `Bearer …`, or a sign-in link with `#token=…` */
export function tokenFromPaste(pasted) {
  const fragment = /[#&]token=([^&\s]+)/.exec(pasted);
  const raw = fragment ? decodeURIComponent(fragment[1]) : pasted.trim().replace(/^bearer\s+/i, "");
  return raw.replace(/\s+/g, "");
}
