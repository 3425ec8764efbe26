/** The field that takes a link, and the way to the generator. */

import { h, icon, setText } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { readLink } from "./link.js";
import { openGenerateDialog } from "./generate-dialog.js";

const HINT = "The file is fetched for you, so you can close this page meanwhile.";

export class ImportBox {
  #app;
  #field = h("input", { id: "import-link", class: "field", type: "url", inputmode: "url", autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: "https://…", "aria-describedby": "import-hint" });
  #button = h("button", { class: "button" }, "Import");
  #hint = h("p", { id: "import-hint", class: "hint import__hint", role: "status" }, HINT);
  /** The same for as long as the same link is being tried, so that a repetition imports once. */
  #attempt = { url: "", key: "" };
  element;

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.#app = app;
    this.element = h(
      "form",
      { class: "import", novalidate: true, on: { submit: (/** @type {Event} */ event) => (event.preventDefault(), void this.#submit()) } },
      h("label", { class: "import__label", for: "import-link" }, "Import from a link"),
      h("div", { class: "import__line" }, this.#field, this.#button),
      h("div", { class: "import__foot" }, this.#hint, h("button", { type: "button", class: "button button--ghost button--small", on: { click: () => openGenerateDialog(app) } }, icon("sparkle"), "Generate a video")),
    );
    this.#field.addEventListener("input", () => this.#say(""));
  }

  async #submit() {
    const { url, problem } = readLink(this.#field.value);
    if (problem) return this.#refuse(problem);
    if (this.#attempt.url !== url) this.#attempt = { url, key: crypto.randomUUID() };
    this.#button.disabled = true;
    try {
      const provider = this.#app.destination.chosen;
      await this.#app.incoming.importVideo({ videoUrl: url, ...(provider ? { provider } : {}) }, this.#attempt.key);
      this.#attempt = { url: "", key: "" };
      this.#field.value = "";
      this.#say("");
    } catch (error) {
      this.#refuse(sentence(error));
    } finally {
      this.#button.disabled = false;
    }
  }

  /** @param {string} problem */
  #refuse(problem) {
    this.#say(problem);
    this.#field.focus();
  }

  /** @param {string} problem */
  #say(problem) {
    this.#field.setAttribute("aria-invalid", String(Boolean(problem)));
    this.#hint.classList.toggle("import__hint--bad", Boolean(problem));
    setText(this.#hint, problem || HINT);
  }
}
