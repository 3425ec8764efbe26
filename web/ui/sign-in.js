/** Signing in: with a name on the local stack, with a token elsewhere. */

import { h } from "../core/dom.js";
import { tokenFromPaste } from "../core/claims.js";
import { sentence } from "../core/errors.js";
import { mintLocalToken } from "../core/local.js";

const SUGGESTED = ["alice", "bob"];

export class SignInView {
  #session;
  #problem = h("p", { class: "sign-in__problem", id: "sign-in-problem", role: "alert", hidden: true });
  #field;
  #button;
  element;

  /** @param {import("../core/session.js").Session} session @param {boolean} local */
  constructor(session, local) {
    this.#session = session;
    this.#field = h("input", {
      class: "field",
      id: "sign-in-field",
      name: local ? "name" : "token",
      type: local ? "text" : "password",
      autocomplete: local ? "username" : "off",
      autocapitalize: "none",
      spellcheck: "false",
      required: true,
      maxlength: local ? "40" : null,
      "aria-describedby": "sign-in-hint sign-in-problem",
    });
    this.#button = h("button", { class: "button button--primary button--wide" }, "Sign in");
    const hint = local ? "This is a stack on your own machine: any name of letters and digits will do. Each is an account of its own." : "Paste a bearer token from your identity provider. It stays in this tab and is gone when you close it.";
    this.element = h(
      "div",
      { class: "sign-in" },
      h("img", { class: "sign-in__logo", src: "logo.svg", alt: "", width: "64", height: "64" }),
      h("h1", { class: "sign-in__title", tabIndex: -1 }, "Sign in to Sluice"),
      h("p", { class: "sign-in__lead" }, "Upload, watch and share video, privately by default."),
      h(
        "form",
        { class: "sign-in__form", on: { submit: (/** @type {Event} */ event) => (event.preventDefault(), void this.#submit(local)) } },
        this.#problem,
        h("label", { class: "label", for: "sign-in-field" }, local ? "Your name" : "Access token"),
        this.#field,
        h("p", { class: "hint", id: "sign-in-hint" }, hint),
        this.#button,
        local && h("div", { class: "sign-in__suggestions" }, h("span", {}, "or as"), ...SUGGESTED.map((name) => this.#suggestion(name))),
      ),
    );
    this.#say(session.notice);
  }

  focus() {
    this.#field.focus();
  }

  /** @param {string} name */
  #suggestion(name) {
    return h("button", { type: "button", class: "button button--small", on: { click: () => ((this.#field.value = name), void this.#submit(true)) } }, name);
  }

  /** @param {boolean} local */
  async #submit(local) {
    const value = this.#field.value.trim();
    if (!value) return this.focus();
    this.#button.disabled = true;
    try {
      this.#session.signIn(local ? await mintLocalToken(value) : tokenFromPaste(value));
      this.#say(this.#session.notice);
    } catch (error) {
      this.#say(sentence(error));
    } finally {
      this.#button.disabled = false;
    }
  }

  /** @param {string} words */
  #say(words) {
    this.#problem.hidden = !words;
    this.#problem.textContent = words;
    this.#field.setAttribute("aria-invalid", String(Boolean(words)));
  }
}
