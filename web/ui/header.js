/** The bar on top: where one is, the colours, who is signed in. */

import { h, icon, iconButton, setText } from "../core/dom.js";
import { initials } from "../core/format.js";
import { attachMenu } from "./menu.js";

/** @type {{choice: string, label: string, icon: keyof typeof import("../core/icons.js").ICONS}[]} */
const THEMES = [
  { choice: "system", label: "As the system", icon: "system" },
  { choice: "light", label: "Light", icon: "sun" },
  { choice: "dark", label: "Dark", icon: "moon" },
];

/** @type {{chosen: () => string, choose: (choice: string) => void}} set by core/theme.js before anything is painted */
const theme = Reflect.get(window, "sluiceTheme");

export class Header {
  #session;
  #avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  #name = h("span", { class: "user__name", dir: "auto" });
  #user = h("button", { type: "button", class: "user" }, this.#avatar, h("span", { class: "visually-hidden" }, "Signed in as "), this.#name);
  #signIn = h("a", { class: "button button--small", href: "#/" }, "Sign in");
  #theme = iconButton("sun", "Colours", () => {});

  /** @param {HTMLElement} place @param {import("../core/session.js").Session} session @param {() => void} signOut */
  constructor(place, session, signOut) {
    this.#session = session;
    attachMenu(this.#theme, () => this.#themes(), { label: "Colours" });
    attachMenu(this.#user, () => [{ label: "Sign out", icon: "signout", run: signOut }], { label: "Account" });
    place.append(this.#theme, this.#signIn, this.#user);
    session.addEventListener("change", () => this.update());
    this.update();
    this.#showTheme();
  }

  /** @param {string} [view] */
  update(view) {
    const claims = this.#session.claims;
    this.#user.hidden = !claims;
    this.#signIn.hidden = Boolean(claims) || view !== "watch";
    if (!claims) return;
    setText(this.#avatar, initials(claims.name));
    setText(this.#name, claims.name);
    this.#user.title = claims.email ?? claims.name;
  }

  #showTheme() {
    const now = THEMES.find((entry) => entry.choice === theme.chosen()) ?? THEMES[0];
    this.#theme.replaceChildren(icon(now.icon));
    this.#theme.setAttribute("aria-label", `Colours: ${now.label.toLowerCase()}`);
  }

  /** @returns {import("./menu.js").MenuItem[]} */
  #themes() {
    return THEMES.map(({ choice, label }) => ({
      label,
      checked: theme.chosen() === choice,
      run: () => {
        theme.choose(choice);
        this.#showTheme();
      },
    }));
  }
}
