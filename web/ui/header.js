/** The bar on top: where one is, the colours, who is signed in. */

import { h, setAttribute, setText } from "../core/dom.js";
import { initials } from "../core/format.js";
import { attachMenu } from "./menu.js";
import { themeButton } from "./theme-button.js";

/** Which section of the bar a screen belongs to. @type {Record<string, string>} */
const SECTIONS = { gallery: "gallery", watch: "gallery", receipt: "gallery", feed: "feed", post: "feed", analytics: "analytics" };

export class Header {
  #session;
  #nav;
  #avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  #name = h("span", { class: "user__name", dir: "auto" });
  #user = h("button", { type: "button", class: "user" }, this.#avatar, h("span", { class: "visually-hidden" }, "Signed in as "), this.#name);
  #signIn = h("a", { class: "button button--small", href: "#/" }, "Sign in");

  /**
   * @param {{nav: HTMLElement, tools: HTMLElement}} places
   * @param {import("../core/session.js").Session} session @param {() => void} signOut
   */
  constructor({ nav, tools }, session, signOut) {
    this.#session = session;
    this.#nav = nav;
    attachMenu(this.#user, () => [{ label: "Sign out", icon: "signout", run: signOut }], { label: "Account" });
    tools.append(themeButton(), this.#signIn, this.#user);
    session.addEventListener("change", () => this.update());
    this.update();
  }

  /** @param {string} [view] */
  update(view) {
    const claims = this.#session.claims;
    this.#user.hidden = !claims;
    this.#nav.hidden = !claims;
    this.#signIn.hidden = Boolean(claims) || view !== "watch";
    if (view) this.#mark(SECTIONS[view]);
    if (!claims) return;
    setText(this.#avatar, initials(claims.name));
    setText(this.#name, claims.name);
    this.#user.title = claims.email ?? claims.name;
  }

  /** @param {string | undefined} section */
  #mark(section) {
    for (const link of this.#nav.querySelectorAll("a")) setAttribute(link, "aria-current", link.dataset.section === section ? "page" : null);
  }
}
