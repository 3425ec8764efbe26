/** The list of the player's keyboard shortcuts. */

import { h } from "../core/dom.js";
import { closeOnBackdrop } from "../ui/confirm.js";
import { SHORTCUTS } from "./keys.js";

export function showShortcuts() {
  const rows = SHORTCUTS.map(([keys, what]) => h("div", { class: "shortcut" }, h("dt", {}, h("kbd", {}, keys)), h("dd", {}, what)));
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "shortcuts-title" },
    h("h2", { id: "shortcuts-title", class: "dialog__title" }, "Keyboard shortcuts"),
    h("p", { class: "dialog__text" }, "They work while the player has the focus."),
    h("dl", { class: "shortcuts" }, ...rows),
    h("form", { method: "dialog", class: "dialog__buttons" }, h("button", { class: "button button--primary", autofocus: true }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  closeOnBackdrop(dialog);
  document.body.append(dialog);
  dialog.showModal(); // the top layer is above a fullscreen player too
}
