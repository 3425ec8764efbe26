/** Links that people paste. Pure. */

const MOST_SHOWN = 48;

/** @param {string} text @returns {{url: string, problem: string}} one of the two is "" */
export function readLink(text) {
  const trimmed = text.trim();
  if (!trimmed) return { url: "", problem: "Paste the link of a video file first." };
  // "example.org/talk.mp4" is what address bars show.
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (/\s/.test(trimmed) || !URL.canParse(candidate)) return { url: "", problem: "That is not a link. It should look like https://example.org/talk.mp4." };
  const { protocol, hostname } = new URL(candidate);
  if (protocol !== "https:" && protocol !== "http:") return { url: "", problem: "Only links that begin with https:// can be imported." };
  if (!hostname.includes(".") && hostname !== "localhost" && !hostname.startsWith("[")) return { url: "", problem: "That link names no site. It should look like https://example.org/talk.mp4." };
  return { url: candidate, problem: "" };
}

/** What to call an import while it has no title of its own. @param {string} url */
export function nameOfLink(url) {
  if (!URL.canParse(url)) return "Import";
  const { pathname, hostname } = new URL(url);
  const last = pathname.split("/").filter(Boolean).at(-1);
  const name = last ? readable(last) : hostname;
  return name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN - 1)}…` : name;
}

/** @param {string} text */
function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} url @returns {string} the site it comes from */
export function siteOf(url) {
  return URL.canParse(url) ? new URL(url).host : "";
}
