/** Who wrote something, as people see it. */

import { h } from "../core/dom.js";
import { initials } from "../core/format.js";
import { feedHash } from "../core/router.js";

/** The picture of a profile may be anywhere, so letters stand for it: no other site learns who reads. @param {string} name */
export function avatarOf(name) {
  return h("span", { class: "avatar", "aria-hidden": "true" }, initials(name));
}

/** @param {import("./types.js").Author} author */
export function authorLink(author) {
  return h("a", { class: "post__author", href: feedHash({ userId: author.id }), dir: "auto" }, author.name);
}
