/** Asks for what a video is to be generated from, and shows that the generator is being asked. */

import { h, setText } from "../core/dom.js";
import { ApiError, sentence } from "../core/errors.js";
import { announce, toast } from "../ui/announce.js";
import { openDialog } from "../ui/dialog.js";
import { GENERATION_FAILED } from "./incoming.js";

/**
 * @typedef {{name: keyof import("./api.js").Script, label: string, hint?: string, long?: boolean, required?: boolean, type?: string, autocomplete?: string}} FieldOf
 * @type {FieldOf[]}
 */
const FIELDS = [
  { name: "hook", label: "Opening line", hint: "What makes people stop and watch.", required: true },
  { name: "body", label: "What the video says", long: true, required: true },
  { name: "conclusion", label: "Closing line", hint: "What viewers should do or remember.", required: true },
  { name: "company_name", label: "Company", autocomplete: "organization" },
  { name: "social_handles", label: "Social handles", hint: "For example @sluice." },
  { name: "license", label: "Licence", hint: "Shown where your trade requires one." },
  { name: "avatar", label: "Presenter", hint: "The name of one of the generator's avatars." },
  { name: "email", label: "Email", type: "email", autocomplete: "email" },
];

const ASKING = "Asking the generator. The first answer takes up to half a minute…";

/** @param {import("../app.js").App} app */
export function openGenerateDialog(app) {
  const fields = FIELDS.map((field) => ({ ...field, input: inputOf(field) }));
  const email = fields.find(({ name }) => name === "email");
  if (email) email.input.value = app.session.claims?.email ?? "";
  const problem = h("p", { class: "form__problem", role: "alert", hidden: true });
  const waiting = h("p", { class: "form__waiting", role: "status" });
  const submit = h("button", { class: "button button--primary" }, "Generate");
  const all = h("fieldset", { class: "form__fields" }, ...fields.map(rowOf));
  const form = h("form", { class: "form", novalidate: true }, problem, all, h("div", { class: "dialog__buttons dialog__buttons--sticky" }, waiting, submit));
  const dialog = openDialog({ title: "Generate a video", wide: true, body: [h("p", { class: "dialog__text" }, "An AI generator makes a video from your words. It comes into your gallery when it is done."), form] });
  fields[0].input.focus();
  /** Kept while the same words are tried again, so that a repetition generates once. */
  let attempt = { words: "", key: "" };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = fields.find(({ required, input }) => required && !input.value.trim());
    if (missing) return refuse(`${missing.label} is needed.`, missing.input);
    if (email && !email.input.checkValidity()) return refuse("That is not an email address.", email.input);
    const script = Object.fromEntries(fields.map(({ name, input }) => [name, input.value.trim()]).filter(([, value]) => value));
    const words = JSON.stringify(script);
    if (attempt.words !== words) attempt = { words, key: crypto.randomUUID() };
    busy(true);
    try {
      await app.incoming.generate(script, attempt.key);
      toast("The generator is at work. The video comes into your gallery when it is done.");
      dialog.close();
    } catch (error) {
      busy(false);
      if (error instanceof ApiError && error.code === GENERATION_FAILED) attempt = { words: "", key: "" };
      if (dialog.open) refuse(sentence(error), submit);
      else toast(sentence(error), { kind: "error" });
    }
  });

  /** @param {boolean} on */
  function busy(on) {
    problem.hidden = true;
    all.disabled = on;
    submit.disabled = on;
    setText(waiting, on ? ASKING : "");
    waiting.classList.toggle("form__waiting--on", on);
    if (on) announce(ASKING);
  }

  /** @param {string} words @param {HTMLElement} focus */
  function refuse(words, focus) {
    setText(problem, words);
    problem.hidden = false;
    focus.focus();
    problem.scrollIntoView({ block: "nearest" });
  }
}

/** @param {FieldOf} field */
function inputOf({ name, long, required, type = "text", autocomplete = "off", hint }) {
  const common = { id: `generate-${name}`, name, class: "field", autocomplete, dir: "auto", "aria-required": required ? "true" : null, "aria-describedby": hint ? `generate-${name}-hint` : null };
  return long ? h("textarea", { ...common, class: "field field--area", rows: "4" }) : h("input", { ...common, type });
}

/** @param {FieldOf & {input: HTMLElement}} field */
function rowOf({ name, label, hint, long, required, input }) {
  return h(
    "div",
    { class: long ? "form__row form__row--long" : "form__row" },
    h("label", { class: "label", for: `generate-${name}` }, label, !required && h("span", { class: "label__optional" }, " (optional)")),
    input,
    hint && h("p", { class: "hint", id: `generate-${name}-hint` }, hint),
  );
}
