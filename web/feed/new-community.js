/** Asks for the name of a new community. */

import { h, setText } from "../core/dom.js";
import { sentence } from "../core/errors.js";
import { openDialog } from "../ui/dialog.js";

const MOST_CODE_POINTS = 100;

/** @param {import("./api.js").PostsApi} posts @param {(community: import("./types.js").Community) => void} onMade */
export function openNewCommunity(posts, onMade) {
  const field = h("input", { id: "community-name", class: "field", autocomplete: "off", dir: "auto", "aria-describedby": "community-hint" });
  const problem = h("p", { class: "form__problem", role: "alert", hidden: true });
  const submit = h("button", { class: "button button--primary" }, "Create");
  const form = h("form", { class: "form" }, problem, h("label", { class: "label", for: "community-name" }, "Name"), field, h("p", { class: "hint", id: "community-hint" }, "Everybody who signs in here can read it and post in it."), h("div", { class: "dialog__buttons" }, submit));
  const dialog = openDialog({ title: "New community", body: [form] });
  let attempt = { name: "", key: "" };
  field.focus();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (!name) return refuse("A community needs a name.");
    if ([...name].length > MOST_CODE_POINTS) return refuse("A name has at most 100 characters.");
    if (attempt.name !== name) attempt = { name, key: crypto.randomUUID() };
    submit.disabled = true;
    try {
      const community = await posts.createCommunity(name, attempt.key);
      dialog.close();
      onMade(community);
    } catch (error) {
      refuse(sentence(error));
    } finally {
      submit.disabled = false;
    }
  });

  /** @param {string} words */
  function refuse(words) {
    setText(problem, words);
    problem.hidden = false;
    field.focus();
  }
}
